#!/usr/bin/env python3
"""Replays what IANA changed over the years, from ../shared/iana, on registries that begin as they were.

For each group: every registry of the oldest snapshot is added; then every later one is merged, XML and
CSV, an older one again, and the newest. At each step comments are written into the file by hand. They
stay; no identifier that ever existed disappears or means something else; the same step again changes
nothing; what is generated compiles; and the end is what IANA's newest XML says. Speaks TAP.

replay.py [--all] [GROUP...]: --all takes the groups that take long, too, and compiles the languages at each step, those
that take long at the end (REPLAY=all in the environment does, too); without it the other languages than C are compiled
for the status codes only.
"""
import concurrent.futures
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

import reader
import notes

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOTS = ROOT / '../shared/iana'
REGEN = [str(ROOT / word) if '/' in word else word for word in os.environ.get('REGEN', 'build/regen').split()]
SEED = int(os.environ.get('SEED', '1'))
NOTES = 12  # comments that are written at each step
WHOLE = 1000000  # bytes of a file that is read twice
SHORT = 'http-status-codes'
LONG = ('service-names-port-numbers',)
LOADER = getattr(yaml, 'CBaseLoader', yaml.BaseLoader)
HEADER = '# Begun by hand.\nformat: 1\npackage: {name: replay}\n'

# What happened to the status codes between two snapshots: values that came, were renamed, have another status; how
# many have other references, or references in other words; what is temporary and until when.
HISTORY = [
    ('2015-05-19', '2018-09-21', [['103', '425', '451'], [], [], 2, 0, []]),
    ('2018-09-21', '2022-06-08', [['418'], ['413', '422'], ['510'], 46, 0, []]),
    ('2022-06-08', '2024-11-13', [['104'], [], [], 0, 1, [('104', '2025-11-13')]]),
    ('2024-11-13', '2025-09-15', [[], [], [], 0, 0, [('104', '2026-11-13')]]),
]


def run(*command, cwd=None, env=None):
    """Run a command; gives what it did."""
    return subprocess.run([str(word) for word in command], cwd=cwd, env={**os.environ, **(env or {})}, capture_output=True,
                          text=True, check=False)


def said(done, what):
    """What is wrong with a command that should have succeeded."""
    lines = (done.stderr + done.stdout).strip().split('\n')
    return [] if done.returncode == 0 else [f'{what}: exit status {done.returncode}'] + lines[:12]


# What is generated, compiled.

def compile_c(out):
    """All headers together, with warnings."""
    headers = sorted(str(path.relative_to(out / 'include')) for path in out.glob('include/**/*.h'))
    (out / 'all.c').write_text(''.join(f'#include <{name}>\n' for name in headers), encoding='utf-8')
    return run('cc', '-std=c99', '-Wall', '-Wextra', '-Wpedantic', '-Werror', '-fsyntax-only', '-I', 'include', 'all.c', cwd=out)


def compile_go(out):
    """The module."""
    return run('go', 'build', './...', cwd=out, env={'GOFLAGS': '-mod=mod', 'GOPROXY': 'off', 'GOTOOLCHAIN': 'local',
                                                      'GOCACHE': str(ROOT / 'build/packages/go/cache')})


def compile_rust(out):
    """The crate."""
    return run('rustc', '--crate-type=lib', '--edition=2021', '-Dwarnings', '--emit=metadata', '--out-dir', out.parent,
               'src/lib.rs', cwd=out)


def compile_ts(out):
    """The sources; and what is generated beside them is loaded."""
    shutil.copy(ROOT / 'tests/packages/ts/tsconfig.json', out)
    done = run(ROOT / 'tests/node_modules/.bin/tsc', '-p', out, cwd=out)
    return done if done.returncode else run('node', '-e', "import('./index.js')", cwd=out)


def compile_java(out):
    """The classes."""
    return run('javac', '-J-XX:TieredStopAtLevel=1', '-J-XX:+UseSerialGC', '-proc:none', '--release', '11', '-encoding', 'UTF-8',
               '-Xlint:all', '-Werror', '-d', out / 'classes', *sorted(out.glob('src/**/*.java')), cwd=out)


def compile_python(out):
    """The modules, each imported."""
    modules = sorted('.'.join(path.relative_to(out / 'src').with_suffix('').parts).removesuffix('.__init__')
                     for path in out.glob('src/**/*.py')) or ['there_is_none']
    return run(sys.executable, '-W', 'error', '-c', ''.join(f'import {module}\n' for module in modules), cwd=out / 'src')


