#!/usr/bin/env python3
"""mutate.py [SEED [COUNT]] - damage templates and lang.yaml at random, and see that `regen generate` writes everything
or says where it goes wrong and writes nothing. TAP on standard output.

The seeds are SEED, SEED + 1 and so on, 1,000 of them or $MUTATIONS; each is a mutation of its own: `mutate.py SEED 1`
repeats it, and leaves what it ran in tests/got/mutate.
"""
import hashlib
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

REGEN = os.environ.get("REGEN", "build/regen").split()
GOT = pathlib.Path("tests/got/mutate")
SHIPPED = sorted(p.parent for p in pathlib.Path("templates").glob("*/lang.yaml"))
INVENTED = pathlib.Path("tests/golden/invented/templates/lunar")
REGISTRIES = [pathlib.Path(p) for p in ("tests/golden/shipped/registry.yaml", "tests/golden/everything/registry.yaml",
                                        "tests/packages/vectors/hostile.yaml", "tests/mustache/nought.yaml")]
# What is damaged, and what it is rendered from.
CASES = [*((folder, registry) for folder in SHIPPED for registry in REGISTRIES),
         *[(INVENTED, pathlib.Path("tests/golden/invented/registry.yaml"))] * len(REGISTRIES)]
SECONDS = 60
GROUP = 100

# What a sanitizer reports must not look like regen's own status 1.
ENVIRON = {**os.environ}
for tool in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
    ENVIRON[tool] = ":".join(filter(None, [os.environ.get(tool), "exitcode=99"]))

BYTES = [bytes([c]) for c in b"{}#^/><$*=!&. \t\n\r\0\x7f\x80\xff\"'`:-,[]|%~?@\\_aZ0"] + ["\u2028".encode(),
         "»".encode()]
BRACES = [b"{{", b"}}", b"{{{", b"}}}", b"{", b"}", b"[", b"]", b"<~", b"~>"]
DELIMITERS = [b"{{=<% %>=}}", b"{{=| |=}}", b"<%={{ }}=%>", b"{{= =}}", b"{{=}}", b"{{={ }=}}", b"{{=<~ ~>=}}",
              b"{{=a b c=}}"]
TAGS = [b"{{.}}", b"{{#.}}", b"{{/.}}", b"{{^.}}", b"{{#more}}", b"{{/more}}", b"{{>*.}}", b"{{>*more}}", b"{{<doc}}",
        b"{{/doc}}", b"{{$a}}", b"{{/a}}", b"{{}}", b"{{!}}", b"{{&}}", b"{{a..b}}", b"{{registries.first}}",
        b"{{>doc}}", b"{{>../c/doc}}", b"{{>" + b"x" * 300 + b"}}", b"{{#registries}}", b"{{/registries}}",
        b"{{#entries}}", b"{{/entries}}", b"{{package}}", b"{{registry.entries}}"]
WORDS = [b"{}", b"[]", b"~", b"&a", b"*a", b"<<", b"%s", b"%n", b"%", b"{package}", b"{entry}", b"{", b"''", b'""',
         b"0", b"19", b"65536", b"-1", b"none", b"true", b"false", b"null", b"..", b"../x", b"/", b"a/../../b",
         b".regen", b"!!str", b"---", b"#", b"x" * 300, b"U+0000", b"U+10FFFF", b"U+110000", b"U+0000-U+10FFFF",
         b"snake", b"registry", b"package", b"{{registry.id}}", b"{{doc}}"]
TAG = re.compile(rb"\{\{\{.*?\}\}\}|\{\{.*?\}\}|<~.*?~>", re.S)
LINE = re.compile(rb"[^\n]*\n|[^\n]+")
WORD = re.compile(rb"[A-Za-z0-9_.%+-]+|\{\w+\}")
BRACE = re.compile(rb"\{\{\{?|\}\}\}?|[{}\[\]]")


