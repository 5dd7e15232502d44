"""Compare what the modules of a package that is installed answer with the lines of VECTORS: consumer.py VECTORS PACKAGE."""

from __future__ import annotations

import importlib
import math
import pkgutil
import sys
import warnings
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType

Value = Union[int, str]
ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
checks = failures = 0


def same(what: str, got: object, want: object) -> None:
    """Count a difference, and one of type too: True is not 1."""
    global checks, failures
    checks += 1
    if type(got) is not type(want) or got != want:
        failures += 1
        print(f"{what}: got {got!a}, want {want!a}")


def unescape(field: str) -> str:
    first, *rest = field.replace("\\\\", "\\\0").split("\\")
    return first + "".join("\\" + part[1:] if part[0] == "\0" else ESCAPES[part[0]] + part[1:] for part in rest)


def small(text: str) -> str:
    return "".join(c.lower() if "A" <= c <= "Z" else c for c in text)


class Book:
    """The lines of one registry by their kind, without kind and registry; those of strings have the kinds of those of numbers."""

    def __init__(self) -> None:
        self.lines: dict[str, list[list[str]]] = defaultdict(list)

    @property
    def strings(self) -> str:
        return self.lines["strings"][0][0] if self.lines["strings"] else ""

    def key(self, value: Value) -> Value:
        return small(value) if isinstance(value, str) and self.strings == "caseless" else value

    def make(self, value: str) -> Value:
        return value if self.strings else int(value)

    def by_value(self, kind: str) -> dict[Value, list[list[str]]]:
        found: dict[Value, list[list[str]]] = defaultdict(list)
        for value, *rest in self.lines[kind]:
            found[self.key(self.make(value))].append(rest)
        return found

    def unregistered(self, value: Value) -> str:
        """How a value stands that has no entry."""
        if isinstance(value, str):
            return "unassigned"
        for first, last, status in self.lines["span"]:
            if int(first) <= value <= int(last):
                return status
        first, last = self.lines["valid"][0]
        return "unassigned" if int(first) <= value <= int(last) else "-"


def read(path: str) -> dict[str, Book]:
    books: dict[str, Book] = defaultdict(Book)
    for line in Path(path).read_text("utf-8").split("\n"):
        if line and not line.startswith("#"):
            kind, registry, *rest = (unescape(field) for field in line.split("\t"))
            books[registry].lines[kind[2:] if kind.startswith("s_") else kind].append(rest)
    return books


def show(value: object) -> str:
    if isinstance(value, tuple):
        return "\t".join([str(len(value)), *map(show, value)])
    return "-" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def constant(words: str) -> str:
    return ("_" if words[0].isdigit() else "") + words.upper()


def accessor(module: ModuleType, name: str) -> Callable[[Value], Any]:
    """What the module has for a range or a field; a reserved word has a line behind it."""
    found = module.__dict__.get(name + "_", module.__dict__.get(name))
    same(f"{name} is a function", callable(found), True)
    assert found is not None
    return found


def compare(name: str, book: Book, module: Any, values: Iterable[Value]) -> None:
    entries, descriptions = book.by_value("entry"), book.by_value("description")
    references, formers = book.by_value("reference"), book.by_value("former_reference")
    fields = book.by_value("field")
    predicates = [(accessor(module, f"is_{ident}"), ident, int(first), int(last)) for ident, first, last in book.lines["predicate"]]
    accessors = [(accessor(module, ident), ident, kind, default) for ident, kind, default in book.lines["default"]]
    spelling = {book.key(value): value for value in map(book.make, (line[0] for line in book.lines["entry"]))}
    for value in values:
        key = book.key(value)
        what = f"{name} {value!a:.60} "
        entry = entries[key][0] if key in entries else None
        same(what + "has", module.has(value), entry is not None)
        if isinstance(value, str):
            same(what + "canonical", module.canonical(value), spelling.get(key))
        same(what + "text", show(module.text(value)), entry[1] if entry else "-")
        same(what + "name", show(module.name(value)), constant(entry[0]) if entry else "-")
        same(what + "status", show(module.status(value)), entry[2] if entry else book.unregistered(value))
        same(what + "deprecated", module.deprecated(value), entry is not None and entry[3] == "true")
        same(what + "description", show(module.description(value)), descriptions[key][0][0] if key in descriptions else "-")
        for told, wanted in ((module.references(value), references), (module.former_references(value), formers)):
            same(what + "references", [[ref.label, show(ref.url)] for ref in told], wanted.get(key, []))
        for predicate, ident, first, last in predicates:
            same(what + ident, predicate(value), isinstance(value, int) and first <= value <= last)
        for field, ident, kind, default in accessors:
            want = next((told for given, told in fields.get(key, []) if given == ident), default)
            got = field(value)
            same(what + ident, show(got), want)
            if got is not None:
                same(what + ident + " type", type(got), bool if kind == "bool" else tuple if kind.startswith("list") else int if kind[1:].isdigit() else str)


