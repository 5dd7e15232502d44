#!/usr/bin/env python3
"""An entry that is added to a shipped registry, wherever it stands, changes no identifier of another in any language. TAP on standard output."""
import copy
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

REGEN = os.environ.get("REGEN", "build/regen").split()
NEW = "added_by_the_test"
count = failed = 0


def report(name, wrong):
    global count, failed
    count += 1
    failed += bool(wrong)
    print(f"{'not ok' if wrong else 'ok'} {count} - {name}")
    for line in wrong[:10]:
        print(f"# {line}")


def read(path):
    return yaml.load(pathlib.Path(path).read_text("utf-8"), Loader=yaml.BaseLoader)


def shipped():
    """All registries in one project. Free values are not what this is about, so ranges with a status are left out."""
    project = read("registry.yaml")
    for name in [*project.pop("files", []), *(str(p) for p in sorted(pathlib.Path("registries").glob("*.yaml")))]:
        more = read(name)
        known = {r["id"] for r in project["registries"]}
        project["registries"] += [r for r in more["registries"] if r["id"] not in known]
        project["specifications"].update(more.get("specifications", {}))
    for registry in project["registries"]:
        registry["ranges"] = [{k: v for k, v in r.items() if k != "rule"} for r in registry.get("ranges", []) if "status" not in r]
        if not registry["ranges"]:
            del registry["ranges"]
    return project


def languages(folder):
    """The shipped languages that have identifiers of entries, with one template each, that prints the identifiers of entries, ranges and fields."""
    for lang in sorted(pathlib.Path("templates").glob("*/lang.yaml")):
        text = lang.read_text("utf-8")
        groups = yaml.load(text, Loader=yaml.BaseLoader).get("identifiers", {})
        if "entry" not in groups:
            continue
        there = folder / lang.parent.name
        there.mkdir()
        text = text[:re.search(r"^outputs:", text, re.M).start()]
        (there / "lang.yaml").write_text(text + "outputs:\n  - {template: all, path: all.txt, each: package, escape: none}\n", "utf-8")

        def names(group):
            return " ".join(f"{n}={{{{#{n}}}}}{{{{{n}}}}}{{{{/{n}}}}}" for n in groups.get(group, {}))

        (there / "all.mustache").write_text(
            "{{#registries}}\n"
            "{{#entries}}\n{{id}} entry {{#value}}{{{value}}}{{/value}} {{#name}}{{name}}{{/name}} " + names("entry") + "\n"
            "{{#aliases}}\n{{id}} alias {{name}} " + names("entry") + "\n{{/aliases}}\n{{/entries}}\n"
            "{{#predicates}}\n{{id}} range " + names("range") + "\n{{/predicates}}\n"
            "{{#fields}}\n{{id}} field " + names("field") + "\n{{/fields}}\n{{/registries}}\n", "utf-8")


def identifiers(project, folder):
    """What each language says, as sets of lines; an error's text if there is one."""
    path = folder / "registry.yaml"
    path.write_text(yaml.dump(project, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False, allow_unicode=True), "utf-8")
    said = subprocess.run([*REGEN, "generate", "-c", path, "-t", folder / "templates", "-o", folder / "out"], capture_output=True, text=True)
    if said.returncode:
        return said.stderr
    return {p.parent.name: set(p.read_text("utf-8").splitlines()) for p in folder.glob("out/*/all.txt")}


def added(registry):
    """An entry that the registry has not: a number that is free, or a string."""
    if registry["type"] == "string":
        return {"value": "Added-By-The-Test", "name": NEW}
    taken = {int(e["value"], 0) for e in registry["entries"]}
    first = int(registry.get("valid", "0").partition("-")[0], 0)
    return {"value": str(next(n for n in range(first, first + len(taken) + 1) if n not in taken)), "name": NEW}


def changes(project, before, at, entry, folder):
    """What an entry at (registry, position) changes of the others."""
    registry, position = at
    changed = copy.copy(project)
    changed["registries"] = list(project["registries"])
    changed["registries"][registry] = dict(project["registries"][registry])
    entries = project["registries"][registry]["entries"]
    changed["registries"][registry]["entries"] = entries[:position] + [entry] + entries[position:]
    after = identifiers(changed, folder)
    if isinstance(after, str):
        return [f"at {position}: {after}"]
    wrong = []
    for lang, lines in before.items():
        wrong += [f"at {position}, {lang}: was {line}" for line in sorted(lines - after[lang])]
        new = [line for line in after[lang] - lines if NEW not in line]
        wrong += [f"at {position}, {lang}: is {line}" for line in sorted(new)]
        if not after[lang] - lines:
            wrong.append(f"at {position}, {lang}: the new entry is not there")
    return wrong


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="regen-identifiers-"))
    try:
        (folder / "templates").mkdir()
        languages(folder / "templates")
        project = shipped()
        before = identifiers(project, folder)
        if isinstance(before, str):
            sys.exit(before)
        few = [k for k, v in before.items() if len(v) < len(project["registries"])]
        report("every language has identifiers", few + [p.parent.name for p in pathlib.Path("templates").glob("*/lang.yaml")
                                                  if p.parent.name not in before and "\n  entry:" in p.read_text("utf-8")])
        for i, registry in enumerate(project["registries"]):
            entry, wrong = added(registry), []
            alone = {**project, "registries": [registry]}
            own = identifiers(alone, folder)
            for position in range(len(registry["entries"]) + 1):
                wrong += changes(alone, own, (0, position), entry, folder)
            report(f"{registry['id']}: {len(registry['entries']) + 1} positions", wrong)
            report(f"{registry['id']}: nor in the package", changes(project, before, (i, len(registry["entries"]) // 2), entry, folder))
        # a name that is taken is seen
        first = project["registries"][0]
        same = {"value": added(first)["value"], "name": first["entries"][0]["name"]}
        report("the test can fail", [] if changes(project, before, (0, 1), same, folder) else ["a name that another has changed nothing"])
    finally:
        shutil.rmtree(folder)
    print(f"1..{count}")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
