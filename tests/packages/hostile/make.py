#!/usr/bin/env python3
"""make.py SEED COUNT [ONLY] - print one registry.yaml with COUNT registries made at random, or of these only those with the numbers in
ONLY (3,7). The same SEED gives the same registries, each of which depends on the seed and on its own number alone."""
import re
import sys
from random import Random

# Languages whose packages have registries of strings; the others are given those of numbers.
STRINGS = ["c", "go", "java", "python", "rust", "ts"]
LANGUAGES = ["c", "go", "java", "python", "rust", "ts"]

TYPES = {t: (0, 2 ** int(t[1:]) - 1) if t[0] == "u" else (-(2 ** (int(t[1:]) - 1)), 2 ** (int(t[1:]) - 1) - 1)
         for t in ("u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64")}
STATUSES = ["assigned", "provisional", "temporary", "deprecated", "obsoleted", "reserved", "private_use", "experimental", "unofficial", "withdrawn"]
SPANS = ["unassigned", "reserved", "private_use", "experimental"]

# Words of the languages, of their libraries and of what the packages define.
WORDS = """abstract alignas alignof any append arguments as asm assert async at atomic auto await become big bigint bool boolean box break
byte bytes cap case catch cdecl chan char class clear clone close cmp complex const constructor continue core count crate debugger decltype
declare default defer define delete deprecated description do double drop dyn else enum eof eq errno error eval export extends extern fallthrough
false far final finally float fmt fn for friend from func function gen generic get global go goto h has hash has_own_property huge if imag
impl implements import in index infinity init inline instanceof int int8 interface internal into iota is isize iter joint key known label len let
linux list lookup loop macro main make map match max method min mod move mut mutable name names namespace nan near new next nil none not null
number object of ok operator option or override package panic parse pascal print priv private proto protected prototype public query range
real recover ref reference references register restrict result return row rows self set short signed size sizeof slots some static status std
stderr stdin stdout str string struct super switch symbol template test text this thread throw title to_string trait true try type typedef
typeof u8 undefined union unix unknown unsafe unsigned unsized use usize using value values var vec vendor virtual void volatile where
while windows with xor yield yml zero all err debug display map_ shared extension annotations cache canonical cite def del elif except from_name lambda nonlocal pass property raise
small span spans spelled spellings t tests type_checking""".replace("map_", "").split()
INITIALISMS = "acl api ascii cpu css dns eof guid html http https id ip json ok qps ram rpc sla smtp sql ssh tcp tls ttl udp ui uid uri url utf8 uuid vm xml".split()

