#!/usr/bin/env python3
"""`make update` and .ci/fetch with a server that answers well, badly, slowly or not at all.

Every case has a project of its own, so all run beside each other. With ../shared, the registries
that come with regen are updated from IANA's newest files, which changes nothing. Speaks TAP.
"""
import concurrent.futures
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import server as serving

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOTS = ROOT / '../shared/iana'
REGEN = Path(os.environ.get('REGEN', 'build/regen').split()[-1])
SECONDS = 25  # within which a run ends that fails
CODES, WORDS = (f'/assignments/example-{name}/example-{name}.xml' for name in ('codes', 'words'))

REGISTRY = '''format: 1
package: {name: test}

# What stands here was written by a person.
registries:
  - id: codes
    type: u16
    source: {iana: example-codes/example-codes-1}   # IANA's
    entries:
      # the first
      - value: 1
        name: one   # of all
        text: One

      - {value: 2, name: two, text: Two}

  - id: words
    type: string
    source: {iana: example-words/words}
    entries:
      - value: alpha   # and more
        name: alpha
'''

XML = '''<?xml version='1.0' encoding='UTF-8'?>
<?xml-model href="{group}.rng" schematypens="http://relaxng.org/ns/structure/1.0" ?>
<registry xmlns="http://www.iana.org/assignments" id="{group}">
  <title>Examples</title>
  <updated>{updated}</updated>
  <registry id="{registry}">
    <title>Examples</title>
{records}  </registry>
</registry>
'''


def codes(*texts, updated='2026-01-01'):
    """A group with a registry of numbers."""
    records = ''.join(f'    <record><value>{number}</value><description>{text}</description>'
                      '<xref type="rfc" data="rfc9110"/></record>\n'
                      for number, text in enumerate(texts, 1))
    return XML.format(group='example-codes', registry='example-codes-1', updated=updated,
                      records=records).encode()


def words(*values):
    """A group with a registry of strings."""
    records = ''.join(f'    <record><value>{value}</value></record>\n' for value in values)
    return XML.format(group='example-words', registry='words', updated='2026-01-01',
                      records=records).encode()


OLD = {CODES: codes('One', 'Two'), WORDS: words('alpha', 'beta')}
NEW = {CODES: codes('One', 'Two', 'Three', updated='2026-02-02'),
       WORDS: words('alpha', 'beta', 'gamma')}


class Project:
    """A folder in which `make update` works."""

    def __init__(self, folder, registry=REGISTRY):
        self.folder = Path(folder)
        self.iana = self.folder / 'build/iana'
        for name in ('Makefile', '.ci/fetch', 'build/regen'):
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / (REGEN if name == 'build/regen' else name), self.folder / name)
        (self.folder / 'templates').symlink_to(ROOT / 'templates')
        (self.folder / 'registry.yaml').write_text(registry, encoding='utf-8')
        self.seconds = 0

    def update(self, iana, **environment):
        """Run `make update`; gives its exit status, output and errors."""
        return self.run(['make', '-o', 'build/regen', 'update'], IANA=iana, **environment)

    def fetch(self, lines, *command, **environment):
        """Run the script alone."""
        return self.run(['sh', '.ci/fetch', 'build/iana', *command], text=lines, **environment)

    def run(self, command, text='', **environment):
        """Run a command here, without the proxies that may be set."""
        env = {k: v for k, v in os.environ.items()
               if not k.lower().endswith('_proxy') and k not in ('MAKEFLAGS', 'MAKELEVEL', 'MFLAGS')}
        begun = time.monotonic()
        done = subprocess.run(command, cwd=self.folder, env={**env, **environment}, input=text,
                              capture_output=True, text=True, check=False)
        self.seconds = time.monotonic() - begun
        return done

    def state(self, *but):
        """All files with their times and contents, but those of some names."""
        return {str(path.relative_to(self.folder)): (path.stat().st_mtime_ns, path.read_bytes())
                for path in sorted(self.folder.rglob('*'))
                if path.is_file() and path.name not in ('sources', *but)}

    def text(self):
        """The registry."""
        return (self.folder / 'registry.yaml').read_text(encoding='utf-8')


