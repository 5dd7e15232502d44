#!/usr/bin/env python3
"""Adds the registries of IANA's files, each with `regen update --add`, and compares what is written with the XML, record for
record: keys, RFCs and the columns that became fields, in both directions. Then all are generated and compiled.

The newest file of each group, but for the largest; ADOPT=all in the environment takes all files. Speaks TAP.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
IANA = ROOT / '../shared/iana'
REGEN = os.environ.get('REGEN', str(ROOT / 'build/regen')).split()
ALL = os.environ.get('ADOPT') == 'all'
NS = '{http://www.iana.org/assignments}'
NUMBERS = ('value', 'number', 'id')
STRINGS = ('value', 'id', 'name', 'description')


def squeeze(text):
    return ' '.join((text or '').split())


def part(record, tag):
    child = record.find(NS + tag)
    return '' if child is None else squeeze(''.join(child.itertext()))


def spans(text):
    """The numbers that a text stands for, as first and last; None if it is no number."""
    if '*' in text:
        text = re.sub(r'^(0x\w\w)-(\w\w),\*$', r'\1,0x00-0x\2,0xFF', text)
        text = re.sub(r'^(0x\w\w),\*$', r'\1,0x00-\1,0xFF', text)
    text = re.sub(r'^(0x\w\w),(0x\w\w)-(?:0x)?(\w\w)$', r'\1,\2-\1,0x\3', text)
    number = r'-?(?:0x[0-9a-fA-F]+(?:,0x[0-9a-fA-F]{2})*|\d+)'
    found = re.fullmatch(rf'({number})(?: ?-({number}))?', text)
    if not found:
        return None
    def read(s):
        return int(s.replace(',0x', ''), 0 if '0x' in s else 10)
    return read(found[1]), read(found[2] or found[1])


def rfcs(record):
    return sorted({x.get('data').strip()[3:] for x in record.findall(NS + 'xref')
                   if x.get('type') == 'rfc' and x.get('data').startswith('rfc')})


def key_column(inner, numeric):
    """The column of the key: of numbers, one that has them in most records."""
    records = inner.findall(NS + 'record')
    for tag in NUMBERS if numeric else STRINGS:
        texts = [part(r, tag) for r in records]
        good = [t for t in texts if (spans(t) is not None if numeric else t)]
        if len(good) * 2 > len(records):
            return tag
    return None


def compare(registry, inner):
    """What differs between a registry and IANA's."""
    numeric = registry['type'] != 'string'
    tag = key_column(inner, numeric)
    if tag is None:
        return ['no column has the key']
    wrong = []
    entries = {}
    for entry in registry['entries']:
        value = entry.get('value')
        key = spans(value)[0] if numeric and value is not None else value
        entries.setdefault(key, []).append(entry)
    ranges = [spans(r['values']) for r in registry.get('ranges', [])]
    seen = set()
    for record in inner.findall(NS + 'record'):
        text = part(record, tag)
        span = spans(text) if numeric else None
        if numeric and text and span is None:
            if not re.search(r'(?i)reserved|unassigned', ET.tostring(record, 'unicode')):
                wrong.append(f'{text} is not a number, and was passed over')
            continue
        if numeric and text and any(a <= span[0] and span[1] <= b for a, b in ranges):
            seen |= {k for k in entries if k is not None and span[0] <= k <= span[1]} if span[1] - span[0] < 1000 else set()
            continue
        keys = list(range(span[0], span[1] + 1)) if numeric and text else [text or None]
        for key in keys:
            if numeric and any(a <= key <= b for a, b in ranges):
                continue
            if not numeric and key not in entries:
                key = next((k for k in entries if k and (key or '').startswith(k)), key)
            if key not in entries:
                if not re.search(r'(?i)unassigned|reserved', ' '.join(record.itertext())):
                    wrong.append(f'{key} is missing')
                continue
            seen.add(key)
            wrong += agree(registry, inner, record, entries[key], key)
    left = [k for k in entries if k not in seen]
    return wrong + [f'{k} is not of IANA' for k in left]


def agree(registry, inner, record, entries, key):
    """What no entry of a key has of a record."""
    want = rfcs(record)
    got = [sorted({r['rfc'] for r in e.get('references', []) if 'rfc' in r}) for e in entries]
    wrong = [] if want in got else [f'{key}: RFCs {want}, not {got}']
    columns = registry['source'].get('columns', {})
    for field in registry.get('fields', []):
        if field['type'] != 'string' and not field['type'].startswith(('u', 'i')):
            continue
        tag = columns.get(field['id'], field['id'])
        cell = record.find(NS + tag)
        if cell is None or cell.find(f'.//{NS}xref') is not None:
            continue
        text = squeeze(''.join(cell.itertext()))
        if text not in [e.get(field['id'], '') for e in entries]:
            wrong.append(f'{key}: {tag} is {text!r}')
    return wrong


