#!/usr/bin/env python3
"""gen/registry.schema.json says of a registry what regen says, as far as a schema can. TAP on standard output.

The keys, and which of them are required, are those of the tables in gen/*.c; the words are those of its lists. What regen takes,
the schema takes; what regen refuses for its structure, the schema refuses: STRUCTURE and RELATIONS sort regen's messages, and what a
schema cannot see is listed below, each with the reason. YAML is read as editors read it: plain scalars are YAML 1.2's numbers, booleans
and nulls. At last each part of the schema is taken out in turn, and some verdict must change.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import yaml

REGEN = os.environ.get("REGEN", "build/regen").split()
HERE = pathlib.Path("tests/schema")
ERRORS = pathlib.Path("tests/errors/registry")
TEMPLATES = "tests/errors/shared/templates"
WORK = pathlib.Path("build/schema")
EVERY, MORE = "every.yaml", "more/every.yaml"
SCHEMA = json.loads(pathlib.Path(os.environ.get("SCHEMA", "gen/registry.schema.json")).read_text(encoding="utf-8"))

# Messages about one place, or about places of one map: a schema sees them.
STRUCTURE = [
    r"unknown key ", r"missing key ", r"unknown (status|type|match|way with duplicates|column) ", r"expected ",
    r"a reference has one of ", r"a range has an id, a status or both", r"a key has one column at least",
    r"a registry of strings cannot have ", r"only a registry of strings can have ", r"a field of this type cannot have ",
    r"an enumeration has one value at least", r"only what is temporary expires", r"an entry cannot be unassigned",
    r"a field cannot be called ", r".* does not fit the (type of|registry's type)", r".* is not a path inside the output folder",
    r".* is too long: ", r"a list cannot have ", r"a (scalar|key) cannot hold a NUL",
]
# Messages about YAML itself, which editors have without a schema.
SYNTAX = [
    r"repeated key ", r"unknown alias ", r"alias .* stands inside what it stands for", r"a merge key takes ",
    r"mapping values are not allowed", r"block sequence entries are not allowed", r"found ", r"did not find ",
]
# Messages about what several places say: a schema cannot see them, nor the YAML that regen does without.
RELATIONS = [
    r"duplicate ", r"the identifier .* is taken ", r".* is not among the specifications", r".* is replaced by .*, which is not a name ",
    r"an entry cannot be replaced by itself", r"the range .* overlaps another ", r".* lies in a range with a status",
    r"the range .* ends before it begins", r".* is not in .*, which is what is valid ", r".* chooses nothing in target ",
    r"unknown (registry|language|option|value) ", r"two files would be ", r"cannot read ", r"another file says otherwise ",
    r".* expired on ", r".* is neither a value nor a name ", r".* stands twice", r"the entry has nothing that makes its key",
    r"a list cannot be a column of the key", r"a list has no column of IANA's",
    r"tags are not supported", r"a second document is not supported", r"a key must be a scalar without anchor or tag",
]
# Of the files in tests/errors/registry: those where the verdict is the other.
UNSEEN = {
    "name-empty": "nothing and the word null are one thing in YAML",
    "text-absent": "nothing and the word null are one thing in YAML",
    "value-out-of-u64": "editors' numbers are doubles",
    "value-out-of-i64": "editors' numbers are doubles",
    "yaml-key-a-list": "JSON has no such keys",
}

# What is put in the place of each scalar of every.yaml: some of all sorts, and all of its own sort.
SOME = ["1", "-1", "1.5", "true", "null", "word", "two_words", "a b", "'a\"b'", "\"a\\0b\"", "''", "[]", "{}", "[a]", "value", "2025-09-15"]
NUMBERS = [
    "0", "255", "256", "65536", "4294967296", "-128", "-129", "-32769", "-2147483649", "0x1f", "0x100", "-0x80", "0b101", "0b111111111",
    "1-2", "0x1-0x2", "-2--1", "1-", "1-2-3", "0-256", "'0x13,0x01'", "'0x13,01'", "'0x1,0x13'", "'0x01,0x01,0x01'", "'300'", "'70000'",
    "'0x10000'", "'-5'", "'-0'", "'-129'", "'007'", "'1'", "'0b100000000'", "99999999999999999999999999", "'1x'", "'-'",
]
DATES = [
    "2025-09", "2025-02-29", "2024-02-29", "2100-02-29", "2000-02-29", "2025-04-31", "2025-12-31", "2025-13-01", "2025-00-01", "2025-01-00",
    "2025-9-15", "2025-09-150", "'2025-09-15 '",
]
TEXTS = [
    "no", "0", "0x1f", "Word", "a-b", "a.b", "a/b", "'a+b'", "'(a)'", "a__b", "_a", "a_", "é", "'*/'", "https://a.b/c?d#e", "'true'", "'1'",
    "9a", "1.10.2", ".5", "unassigned", "deprecated", "string", "../up", "a/../b", "./a", "a/./b", "a//b", "..", "\"a\\nb\"", ".inf", "'1,2'",
    "a/" * 512 + "a",
]
SORTS = {
    r".*/(title|description|text|rule|person)": [],
    r".*/(value|values|valid|default)": NUMBERS,
    r".*/(updated|expires)|.*/fields/2/default": DATES,
    r".*/fields/\d+/default/\d+": NUMBERS + DATES,
}
# Spellings that are lost where YAML has made a number, a boolean or a null of them.
LOST = {
    "": "nothing and the word null are one thing in YAML",
    "~": "null",
    "+1": "the number 1",
    "0x1F": "the number 31",
    "0x1f": "the number 31",
    "0o17": "the number 15",
    "1.0": "the number 1",
    "1e3": "the number 1000",
    "True": "true",
    "18446744073709551616": "u64's greatest number, as a double",
}
# Places of every.yaml whose rule stands elsewhere in the file.
ELSEWHERE = {
    r"/registries/0/entries/\d/([a-z]|colour)(/\d*)?": "the fields and their types",
    r"/registries/0/(key/\d+|source/columns/(colour|unknown key))": "the ids of fields",
    r"/registries/2/entries/\d/(value|colour)?": "the type and the key of another registry, and its fields",
    r"/registries/2/ranges/\d/values": "the type of another registry",
}

# Parts of the schema without which it would judge the same.
MANNERS = {
    r".*/if/(anyOf/\d/)?required(/0)?": "what is missing is not also of a wrong type",
    r"/definitions/(reference|registry)/type": "what is no map is called that",
    r"/definitions/extension/required(/0)?": "it would not be an extension",
    r"/definitions/registries/items/properties": "an editor may propose the key",
    r"/definitions/[iu]\d+(_values)?/(minimum|maximum)": "they are compared with regen's types; those of 64 bits are no doubles",
}
# Lists of words that are compared with regen's.
LISTED = []

number = 0
failures = 0


def report(name, wrong=()):
    """A line of TAP; wrong is what is wrong, as lines."""
    global number, failures
    wrong = list(wrong)
    number += 1
    failures += bool(wrong)
    print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
    print("".join(f"# {line}\n" for line in wrong), end="", flush=True)


# YAML as editors read it.

class Editor(yaml.cyaml.CParser, yaml.constructor.BaseConstructor, yaml.resolver.BaseResolver):
    """YAML 1.2: its core schema."""

    def __init__(self, stream):
        yaml.cyaml.CParser.__init__(self, stream)
        yaml.constructor.BaseConstructor.__init__(self)
        yaml.resolver.BaseResolver.__init__(self)


class Older(yaml.CSafeLoader):
    """YAML 1.1, which editors can be set to."""


for kind, pattern in {
    "null": r"~|null|Null|NULL|", "bool": r"true|True|TRUE|false|False|FALSE", "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
}.items():
    Editor.add_implicit_resolver("tag:yaml.org,2002:" + kind, re.compile(f"(?:{pattern})\\Z"), None)


def scalar(node):
    """A scalar as JSON: a float that JSON does not have is another one."""
    kind = node.tag.rpartition(":")[2]
    safe = yaml.constructor.SafeConstructor()
    if kind == "int" and re.fullmatch(r"[-+]?[0-9]+|0o[0-7]+", node.value):
        return int(node.value[2:], 8) if "o" in node.value else int(node.value)
    if kind == "int":
        return safe.construct_yaml_int(node)
    if kind == "float":
        value = safe.construct_yaml_float(node) if "e" not in node.value.lower() else float(node.value)
        return value if abs(value) < float("inf") else 1.5
    return {"bool": lambda: safe.construct_yaml_bool(node), "null": lambda: None}.get(kind, lambda: node.value)()


def merge(node, above):
    """What a merge key brings, the first of several first."""
    maps = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not all(isinstance(m, yaml.MappingNode) for m in maps):
        raise yaml.YAMLError("a merge key takes a map or a list of maps")
    merged = {}
    for m in reversed(maps):
        merged.update(plain(m, above))
    return merged


def plain(node, above=()):
    """A node as JSON."""
    if node in above:
        raise yaml.YAMLError("an alias of what it stands in")
    above = (*above, node)
    if isinstance(node, yaml.ScalarNode):
        return scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [plain(n, above) for n in node.value]
    own, merged = {}, {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.YAMLError("a key that JSON cannot have")
        if key.value in own:
            raise yaml.YAMLError(f"a key twice: {key.value}")
        if key.value == "<<":
            merged |= merge(value, above)
        else:
            own[key.value] = plain(value, above)
    return merged | own


def documents(text, loader=Editor):
    """The documents in a text, or None if an editor reports its YAML."""
    try:
        return [plain(n) for n in yaml.compose_all(text, loader)]
    except yaml.YAMLError:
        return None


def cases(path, loader=Editor):
    """What there is to judge of a registry and the files that it names: [{at, data}], or None."""
    found = documents(path.read_bytes(), loader)
    if found is None:
        return None
    result = [{"at": "", "data": d} for d in found]
    first = found[0] if isinstance(found[0], dict) else {}
    for name in first.get("files") if isinstance(first.get("files"), list) else []:
        named = path.parent / str(name)
        if not named.is_file():
            continue
        more = documents(named.read_bytes(), loader)
        if more is None:
            return None
        result += [{"at": "/definitions/file", "data": d} for d in more]
    return result


# The tables of regen.

def source(name):
    return pathlib.Path("gen", name).read_text(encoding="utf-8")


def key_tables(text):
    """{table: {key: (reader, required)}}."""
    tables = {}
    for name, body in re.findall(r"static const struct key (\w+)\[\] = \{\n(.*?)\n\};", text, re.S):
        tables[name] = {}
        for line in body.split("\n"):
            row = re.fullmatch(r'\t\{"(\w+)", (\w+), .*, (true|false), [\w&]+\},', line)
            if not row:
                raise ValueError(f"{name} has a row that is none: {line}")
            tables[name][row[1]] = (row[2], row[3] == "true")
    if len(tables) != len(re.findall(r"struct key \w+\[\]", text)):
        raise ValueError("a table of keys is not where it can be read")
    return tables


def words(text, start):
    """The words of a list that begins so."""
    found = re.search(re.escape(start) + r"\s*\{(.*?)\};", text, re.S)
    if not found:
        raise ValueError(f"there is no {start}")
    rows = re.findall(r'\{"(\w+)", (\d+)\}', found[1])
    if not rows or len(rows) != found[1].count("{") or any(len(w) != int(n) for w, n in rows):
        raise ValueError(f"{start} has a word that is none")
    return [w for w, n in rows]


def at(pointer, schema):
    """The place that a pointer names from one, through the references on the way."""
    for key in pointer.split("/")[1:]:
        schema = schema[int(key)] if isinstance(schema, list) else schema[key]
        while isinstance(schema, dict) and "$ref" in schema:
            schema = at(schema["$ref"][1:], SCHEMA)
    return schema


# What has tables of the keys of other files.
OTHERS = {"lang.c", "lock.c"}
TABLES = {
    "projectkeys": "", "filekeys": "/definitions/file", "registrykeys": "/definitions/registry",
    "extensionkeys": "/definitions/extension", "entrykeys": "/definitions/entry", "referencekeys": "/definitions/reference",
    "aliaskeys": "/definitions/alias", "rangekeys": "/definitions/range", "fieldkeys": "/definitions/field",
    "sourcekeys": "/definitions/registry/properties/source", "packagekeys": "/definitions/package",
    "specificationkeys": "/definitions/specification", "targetkeys": "/definitions/target",
}
LISTS = {"decode_list", "references_read", "readaliases", "readregistries", "readtargets"}
MAPS = {"decode_map", "readnames", "readpackage", "readsource", "readspecifications"}
SCALAR_READERS = {"decode_text", "decode_words", "decode_bool", "decode_date", "decode_choice", "decode_plain", "decode_url", "readformat",
                  "readtype", "readrfc", "readsection", "readstandard", "readiana", "readversion", "readlicense", "readpackagename"}


def kind_of(schema):
    return schema.get("type") if schema.get("type") in ("array", "object") else "scalar"


def table_problems(table, rows, place):
    """Where a table and the schema's map differ."""
    properties = place["properties"]
    for key in sorted(rows.keys() ^ properties.keys()):
        yield f"{table}: '{key}' is only in {'the table' if key in rows else 'the schema'}"
    required = {k for k, (reader, needed) in rows.items() if needed}
    for key in sorted(required ^ set(place.get("required", []))):
        yield f"{table}: '{key}' is required only in {'the table' if key in required else 'the schema'}"
    if place.get("additionalProperties") is not False:
        yield f"{table}: the schema allows other keys"
    for key, (reader, needed) in rows.items():
        kind = "array" if reader in LISTS else "object" if reader in MAPS else "scalar" if reader in SCALAR_READERS else None
        if kind is None:
            yield f"{table}: how does {reader} read '{key}'?"
        elif key in properties and kind != kind_of(at(f"/properties/{key}", place)):
            yield f"{table}: '{key}' is not {kind} in the schema"
        if key in properties and not properties[key].get("description") and not at(f"/properties/{key}", place).get("description"):
            yield f"{table}: '{key}' has no description"