def differences(before, after):
    """What changed between two states."""
    return [f'{name} {"changed" if name in before and name in after else "came or went"}'
            for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]


def succeeded(done):
    """What is wrong with a run that should succeed."""
    return [] if done.returncode == 0 else [f'exit status {done.returncode}'] + done.stderr.split('\n')


def refused(done, *said):
    """What is wrong with a run that should end with one line that says so."""
    lines = [line for line in done.stderr.split('\n') if line and not line.startswith('make: ')]
    told = [line for line in lines if line.startswith('fetch: ')]
    bad = [] if done.returncode else ['exit status 0']
    if len(told) != 1 or [line for line in lines if line not in told and ': as before' not in line
                          and ': fetched' not in line]:
        bad.append('not one line of errors')
    bad += [f'{word!r} is not said' for word in said if word not in ''.join(told)]
    return bad + lines if bad else []


# Ways to answer that make `make update` fail, what it says, and what is set in the environment.
WAYS = [
    ('404', 'the server answered 404', {}),
    ('403', 'the server answered 403', {}),
    ('500', 'the server answered 500', {}),
    ('portal', 'HTML', {}),
    ('other', 'XML that begins with <feed>', {}),
    ('binary', 'not text', {}),
    ('plain', 'is not XML', {}),
    ('empty', 'empty', {}),
    ('cut', 'cut off', {}),
    ('cutplain', 'cut off', {}),
    ('cutchunks', 'cut off', {}),
    ('garbage', '', {}),
    ('huge', 'larger than 64 MB', {}),
    ('endless', 'larger than 64 MB', {}),
    ('hang', 'took too long', {}),
    ('stall', 'took too long', {}),
    ('trickle', 'took too long', {}),
    ('long', 'took too long', {'FETCH_SECONDS': '3'}),
    ('tohttp', 'not HTTPS', {}),
    ('tofile', 'not HTTPS', {}),
]


def fails(project, way, said, environment):
    """With good files there, and new ones that come before what fails."""
    with serving.Server(dict(OLD)) as server:
        wrong = succeeded(project.update(server.base))
        server.files.update(NEW)
        server.ways[WORDS] = way
        before = project.state('example-codes.xml', 'example-codes.xml.state')
        wrong += refused(project.update(server.base, **environment), server.base, 'example-words', said)
        after = project.state('example-codes.xml', 'example-codes.xml.state')
        wrong += differences(before, after)
        wrong += [f'{project.seconds:.0f} s'] if project.seconds > SECONDS else []
        # when all is well again, it goes on
        server.ways.clear()
        wrong += succeeded(project.update(server.base))
        if 'gamma' not in project.text():
            wrong.append('afterwards, what is new does not come')
    return wrong


def fails_first(project, way):
    """With nothing there before."""
    with serving.Server(dict(OLD)) as server:
        server.way = way
        before = project.state()
        return refused(project.update(server.base)) + differences(before, project.state())


def again(project, way, status):
    """A second run gets what it should, and changes nothing; then what is new comes."""
    with serving.Server(dict(OLD)) as server:
        server.way = way
        wrong = succeeded(project.update(server.base))
        first = project.state()
        wrong += succeeded(project.update(server.base))
        wrong += differences(first, project.state())
        if [answer for _, answer in server.seen] != [200, 200, status, status]:
            wrong.append(f'answered {server.seen}')
        if way != 'strange':
            server.modified = server.modified.replace('2026', '2027')
            server.files.update(NEW)
            wrong += succeeded(project.update(server.base))
            wrong += merged(project)
    return wrong