COMPILERS = {'c': compile_c, 'go': compile_go, 'rust': compile_rust, 'ts': compile_ts}
LAST = {'java': compile_java, 'python': compile_python}  # at the end of a group alone


def printing(folder):
    """Languages as they are, with one template each, that prints the identifiers of everything."""
    for lang in sorted((ROOT / 'templates').glob('*/lang.yaml')):
        text = lang.read_text(encoding='utf-8')
        groups = yaml.load(text, LOADER)['identifiers']
        there = folder / lang.parent.name
        there.mkdir(parents=True)
        text = text[:re.search(r'^outputs:', text, re.M).start()]
        (there / 'lang.yaml').write_text(text + 'outputs: [{template: all, path: all.txt, each: package, escape: none}]\n',
                                         encoding='utf-8')

        def names(group):
            return ''.join(f'\t{n}={{{{#{n}}}}}{{{{{n}}}}}{{{{/{n}}}}}' for n in groups.get(group, {}))

        (there / 'all.mustache').write_text(
            '{{#registries}}\n{{id}}\t' + names('registry') + '\n'
            '{{#entries}}\n{{id}}\t{{#value}}{{{value}}}{{/value}}' + names('entry') + '\n'
            '{{#aliases}}\n{{id}}\t{{#value}}{{{value}}}{{/value}}' + names('entry') + '\n{{/aliases}}\n{{/entries}}\n'
            '{{#predicates}}\n{{id}}\t' + names('range') + '\n{{/predicates}}\n'
            '{{#fields}}\n{{id}}\t' + names('field') + '\n{{/fields}}\n{{/registries}}\n', encoding='utf-8')


class Replay:
    """A project that follows a group of IANA's registries."""

    def __init__(self, folder, group, full=False):
        self.folder, self.group, self.full = Path(folder), group, full
        self.file, self.lock = self.folder / 'registry.yaml', self.folder / 'registry.lock'
        self.random = random.Random(f'{SEED} {group}')
        self.notes, self.identifiers, self.serial = [], {}, 0
        self.refused = {}
        printing(self.folder / 'printing')

    def regen(self, *words):
        """Run regen in the folder."""
        return run(*REGEN, *words, cwd=self.folder)

    def registries(self):
        """What the file says."""
        return yaml.load(self.file.read_text(encoding='utf-8'), LOADER)['registries']

    def begin(self, path):
        """Add every registry of an XML; those that cannot be are refused with a reason, and nothing changes."""
        self.file.write_text(HEADER + 'registries: []\n', encoding='utf-8')
        wrong = []
        for element in reader.load(path).iter(reader.NS + 'registry'):
            if element.find(reader.NS + 'record') is None:
                continue
            name = f'{self.group}/{element.get("id")}'
            before = self.state()
            done = self.regen('update', '--add', name, '-t', ROOT / 'templates', path)
            if done.returncode:
                self.refused[name] = done.stderr
                if before != self.state() or done.returncode != 1 or ':' not in done.stderr:
                    wrong.append(f'{name} is refused with status {done.returncode}: {done.stderr}')
        if 'entries' not in self.file.read_text(encoding='utf-8'):
            wrong.append(f'nothing could be added: {self.refused}')
        return wrong

    def state(self):
        """The files of the project with their times."""
        return [(path.stat().st_mtime_ns, path.read_bytes()) for path in (self.file, self.lock) if path.exists()]

    def arguments(self, path):
        """How update is told of a snapshot: DATE.xml, or DATE.REGISTRY.csv."""
        return [str(path)] if path.suffix == '.xml' else [f'{self.group}/{path.name.split(".")[1]}={path}']

    def update(self, path, *more):
        """Merge a snapshot."""
        return self.regen('update', '-t', ROOT / 'templates', *more, *self.arguments(path))

    def write(self):
        """Comments by hand, which change nothing of what the file says."""
        self.serial += 1
        before = self.file.read_bytes().decode()
        text, fresh = notes.write(before, self.random, NOTES, self.serial)
        self.file.write_bytes(text.encode())
        self.notes += fresh
        if len(fresh) < NOTES // 4:
            return [f'{len(fresh)} comments found a place']
        if len(text) < WHOLE and yaml.load(text, LOADER) != yaml.load(before, LOADER):
            return ['the comments are no comments']
        return []

    def step(self, path):
        """Merge a snapshot, and see that all is well."""
        wrong = self.write() or said(self.update(path), 'update')
        if wrong:
            return wrong
        lines = self.file.read_bytes().decode().split('\n')
        wrong += [what for what in (note.wrong(lines) for note in self.notes) if what]
        before = self.state()
        wrong += said(self.update(path), 'update again')
        if self.state() != before:
            wrong.append('the second time something changes')
        return wrong + self.generate(COMPILERS if self.full else ['c'])

    def generate(self, languages):
        """Identifiers stay; languages compile."""
        wrong = said(self.regen('generate', '-t', 'printing', '-o', 'printed'), 'generate identifiers')
        for path in self.folder.glob('printed/*/all.txt'):
            wrong += self.compare(path.parent.name, path.read_text(encoding='utf-8'))
        wrong += said(self.regen('generate', '-t', ROOT / 'templates', '-o', 'out', '-l', ','.join(languages)), 'generate')
        for language in languages if not wrong else []:
            wrong += said({**COMPILERS, **LAST}[language](self.folder / 'out' / language), f'compile {language}')
        return wrong

    def compare(self, language, text):
        """No identifier that existed has gone, or is another value's."""
        now = {}
        for line in text.splitlines():
            registry, value, *names = line.split('\t')
            for name in names:
                if not name.endswith('='):
                    now[language, registry, name] = value.lower()
        was = {key: value for key, value in self.identifiers.items() if key[0] == language}
        self.identifiers.update(now)
        return [f'{" ".join(key)} was {value!r}, is {now.get(key)!r}' for key, value in was.items() if now.get(key) != value]

    def newest(self, path):
        """What an XML says that the file does not; a file that begins with that XML has the same facts in its lock."""
        root = reader.load(path)
        wrong = [f'{r["id"]}: {what}' for r in self.registries() for what in reader.compare(root, r)]
        with tempfile.TemporaryDirectory() as folder:
            fresh = Replay(folder, self.group)
            wrong += fresh.begin(path)
            ours, theirs = self.locked(), fresh.locked()
            fields, others = self.fields(), fresh.fields()
            wrong += [f'{name}: the lock differs from a new one: {line}' for name in ours if name in theirs
                      for line in unlike(ours[name], theirs[name], {key for key, _ in fields[name].items() & others[name].items()})[:4]]
        return wrong

    def fields(self):
        """The types of the fields of each registry."""
        return {r['source']['iana']: {f['id']: f['type'] for f in r.get('fields', [])} for r in self.registries()}

    def locked(self):
        """The records and ranges in a lock, for each registry, but for what IANA has no longer."""
        sources = yaml.load(self.lock.read_text(encoding='utf-8'), LOADER)['sources']
        return {source['iana']: [record for kind in ('records', 'ranges') for record in source.get(kind) or []
                                 if record.get('status') != 'withdrawn'] for source in sources}


