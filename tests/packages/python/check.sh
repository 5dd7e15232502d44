#!/bin/sh
# Whether out/python is a package as Python programmers expect it. Run from the root of the project after `make generate`; prints TAP.
set -u
unset PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME PYTHONWARNINGS
PIP_NO_INDEX=1
PIP_DISABLE_PIP_VERSION_CHECK=1
export PIP_NO_INDEX PIP_DISABLE_PIP_VERSION_CHECK
root=$PWD
build=$PWD/build/packages/python
package=$build/package
log=$build/log
tests=tests/packages/python
tools=$PWD/build/tools/python/bin
modules=$PWD/tests/node_modules
number=0
status=0

# check WHAT COMMAND...: whether the command succeeds
check() {
	what=$1
	shift
	number=$((number + 1))
	if "$@" >"$log" 2>&1; then
		echo "ok $number - $what"
	else
		echo "not ok $number - $what"
		sed -n '1,60s/^/# /p' "$log"
		status=1
	fi
}

skip() {
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2"
}

finish() {
	echo "1..$number"
	exit $status
}

not() {
	! "$@"
}

# interpreters: a line for each version of Python from 3.9 on that is there, the oldest first; those of pyenv are found where they are
interpreters() {
	for at in /usr/bin /usr/local/bin "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin; do
		for minor in 9 10 11 12 13 14 15; do
			if "$at/python3.$minor" -c pass 2>/dev/null; then
				echo "$minor $at/python3.$minor"
			fi
		done
	done | sort -n -u -k 1,1 | cut -d ' ' -f 2
}

# mypy FOLDER...: as the installed version of Python, in the strictest way
mypy() {
	"$tools/mypy" --strict --warn-unreachable --disallow-any-unimported --no-error-summary --cache-dir "$build/mypy" --config-file= "$@"
}

# pyright MINOR FOLDER: in the strictest way, for Python 3.MINOR
pyright() {
	printf '{"include": ["."], "typeCheckingMode": "strict", "pythonVersion": "3.%s", "pythonPlatform": "Linux"}' "$1" >"$2/pyrightconfig.json" &&
	(cd "$2" && node "$modules/pyright/index.js" --warnings -p . --pythonpath "$root/build/tools/python/bin/python")
	result=$?
	rm -f "$2/pyrightconfig.json"
	return $result
}

# lint FOLDER: with every rule but those that the package itself names, none of which any comment may switch off
lint() {
	! grep -rn 'noqa\|type: *ignore\|pyright: *ignore\|fmt: *o\|ruff:' "$1/src" &&
	(cd "$1" && "$tools/ruff" check --no-cache .)
}

formatted() {
	(cd "$1" && "$tools/ruff" format --no-cache --check .)
}

# What has reasons has one each: every rule that is left out would find something, in a package that has all kinds of texts.
needed() {
	sed -n '/^ignore = \[/,/^\]/s/^    "\([A-Z0-9]*\)".*/\1/p' "$package/pyproject.toml" >"$build/ignored" && test -s "$build/ignored" &&
	while read -r rule; do
		case $rule in
		COM812 | D203 | D213) continue ;;       # contradict others
		E741 | E743 | RUF002) continue ;;       # are found in registries that are made at random
		esac
		! "$tools/ruff" check -q --no-cache --isolated --target-version py39 --select "$rule" --preview "$package" "$build/hostile/python" "$build/strings/python" \
			"$build/types/python" >"$build/found" || { echo "$rule finds nothing"; return 1; }
	done <"$build/ignored"
}

old() {
	"$tools/vermin" -q --target=3.9- --violations --eval-annotations --no-parse-comments "$package/src" || "$tools/vermin" -q --target=3.9- --violations "$package/src"
}