def edit(rng, text, spans, others):
    """The text with one of the spans deleted, doubled, changed for another of them or of the others, or one of the
    others put in."""
    spans = [m.span() for m in spans]
    start, end = rng.choice(spans) if spans else (0, 0)
    other, other_end = rng.choice(spans) if spans else (0, 0)
    match rng.randrange(5):
        case 0:
            return text[:start] + text[end:]
        case 1:
            return text[:end] + text[start:end] + text[end:]
        case 2:
            (start, end), (other, other_end) = sorted([(start, end), (other, other_end)])
            if end > other:
                return text[:start] + rng.choice(others) + text[end:]
            return text[:start] + text[other:other_end] + text[end:other] + text[start:end] + text[other_end:]
        case 3:
            return text[:start] + rng.choice(others) + text[end:]
    at = rng.randint(0, len(text)) if rng.random() < 0.5 else start
    return text[:at] + rng.choice(others) + text[at:]


def mutate(rng, text, others):
    """One change of a text; others are the texts beside it, which may lend a tag or a line."""
    lent = rng.choice(others)
    what = rng.choice("byte tag tag line brace delimiter word word tail".split())
    match what:
        case "byte":
            at = rng.randrange(len(text)) if text else 0
            return edit(rng, text, re.compile(rb".", re.S).finditer(text, at, at + 2), BYTES)
        case "tag":
            return edit(rng, text, TAG.finditer(text), TAGS + TAG.findall(lent))
        case "line":
            return edit(rng, text, LINE.finditer(text), LINE.findall(lent) or [b"\n"])
        case "brace":
            return edit(rng, text, BRACE.finditer(text), BRACES)
        case "delimiter":
            return edit(rng, text, TAG.finditer(text), DELIMITERS)
        case "word":
            return edit(rng, text, WORD.finditer(text), WORDS + WORD.findall(lent))
    return text[:rng.randint(0, len(text))]


def put(work, texts, folder, registry):
    """Make a language of the texts in work/templates; returns the command that generates from it."""
    to = work / "templates" / folder.name
    to.mkdir(parents=True)
    for name, text in texts.items():
        (to / name).write_bytes(text)
    return [*REGEN, "generate", "-c", str(registry), "-t", str(work / "templates"), "-l", folder.name,
            "-o", str(work / "out")]


def prepare(seed, work):
    """Put a language with a file of it damaged into work/templates; returns the command and what was damaged."""
    rng = random.Random(seed)
    folder, registry = rng.choice(CASES)
    texts = {p.name: p.read_bytes() for p in sorted(folder.iterdir())}
    name = "lang.yaml" if rng.random() < 0.3 else rng.choice(list(texts))
    text = texts[name]
    for _ in range(rng.choice([1, 1, 1, 2, 3, 8])):
        text = mutate(rng, text, list(texts.values()))
    return put(work, {**texts, name: text}, folder, registry), f"{folder / name} with {registry}"


def is_place(line):
    """Whether a line of standard error begins with a place that there is: a file, a line of it, a column of that."""
    head = re.match(rb"(.+?):(\d+):(\d+): (?:error|warning|note): .", line)
    if not head or not os.path.isfile(head[1]):
        return False
    lines = re.split(rb"\r\n|\r|\n", pathlib.Path(os.fsdecode(head[1])).read_bytes().removeprefix(b"\xef\xbb\xbf"))
    number, column = int(head[2]), int(head[3])
    return 1 <= number <= len(lines) and 1 <= column <= len(lines[number - 1]) + 2


def refused(err, left):
    """What is wrong with a run that ended in 1: every line is a place, an excerpt of a file or a count, and nothing is
    written."""
    wrong = [f"no place: {line!r}" for line in err.splitlines()
             if not re.match(rb" *\d* \| |regen: and \d+ more (errors|warnings)$", line) and not is_place(line)]
    if b": error: " not in err:
        wrong.append("it does not say what is wrong")
    return wrong + [f"{path} is left" for path in left]


def written(out, err, left):
    """What is wrong with a run that ended in 0: .regen lists all files that are there, as they are, and no error was
    printed."""
    listed = {}
    for line in (out / ".regen").read_text("utf-8").splitlines() if (out / ".regen").exists() else []:
        if not line.startswith("#"):
            digest, path = line.split("  ", 1)
            listed[str(out / path)] = digest
    there = {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in left if p.is_file() and p.name != ".regen"}
    wrong = [] if listed == there else [f".regen lists {sorted(listed)}, there are {sorted(there)}"]
    if not (out / ".regen").exists():
        wrong.append("there is no .regen")
    return wrong + [f"status 0 and {line!r}" for line in err.splitlines() if b": error: " in line]