def check_tables():
    """Report the comparison with the tables; returns the keys of each."""
    tables = key_tables("".join(source(p.name) for p in sorted(pathlib.Path("gen").glob("*.c")) if p.name not in OTHERS))
    report("every table of keys has its place in the schema", [f"{t}: only in one" for t in sorted(tables.keys() ^ TABLES.keys())])
    for table, pointer in TABLES.items():
        report(f"{table} and the schema", table_problems(table, tables.get(table, {}), at(pointer, SCHEMA)))
    return tables


def check_words(tables):
    registry = source("registry.c")
    types = words(source("number.c"), "static const struct str names[] =")
    more = words(source("field.c"), "static const struct str more[] =")
    numbers = [t for t in types if re.fullmatch(r"[ui]\d+", t)]
    statuses = words(source("status.c"), "static const struct str statuses[] =")
    columns = words(registry, "static const struct str columns[] =")
    # an entry cannot be unassigned
    expected = {
        "/definitions/range/properties/status/enum": statuses,
        "/definitions/entry/properties/status/enum": [s for s in statuses if s != "unassigned"],
        "/definitions/registry/properties/type/enum": types[:types.index("string") + 1],
        "/definitions/field/properties/type/enum": types + more,
        "/definitions/field/properties/of/enum":
            [t for t in types + more if t not in ("bool", "list")],
        "/definitions/registry/properties/duplicates/enum": words(registry, "static const struct str duplicatewords[] ="),
        "/definitions/registry/properties/match/enum": words(registry, "static const struct str matchwords[] ="),
        "/definitions/field/allOf/0/properties/id/not/enum": list(tables["entrykeys"]),
        "/definitions/plainentry/properties": list(tables["entrykeys"]),
    }
    LISTED.extend(expected)
    for pointer, want in expected.items():
        got = list(at(pointer, SCHEMA))
        report(f"the words of {pointer}", [] if sorted(got) == sorted(want) else [f"has {got}, regen has {want}"])
    without = next(a["else"] for a in SCHEMA["definitions"]["registry"]["allOf"] if "else" in a and "then" not in a)
    got = without["properties"]["key"]["items"]["enum"]
    report("the columns of keys", [] if sorted(got) == sorted(columns) else [f"has {got}, regen has {columns}"])
    for t in numbers:
        bits, signed = int(t[1:]), t[0] == "i"
        want = (-2 ** (bits - 1), 2 ** (bits - 1) - 1) if signed else (0, 2 ** bits - 1)
        got = [(SCHEMA["definitions"][n]["minimum"], SCHEMA["definitions"][n]["maximum"]) for n in (t, t + "_values")]
        report(f"the bounds of {t}", [f"{g}, not {want}" for g in got if g != want])


