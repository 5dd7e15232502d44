#!/usr/bin/env python3
"""What `regen update` leaves behind when the machine fails it, when it is killed, and where it may not write: the files
of a registry and the lock are replaced together or not at all. TAP on standard output."""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

import faults
from faults import REGEN, has_strace, in_namespace, report, skip, trace

TEMPORARY = re.compile(r"\.regen-(new|old)$")
FILES = ("registry.yaml", "more/words.yaml", "registry.lock")
LANG = """identifiers: {entry: {constant: {case: pascal, scope: registry}}}
outputs: [{template: list, path: list.txt, each: package, escape: none}]
"""
REGISTRY = """format: 1 # by hand
files: [more/words.yaml]
registries:
  - id: code
    type: u16
    source: {iana: test-parameters/codes}
    entries: []
"""
WORDS = """format: 1
registries:
- id: word
  type: string
  source: {iana: test-parameters/words}
  entries: [] # none yet
"""


def source(count):
    """IANA's file with so many codes and words."""
    def records(ident, form):
        return "".join(f"<record><value>{form.format(i)}</value>" + (f"<description>Code {i}</description>" if ident == "codes" else "")
                       + "</record>\n" for i in range(count))
    inner = "".join(f'<registry id="{ident}"><title>{ident}</title>\n{records(ident, form)}</registry>\n'
                    for ident, form in (("codes", "{}"), ("words", "word-{}")))
    return ("<?xml version='1.0' encoding='UTF-8'?>\n"
            f'<registry xmlns="http://www.iana.org/assignments" id="test-parameters"><updated>2020-01-{count % 28 + 1:02}</updated>\n'
            f"{inner}</registry>\n")


class Project:
    """A folder with a registry in two files and two states of what IANA has."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.out = self.folder / "out"
        lang = self.folder / "templates" / "plain"
        lang.mkdir(parents=True)
        (lang / "lang.yaml").write_text(LANG)
        (lang / "list.mustache").write_text("{{#registries}}{{id}}{{/registries}}\n")
        (self.folder / "old.xml").write_text(source(3))
        (self.folder / "new.xml").write_text(source(3000))
        self.trees = {"old": {"registry.yaml": REGISTRY.encode(), "more/words.yaml": WORDS.encode()}}
        for state in ("old", "new"):
            self.restore()
            done = self.run(self.command(state))
            if done.returncode != 0:
                sys.exit(f"the project does not update: {done.stderr}")
            self.trees[state] = self.tree()

    def command(self, state, *more):
        """The command line that brings the files to a state."""
        return [*REGEN, "update", "-c", "out/registry.yaml", "-t", "templates", *more, f"{state}.xml"]

    def run(self, command, **more):
        """Run a command in the project's folder."""
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, timeout=30, **more)

    def restore(self):
        """The files of the old state."""
        shutil.rmtree(self.out, ignore_errors=True)
        for path, text in self.trees["old"].items():
            file = self.out / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text)

    def tree(self):
        """All files."""
        return {str(f.relative_to(self.out)): f.read_bytes() for f in sorted(self.out.rglob("*")) if f.is_file()}

    def torn(self):
        """Which files are neither as they were nor as they will be."""
        tree = self.tree()
        return [f"{path} is {'not whole' if path in tree else 'gone'}" for path in FILES
                if tree.get(path) not in [self.trees[s].get(path) for s in ("old", "new")]]

    def temporaries(self):
        """What a run has left behind."""
        return [f"{path} was left" for path in self.tree() if TEMPORARY.search(path)]

    def is_state(self, state):
        """What differs from a state, temporaries included."""
        tree, want = self.tree(), self.trees[state]
        return [f"{path} differs from the {state} state" for path in {**tree, **want} if tree.get(path) != want.get(path)]

    def recovers(self):
        """What is wrong after one more run."""
        done = self.run(self.command("new"))
        wrong = [f"next run: exit status {done.returncode}: {done.stderr.strip()}"] if done.returncode != 0 else []
        return wrong + [f"next run: {w}" for w in self.is_state("new")]


def writing(calls):
    """Those that write files, and those that close what was written."""
    chosen, written = [], set()
    for name, n, line in calls:
        opened = re.search(r'\.regen-(new|old)".*O_CREAT.* = (\d+)', line)
        if name == "openat" and opened:
            written.add(opened[2])
        closes = name == "close" and line.split("(")[1].split(")")[0] in written
        if closes:
            written.discard(line.split("(")[1].split(")")[0])
        if closes or opened or (re.match(r"p?write|rename|unlink|link|f?chmod|fchown|fsync", name) and not line.startswith("write(1,")):
            chosen.append((name, n, line))
    return chosen


