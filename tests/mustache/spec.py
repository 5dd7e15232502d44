#!/usr/bin/env python3
"""The official tests of Mustache, through `regen render`. TAP on standard output."""
import json
import os
import subprocess
import sys
import tempfile

SPEC = "../shared/mustache-spec"
MODULES = ["comments", "delimiters", "interpolation", "inverted", "partials", "sections",
           "~dynamic-names", "~inheritance"]
REGEN = os.environ.get("REGEN", "build/regen").split()


def run(test):
    """What regen makes of a test, or what it says is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in test.get("partials", {}).items():
            with open(f"{folder}/{name}.mustache", "w", newline="") as f:
                f.write(text)
        with open(f"{folder}/template", "w", newline="") as f:
            f.write(test["template"])
        with open(f"{folder}/data", "w") as f:
            json.dump(test["data"], f, ensure_ascii=False)
        done = subprocess.run([*REGEN, "render", f"{folder}/template", f"{folder}/data", "-p", folder],
                              capture_output=True, check=False)
        if done.returncode != 0:
            return done.stderr.decode()
        return done.stdout.decode()


def main():
    if not os.path.isdir(SPEC):
        print(f"ok 1 - official Mustache tests # SKIP {SPEC} is not there\n1..1")
        return 0
    number = failed = 0
    for module in MODULES:
        with open(f"{SPEC}/{module}.json", encoding="utf-8") as f:
            tests = json.load(f)["tests"]
        for test in tests:
            number += 1
            got = run(test)
            good = got == test["expected"]
            failed += not good
            print(f"{'ok' if good else 'not ok'} {number} - {module}: {test['name']}")
            if not good:
                print(f"# template {test['template']!r}\n# expected {test['expected']!r}\n# got      {got!r}")
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
