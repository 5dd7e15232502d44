#!/usr/bin/env python3
"""Sends damaged XML and CSV of IANA's through the whole `regen update`. Each run ends with a registry that validates, or with an error that
says where and with registry.yaml and registry.lock byte for byte as they were. Speaks TAP.

MUTATIONS in the environment is how many, SEED gives others. What fails stays in build/mutations.
"""
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IANA = ROOT / '../shared/iana'
KEPT = ROOT / 'build/mutations'
TEMPLATES = ROOT / 'tests/update/templates'
REGEN = [str(ROOT / word) if '/' in word else word for word in os.environ.get('REGEN', 'build/regen').split()]
COUNT = int(os.environ.get('MUTATIONS', '300'))
SEED = int(os.environ.get('SEED', '1'))
FILES = ('registry.yaml', 'registry.lock')
AT = re.compile(r'^[^\n:]+:\d+:\d+: error: ', re.M)

# What was merged, and what comes damaged; of a CSV, which registry it is.
PAIRS = (
    ('http-status-codes/2024-11-13.xml', 'http-status-codes/2025-09-15.xml', None),
    ('http-status-codes/2015-05-19.xml', 'http-status-codes/2018-09-21.http-status-codes-1.csv', 'http-status-codes-1'),
    ('http-methods/2022-06-08.xml', 'http-methods/2026-06-17.xml', None),
    ('http-fields/2022-06-08.xml', 'http-fields/2023-07-24.field-names.csv', 'field-names'),
    ('http2-parameters/2019-07-31.xml', 'http2-parameters/2022-08-17.xml', None),
    ('http3-parameters/2021-03-16.xml', 'http3-parameters/2023-06-13.xml', None),
    ('core-parameters/2023-08-29.xml', 'core-parameters/2023-08-29.response-codes.csv', 'response-codes'),
    ('websocket/2021-01-22.xml', 'websocket/2026-06-10.xml', None),
)
TOKENS = (b'"', b'""', b',', b'\r\n', b'\n', b'\r', b'[', b']', b'<', b'>', b'</record>', b'<record>', b'<registry>', b'</registry>',
          b'<xref type="note" data="1"/>', b'<a>', b'</a>', b'<br/>', b'&amp;', b'&x;', b'&#0;', b'&#x10FFFF;', b'<![CDATA[', b']]>', b'<!--',
          b'-->', b'<?x?>', b'<!DOCTYPE a [<!ENTITY b "c">]>', b'xmlns=""', b'\xc3\xa9', b'\xff', b'\xc3', b'\xe2\x80\xae', b'\x7f', b'\x01',
          b'\0', b"'", b'=', b' ')
# What a cell may come to say.
TEXTS = (b'', b'0', b'-1', b'1', b'0x', b'0xffffffffffffffff', b'99999999999999999999999', b'100-', b'5-1', b'0-4294967295', b'0-18446744073709551615',
         b'less than 5', b'greater than 0', b'0x00,*', b'0x00-0xFF,0x00-0xFF', b'Unassigned', b'Reserved', b'(Unused)', b'Removed', b'Private Use',
         b'X (TEMPORARY - registered 2020-01-01, expires 2021-99-99)', b'X (OBSOLETED in favor of X)', b'X - DEPRECATED in favor of Y',
         b'- a', b'a: b', b'#c', b'*x', b'&amp;x', b'!!str', b'{{x}}', b'{{/entries}}', b'%', b'@', b'`', b'|', b'&gt;', b'"', b"it's", b'\\', b'\\n',
         b'*/', b'--&gt;', b'true', b'null', b'~', b'2020-01-01', b'1e9', b'.5', b'\xc2\x85', b'\xe2\x80\xa8', b'\xef\xbb\xbf', b'\xe2\x80\x8b',
         b'\xd7\x90', b'\xf0\x9f\x98\x80', b'e\xcc\x81', b'a' * 300, b'word ' * 4000, b'[' * 3000, b'(' * 3000, b'[1]' * 500, b'RFC' * 500)
CELL = re.compile(rb'>([^<>]*)<')
ATTRIBUTE = re.compile(rb'="([^"<>]*)"')
FIELD = re.compile(rb'(?:^|,|\n)("(?:[^"]|"")*"|[^",\r\n]*)')
HEAD = b'<registry xmlns="http://www.iana.org/assignments" id="http-status-codes">'