def merged(project):
    """Whether the registry has what is new, and still all that a person wrote."""
    text = project.text()
    wrong = [f'no {name}' for name in ('value: 3', 'Three', 'gamma') if name not in text]
    lines = iter(re.sub(r', updated: [-0-9]+', '', text).split('\n'))
    wrong += [f'missing, or not in its place: {line}' for line in REGISTRY.split('\n') if line not in lines]
    return wrong if (project.folder / 'registry.lock').exists() else wrong + ['no registry.lock']


def unreachable(project, address):
    """Where nobody answers, one line and nothing else, in seconds."""
    before = project.state()
    wrong = refused(project.update(address), address)
    if project.seconds > SECONDS:
        wrong.append(f'{project.seconds:.0f} s')
    return wrong + differences(before, project.state())


def damaged(project):
    """A file that somebody cut is fetched again, whole; so is one of another address."""
    with serving.Server(dict(OLD)) as server, serving.Server(dict(OLD)) as other:
        wrong = succeeded(project.update(server.base))
        good = project.state()
        path = project.iana / 'example-codes.xml'
        path.write_bytes(path.read_bytes()[:-20])
        wrong += succeeded(project.update(server.base))
        if path.read_bytes() != OLD[CODES] or server.seen[-2:] != [(CODES, 200), (WORDS, 304)]:
            wrong.append(f'answered {server.seen}')
        wrong += succeeded(project.update(other.base))
        if other.seen != [(CODES, 200), (WORDS, 200)]:
            wrong.append(f'the other answered {other.seen}')
        after = project.state()
        wrong += [f'{name} changed' for name in ('registry.yaml', 'registry.lock') if good[name] != after[name]]
    return wrong


def killed(project, number):
    """A signal in the middle leaves nothing behind."""
    with serving.Server(dict(OLD)) as server:
        server.ways[WORDS] = 'hang'
        line = f'example-words {server.base}/example-words/example-words.xml\n'
        with subprocess.Popen(['sh', '.ci/fetch', 'build/iana'], cwd=project.folder, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
                              env={**os.environ, 'IANA': server.base, 'no_proxy': '*'}) as process:
            process.stdin.write(line)
            process.stdin.close()
            for _ in range(200):
                if server.requests:
                    break
                time.sleep(0.05)
            os.killpg(process.pid, number)
            status = process.wait(SECONDS)
        left = [str(path) for path in project.iana.rglob('*')]
        return left + ([f'exit status {status}'] if status == 0 else [])


def wrong_lines(project):
    """What standard input must not say."""
    wrong = []
    with serving.Server(dict(OLD)) as server:
        address = server.base + '/example-codes/example-codes.xml'
        for line, said in [
                (f'../x {address}', '../x'), (f'x/../y {address}', 'x/../y'), (f'-x {address}', '-x'),
                (f'a/b/c {address}', 'a/b/c'), (f'/x {address}', '/x'), (f'. {address}', 'not GROUP'),
                (f'a;b {address}', 'a;b'), ('alone', 'alone'), (f'two {address} {address}', 'two'),
                ('x http://127.0.0.1/y.xml', 'not HTTPS'), ('x file:///etc/passwd', 'not HTTPS'),
                ('x -o/tmp/x', 'not HTTPS'), (f'x {server.address}/other.xml', 'not HTTPS'),
                (f'x {server.base}/{{1,2}}.xml', '404'), (f'x {server.base}/[1-3].xml', '404'), ('', 'no sources')]:
            done = project.fetch(line + '\n' if line else '', 'touch', 'ran', IANA=server.base)
            wrong += [f'{line}: {what}' for what in refused(done, said)]
        if (project.folder / 'ran').exists():
            wrong.append('the command ran')
        if project.iana.exists():
            wrong += [str(path) for path in project.iana.rglob('*') if path.is_file()]
    return wrong


