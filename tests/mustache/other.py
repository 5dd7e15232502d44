#!/usr/bin/env python3
"""What regen writes, two other engines write too, byte for byte: npm's wontache and, for the templates that it can do,
npm's mustache, given the templates as they are, `regen view` and the escape tables of lang.yaml. TAP on standard
output."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import yaml

REGEN = os.environ.get("REGEN", "build/regen").split()
HERE = pathlib.Path("tests/golden")
HOSTILE = pathlib.Path("tests/packages/vectors/hostile.yaml")
STRINGS = HOSTILE.with_name("strings.yaml")
NOUGHT = pathlib.Path("tests/mustache/nought.yaml")
SHIPPED = pathlib.Path("templates")
# What only a registry of more than 65,535 entries has: its view is more than the engines can be given.
HUGE = {pathlib.Path("templates/go"): {"uint32"}}


def regen(*args):
    return subprocess.run([*REGEN, *map(str, args)], capture_output=True, check=True).stdout


def read(path):
    """A YAML file in which every scalar is text."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def listed(out):
    """What .regen lists: the files' paths below the output folder, by target."""
    targets = {}
    for line in (out / ".regen").read_text("utf-8").splitlines():
        if line.startswith("# target "):
            files = targets.setdefault(line.removeprefix("# target "), [])
        elif not line.startswith("#"):
            files.append(line.split("  ", 1)[1])
    return targets


class Job:
    """One target of one registry file, and what regen wrote for it."""

    def __init__(self, case, target, templates, registry, out):
        told = next((t for t in read(registry).get("targets", []) if t["id"] == target), {})
        self.name = f"{case}: {target}"
        self.folder = templates / told.get("lang", target)
        below = told.get("out", target)
        self.want = {path.removeprefix(f"{below}/"): (out / path).read_bytes().decode()
                     for path in listed(out)[target]}
        lang = read(self.folder / "lang.yaml")
        common = ["view", "-c", registry, "-t", templates, "-l", target]
        package = json.loads(regen(*common))
        registries = [r["id"] for r in package["registries"]]
        self.given = {
            "templates": {p.name.removesuffix(".mustache"): p.read_bytes().decode()
                          for p in sorted(self.folder.glob("*.mustache"))},
            "escapes": lang.get("escapes", {}),
            "outputs": lang["outputs"],
            "want": self.want,
            "changes": [],
            "views": {"package": package,
                      "registries": {r: json.loads(regen(*common, "-r", r)) for r in registries}},
        }


def wide():
    """Registries whose tables need wide numbers: many entries, and texts of tens of thousands of bytes."""
    entries = "".join(f"      - {{value: {i}, name: n_{i}, text: t{i}}}\n" for i in range(1, 300))
    strings = "".join(f"      - {{value: v{i}, name: n_{i}}}\n" for i in range(1, 300))
    long = "x" * 70000
    return (f"format: 1\npackage: {{name: wide}}\nregistries:\n"
            f"  - id: number\n    type: u16\n    entries:\n      - {{value: 0, name: {long}, text: {long}, description: {long}}}\n{entries}"
            f"  - id: word\n    type: string\n    match: caseless\n    entries:\n      - {{value: {long}, name: n_0}}\n{strings}")


def collect(work):
    """Every target of the shipped registry, of one that has all types and strange texts, and of the golden ones."""
    (work / "wide.yaml").write_text(wide(), "utf-8")
    cases = [("shipped", SHIPPED, pathlib.Path("registry.yaml"), pathlib.Path("out"))]
    for name, templates, registry in (("hostile", SHIPPED, HOSTILE), ("nought", SHIPPED, NOUGHT),
                                      ("strings", SHIPPED, STRINGS), ("wide", SHIPPED, work / "wide.yaml"),
                                      ("vectors", HOSTILE.parent, pathlib.Path("registry.yaml")),
                                      ("hostile vectors", HOSTILE.parent, HOSTILE)):
        regen("generate", "-c", registry, "-t", templates, "-o", work / name)
        cases.append((name, templates, registry, work / name))
    for registry in sorted(HERE.glob("*/registry.yaml")):
        folder = registry.parent
        own = folder / "templates"
        templates = own if own.is_dir() else SHIPPED if (folder / "args").exists() else HERE / "templates"
        cases.append((f"golden {folder.name}", templates, registry, folder / "want"))
    return [Job(name, target, templates, registry, out) for name, templates, registry, out in cases
            for target in listed(out)]