def unlike(ours, theirs, known):
    """Records of two locks that differ, but for fields that are not known to both."""
    plain = [{json.dumps({**record, 'fields': {key: value for key, value in record.get('fields', {}).items() if key in known}},
                         sort_keys=True) for record in records} for records in (ours, theirs)]
    return sorted(plain[0] ^ plain[1])


def snapshots(group):
    """The oldest XML, and what comes after it: by date; of one day now XML, now CSV first."""
    paths = sorted((SNAPSHOTS / group).iterdir(), key=lambda path: (path.name[:10], path.suffix != '.xml'))
    oldest = next(path for path in paths if path.suffix == '.xml')
    days = {}
    for path in paths[paths.index(oldest) + 1:]:
        days.setdefault(path.name[:10], []).append(path)
    both = [day for day in days.values() if len(day) > 1]
    for day in both[::2]:
        day.reverse()
    return oldest, [path for day in days.values() for path in day]


def replay(group, full):
    """(description, problems) of each step."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        project = Replay(folder, group, full)
        oldest, later = snapshots(group)
        newest = max(path for path in later if path.suffix == '.xml')
        results.append((f'begins with {oldest.name}', project.begin(oldest) or project.generate(['c'])))
        if results[0][1]:
            return results
        # and back to one in the middle, to the oldest, and forward again
        for path in later + [later[len(later) // 2], oldest] + later[-2:] + [newest]:
            results.append((path.name, project.step(path)))
        results.append(('ends with what the newest XML says', project.newest(newest)))
        if full or group == SHORT:
            results.append(('compiles in every language', project.generate([*COMPILERS, *LAST])))
    return results


def reported(report):
    """What a report in JSON says of the status codes, in the form of HISTORY."""
    chapter = report['registries'][0]
    values = [[row['value'] for row in chapter[name]] for name in ('added', 'renamed', 'statuses')]
    wrong = [name for name in ('withdrawn', 'spelled', 'texts', 'replaced', 'fields', 'kept') if chapter[name]]
    references = re.search(r'(\d+) with other references', report['summary'])
    return values + [int(references[1]) if references else 0, int(chapter['reworded']),
                     [(row['value'], row['expires']) for row in chapter['temporary']]] + wrong


def history():
    """The reports between snapshots of the status codes are what is known to have happened."""
    results = []
    folder = SNAPSHOTS / 'http-status-codes'
    for old, new, want in HISTORY:
        for suffix in ('.xml', '.http-status-codes-1.csv'):
            if not (folder / (new + suffix)).exists():
                continue
            with tempfile.TemporaryDirectory() as temporary:
                project = Replay(temporary, 'http-status-codes')
                wrong = project.begin(folder / f'{old}.xml')
                done = project.update(folder / (new + suffix), '--report', 'json')
                wrong += said(done, 'update')
                got = None if wrong else reported(json.loads(done.stdout))
                results.append((f'the report from {old} to {new}{suffix}', wrong or ([] if got == want else [f'{got}, not {want}'])))
    return results


def sighted():
    """What this test looks for is seen where it is wrong."""
    newest = SNAPSHOTS / 'http-status-codes/2025-09-15.xml'
    root = reader.load(newest)

    def entry(registry, value):
        return next(e for e in registry['entries'] if e['value'] == value)

    def free(registry):
        return next(r for r in registry['ranges'] if r['status'] == 'unassigned')

    changes = {
        'another text': lambda r: entry(r, '404').update(text='Found'),
        'another status': lambda r: entry(r, '404').update(status='reserved'),
        'another expiry': lambda r: entry(r, '104').update(expires='2025-11-13'),
        'no reference': lambda r: entry(r, '404').pop('references'),
        'another section': lambda r: entry(r, '404')['references'][0].update(section='1'),
        'an entry that is missing': lambda r: r['entries'].remove(entry(r, '404')),
        'an entry that IANA has not': lambda r: r['entries'].append({'value': '299', 'text': 'Made Up'}),
        'a shorter range': lambda r: free(r).update(values='106-199'),
    }
    results = []
    with tempfile.TemporaryDirectory() as folder:
        project = Replay(folder, 'http-status-codes')
        wrong = project.begin(newest) + project.write() + project.generate(['c'])
        text = project.file.read_text(encoding='utf-8')
        for what, change in changes.items():
            registry = project.registries()[0]
            before = wrong + reader.compare(root, registry)
            change(registry)
            results.append((f'it is seen: {what}', before or ([] if reader.compare(root, registry) else ['it is not'])))
        lines = text.split('\n')
        for note in project.notes:
            at = next(i for i, line in enumerate(lines) if line.endswith(note.text))
            bare = lines[at][:-len(note.text)]
            removed = lines[:at] + [bare] * (note.kind == 'end') + lines[at + 1:]
            if not note.wrong(removed) or (note.kind in ('above', 'end') and not note.wrong(removed + [note.text])):
                wrong.append(f'{note.text} can be moved or removed')
        results.append(('it is seen: a comment that is moved or removed', wrong))
        project.file.write_text(text.replace('name: not_found', 'name: nowhere_found'), encoding='utf-8')
        gone = project.generate([])
        results.append(('it is seen: an identifier that is gone', [] if any('NOT_FOUND' in line for line in gone) else ['it is not']))
    return results


def main():
    """All groups, or those that are named."""
    full = '--all' in sys.argv or os.environ.get('REPLAY') == 'all'
    named = [word for word in sys.argv[1:] if not word.startswith('-')]
    if not SNAPSHOTS.exists():
        print("1..0 # SKIP ../shared, with IANA's files, is missing")
        return 0
    groups = [path.name for path in sorted(SNAPSHOTS.iterdir()) if path.is_dir()]
    groups = named or [group for group in groups if full or group not in LONG]
    failed = count = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        tasks = [(group, pool.submit(replay, group, full)) for group in groups]
        tasks += [] if named and SHORT not in named else [(SHORT, pool.submit(test)) for test in (history, sighted)]
        for group, task in tasks:
            for what, wrong in task.result():
                count += 1
                failed += bool(wrong)
                print(f'{"not ok" if wrong else "ok"} {count} - {group}: {what}', flush=True)
                for line in wrong[:20]:
                    print(f'# {line}')
    print(f'1..{count}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
