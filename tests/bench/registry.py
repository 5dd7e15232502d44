#!/usr/bin/env python3
"""Print a registry of N entries, shaped like those of registry.yaml: registry.py N. The same N gives the same bytes."""
import random
import sys

HEAD = """format: 1

package:
  name: bench
  version: 1.0.0
  license: CC0-1.0
  repository: https://example.org/bench
  description: Constants to measure with

specifications:
  rfc7231:
    title: 'Hypertext Transfer Protocol (HTTP/1.1): Semantics and Content'
  rfc9110:
    title: HTTP Semantics
    obsoletes: [rfc7231]

registries:
  - id: code
    title: Codes to measure with
    type: u32
    description: As many values as were asked for.
    fields:
      - {id: cacheable, type: bool, default: false, description: Whether a cache may keep it.}
      - {id: content, type: bool, default: true, description: Whether content may follow.}
    entries:
"""

# A hundred words, so that three of them name a million entries.
WORDS = """accept access account active address agent alert answer archive atomic balance bearer binding border branch bridge
bucket buffer cancel capture carrier channel cipher client cluster codec column compact conflict connect content control cookie
counter current cursor decode default delay delta device digest direct domain drain early echo empty encode entity error event
expect extend factor failure feature field filter final flow forward frame gateway grant group handle header hint host idle
implied index inline insert journal key label lease length level limit listen locked loop manual marker media member merge
method mirror missing modify module monitor native notify number object""".split()
FILLER = """the a server client request response that which may has not been found there is no longer anything here for this
value and program should try again later with another name after what it asked before because of its origin when nobody answers
within some time so every cache on the way keeps one copy until then""".split()


def sentences(rand):
    """About as much text as a description in registry.yaml has."""
    said = [" ".join(rand.choices(FILLER, k=rand.randint(9, 16))).capitalize() for _ in range(2)]
    return ". ".join(said) + "."


def wrap(text, width):
    """The lines of a text."""
    while len(text) > width:
        cut = text.rindex(" ", 0, width + 1)
        yield text[:cut]
        text = text[cut + 1:]
    yield text


def entry(rand, i):
    """Entry i. What it has or lacks is as frequent as in registry.yaml."""
    k = i * 611953 % 1000000
    words = [WORDS[k // 10000], WORDS[k // 100 % 100], WORDS[k % 100]]
    if i >= 1000000:
        words.append(WORDS[i // 1000000])
    name, text = "_".join(words), " ".join(words).title()
    section = f"{rand.randint(1, 19)}.{rand.randint(1, 9)}.{rand.randint(1, 29)}"
    lines = [f"      - value: {i}",
             f"        name: {name}",
             f"        text: {text}",
             "        description: >-"]
    lines += [" " * 10 + line for line in wrap(sentences(rand), 90)]
    lines.append(f"        references: [{{rfc: 9110, section: {section}}}]")
    if rand.random() < 0.72:
        lines.append(f"        former_references: [{{rfc: 7231, section: {section}}}]")
    if rand.random() < 0.16:
        lines.append("        aliases:")
        lines.append(f"          - {{name: old_{name}, text: Old {text}, from: rfc7231, deprecated: true}}")
    if rand.random() < 0.06:
        lines.append("        status: obsoleted")
    if rand.random() < 0.19:
        lines.append("        cacheable: true")
    if rand.random() < 0.12:
        lines.append("        content: false")
    return "\n".join(lines) + "\n"


def main():
    rand = random.Random(1)
    sys.stdout.write(HEAD)
    for i in range(int(sys.argv[1])):
        sys.stdout.write(("\n" if i else "") + entry(rand, i))


if __name__ == "__main__":
    main()
