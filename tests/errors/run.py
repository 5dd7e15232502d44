#!/usr/bin/env python3
"""Bad inputs, one for each rule, each with all that regen says of it. TAP on standard output.

--bless records what regen says now.

registry/NAME.yaml is a registry, generated with shared/templates; lang/NAME/ a templates folder, generated from its
own registry.yaml or shared/registry.yaml; template/NAME.mustache a template, rendered with NAME.data or
shared/data.yaml; made/NAME.err belongs to an input that is made here, for being large or binary. NAME.err is the
whole of standard error, to the byte. NAME.args is the command line where it is another, with OUT for the output
folder; NAME.exit is the exit status where it is not 1. Nothing may be written: there is no output folder after a run
without one, and the one there was is as before.
"""
import difflib
import os
import pathlib
import shutil
import subprocess
import sys

REGEN = os.environ.get("REGEN", "build/regen").split()
HERE = pathlib.Path("tests/errors")
GOT = pathlib.Path("tests/got/errors")
OUT = GOT / "out"
BLESS = sys.argv[1:] == ["--bless"]
HEAD = b"format: 1\nregistries:\n  - id: letters\n    type: u32\n    entries:\n"


def entries(count, form):
    """A registry of so many entries, each of the form."""
    return HEAD + b"".join(b"      - " + form.replace(b"#", b"%d" % i) + b"\n" for i in range(count))


# Inputs that cannot stand in a file of this repository, by name. None is a folder.
MADE = {
    "alias-bound": b"a: &a [" + b"x, " * 999 + b"x]\nb: &b [" + b"*a, " * 99 + b"*a]\nc: [" + b"*b, " * 9 + b"*b]\n",
    "alias-key": b"a: &a x\n*a : 1\n",
    "bom": b"\xef\xbb\xbfformat: 2\n",
    "bom-utf16": "format: 1\n".encode("utf-16-le").join([b"\xff\xfe", b""]),
    "control-character": b"format: 1\npackage: {name: x, description: \"a\x01b\"}\n",
    "crlf": b"format: 1\r\npackage:\r\n  nmae: x\r\n",
    "cr": b"format: 1\rpackage:\r  nmae: x\r",
    "deep-block": b"- " * 10000 + b"x\n",
    "deep-flow": b"[" * 10000 + b"]" * 10000 + b"\n",
    "deep-map": b"".join(b" " * i + b"a:\n" for i in range(300)),
    "empty": b"",
    "folder": None,
    "invalid-utf8": b"format: 1\n# caf\xc3\xa9\npackage: {name: \"\xc3\xa9\xff\"}\n",
    "invalid-utf8-long": b"format: 1\n" + b"\x80" * 1000 + b"\n",
    "invalid-utf8-overlong": b"format: 1 # \xc0\x80\n",
    "invalid-utf8-surrogate": b"format: 1 # \xed\xa0\x80\n",
    "invalid-utf8-truncated": b"format: 1 # \xe2\x82",
    "long-line": b"format: 1\npackage: {description: " + b"\xc3\xa9" * 300 + b", nmae: x, license: " + b"y" * 300 +
                 b"}\n",
    "many-errors": entries(150, b"{value: x#}"),
    "merge-wide": b"a: &a {" + b"".join(b"a%d: 1, " % i for i in range(50000)) + b"}\nb: {" +
                  b"".join(b"b%d: 1, " % i for i in range(50000)) + b"<<: *a}\n",
    "anchors-many": b"a: [" + b"".join(b"&a%d 1, " % i for i in range(50000)) + b"]\nb: [" +
                    b"".join(b"*a%d , " % i for i in range(50000)) + b"]\n",
    "nul-written": b"format: 1\npackage: {name: \"a\x00b\"}\n",
    "nul-first": b"\x00",
    "only-comments": b"# nothing\n\n# at all\n",
    "tab": b"format: 1\npackage:\n\tname: x\n",
    "tab-caret": b"format: 1\npackage: {\tlicense: x,\tnmae: y}\n",
    "terminal-escape": "format: 1\n\"\\e[31mred\\u202E\": 1\n\"\u202ered\": 1\n".encode(),
    "unreadable-lang": None,
}
MADE_TEMPLATES = {
    "template-crlf": b"a\r\n{{#b}}\r\n\r\n  {{/c}}\r\n",
    "template-invalid-utf8": b"caf\xc3\xa9\n \xc3\xa9 {{text}} caf\xe9 {{>nowhere}}\n",
    "template-deep": b"{{#a}}" * 201 + b"{{/a}}" * 201 + b"\n",
}


