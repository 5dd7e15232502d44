#!/usr/bin/env python3
"""What regen leaves behind when the machine fails it, when it is killed, and when the output folder is not as it expects.
TAP on standard output."""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

REGEN = os.environ.get("REGEN", "build/regen").split()
REGEN[0] = os.path.abspath(REGEN[0]) if "/" in REGEN[0] else REGEN[0]
TEMPORARY = re.compile(r"(^|/)\.regen\.tmp$|\.regen-tmp$")
LANG = """identifiers:
  registry: {module: {case: snake}}
outputs:
  - {template: list, path: "{{registry.module}}/list.txt", each: registry, escape: none}
  - {template: same, path: same.txt, each: package, escape: none}
  - {template: all, path: all.txt, each: package, escape: none}
"""
TEMPLATES = {
    "list": "{{#registry.entries}}\n{{value}} {{text}}\n{{/registry.entries}}\n",
    "same": "This never changes.\n",
    "all": "{{#registries}}\n{{id}} {{entries_count}}\n{{/registries}}\n",
}
number = failed = 0


def report(what, wrong):
    """Print a line of TAP, and what went wrong."""
    global number, failed
    number += 1
    failed += bool(wrong)
    print(f"{'not ok' if wrong else 'ok'} {number} - {what}")
    for line in wrong[:20]:
        print(f"# {line}")
    sys.stdout.flush()


def skip(what, why):
    """Print a line of TAP for a test that cannot run here."""
    global number
    number += 1
    print(f"ok {number} - {what} # SKIP {why}")


def registry(registries):
    """A registry file: the names of registries with their numbers of entries and their text."""
    lines = ["format: 1", "registries:"]
    for name, count, text in registries:
        lines += [f"  - id: {name}", "    type: u32", "    entries:"]
        lines += [f"      - {{value: {i}, name: n{i}, text: {text} {i}}}" for i in range(count)]
    return "\n".join(lines) + "\n"


class Project:
    """A folder with templates, two states of a registry, and the two trees that they make."""

    def __init__(self, folder, targets=""):
        self.folder = pathlib.Path(folder)
        self.out = self.folder / "out"
        lang = self.folder / "templates" / "plain"
        lang.mkdir(parents=True)
        (lang / "lang.yaml").write_text(LANG)
        for name, text in TEMPLATES.items():
            (lang / f"{name}.mustache").write_text(text)
        # the second state changes a file, adds one in a new folder, leaves one and drops one with its folder; one is longer than a block
        for state, registries in (("old", [("stays", 3, "old"), ("goes", 2, "old"), ("long", 12000, "some text that goes on")]),
                                  ("new", [("stays", 4, "new"), ("comes", 2, "new"), ("long", 12001, "some text that goes on")])):
            (self.folder / f"{state}.yaml").write_text(registry(registries) + targets)
        self.trees = {}
        for state in ("old", "new"):
            self.reset()
            done = self.generate(state)
            if done.returncode != 0:
                sys.exit(f"the project does not generate: {done.stderr}")
            self.trees[state] = self.tree()

    def command(self, state, *more):
        """The command line that brings the output to a state."""
        return [*REGEN, "generate", "-c", f"{state}.yaml", "-t", "templates", "--prune", *more]

    def run(self, command, **more):
        """Run a command in the project's folder."""
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, timeout=30, **more)

    def generate(self, state, *more):
        """Bring the output to a state."""
        return self.run(self.command(state, *more))

    def reset(self):
        """No output at all."""
        shutil.rmtree(self.out, ignore_errors=True)

    def restore(self):
        """The output of the old state."""
        self.reset()
        for path, text in self.trees["old"].items():
            file = self.out / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text)

    def tree(self):
        """All files of the output."""
        return {str(f.relative_to(self.out)): f.read_bytes() for f in sorted(self.out.rglob("*")) if f.is_file()}

    def torn(self):
        """Which files are neither as they were nor as they will be."""
        wrong, tree = [], self.tree()
        for path in {**self.trees["old"], **self.trees["new"], **tree}:
            if TEMPORARY.search(path):
                continue
            states = [self.trees[s].get(path) for s in ("old", "new")]
            if tree.get(path) not in states:
                wrong.append(f"{path} is {'not whole' if path in tree else 'gone'}")
        return wrong

    def temporaries(self):
        """What a run has left behind."""
        return [f"{path} was left" for path in self.tree() if TEMPORARY.search(path)]

    def is_state(self, state):
        """What differs from a state, temporaries included."""
        tree, want = self.tree(), self.trees[state]
        wrong = [f"{path} differs from the {state} tree" for path in {**tree, **want} if tree.get(path) != want.get(path)]
        folders = {str(pathlib.Path(p).parent) for p in want}
        wrong += [f"folder {d.relative_to(self.out)} was left" for d in self.out.rglob("*")
                  if d.is_dir() and str(d.relative_to(self.out)) not in folders]
        return wrong

    def recovers(self):
        """What is wrong after one more run."""
        done = self.generate("new")
        wrong = [f"next run: exit status {done.returncode}: {done.stderr.strip()}"] if done.returncode != 0 else []
        wrong += [f"next run: {w}" for w in self.is_state("new")]
        done = self.generate("new", "--check")
        if done.returncode != 0:
            wrong.append(f"--check after it: exit status {done.returncode}: {done.stderr.strip()}")
        return wrong