def files():
    for group in sorted(p for p in IANA.iterdir() if p.is_dir()):
        found = sorted(group.glob('*.xml'))
        if found and not ALL and found[-1].stat().st_size > 1 << 20:
            continue
        yield from found if ALL else found[-1:]


def run(*command, **more):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, **more)


def adopt(path, config):
    """Add all registries of a file; results of each."""
    root = ET.parse(path).getroot()
    for inner in root.iter(NS + 'registry'):
        name = f'{root.get("id")}/{inner.get("id")}'
        before = config.read_bytes() if config.exists() else None
        done = run(*REGEN, 'update', '--add', name, '-c', config, path)
        if not inner.findall(NS + 'record'):
            good = done.returncode == 1 and (config.read_bytes() if config.exists() else None) == before
            if inner is not root or not inner.findall(NS + 'registry'):
                yield f'{name}: no records, refused', [] if good else [done.stderr]
            continue
        if done.returncode != 0:
            yield f'{path.name}: {name}', [f'exit status {done.returncode}'] + done.stderr.splitlines()[:9]
            continue
        registries = yaml.load(config.read_text(encoding='utf-8'), getattr(yaml, 'CBaseLoader', yaml.BaseLoader))
        registry = next(r for r in registries['registries'] if r['source']['iana'] == name)
        yield f'{path.name}: {name}', compare(registry, inner)[:9]


def compiled(out):
    """The packages, each with what says whether it can be compiled."""
    headers = sorted((out / 'c/include').glob('*/*.h'))
    unit = out / 'all.c'
    unit.write_text(''.join(f'#include "{h}"\n' for h in headers), encoding='utf-8')
    yield 'c', ['cc', '-std=c99', '-Wall', '-Wextra', '-Werror', '-fsyntax-only', '-I', out / 'c/include', unit], out
    yield 'go', ['go', 'vet', './...'], out / 'go'
    yield 'rust', ['rustc', '--edition', '2021', '--crate-type', 'lib', '--emit', 'metadata', '--out-dir', out,
                   out / 'rust/src/lib.rs'], out
    yield 'ts', [ROOT / 'tests/node_modules/.bin/tsc', '--noEmit', '--strict', *sorted((out / 'ts').glob('*.d.ts'))], out


def compile_all(config, out):
    done = run(*REGEN, 'generate', '-c', config, '-o', out, '-t', ROOT / 'templates', '-l', 'c,go,rust,ts')
    yield f'{config.stem} generates', done.stderr.splitlines()[:9] if done.returncode else []
    if done.returncode:
        return
    for lang, command, folder in compiled(out):
        if not shutil.which(str(command[0])):
            yield f'{config.stem} in {lang} # SKIP {command[0]} is missing', []
            continue
        done = run(*command, cwd=folder)
        yield f'{config.stem} in {lang}', (done.stdout + done.stderr).splitlines()[:9] if done.returncode else []


def again(path, config):
    """An update with the same file changes nothing."""
    written = [config, config.with_suffix('.lock')]
    before = [p.read_bytes() for p in written]
    done = run(*REGEN, 'update', '-c', config, path)
    good = done.returncode == 0 and [p.read_bytes() for p in written] == before
    yield f'{path.name}: again', [] if good else (done.stdout + done.stderr).splitlines()[:9]


def results(work):
    configs = []
    for path in files():
        config = work / (f'{path.parent.name}-{path.stem}.yaml' if ALL else 'all.yaml')
        configs += [config] if config not in configs else []
        yield from adopt(path, config)
        yield from again(path, config)
    for config in configs:
        yield from compile_all(config, work / config.stem)


def main():
    if not IANA.exists():
        print("1..0 # SKIP ../shared, with IANA's XML, is missing")
        return 0
    failed = count = 0
    with tempfile.TemporaryDirectory() as work:
        for count, (what, wrong) in enumerate(results(Path(work)), 1):
            print(f'{"not ok" if wrong else "ok"} {count} - {what}', flush=True)
            for line in wrong:
                print(f'# {line}')
            failed += bool(wrong)
    print(f'1..{count}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