def registries(project):
    """Registries with an address of their own, in CSV and XML; what is one file is fetched once."""
    with serving.Server({'/assignments/one.csv': b'Value,Name\r\n1,One\r\n', **OLD}) as server:
        lines = (f'example-codes/one {server.base}/one.csv\nexample-words/words {server.address}{WORDS}\n'
                 f'example-words/more {server.address}{WORDS}\nexample-codes {server.address}{CODES}\n')
        done = project.fetch(lines, IANA=server.base)
        wrong = succeeded(done)
        if done.stdout.split() != [
                'example-codes/one=build/iana/example-codes/one.csv',
                'example-words/words=build/iana/example-words/words.xml',
                'example-words/more=build/iana/example-words/words.xml', 'build/iana/example-codes.xml']:
            wrong.append(done.stdout)
        if [path for path, _ in server.seen] != ['/assignments/one.csv', WORDS, CODES]:
            wrong.append(f'answered {server.seen}')
        server.ways['/assignments/one.csv'] = 'portal'
        wrong += refused(project.fetch(lines, IANA=server.base), 'HTML')
    return wrong


def commands(project):
    """The command gets the files behind its own words; its exit status is the script's."""
    with serving.Server(dict(OLD)) as server:
        line = f'example-codes {server.address}{CODES}\n'
        done = project.fetch(line, 'sh', '-c', 'printf "%s|" "$@"; cat; exit 7', 'a b', '*', IANA=server.base)
        wrong = [] if done.returncode == 7 else [f'exit status {done.returncode}']
        if done.stdout != '*|build/iana/example-codes.xml|':
            wrong.append(done.stdout)
    return wrong


def addresses(project):
    """What `regen update --sources` prints: each group once, registries with an address of their own apart."""
    heads = [('a', 'g/r1', 'https://example.org/r1.csv'), ('b', 'h/r1', ''), ('c', 'g/r2', ''), ('d', 'h/r2', '')]
    listed = [f'  - {{id: {ident}, type: u8, entries: [], source: {{iana: {iana}{url and ", url: " + repr(url)}}}}}\n'
              for ident, iana, url in heads]
    start = 'format: 1\npackage: {name: test}\nregistries:\n'
    (project.folder / 'registry.yaml').write_text(start + ''.join(listed), encoding='utf-8')
    regen = ['build/regen', 'update', '--sources']
    done = project.run(regen)
    base = 'https://www.iana.org/assignments'
    wrong = succeeded(done)
    if done.stdout != f'g/r1 https://example.org/r1.csv\nh {base}/h/h.xml\ng {base}/g/g.xml\n' or done.stderr:
        wrong.append(done.stdout + done.stderr)
    for what, command, text, status in [
            ('an argument', regen + ['x'], start + listed[0], 2),
            ('no source', regen, start + '  - {id: a, type: u8, entries: []}\n', 1),
            ('a wrong registry', regen, start + '  - {id: a}\n', 1)]:
        (project.folder / 'registry.yaml').write_text(text, encoding='utf-8')
        done = project.run(command)
        if done.returncode != status or done.stdout or not done.stderr:
            wrong.append(f'{what}: exit status {done.returncode}: {done.stdout}{done.stderr}')
    return wrong


def no_curl(project):
    """Without curl, which package has it."""
    (project.folder / 'bin').mkdir()
    shell = shutil.which('sh')
    done = project.run([shell, '.ci/fetch', 'build/iana'], text='', PATH=str(project.folder / 'bin'))
    return refused(done, 'curl is missing', 'packages')


def unwritable(project):
    """Where no file can be written."""
    (project.iana).mkdir(parents=True)
    (project.iana / 'example-codes.xml').mkdir()
    with serving.Server(dict(OLD)) as server:
        before = project.state()
        done = project.fetch(f'example-codes {server.address}{CODES}\n', IANA=server.base)
        return refused(done, 'cannot write') + differences(before, project.state())


def full(project):
    """On a disk that has room for two kilobytes."""
    with serving.Server({CODES: codes(*['Many'] * 1000)}) as server:
        done = project.run(['sh', '-c', 'ulimit -f 4; exec sh .ci/fetch build/iana'], IANA=server.base,
                           text=f'example-codes {server.address}{CODES}\n')
        return refused(done, 'cannot write') + [str(path) for path in project.iana.rglob('*')]