def trace(project, state):
    """The system calls of a run in their order: name, how often its process had called it by then, and its text."""
    for log in project.folder.glob("trace*"):
        log.unlink()
    project.run(["strace", "-ff", "-o", str(project.folder / "trace"), *project.command(state)])
    calls = []
    for log in sorted(project.folder.glob("trace*")):
        counts = {}
        for line in log.read_text(errors="replace").splitlines():
            name = line.split("(")[0]
            if re.fullmatch(r"[a-z0-9_]+", name):
                counts[name] = counts.get(name, 0) + 1
                calls.append((name, counts[name], line))
    return calls


def writing(calls):
    """Those that write, and those that close what was written."""
    chosen, written = [], set()
    for name, n, line in calls:
        opened = re.search(r'\.regen-tmp".*O_CREAT.* = (\d+)', line)
        if name == "openat" and opened:
            written.add(opened[1])
        closes = name == "close" and line.split("(")[1].split(")")[0] in written
        if closes:
            written.discard(line.split("(")[1].split(")")[0])
        if closes or (name == "openat" and "O_CREAT" in line) or \
                re.match(r"p?write|rename|unlink|rmdir|mkdir|ftruncate|truncate|link|symlink|f?chmod|fsync|fdatasync", name):
            chosen.append((name, n, line))
    return chosen


def inject(project, call, n, what):
    """Bring the output to the new state, with a fault at each process's nth call."""
    project.restore()
    return project.run(["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{what}:when={n}", *project.command("new")])


def has_strace(project):
    """Whether strace works here and can inject."""
    if not shutil.which("strace"):
        return False
    done = project.run(["strace", "-o", "/dev/null", "-e", "inject=write:error=EIO:when=1", "sh", "-c", "echo 2>/dev/null"])
    return done.returncode != 0 and not done.stdout


