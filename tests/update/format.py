#!/usr/bin/env python3
"""Updates registries whose formatting was changed at random: comments on lines of their own and at the ends of lines, blank
lines, quotes, line breaks. What was changed is taken back from the result, which must then be, byte for byte, what an
update makes of the registry as it was: so only the characters changed that had to. (Where comments stand beside new lines may differ.) TAP on standard output.

usage: format.py [SEED [ROUNDS]]
"""
import collections
import difflib
import itertools
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
REGEN = os.environ.get("REGEN", "build/regen").split()
REGEN[-1] = os.path.abspath(REGEN[-1]) if "/" in REGEN[-1] else REGEN[-1]
IANA = HERE.parents[1] / "../shared/iana"
EXAMPLE = HERE / "example"
# a key and a plain text in block style, to put into quotes
TEXT = re.compile(r"^( +(?:- )?(?:name|text|title): )([A-Za-z][A-Za-z0-9_ ]*)$")
QUOTED = re.compile(r"""^( +(?:- )?(?:name|text|title): )(["'])([A-Za-z][A-Za-z0-9_ ]*)\2$""")
number = failed = 0


def report(what, wrong):
    """Print a line of TAP, and what went wrong."""
    global number, failed
    number += 1
    failed += bool(wrong)
    print(f"{'not ok' if wrong else 'ok'} {number} - {what}")
    for line in wrong[:30]:
        print(f"# {line}")


def regen(folder, *arguments):
    done = subprocess.run([*REGEN, *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode != 0:
        raise RuntimeError(f"regen {' '.join(arguments)}: exit status {done.returncode}: {done.stderr}")


def prose(lines):
    """Which lines are inside a folded text, where a comment would be text."""
    inside, found = None, []
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if inside is not None and line.strip() and indent <= inside:
            inside = None
        found.append(inside is not None)
        if re.search(r": [>|][+-]?$", line):
            inside = len(re.match(r" *(?:- )?", line)[0])
    return found


def disturb(text, dice):
    """Change the formatting; what is added can be told by its marks."""
    result = []
    lines = text.split("\n")[:-1]
    for line, inside in zip(lines, prose(lines)):
        if not inside and dice.random() < 0.1:
            result.append(" " * dice.choice((0, len(line) - len(line.lstrip()))) + f"#~ {dice.random()}")
        if not inside and line and dice.random() < 0.05:
            result += ["#~ a blank line follows", ""]
        quotes = TEXT.match(line)
        if not inside and quotes and dice.random() < 0.2:
            quote = dice.choice("\"'")
            line = quotes[1] + quote + quotes[2] + quote
        if not inside and line and not re.search(r"[>|][+-]?$|#", line) and dice.random() < 0.2:
            line += " " * dice.choice((1, 1, 2, 5)) + f"#~ {dice.random()}"
        result.append(line)
    return "\n".join(result) + "\n"


def marks(text):
    """All marks, without what stands before them."""
    return sorted(re.findall(r"#~ .*", text))


def lost(before, after):
    """The comments that are no longer there."""
    here = set(marks(after))
    return [m for m in marks(before) if m not in here]


def calm(text):
    """Take what disturb did back."""
    result, skip = [], False
    for line in text.split("\n"):
        if skip and not line:
            skip = False
            continue
        skip = "#~ a blank line follows" in line
        if line.lstrip().startswith("#~"):
            continue
        line = re.sub(r" +#~ .*$", "", line)
        result.append(QUOTED.sub(r"\1\3", line))
    return "\n".join(result)


def telling(text):
    """The lines that say something; where comments and blank lines stand among those that are new is a matter of taste."""
    return [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]


def removed(old, new):
    """The lines that went."""
    x, y = old.split("\n"), new.split("\n")
    codes = difflib.SequenceMatcher(None, x, y, autojunk=False).get_opcodes()
    return [line for code, i, j, _, _ in codes if code in ("delete", "replace") for line in x[i:j]]


class Case:
    """A registry's files, what IANA had and what it has."""

    def __init__(self, name, files, sources):
        self.name, self.files, self.sources = name, files, sources
        self.want = self.update({path: text.encode() for path, text in files.items()})

    def update(self, files):
        """The files after both updates."""
        with tempfile.TemporaryDirectory(prefix="regen-format-") as name:
            folder = pathlib.Path(name)
            for path, text in files.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(text)
            for source in self.sources:
                regen(folder, "update", "-t", str(HERE / "templates"), str(source))
            return {path: (folder / path).read_bytes().decode() for path in files}

    def check(self, dice):
        """What is wrong when the formatting is another."""
        crlf = dice.random() < 0.3
        files = {path: disturb(text, dice) for path, text in self.files.items()}
        try:
            got = self.update({p: (t.replace("\n", "\r\n") if crlf else t).encode() for p, t in files.items()})
        except RuntimeError as error:
            return [str(error)]
        wrong = []
        for path, text in got.items():
            if crlf and re.search(r"(?<!\r)\n", text):
                wrong.append(f"{path}: a line does not end as the others do")
            text = text.replace("\r\n", "\n") if crlf else text
            want = calm(self.want[path])
            wrong += [f"{path}: the comment '{m}' is lost" for m in lost(files[path], text)]
            if len(marks(text)) != len(set(marks(text))) + text.count("#~ a blank line follows") - ("#~ a blank line follows" in text):
                wrong.append(f"{path}: a comment stands twice")
            pairs = list(itertools.zip_longest(telling(calm(text)), telling(want)))
            differs = next((i for i, (x, y) in enumerate(pairs) if x != y), None)
            if differs is not None:
                wrong.append(f"{path}: {pairs[differs][0]!r} is not {pairs[differs][1]!r}")
            gone = collections.Counter(calm(line) for line in removed(files[path], text))
            gone -= collections.Counter(removed(calm(self.files[path]), want))
            wrong += [f"{path}: the line {line!r} is gone" for line in gone]
        return wrong


def shared(group, registry, old, new):
    """A registry of IANA's, taken over and updated."""
    with tempfile.TemporaryDirectory(prefix="regen-format-") as name:
        regen(name, "update", "-t", str(HERE / "templates"), "--add", f"{group}/{registry}", str(IANA / group / old))
        text = (pathlib.Path(name) / "registry.yaml").read_text(encoding="utf-8")
    return Case(f"{group} from {old} to {new}", {"registry.yaml": text}, [IANA / group / old, IANA / group / new])


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    files = {p: (EXAMPLE / p).read_text(encoding="utf-8") for p in ("registry.yaml", "more/words.yaml")}
    cases = [Case("example", files, [EXAMPLE / "1.xml", EXAMPLE / "2.xml"])]
    if IANA.is_dir():
        cases += [shared("http-status-codes", "http-status-codes-1", "2015-05-19.xml", "2025-09-15.xml"),
                  shared("http2-parameters", "error-code", "2019-07-31.xml", "2022-08-17.xml"),
                  shared("http-methods", "methods", "2015-02-20.xml", "2026-06-17.xml")]
    for case in cases:
        wrong = []
        for i in range(rounds):
            wrong += [f"seed {seed} round {i}: {w}" for w in case.check(random.Random(f"{seed} {i} {case.name}"))]
        report(f"{case.name}: {rounds} formattings keep all that did not have to change", wrong)
    if not IANA.is_dir():
        print(f"ok {number + 1} - registries of IANA's # SKIP there is no ../shared/iana")
    print(f"1..{number + (not IANA.is_dir())}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