# What regen says.

def regen(path):
    """What regen says of a registry."""
    done = subprocess.run([*REGEN, "validate", "-c", str(path), "-t", TEMPLATES, "--today", "2026-01-01"], stdin=subprocess.DEVNULL,
                          capture_output=True, check=False, timeout=60)
    if done.returncode not in (0, 1):
        raise ValueError(f"regen died of {path}: {done.stderr.decode('utf-8', 'replace')}")
    return done.stderr


def messages(text, line=r"\d+"):
    """The errors and warnings, of all lines or one."""
    return re.findall(rf"^\S+?:{line}:\d+: (?:error|warning): (.*)$", text.decode("utf-8", "replace"), re.M)


def fits(message, patterns):
    return any(re.match(p, message) for p in patterns)


def sort(said):
    """Whether a schema, or an editor's YAML, must refuse what regen says this of; and which messages are of no known sort."""
    strange = [m for m in said if not fits(m, STRUCTURE + SYNTAX + RELATIONS)]
    return any(fits(m, STRUCTURE + SYNTAX) for m in said), strange


# Documents made of every.yaml.

def leaves(node, path=""):
    """(path, node) of each scalar that is a value, and of each map and list."""
    yield path, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from leaves(value, f"{path}/{key.value}")
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            yield from leaves(value, f"{path}/{i}")