def inject(project, call, n, what):
    """Bring the files to the new state, with a fault at the nth call."""
    project.restore()
    return project.run(["strace", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{what}:when={n}", *project.command("new")])


def kills(project):
    """Kill a run at every call from the first that writes on."""
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
        tree = project.tree()
        if tree.get("registry.lock") == project.trees["new"]["registry.lock"]:
            wrong += [f"killed at {line[:90]}: the lock is new, {p} is not" for p in FILES if tree.get(p) != project.trees["new"][p]]
        if all(tree.get(p) == text for p, text in project.trees["old"].items()):
            # nothing was renamed yet: a run that has nothing to write clears up, too
            shutil.copytree(project.out, project.folder / "kept")
            project.run(project.command("old"))
            idle += [f"killed at {line[:90]}: {w}" for w in project.is_state("old")]
            shutil.rmtree(project.out)
            (project.folder / "kept").rename(project.out)
        unfinished += [f"killed at {line[:90]}: {w}" for w in project.recovers()]
    report(f"killed at any of {points} calls: every file is whole, and the lock is not ahead", wrong if points > 20 else ["it was hardly killed"])
    report("the next run finishes what a killed one began, and leaves nothing else", unfinished)
    report("a next run that has nothing to write removes what a killed one left", idle)


def errors(project):
    """Make every call that writes fail."""
    project.restore()
    chosen = writing(trace(project, "new"))
    wrong, mixed, unfinished, points = [], [], [], 0
    for name, n, line in chosen:
        for error in ("EIO", "ENOSPC"):
            points += 1
            done = inject(project, name, n, f"error={error}")
            where = f"{error} at {line[:90]}"
            # what cannot be kept as a link is kept as a copy, and the last steps have nothing to undo
            done_all = not project.is_state("new") or (name in ("unlink", "fsync") and not [
                p for p in FILES if project.tree().get(p) != project.trees["new"][p]])
            if done.returncode != 2 and not done_all:
                wrong.append(f"{where}: exit status {done.returncode}")
            if done.returncode == 2 and not done.stderr.startswith("regen: "):
                wrong.append(f"{where}: said {done.stderr.strip()!r}")
            if not done_all:
                mixed += [f"{where}: {w}" for w in project.is_state("old")]
            elif name != "unlink":
                mixed += [f"{where}: {w}" for w in project.temporaries()]
            unfinished += [f"{where}: {w}" for w in project.recovers()]
    report(f"{points} failures of calls that write: exit status 2 and a reason", wrong if points > 20 else ["hardly anything was written"])
    report("all files are as they were after such a failure, or all are new", mixed)
    report("the next run is as if nothing had been", unfinished)


def failing(done, project, status=2):
    """What is wrong with a run that had to fail and leave the old files."""
    wrong = [] if done.returncode == status else [f"exit status {done.returncode}, not {status}: {done.stderr.strip()}"]
    return wrong + ([] if done.stderr.strip() else ["it gave no reason"]) + project.is_state("old")


def read_only(project):
    """A folder that cannot be written."""
    what = "a folder that cannot be written: exit status 2, all as before"
    project.restore()
    mount = "mount --bind out/more out/more && mount -o remount,bind,ro out/more"
    done = in_namespace(project, mount, project.command("new"))
    if done is None and os.geteuid() == 0:
        # a container or chroot may forbid namespaces and still let root mount
        done = project.run(["sh", "-c", f"{mount} && trap 'umount out/more' EXIT && echo mounted && \"$@\"", "sh", *project.command("new")])
        done = done if done.stdout.startswith("mounted\n") else None
    if done is None:
        skip(what, "nothing can be mounted here")
    else:
        report(what, failing(done, project))
    what = "a file that cannot be written: exit status 2, all as before"
    if os.geteuid() != 0:
        project.restore()
        (project.out / "more" / "words.yaml").chmod(0o444)
        report(what, failing(project.run(project.command("new")), project))
    elif shutil.which("setpriv"):
        project.restore()
        project.run(["chown", "-R", "65534:65534", "out"])
        (project.out / "more" / "words.yaml").chmod(0o444)
        nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
        report(what, failing(project.run([*nobody, *project.command("new")]), project))
    else:
        skip(what, "root may write all files")


def full_disk(project):
    """The disk has room for the old files and not for the new."""
    what = "a full disk: exit status 2, all as before"
    project.restore()
    mount = "cp -R out before && mount -t tmpfs -o size=200k none out && cp -R before/. out/"
    after = '{ "$@"; status=$?; cp -R out after; exit $status; }'
    done = in_namespace(project, mount, ["sh", "-c", after, "sh", *project.command("new")])
    if done is None and os.geteuid() == 0:
        shutil.rmtree(project.folder / "before", ignore_errors=True)
        done = project.run(["sh", "-c", f"{mount} && trap 'umount out' EXIT && {after}", "sh", *project.command("new")])
    shutil.rmtree(project.folder / "before", ignore_errors=True)
    if not (project.folder / "after").exists():
        skip(what, "no tmpfs can be mounted here")
        return
    shutil.rmtree(project.out)
    (project.folder / "after").rename(project.out)
    report(what, failing(done, project))


def full_output(project):
    """Standard output cannot be written."""
    for more in ((), ("--dry-run",)):
        what = " ".join(["update", *more, ">/dev/full: exit status 2, all files old or all new"])
        if not os.path.exists("/dev/full"):
            skip(what, "no /dev/full")
            continue
        project.restore()
        with open("/dev/full", "w", encoding="ascii") as full:
            done = subprocess.run(project.command("new", *more), cwd=project.folder, stdout=full, stderr=subprocess.PIPE, text=True,
                                  check=False, timeout=60)
        wrong = [] if done.returncode == 2 and "standard output" in done.stderr else [f"exit status {done.returncode}: {done.stderr}"]
        report(what, wrong + project.is_state("old" if more else "new"))


def in_the_way(project):
    """Things other than files, and links."""
    def case(what, make, check, status=0):
        project.restore()
        make()
        try:
            done = project.run(project.command("new"))
        except subprocess.TimeoutExpired:
            report(what, ["it hangs"])
            return
        wrong = [] if done.returncode == status else [f"exit status {done.returncode}: {done.stderr.strip()}"]
        report(what, wrong + check())

    def link(path, other):
        (project.out / path).rename(project.out / other)
        (project.out / path).symlink_to(other.rsplit("/", maxsplit=1)[-1])

    def linked(path, other):
        file = project.out / path
        return [] if file.is_symlink() and (project.out / other).read_bytes() == project.trees["new"][path] else [f"{path} is no link any more"]

    case("a symbolic link to a registry's file stays, and the file is replaced", lambda: link("more/words.yaml", "more/real.yaml"),
         lambda: linked("more/words.yaml", "more/real.yaml"))
    case("a symbolic link to the lock stays, and the lock is replaced", lambda: link("registry.lock", "real.lock"),
         lambda: linked("registry.lock", "real.lock"))

    def dangling():
        (project.out / "registry.lock").unlink()
        (project.out / "registry.lock").symlink_to("nowhere.lock")

    case("a symbolic link to nothing where the lock goes is refused", dangling,
         lambda: [] if (project.out / "registry.lock").is_symlink() and not (project.out / "nowhere.lock").exists() else ["it was followed"], 2)

    def folder():
        (project.out / "registry.lock").unlink()
        (project.out / "registry.lock").mkdir()

    case("a folder where the lock goes is refused", folder,
         lambda: [f"{p} changed" for p in FILES[:2] if project.tree()[p] != project.trees["old"][p]], 2)


def at_once(project):
    """Runs at the same time do not mix."""
    wrong = []
    for i in range(20):
        project.restore()
        running = [subprocess.Popen(project.command(state), cwd=project.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                   for state in ("new", "new", "new")]
        said = [p.communicate()[1].strip() for p in running]
        wrong += [f"round {i}: exit status {p.returncode}: {e}" for p, e in zip(running, said)
                  if p.returncode and "changed by another program" not in e]
        wrong += [f"round {i}: {w}" for w in project.is_state("new")]
    report("runs at the same time: one of them writes, and the others see it", wrong)


def main():
    with tempfile.TemporaryDirectory(prefix="regen-faults-") as folder:
        os.chmod(folder, 0o755)
        project = Project(folder)
        if has_strace(project):
            kills(project)
            errors(project)
        else:
            skip("killed at any call that writes", "strace is not there or cannot trace here")
            skip("failures of calls that write", "strace is not there or cannot trace here")
        read_only(project)
        full_disk(project)
        full_output(project)
        in_the_way(project)
        at_once(project)
    print(f"1..{faults.number}")
    return 1 if faults.failed else 0


if __name__ == "__main__":
    sys.exit(main())