def kills(project):
    """Kill a run at every call that could change anything, and at every one after it until the end."""
    project.restore()
    calls = trace(project, "new")
    first = next((i for i, c in enumerate(calls) if c in writing(calls)), len(calls))
    wrong, unfinished, idle, points = [], [], [], 0
    for name, n, line in calls[first:]:
        done = inject(project, name, n, "signal=SIGKILL")
        if done.returncode not in (-signal.SIGKILL, 128 + signal.SIGKILL):
            continue
        points += 1
        wrong += [f"killed at {line[:90]}: {w}" for w in project.torn()]
        if not [p for p, text in project.trees["old"].items() if project.tree().get(p) != text]:
            # nothing was renamed yet: a run that has nothing to write clears up, too
            shutil.copytree(project.out, project.folder / "kept")
            project.generate("old")
            idle += [f"killed at {line[:90]}: {w}" for w in project.is_state("old")]
            shutil.rmtree(project.out)
            (project.folder / "kept").rename(project.out)
        unfinished += [f"killed at {line[:90]}: {w}" for w in project.recovers()]
    report(f"killed at any of {points} calls: every file is whole, old or new", wrong if points else ["it was never killed"])
    report("the next run finishes what a killed one began, and leaves nothing else", unfinished)
    report("a next run that has nothing to write removes what a killed one left", idle)


def errors(project):
    """Make every call that writes fail."""
    project.restore()
    # that a folder is not empty is no failure, so no failure to remove one is
    chosen = [c for c in writing(trace(project, "new")) if "AT_REMOVEDIR" not in c[2]]
    wrong, torn, left, unfinished, points = [], [], [], [], 0
    for name, n, line in chosen:
        for error in ("EIO", "ENOSPC"):
            points += 1
            done = inject(project, name, n, f"error={error}")
            where = f"{error} at {line[:90]}"
            journal = name.startswith("unlink") and TEMPORARY.search(re.search('"(.*?)"', line)[1])
            if done.returncode != 2 and not journal:
                wrong.append(f"{where}: exit status {done.returncode}")
            elif not done.stderr.startswith("regen: ") and not journal:
                wrong.append(f"{where}: said {done.stderr.strip()!r}")
            torn += [f"{where}: {w}" for w in project.torn()]
            if not name.startswith("unlink"):
                left += [f"{where}: {w}" for w in project.temporaries()]
            unfinished += [f"{where}: {w}" for w in project.recovers()]
    report(f"{points} failures of calls that write: exit status 2 and a reason", wrong if points else ["nothing was written"])
    report("every file is whole after such a failure, old or new", torn)
    report("nothing temporary stays after such a failure", left)
    report("the next run is as if nothing had been", unfinished)
    wrong = []
    for name, n, line in chosen:
        if name == "write" and not line.startswith("write(1,"):
            done = inject(project, name, n, "error=EINTR")
            wrong += [f"EINTR at {line[:90]}: {w}" for w in project.is_state("new")]
            if done.returncode != 0:
                wrong.append(f"EINTR at {line[:90]}: exit status {done.returncode}: {done.stderr.strip()}")
    report("an interrupted write goes on", wrong)


def workers(project):
    """Kill each process that renders a target, and the one that waits for them, at every call that writes, or make the call fail."""
    project.restore()
    chosen = sorted({(name, n) for name, n, line in writing(trace(project, "new")) if "AT_REMOVEDIR" not in line})
    wrong, left, unfinished, survived, died = [], [], [], 0, 0
    for name, n in chosen:
        for what in ("signal=SIGKILL", "error=ENOSPC"):
            done = inject(project, name, n, what)
            where = f"{what} at {name} {n}"
            wrong += [f"{where}: {w}" for w in project.torn()]
            if done.returncode == 0:
                survived += 1
                wrong += [f"{where}, exit status 0: {w}" for w in project.is_state("new") if ".regen.tmp" not in w]
            else:
                died += 1
                if what != "signal=SIGKILL" and (done.returncode != 2 or not done.stderr.startswith("regen: ")):
                    wrong.append(f"{where}: exit status {done.returncode}: {done.stderr.strip()!r}")
                if what != "signal=SIGKILL" and not name.startswith("unlink"):
                    left += [f"{where}: {w}" for w in project.temporaries()]
            unfinished += [f"{where}: {w}" for w in project.recovers()]
    if not survived or not died:
        wrong.append(f"of {len(chosen)} points {survived} were survived and {died} not")
    report(f"several targets, {len(chosen)} calls that write, two faults each: every file is whole, old or new", wrong)
    report("several targets: nothing temporary stays after a failure", left)
    report("several targets: the next run is as if nothing had been", unfinished)


