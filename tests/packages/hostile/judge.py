#!/usr/bin/env python3
"""What packages must answer about the registries that make.py makes, worked out from these alone.

judge.py ask SEED COUNT LANGUAGE NAMES [ONLY] >questions.tsv   what to ask; NAMES is names.tsv as the language has it
judge.py judge SEED COUNT LANGUAGE NAMES ANSWERS [ONLY]        compare; --spoil changes a byte of what is expected

A question is a line of columns between tabs: the registry's id; V, N, A, C or K; and a value, a name, a place among the entries or nothing.
The answer has these again, and behind them: to V what the package says of the value, to N 1 and the value of the name or 0, to A the value
there, to C how many there are, to K each constant and its value."""
import sys
from random import Random

import make


def reference(ref):
    """Label, title and URL."""
    (kind, ident), = [(k, ref[k]) for k in ("rfc", "draft", "errata", "url", "person", "text") if k in ref]
    title = ref.get("title", "")
    section = ref.get("section", "")
    part = "" if not section else (", Appendix " if "A" <= section[0] <= "Z" else ", Section ") + section
    if kind == "rfc":
        url = "https://www.rfc-editor.org/rfc/rfc%s.html" % ident
        if section:
            url += ("#appendix-" if "A" <= section[0] <= "Z" else "#section-") + section
        return "RFC " + ident + part, title or make.SPECIFICATIONS.get("rfc" + ident, ""), url
    if kind == "draft":
        page = "draft-" + ident[4:] if ident.startswith("RFC-") else ident
        return ident + part, title, "https://datatracker.ietf.org/doc/html/" + page
    if kind == "errata":
        return "RFC Errata " + ident, title, "https://www.rfc-editor.org/errata/eid" + ident
    if kind == "url":
        return title or ident, title, ident
    return ident, title, ""


class Registry:
    def __init__(self, reg):
        self.reg = reg
        self.numeric = reg["type"] != "string"
        self.caseless = reg.get("match") == "caseless"
        self.rows = {}
        for e in reg["entries"]:
            if "value" in e:
                self.rows.setdefault(self.key(e["value"]), e)
        self.order = sorted(self.rows, key=lambda k: k if self.numeric else k.encode())
        # a name that entries share is that of the first with a value
        self.named = {}
        for e in reg["entries"]:
            if "name" in e and "value" in e:
                self.named.setdefault(e["name"], e)
        self.names = {name: e["value"] for name, e in self.named.items()}
        for e in reg["entries"]:
            for alias in e.get("aliases", []) if "value" in e else []:
                self.names[alias["name"]] = e["value"]

    def key(self, value):
        return make.fold(value) if self.caseless else value

    def within(self, low, high):
        """How a language sees numbers of this type: any that it can pass."""
        first, last = make.TYPES[self.reg["type"]]
        return max(low, first), min(high, last)

    def status(self, value):
        e = self.rows.get(self.key(value))
        if e:
            return e.get("status", "assigned")
        if not self.numeric:
            return "unassigned"
        for span in self.reg.get("ranges", []):
            if "status" in span and span["values"][0] <= value <= span["values"][1]:
                return span["status"]
        low, high = self.reg.get("valid", make.TYPES[self.reg["type"]])
        return "unassigned" if low <= value <= high else ""

    def deprecated(self, e):
        return e.get("deprecated", e.get("status") in ("deprecated", "obsoleted", "withdrawn"))


# How the languages differ: what they say of an integer that is absent, and whether they tell what has an entry.
ABSENT = {"c": "0", "go": "0", "java": "", "python": "", "rust": "", "ts": ""}
TELLS_HAS = {"java", "python", "ts"}


# Those where a member behind the last can be asked for.
BEHIND = {"c", "go"}


def fieldof(f, e, lang):
    value = (e or {}).get(f["id"], f.get("default"))
    if f["type"] == "list":
        behind = [ABSENT[lang] if f["of"] in make.TYPES else ""] if lang in BEHIND else []
        return [str(len(value or [])), *map(str, value or []), *behind]
    if f["type"] == "bool":
        return ["true" if value else "false"]
    if value is None:
        return [ABSENT[lang] if f["type"] in make.TYPES else ""]
    return [str(value)]