# What text is made of.
PIECES = ['"', "'", "\\", "\\\\", "\\\"", "\\n", "\\u0041", "\\x", "\\0", "*/", "/*", "/*/", "//", "#", "--", "-->", "<!--", "]]>", "??/", "??=", "??'",
          "${", "${x}", "`", "``", "''", "</script>", "</", "<!", "<b>", "&", "&amp;", "%s", "%%", "%n", "{", "}", "{{x}}", "{{{x}}}", "{{/x}}", "{{", "}}",
          "{{!", "\n", "\r", "\r\n", "\t", "\n\n", "\n- x", "\n# x", "\n    x", "\n```", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1a", "\x1b[31m", "\x7f", "\x80",
          "\x85", "\x9f", "\xa0", "\xad", "\u0300", "\u034f", "\u061c", "\u115f", "\u17b4", "\u180e", "\u200b", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029",
          "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\u3000", "\u3164", "\ud7ff", "\ue000", "\ufdd0", "\ufe0f", "\ufeff", "\uffa0", "\ufff9", "\ufffd", "\ufffe",
          "\uffff", "\U00010000", "\U0001f600", "\U0001f468\u200d\U0001f469", "\U0001fffe", "\U000e0001", "\U000e0100", "\U000f0000", "\U0010ffff",
          "@", "@param", "\\foo", "\\brief", "@ts-ignore", "{@link x}", "[x]", "[x]: y", "](", "http://x", "a::b", "f()", "CamelCase", "snake_case", "~~~", "|",
          "*", "_", "=", "==", ">", "<", ";", ",", ":", "!", "?", "$", "^", "1", "0x1F", "1.", "- ", "+build", "go:build", "go:embed", "Deprecated:",
          "Deprecated: x", "TODO", "eslint-disable", "clang-format on", "#include", "#endif", "#[x]", "#![x]", "///", "//!", "*", "é", "ß", "Ünï", "日本", "א", "עברית",
          "K", "\u212a", "ı", "İ", "x", "y", "Word", "word", "e.g.", "text that is longer", "end.", " ", " ", " ", "  ", "-", "~", "true", "null", "no", "constructor",
          "__proto__", "toString", "\x00"[:0]]


def text(r, longest=12):
    if r.randrange(200) == 0:
        return r.choice(["x", "é", "?", "\\", '"', "\U0001f600", "*/", "\n", "a b "]) * r.choice([1000, 4000, 4096, 10000])
    if r.randrange(60) == 0:
        return "".join(r.choice(" \n\t\r\x0b\x85\xa0\u2028\u3000") for _ in range(r.randrange(1, 4)))
    if r.randrange(3) == 0:
        return " ".join(r.choice(["Plain", "words", "of", "text", "413", "Found", "a"]) for _ in range(r.randrange(1, 20)))
    s = "".join(r.choice(PIECES) for _ in range(r.randrange(1, longest)))
    if r.randrange(4) == 0:
        s += "".join(character(r) for _ in range(r.randrange(1, 6)))
    return s or "x"


def character(r):
    while True:
        c = r.randrange(1, r.choice([0x80, 0x100, 0x3000, 0x10000, 0x110000]))
        if not 0xD800 <= c < 0xE000:
            return chr(c)


def flat(words):
    return words.replace("_", "")


class Names:
    """Words of which no two give one identifier, whatever the case and the affixes."""

    def __init__(self, r, *taken):
        self.r = r
        self.taken = set()
        for words in taken:
            self.take(words)

    def take(self, words):
        # what affixes could make of it, too
        forms = {flat(words), flat(words) + "value", "n" + flat(words)}
        forms |= {f[len(p):] for f in list(forms) for p in ("n", "is", "known") if f.startswith(p)} - {""}
        if forms & self.taken:
            return False
        self.taken |= forms
        return True

    def words(self):
        r = self.r
        kind = r.randrange(12)
        if kind < 4:
            return r.choice(WORDS)
        if kind == 4:
            return r.choice(INITIALISMS) + "_" + r.choice(INITIALISMS + WORDS)
        if kind == 5:
            return str(r.randrange(1000)) + r.choice(["", "_", "x", "_to_"]) + r.choice(["1", "a", "z9", "end"])
        if kind == 6:
            return r.choice("abcdefghijklmnopqrstuvwxyz")
        if kind == 7 and r.randrange(6) == 0:
            return r.choice(["x" * 200, "_".join("y" * 50), "_".join(r.choice(WORDS) for _ in range(30)), "z" + str(r.randrange(10)) * 199])
        if kind == 8:
            return "_".join(str(r.randrange(10)) for _ in range(r.randrange(1, 4)))
        return "_".join(r.choice(WORDS + INITIALISMS + ["a", "1", "b2"]) for _ in range(r.randrange(1, 5)))

    def short(self):
        """For what becomes a function: rustfmt would break its line if that had more than 100 characters."""
        words = self.new()
        while len(words) > 35:
            words = self.new()
        return words

    def new(self):
        while True:
            words = self.words()
            for _ in range(5):
                if self.take(words):
                    return words
                words += "_" + self.r.choice(WORDS) + str(self.r.randrange(100))


def reference(r):
    kind = r.randrange(7)
    ref = {}
    if kind < 3:
        ref["rfc"] = str(r.choice([9110, 9110, 7231, 1, 2, 8446, 99999]))
    elif kind == 3:
        ref["draft"] = r.choice(["draft-ietf-http-x-01", "RFC-ietf-tls-13"])
    elif kind == 4:
        ref["errata"] = str(r.randrange(1, 9999))
    elif kind == 5:
        path = "".join(r.choice(["*/", "?x=(y)", "&z=%22", "&amp;", "@a", "~", "#f", "a", "//", "_b_", "$%7B"]) for _ in range(r.randrange(5)))
        # with a second number sign it would be no URL
        before, sign, fragment = path.partition("#")
        ref["url"] = "https://example.org/" + before + sign + fragment.replace("#", "")
    else:
        ref[r.choice(["person", "text"])] = text(r)
    if kind < 4 and r.randrange(2):
        ref["section"] = r.choice(["1", "15.5.14", "A", "B.2", "4.2.1.1"])
    if r.randrange(3) == 0:
        ref["title"] = text(r)
    return ref


SPECIFICATIONS = {"rfc9110": 'HTTP "Semantics" */ \\ ${x} \u2028 {{x}}', "rfc7231": "Hypertext Transfer Protocol", "rfc1": "Host Software"}


# The keys that an entry has of its own.
KEYS = "value name text description references former_references aliases status deprecated expires replaced_by names".split()


def field(r, names, number, targets):
    kind = r.choice(list(TYPES) + ["bool", "bool", "string", "string", "date", "enum", "reference"] + ["list"] * 4)
    ident = names.short()
    # C has a function beside that of a list
    while ident in KEYS or (kind == "list" and not names.take(ident + "_count")):
        ident = names.short()
    f = {"id": ident, "type": kind}
    if kind == "list":
        f["of"] = kind = r.choice([r.choice(list(TYPES)), "string", "string", "date", "enum", "reference"])
    if kind == "enum":
        f["values"] = sorted({text(r, 4) for _ in range(r.randrange(1, 6))})
        if len(f["values"]) > 1:
            # their words may be equal, or begin alike; a key in YAML has at most 1,024 characters
            f["values"] = [value for value in f["values"] if len(value) <= 60] or f["values"][:1]
            f["names"] = {value: "%s_%d" % (r.choice(WORDS), i) for i, value in enumerate(f["values"])}
        # C has constants for them, and functions
        for more in ["value", "text", "absent", *f.get("names", {}).values()]:
            names.take("%s_%s" % (ident, more))
    if kind == "reference":
        f["registry"] = r.choice(targets)["id"]
    if r.randrange(2):
        value = fieldvalue(r, f, targets)
        if value is not None:
            f["default"] = value
    if r.randrange(2):
        f["description"] = text(r)
    return f


def fieldvalue(r, f, targets):
    if f["type"] != "list":
        return membervalue(r, f, f["type"], targets)
    count = r.choice([0, 1, 1, 2, 2, 3, 5, 20]) if r.randrange(100) else r.choice([100, 300, 1000])
    members = [membervalue(r, f, f["of"], targets) for _ in range(count)]
    return [m for m in members if m is not None]


def membervalue(r, f, kind, targets):
    if kind in TYPES:
        return number(r, kind)
    if kind == "bool":
        return r.choice([False, True])
    if kind == "string":
        return text(r)
    if kind == "date":
        return "%04d-%02d-%02d" % (r.randrange(1900, 2100), r.randrange(1, 13), r.randrange(1, 29))
    if kind == "enum":
        return r.choice(f["values"])
    to = [t for t in targets if t["id"] == f["registry"]][0]
    names = [e["name"] for e in to["entries"] if e.get("name")]
    return r.choice(names) if names else None


def number(r, kind):
    low, high = TYPES[kind]
    return r.choice([low, high, 0, 1, low + 1, high - 1, r.randrange(low, high + 1), min(high, r.randrange(1000)), max(low, -r.randrange(1000))])


def numbers(r, kind, count):
    """Different numbers: from one on, far from each other, around the ends, or all of these."""
    low, high = TYPES[kind]
    start = r.choice([low, 0, 0, 1, high - count + 1, max(low, -3)])
    start = max(low, min(start, high - count + 1))
    shape = r.randrange(5)
    if shape == 0:
        all_ = [start + i for i in range(count)]
    elif shape == 1:
        step = r.choice([1, 2, 3, 7, 17])
        all_ = [start + i * step for i in range(count)]
    elif shape == 2:
        all_ = [r.randrange(low, high + 1) for _ in range(count)]
    elif shape == 3:
        all_ = [number(r, kind) for _ in range(count)]
    else:
        all_ = [r.randrange(low, high + 1) if r.randrange(4) == 0 else start + i for i in range(count)]
    all_ = list(dict.fromkeys(v for v in all_ if low <= v <= high))
    if r.randrange(2):
        for i in range(len(all_) - 1, 0, -1):
            j = r.randrange(i + 1)
            all_[i], all_[j] = all_[j], all_[i]
    return all_


def spell(r, kind, v):
    if v < 0 or r.randrange(3):
        return str(v)
    shape = r.randrange(3)
    if shape == 0:
        return r.choice(["0x%X", "0x%04X", "0x%x", "0x%08x"]) % v
    if shape == 1:
        return bin(v)
    size = (TYPES[kind][1].bit_length() + 7) // 8
    return ",".join("0x%02X" % b for b in v.to_bytes(size, "big"))


def fold(s):
    """A to Z in small letters, and nothing else."""
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in s)


