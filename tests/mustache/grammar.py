#!/usr/bin/env python3
"""grammar.py [SEED [COUNT]] - templates and data made at random by the grammar of Mustache, rendered by regen and by
npm's wontache, which must agree. TAP on standard output.

The seeds are SEED, SEED + 1 and so on; each is a case of its own: `grammar.py SEED 1` repeats it.

wontache is known to differ in this, which therefore is not made:
- it takes a carriage return alone, U+2028 and U+2029 for line breaks, and blanks at the end of a template for text;
- it reads what a block holds anew, on its own, when that is indented: then a tag stands alone on its line that has
  the block's tags beside it, and a block inside it that stands alone and begins inside a line is indented twice. So
  what shares the line of a block's tag is text there, and such a block is not alone;
- in a block that begins on a new line, a line with less indentation than the first keeps all of it, where regen takes
  as much as there is. So none has less;
- a block of line breaks alone holds them, where regen holds that its tags have these lines for themselves;
- nought is false, lists and maps are printed, and ' and ` are escaped.
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

REGEN = os.environ.get("REGEN", "build/regen").split()
COUNT = 2000
END = "\x1e"
NAMES = "tpqr"
BLANKS = ["", "", " ", "  ", "\t", "    "]
BREAKS = ["\n", "\n", "\n", "\r\n"]
TEXTS = ["", "x", "<&>\"", "1\n2", "\n", "  y\n", "{{a}}", "\u00e9"]
SCALARS, LISTS, MAPS, ANY = "abc", "lm", "jk", "abclmjkz"


def data(rng, depth=0):
    """A map that has some of the names: scalars, lists and maps by their letters, so that it is known what can be
    printed."""
    made = {}
    for name in SCALARS + LISTS + MAPS:
        if rng.random() < 0.7:
            scalar = rng.choice([*TEXTS, True, False, None])
            if name in SCALARS or depth > 2 or rng.random() < 0.1:
                made[name] = scalar if name in SCALARS else rng.choice([True, False, None])
            elif name in MAPS:
                made[name] = data(rng, depth + 1)
            elif name == "l":
                made[name] = [rng.choice(TEXTS) for _ in range(rng.randint(0, 3))]
            else:
                made[name] = [data(rng, depth + 1) for _ in range(rng.randint(0, 2))]
    return made


class Maker:
    """Makes templates. `level` is that of the template, which names only those after it. `given` is 0, or 1 in what is
    given for a block of a template, or 2 for one of the last. What is given may be shown wherever its block is, so it
    has blocks of other names, and parents only if that is the last template. `dot` is whether {{.}} can be printed."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.prefix = f"{seed}-"
        self.blocks = 0
        self.data = data(self.rng)
        for name in NAMES[1:]:
            self.data["to_" + name] = self.prefix + name
        self.data["to_none"] = self.rng.choice(["", "nowhere", None])
        self.templates = {}
        for level, name in reversed(list(enumerate(NAMES))):
            self.delimiters = ("{{", "}}")
            self.templates[self.prefix + name] = self.body(level) + self.rng.choice(["", "x", "\n", "\n"])
        for name, text in self.templates.items():
            if text.endswith((" ", "\t")):
                self.templates[name] = text + "\n"

    def used(self):
        """The templates that are named, and their texts."""
        texts = " ".join(self.templates.values())
        return [(name, text) for name, text in self.templates.items()
                if name[-1] == NAMES[0] or name in texts or f"*to_{name[-1]}" in texts]

    def tag(self, sigil, name):
        blank = self.rng.choice(["", "", "", " "])
        return self.delimiters[0] + sigil + blank + name + blank + self.delimiters[1]

    def variable(self, dot):
        name = self.rng.choice([*SCALARS, "z", *(f"{m}.{s}" for m in MAPS for s in "ab"), *("." if dot else "")])
        if self.delimiters == ("{{", "}}") and self.rng.random() < 0.3:
            return "{{{" + name + "}}}"
        return self.tag(self.rng.choice(["", "", "&"]), name)

    def comment(self):
        return self.delimiters[0] + self.rng.choice(["!", "! c ", "!\n", "!c\n  d\n  "]) + self.delimiters[1]

    def change(self):
        """Other delimiters, from here on."""
        new = self.rng.choice([("{{", "}}"), ("<%", "%>"), ("|", "|"), ("[[", "]")])
        text = f"{self.delimiters[0]}={new[0]} {new[1]}={self.delimiters[1]}"
        self.delimiters = new
        return text

    def name(self, level):
        """How a partial or parent is named."""
        if level + 1 >= len(NAMES) or self.rng.random() < 0.05:
            return self.rng.choice(["nowhere", "*to_none", "*z"])
        name = self.rng.choice(NAMES[level + 1:])
        return f"*to_{name}" if self.rng.random() < 0.2 else self.prefix + name

    def section(self, level, given, dot, depth):
        name = self.rng.choice(ANY)
        sigil = self.rng.choice("##^")
        if dot and self.rng.random() < 0.1:
            name = "."
        elif sigil == "#":
            dot = name in SCALARS + "l"
        text = self.tag(sigil, name)
        text += self.space()
        text += self.body(level, given, dot, depth + 1)
        text += self.space()
        return text + self.tag("/", name)

    def space(self):
        """What may stand between a tag and what it holds."""
        return self.rng.choice(["", "", "", self.rng.choice(BREAKS), self.rng.choice(BREAKS) + self.rng.choice(BLANKS)])

    def block(self, name, level, given, depth):
        text = self.tag("$", name)
        self.blocks += 1
        if self.rng.random() < 0.6:
            text += self.rng.choice(["", "", " "])
            inner = self.lines(level, given, depth)
        else:
            inner = self.rng.choice(["", "x"])
            text = "x" * (inner != "" and self.blocks > 1) + text
            if inner and self.rng.random() < 0.7:
                inner += self.body(level, given, False, depth + 1)
        if inner and not inner.endswith("\n"):
            inner += self.rng.choice(["y", self.rng.choice(BREAKS)])
        if inner.endswith("\n"):
            inner += self.rng.choice(BLANKS)
        self.blocks -= 1
        return text + inner + self.tag("/", name)

    def lines(self, level, given, depth):
        """Lines that are all indented by the same."""
        blanks = self.rng.choice(BLANKS)
        text = self.body(level, given, False, depth + 1)
        while not text.strip("\r\n"):
            text += self.rng.choice(["x", "x\n", "\nx"])
        if text.startswith(("\n", "\r\n")):
            blanks = ""
        else:
            text = "x" * text.startswith((" ", "\t")) + text
        lines = text.split("\n")
        return self.rng.choice(BREAKS) + "\n".join(blanks * (line not in ("", "\r")) + line for line in lines)

    def parent(self, level, given, depth):
        name = self.name(len(NAMES) - 2 if given else level)
        last = name.endswith(NAMES[-1])
        text = self.tag("<", name)
        for _ in range(self.rng.randint(0, 2)):
            text += self.rng.choice(["", "", "\n", "\n  ", "no", " ", self.comment()])
            text += self.block("u" if last else self.rng.choice("st"), level, 2 if last else 1, depth + 1)
        return text + self.rng.choice(["", "", "\n", "\n  "]) + self.tag("/", name)

    def one(self, level, given, dot, depth):
        what = self.rng.choice("text text break break blanks variable comment change partial section section block block "
                               "parent".split())
        match what:
            case "text":
                return self.rng.choice(["x", "y", "}}", "\u00e9"])
            case "break":
                return self.rng.choice(BREAKS)
            case "blanks":
                return self.rng.choice(BLANKS)
            case "variable":
                return self.variable(dot)
            case "comment":
                return self.comment()
            case "change":
                return self.change()
            case "partial":
                return self.tag(">", self.name(level))
        if depth < 3 and what == "section":
            return self.section(level, given, dot, depth)
        if depth < 3 and what == "block":
            name = "v" if given else "u" if level + 1 == len(NAMES) else self.rng.choice("st")
            return self.block(name, level, given, depth)
        if depth < 3 and what == "parent" and given < 2:
            return self.parent(level, given, depth)
        return "x"

    def body(self, level, given=0, dot=False, depth=0):
        text = ""
        for _ in range(self.rng.randint(1, 4)):
            one = self.one(level, given, dot, depth)
            if self.rng.random() < 0.4:
                one = self.rng.choice(BREAKS) + self.rng.choice(BLANKS) + one + self.rng.choice(BREAKS)
            text += one
        return text