def certificate(folder):
    """A certificate for loopback, and its key."""
    path = Path(folder) / 'certificate.pem'
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1',
                    '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1',
                    '-keyout', str(path) + '.key', '-out', str(path)], check=True, capture_output=True)
    both = Path(folder) / 'both.pem'
    both.write_bytes(path.read_bytes() + Path(str(path) + '.key').read_bytes())
    return path, both


def secure(project, way, said):
    """Over HTTPS: only where the certificate is trusted, and never on to HTTP."""
    trusted, both = certificate(project.folder)
    files = {WORDS: OLD[WORDS], WORDS + '.moved': OLD[WORDS]}
    with serving.Server(files, both) as server, serving.Server(files) as plain:
        server.elsewhere = plain.address
        server.ways[WORDS] = 'file' if way == 'untrusted' else way
        environment = {} if way == 'untrusted' else {'CURL_CA_BUNDLE': str(trusted)}
        line = f'example-words {server.address}{WORDS}\n'
        done = project.fetch(line, **environment)
        if said:
            wrong = refused(done, server.address, said)
            wrong += [str(path) for path in project.iana.rglob('*')]
        else:
            wrong = succeeded(done)
        return wrong + [f'the other answered {plain.seen}' for _ in plain.seen]


def git(project, *words):
    """What git prints in a project."""
    return project.run(['git', '-c', 'user.name=test', '-c', 'user.email=test@example.org', *words])


def scheduled(project):
    """.github/iana-update: a commit on a branch with the report, if anything is new and all tests pass."""
    shutil.copy(ROOT / '.github/iana-update', project.folder)
    (project.folder / '.gitignore').write_text('/build/\n/bin/\n/iana-update\n', encoding='utf-8')
    (project.folder / 'bin').mkdir()
    # nothing is built, and the tests are not those of regen
    make = project.folder / 'bin/make'
    make.write_text(f'#!/bin/sh\n[ "$*" != test ] || exit $TESTED\nexec {shutil.which("make")} -o build/regen "$@"\n',
                    encoding='utf-8')
    make.chmod(0o755)
    environment = {'PATH': f'{make.parent}:{os.environ["PATH"]}', 'GIT_AUTHOR_NAME': 'test', 'GIT_COMMITTER_NAME': 'test',
                   'GIT_AUTHOR_EMAIL': 'test@example.org', 'GIT_COMMITTER_EMAIL': 'test@example.org', 'TESTED': '0'}
    wrong = []
    with serving.Server(dict(OLD)) as server:
        environment['IANA'] = server.base
        wrong += succeeded(project.run(['make', 'update', 'generate'], **environment))
        for words_ in (['init', '-q', '-b', 'main'], ['add', '-A'], ['commit', '-q', '-m', 'All']):
            wrong += succeeded(git(project, *words_))

        def run(status, commits, **more):
            done = project.run(['sh', 'iana-update'], **{**environment, **more})
            count = git(project, 'rev-list', '--count', 'refs/heads/iana-update', '--').stdout.strip() or '0'
            if (done.returncode == 0) != (status == 0) or count != commits:
                wrong.append(f'exit status {done.returncode}, {count} commits: {done.stdout}{done.stderr}')
            return done

        if 'nothing is new' not in run(0, '0').stdout:
            wrong.append('it does not say that nothing is new')
        server.files.update(NEW)
        server.modified = server.modified.replace('2026', '2027')
        server.ways[WORDS] = '500'
        run(1, '0')
        if git(project, 'status', '--porcelain').stdout:
            wrong.append('something changed, although not all could be fetched')
        server.ways.clear()
        run(1, '0', TESTED='1')
        run(1, '0')  # what that left is not committed
        wrong += succeeded(git(project, 'reset', '-q', '--hard')) + succeeded(git(project, 'clean', '-fdq'))
        run(0, '2')
        message = git(project, 'log', '-1', '--format=%B', 'refs/heads/iana-update').stdout
        report = (project.iana / 'report.md').read_text(encoding='utf-8')
        if report.strip() not in message or 'hree' not in report:
            wrong.append(f'the report is {report!r}, the message {message!r}')
        wrong += merged(project)
        wrong += succeeded(git(project, 'checkout', '-q', 'main'))
        run(0, '2')  # from where main is, once more
    return wrong