def strings(r, caseless, count):
    """Different strings."""
    plain = ["accept", "Accept-Charset", "GET", "get", "content-type", "0", "*", " ", "", "__proto__", "true", "-1", "é", "K", "\u212a"]
    all_ = {}
    for i in range(count):
        s = r.choice([r.choice(plain), text(r, 4), text(r), "x" * r.randrange(1, 300), "key-%d" % i, "Key-%d" % r.randrange(10 ** 6),
                      r.choice(WORDS), r.choice(WORDS).upper(), "%s/%s" % (r.choice(WORDS), r.choice(WORDS)), character(r)])
        # C has its values as literals, which may have 4095 bytes
        if s and len(s.encode()) < 4000:
            all_.setdefault(fold(s) if caseless else s, s)
    return list(all_.values())


def ranges(r, kind, values, names):
    low, high = TYPES[kind]
    made = []
    for _ in range(r.choice([0, 0, 1, 2, 5])):
        first, last = sorted((number(r, kind), number(r, kind)))
        made.append({"values": (first, last), "id": names.short()})
        if r.randrange(2):
            made[-1]["title"] = text(r)
    # those with a status lie between the entries
    ends = sorted(set(values) | {low - 1, high + 1})
    gaps = [(a + 1, b - 1) for a, b in zip(ends, ends[1:]) if b - a > 1]
    for gap in gaps:
        if r.randrange(len(gaps) + 2) > 4:
            continue
        first = r.choice([gap[0], gap[1], r.randrange(gap[0], gap[1] + 1)])
        last = r.choice([first, gap[1], r.randrange(first, gap[1] + 1)])
        made.append({"values": (first, last), "status": r.choice(SPANS)})
        if r.randrange(3) == 0:
            made[-1]["id"] = names.short()
        if r.randrange(3) == 0:
            made[-1]["rule"] = text(r)
        if r.randrange(3) == 0:
            made[-1]["title"] = text(r)
    return made


