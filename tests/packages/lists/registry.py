#!/usr/bin/env python3
"""Print a registry in which an entry has lists of 10,000 members, or with --members what a program in any language says of it: a line
for each list with the number of its members, and one for each member."""
import sys

COUNT = 10000
PARTS = [f"part-{i * 7919 % 10007}" for i in range(COUNT)]
NUMBERS = [str(i * 7919 % 65536) for i in range(COUNT)]
ENTRIES = {1: (PARTS, NUMBERS), 2: (["x"], ["65535"]), 3: ([], [])}


def registry():
    print("""format: 1
package: {name: lists, version: 1.0.0, license: CC0-1.0, repository: https://example.org/lists, description: Long lists}
registries:
  - id: codes
    type: u8
    fields: [{id: parts, type: list, of: string}, {id: numbers, type: list, of: u16}]
    entries:""")
    for value, (parts, numbers) in ENTRIES.items():
        print(f"      - {{value: {value}, name: code_{value}, parts: [{', '.join(parts)}], numbers: [{', '.join(numbers)}]}}")


def members():
    for lists in ENTRIES.values():
        for members in lists:
            print(len(members), *members, sep="\n")


if __name__ == "__main__":
    members() if sys.argv[1:] == ["--members"] else registry()