def damage(text, others, rng):
    """Change bytes anywhere."""
    i, n = rng.randrange(len(text) + 1), rng.randrange(2000 if rng.randrange(8) == 0 else 20)
    kind = rng.randrange(7)
    if kind == 0:
        return text[:i] + bytes([rng.randrange(256)]) + text[i:]
    if kind == 1:
        return text[:i] + bytes(b ^ 1 << rng.randrange(8) for b in text[i:i + 1]) + text[i + 1:]
    if kind == 2:
        return text[:i] + text[i + n:]
    if kind == 3:
        j = rng.randrange(len(text) + 1)
        return text[:j] + text[i:i + n] + text[j:]
    if kind == 4:
        other = rng.choice(others)
        j = rng.randrange(len(other) + 1)
        return text[:i] + other[j:j + rng.randrange(400)] + text[i:]
    if kind == 5:
        return text[:i] + rng.choice(TOKENS) + text[i + rng.choice((0, n)):]
    return text[:i] if rng.randrange(4) == 0 else text


def alter(text, rng):
    """Change what a cell, an attribute or a whole record says; the file stays well-formed."""
    xml = text.lstrip().startswith(b'<')
    if rng.randrange(4) == 0:
        rows = re.findall(rb'<record.*?</record>', text, re.S) if xml else text.splitlines(True)[1:]
        row = rng.choice(rows) if rows else b''
        other = rng.choice(rows) if rows else b''
        return text.replace(row, rng.choice((b'', row + row, row + other, other)), 1) if row else text
    found = list((CELL if rng.randrange(4) else ATTRIBUTE).finditer(text) if xml else FIELD.finditer(text))
    if not found:
        return text
    where = rng.choice(found)
    said = rng.choice([*TEXTS, rng.choice(found)[1]])
    return text[:where.start(1)] + (said if xml else b'"' + said.replace(b'"', b'""') + b'"') + text[where.end(1):]


def mutated(text, others, rng):
    """Some changes, of one kind or both."""
    kinds = rng.choice(((alter,), (alter,), (damage,), (alter, damage)))
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        kind = rng.choice(kinds)
        text = alter(text, rng) if kind is alter else damage(text, others, rng)
    return text