def compare_names(name: str, book: Book, module: Any) -> None:
    """Names give values, and are what constants are called."""
    named = {line[1]: book.make(line[0]) for line in book.lines["entry"]}
    named.update((words, book.make(value)) for value, words, _ in book.lines["alias"])
    named.pop("-", None)
    for words, value in named.items():
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            got = getattr(module, constant(words), None)
        same(f"{name} the constant {words}", got, value)
        same(f"{name} {words} as a name", module.from_name(constant(words)), value)
        deprecated = constant(words) not in vars(module)
        same(f"{name} {words} warns", [w.category for w in said], [DeprecationWarning] if deprecated else [])
        same(f"{name} {words} says where", [w.filename for w in said], [__file__] if deprecated else [])
    same(f"{name} names", set(module.names()), {constant(words) for words in named})
    warned = {constant(words) for words, entry in ((line[1], line[4]) for line in book.lines["entry"]) if words != "-" and entry == "true"}
    same(f"{name} warns of what is deprecated", warned - set(module._DEPRECATED), set())
    for words in ("", "-", "NO_SUCH_NAME", "__class__", "keys", "\0", "\ud800"):
        same(f"{name} {words!a} as a name", module.from_name(words), None)


def numbers_for(book: Book) -> set[Value]:
    """Numbers that may be registered, and those around them."""
    ends = [int(end) for kind in ("entry", "span", "valid") for line in book.lines[kind] for end in line[: 1 if kind == "entry" else 2]]
    return {end + more for end in ends for more in (-1, 0, 1)} | set(range(1001)) | {-1, 2**64, -(2**63)}


def strings_for(book: Book) -> set[Value]:
    """Strings that are registered, and what is nearly one."""
    near: set[Value] = {"", "\0", " ", "\ud800", "\u212a", "k", "\u017f", "x" * 100000, "__class__", "keys"}
    for value in (line[0] for line in book.lines["entry"]):
        near |= {value, value.swapcase(), value.lower(), value.upper(), small(value), value.casefold(), value[1:], value[:-1]}
        near |= {value + "-", value + "\0", " " + value, value + "\udc00", value.replace("k", "\u212a"), value.replace("s", "\u017f")}
        for i, c in enumerate(value):
            near |= {value[:i] + chr(ord(c) ^ bit) + value[i + 1 :] for bit in (1, 32, 128, 256)}
    return near


def main() -> int:
    _, vectors, package = sys.argv
    books = read(vectors)
    modules = {module.name for module in pkgutil.iter_modules(importlib.import_module(package).__path__)}
    same("modules", {name for name in modules if not name.startswith("_")}, set(books))
    for name, book in books.items():
        module: Any = importlib.import_module(f"{package}.{name}")
        same(f"{name} values", module.values(), tuple(book.make(line[0]) for line in book.lines["entry"]))
        compare(name, book, module, strings_for(book) if book.strings else numbers_for(book))
        compare_names(name, book, module)
        if not book.strings:
            for value in (math.nan, math.inf, -math.inf, 200.5, 1e300):
                got = (module.text(value), module.name(value), module.has(value), module.references(value), module.deprecated(value))
                same(f"{name} {value}", got, (None, None, False, (), False))
            same(f"{name} nan", module.status(math.nan), None)
    print(f"{checks} checks, {failures} failures")
    return 1 if failures or not checks else 0


if __name__ == "__main__":
    sys.exit(main())
