#!/usr/bin/env python3
"""templates/README.md says what is there: the tables of the view have the names of every view and no others, with an
example of each that occurs, and its lang.yaml has the keys that regen knows and no others. TAP on standard output."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

REGEN = os.environ.get("REGEN", "build/regen").split()
README = pathlib.Path("templates/README.md")
GOLDEN = pathlib.Path("tests/golden")
SHIPPED = pathlib.Path("registry.yaml")
TOP = "View"

# What is viewed: a registry and a folder of templates. The first has the examples, in C, unless it has nothing there.
VIEWS = [(SHIPPED, pathlib.Path("templates")),
         (pathlib.Path("tests/packages/vectors/hostile.yaml"), pathlib.Path("templates")),
         (GOLDEN / "invented/registry.yaml", GOLDEN / "invented/templates"),
         (GOLDEN / "everything/registry.yaml", GOLDEN / "templates"),
         (GOLDEN / "absent/registry.yaml", GOLDEN / "templates"),
         (GOLDEN / "duplicates/registry.yaml", GOLDEN / "templates"),
         (GOLDEN / "strings/registry.yaml", GOLDEN / "templates"),
         (GOLDEN / "fields/registry.yaml", GOLDEN / "templates"),
         (GOLDEN / "keys/registry.yaml", GOLDEN / "templates"),
         (GOLDEN / "parts/registry.yaml", GOLDEN / "parts/templates")]

# The tables of keys in gen/lang.c, and the key of lang.yaml below which each counts, if any.
TABLES = {"langkeys": None, "identifierkeys": "identifiers", "reservedkeys": "reserved", "digitkeys": "digit",
          "commentkeys": "comment", "limitkeys": "limits", "typekeys": "types", "outputkeys": "outputs"}


def regen(*args):
    return subprocess.run([*REGEN, *map(str, args)], capture_output=True, check=True).stdout


def read(path):
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def is_map(text):
    """The kind of map that an example links to, if it does."""
    link = re.fullmatch(r"\[([^]]+)\]\(#[\w-]+\)", text.strip())
    return link[1][:1].upper() + link[1][1:] if link else None


class Kind:
    """A table: its names, with their examples, in the order of the rows; `groups` are of lang.yaml, for their names."""

    def __init__(self):
        self.names = {}
        self.groups = {}
        self.rows = []

    def row(self, what, names, example):
        """Take a row in; returns what is wrong with it."""
        found = re.findall(r"`([^`]+)`", names)
        kind = is_map(example)
        examples = re.findall(r"`([^`]+)`", example)
        if not kind and len(found) != len(examples):
            return [f"{what}: {len(found)} names and {len(examples)} examples: {names.strip()}"]
        wrong = []
        for i, name in enumerate(found):
            to = self.groups if names.strip().startswith("+") else self.names
            if name.removesuffix("[]") in to or name in to:
                wrong.append(f"{what}: {name} stands twice")
            to[name.removesuffix("[]")] = (name.endswith("[]"), kind, None if kind else examples[i])
        if not kind and not names.strip().startswith("+"):
            self.rows.append(dict(zip(found, examples)))
        return wrong


def tables(text):
    """The kinds that the README has, by the headings of their tables; and what is wrong with them."""
    kinds = {}
    wrong = []
    kind = None
    for line in text.partition("\n## The view\n")[2].splitlines():
        if line.startswith("## "):
            break
        if line.startswith("### "):
            kind = line.removeprefix("### ")
            kinds[kind] = Kind()
        elif line.startswith("| `") or line.startswith("| + `"):
            cells = line.strip("|").split("|")
            if kind is None or len(cells) != 3:
                wrong.append(f"not a row of name, example and what it is, below a heading: {line}")
            else:
                wrong += kinds[kind].row(kind, cells[0], cells[1])
    links = {link for k in kinds.values() for _, link, _ in k.names.values() if link}
    wrong += [f"there is no table {link}" for link in sorted(links - kinds.keys())]
    wrong += [f"no row leads to the table {name}" for name in sorted(kinds.keys() - links - {TOP})]
    return kinds, wrong


class Walk:
    """A walk through views along the tables: notes the values under each name of each kind, in their order, and what is wrong."""

    def __init__(self, kinds):
        self.kinds = kinds
        self.seen = {}
        self.maps = {}
        self.wrong = {}

    def complain(self, what, where):
        self.wrong.setdefault(what, where)

    def note(self, kind, name, value):
        self.seen.setdefault((kind, name), {})[value] = True

    def names(self, kind, lang):
        """Every name of a kind, those that lang.yaml makes too."""
        names = dict(self.kinds[kind].names)
        for group, (_, _, example) in self.kinds[kind].groups.items():
            made = lang
            for part in group.split("."):
                made = made.get(part, {})
            names.update({name: (False, None, example) for name in made})
        return names

    def map(self, kind, value, lang, where, extra=()):
        names = self.names(kind, lang)
        self.maps.setdefault(kind, []).append(value)
        for name in value.keys() - names.keys() - set(extra):
            shown = value[name] if isinstance(value[name], (str, bool)) else "…"
            shown = str(shown).lower() if isinstance(shown, bool) else shown
            self.complain(f"add to the table {kind}: | `{name}` | `{shown}` | what it is |", where)
        for name in names.keys() - value.keys():
            if (kind, name) != (TOP, "registry"):
                self.complain(f"{kind}: `{name}` is not in the view: take it out of the table", where)
        for name in value.keys() & names.keys():
            many, inner, _ = names[name]
            below = f"{where}.{name}"
            if many != isinstance(value[name], list):
                self.complain(f"{kind}: `{name}` is to be written {'without' if many else 'with'} []", below)
            elif many:
                self.list(kind, name, value[name], inner, lang, below)
            else:
                self.one(kind, name, value[name], inner, lang, below)
        for group in self.kinds[kind].groups:
            for name in names.keys() - self.kinds[kind].names.keys():
                self.note(kind, "+" + group, value.get(name))

    def list(self, kind, name, values, inner, lang, where):
        for i, value in enumerate(values):
            if inner and isinstance(value, dict) and value.get("more") is not (i + 1 < len(values)):
                self.complain(f"{kind}: `more` is wrong in {name}", where)
            self.one(kind, name, value, inner, lang, where, ["more"])

    def one(self, kind, name, value, inner, lang, where, extra=()):
        if isinstance(value, dict):
            if not inner:
                self.complain(f"{kind}: `{name}` is a map: its example is to be [KIND](#KIND), with a table", where)
                return
            self.note(kind, name, inner)
            self.map(inner, value, lang, where, ["more"] if (kind, name) == (TOP, "registry") else extra)
        else:
            if not (isinstance(value, (str, bool)) and value != "") or (inner and value is not False):
                self.complain(f"{kind}: `{name}` is {value!r}", where)
            self.note(kind, name, value)


def walk(kinds, cases, languages="*"):
    """The walk through all views of the cases."""
    walked = Walk(kinds)
    for registry, templates in cases:
        for folder in sorted(p.parent for p in templates.glob(f"{languages}/lang.yaml")):
            lang = read(folder / "lang.yaml")
            args = ["view", "-c", registry, "-t", templates, "-l", folder.name]
            view = json.loads(regen(*args))
            views = [view, *(json.loads(regen(*args, "-r", r["id"])) for r in view["registries"])]
            for view in views:
                walked.map(TOP, view, lang, f"{folder.name}, {registry}")
    return walked


def shown(value):
    """As an example has it."""
    return str(value).lower() if isinstance(value, bool) else value


def fits(example, value):
    """Whether an example is the value, or what it begins with."""
    value = shown(value)
    return value.startswith(example[:-1]) if example.endswith("…") else value == example


def choice(first, every):
    """Of the values under a name in the first views and in all of them, those that may be its example: not false if
    there is a text, and not of the later views if the first have one."""
    for values in (first, every):
        values = [v for v in values if v is not None]
        texts = [v for v in values if not isinstance(v, bool)]
        if texts or True in values:
            return texts or values
    return [v for v in every if v is not None]


def examples(kinds, first, every):
    """Which examples do not occur, in the first walk if they can."""
    wrong = []
    for kind, table in kinds.items():
        rows = [*table.names.items(), *(("+" + name, row) for name, row in table.groups.items())]
        for name, (_, inner, example) in rows:
            values = choice(first.seen.get((kind, name), []), every.seen.get((kind, name), []))
            if inner and inner not in values:
                wrong.append(f"{kind}: `{name}` has no {inner} in any view")
            elif not inner and not any(fits(example, v) for v in values):
                wrong.append(f"{kind}: `{name}` is never `{example}`, but "
                             f"{' or '.join(f'`{shown(v)}`' for v in values[:3]) or 'in no view'}")
        for row in table.rows:
            if not any(all(name in m and fits(example, m[name]) for name, example in row.items())
                       for m in every.maps.get(kind, [])) and len(row) > 1:
                wrong.append(f"{kind}: no one thing has all examples of {row}")
    return wrong


def known_keys():
    """The tables of keys in gen/lang.c."""
    text = pathlib.Path("gen/lang.c").read_text("utf-8")
    found = re.findall(r"^static const struct key (\w+)\[\] = \{\n(.*?)^\};", text, re.S | re.M)
    return {name: re.findall(r'^\t\{"(\w+)"', rows, re.M) for name, rows in found}


def lang_block(text):
    """The lang.yaml that the README shows."""
    block = text.partition("\n## lang.yaml\n")[2].partition("\n## ")[0]
    lines = [line[4:] for line in block.splitlines() if line.startswith("    ") or not line]
    return "\n".join(lines).strip() + "\n"


def check_keys(block):
    """What of gen/lang.c's keys the README lacks."""
    tables_there = known_keys()
    wrong = [f"gen/lang.c: {name} is not in TABLES" for name in sorted(tables_there.keys() - TABLES.keys())]
    wrong += [f"gen/lang.c has no table {name}" for name in sorted(TABLES.keys() - tables_there.keys())]
    parts = {re.match(r"\w+", part)[0]: part for part in re.split(r"(?m)^(?=\w+:)", block) if part}
    for table, keys in tables_there.items():
        below = TABLES.get(table)
        for key in keys:
            there = key in parts if below is None else re.search(rf"[\s{{#]{key}:", parts.get(below, ""))
            if not there:
                wrong.append(f"add to the lang.yaml of {README}: {key}:{f' below {below}:' if below else ''}")
    wrong += [f"{README}: {key}: is no key of lang.yaml"
              for key in sorted(parts.keys() - set(tables_there.get("langkeys", [])))]
    return wrong