def render(jobs):
    """What the engines make of the jobs, a few at a time: node has no string of more than 512 MB."""
    results, texts, size = [], [], 0
    for i, job in enumerate(jobs):
        texts.append(json.dumps(job))
        size += len(texts[-1])
        if size > 100_000_000 or i + 1 == len(jobs):
            done = subprocess.run(["node", "tests/mustache/other.mjs"], input=f"[{','.join(texts)}]", stdout=subprocess.PIPE,
                                  check=True, encoding="utf-8")
            results += json.loads(done.stdout)
            texts, size = [], 0
    return results


def where(want, got):
    """The first difference of two texts."""
    at = next((i for i, (a, b) in enumerate(zip(want, got)) if a != b), min(len(want), len(got)))
    return want.count("\n", 0, at) + 1, want[at:at + 60], got[at:at + 60]


def compare(job, result):
    """What is wrong, in lines."""
    if "error" in result:
        return [result["error"]]
    paths = [f["path"] for f in result["files"]]
    wrong = [f"{path} is rendered, but not listed in .regen" for path in paths if path not in job.want]
    wrong += [f"{path} is listed in .regen, but not rendered" for path in job.want if path not in paths]
    for file in result["files"]:
        want = job.want.get(file["path"])
        for engine in ("wontache", "mustache") if file["core"] else ("wontache",):
            if want is not None and file[engine] != want:
                line, wanted, got = where(want, file[engine])
                wrong.append(f"{file['path']}:{line}: expected {wanted!r}, {engine} has {got!r}")
    return wrong


def changes(job):
    """One byte less in a template, for each; one more in what an escape table writes, for each that is used."""
    for name, text in job.given["templates"].items():
        kept = text.rstrip()
        yield f"{name}.mustache", {"templates": {name: kept[:-1] + text[len(kept):]}}
    for name in sorted({o["escape"] for o in job.given["outputs"]} & job.given["escapes"].keys()):
        yield f"escapes.{name}", {"escapes": {name: {k: to + "~" for k, to in job.given["escapes"][name].items()}}}


def unseen(job, result):
    """The changes that are in no output."""
    return {what for (what, _), seen in zip(changes(job), result.get("seen", [])) if not seen}


class Report:
    """Lines of TAP."""

    def __init__(self):
        self.number = self.failed = 0

    def __call__(self, what, wrong):
        self.number += 1
        self.failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {self.number} - {what}")
        for line in wrong[:10]:
            print(f"# {line}")


def report_language(report, folder, done):
    """What must hold of a language over all the targets that are rendered with it."""
    used = {name for _, result in done for name in result.get("used", [])}
    files = [(file, job) for job, result in done for file in result.get("files", [])]
    there = {path.name.removesuffix(".mustache") for path in folder.glob("*.mustache")}
    report(f"{folder}: every template is rendered", [f"{name}.mustache is not" for name in sorted(there - used - HUGE.get(folder, set()))] +
           [f"{name}.mustache is, and need not be left out" for name in sorted(used & HUGE.get(folder, set()))])
    core = sorted({file["template"] for file, _ in files if file["core"]})
    left = {file["template"] for file, _ in files if not file["core"]}
    missed = {f["template"] for f, job in files if not f["core"] and f["mustache"] != job.want.get(f["path"])}
    report(f"{folder}: mustache can do {' '.join(core) or 'none'}, and nothing else",
           [f"it can do {name} too" for name in sorted(left - missed)])
    if folder.parent == SHIPPED:
        blind = set.intersection(*(unseen(job, result) for job, result in done if job.given["changes"]))
        report(f"{folder}: a change of each template and escape table is seen",
               [f"that of {what} is not" for what in sorted(blind)
                if what.removesuffix(".mustache") not in HUGE.get(folder, set())])


def main():
    report = Report()
    with tempfile.TemporaryDirectory() as work:
        jobs = collect(pathlib.Path(work))
    for job in jobs:
        if job.name.startswith(("hostile: ", "nought: ", "strings: ", "wide: ")):
            job.given["changes"] = [change for _, change in changes(job)]
    results = render([job.given for job in jobs])
    languages = {}
    for job, result in zip(jobs, results):
        report(f"{job.name}: {len(job.want)} files", compare(job, result))
        languages.setdefault(job.folder, []).append((job, result))
    for folder, done in languages.items():
        report_language(report, folder, done)
    print(f"1..{report.number}")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
