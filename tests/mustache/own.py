#!/usr/bin/env python3
"""The rules of Mustache that engines get wrong, in our own words, through `regen render`. TAP on standard output."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

REGEN = os.environ.get("REGEN", "build/regen").split()

# What it shows, the template, the data, what comes of it, the partials.
TESTS = [
    # text and tags
    ("text alone", "a }} b } { {a}\n", {}, "a }} b } { {a}\n"),
    ("a brace of the text beside a tag", "{ {{x}} } {x} x}}", {"x": 1}, "{ 1 } {x} x}}"),
    ("a close of blocks is text", "fn() {if a {{{x}}}}}", {"x": "b;"}, "fn() {if a b;}}"),
    ("nothing", "", {}, ""),
    ("blanks inside a tag", "{{ x }}{{\tx\n}}{{{ x }}}{{& x }}{{# x }}y{{/ x }}", {"x": 1}, "1111y"),
    ("escaped and not", "{{x}} {{{x}}} {{&x}}", {"x": "<a href=\"b\">&'c'</a>"},
     "&lt;a href=&quot;b&quot;&gt;&amp;'c'&lt;/a&gt; <a href=\"b\">&'c'</a> <a href=\"b\">&'c'</a>"),
    ("data is not read as a template", "{{x}}{{{y}}}", {"x": "{{y}}", "y": "{{#x}}{{>p}}"}, "{{y}}{{#x}}{{>p}}",
     {"p": "no"}),
    ("numbers as they are written", "{{a}} {{b}} {{c}} {{d}}",
     '{"a": 1.10, "b": 1e3, "c": -0, "d": 18446744073709551616}', "1.10 1e3 -0 18446744073709551616"),
    ("what is not there is nothing", "[{{a}}{{{b.c}}}{{#d}}x{{/d}}{{^e}}y{{/e}}]", {}, "[y]"),
    ("null is nothing and false", "[{{a}}{{#a}}x{{/a}}{{^a}}y{{/a}}]", {"a": None}, "[y]"),
    ("a tag alone on its line leaves the line", "a\n  {{x}}\nb\n", {"x": 1}, "a\n  1\nb\n"),
    ("a value keeps its lines", "  {{x}}\n", {"x": "1\n2"}, "  1\n2\n"),
    # sections
    ("a list, a map, true and text", "{{#l}}{{.}}{{/l}}{{#m}}{{a}}{{/m}}{{#t}}c{{/t}}{{#s}}{{.}}{{/s}}",
     {"l": ["a"], "m": {"a": "b"}, "t": True, "s": "d"}, "abcd"),
    ("an empty list, false and empty text",
     "{{#l}}x{{/l}}{{#f}}x{{/f}}{{#s}}x{{/s}}{{^l}}1{{/l}}{{^f}}2{{/f}}{{^s}}3{{/s}}", {"l": [], "f": False,
                                                                                        "s": ""}, "123"),
    ("an empty map is there", "{{#m}}yes{{/m}}{{^m}}no{{/m}}", {"m": {}}, "yes"),
    ("nought is there", "{{#n}}{{.}}{{/n}}{{^n}}none{{/n}}", '{"n": 0}', "0"),
    ("lists in lists", "{{#l}}({{#.}}{{.}}{{/.}}){{/l}}", {"l": [[1, 2], [], [3]]}, "(12)()(3)"),
    ("the whole is a list", "{{#.}}<{{a}}>{{/.}}", [{"a": 1}, {"a": 2}], "<1><2>"),
    ("the whole is text", "{{.}}{{#.}}!{{/.}}", "x", "x!"),
    ("names are found farther out", "{{#a}}{{#b}}{{x}}{{y}}{{z}}{{/b}}{{/a}}",
     {"x": 1, "y": 1, "z": 1, "a": {"y": 2, "z": 2, "b": {"z": 3}}}, "123"),
    ("the innermost hides the others, though it is false", "{{#a}}{{#x}}no{{/x}}{{^x}}yes{{/x}}{{/a}}",
     {"x": True, "a": {"x": False}}, "yes"),
    ("shapes that change from one to the next", "{{#l}}{{x}}{{y}},{{/l}}",
     {"x": 0, "l": [{"x": 1}, {"y": 2}, {"y": 3, "x": 4}, 5, {"x": 6}]}, "1,02,43,0,6,"),
    ("the same section twice", "{{#a}}1{{/a}}{{#a}}2{{/a}}", {"a": True}, "12"),
    ("one inside itself", "{{#a}}{{#a}}{{b}}{{/a}}{{/a}}", {"a": {"b": "x"}}, "x"),
    # dotted names
    ("a dotted name", "{{a.b.c}}{{#a.b}}{{c}}{{/a.b}}{{^a.x}}!{{/a.x}}", {"a": {"b": {"c": 1}}}, "11!"),
    ("only the first part is looked for farther out", "{{#a}}[{{b.c}}]{{/a}}", {"a": {"b": {}}, "b": {"c": "no"}},
     "[]"),
    ("the first part may be farther out", "{{#a}}{{b.c}}{{/a}}", {"a": {}, "b": {"c": "yes"}}, "yes"),
    ("a key with a dot is out of reach", "[{{a.b}}]", {"a.b": "no", "a": {}}, "[]"),
    ("a part of text", "[{{a.b}}]", {"a": "x"}, "[]"),
    # lines that a tag has for itself
    ("sections alone on their lines", "a\n  {{#x}}\t\nb\n  {{/x}}  \nc\n", {"x": True}, "a\nb\nc\n"),
    ("with a carriage return", "a\r\n{{#x}}\r\nb\r\n{{/x}}\r\nc\r\n", {"x": True}, "a\r\nb\r\nc\r\n"),
    ("at the start and the end of the text", "  {{#x}}\na\n  {{/x}}", {"x": True}, "a\n"),
    ("two tags on a line have none", " {{#x}}a{{/x}}\n {{#x}}{{/x}}\n", {"x": True}, " a\n \n"),
    ("a comment", "a\n  {{! b }}\nc{{! d }}e\n", {}, "a\nce\n"),
    ("a comment of several lines", "a\n  {{! b\n}} is {{ c }}\n", {"c": "d"}, "a\n   is d\n"),
    ("a comment that ends a line of its own", "a\n {{!\n  b\n}}\nc\n", {}, "a\nc\n"),
    ("a comment holds anything", "{{!a b.c..{ # ^ }}x", {}, "x"),
    # delimiters
    ("other delimiters", "{{=<% %>=}}<%x%>{{x}}<%&x%><%={{ }}=%>{{x}}<%x%>", {"x": 1}, "1{{x}}11<%x%>"),
    ("on a line of their own", "a\n  {{=| |=}}\nb|x|\n", {"x": 1}, "a\nb1\n"),
    ("both the same", "{{=! !=}}!x!-!x!", {"x": 1}, "1-1"),
    ("of one and of many characters", "{{=< [[[]=}}<x[[[]", {"x": 1}, "1"),
    ("blanks around them", "{{=  @   @ =}}@x@", {"x": 1}, "1"),
    ("they outlive the section", "{{#x}}{{=| |=}}|x||/x||x|{{x}}", {"x": 1}, "11{{x}}"),
    ("partials have their own", "{{=| |=}}|>p||x|", {"x": 1}, "1|x|1", {"p": "{{x}}|x|"}),
    ("those of a partial end with it", "{{>p}}{{x}}|x|", {"x": 1}, "11|x|", {"p": "{{=| |=}}|x|"}),
    # partials
    ("a partial", "a{{>p}}c", {"x": "b"}, "abc", {"p": "{{x}}"}),
    ("one that is not there", "a{{>p}}c", {}, "ac"),
    ("one sees what its place sees", "{{#l}}{{>p}}{{/l}}", {"x": "-", "l": [{"y": 1}, {"y": 2}]}, "-1-2",
     {"p": "{{x}}{{y}}"}),
    ("one inside itself, ended by the data", "{{>p}}",
     {"x": 1, "l": [{"x": 2, "l": [{"x": 3, "l": []}]}, {"x": 4, "l": []}]}, "1<2<3<>>4<>>",
     {"p": "{{x}}<{{#l}}{{>p}}{{/l}}>"}),
    ("its indentation goes before each line", "{{#a}}\n  {{>p}}\n{{/a}}\nend\n", {"a": True}, "  1\n  2\nend\n",
     {"p": "1\n2\n"}),
    ("not before lines of values, nor empty ones", "  {{>p}}\n", {"x": "a\nb"}, "  1\n\n  a\nb\n  2\n",
     {"p": "1\n\n{{x}}\n2\n"}),
    ("indentations add up", " {{>p}}\n", {}, " 1\n  2\n   3\n", {"p": "1\n {{>q}}\n", "q": "2\n {{>r}}\n", "r": "3\n"}),
    ("beside text there is none", "a {{>p}}\n", {}, "a 1\n2\n\n", {"p": "1\n2\n"}),
    ("nor inside a line that is indented itself", "  {{>p}}\n", {}, "  a1\n2\n\n", {"p": "a{{>q}}\n", "q": "1\n2\n"}),
    ("the same at the start of that line", "  {{>p}}\n", {}, "  1\n2,\n", {"p": "{{>q}},\n", "q": "1\n2"}),
    ("a line that begins in a section is indented in it", "  {{>p}}\n", {"l": [1, 2]}, "  a\n    a\n  b\n",
     {"p": "{{#l}}\na\n{{/l}}b\n"}),
    ("and not without it", "  {{>p}}\n", {}, "b\n", {"p": "{{#l}}\na\n{{/l}}b\n"}),
    ("a line of comments is indented", "  {{>p}}\n", {}, "  \n  b\n", {"p": "{{!a}}{{!b}}\nb\n"}),
    ("so is one of blanks, but none of nothing", "  {{>p}}\n", {}, "   \n\n\r\n  a", {"p": " \n\n\r\na"}),
    ("a carriage return is no line break", "  {{>p}}\n", {}, "  a\rb\n  \rc", {"p": "a\rb\n\rc"}),
    ("it takes the place of its line's end", "|\r\n{{>p}}\r\n|", {}, "|\r\n>|", {"p": ">"}),
    ("sections in an indented partial", "\t{{>p}}\n", {"l": [1, 2]}, "\ta\n\t1\n\t2\n\tb\n",
     {"p": "a\n{{#l}}\n{{.}}\n{{/l}}\nb\n"}),
    ("a name with a folder", "{{>a/b}}", {}, "x", {"a/b": "x"}),
    ("no name leads out of the folder", "[{{>../p}}{{>/p}}]", {}, "[]", {"p": "no"}),
    # names of partials in the data
    ("a name in the data", "{{>*n}}", {"n": "p"}, "yes", {"p": "yes", "n": "no", "*n": "no"}),
    ("with blanks and dots", "{{> * a.b }}", {"a": {"b": "p"}}, "yes", {"p": "yes"}),
    ("another for each", "{{#l}}{{>*.}}{{/l}}", {"l": ["p", "q", "p"]}, "121", {"p": "1", "q": "2"}),
    ("none, or of none", "[{{>*a}}{{>*b}}{{>*c}}{{>*d}}]", {"b": "nowhere", "c": None, "d": ""}, "[]"),
    ("indented", " {{>*n}}\n", {"n": "p"}, " 1\n 2\n", {"p": "1\n2\n"}),
    ("a parent", "{{<*n}}{{$a}}2{{/a}}{{/*n}}", {"n": "p"}, "<2>", {"p": "<{{$a}}1{{/a}}>"}),
    # inheritance
    ("a block shows what it holds", "{{$a}}x{{y}}{{/a}}", {"y": 1}, "x1"),
    ("or what is given", "{{<p}}{{$a}}2{{/a}}{{/p}}", {}, "<2>", {"p": "<{{$a}}1{{/a}}>"}),
    ("what is not given stays", "{{<p}}{{$b}}2{{/b}}{{/p}}", {}, "<1><2>", {"p": "<{{$a}}1{{/a}}><{{$b}}{{/b}}>"}),
    ("text in a parent does not count", "{{<p}} no {{$a}}2{{/a}} {{x}} {{! no }}{{/p}}", {"x": 3}, "<2>",
     {"p": "<{{$a}}1{{/a}}>"}),
    ("given in every place", "{{<p}}{{$a}}2{{/a}}{{/p}}", {}, "22", {"p": "{{$a}}1{{/a}}{{$a}}3{{/a}}"}),
    ("the one farthest out wins", "{{<p}}{{$a}}3{{/a}}{{/p}}", {}, "3",
     {"p": "{{<q}}{{$a}}2{{/a}}{{/q}}", "q": "{{$a}}1{{/a}}"}),
    ("one in the middle", "{{<p}}{{/p}}", {}, "2", {"p": "{{<q}}{{$a}}2{{/a}}{{/q}}", "q": "{{$a}}1{{/a}}"}),
    ("blocks in blocks", "{{<p}}{{$b}}3{{/b}}{{/p}}", {}, "<1<3>1>", {"p": "{{$a}}<1<{{$b}}2{{/b}}>1>{{/a}}"}),
    ("it is evaluated where it is shown", "{{<p}}{{$a}}{{x}}{{/a}}{{/p}}", {"x": 1, "m": {"x": 2}}, "2",
     {"p": "{{#m}}{{$a}}{{/a}}{{/m}}"}),
    ("once for each", "{{<p}}{{$a}}{{.}},{{/a}}{{/p}}", {"l": [1, 2]}, "1,2,", {"p": "{{#l}}{{$a}}{{/a}}{{/l}}"}),
    ("nothing is given to partials inside", "{{<p}}{{$a}}2{{/a}}{{/p}}", {}, "1",
     {"p": "{{>q}}", "q": "{{$a}}1{{/a}}"}),
    ("a parent that is not there", "a{{<p}}{{$a}}2{{/a}}{{/p}}b", {}, "ab"),
    ("a parent inside what is given", "{{<p}}{{$a}}{{<q}}{{$b}}4{{/b}}{{/q}}{{/a}}{{/p}}", {}, "<[4]>",
     {"p": "<{{$a}}1{{/a}}>", "q": "[{{$b}}2{{/b}}]"}),
    ("alone on its lines, a parent indents", "a\n  {{<p}}\n  {{/p}}\nb\n", {}, "a\n  1\n  2\nb\n", {"p": "1\n2\n"}),
    ("what is given takes the indentation of its place", "{{<p}}\n{{$a}}\n1\n  2\n{{/a}}\n{{/p}}\n", {},
     "a\n    1\n      2\nb\n", {"p": "a\n    {{$a}}\n    x\n    {{/a}}\nb\n"}),
    ("and loses that of where it is written", "{{<p}}\n      {{$a}}\n      1\n        2\n      {{/a}}\n{{/p}}\n", {},
     "a\n  1\n    2\nb\n",
     {"p": "a\n{{$a}}\n  x\n{{/a}}\nb\n"}),
    ("a line with less indentation loses what it has", "{{$a}}\n    1\n  2\n{{/a}}\n", {}, "    1\n    2\n"),
    ("blanks and tabs are not the same", "{{$a}}\n \t1\n\t2\n \t\t3\n{{/a}}\n", {}, " \t1\n \t\t2\n \t\t3\n"),
    ("a first line of nothing has no indentation", "  {{$a}}\n\n 1\n{{/a}}\n", {}, "\n 1\n"),
    ("a block of no lines holds nothing", "[\n  {{$a}}\n    {{/a}}\n]{{<p}}{{$a}}\n{{/a}}{{/p}}", {}, "[\n]<>",
     {"p": "<{{$a}}1{{/a}}>"}),
    ("it indents as its opening is", "{{<p}}{{$a}}\n1\n2\n{{/a}}{{/p}}", {}, "a\n  1\n  2\nb\n",
     {"p": "a\n  {{$a}}\n    {{/a}}\nb\n"}),
    ("lines that begin in a given block are those of its template", "  {{>p}}\n", {}, "  [1\n  2\n  ]\n",
     {"p": "{{<q}}{{$a}}1\n2\n{{/a}}{{/q}}\n", "q": "[{{$a}}{{/a}}]\n"}),
    ("tags that share a line do not stand alone", "  {{$a}}{{$b}}{{!c}}{{/b}}{{/a}}\n", {}, "  \n"),
    ("that of a partial and of a block neither", "  {{$a}}{{>p}}\n{{/a}}\n", {}, "  1\n2\n\n", {"p": "1\n2\n"}),
    ("a block inside an indented one is indented once", "  {{$a}}x\n {{$b}}1\n2{{/b}}\n  {{/a}}\n", {},
     "  x\n   1\n     2\n    "),
    # JSON and YAML
    ("escapes of JSON", "{{{x}}}", '{"x": "\\u00e9\\ud83d\\udc4b\\/\\b\\f\\n\\r\\t\\"\\\\"}', "é👋/\b\f\n\r\t\"\\"),
    ("JSON with tabs and without blanks", "{{a}}{{#b}}{{.}}{{/b}}", '{\n\t"a":1,\r\n\t"b":["x","y"]}', "1xy"),
    ("JSON with long keys", "{{#k}}1{{/k}}", '{"' + "k" * 3000 + '": 1, "k": true}', "1"),
    ("YAML", "{{a}} {{#l}}{{.}}{{/l}} {{t}}{{^n}}!{{/n}}", "a: 'x'\nl: [1, &b 2, *b]\nt: true\nn: ~\n", "x 122 true!"),
    ("a quoted word is text", "{{#a}}1{{/a}}{{#b}}2{{/b}}", "a: 'false'\nb: false\n", "1"),
    ("a byte order mark", "\ufeff{{x}}", "\ufeffx: 1\n", "1"),
]


def run(template, data, partials):
    """What regen makes of a template, or what it says is wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for partial, text in partials.items():
            path = folder / f"{partial}.mustache"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        (folder / "template").write_bytes(template.encode())
        (folder / "data").write_bytes(data.encode())
        done = subprocess.run([*REGEN, "render", str(folder / "template"), str(folder / "data")], capture_output=True,
                              check=False)
        return done.stdout.decode() if done.returncode == 0 else done.stderr.decode()


def main():
    failed = 0
    for number, (what, template, data, want, *partials) in enumerate(TESTS, 1):
        text = data if isinstance(data, str) and data[:1] in tuple("{[a\ufeff") else json.dumps(data,
                                                                                                ensure_ascii=False)
        got = run(template, text, partials[0] if partials else {})
        failed += got != want
        print(f"{'ok' if got == want else 'not ok'} {number} - {what.replace('#', '')}")
        if got != want:
            print(f"# template {template!r}\n# expected {want!r}\n# got      {got!r}")
    print(f"1..{len(TESTS)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