def wontache(cases):
    jobs = [[c.prefix + "t", c.templates, c.data] for c in cases]
    done = subprocess.run(["node", "tests/mustache/grammar.mjs"], input=json.dumps(jobs), stdout=subprocess.PIPE,
                          check=True, encoding="utf-8")
    return json.loads(done.stdout)


def regen(cases):
    """What regen makes of each case: all in one run, each through a partial that is alone in nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for case in cases:
            for template, text in case.used():
                (folder / f"{template}.mustache").write_bytes(text.encode())
        (folder / "all").write_bytes(("{{#cases}}{{>*case}}" + END + "{{/cases}}").encode())
        every = [{**c.data, "case": c.prefix + "t"} for c in cases]
        (folder / "data.json").write_bytes(json.dumps({"cases": every}, ensure_ascii=False).encode())
        done = subprocess.run([*REGEN, "render", str(folder / "all"), str(folder / "data.json"), "-p", name],
                              capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"regen: exit status {done.returncode}\n{done.stderr.decode()}")
    return done.stdout.decode().split(END)[:-1]


def main():
    first = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    count = int(sys.argv[2]) if len(sys.argv) > 2 else COUNT
    print(f"# seeds {first} to {first + count - 1}")
    cases = [Maker(seed) for seed in range(first, first + count)]
    wants, gots = wontache(cases), regen(cases)
    wrong = [(len("".join(text for _, text in c.used())), seed, c, want, got)
             for seed, (c, want, got) in enumerate(zip(cases, wants, gots), first) if want != got]
    print(f"{'not ok' if wrong else 'ok'} 1 - {count} random templates are rendered as by wontache")
    if wrong:
        print(f"# {len(wrong)} are not; the shortest:")
    for _, seed, case, want, got in sorted(wrong, key=lambda w: w[:2])[:5]:
        print(f"# grammar.py {seed} 1: {case.data}")
        for name, text in reversed(case.used()):
            print(f"#   {name}: {text!r}")
        print(f"#   wontache {want!r}\n#   regen    {got!r}")
    print("1..1")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