# built FOLDER NAME: its wheel and source archive, in $build/built/NAME, without network or what is beside the folder; and the wheel of the archive
# has the same files
built() {
	rm -rf "$build/built/$2" && mkdir -p "$build/built/$2" &&
	"$tools/python" -m build -q --no-isolation --outdir "$build/built/$2/dist" "$1" &&
	mkdir "$build/built/$2/sdist" && tar -xzf "$build/built/$2"/dist/*.tar.gz -C "$build/built/$2/sdist" --strip-components=1 &&
	"$tools/python" -m build -q --no-isolation --wheel --outdir "$build/built/$2/again" "$build/built/$2/sdist" &&
	cmp "$build/built/$2"/dist/*.whl "$build/built/$2"/again/*.whl &&
	"$tools/python" - "$build/built/$2"/dist/*.whl "$1/src" <<-'END'
	import pathlib, sys, zipfile
	wheel, source = zipfile.ZipFile(sys.argv[1]), pathlib.Path(sys.argv[2])
	packed = {n for n in wheel.namelist() if ".dist-info/" not in n}
	there = {p.relative_to(source).as_posix() for p in source.rglob("*") if p.is_file() and p.suffix != ".pyc"}
	assert packed == there, packed ^ there
	assert all(wheel.read(n) == (source / n).read_bytes() for n in packed)
	assert any(n.endswith("/py.typed") for n in packed)
	END
}

# installed PYTHON NAME...: an environment of this interpreter, in $build/venv, with the wheels of these and nothing else
installed() {
	python=$1
	shift
	rm -rf "$build/venv" && "$python" -m venv "$build/venv" &&
	for name; do
		"$build/venv/bin/python" -m pip install -q --no-deps "$build/built/$name"/dist/*.whl || return 1
	done
}

# run FILE ARGUMENT...: in that environment, from a folder with nothing to import in it
run() {
	mkdir -p "$build/empty" && (cd "$build/empty" && "$build/venv/bin/python" -W error "$@")
}

# Types that are read from the installed package.
typed() {
	rm -rf "$build/consumer" && mkdir "$build/consumer" && cp $tests/uses.py $tests/matches.py "$build/consumer" &&
	(cd "$build/consumer" && mypy --python-executable "$build/venv/bin/python" . ) &&
	printf '{"include": ["."], "typeCheckingMode": "strict", "reportMissingModuleSource": false}' >"$build/consumer/pyrightconfig.json" &&
	(cd "$build/consumer" && node "$modules/pyright/index.js" --warnings -p . --pythonpath "$build/venv/bin/python") &&
	(cd "$build/empty" && PATH=$build/venv/bin:$PATH node "$modules/pyright/index.js" --verifytypes iana --ignoreexternal) >"$build/verified" &&
	cat "$build/verified" && grep -q '^Type completeness score: 100%' "$build/verified"
}

# Lines of wrong.py that a checker, whose report is on standard input, finds an error in.
lines() {
	sed -n 's/^[^:]*wrong\.py:\([0-9]*\):.* error.*/\1/p; s/^[^:]*wrong\.py:\([0-9]*\): error.*/\1/p' | sort -n -u
}

wrong() {
	rm -rf "$build/wrong" && mkdir "$build/wrong" && cp $tests/wrong.py "$build/wrong" && grep -n '# wrong' $tests/wrong.py | cut -d : -f 1 >"$build/marked" &&
	grep -n '# wrong$' $tests/wrong.py | cut -d : -f 1 >"$build/marked_twice" &&
	(cd "$build/wrong" && ! mypy --python-executable "$build/venv/bin/python" wrong.py >"$build/mypy.log" && lines <"$build/mypy.log" >"$build/mypy.lines") &&
	printf '{"include": ["."], "typeCheckingMode": "strict", "reportMissingModuleSource": false}' >"$build/wrong/pyrightconfig.json" &&
	(cd "$build/wrong" && ! node "$modules/pyright/index.js" -p . --pythonpath "$build/venv/bin/python" >"$build/pyright.log") &&
	lines <"$build/pyright.log" >"$build/pyright.lines" && cat "$build/mypy.log" "$build/pyright.log" &&
	diff "$build/marked" "$build/mypy.lines" && diff "$build/marked_twice" "$build/pyright.lines"
}

# Importing loads no table, and none of the modules that take long.
idle() {
	"$1" -I -S - "$package/src" <<-'END'
	import sys
	sys.path.insert(0, sys.argv[1])
	from iana import http_field, http_status
	assert http_status.NOT_FOUND == 404 and http_field.ACCEPT == "Accept"
	found = {"enum", "re", "typing", "warnings", "iana._http_status", "iana._reference", "iana.http_method"} & set(sys.modules)
	assert not found, found
	assert http_status.text(404) == "Not Found"
	assert "iana._http_status" in sys.modules and "iana._http_field" not in sys.modules
	assert "typing" not in sys.modules
	END
}

# everywhere: all of it with one interpreter, in an environment that has the packages
everywhere() {
	installed "$1" iana strings hostile &&
	run "$root/$tests/uses.py" &&
	{ ! "$1" -c 'import sys; sys.exit(sys.version_info < (3, 10))' || run "$root/$tests/matches.py"; } &&
	run "$root/$tests/consumer.py" "$root/build/vectors/vectors.tsv" iana &&
	run "$root/$tests/consumer.py" "$build/of_strings/vectors/vectors.tsv" strings &&
	run "$root/$tests/consumer.py" "$build/of_types/vectors/vectors.tsv" hostile &&
	idle "$1"
}

# warns FOLDER: whether a constant of hostile_pack there does
warns() {
	run - "$build/$1/src" <<-'END'
	import importlib, pathlib, sys, warnings
	sys.path.insert(0, sys.argv[1])
	with warnings.catch_warnings(record=True) as said:
	    warnings.simplefilter("always")
	    for path in pathlib.Path(sys.argv[1]).glob("*/[a-z]*.py"):
	        module = importlib.import_module(f"hostile_pack.{path.stem}")
	        assert all(getattr(module, name) == value for name, value in module.names().items())
	assert all(issubclass(w.category, DeprecationWarning) for w in said), said
	print(len(said), "warnings")
	sys.exit(not said)
	END
}