def replaced(text):
    """(path, line, what stands there instead, text) for each scalar of a text."""
    root = yaml.compose(text, Editor)
    for path, node in leaves(root):
        if not isinstance(node, yaml.ScalarNode):
            continue
        sort_ = next((SORTS[p] for p in SORTS if re.fullmatch(p, path)), TEXTS)
        for other in [*SOME, *sort_, *LOST]:
            yield path, node.start_mark.line + 1, other, text[:node.start_mark.index] + other + text[node.end_mark.index:]


def strings(node):
    """A node with all scalars as strings."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [strings(n) for n in node.value]
    return {k.value: strings(v) for k, v in node.value}


def reshaped(text):
    """(path, what, key, text) for each key that is left out or added, and each list and map that is something else."""
    root = yaml.compose(text, Editor)
    for path, node in leaves(root):
        for what, key, change in changes(node):
            top = parent = {"": strings(root)}
            place = ""
            for step in path.split("/")[1:]:
                parent = parent[place]
                place = int(step) if isinstance(parent, list) else step
            change(parent, place)
            yield path, what, key, json.dumps(top[""], ensure_ascii=False)


def changes(node):
    """(what, the key that it is about, function of a parent and the place in it)."""
    def put(value):
        return lambda parent, place: parent.__setitem__(place, value)

    def add(key):
        return lambda parent, place: parent[place].__setitem__(key, "x")

    def drop(key):
        return lambda parent, place: parent[place].pop(key)

    if isinstance(node, yaml.ScalarNode):
        yield "a list", "", put([])
        return
    for what, value in {"a word": "word", "an empty list": [], "an empty map": {}, "a list in a list": [[]]}.items():
        yield what, "", put(value)
    if isinstance(node, yaml.SequenceNode):
        yield "a word behind", len(node.value), lambda parent, place: parent[place].append("word")
        return
    for key in ("unknown key", "colour"):
        yield f"with {key}", key, add(key)
    for key, _ in node.value:
        yield f"without {key.value}", key.value, drop(key.value)


# Verdicts.

def ask(cases_, mutants=()):
    done = subprocess.run(["node", str(HERE / "validate.mjs")], check=True, stdout=subprocess.PIPE,
                          input=json.dumps({"schema": SCHEMA, "mutants": list(mutants), "cases": cases_}).encode())
    return json.loads(done.stdout)


def judge(batches):
    """The complaints about each batch of cases; a batch that is None is refused by YAML."""
    flat = [c for b in batches if b for c in b]
    problems = iter(ask(flat)["problems"])
    return [["an error of YAML"] if b is None else [p for c in b for p in next(problems)] for b in batches]


def check_accepted():
    """Report that registries without an error are taken; returns the cases."""
    WORK.mkdir(parents=True, exist_ok=True)
    bench = WORK / "bench.yaml"
    bench.write_bytes(subprocess.run([sys.executable, "tests/bench/registry.py", "50"], check=True, stdout=subprocess.PIPE).stdout)
    paths = [pathlib.Path("registry.yaml"), *sorted(pathlib.Path("registries").glob("*.yaml")),
             *sorted(pathlib.Path("tests/golden").glob("*/registry.yaml")), *sorted(pathlib.Path("tests/packages").glob("*/*.yaml")),
             pathlib.Path("tests/errors/shared/registry.yaml"), bench]
    found = []
    for loader in (Editor, Older):
        batches = [cases(p, loader) for p in paths]
        for path, wrong in zip(paths, judge(batches)):
            report(f"{path} is taken, read as YAML {'1.2' if loader is Editor else '1.1'}", wrong[:10])
        found += [c for b in batches if b for c in b]
    # a file that another names is one of those above, too
    named = [{"at": "/definitions/file", "data": d} for p in sorted(pathlib.Path("registries").glob("*.yaml"))
             for d in documents(p.read_bytes())]
    report("registries/ are files that a registry may name", [p for wrong in judge([[n] for n in named]) for p in wrong])
    return found


def check_errors():
    """Report the verdict on each error file; returns the cases."""
    paths = sorted(ERRORS.glob("*.yaml"))
    batches = [cases(p) for p in paths]
    for path, wrong in zip(paths, judge(batches)):
        said = messages(path.with_suffix(".err").read_bytes())
        refuse, strange = sort(said)
        problems = [f"of what sort is this? {m}" for m in strange]
        refuse ^= path.stem in UNSEEN
        if refuse != bool(wrong):
            problems += ["the schema refuses it:" if wrong else "the schema takes it", *wrong, "regen says:", *said]
        report(f"{path.name} is {'refused' if refuse else 'taken'}", problems)
    report("UNSEEN has files that there are", [n for n in UNSEEN if not (ERRORS / (n + ".yaml")).exists()])
    return [c for b in batches if b for c in b]


def verdicts(texts, name=EVERY):
    """(what regen says, the schema's complaints, the cases) of each text in the place of a file."""
    for file in (EVERY, MORE):
        (WORK / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / file, WORK / file)
    said, batches = [], []
    for text in texts:
        (WORK / name).write_text(text, encoding="utf-8")
        said.append(regen(WORK / EVERY))
        found = documents(text.encode())
        batches.append(found and [{"at": "" if name == EVERY else "/definitions/file", "data": d} for d in found])
    return list(zip(said, judge(batches), batches))


def compare(said, here, wrong, exempt):
    """How regen and the schema differ, as lines; here is what regen says of the place in question."""
    strange = sort(said)[1]
    if strange:
        return [f"of what sort is this? {m}" for m in strange]
    if wrong and not sort(said)[0]:
        return ["the schema refuses it:", *wrong[:5], "regen says:", *(said or ["nothing"])]
    if sort(here)[0] and not wrong and not exempt:
        return ["the schema takes it; regen says:", *said]
    return []


def elsewhere(path):
    return next((p for p in ELSEWHERE if re.fullmatch(p, path)), None)


def check_scalars():
    """Report, for each scalar of every.yaml, whether regen and the schema say the same of others in its place."""
    made = list(replaced(read(EVERY)))
    judged = verdicts([t for *_, t in made])
    problems, lost, needed = {}, set(), set()
    for (path, line, other, _), (said, wrong, _) in zip(made, judged):
        place = elsewhere(path)
        here = messages(said, line)
        differ = compare(messages(said), here, wrong, other in LOST or place)
        problems.setdefault(path, [])
        if differ:
            problems[path] += [f"{other or 'nothing'}:", *differ]
        if sort(here)[0] and not wrong:
            (needed if place else lost).add(place or other)
    for path, wrong in problems.items():
        report(f"scalars as {path}", wrong[:20])
    report("LOST has nothing that the schema sees", [f"'{o}'" for o in LOST if o not in lost])
    report("ELSEWHERE has nothing that the schema sees", [p for p in ELSEWHERE if p not in needed])
    return [c for s, w, b in judged if b for c in b]


def read(name):
    return (HERE / name).read_text(encoding="utf-8")


def check_shapes(name):
    """Report, for each place in a file, whether regen and the schema say the same of others in its place."""
    made = list(reshaped(read(name)))
    judged = verdicts([t for *_, t in made], name)
    problems = {}
    for (path, what, key, _), (said, wrong, _) in zip(made, judged):
        said = messages(said)
        differ = compare(said, said, wrong, elsewhere(f"{path}/{key}") or (name == MORE and path.startswith("/registries/0/entries")))
        problems.setdefault(path, [])
        if differ:
            problems[path] += [f"{what}:", *differ]
    for path, wrong in problems.items():
        report(f"shapes of {name}, {path or '/'}", wrong[:20])
    return [c for s, w, b in judged if b for c in b]


# Mutants.

NOTES = {"$schema", "title", "$comment", "description", "default", "definitions"}


def parts(schema, path=()):
    """All parts of a schema, each as what leaves it out."""
    if isinstance(schema, dict):
        named = path and path[-1] in ("properties", "patternProperties", "definitions")
        for key, value in schema.items():
            if named or key not in NOTES:
                if path[-1:] != ("definitions",):
                    yield {"path": [*path, key]}
                yield from parts(value, (*path, key))
            elif key == "definitions":
                yield from parts(value, (*path, key))
    elif isinstance(schema, list):
        for i, value in enumerate(schema):
            yield {"path": [*path, i]}
            yield from parts(value, (*path, i))


def check_mutants(known):
    """Report parts of the schema without which all verdicts would be the same. MUTATIONS says how many are tried."""
    names = {"/" + "/".join(map(str, m["path"])): m for m in parts(SCHEMA) if m["path"][-2:-1] != ["properties"]}
    mutants = [m for name, m in names.items() if name.rpartition("/")[0] not in LISTED and not any(re.fullmatch(p, name) for p in MANNERS)]
    step = max(1, len(mutants) // int(os.environ.get("MUTATIONS", "100")))
    mutants = mutants[::step]
    unlike = {json.dumps(c, sort_keys=True): c for c in known}
    noticed = ask(list(unlike.values()), mutants)["noticed"]
    left = ["/".join(map(str, m["path"])) for m, n in zip(mutants, noticed) if n == -1]
    report(f"each part of the schema is needed, of {len(mutants)} tried", left)
    report("parts were tried", [] if len(mutants) > 9 else [f"only {len(mutants)}"])


def main():
    if not shutil.which("node"):
        print("1..0 # skip there is no node")
        return 0
    shutil.rmtree(WORK, ignore_errors=True)
    tables = check_tables()
    check_words(tables)
    known = check_accepted() + check_errors()
    known += check_shapes(EVERY) + check_shapes(MORE) + check_scalars()
    check_mutants(known)
    print(f"1..{number}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