def run(command, work):
    """The exit status, and what is wrong with the run."""
    before = set(work.rglob("*"))
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env=ENVIRON,
                              stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return None, [f"it did not end within {SECONDS} s"]
    left = sorted(set(work.rglob("*")) - before)
    if done.returncode == 0:
        return 0, written(work / "out", done.stderr, left)
    if done.returncode == 1:
        return 1, refused(done.stderr, left)
    return done.returncode, [f"exit status {done.returncode}: {done.stderr.decode(errors='replace')[-600:]}"]


def once(seed, keep=False):
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        command, what = prepare(seed, work)
        status, wrong = run(command, work)
        if keep:
            shutil.rmtree(GOT, ignore_errors=True)
            shutil.copytree(work, GOT)
            print(f"# {' '.join(command).replace(name, str(GOT))}: exit status {status}")
        return status, [f"mutate.py {seed} 1, {what}: {line}" for line in wrong[:3]]


# What a program may do that is not regen, and whether it may.
CONDUCT = [
    ("says where", "echo \"$0/registry.yaml:1:1: error: no\" >&2; exit 1", True),
    ("says no place", "echo 'regen: error: no' >&2; exit 1", False),
    ("says a line that is not there", "echo \"$0/registry.yaml:9999:1: error: no\" >&2; exit 1", False),
    ("says nothing", "exit 1", False),
    ("leaves a file behind", "echo \"$0/registry.yaml:1:1: error: no\" >&2; mkdir \"$0/out\"; exit 1", False),
    ("writes nothing", "exit 0", False),
    ("lists what is not there", "mkdir \"$0/out\"; echo 'aa  b' >\"$0/out/.regen\"", False),
    ("writes what it does not list", "mkdir \"$0/out\"; : >\"$0/out/.regen\"; : >\"$0/out/b\"", False),
    ("fails", "exit 2", False),
    ("has a sanitizer report", "exit 99", False),
    ("dies", "kill -s SEGV $$", False),
]


def misjudged():
    """What of CONDUCT is taken for what it is not."""
    wrong = []
    for what, script, good in CONDUCT:
        with tempfile.TemporaryDirectory() as name:
            (pathlib.Path(name) / "registry.yaml").write_text("format: 1\n", "utf-8")
            if good != (not run(["sh", "-c", script, name], pathlib.Path(name))[1]):
                wrong.append(f"wrongly judged: a program that {what}")
    return wrong


def unwritten():
    """Which languages are not written though they are as they should be."""
    wrong = []
    for folder, registry in dict.fromkeys(CASES):
        with tempfile.TemporaryDirectory() as name:
            work = pathlib.Path(name)
            command = put(work, {p.name: p.read_bytes() for p in folder.iterdir()}, folder, registry)
            status, lines = run(command, work)
            lines = lines or ([] if status == 0 else [f"exit status {status}"])
            wrong += [f"{folder} with {registry}: {line}" for line in lines]
    return wrong


class Report:
    """Lines of TAP."""

    def __init__(self):
        self.number = self.failed = 0

    def __call__(self, what, wrong):
        self.number += 1
        self.failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {self.number} - {what}", flush=True)
        for line in wrong:
            print("# " + line.replace("\n", "\n# "))


def main():
    first = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    count = int(sys.argv[2] if len(sys.argv) > 2 else os.environ.get("MUTATIONS", 1000))
    report = Report()
    report("what may not be is told from what may", misjudged())
    report("undamaged, all is written", unwritten())
    total = {}
    for start in range(first, first + count, GROUP):
        end = min(start + GROUP, first + count)
        done = [once(seed, count == 1) for seed in range(start, end)]
        statuses = [status for status, _ in done]
        report(f"seeds {start} to {end - 1}: {statuses.count(0)} written, {statuses.count(1)} refused",
               [line for _, lines in done for line in lines])
        for status in statuses:
            total[status] = total.get(status, 0) + 1
    if count >= GROUP:
        few = [f"{total.get(status, 0)} of {count} ended in {status}" for status in (0, 1)
               if total.get(status, 0) < count // 10]
        report("a tenth is written and a tenth refused, at least", few)
    print(f"1..{report.number}")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