def status(r, e):
    if r.randrange(3) == 0:
        e["status"] = r.choice(STATUSES)
        if e["status"] == "temporary" and r.randrange(2):
            e["expires"] = "2099-01-01"
    if r.randrange(6) == 0:
        e["deprecated"] = r.choice([True, False])


def entry(r, names, number, i, plenty):
    e = {}
    few = lambda n: r.randrange(n * (4 if plenty else 1)) == 0
    if not few(5):
        e["name"] = names.new() if not plenty else "%s_%d" % (r.choice(WORDS), i)
    if not few(5):
        e["text"] = text(r)
    if few(3):
        e["description"] = text(r)
    for key in ("references", "former_references"):
        if few(3):
            e[key] = [reference(r) for _ in range(r.randrange(1, 4))]
    status(r, e)
    if few(5) and not plenty:
        e["aliases"] = []
        for _ in range(r.randrange(3)):
            a = {"name": names.new()}
            if r.randrange(2):
                a["text"] = text(r)
            if r.randrange(3) == 0:
                a["from"] = r.choice(list(SPECIFICATIONS))
            if r.randrange(3) == 0:
                a["deprecated"] = r.choice([True, False])
            e["aliases"].append(a)
    if "name" in e and few(12):
        e["names"] = {"c": "OVERRIDE_%d_C" % i, "go": "Override%dGo" % i, "java": "OVERRIDE_%d_JAVA" % i, "python": "OVERRIDE_%d_PYTHON" % i,
                      "rust": "OVERRIDE_%d_RUST" % i, "ts": "OVERRIDE_%d_TS" % i}
        for lang in LANGUAGES:
            if r.randrange(3) == 0:
                del e["names"][lang]
    return e