def failing(project, done, status=2):
    """What is wrong with a run that had to fail and leave the old tree."""
    wrong = [] if done.returncode == status else [f"exit status {done.returncode}, not {status}: {done.stderr.strip()}"]
    if not done.stderr.strip():
        wrong.append("it gave no reason")
    return wrong + project.is_state("old")


def in_namespace(project, mount, command):
    """Run in a mount namespace of its own after a mount, or return None where that cannot be."""
    flags = ["-m"] if os.geteuid() == 0 else ["-rm"]
    done = project.run(["unshare", *flags, "sh", "-c", mount + ' && echo mounted && exec "$@"', "sh", *command])
    if not done.stdout.startswith("mounted\n"):
        return None
    done.stdout = done.stdout[len("mounted\n"):]
    return done


def read_only(project):
    """The output folder cannot be written: it is mounted so, or by its mode for who is not root."""
    def guarded(command):
        done = in_namespace(project, "mount --bind out out && mount -o remount,bind,ro out", command)
        if done is None:
            nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] if os.geteuid() == 0 else []
            project.run(["chmod", "-R", "a-w", "out"])
            done = project.run([*nobody, *command])
            project.run(["chmod", "-R", "u+w", "out"])
        return done

    project.restore()
    report("a folder that cannot be written: exit status 2, all as before", failing(project, guarded(project.command("new"))))
    for what, command in (("and nothing to write", project.command("old")), ("and --check", project.command("old", "--check"))):
        done = guarded(command)
        report(f"a folder that cannot be written, {what}: exit status 0",
               [f"exit status {done.returncode}: {done.stderr.strip()}"] if done.returncode != 0 else [])


