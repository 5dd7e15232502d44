#!/usr/bin/env python3
"""Adds the registries of IANA's files, each with `regen update --add`, and compares what is written with the XML as reading.py reads it,
record for record: keys, texts, statuses, RFCs and the columns that became fields, ranges and by what rule they are registered, in both
directions. Then all are generated and compiled.

The newest file of each group, but for the largest; ADOPT=all in the environment takes all files. Speaks TAP.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import yaml

from reading import NS, compare

ROOT = Path(__file__).resolve().parents[2]
IANA = ROOT / '../shared/iana'
REGEN = os.environ.get('REGEN', str(ROOT / 'build/regen')).split()
ALL = os.environ.get('ADOPT') == 'all'


def files():
    """The files, and of which project they become a part: one has the newest of each group, one those before them, and so on."""
    for group in IANA.iterdir():
        found = sorted(group.glob('*.xml'), reverse=True)
        for age, path in enumerate(found if ALL else found[:1]):
            if ALL or path.stat().st_size <= 1 << 20:
                yield age, path


def run(*command, **more):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, **more)


def adopt(path, config):
    """Add all registries of a file; results of each."""
    root = ET.parse(path).getroot()
    added = {}
    for inner in root.iter(NS + 'registry'):
        name = f'{root.get("id")}/{inner.get("id")}'
        before = config.read_bytes() if config.exists() else None
        done = run(*REGEN, 'update', '--add', name, '-c', config, path)
        if not inner.findall(NS + 'record'):
            good = done.returncode == 1 and (config.read_bytes() if config.exists() else None) == before
            if inner is not root or not inner.findall(NS + 'registry'):
                yield f'{name}: no records, refused', [] if good else [done.stderr]
        elif done.returncode != 0:
            yield f'{path.name}: {name}', [f'exit status {done.returncode}'] + done.stderr.splitlines()[:9]
        else:
            added[name] = inner
    for registry in registries(config):
        name = registry['source']['iana']
        if name in added:
            yield f'{path.name}: {name}', compare(registry, added.pop(name))[:9]
    yield f'{path.name}: all that were added are there', list(added)


def registries(config):
    return yaml.load(config.read_text(encoding='utf-8'), getattr(yaml, 'CBaseLoader', yaml.BaseLoader))['registries']


# Every module of a package, and every member of it, without its bytecode beside it.
IMPORT = '''
import importlib, pkgutil, sys
sys.path.insert(0, "src")
for found in pkgutil.walk_packages(["src"]):
    module = importlib.import_module(found.name)
    assert len(dir(module)) > 0, found.name
'''


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
    yield 'ts, imported', ['node', '-e', "import('./index.js')"], out / 'ts'
    yield 'java', ['javac', '-J-XX:TieredStopAtLevel=1', '-J-XX:+UseSerialGC', '-proc:none', '--release', '11', '-encoding', 'UTF-8', '-Xlint:all', '-Werror', '-d', out / 'classes',
                   *sorted((out / 'java/src').rglob('*.java'))], out
    yield 'python', [sys.executable, '-W', 'error', '-m', 'compileall', '-q', 'src'], out / 'python'
    yield 'python, imported', [sys.executable, '-W', 'error', '-c', IMPORT], out / 'python'


def compile_all(config, out):
    done = run(*REGEN, 'generate', '-c', config, '-o', out, '-t', ROOT / 'templates', '-l', 'c,go,rust,ts,java,python')
    yield f'{config.stem} generates', done.stderr.splitlines()[:9] if done.returncode else []
    if done.returncode:
        return
    for lang, command, folder in compiled(out):
        if not shutil.which(str(command[0])):
            yield f'{config.stem} in {lang} # SKIP {command[0]} is missing', []
            continue
        done = run(*command, cwd=folder)
        yield f'{config.stem} in {lang}', (done.stdout + done.stderr).splitlines()[:9] if done.returncode else []
    shutil.rmtree(out)


def again(path, config):
    """An update with the same file changes nothing."""
    written = [config, config.with_suffix('.lock')]
    before = [p.read_bytes() for p in written]
    done = run(*REGEN, 'update', '-c', config, path)
    good = done.returncode == 0 and [p.read_bytes() for p in written] == before
    yield f'{path.name}: again', [] if good else (done.stdout + done.stderr).splitlines()[:9]


def results(work):
    projects = {}
    for age, path in files():
        projects.setdefault(work / f'newest-{age}.yaml', []).append(path)
    for config, paths in sorted(projects.items()):
        # with the largest last: each registry that comes is compared with all that are there
        for path in sorted(paths, key=lambda p: (p.stat().st_size, p)):
            yield from adopt(path, config)
            yield from again(path, config)
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