def shipped(project):
    """The registries that come with regen, from the newest of IANA's files: nothing changes."""
    shutil.copytree(ROOT / 'registries', project.folder / 'registries')
    (project.folder / 'gen').mkdir()
    lock = ROOT / 'registry.lock'
    if lock.exists():
        shutil.copy(lock, project.folder)
    before = project.state()
    with serving.Server(serving.newest(SNAPSHOTS)) as server:
        wrong = succeeded(project.update(server.base))
        after = {name: what for name, what in project.state().items() if not name.startswith('build/iana/')}
        wrong += [what for what in differences(before, after) if lock.exists() or 'registry.lock' not in what]
        n = len(server.seen)
        before = project.state()
        wrong += succeeded(project.update(server.base)) + differences(before, project.state())
        if n < 2 or [status for _, status in server.seen] != [200] * n + [304] * n:
            wrong.append(f'answered {server.seen}')
    return wrong


def cases():
    """(description, function, arguments) of all that is tested."""
    for way, said, environment in WAYS:
        yield f'make update, and the server answers: {way}', fails, way, said, environment
    for way in ('404', 'portal', 'cut', 'unasked'):
        yield f'make update for the first time, and the server answers: {way}', fails_first, way
    for way, status in [('file', 304), ('etag', 304), ('modified', 304), ('bare', 200), ('strange', 304)]:
        yield f'make update twice, and the server knows of versions: {way}', again, way, status
    yield 'nobody listens', unreachable, serving.closed()
    yield 'no such host', unreachable, 'https://nowhere.invalid/assignments'
    yield 'no way to the host', unreachable, 'https://192.0.2.1/assignments'
    yield 'a damaged file, and another address', damaged
    yield 'killed by SIGTERM', killed, signal.SIGTERM
    yield 'killed by SIGINT', killed, signal.SIGINT
    yield 'wrong lines on standard input', wrong_lines
    yield 'registries with an address of their own', registries
    yield 'the command and its exit status', commands
    yield 'regen update --sources', addresses
    yield 'no curl', no_curl
    yield 'a folder in the place of a file', unwritable
    yield 'no room on the disk', full
    for way, said in [('file', ''), ('moved', ''), ('untrusted', 'certificate'), ('tohttp', 'not HTTPS'),
                      ('loop', 'more than 3 other'), ('tofile', 'not HTTPS')]:
        yield f'HTTPS: {way}', secure, way, said
    yield 'a scheduled job', scheduled
    yield 'what ships, from IANA\'s newest files', shipped


def run(case):
    """Run one case in a folder of its own."""
    what, test, *arguments = case
    if test is shipped and not SNAPSHOTS.exists():
        return what, None
    with tempfile.TemporaryDirectory() as folder:
        registry = (ROOT / 'registry.yaml').read_text(encoding='utf-8') if test is shipped else REGISTRY
        return what, test(Project(folder, registry), *arguments)


def main():
    """Run all, or those whose description has a word of the command line."""
    os.chdir(ROOT)
    chosen = [case for case in cases() if not sys.argv[1:] or any(word in case[0] for word in sys.argv[1:])]
    failed = number = 0
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for number, (what, wrong) in enumerate(pool.map(run, chosen), 1):
            if wrong is None:
                print(f"ok {number} - {what} # SKIP ../shared, with IANA's files, is missing")
                continue
            print(f'{"not ok" if wrong else "ok"} {number} - fetch: {what}', flush=True)
            for line in wrong[:20]:
                print(f'# {line}')
            failed += bool(wrong)
    print(f'1..{number}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