def check_accepted(block):
    """What regen says of the README's lang.yaml."""
    lang = yaml.load(block, Loader=yaml.BaseLoader)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "readme"
        folder.mkdir()
        (folder / "lang.yaml").write_text(block, "utf-8")
        for output in lang["outputs"]:
            (folder / f"{output['template']}.mustache").write_text("{{package.name}}\n", "utf-8")
        done = subprocess.run([*REGEN, "generate", "-c", str(SHIPPED), "-t", name, "-l", "readme", "-o", f"{name}/out"],
                              capture_output=True, check=False)
        return done.stderr.decode().splitlines() + ([] if done.returncode == 0 else [f"exit status {done.returncode}"])


def check_words(text):
    """The words of `case` that the README has are those that regen takes."""
    said = re.search(r"`case` is one of (.*?)\. ", text, re.S)
    said = set(re.findall(r"\b[a-z_]+\b", re.sub(r"\([^)]*\)", "", said[1]))) - {"or"} if said else set()
    source = pathlib.Path("gen/word.c").read_text("utf-8")
    known = set(re.findall(r'\[CASE_\w+\] = \{"(\w+)"', source))
    return ([f"gen/word.c: no cases are found in it"] if not known else
            [f"{README}: `case` may be {word} too" for word in sorted(known - said)] +
            [f"{README}: `case` cannot be {word}" for word in sorted(said - known)])