# A warning becomes an error that names the user's line; and one target has no marks.
deprecates() {
	not run -c 'from iana import http_status; http_status.PAYLOAD_TOO_LARGE' && not run -c 'from iana.http_status import PAYLOAD_TOO_LARGE' &&
	run -c 'from iana import http_status; http_status.CONTENT_TOO_LARGE' &&
	run -W always -c 'import iana.http_status as h; h.PAYLOAD_TOO_LARGE' 2>"$build/warned" && cat "$build/warned" &&
	grep -q '^<string>:1: DeprecationWarning: iana.http_status.PAYLOAD_TOO_LARGE is deprecated: use CONTENT_TOO_LARGE\.' "$build/warned" &&
	warns hostile/python && ! warns hostile/python_quiet && ! grep -rq '^ *Deprecated:' "$build/hostile/python_quiet/src"
}

# strict FOLDER: all that is asked of the shipped package
strict() {
	(cd "$1/src" && mypy .) && pyright 9 "$1" && lint "$1" && formatted "$1"
}

# As many entries as a u16 has: generated, imported and asked, in a second process from what was compiled.
many() {
	mkdir -p "$build/many" &&
	awk 'BEGIN {
		print "format: 1\npackage: {name: many}\nregistries:\n  - id: code\n    type: u16\n    fields: [{id: half, type: u16}]\n    entries:"
		for (i = 0; i < 65536; i++)
			printf "      - {value: %d, name: name_%d, text: Text %d, half: %d}\n", i, i, i, i / 2
	}' >"$build/many.yaml" &&
	build/regen generate -c "$build/many.yaml" -t templates -l python -o "$build/many" &&
	for _ in first second; do
		"$1" -c 'import sys
sys.path.insert(0, sys.argv[1])
from many import code
assert code.NAME_65535 == 65535
assert code.values() == tuple(range(65536))
assert all(code.text(i) == f"Text {i}" and code.name(i) == f"NAME_{i}" and code.from_name(f"NAME_{i}") == i and code.half(i) == i // 2 for i in range(65536))
assert code.text(65536) is None and code.half(-1) is None' "$build/many/python/src" || return 1
	done
	test "$(find "$build/many" -name '*.pyc' | wc -l)" -ge 3
}

if ! [ -x "$tools/mypy" ]; then
	skip "out/python is a package" "no build/tools/python: make setup-test"
	finish
fi
rm -rf "$build"
mkdir -p "$build"
cp -R out/python "$package" &&
build/regen generate -c tests/packages/vectors/strings.yaml -t templates -l python -o "$build/strings" >"$log" &&
build/regen generate -c tests/packages/vectors/strings.yaml -t tests/packages/vectors -o "$build/of_strings" >"$log" &&
build/regen generate -c tests/packages/vectors/hostile.yaml -t templates -l python -o "$build/types" >"$log" &&
build/regen generate -c tests/packages/vectors/hostile.yaml -t tests/packages/vectors -o "$build/of_types" >"$log" &&
build/regen generate -c tests/packages/rust/hostile.yaml -t templates -l python,python_quiet -o "$build/hostile" >"$log" || exit 1

check "mypy finds nothing in its strictest mode" mypy "$package/src"
if [ -f "$modules/pyright/index.js" ] && command -v node >/dev/null 2>&1; then
	check "pyright finds nothing in its strict mode, for Python 3.9" pyright 9 "$package"
	check "nor for Python 3.14" pyright 14 "$package"
else
	skip "pyright finds nothing" "no node, or no $modules/pyright: make setup-test"
fi
check "ruff finds nothing with all of its rules but those that the package gives reasons for" lint "$package"
check "ruff has nothing to format" formatted "$package"
check "each rule that is left out would find something" needed
check "vermin finds nothing that Python 3.9 has not" old
check "a wheel and a source archive are made without network, and hold the same" built "$package" iana
check "so are those of strings of all kinds" built "$build/strings/python" strings
check "and those of texts of all kinds" built "$build/types/python" hostile
# every version that is there; what 3.9 has not, where there is none, pyright and vermin find
interpreters >"$build/interpreters"
newest=$(tail -n 1 "$build/interpreters")
while read -r python; do
	check "with Python $("$python" -c 'import platform; print(platform.python_version())') the wheels say what the vectors do" everywhere "$python" </dev/null
done <"$build/interpreters"
if [ -f "$modules/pyright/index.js" ] && command -v node >/dev/null 2>&1; then
	check "type checkers find the types of what is installed" typed
	check "and they find what is wrong" wrong
else
	skip "type checkers find the types of what is installed" "no node, or no $modules/pyright: make setup-test"
fi
check "Python warns of a deprecated name where it is used, and that can be left out" deprecates
check "hostile texts are as clean" strict "$build/hostile/python"
check "and without marks of what is deprecated" strict "$build/hostile/python_quiet"
check "hostile strings are as clean" strict "$build/strings/python"
check "registries of every type are as clean" strict "$build/types/python"
check "a registry has as many entries as a u16 can have" many "$newest"
finish
