#!/usr/bin/env python3
"""Measure regen beside a bare libyaml event loop: bench.py [--long] [FOLDER]. FOLDER takes what is written (/dev/shm, if it is there).

Wall times are the least of several runs, those to be compared taken in turn. Memory is that of the largest process: regen renders several
targets in as many processes as there are processors. Instructions are what callgrind counts."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

REGEN = os.environ.get("REGEN", "build/regen").split()
EVENTS, EMPTY, MEASURE, RENDER = (f"build/bench/{name}" for name in ["events", "empty", "measure", "render"])
BENCH, LANGUAGES = ["-t", "tests/bench/templates"], ["-t", "templates", "-l", "c,go,rust,ts"]
missed = []


def measure(commands, rounds, before):
    """The least seconds and the most kilobytes of each command; before has what to call before some of them."""
    best = [(9e9, 0) for _ in commands]
    for _ in range(rounds):
        for i, command in enumerate(commands):
            before.get(i, int)()
            said = subprocess.run([MEASURE, *command], capture_output=True, check=True, text=True).stdout.split()
            if said[2] != "0":
                sys.exit(f"{' '.join(command)}: exit status {said[2]}")
            best[i] = min(best[i][0], float(said[0])), max(best[i][1], int(said[1]))
    return best


def instructions(command, folder):
    """What callgrind counts, and how much of it is SHA-256, which it counts without the instructions that processors have for it."""
    out = f"{folder}/callgrind"
    said = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *command],
                          capture_output=True, check=True, text=True).stderr
    lines = subprocess.run(["callgrind_annotate", "--auto=no", "--threshold=100", out], capture_output=True, check=True, text=True).stdout
    sha = re.findall(r"^ *([0-9,]+) .*:_nettle_sha256_compress_\w+ ", lines, re.M)
    return int(re.search(r"Collected : (\d+)", said)[1]), sum(int(n.replace(",", "")) for n in sha)


def row(what, seconds, kilobytes, count, base=None, size=None):
    """Print a line; base is that of the bare loop."""
    line = f"  {what:34}{seconds * 1e3:10.2f} ms"
    line += f" {seconds / base[0]:6.2f} x" if base else " " * 9
    line += f"{kilobytes / 1024:9.1f} MB"
    line += f" {kilobytes * 1024 / size:6.2f} x input" if size else " " * 15
    if count:
        line += f"{count[0] / 1e6:10.2f} M instructions"
        if base:
            line += f" {count[0] / base[2][0]:6.3f} x, {(count[0] - count[1]) / base[2][0]:6.3f} x without SHA-256"
    print(line, flush=True)


def goal(what, got, most, unit):
    """Print whether a goal was reached."""
    reached = got <= most
    if not reached:
        missed.append(what)
    print(f"  goal: {what} {got:.3f} <= {most} {unit}: {'reached' if reached else 'MISSED'}", flush=True)


def make(n, folder):
    """The registry of n entries."""
    path = f"build/bench/{n}.yaml"
    if not os.path.exists(path) or os.path.getmtime(path) < os.path.getmtime("tests/bench/registry.py"):
        with open(f"{folder}/made", "wb") as f:
            subprocess.run([sys.executable, "tests/bench/registry.py", str(n)], stdout=f, check=True)
        shutil.move(f"{folder}/made", path)
    return path


def tree_size(folder):
    """Bytes of all files in a folder."""
    return sum(os.path.getsize(os.path.join(where, f)) for where, _, files in os.walk(folder) for f in files)


def compare(title, path, templates, out, rounds, count):
    """The bare loop and regen, writing and with nothing to write. Returns their numbers and the size of the input."""
    size = os.path.getsize(path)
    events = int(subprocess.run([EVENTS, path], capture_output=True, check=True, text=True).stdout)
    generate = [*REGEN, "generate", "-c", path, *templates, "-o", f"{out}/made"]
    commands = [[EVENTS, path], generate, generate, [*REGEN, "validate", "-c", path, *templates]]

    def clean():
        shutil.rmtree(f"{out}/made", ignore_errors=True)

    print(f"\n{title}: {size} bytes, {events} events")
    times = measure(commands, rounds, {1: clean})
    counts = [None] * 4
    if count and shutil.which("valgrind"):
        counts[0] = instructions(commands[0], out)
        clean()
        counts[1:] = [instructions(c, out) for c in commands[1:]]
    base = (*times[0], counts[0])
    memory = size if size > 1 << 20 else None
    row("bare event loop", *base, size=memory)
    for what, t, c in zip(["generate, all written", "generate, nothing to write", "validate, nothing rendered"], times[1:], counts[1:]):
        row(what, *t, c, base, memory)
    made = tree_size(f"{out}/made")
    if times[1][0] > times[3][0]:
        print(f"  rendered and written: {made} bytes, {made / 1e6 / (times[1][0] - times[3][0]):.0f} MB/s beyond validate")
    clean()
    return base, (*times[1], counts[1]), (*times[2], counts[2]), size


def rendered(path, templates, rounds):
    """Bytes a second that rendering makes, the registry being read."""
    said = subprocess.run([RENDER, path, templates[1], str(rounds)], capture_output=True, check=True, text=True).stdout.split()
    return int(said[0]) / float(said[1]) / 1e6


def rendering(out):
    """How fast templates become text, beside engines of npm that have the same data in memory."""
    print("\nrendering alone, nothing read or written")
    small, large = make(14000, out), make(1000000, out)
    print(f"  registry.yaml, all languages       {rendered('registry.yaml', LANGUAGES, 50):8.0f} MB/s")
    print(f"  14,000 entries, all languages      {rendered(small, LANGUAGES, 5):8.0f} MB/s")
    print(f"  14,000 entries, bench template     {rendered(small, BENCH, 50):8.0f} MB/s")
    speed = rendered(large, BENCH, 25)
    print(f"  1,000,000 entries, bench template  {speed:8.0f} MB/s")
    goal("rendering, a gigabyte in:", 1e3 / speed, 1, "s")
    if shutil.which("node") and os.path.isdir("tests/node_modules/mustache"):
        subprocess.run([*REGEN, "generate", "-c", small, *BENCH, "-o", f"{out}/made"], stdout=subprocess.DEVNULL, check=True)
        with open(f"{out}/view.json", "wb") as f:
            subprocess.run([*REGEN, "view", "-l", "bench", "-r", "code", "-c", small, *BENCH], stdout=f, check=True)
        for line in subprocess.run(["node", "tests/bench/engines.mjs", f"{out}/view.json", f"{out}/made/bench/code.go"],
                                   capture_output=True, check=True, text=True).stdout.splitlines():
            print(f"  14,000 entries, npm {line.strip()}")
        os.remove(f"{out}/view.json")
        shutil.rmtree(f"{out}/made")


def real(out):
    """The real registry: its shape, then how long a run takes that has nothing to do."""
    path = f"{out}/status.yaml"
    with open("registry.yaml", encoding="utf-8") as f, open(path, "w", encoding="utf-8") as made:
        made.writelines(line for line in f if not line.startswith("files:"))
    compare("registry.yaml's own registries, bench template", path, BENCH, out, 200, True)
    compare("registry.yaml's own registries, four languages", path, LANGUAGES, out, 200, True)
    command = [*REGEN, "generate", *LANGUAGES, "-o", f"{out}/current"]
    times = measure([[EMPTY], command], 300, {})
    row("an empty process", *times[0], None)
    goal("nothing to write, over an empty process:", (times[1][0] - times[0][0]) * 1e3, 2, "ms")
    shutil.rmtree(f"{out}/current")


def many(out):
    """As many registries as IANA keeps, of thirty entries each: what each target costs, and all targets together."""
    path, n = f"{out}/many.yaml", 3383
    with open(path, "w", encoding="utf-8") as f:
        f.write("format: 1\nregistries:\n")
        for i in range(n):
            f.write(f"  - id: registry_{i}\n    title: Registry {i}\n    type: u16\n    entries:\n")
            f.writelines(f"      - {{value: {k}, name: name_{k}, text: Name {k}, references: [{{rfc: 9110, section: {k + 1}}}]}}\n"
                         for k in range(30))
    print(f"\n{n} registries of 30 entries: {os.path.getsize(path)} bytes")
    generate = [*REGEN, "generate", "-c", path, "-t", "templates", "-o", f"{out}/made"]
    for what in [*sorted(i for i in os.listdir("templates") if os.path.isdir(f"templates/{i}")), None]:
        times = measure([[*generate, "-l", what] if what else generate], 1, {})
        row(what or "all of them, nothing to write", *times[0], None)
    shutil.rmtree(f"{out}/made")
    os.remove(path)


def main():
    args = sys.argv[1:]
    full = "--long" in args
    folders = [a for a in args if a != "--long"]
    where = folders[0] if folders else "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(prefix="regen-bench-", dir=where) as out:
        if full:
            base, fresh, _, _ = compare("1,000,000 entries, four languages", make(1000000, out), LANGUAGES, out, 1, False)
            goal("wall:", fresh[0] / base[0], 2, "x")
            return 0
        real(out)
        base, fresh, current, _ = compare("14,000 entries, bench template", make(14000, out), BENCH, out, 9, True)
        if base[2]:
            goal("instructions, all written:", fresh[2][0] / base[2][0], 1.15, "x")
            goal("instructions, nothing to write:", current[2][0] / base[2][0], 1.15, "x")
        compare("14,000 entries, four languages", make(14000, out), LANGUAGES, out, 5, False)
        base, fresh, _, size = compare("1,000,000 entries, bench template", make(1000000, out), BENCH, out, 3, False)
        goal("wall:", fresh[0] / base[0], 1.3, "x")
        goal("peak memory:", fresh[1] * 1024 / size, 3, "x the input")
        rendering(out)
        many(out)
    print(f"\n{len(missed)} goals missed" if missed else "\nevery goal reached")
    return 0


if __name__ == "__main__":
    sys.exit(main())
