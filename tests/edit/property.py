#!/usr/bin/env python3
"""Documents at random, in random formatting and with comments, are edited at random: PyYAML reads what was meant, regen reads the same,
lines that have nothing to do with an edit are as they were, no comment is lost, and editing again changes nothing. TAP on standard output.
CASES and SEED in the environment give other cases; CASE=N shows one."""
import json
import os
import random
import re
import subprocess
import sys

import yaml

DRIVE = os.environ.get("DRIVE", "build/edit/drive").split()
CASES = int(os.environ.get("CASES", "4000"))
SEED = os.environ.get("SEED", "1")


class Loader(yaml.CSafeLoader):
    """Every scalar is its text; merge keys merge."""


Loader.yaml_implicit_resolvers = {"<": [("tag:yaml.org,2002:merge", re.compile("^<<$"))]}


class Drive:
    """The program that edits."""

    def __init__(self):
        self.start()

    def start(self):
        self.p = subprocess.Popen(DRIVE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def __call__(self, text, edits):
        t, e = text.encode(), json.dumps(edits).encode()
        try:
            self.p.stdin.write(b"%d %d\n%s%s" % (len(t), len(e), t, e))
            self.p.stdin.flush()
            n, count, m = map(int, self.p.stdout.readline().split())
            out, data = self.p.stdout.read(n), self.p.stdout.read(m)
        except (ValueError, BrokenPipeError) as error:
            said = self.p.communicate()[1].decode(errors="replace")
            self.start()
            raise AssertionError("it died: " + said[-3000:]) from error
        return out.decode(), count, json.loads(data) if m else None


# Documents


class Writer:
    """A document at random."""

    def __init__(self, r):
        self.r = r
        self.n = 0
        self.anchors = []  # names, and whether each is a map
        self.aliases = r.random() < 0.3
        self.listindent = r.choice([0, 2, 2, 4])
        self.mapindent = r.choice([1, 2, 2, 2, 4])
        self.itemindent = r.choice([2, 2, 2, 3, 4])
        self.blanks = r.choice([0, 0, 0.2, 1])
        self.comments = r.choice([0, 0.1, 0.3])

    def id(self):
        self.n += 1
        return self.n

    def comment(self):
        return "# c%d%s" % (self.id(), self.r.choice(["", " x: y", " - z", " 'q", " é"]))

    def words(self, n):
        return " ".join(self.r.choice(["one", "two", "naïve", "it's", "a-b", "x#y", "10", "no", "don't", "u:v", "(x)", "→"]) for _ in range(n))

    def plain(self, flow):
        r = self.r
        text = "s%d" % self.id()
        if r.random() < 0.3:
            text += " " + self.words(r.randint(1, 4))
        if r.random() < 0.1:
            text = r.choice(["-1", "no", "1.10", "2024-11-13", "~", "0x1F", "*".replace("*", "x*y"), "a?b" if not flow else "ab"])
        return text

    def quoted(self):
        r = self.r
        text = "s%d %s" % (self.id(), r.choice(["", "a: b", "c # d", "[e]", "'f'", '"g"', "\\h", "{", "é", "- "]))
        if r.random() < 0.5:
            return "'" + text.replace("'", "''") + "'"
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + r.choice(["", "\\n", "\\t", "\\u2028"]) + '"'

    def flow(self, depth, indent):
        """Something in brackets, as lines of which the first stands where it begins."""
        r = self.r
        kind = r.random()
        if depth == 0 or kind < 0.4:
            return [self.quoted() if r.random() < 0.3 else self.plain(True)]
        if self.aliases and self.anchors and kind < 0.5:
            return ["*" + r.choice(self.anchors)[0] + " "]
        n = r.choice([0, 1, 1, 2, 3, 4])
        ismap = r.random() < 0.5
        lines = [("{" if ismap else "[") + r.choice(["", "", " "])]
        multi = r.random() < 0.25
        for i in range(n):
            item = self.flow(depth - 1, indent)
            if ismap:
                key = "k%d" % self.id()
                colon = ": "
                if r.random() < 0.1:
                    key, colon = '"%s"' % key, r.choice([": ", ":"])
                if r.random() < 0.1:
                    item = [""]
                    colon = r.choice([":", ": ", ""]) if "\"" not in key else ": "
                item[0] = key + colon + item[0]
            elif r.random() < 0.1:
                item[0] = "k%d: " % self.id() + item[0] if not item[0].startswith(("*",)) and len(item) == 1 else item[0]
            if multi:
                if r.random() < self.comments:
                    lines.append(" " * (indent + r.randint(0, 3)) + self.comment())
                lines.append(" " * (indent + 1) + item[0])
            else:
                lines[-1] += item[0]
            lines += item[1:]
            last = i == n - 1
            if multi and not last and r.random() < self.comments / 3:
                lines[-1] += " " + self.comment()
                lines.append(" " * (indent + 1))
            lines[-1] += r.choice(["", "", "", " "]) + "," if not last else r.choice(["", "", "", ","])
            if multi and r.random() < self.comments:
                lines[-1] += " " + self.comment()
                lines.append(" " * (indent + 1))
            elif not last and not multi:
                lines[-1] += r.choice([" ", " ", " ", "", "\n" + " " * (indent + 2)]) if not (ismap and False) else " "
        if multi:
            lines.append(" " * (indent + r.randint(1, 2)))
        lines[-1] += r.choice(["", "", " "]) + ("}" if ismap else "]")
        return lines

    def blockscalar(self, indent):
        r = self.r
        header = r.choice("|>") + r.choice(["", "-", "-", "+"])
        at = indent + r.choice([1, 2, 2, 4])
        if r.random() < 0.1:
            header += str(at - indent) if header[-1] in "|>" else ""
        first = "s%d" % self.id()
        lines = [" " * at + first + " " + self.words(r.randint(0, 12))]
        for _ in range(r.choice([0, 0, 1, 2])):
            lines.append(" " * at + r.choice(["", "", "# not a comment ", "- ", "  "]) + self.words(r.randint(1, 12)))
        if r.random() < 0.2:
            lines.insert(r.randint(1, len(lines)), "")
        if r.random() < 0.1:
            header += " " + self.comment()
        return header, lines

    def value(self, depth, indent, inlist):
        """What stands behind a key or a dash in column indent: the rest of its line, and lines that follow."""
        r = self.r
        kind = r.random()
        anchor = ""
        if self.aliases and r.random() < 0.3:
            anchor = " &a%d" % self.id()
        eol = "  " [:r.choice([1, 1, 2])] + self.comment() if r.random() < self.comments else ""
        if self.aliases and self.anchors and kind < 0.2 and not anchor:
            return " *" + r.choice(self.anchors)[0] + eol, []
        if depth == 0 or kind < 0.35:
            head, lines = self.scalar(indent)
            result = anchor + (" " if head else "") + head + eol, lines
            if lines and head[:1] in "|>" and "#" in head:
                result = anchor + " " + head, lines
            elif lines and head[:1] not in ("|", ">"):
                result = anchor + " " + head, lines[:-1] + [lines[-1] + eol]
            if anchor:
                self.anchors.append((anchor[2:], False))
            return result
        if kind < 0.55:
            lines = "\n".join(self.flow(2, indent + 1)).split("\n")
            lines[-1] += eol
            if anchor:
                self.anchors.append((anchor[2:], False))
            if r.random() < 0.1:
                above = " " + self.comment() if r.random() < self.comments else ""
                return anchor + above, [" " * (indent + 2) + lines[0]] + lines[1:]
            return anchor + " " + lines[0], lines[1:]
        ismap = kind < 0.8
        if inlist and not anchor and not eol and r.random() < 0.85:
            at = indent + self.itemindent
            lines = self.members(ismap, depth - 1, at)
            while lines[0].lstrip().startswith("#") or not lines[0].strip():
                lines.pop(0)
            return lines[0][indent + 1:], lines[1:]
        at = indent + (self.mapindent if ismap or inlist else self.listindent)
        lines = self.members(ismap, depth - 1, at)
        if anchor:
            self.anchors.append((anchor[2:], ismap))
        return anchor + eol, lines

    def scalar(self, indent):
        r = self.r
        kind = r.random()
        if kind < 0.55:
            return self.plain(False), []
        if kind < 0.7:
            return self.quoted(), []
        if kind < 0.75:
            return "", []
        if kind < 0.82:
            q = r.choice(["", "'", '"'])
            text = "s%d word" % self.id()
            return q + text, [" " * (indent + r.choice([1, 2, 3])) + "more words" for _ in range(r.randint(0, 2))] + \
                [" " * (indent + 2) + "end" + q]
        return self.blockscalar(indent)

    def members(self, ismap, depth, at):
        """Lines of a list or map in a block in column at."""
        r = self.r
        lines = []
        keys = set()
        deep = True
        n = r.choice([1, 1, 2, 3, 4, 5])
        for i in range(n):
            if i > 0 and r.random() < self.blanks:
                lines += [r.choice(["", "", "", " " * at])]
            if r.random() < self.comments:
                where = r.choice([at, at, at, 0, max(0, at - 1), at + 2 if deep and i > 0 else at])
                lines.append(" " * where + self.comment())
                if r.random() < 0.2:
                    lines.append("")
            if not ismap:
                head, more = self.value(depth, at, True)
                lines.append(" " * at + "-" + head)
            elif self.aliases and r.random() < 0.2 and any(m for _, m in self.anchors) and not any("<<" in x for x in lines):
                maps = [a for a, m in self.anchors if m]
                text = "*" + r.choice(maps)
                text = r.choice([text, text, "[%s , *%s ]" % (text, r.choice(maps)), "{m%d: s%d, k1: s1}" % (self.id(), self.id())])
                lines.append(" " * at + "<<: " + text)
                head, more = "", []
            else:
                key = r.choice(["k%d" % self.id(), "k%d" % self.id(), "name", "text", "refs", "status"])
                if key in keys:
                    key = "k%d" % self.id()
                keys.add(key)
                shown = r.choice([key] * 8 + ["'%s'" % key, '"%s"' % key])
                if r.random() < 0.05:
                    head, more = self.value(depth, at, False)
                    lines.append(" " * at + "? " + shown)
                    lines.append(" " * at + ":" + head)
                else:
                    head, more = self.value(depth, at, False)
                    if head[:1] == " " and r.random() < 0.05:
                        head = r.choice(["  ", "\t", "   "]) + head[1:]
                    lines.append(" " * at + shown + ":" + head)
            lines += more
            deep = not re.search(r"(^|[ \t])[|>][-+0-9]*( |$)", head) and not any(re.search(r"[:-]( &\w+)?[ \t]+[|>][-+0-9]*( +#.*)?$", x) for x in more)
        if deep and r.random() < self.comments:
            lines.append(" " * (at + r.choice([0, 0, 2])) + self.comment())
        return lines


def json_document(r):
    data = {"k%d" % i: node(r, 3) for i in range(r.randint(1, 4))}
    text = json.dumps(data, indent=r.choice([None, 1, 2]), ensure_ascii=r.random() < 0.5, separators=r.choice([None, (",", ":")]))
    # characters that JSON may hold and YAML may not
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", "?", text)


def document(r):
    if r.random() < 0.05:
        return json_document(r)
    w = Writer(r)
    lines = []
    if r.random() < 0.2:
        lines += [w.comment()] + ([""] if r.random() < 0.5 else [])
    if r.random() < 0.1:
        lines.append("---")
    lines += w.members(r.random() < 0.7, r.choice([1, 2, 2, 3, 3]), r.choice([0, 0, 0, 0, 1]))
    if r.random() < 0.1:
        lines += ["", w.comment()]
    if r.random() < 0.05:
        lines += ["..."]
    text = "\n".join(lines) + ("\n" if r.random() < 0.85 else "")
    if r.random() < 0.15:
        text = text.replace("\n", "\r\n")
    return text


# What edits mean


class Shadow:
    """A node that remembers what it was, and what is to become of it."""

    def __init__(self, data):
        self.data = data
        self.gone = False
        self.value = None
        self.inserts = {}
        self.added = {}
        self.touched = False
        self.children = {}
        if isinstance(data, dict):
            self.children = {k: Shadow(v) for k, v in data.items()}
        elif isinstance(data, list):
            self.children = {i: Shadow(v) for i, v in enumerate(data)}

    def result(self):
        if self.value is not None:
            return self.value
        if isinstance(self.data, dict):
            out = {k: c.result() for k, c in self.children.items() if not c.gone}
            out.update(self.added)
            return out
        if isinstance(self.data, list):
            out = []
            for i in range(len(self.data) + 1):
                out += self.inserts.get(i, [])
                if i < len(self.data) and not self.children[i].gone:
                    out.append(self.children[i].result())
            return out
        return self.data

    def at(self, path):
        return self if not path else self.children[path[0]].at(path[1:])


def paths(data, here=()):
    yield here, data
    for k, v in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from paths(v, here + (k,))


HOSTILE = ["", " lead", "trail ", "a: b", "x # y", "- a", "? b", "[c", "{d}", "&e", "*f", "!g", "|", ">", "'h", '"i"', "%j", "@k", "`l", "null",
           "~", "no", "1.10", "2024-11-13", "0x1F", "a\nb", "a\nb\n", "a\n\nb\n\n", "\n", " \n x", "tab\there", "\tt", "cr\rlf\r\n", "nel\x85x",
           "ls\u2028x", "ps\u2029x", "bom\ufeffx", "bidi\u202ex", "\x07bell", "\x7f", "\x9f", "emoji 😀", "---", "...", "--- x", "<<", "=", ":",
           "a:", ":a", "-", "--", "?", "a?b", "a,b", "http://x.y/?z#w", "#c", "a#c", "'", "''", "it's", "\\", "\\n", "a  b", "a " * 60 + "b",
           "word " * 40 + "end", "word " * 40 + "end\n", "x" * 150, "line one\n  indented\nline", "# c\nb", "a \nb", "-1", "- ", "key: [v]"]


def scalar(r, n=[0]):
    if r.random() < 0.5:
        return r.choice(HOSTILE)
    n[0] += 1
    return "n%d" % n[0] + (" " + " ".join(["lorem"] * r.choice([0, 1, 30])) if r.random() < 0.3 else "")


def node(r, depth=2):
    kind = r.random()
    if depth == 0 or kind < 0.6:
        return scalar(r)
    if kind < 0.8:
        return [node(r, depth - 1) for _ in range(r.choice([0, 1, 2, 3]))]
    return {r.choice(["name", "text", "refs", "status", "x%d" % i, "odd key: %d" % i]): node(r, depth - 1) for i in range(r.choice([0, 1, 2, 4]))}


def edits(r, data, only_set):
    """Edits at random, and what they make of the data."""
    shadow = Shadow(data)
    todo = list(paths(data))
    done = []
    inner = []  # what is below
    cmds = []
    for _ in range(r.choice([1, 1, 2, 3, 6])):
        path, what = r.choice(todo)
        # nothing inside what is replaced or removed, and nothing twice
        if any(path[:len(p)] == p for p in done):
            continue
        kind = r.random()
        s = shadow.at(path)
        strings = [str(p) for p in path]
        if isinstance(what, dict):
            if kind < 0.6 or only_set:
                key = r.choice(list(what) + ["status", "text", "new", "expires"])
                if any(p[:len(path) + 1] == path + (key,) for p in done + inner):
                    continue
                value = node(r)
                order = list(what)
                r.shuffle(order)
                order = order[:r.randint(0, len(order))] + r.choice([[], [key]])
                cmds.append(["set", strings, key, value, order])
                if key in what:
                    s.children[key].value = value
                    done.append(path + (key,))
                else:
                    s.added[key] = value
                    inner.append(path + ("", ""))
            elif what:
                key = r.choice(list(what))
                if any(p[:len(path) + 1] == path + (key,) for p in done):
                    continue
                cmds.append(["unset", strings, key])
                s.children[key].gone = True
                done.append(path + (key,))
        elif isinstance(what, list):
            if what and kind < (1 if only_set else 0.2):
                index = r.randrange(len(what))
                if any(p[:len(path) + 1] == path + (index,) for p in done + inner):
                    continue
                value = node(r)
                cmds.append(["replace", strings + [str(index)], value])
                s.children[index].value = value
                done.append(path + (index,))
            elif only_set:
                continue
            elif kind < 0.6 or not what:
                index = r.randint(0, len(what))
                value = node(r)
                cmds.append(["insert", strings, str(index), value])
                s.inserts.setdefault(index, []).append(value)
                inner.append(path + ("", ""))
            else:
                index = r.randrange(len(what))
                if any(p[:len(path) + 1] == path + (index,) for p in done):
                    continue
                cmds.append(["remove", strings, str(index)])
                s.children[index].gone = True
                done.append(path + (index,))
        elif path:
            if any(p[:len(path)] == path for p in done):
                continue
            value = scalar(r)
            cmds.append(["scalar", strings, value])
            s.value = value
            done.append(path)
    return cmds, shadow.result()


# What stays


class Alias(yaml.ScalarNode):
    """Where an alias stands."""


def compose(events):
    """What yaml.compose would give, with the aliases."""
    e = next(events)
    if isinstance(e, yaml.AliasEvent):
        return Alias(None, "", e.start_mark, e.end_mark)
    if isinstance(e, yaml.ScalarEvent):
        return yaml.ScalarNode(None, e.value, e.start_mark, e.end_mark, e.style)
    if isinstance(e, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
        return e
    values = []
    while True:
        n = compose(events)
        if isinstance(n, yaml.Event):
            break
        values.append((n, compose(events)) if isinstance(e, yaml.MappingStartEvent) else n)
    kind = yaml.MappingNode if isinstance(e, yaml.MappingStartEvent) else yaml.SequenceNode
    return kind(None, values, e.start_mark, n.end_mark, e.flow_style)


def last(n):
    """Where what is in a node really ends: a block ends where the next thing begins, for PyYAML."""
    if isinstance(n, yaml.ScalarNode) or n.flow_style:
        return n.end_mark.line - (isinstance(n, yaml.ScalarNode) and n.style in ("|", ">") and n.end_mark.column == 0)
    return max([n.start_mark.line] + [last(x) for v in n.value for x in (v if isinstance(v, tuple) else (v,))])


def first_line(parent, i):
    """The first line that may be of member i: that of its dash or key."""
    if i > 0:
        before = parent.value[i - 1]
        return last(before[1] if isinstance(before, tuple) else before) + 1
    return parent.start_mark.line


class Stays:
    """The lines of a text that edits must leave as they are."""

    def __init__(self, text, cmds):
        self.lines = text.splitlines()
        self.free = set()  # lines that may change
        events = (e for e in yaml.parse(text, Loader) if not isinstance(e, (yaml.StreamStartEvent, yaml.DocumentStartEvent)))
        self.root = compose(events)
        self.find(text)
        for c in cmds:
            self.take(c)

    def find(self, text):
        """Lines with what aliases bring; and where a break behind the last line would be text."""
        for i, line in enumerate(self.lines):
            if "*a" in line or "<<" in line:
                self.free |= {i, i - 1}
        if not text.endswith("\n"):
            self.free |= {i for i, line in enumerate(self.lines) if re.search(r"[|>][-+0-9]*( +#.*)?$", line)}

    def span(self, a, b):
        self.free |= set(range(a, b + 1))

    def go(self, path):
        n = self.root
        for step in path:
            if isinstance(n, yaml.MappingNode):
                found = [v for k, v in n.value if k.value == step]
                if not found:
                    return None
                n = found[0]
            elif isinstance(n, yaml.SequenceNode):
                n = n.value[int(step)]
            if isinstance(n, Alias):
                return None
        return n

    def member(self, parent, step):
        if isinstance(parent, yaml.MappingNode):
            keys = [k.value for k, v in parent.value]
            return keys.index(step) if step in keys else None
        return int(step)

    def take(self, c):
        verb, path = c[0], c[1]
        own = verb in ("scalar", "replace")
        step = path[-1] if own else c[2]
        parent = self.go(path[:-1] if own else path)
        if parent is None:
            return
        i = self.member(parent, step) if verb != "insert" else None
        merges = isinstance(parent, yaml.MappingNode) and any(k.value == "<<" for k, v in parent.value)
        if merges and verb == "unset":
            # a merge key may go
            self.span(parent.start_mark.line - 1, len(self.lines))
            self.before(parent)
        if parent.flow_style:
            self.span(max(0, parent.start_mark.line - 1), parent.end_mark.line)
        if i is None:
            if parent.value:
                # a first member that stands on its parent's line
                self.free.add(parent.start_mark.line)
            self.free.add(max(0, parent.start_mark.line - 1))
            return
        m = parent.value[i]
        value = m[1] if isinstance(m, tuple) else m
        a, b = first_line(parent, i), last(value)
        own = m[0].start_mark.line if isinstance(m, tuple) else a
        if verb in ("set", "scalar", "replace"):
            self.span(a, b)
            return
        # others take the place of one that stood on its parent's line
        if self.lines[parent.start_mark.line][:parent.start_mark.column].strip():
            for k in range(len(parent.value)):
                other = parent.value[k][0] if isinstance(m, tuple) else parent.value[k]
                self.free |= set(range(first_line(parent, k), other.start_mark.line + 1))
        # gone: with what is indented more
        self.span(own if isinstance(m, tuple) else self.dash(a, value), b)
        column = parent.start_mark.column
        if self.lines[parent.start_mark.line][column] == "&":
            k = self.dash(parent.start_mark.line + 1, parent.value[0][0] if isinstance(m, tuple) else parent.value[0])
            column = len(self.lines[k]) - len(self.lines[k].lstrip())
        for k in range(b + 1, len(self.lines)):
            line = self.lines[k]
            if line.strip() and not (line.lstrip().startswith("#") and len(line) - len(line.lstrip()) > column):
                break
            self.free.add(k)
        self.before(parent)

    def before(self, parent):
        """Brackets may come to where a list or map began."""
        self.free |= {max(0, parent.start_mark.line - 1), parent.start_mark.line}
        for k in range(parent.start_mark.line, -1, -1):
            self.free.add(k)
            if self.lines[k].strip() and not self.lines[k].lstrip().startswith("#") and k < parent.start_mark.line:
                break

    def dash(self, a, value):
        """The line of the dash that begins an item."""
        line = value.start_mark.line
        for k in range(a, line + 1):
            if self.lines[k].strip() and not self.lines[k].lstrip().startswith("#"):
                return k
        return line

    def check(self, result):
        have = iter(result.splitlines())
        for i, line in enumerate(self.lines):
            if i in self.free or not line.strip():
                continue
            assert line in have, "line %d is lost or changed: %s" % (i + 1, line)
        for c in re.findall(r"# (c\d+)\b", "\n".join(self.lines)):
            assert len(re.findall(r"# %s\b" % c, result)) == 1, "comment %s is lost or stands twice" % c


def case(drive, seed, show=False):
    """One case; returns whether there was one."""
    r = random.Random(seed)
    text = document(r)
    try:
        data = json.loads(json.dumps(yaml.load(text, Loader)))
        shared = drive(text, [])
    except (yaml.YAMLError, AssertionError) as error:
        if show:
            print(text, error)
        if isinstance(error, yaml.YAMLError):
            return False
        raise
    assert shared[0] == text and shared[1] == 0, "no edit changes it"
    assert shared[2] == data, "the readers differ about the document"
    only_set = r.random() < 0.3
    cmds, want = edits(r, data, only_set)
    if not cmds:
        return False
    if show:
        print(text)
        for c in cmds:
            print(json.dumps(c))
    out, _, own = drive(text, cmds)
    if show:
        print(out)
    try:
        got = yaml.load(out, Loader)
    except yaml.YAMLError as error:
        raise AssertionError("PyYAML cannot read it: %s" % error) from error
    assert got == want, "PyYAML reads something else: %s, not %s" % (json.dumps(got), json.dumps(want))
    assert own == want, "regen reads something else: %s" % json.dumps(own)
    if text.startswith("{"):
        assert json.loads(out, parse_int=str) == want, "it is JSON no more"
    if text.startswith("\r") or "\r\n" in text:
        assert not re.search(r"[^\r]\n", out), "a line ends otherwise than the others"
    Stays(text, cmds).check(out)
    if only_set:
        again, count, _ = drive(out, cmds)
        assert again == out and count == 0, "the same edits again change it: %s" % again
    return True


def main():
    drive = Drive()
    if "CASE" in os.environ:
        case(drive, "%s/%s" % (SEED, os.environ["CASE"]), True)
        return 0
    ran = 0
    wrong = []
    for i in range(CASES):
        try:
            ran += case(drive, "%s/%d" % (SEED, i))
        except (AssertionError, ValueError) as error:
            wrong.append("CASE=%d: %s" % (i, str(error)[:2000]))
    print("1..2")
    print("%sok 1 - %d edits at random change what they are to change" % ("not " if wrong else "", ran))
    for w in wrong[:10]:
        print("# " + w.replace("\n", "\n# "))
    if wrong:
        print("# %d are wrong" % len(wrong))
    enough = ran * 2 > CASES
    print("%sok 2 - most of %d documents at random can be edited" % ("" if enough else "not ", CASES))
    return 0 if not wrong and enough else 1


if __name__ == "__main__":
    sys.exit(main())