def repeat(r, reg):
    """Entries that share values and names with others, as keys of several columns and duplicates allow."""
    names = [f["id"] for f in reg.get("fields", []) if f["type"] in ("string", "date")]
    reg["fields"] = reg.get("fields", []) + ([] if names else [{"id": "column_of_key", "type": "string"}])
    column = names[0] if names else "column_of_key"
    if r.randrange(2):
        reg["duplicates"] = "allow"
    else:
        reg["key"] = r.choice([["value", "name", column], ["name", "value", column], [column, "value", "name"]])
        for i, e in enumerate(reg["entries"]):
            e[column] = "1999-01-01" if names and [f for f in reg["fields"] if f["id"] == column][0]["type"] == "date" else "k%d" % i
    for i in range(r.randrange(1, 6)):
        old = r.choice(reg["entries"])
        e = {k: old[k] for k in ("value", "name", "text") if k in old and (k == "value" or r.randrange(2))}
        if r.randrange(4) == 0 and "key" in reg:
            e.pop("value", None)
        e[column] = "%04d-02-02" % (1000 + i) if names and [f for f in reg["fields"] if f["id"] == column][0]["type"] == "date" else "again %d" % i
        reg["entries"].insert(r.randrange(len(reg["entries"]) + 1), e)


def registry(seed, i, targets):
    """Registry i: a map as in registry.yaml, but numbers are numbers; `spelled` has how they are written."""
    r = Random("%s/%d" % (seed, i))
    kind = r.choice(list(TYPES) + ["string"] * 4) if i > 0 else "u8"
    ident = "r%d_%s" % (i, r.choice(WORDS))
    names = Names(r, ident, "columnofkey", "columnbyslot")
    reg = {"id": ident, "type": kind}
    if i > 0 and i <= len(WORDS) and r.randrange(3) == 0:
        reg["id"] = WORDS[i - 1]
        names.take(reg["id"])
    for key in ("title", "description"):
        if r.randrange(2):
            reg[key] = text(r)
    if kind == "string" and r.randrange(2):
        reg["match"] = r.choice(["caseless", "caseless", "exact"])
    if r.randrange(3) == 0:
        reg["source"] = {"iana": "group/registry-%d" % i}
        if r.randrange(2):
            reg["source"]["updated"] = "2025-09-15"
    count = r.choice([0, 1, 1, 2, 3, 5, 10, 20, 60])
    if i > 0 and r.randrange(40) == 0:
        count = r.randrange(300, 2000)
    if i == 0:
        count = 5
    plenty = count > 60
    values = strings(r, reg.get("match") == "caseless", count) if kind == "string" else numbers(r, kind, count)
    reg["fields"] = [field(r, names, number, targets or [{"id": reg["id"], "entries": []}]) for _ in range(r.choice([0, 0, 1, 2, 6]))]
    if i == 0:
        reg["fields"] = []
    reg["entries"] = []
    for k, v in enumerate(values):
        e = {"value": v, **entry(r, names, number, k, plenty)}
        for f in reg["fields"]:
            if r.randrange(2):
                value = fieldvalue(r, f, targets)
                if value is not None:
                    e[f["id"]] = value
        reg["entries"].append(e)
    for k, e in enumerate(reg["entries"]):
        earlier = [o["name"] for e_ in reg["entries"][max(0, k - 50):k] for o in [e_] + e_.get("aliases", []) if "name" in o]
        if earlier and r.randrange(8) == 0:
            e["replaced_by"] = r.choice(earlier)
    if kind != "string":
        low, high = TYPES[kind]
        if r.randrange(2):
            low = min(values + [number(r, kind)])
            high = max(values + [number(r, kind), low])
            reg["valid"] = (low, high)
        reg["ranges"] = ranges(r, kind, values, names)
        reg["spelled"] = {v: spell(r, kind, v) for v in values}
    if values and i > 0 and not plenty and r.randrange(5) == 0:
        repeat(r, reg)
    for key in ("fields", "ranges"):
        if not reg.get(key):
            reg.pop(key, None)
    return reg