def references(list_):
    columns = [str(len(list_))]
    for ref in list_:
        columns += reference(ref)
    # behind the last there is none
    return columns + [""]


def possible(registry, value, lang):
    """Rust keeps 0 free where it is not valid, and has no strings but those with an entry: there is no such value to ask."""
    if lang == "rust" and not registry.numeric:
        return registry.key(value) in registry.rows
    if lang != "rust" or value != 0:
        return True
    low, high = registry.reg.get("valid", make.TYPES[registry.reg["type"]])
    return low <= 0 <= high


def answervalue(registry, value, lang, own):
    e = registry.rows.get(registry.key(value))
    if not possible(registry, value, lang):
        return ["impossible"]
    named = e and "name" in e and registry.named[e["name"]] is e
    columns = [e.get("text", "") if e else "", own[e["name"]] if named else "", registry.status(value), e.get("description", "") if e else "",
               str(bool(e and registry.deprecated(e))).lower(),
               str(e is not None).lower() if lang in TELLS_HAS else "?"]
    for key in ("references", "former_references"):
        columns += references((e or {}).get(key, []))
    for range_ in registry.reg.get("ranges", []):
        if "id" in range_:
            columns.append(str(range_["values"][0] <= value <= range_["values"][1]).lower())
    for f in registry.reg.get("fields", []):
        columns += fieldof(f, e, lang)
    return columns


def values(registry):
    """All that have an entry and what is near, or looks like one."""
    r = Random(registry.reg["id"])
    asked = [registry.rows[k]["value"] for k in registry.order]
    near = list(asked) if len(asked) < 100 else [r.choice(asked) for _ in range(50)]
    if registry.numeric:
        low, high = make.TYPES[registry.reg["type"]]
        ends = [low, high, 0] + list(registry.reg.get("valid", ()))
        for range_ in registry.reg.get("ranges", []):
            ends += range_["values"]
        ends += near
        asked += [v + d for v in ends for d in (-1, 0, 1)] + [r.randrange(low, high + 1) for _ in range(10)] + list(range(0, 20))
        asked = [v for v in asked if low <= v <= high]
    else:
        for v in near:
            asked += [v + "x", v[:-1], v[1:], v + "\0", v.upper(), v.lower(), v.swapcase(), make.fold(v), v + v, chr(ord(v[0]) ^ 1) + v[1:]]
        asked += ["", " ", "-", "\0", "constructor", "__proto__", "x" * 100000]
        asked = [v for v in asked if not any(0xD800 <= ord(c) < 0xE000 for c in v)]
    return list(dict.fromkeys(asked))


def namesasked(registry, own):
    names = [own[n] for n in registry.names]
    r = Random(registry.reg["id"])
    near = list(names) if len(names) < 100 else [r.choice(names) for _ in range(50)]
    asked = list(names)
    for n in near:
        asked += [n + "_", n[:-1], n[1:], n.lower(), n.upper(), chr(ord(n[0]) ^ 1) + n[1:], n[:-1] + chr(ord(n[-1]) ^ 1), n + n, n + "\0"]
    return list(dict.fromkeys(asked + ["", "x", "No such name", "constructor", "__proto__", "toString", "\u00e9", "X" * 100000]))


def readnames(path):
    own = {}
    with open(path, encoding="utf-8", newline="\n") as f:
        for line in f:
            ident, words, name = line.rstrip("\n").split("\t")
            own.setdefault(ident, {})[words] = name
    return own