def full_disk(project):
    """The disk has room for the old output and not for the new."""
    what = "a full disk: exit status 2, all as before"
    project.restore()
    room = sum(-(-len(text) // 4096) * 4096 for text in project.trees["old"].values()) + 100 * 1024
    mount = f"cp -R out before && mount -t tmpfs -o size={room} none out && cp -R before/. out/"
    # what was left is copied out before the mount ends; the exit status comes last
    after = '{ "$@"; status=$?; cp -R out after; exit $status; }'
    done = in_namespace(project, mount, ["sh", "-c", after, "sh", *project.command("new")])
    if done is None and os.geteuid() == 0:
        shutil.rmtree(project.folder / "before", ignore_errors=True)
        # a container or chroot may forbid namespaces and still let root mount
        done = project.run(["sh", "-c", f"{mount} && trap 'umount out' EXIT && {after}", "sh", *project.command("new")])
    shutil.rmtree(project.folder / "before", ignore_errors=True)
    if not (project.folder / "after").exists():
        skip(what, "no tmpfs can be mounted here")
        return
    shutil.rmtree(project.out)
    (project.folder / "after").rename(project.out)
    report(what, failing(project, done))


def full_output(project):
    """Standard output cannot be written."""
    if not os.path.exists("/dev/full"):
        skip("standard output that is full", "no /dev/full")
        return
    (project.folder / "data.json").write_text('{"a": "b"}')
    (project.folder / "t.mustache").write_text("{{a}}" * 100000)
    commands = {
        "view": [*REGEN, "view", "-c", "new.yaml", "-t", "templates", "-l", "plain"],
        "render": [*REGEN, "render", "t.mustache", "data.json"],
        "generate": project.command("new"),
        "generate --diff": project.command("new", "--diff"),
        "generate --check --diff": project.command("new", "--check", "--diff"),
        "--help": [*REGEN, "--help"],
        "generate --help": [*REGEN, "generate", "--help"],
        "--version": [*REGEN, "--version"],
    }
    for name, command in commands.items():
        project.restore()
        with open("/dev/full", "w", encoding="ascii") as full:
            done = subprocess.run(command, cwd=project.folder, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
        wrong = [] if done.returncode == 2 else [f"exit status {done.returncode}"]
        if "standard output" not in done.stderr:
            wrong.append(f"it said {done.stderr.strip()!r}")
        report(f"{name} >/dev/full: exit status 2", wrong + project.torn() + project.temporaries())
        project.restore()
        done = project.run(["sh", "-c", 'exec "$@" >&-', "sh", *command])
        wrong = project.torn() + project.temporaries()
        if done.returncode != 2:
            wrong.append(f"exit status {done.returncode}")
        report(f"{name} with standard output closed: exit status 2", wrong)


def in_the_way(project):
    """Things other than files where files go. Nothing outside is touched, and what is there stays."""
    outside = project.folder / "outside"

    def case(what, make):
        shutil.rmtree(outside, ignore_errors=True)
        outside.mkdir()
        (outside / "file").write_text("outside\n")
        project.restore()
        make()
        before = {p: os.readlink(p) if p.is_symlink() else p.stat().st_mode for p in project.out.rglob("*")}
        try:
            done = project.run(project.command("new"))
        except subprocess.TimeoutExpired:
            report(what, ["it hangs"])
            return
        wrong = [] if done.returncode == 2 else [f"exit status {done.returncode}: {done.stderr.strip()}"]
        after = {p: os.readlink(p) if p.is_symlink() else p.stat().st_mode for p in project.out.rglob("*")}
        wrong += [f"{p.relative_to(project.out)} is no longer what it was" for p in before if before[p] != after.get(p)]
        wrong += [f"{p.relative_to(project.out)} was left" for p in after if p not in before and TEMPORARY.search(str(p))]
        if [p.name for p in outside.iterdir()] != ["file"] or (outside / "file").read_text() != "outside\n":
            wrong.append("something outside was touched")
        report(what, wrong)

    def instead(path, make):
        def replace():
            where = project.out / path
            if where.is_dir():
                shutil.rmtree(where)
            else:
                where.unlink(missing_ok=True)
            make(where)
        return replace

    link = outside / "file"
    case("a symbolic link to a file is not followed", instead("plain/stays/list.txt", lambda p: p.symlink_to(link)))
    case("a symbolic link to nothing is not followed", instead("plain/stays/list.txt", lambda p: p.symlink_to(outside / "new")))
    case("a symbolic link to a folder is not followed", instead("plain/stays", lambda p: p.symlink_to(outside)))
    case("a symbolic link where a folder will be made is not followed", instead("plain/comes", lambda p: p.symlink_to(outside)))
    case("a symbolic link for .regen is not followed", instead(".regen", lambda p: p.symlink_to(link)))
    case("a symbolic link for the journal is not followed", instead(".regen.tmp", lambda p: p.symlink_to(link)))
    case("a symbolic link for a temporary is not followed", instead("plain/stays/list.txt.regen-tmp", lambda p: p.symlink_to(link)))
    case("a folder where a file goes", instead("plain/stays/list.txt", lambda p: p.mkdir()))
    case("a folder where .regen goes", instead(".regen", lambda p: p.mkdir()))
    case("a file where a folder goes", instead("plain/stays", lambda p: p.write_text("mine\n")))
    case("a named pipe where a file goes", instead("plain/stays/list.txt", os.mkfifo))
    case("a named pipe where .regen goes", instead(".regen", os.mkfifo))
    case("a named pipe where the journal goes", instead(".regen.tmp", os.mkfifo))


def escapes(project):
    """No path leaves the output folder."""
    text = (project.folder / "old.yaml").read_text()
    lang = project.folder / "templates" / "plain" / "lang.yaml"
    for out in ("../x", "a/../../x", "/tmp/x", "a/./b", "a//b", "", "..", ".regen", ".regen.tmp"):
        (project.folder / "case.yaml").write_text(text + f"targets: [{{id: plain, out: '{out}'}}]\n")
        project.restore()
        done = project.generate("case")
        report(f"out: '{out}' is refused", failing(project, done, 1))
    for path in ("/etc/x", "../x", "a/../../x", "{{registry.module}}/../../../x", "a/./b", "x\\ny"):
        lang.write_text(LANG + f'  - {{template: list, path: "{path}", each: registry, escape: none}}\n')
        project.restore()
        done = project.generate("old")
        report(f"path: '{path}' is refused", failing(project, done, 1))
    for path, other in (("a", "a/b"), ("a/b", "a"), ("x.txt", "x.txt.regen-tmp"), ("x.txt.regen-tmp", "x.txt")):
        lang.write_text(LANG + f"  - {{template: same, path: {path}, each: package, escape: none}}\n"
                        f"  - {{template: same, path: {other}, each: package, escape: none}}\n")
        project.restore()
        done = project.generate("old")
        report(f"paths '{path}' and '{other}' are refused together", failing(project, done, 1))
    lang.write_text(LANG)


def at_once(project):
    """Runs at the same time do not mix."""
    wrong = []
    for i in range(40):
        project.restore()
        running = [subprocess.Popen(project.command(state), cwd=project.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                   for state in (("new", "old", "new") if i % 2 else ("old", "new"))]
        said = [p.communicate()[1].strip() for p in running]
        statuses = [p.returncode for p in running]
        wrong += [f"round {i}: exit status {s}: {e}" for s, e in zip(statuses, said) if s and (s != 2 or "another run" not in e)]
        if project.is_state("old") and project.is_state("new"):
            wrong.append(f"round {i}: neither the old nor the new tree: {project.is_state('new')}")
    report("runs at the same time: the tree is of one of them", wrong)


def overtaken(project):
    """A run is overtaken by another while it waits for the lock, or before it writes."""
    third = registry([("stays", 3, "old"), ("third", 2, "old"), ("long", 12000, "some text that goes on")])
    (project.folder / "third.yaml").write_text(third)
    wrong = []
    for call in ("flock", "fcntl", "openat", "renameat", "read"):
        project.restore()
        counts = [n for name, n, line in trace(project, "third") if name == call and
                  (call != "openat" or "O_CREAT" in line) and (call != "read" or n > 2)][:8]
        for n in counts:
            project.restore()
            slow = subprocess.Popen(["strace", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:delay_enter=300000:when={n}",
                                     *project.command("third")], cwd=project.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                slow.wait(0.1)
            except subprocess.TimeoutExpired:
                pass
            project.generate("new")
            slow.wait()
            new = project.generate("new", "--check").returncode
            last = project.generate("third", "--check").returncode
            if new != 0 and last != 0:
                wrong.append(f"the slower one waited at its {call} {n}: the tree is of neither; its exit status was {slow.returncode}")
    report("a run that is overtaken by another: the tree is of one of them", wrong)


def main():
    with tempfile.TemporaryDirectory(prefix="regen-faults-") as folder:
        os.chmod(folder, 0o755)
        project = Project(folder)
        if has_strace(project):
            kills(project)
            errors(project)
            overtaken(project)
            with tempfile.TemporaryDirectory(prefix="regen-faults-") as other:
                workers(Project(other, "targets: [{id: one, lang: plain}, {id: two, lang: plain}, {id: three, lang: plain}]\n"))
        else:
            skip("killed at any call that writes", "strace is not there or cannot trace here")
            skip("failures of calls that write", "strace is not there or cannot trace here")
            skip("a run that is overtaken by another", "strace is not there or cannot trace here")
            skip("faults with several targets", "strace is not there or cannot trace here")
        read_only(project)
        full_disk(project)
        full_output(project)
        in_the_way(project)
        escapes(project)
        at_once(project)
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