# What is only found when a file is being rendered: then a temporary has stood in the output folder, whose own time that changes.
RENDERED = ["import-of-itself", "use-unknown-name"]


def snapshot(case):
    """What is in the output folder, and when it came there."""
    paths = [OUT, *sorted(OUT.rglob("*"))]
    return {p: (p == OUT and case.name in RENDERED or p.stat().st_mtime_ns, p.stat().st_ino, p.read_bytes() if p.is_file() else None)
            for p in paths}


def run(args):
    """Status and standard error."""
    try:
        done = subprocess.run([*REGEN, *args], stdin=subprocess.DEVNULL, capture_output=True, check=False,
                              timeout=10 if len(REGEN) == 1 and not BLESS else 600)
    except subprocess.TimeoutExpired:
        return "a hang", b""
    return done.returncode, done.stderr


def read(path, default):
    return path.read_text(encoding="utf-8").split() if path.exists() else default


def difference(err, got):
    """The lines of a diff that say where what was said is not what should be."""
    want = err.read_bytes() if err.exists() else b""
    lines = [t.decode("utf-8", "backslashreplace").splitlines() for t in (want, got)]
    diff = list(difflib.unified_diff(*lines, str(err), "got", lineterm=""))
    return diff or [f"{err} and what was said differ in line breaks"]


def check(case, args):
    """What is wrong with a case, as lines."""
    err = case.with_name(case.name + ".err")
    want = int(read(case.with_name(case.name + ".exit"), ["1"])[0])
    args = [str(OUT) if a == "OUT" else a for a in read(case.with_name(case.name + ".args"), args)]
    wrong = []
    for there in (False, True) if str(OUT) in args else (False,):
        shutil.rmtree(OUT, ignore_errors=True)
        before = {}
        if there:
            shutil.copytree(HERE / "shared/out", OUT)
            before = snapshot(case)
        status, got = run(args)
        if BLESS:
            err.write_bytes(got)
        if status != want:
            wrong.append(f"exit status {status}, not {want}: regen {' '.join(args)}")
        if not err.exists() or got != err.read_bytes():
            wrong += difference(err, got)
        if there and snapshot(case) != before:
            wrong.append("the output folder has changed")
        elif not there and OUT.exists():
            wrong.append("an output folder was made")
        if wrong:
            return wrong
    return wrong


def make(name):
    """Write an input and return the command line for it."""
    path = GOT / (name + ".yaml")
    if name == "unreadable-lang":
        (GOT / "unreadable/x/lang.yaml").mkdir(parents=True)
        return ["generate", "-c", str(HERE / "shared/registry.yaml"), "-t", str(GOT / "unreadable"), "-o", "OUT"]
    if name in MADE_TEMPLATES:
        path = GOT / (name + ".mustache")
        path.write_bytes(MADE_TEMPLATES[name])
        return ["render", "--strict", str(path), str(HERE / "shared/data.yaml")]
    if MADE[name] is None:
        path.mkdir()
    else:
        path.write_bytes(MADE[name])
    return ["generate", "-c", str(path), "-t", str(HERE / "shared/templates"), "-o", "OUT"]


def cases():
    """Every case and its usual command line."""
    for path in sorted((HERE / "registry").glob("*.yaml")):
        yield path.with_suffix(""), ["generate", "-c", str(path), "-t", str(HERE / "shared/templates"), "-o", "OUT"]
    for path in sorted(p for p in (HERE / "lang").iterdir() if p.is_dir()):
        registry = path / "registry.yaml" if (path / "registry.yaml").exists() else HERE / "shared/registry.yaml"
        yield path, ["generate", "-c", str(registry), "-t", str(path), "-o", "OUT"]
    for path in sorted((HERE / "template").glob("*.mustache")):
        data = path.with_suffix(".data") if path.with_suffix(".data").exists() else HERE / "shared/data.yaml"
        yield path.with_suffix(""), ["render", "--strict", str(path), str(data), "-p", str(HERE / "shared/partials")]
    for name in sorted([*MADE, *MADE_TEMPLATES]):
        yield HERE / "made" / name, make(name)


def main():
    shutil.rmtree(GOT, ignore_errors=True)
    GOT.mkdir(parents=True)
    number = failed = 0
    left = set(HERE.glob("*/*.err"))
    for case, args in cases():
        number += 1
        wrong = check(case, args)
        left.discard(case.with_name(case.name + ".err"))
        failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} - {case.relative_to(HERE)}")
        print("".join(f"# {line}\n" for line in wrong), end="", flush=True)
    for err in sorted(left):
        number += 1
        failed += 1
        print(f"not ok {number} - {err.relative_to(HERE)} belongs to an input")
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