def checknames(registry, own, lang):
    """Whether a language has a name for each of the words, made of them and of nothing else but an affix."""
    if set(own) != set(registry.names):
        return "names are not %s" % sorted(set(own) ^ set(registry.names))
    for words, name in own.items():
        override = registry.named[words].get("names", {}).get(lang) if words in registry.named else None
        if name != override and (override or make.flat(words) not in make.flat(name.lower()) or len(make.flat(name)) - len(make.flat(words)) not in (0, 1, 5)):
            return "%s is called %s" % (words, name)
    return None


ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def line(ident, kind, question, answer=None):
    # NUL can only be asked for
    columns = [ident, kind, question.translate(ESCAPES).replace("\0", "\\0")]
    return "\t".join(columns + ([] if answer is None else [a.translate(ESCAPES) for a in answer]))


def dialogue(registry, lang, own):
    """Questions with their answers."""
    ident = registry.reg["id"]
    yield ident, "C", "", [str(len(registry.order))]
    yield ident, "K", "", None
    for i, k in enumerate(registry.order):
        yield ident, "A", str(i), [str(registry.rows[k]["value"])]
    by = {own[n]: v for n, v in registry.names.items()}
    for name in namesasked(registry, own):
        yield ident, "N", name, ["1", str(by[name])] if name in by else ["0"]
    for value in values(registry):
        yield ident, "V", str(value), answervalue(registry, value, lang, own)


def conversation(seed, count, only, lang, path):
    """Registries with what is wrong with their names, or with each question and its answer."""
    names = readnames(path)
    for reg in make.registries(seed, count, only):
        registry = Registry(reg)
        if not registry.numeric and lang not in make.STRINGS:
            continue
        own = names.get(reg["id"], {})
        wrong = checknames(registry, own, lang)
        if wrong:
            yield registry, own, wrong
            continue
        for turn in dialogue(registry, lang, own):
            yield registry, own, turn


def constants(registry, own, got):
    """What a line of constants should be: they come in the order of the language."""
    columns = got.split("\t")
    pairs = sorted(zip(columns[3::2], columns[4::2]))
    wanted = sorted((own[words], str(value).translate(ESCAPES)) for words, value in registry.names.items())
    return got if pairs == wanted and len(columns) == 3 + 2 * len(wanted) else line(registry.reg["id"], "K", "", sum(wanted, ()))


def report(lang, want, have):
    a, b = want.split("\t"), have.split("\t")
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    print("%s: %s: column %d is %s, not %s" % (lang, ascii([c[:100] for c in a[:3]]), at, ascii("\t".join(b[at:])[:200]), ascii("\t".join(a[at:])[:200])))


def ask(turns):
    for _, _, turn in turns:
        if not isinstance(turn, str):
            print(line(*turn[:3]))
    return 0


def judge(turns, lang, path, spoil):
    with open(path, encoding="utf-8", errors="surrogateescape", newline="\n") as f:
        got = f.read().split("\n")
    n = facts = failures = 0
    failed = {}
    for registry, own, turn in turns:
        if isinstance(turn, str):
            want, have = turn, "no names"
        else:
            have = got[n] if n < len(got) else "nothing"
            want = constants(registry, own, have) if turn[1] == "K" else line(*turn)
            facts += len(want.split("\t")) - 3
            n += 1
            if turn[1] == "V" and n > spoil > 0:
                want, spoil = want[:-1] + chr(ord(want[-1]) ^ 1), 0
        if want != have:
            failures += 1
            failed[registry.reg["id"]] = True
            if failures <= 10:
                report(lang, want, have)
    if n != len(got) - 1 or n == 0:
        print("%s: %d answers, not %d" % (lang, len(got) - 1, n))
        failures += 1
    print("%s: %d questions, %d facts, %d failures%s" % (lang, n, facts, failures, " in " + " ".join(list(failed)[:20]) if failed else ""))
    return failures > 0


def main(argv):
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    spoil = 20 if "--spoil" in argv else 0
    what, seed, count, lang, names, *rest = [a for a in argv[1:] if a != "--spoil"]
    answers = rest.pop(0) if what == "judge" else None
    only = {int(n) for n in rest[0].split(",")} if rest else None
    turns = conversation(seed, int(count), only, lang, names)
    return ask(turns) if what == "ask" else judge(turns, lang, answers, spoil)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
