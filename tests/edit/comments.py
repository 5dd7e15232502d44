#!/usr/bin/env python3
"""Where comments stand after edits of what they stand beside, to the byte. TAP on standard output."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from property import Drive  # noqa: E402

# What is edited, the edits, and what comes of it.
CASES = [
    ("a key goes", "- a: 1\n  b: 2  # two\n  # below\n  c: 3\n", [["unset", ["0"], "b"]], "- a: 1\n  # two\n  # below\n  c: 3\n"),
    ("the last key goes", "- a: 1\n\n  b: 2 # two\n- c\n", [["unset", ["0"], "b"]], "- a: 1\n\n  # two\n- c\n"),
    ("the first key goes", "- a: 1  # one\n  b: 2\n", [["unset", ["0"], "a"]], "- # one\n  b: 2\n"),
    ("the first two go", "- a: 1  # one\n  b: 2 # two\n  c: 3\n", [["unset", ["0"], "a"], ["unset", ["0"], "b"]],
     "- # one\n  # two\n  c: 3\n"),
    ("the only key goes", "- a: 1  # one\n- b\n", [["unset", ["0"], "a"]], "- {} # one\n- b\n"),
    ("the last line goes, which has no break", "- a: 1\n  b: 2 # two", [["unset", ["0"], "b"]], "- a: 1\n  # two"),
    ("and something takes its place", "- a # x\n- b # y", [["remove", [], "1"], ["insert", [], "2", "c"]], "- a # x\n# y\n- c"),
    ("line breaks of two bytes", "- a: 1\r\n  b: # two\r\n    - x # three\r\n", [["unset", ["0"], "b"]], "- a: 1\r\n  # two\r\n  # three\r\n"),
    ("what has comments inside goes", "a: # 1\n  # 2\n  b: c # 3\n  # 4\nd: e\n", [["unset", [], "a"]], "# 1\n# 2\n# 3\n# 4\nd: e\n"),
    ("text that only looks like one", "a: 'x # y'\nb: |  # z\n  # text\nc: d#e\nf: \"# g\" # h\ni: j\n",
     [["unset", [], k] for k in "abcf"], "# z\n# h\ni: j\n"),
    ("all items go", "a: # 1\n  - b # 2\n  - c # 3\nd: e\n", [["remove", ["a"], "0"], ["remove", ["a"], "1"]], "a: [] # 1\n  # 2\n  # 3\nd: e\n"),
    ("an item is replaced", "- {a: 1} # x\n- b: 2 # y\n", [["replace", ["0"], "c"], ["replace", ["1"], {"d": "3"}]], "- c # x\n- d: 3 # y\n"),
    ("a list becomes a word", "a: # 1\n  - b # 2\nc: d\n", [["set", [], "a", "x", []]], "a: x # 1\n# 2\nc: d\n"),
    ("a list of lines in brackets becomes a word", "a: [b, # 1\n    c] # 2\nd: [e, # 3\n  f]\n", [["set", [], "a", "x", []], ["set", [], "d", "y", []]],
     "a: x # 2\n# 1\nd: y # 3\n"),
    ("a block of text becomes another", "a: | # 1\n  b\nc: d\n", [["scalar", ["a"], "x\ny\n"]], "a: | # 1\n  x\n  y\nc: d\n"),
    ("one of brackets goes", "[a, b, # 1\n c]\n", [["remove", [], "1"]], "[a, # 1\n c]\n"),
    ("the first of brackets goes", "[a, # 1\n b]\n", [["remove", [], "0"]], "[ # 1\n b]\n"),
    ("the last of brackets go", "[a, # 1\n b, # 2\n c # 3\n]\n", [["remove", [], "1"], ["remove", [], "2"]], "[a # 1\n # 2\n # 3\n]\n"),
    ("all of brackets go", "[a, # 1\n b] # 2\n", [["remove", [], "0"], ["remove", [], "1"]], "[ # 1\n] # 2\n"),
    ("a line in brackets goes", "{\n  a: 1,\n  b: 2, # two\n  c: 3\n}\n", [["unset", [], "b"]], "{\n  a: 1,\n  # two\n  c: 3\n}\n"),
    ("brackets in brackets are replaced", "[[a, # 1\n  b], c]\n", [["replace", ["0"], "x"]], "[ # 1\n x, c]\n"),
    ("a comment that lines of text would take in", "a:\n    b: c\nd:\n    e: 'f\n      g'\n\n      # h\n    i: j\n", [["scalar", ["d", "e"], "# x\ny"]],
     "a:\n    b: c\nd:\n    e: \"# x\\ny\"\n\n      # h\n    i: j\n"),
    ("a comment that lines of text in a list would take in", "a:\n    b:\n    - c\n      # d\n    e: f\n", [["set", ["a"], "b", ["g", "h\ni"], []]],
     "a:\n    b:\n    - g\n    - \"h\\ni\"\n      # d\n    e: f\n"),
]


def main():
    drive = Drive()
    failed = False
    print(f"1..{len(CASES)}")
    for number, (what, text, edits, want) in enumerate(CASES, 1):
        got, _, _ = drive(text, edits)
        failed = failed or got != want
        print(f"{'ok' if got == want else 'not ok'} {number} - {what}")
        if got != want:
            print(f"# {got!r}\n# is not {want!r}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
