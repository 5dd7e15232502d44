#!/usr/bin/env python3
"""Walks every row of the seed documents and finds what it says in the tables of out/markdown, as a reader of Markdown
sees them. What a row says and the registry says otherwise is in disagreements.yaml; see seeds.py. Speaks TAP."""
import json
import re
import shutil
import subprocess
import sys

import seeds

PAGES = seeds.ROOT / "out/markdown"
MODULES = seeds.ROOT / "tests/node_modules"
REGISTRIES = ("http_status", "http_status_unofficial")


def tables():
    """The rows of each registry's table, by its id."""
    said = subprocess.run(["node", seeds.HERE / "table.mjs", *(PAGES / f"{r}.md" for r in REGISTRIES)],
                          capture_output=True, check=True, encoding="utf-8").stdout
    return dict(zip(REGISTRIES, json.loads(said)))


def names(text):
    """The names in a cell such as "Payload Too Large (RFC 7231), Large"."""
    return {re.sub(r" \([^()]*\)$", "", name) for name in re.split(r", (?![^()]*\))", text)}


def answers(registry, row):
    """For each kind of fact, the values that the row has."""
    links = [(rfc[1], rfc[2], link["after"]) for link in row["Specification"]["links"]
             if (rfc := re.search(r"/(rfc\d+)\.html(?:#(section-[\d.]+))?$", link["url"]))]
    return {
        "registry": {registry},
        "phrase": {row["Text"]["text"]},
        "other": names(row["Other names"]["text"]),
        "specification": {rfc for rfc, _, _ in links},
        "title": {f"{rfc} {after[2:end]}" for rfc, _, after in links
                  for end in (i for i, c in enumerate(after) if c == ")") if after.startswith(" (")},
        "link": {f"{rfc}#{section}" for rfc, section, _ in links if section},
        "status": {row["Status"]["text"].split(" ")[0].rstrip(",") or "assigned"} |
                  ({"deprecated"} if re.search("deprecated|not for new use", row["Status"]["text"]) else set()),
    }


def classes(rows):
    """What is wrong with the classes and the descriptions of codes."""
    first = {"1": "Informational", "2": "Success", "3": "Redirection", "4": "Client Error", "5": "Server Error"}
    for row in rows:
        value = row["Value"]["text"]
        if row["Class"]["text"] != first[value[0]]:
            yield f"{value} is of class {row['Class']['text']!r}"
        if not row["Description"]["text"]:
            yield f"{value} has no description"


def results():
    """Pairs of a test's description and what is wrong."""
    pages, listed = tables(), seeds.load(seeds.DISAGREEMENTS)
    known = {row["Value"]["text"]: answers(registry, row) for registry, rows in pages.items() for row in rows}
    disagreements = {seeds.key_of(entry): entry for entry in listed["disagreements"]}
    for seed in listed["seeds"]:
        rows = list(seeds.READERS[seed["file"]]((seeds.SEEDS / seed["file"]).read_text(encoding="utf-8")))
        yield f"{seed['file']} was read whole", list(seeds.check_counts(seed, rows))
        for code, facts in rows:
            yield (f"{seed['file']} {code}",
                   seeds.check_row(seed["file"], code, facts, known, disagreements))
    yield "every code has its class and a description", list(classes(pages["http_status"]))
    # a table that lacks something is found out
    spoiled = {code: {**facts, "link": set()} for code, facts in known.items()}
    missed = [text for code, facts in seeds.READERS["004_1c664ee9cdee1fed.txt"](
        (seeds.SEEDS / "004_1c664ee9cdee1fed.txt").read_text(encoding="utf-8"))
              for text in seeds.check_row("004_1c664ee9cdee1fed.txt", code, facts, spoiled, {})]
    yield "links that are not there are missed", [] if len(missed) > 30 else missed


def main():
    missing = ("../shared, which holds the seed documents, is missing" if not seeds.SEEDS.exists() else
               "no node, or no tests/node_modules: make setup-test"
               if not shutil.which("node") or not (MODULES / "mdast-util-gfm").is_dir() else None)
    if missing:
        print(f"ok 1 - the seeds' rows are in out/markdown # SKIP {missing}")
        print("1..1")
        return 0
    failed = number = 0
    for number, (description, problems) in enumerate(results(), 1):
        print(f"{'not ok' if problems else 'ok'} {number} - {description}")
        for text in problems:
            print(f"# {text}")
        failed += bool(problems)
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
