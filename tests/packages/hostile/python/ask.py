"""Answer the questions of a file, line by line, as judge.py writes them: ask.py FOLDER PACKAGE QUESTIONS."""
import sys
import warnings

folder, package, path = sys.argv[1:]
sys.path[:0] = [folder, package]
from subjects import subjects  # noqa: E402

CHARACTERS = {"t": "\t", "n": "\n", "r": "\r", "0": "\0", "\\": "\\"}
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def unescape(text):
    parts = iter(text)
    return "".join(CHARACTERS[next(parts)] if c == "\\" else c for c in parts)


def show(value):
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def tell(value):
    return [show(len(value)), *map(show, value)] if isinstance(value, tuple) else [show(value)]


def cite(references):
    columns = [str(len(references))]
    for reference in references:
        columns += map(show, (reference.label, reference.title, reference.url))
    return [*columns, ""]


def of_value(module, value, predicates, fields):
    columns = [module.text(value), module.name(value), module.status(value), module.description(value), module.deprecated(value), module.has(value)]
    return [*map(show, columns), *cite(module.references(value)), *cite(module.former_references(value)),
            *(column for told in predicates + fields for column in tell(told(value)))]


def answer(kind, question, module, make, predicates, fields, constants):
    if kind == "C":
        return [str(len(module.values()))]
    if kind == "A":
        return [show(module.values()[int(question)])]
    if kind == "N":
        value = module.from_name(question)
        return ["0"] if value is None else ["1", show(value)]
    if kind == "K":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return [show(part) for name, constant in constants for part in (name, constant())]
    return of_value(module, make(question), predicates, fields)


def main():
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    with open(path, encoding="utf-8", newline="\n") as questions:
        for line in questions:
            ident, kind, question = line.rstrip("\n").split("\t")
            told = answer(kind, unescape(question), *subjects[ident])
            print("\t".join([line.rstrip("\n"), *(column.translate(ESCAPES) for column in told)]))


main()
