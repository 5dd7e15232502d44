#!/usr/bin/env python3
"""The registries that are shipped, edited at every place: each list gets an item or loses one, each map a key, each scalar another text. What
comes of it is judged as in property.py, and edits that change nothing leave every byte. TAP on standard output."""
import json
import pathlib
import random
import sys

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import property as p  # noqa: E402

ORDER = ["value", "name", "text", "description", "references", "former_references", "aliases", "status", "deprecated", "expires",
         "replaced_by", "names"]


def one(r, kind, path, what):
    """An edit for a place, or none."""
    strings = [str(x) for x in path]
    if isinstance(what, dict):
        key = r.choice([k for k in ORDER if k not in what] or ["new"])
        if kind == "add":
            return ["set", strings, key, p.node(r), ORDER]
        key = r.choice(list(what))
        if kind == "take":
            return ["unset", strings, key]
        return ["set", strings, key, what[key], ORDER] if kind == "same" else None
    if isinstance(what, list):
        if kind == "add":
            return ["insert", strings, str(r.randint(0, len(what))), r.choice(what) if r.random() < 0.7 else p.node(r)]
        return ["remove", strings, str(r.randrange(len(what)))] if kind == "take" else None
    if kind == "take":
        return None
    return ["scalar", strings, what if kind == "same" else p.scalar(r)]


def choose(r, kind, data):
    """Edits of one kind at random places, no one inside what another takes away."""
    cmds = []
    gone = set()
    for path, what in p.paths(data):
        if any(path[:i] in gone for i in range(len(path) + 1)) or (kind == "take" and r.random() < 0.8):
            continue
        c = one(r, kind, path, what)
        if c and (c[0] != "scalar" or path):
            cmds.append(c)
            if kind == "take":
                gone.add(path + (int(c[2]) if c[0] == "remove" else c[2],))
    return cmds


def meaning(data, cmds):
    """What the edits make of the data."""
    shadow = p.Shadow(data)
    for c in cmds:
        path = []
        for step in c[1]:
            path.append(int(step) if isinstance(shadow.at(path).data, list) else step)
        s = shadow.at(path)
        if c[0] == "set" and c[2] in s.children:
            s.children[c[2]].value = c[3]
        elif c[0] == "set":
            s.added[c[2]] = c[3]
        elif c[0] == "insert":
            s.inserts.setdefault(int(c[2]), []).append(c[3])
        elif c[0] == "scalar":
            s.value = c[2]
        else:
            s.children[c[2] if c[0] == "unset" else int(c[2])].gone = True
    return shadow.result()


def run(drive, r, text, data, kind):
    cmds = choose(r, kind, data)
    out, count, own = drive(text, cmds)
    if kind == "same":
        assert out == text and count == 0, "what says the same changes it"
        return len(cmds)
    want = meaning(data, cmds)
    got = yaml.load(out, p.Loader)
    assert got == want, "PyYAML reads something else"
    assert own == want, "regen reads something else"
    p.Stays(text, cmds).check(out)
    return len(cmds)


def main():
    drive = p.Drive()
    files = ["registry.yaml"] + sorted(str(f) for f in pathlib.Path("registries").glob("*.yaml"))
    failed = False
    print("1..%d" % (4 * len(files)))
    number = 0
    for f in files:
        text = pathlib.Path(f).read_text(encoding="utf-8")
        data = json.loads(json.dumps(yaml.load(text, p.Loader)))
        for kind in "add", "take", "change", "same":
            number += 1
            n = 0
            wrong = None
            try:
                for seed in range(3):
                    n += run(drive, random.Random("%s %s %d" % (f, kind, seed)), text, data, kind)
            except (AssertionError, yaml.YAMLError) as error:
                wrong = error
                failed = True
            print("%sok %d - %s: %s, %d edits" % ("not " if wrong else "", number, f, kind, n))
            if wrong:
                print("# " + str(wrong)[:1000].replace("\n", "\n# "))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