def hostile(xml, csv):
    """What nobody would send by mistake: names, files, and whether they are CSV."""
    row = csv.splitlines(True)
    laughs = b''.join(b'<!ENTITY l%d "%s">' % (i + 1, b'&l%d;' % i * 10) for i in range(20))
    yield 'entities of entities', b'<!DOCTYPE r [<!ENTITY l0 "ha">' + laughs + b']>' + HEAD + b'<title>&l20;</title></registry>', False
    yield 'an entity that is a file', b'<!DOCTYPE r [<!ENTITY f SYSTEM "/etc/passwd">]>' + HEAD + b'<title>&f;</title></registry>', False
    yield 'elements in each other', HEAD + b'<a>' * 200000, False
    yield 'registries in each other', HEAD + b'<registry id="a">' * 5000 + b'</registry>' * 5001, False
    yield 'many attributes', xml.replace(b'<record', b'<record ' + b' '.join(b'a%d=""' % i for i in range(50000)), 1), False
    yield 'a cell of 4 MB', xml.replace(b'<description>', b'<description>' + b'word ' * 800000, 1), False
    yield 'a row of 4 MB', row[0] + b'104,' + b'x' * 4000000 + b',[RFC1]\r\n', True
    yield 'rows of many cells', row[0] + b'104,X' + b',' * 1000000 + b'\r\n', True
    yield 'a header of many cells', row[0].rstrip() + b',x' * 100000 + b'\r\n' + b''.join(row[1:]), True
    yield 'many references', row[0] + b'104,X,' + b'[RFC1]' * 100000 + b'\r\n', True
    yield 'many records', xml.replace(b'</record>', b'</record>' + b'<record><value>104</value><description>X</description></record>' * 50000, 1), False
    yield 'a quote without an end', csv + b'"', True
    yield 'NULs', xml.replace(b'Found', b'Fo\0und'), False
    yield 'UTF-16', xml.decode().replace('UTF-8', 'UTF-16').encode('utf-16'), False
    yield 'another encoding', xml.replace(b'UTF-8', b'EBCDIC-CP-US', 1), False
    yield 'Latin-1', xml.replace(b'Found', b'F\xf6und'), False
    yield 'an empty file', b'', False
    yield 'blanks', b' \n' * 1000, True
    yield 'not XML', bytes(range(256)) * 100, False
    for i in range(1, 8):
        yield f'{i} of 8 parts of the XML', xml[:len(xml) * i // 8], False
        yield f'{i} of 8 parts of the CSV', csv[:len(csv) * i // 8], True


class Project:
    """A registry that follows a file of IANA's."""

    def __init__(self, folder, pair):
        self.folder = folder
        self.base, self.coming, self.registry = pair
        folder.mkdir()
        (folder / FILES[0]).write_text('# by hand\nformat: 1\nregistries: [] # none yet\n', encoding='utf-8')
        text = (IANA / self.base).read_text(encoding='utf-8')
        group = self.base.split('/', maxsplit=1)[0]
        for ident in re.findall(r'<registry id="([^"]+)"(?:(?!<registry).)*?<record', text, re.S):
            if self.registry in (None, ident):
                self.regen('update', '--add', f'{group}/{ident}', IANA / self.base)
        self.name = f'{group}/{self.registry}' if self.registry else None
        self.before = self.files()
        if b'value:' not in self.before[0]:
            raise ValueError(f'{self.base} could not be added')

    def regen(self, command, *words):
        """Run regen in the folder."""
        return subprocess.run([*REGEN, command, '-t', TEMPLATES, *map(str, words)], cwd=self.folder, capture_output=True, check=False, timeout=300)

    def files(self):
        """Those that an update writes."""
        return [(self.folder / name).read_bytes() for name in FILES]

    def try_(self, text, csv):
        """What comes of an update with a text, and what is wrong with that."""
        source = self.folder / ('source.csv' if csv else 'source.xml')
        source.write_bytes(text)
        done = self.regen('update', f'{self.name}={source.name}' if csv else source.name)
        said = done.stderr.decode(errors='replace')
        wrong = []
        if done.returncode == 0:
            checked = self.regen('validate')
            if checked.returncode != 0:
                wrong = ['the registry is wrong after it:', *checked.stderr.decode(errors='replace').splitlines()[:9]]
        elif done.returncode != 1 or not AT.search(said):
            wrong = [f'exit status {done.returncode}', *said.splitlines()[:30]]
        elif self.files() != self.before:
            wrong = ['it is refused, and the files have changed']
        left = sorted(p.name for p in self.folder.iterdir() if p.name not in (*FILES, 'source.xml', 'source.csv'))
        wrong += [f'{name} is left' for name in left]
        for name, was in zip(FILES, self.before):
            (self.folder / name).write_bytes(was)
        source.unlink()
        return done.returncode, wrong


def keep(what, text, project):
    """Keep what fails."""
    folder = KEPT / re.sub(r'\W+', '-', what)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / 'source').write_bytes(text)
    for name, was in zip(FILES, project.before):
        (folder / name).write_bytes(was)


def results(work):
    """(what, what is wrong) of all."""
    projects = [Project(work / str(i), pair) for i, pair in enumerate(PAIRS)]
    for project in projects:
        text = (IANA / project.coming).read_bytes()
        status, wrong = project.try_(text, project.registry is not None)
        yield f'{project.coming} as it is', wrong if status == 0 else wrong or ['it is refused']
    texts = [(IANA / coming).read_bytes() for _, coming, _ in PAIRS]
    named = Project(work / 'hostile', (PAIRS[0][0], PAIRS[1][1], PAIRS[1][2]))
    for what, text, csv in hostile(texts[0], texts[1]):
        _, wrong = named.try_(text, csv)
        if wrong:
            keep(what, text, named)
        yield what, wrong
    counts, bad = Counter(), []
    for i in range(COUNT):
        rng = random.Random(f'{SEED} {i}')
        which = i % len(projects)
        text = mutated(texts[which], texts, rng)
        status, wrong = projects[which].try_(text, projects[which].registry is not None)
        counts[status] += 1
        if wrong:
            keep(f'{SEED}-{i}', text, projects[which])
            bad += [f'{SEED}-{i} of {projects[which].coming}:', *wrong]
    yield f'{COUNT} are damaged, of which {counts[0]} are merged and {counts[1]} refused', bad
    yield 'some are merged and some refused', [] if min(counts[0], counts[1]) * 10 > COUNT else [str(counts)]


def main():
    """TAP."""
    if not IANA.exists():
        print("1..0 # SKIP ../shared, with IANA's files, is missing")
        return 0
    failed = count = 0
    with tempfile.TemporaryDirectory() as work:
        for count, (what, wrong) in enumerate(results(Path(work)), 1):
            failed += bool(wrong)
            print(f'{"not ok" if wrong else "ok"} {count} - {what}', flush=True)
            for line in wrong[:60]:
                print(f'# {line}')
    print(f'1..{count}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