class Report:
    """Lines of TAP."""

    def __init__(self):
        self.number = self.failed = 0

    def __call__(self, what, wrong):
        self.number += 1
        self.failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {self.number} - {what}")
        for line in wrong:
            print(f"# {line}")


def main():
    report = Report()
    text = README.read_text("utf-8")
    kinds, wrong = tables(text)
    report("the tables can be read", wrong)
    if wrong:
        print("1..1")
        return 1
    walked = walk(kinds, VIEWS)
    report("the tables have the names of every view, and no others",
           [f"{what} ({where})" for what, where in sorted(walked.wrong.items())])
    report("examples occur", examples(kinds, walk(kinds, VIEWS[:1], "c"), walked))
    # Would it be seen? A view with a name more, one less and another form.
    view = {"package": {}, "options": False, "registries": {}, "specifications": [], "hash": "1"}
    blind = Walk(kinds)
    blind.map(TOP, view, {}, "")
    for part in ("add to the table View: | `hash` | `1` |", "Package: `name` is not in the view",
                 "View: `registries` is to be written without []"):
        report(f"this would be seen: {part.replace('#', '')}",
               [] if any(what.startswith(part) for what in blind.wrong) else sorted(blind.wrong))
    block = lang_block(text)
    report("lang.yaml has every key", check_keys(block))
    report("lang.yaml is accepted", check_accepted(block))
    report("so are the cases", check_words(text))
    print(f"1..{report.number}")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
