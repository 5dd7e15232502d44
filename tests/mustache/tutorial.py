#!/usr/bin/env python3
"""The language that templates/README.md adds works as it is printed: its files are taken from there, its commands are run, and they print what is
printed there. TAP on standard output."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

REGEN = pathlib.Path(os.environ.get("REGEN", "build/regen").split()[-1]).resolve()
README = pathlib.Path("templates/README.md")
VECTORS = pathlib.Path("tests/packages/vectors").resolve()
MOST = 60
count = failed = 0


def report(what, wrong):
    global count, failed
    count += 1
    failed += bool(wrong)
    print(f"{'not ok' if wrong else 'ok'} {count} - {what}")
    for line in wrong[:20]:
        print(f"# {line}")


def printed():
    """The files by path, the commands and what they print."""
    part = README.read_text("utf-8").partition("\n## A first language\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"([^\n]*)\n\n```(\w+)\n(.*?)```\n", part, re.S)
    files = {path[1]: text for before, _, text in blocks if (path := re.search(r"`(templates/[\w./]+)`:$", before))}
    return files, "".join(t for _, kind, t in blocks if kind == "sh"), "".join(t for _, kind, t in blocks if kind == "text")


def project(folder, files):
    """A checkout in which the files were added."""
    for name in ("registry.yaml", "registries", "templates"):
        (shutil.copytree if pathlib.Path(name).is_dir() else shutil.copy)(name, folder / name)
    (folder / "build").mkdir()
    (folder / "build/regen").symlink_to(REGEN)
    for path, text in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def run(folder, commands):
    done = subprocess.run(["sh", "-eu", "-c", commands], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    said = "".join(line for line in done.stdout.splitlines(True) if not line.startswith("wrote "))
    return done.returncode, said, done.stderr


def main():
    files, commands, prints = printed()
    language = {pathlib.Path(path).parent.name for path in files}
    lines = sum(text.count("\n") for text in files.values())
    report(f"a language is added in {lines} lines", [] if len(files) > 1 and len(language) == 1 and 0 < lines < MOST else
           [f"{len(files)} files of {language}, {lines} lines"])
    if not shutil.which("perl"):
        print(f"ok {count + 1} - its commands print what is printed # SKIP no perl\n1..{count + 1}")
        return failed > 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        project(folder, files)
        code, said, errors = run(folder, commands)
        report("its commands print what is printed", [] if (code, said, errors) == (0, prints, "") else [f"exit status {code}", *said.splitlines(), *errors.splitlines()])
        made = sorted((folder / "out/perl").glob("*.pm"))
        wrong = [e for path in made for e in [run(folder, f"perl -w -c '{path}' 2>&1 | grep -v 'syntax OK'")[1]] if e]
        report(f"{len(made)} modules compile without a warning", wrong if len(made) > 10 else ["there are too few"])
        for vectors in ("hostile", "strings"):
            code, _, errors = run(folder, f"build/regen generate -c {VECTORS}/{vectors}.yaml -l perl -o {vectors}")
            made = sorted((folder / vectors / "perl").glob("*.pm"))
            wrong = [e for path in made for e in [run(folder, f"perl -w -c '{path}' 2>&1 | grep -v 'syntax OK'")[1]] if e]
            report(f"{vectors} texts are texts: {len(made)} modules", [f"exit status {code}", errors] if code else wrong if made else ["there are none"])
        code, _, errors = run(folder, "build/regen generate -l html")
        page = (folder / "out/html/index.html").read_text("utf-8") if code == 0 else errors
        report("the page has its identifiers", [] if "<b>Perl</b> <code>HttpStatus::NOT_FOUND</code>" in page else [page[:200]])
        # something that is not as printed is seen
        (folder / sorted(files)[1]).write_text(files[sorted(files)[1]].replace("{{text}}", "{{name}}"), "utf-8")
        report("another text would be seen", [] if run(folder, commands)[1] != prints else ["it was not"])
    print(f"1..{count}")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