def registries(seed, count, only=None):
    """Fields refer to registry 0, which is always there."""
    first = registry(seed, 0, [])
    return [first] + [registry(seed, i, [first]) for i in range(1, count) if only is None or i in only]


SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*\Z")
ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\", "\x85": "\\N", "\xa0": "\\_", "\u2028": "\\L", "\u2029": "\\P",
           "\x07": "\\a", "\x1b": "\\e"}


def scalar(s, r):
    """Text in one of YAML's styles."""
    style = r.randrange(4)
    if style == 0 and SAFE.match(s):
        return s
    printable = all(" " <= c <= "~" or "\xa1" <= c <= "\ud7ff" and c not in "\u2028\u2029" for c in s)
    if style == 1 and printable:
        return "'" + s.replace("'", "''") + "'"
    out = []
    for c in s:
        if c in ESCAPES:
            out.append(ESCAPES[c])
        elif " " <= c <= "~" or r.randrange(2) and ("\xa1" <= c <= "\u1fff" or "\u3000" <= c <= "\ud7ff" or "\U00010000" <= c <= "\U0001fffd"):
            out.append(c)
        else:
            out.append("\\x%02x" % ord(c) if ord(c) < 256 else "\\u%04X" % ord(c) if ord(c) < 65536 else "\\U%08x" % ord(c))
    return '"' + "".join(out) + '"'


def write(value, r):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return scalar(value, r)
    if isinstance(value, tuple):
        return '"%d-%d"' % value if value[0] != value[1] else '"%d"' % value[0]
    if isinstance(value, list):
        return "[" + ", ".join(write(v, r) for v in value) + "]"
    return "{" + ", ".join("%s: %s" % (k if re.match(r"[a-z_]+\Z", k) else scalar(k, r), write(v, r)) for k, v in value.items()) + "}"


def writeregistry(reg, r):
    lines = []
    for key, value in reg.items():
        if key == "spelled":
            continue
        if key == "entries" and value:
            lines.append("    entries:")
            for e in value:
                shown = dict(e)
                if isinstance(e.get("value"), int):
                    shown["value"] = reg["spelled"][e["value"]]
                lines.append("      - " + write(shown, r))
        elif key in ("fields", "ranges"):
            lines.append("    %s:" % key)
            lines += ["      - " + write(v, r) for v in value]
        else:
            lines.append("    %s: %s" % (key, write(value, r)))
    lines[0] = "  - " + lines[0][4:]
    return "\n".join(lines)


def document(seed, count, only=None):
    r = Random("%s/package" % seed)
    all_ = registries(seed, count, only)
    lines = ["format: 1", "package:", "  name: hostile", "  version: 0.1.0", "  repository: https://example.org/hostile"]
    for key, value in (("license", r.choice(["MIT", "CC0-1.0", None])), ("description", r.choice([text(r), None]))):
        if value:
            lines.append("  %s: %s" % (key, write(value, r)))
    lines.append("specifications:")
    lines += ["  %s: {title: %s}" % (k, write(v, r)) for k, v in SPECIFICATIONS.items()]
    options = {"c": r.choice([{}, {"prefix": "edge_two"}, {"deprecation": False}]), "go": {"module": "example.org/hostile"}, "rust": r.choice([{}, {"deprecation": False}]),
               "ts": r.choice([{}, {"deprecation": False}]), "python": r.choice([{}, {"deprecation": False}]),
               "java": r.choice([{}, {"deprecation": False}, {"group": "org.example", "artifact": "codes"}])}
    numeric = [reg["id"] for reg in all_ if reg["type"] != "string"]
    lines.append("targets:")
    for lang in LANGUAGES:
        target = {"id": lang, "options": options[lang]}
        if lang not in STRINGS:
            target["registries"] = numeric
        lines.append("  - " + write(target, r))
    lines.append("registries:")
    lines += [writeregistry(reg, Random("%s/%s/spelling" % (seed, reg["id"]))) for reg in all_]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(document(sys.argv[1], int(sys.argv[2]), {int(n) for n in sys.argv[3].split(",")} if len(sys.argv) > 3 else None))
