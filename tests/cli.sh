#!/bin/sh
# The command line: options, exit status, standard input and output, the output folder. TAP on standard output.
# What is to be true stands in quotes and is evaluated by ok.
# shellcheck disable=SC2016
set -eu

regen=${REGEN:-build/regen}
work=tests/got/cli
number=0
failed=0

# ok WHAT COMMAND...: a line of TAP that says whether the command succeeded. What regen said is in $work/said.
ok() {
	what=$1
	shift
	number=$((number + 1))
	if "$@"; then
		echo "ok $number - $what"
	else
		failed=$((failed + 1))
		echo "not ok $number - $what"
		echo "# not true: $*"
		sed 's/^/# /' "$work/said" "$work/out" 2>/dev/null || :
	fi
}

# run ARGUMENT...: run regen; $status is its exit status, $work/out and $work/said what it wrote to its two outputs.
run() {
	status=0
	# REGEN holds words.
	# shellcheck disable=SC2086
	$regen "$@" >"$work/out" 2>"$work/said" || status=$?
}

# generate ARGUMENT...: generate from the registry and the templates of this test.
generate() {
	run generate -c "$work/registry.yaml" -t "$work/templates" -o "$work/tree" "$@"
}

is() { [ "$1" = "$2" ]; }
said() { grep -qF -e "$1" "$work/said"; }
printed() { grep -qF -e "$1" "$work/out"; }
silent() { [ ! -s "$work/said" ]; }
nothing() { [ ! -s "$work/said" ] && [ ! -s "$work/out" ]; }
holds() { [ "$(cat "$work/out")" = "$1" ]; }
not() { ! "$@"; }
exists() { [ -e "$1" ]; }
# edit SCRIPT FILE: sed in place.
edit() { sed "$1" "$2" >"$work/edited" && mv "$work/edited" "$2"; }
# The files of the output folder with their inodes, times and contents.
# shellcheck disable=SC2012
snapshot() { (cd "$work/tree" && ls -lid . && ls -lAiR && find . -type f -exec cksum {} +) >"$1"; }

rm -rf "$work"
mkdir -p "$work/templates/one" "$work/templates/two"
cat >"$work/registry.yaml" <<'END'
format: 1
package: {name: test}
registries:
  - {id: letters, type: u8, entries: [{value: 1, name: alpha, text: "<A>"}, {value: 2}]}
  - {id: digits, type: u64, entries: [{value: 18446744073709551615, name: last}]}
END
cat >"$work/templates/one/lang.yaml" <<'END'
identifiers: {entry: {constant: {case: pascal, scope: registry}}}
outputs: [{template: list, path: "deep/er/{{registry.id}}.txt", each: registry, escape: none}]
END
printf '{{#registry.entries}}\n{{value}}\n{{/registry.entries}}\n' >"$work/templates/one/list.mustache"
echo 'outputs: [{template: names, path: names.txt, each: package, escape: none}]' >"$work/templates/two/lang.yaml"
printf '{{#registries}}\n{{id}}\n{{/registries}}\n' >"$work/templates/two/names.mustache"

# help and version
for command in '' generate validate view render update; do
	for option in -h --help; do
		# shellcheck disable=SC2086
		run $command $option
		ok "regen $command $option: exit 0" is $status 0
		ok "regen $command $option: usage on standard output alone" eval 'printed "usage: regen $command" && silent'
	done
	# shellcheck disable=SC2086
	run $command --version
	ok "regen $command --version" eval 'is $status 0 && silent && grep -qx "regen [0-9][0-9.]*" "$work/out"'
done
run generate -c nowhere.yaml --help
ok 'help comes before any file is read' is $status 0
if [ -e /dev/full ]; then
	for option in --help --version 'generate --help'; do
		status=0
		# shellcheck disable=SC2086
		$regen $option >/dev/full 2>"$work/said" || status=$?
		ok "regen $option >/dev/full: exit 2, and says so" eval 'is $status 2 && said "standard output"'
	done
fi

# wrong command lines
run
ok 'no command: exit 2, usage on standard error' eval 'is $status 2 && said usage: && [ ! -s "$work/out" ]'
for arguments in frobnicate --frobnicate 'generate --frobnicate' 'generate -x' 'generate --strict' 'validate --check' \
	'view --prune' 'generate extra' 'generate -c' 'generate --output' 'generate --check=yes' 'generate -j' 'generate -j 0' 'generate -j two' 'generate -j -1' 'generate -j 2x' 'generate --jobs=' 'render' 'render one' \
	'render one two three' 'render -c x one two' 'generate -- -c' 'update' 'update -l one x' 'update --dry-run=yes x' \
	'update --report' 'update --add' 'update --check x'; do
	# shellcheck disable=SC2086
	run $arguments
	ok "regen $arguments: exit 2, with a reason" eval 'is $status 2 && [ -s "$work/said" ] && [ ! -s "$work/out" ]'
done
run frobnicate
ok 'an unknown command is named' said "'frobnicate'"
run generate --frobnicate
ok 'an unknown option is named, and where help is' eval "said \"'--frobnicate'\" && said 'regen generate --help'"

# files that are not there
for arguments in 'generate -c nowhere.yaml' 'validate -c nowhere.yaml' 'render nowhere.mustache nowhere.yaml'; do
	# shellcheck disable=SC2086
	run $arguments
	ok "regen $arguments: exit 2, the file is named" eval 'is $status 2 && said nowhere'
done
run validate -c "$work/registry.yaml" -t nowhere
ok 'no templates folder: exit 2' eval 'is $status 2 && said nowhere'
run validate -c "$work/registry.yaml" -t "$work/templates" --today yesterday
ok '--today takes a date: exit 2' eval 'is $status 2 && said yesterday'
run render "$work/registry.yaml" "$work/registry.yaml" --escape xml
ok '--escape takes html or none: exit 2' eval 'is $status 2 && said xml'

# options: short and long, joined and apart
run validate "-c$work/registry.yaml" "-t$work/templates"
ok '-cFILE -tDIR' eval 'is $status 0 && nothing'
run validate "--config=$work/registry.yaml" "--templates=$work/templates"
ok '--config=FILE --templates=DIR' eval 'is $status 0 && nothing'
run validate --config "$work/registry.yaml" --templates "$work/templates" --strict
ok '--config FILE --templates DIR' eval 'is $status 0 && nothing'

# standard input
run validate -c - -t "$work/templates" <"$work/registry.yaml"
ok '-c -: standard input' eval 'is $status 0 && nothing'
# shellcheck disable=SC2002
cat "$work/registry.yaml" | { run validate -c - -t "$work/templates"; echo "$status" >"$work/status"; }
ok '-c -: a pipe' is "$(cat "$work/status")" 0
echo 'format: 2' | { run validate -c - -t "$work/templates"; echo "$status" >"$work/status"; }
ok '-c -: errors name <stdin>' eval 'is "$(cat "$work/status")" 1 && said "<stdin>:1:9: error:"'

# view
for arguments in '-l one' '-l two' '-l one -r letters' '-l one -r digits'; do
	# shellcheck disable=SC2086
	run view -c "$work/registry.yaml" -t "$work/templates" $arguments
	ok "view $arguments: exit 0" eval 'is $status 0 && silent'
	ok "view $arguments: JSON whose scalars are strings and booleans, none empty" python3 - "$work/out" <<'END'
import json
import sys


def bad(value):
    if isinstance(value, dict):
        return any(bad(v) for v in value.values())
    if isinstance(value, list):
        return any(bad(v) for v in value)
    return not isinstance(value, bool) and not (isinstance(value, str) and value)


def once(pairs):
    assert len(dict(pairs)) == len(pairs), pairs
    return dict(pairs)


with open(sys.argv[1], encoding="utf-8") as f:
    view = json.load(f, object_pairs_hook=once)
sys.exit(bad(view) or not isinstance(view, dict) or "package" not in view)
END
done
run view -c "$work/registry.yaml" -t "$work/templates" -l one -r letters
ok 'view -r: the registry stands beside the registries' python3 -c 'import json, sys
v = json.load(open(sys.argv[1]))
sys.exit(v["registry"]["id"] != "letters" or len(v["registries"]) != 2
         or v["registries"][1]["entries"][0]["value"] != "18446744073709551615"
         or v["registry"]["entries"][1]["name"] is not False)' "$work/out"
run view -c "$work/registry.yaml" -t "$work/templates" -l two
ok 'view without -r: no registry' \
	python3 -c 'import json, sys; sys.exit("registry" in json.load(open(sys.argv[1])))' "$work/out"
for arguments in '' '-l one,two' '-l three' '-l one -r words'; do
	# shellcheck disable=SC2086
	run view -c "$work/registry.yaml" -t "$work/templates" $arguments
	ok "view $arguments: exit 2, with a reason, nothing printed" \
		eval 'is $status 2 && [ -s "$work/said" ] && [ ! -s "$work/out" ]'
done
if [ -e /dev/full ]; then
	status=0
	# shellcheck disable=SC2086
	$regen view -c "$work/registry.yaml" -t "$work/templates" -l one >/dev/full 2>"$work/said" || status=$?
	ok 'view >/dev/full: exit 2, and says so' eval 'is $status 2 && said "standard output"'
fi

# render
printf '{{x}} {{{x}}} {{y}}{{>part}}\n' >"$work/template"
printf '(part)' >"$work/part.mustache"
printf '{"x": "<&>\\"", "n": 1.10}\n' >"$work/data"
run render "$work/template" "$work/data"
ok 'render: HTML, lenient, partials beside the template' \
	eval "is \$status 0 && silent && holds '&lt;&amp;&gt;&quot; <&>\" (part)'"
run render --escape none "$work/template" "$work/data"
ok 'render --escape none' eval "is \$status 0 && holds '<&>\" <&>\" (part)'"
run render --strict "$work/template" "$work/data"
ok 'render --strict: exit 1, nothing printed' eval 'is $status 1 && said "unknown name" && [ ! -s "$work/out" ]'
mkdir -p "$work/parts"
printf '(other)' >"$work/parts/part.mustache"
run render "$work/template" "$work/data" -p "$work/parts" --escape=none
ok 'render -p' eval "is \$status 0 && holds '<&>\" <&>\" (other)'"
printf '{{n}}' | { run render - "$work/data"; echo "$status" >"$work/status"; }
ok 'render - DATA' eval 'is "$(cat "$work/status")" 0 && holds 1.10'
echo '{n: 2.50}' | { run render "$work/parts/part.mustache" -; echo "$status" >"$work/status"; }
ok 'render TEMPLATE -' eval 'is "$(cat "$work/status")" 0 && holds "(other)"'
printf '{{#a}}' | { run render - "$work/data"; echo "$status" >"$work/status"; }
ok 'render - DATA: errors name <stdin>' eval 'is "$(cat "$work/status")" 1 && said "<stdin>:1:1: error:"'
run render --strict -- "$work/parts/part.mustache" "$work/data"
ok 'render -- TEMPLATE DATA' eval 'is $status 0 && holds "(other)"'
if [ -e /dev/full ]; then
	status=0
	# shellcheck disable=SC2086
	$regen render "$work/template" "$work/data" >/dev/full 2>"$work/said" || status=$?
	ok 'render >/dev/full: exit 2' is $status 2
fi

# generate
generate
ok 'generate: exit 0, silent on standard error' eval 'is $status 0 && silent'
ok 'generate: says what it wrote' \
	eval 'printed "wrote $work/tree/one/deep/er/letters.txt" && is "$(wc -l <"$work/out")" 3'
ok 'generate: the files' is "$(cd "$work/tree" && find . -type f | sort | tr '\n' ' ')" \
	'./.regen ./one/deep/er/digits.txt ./one/deep/er/letters.txt ./two/names.txt '
ok 'generate: what is in one' eval '[ "$(cat "$work/tree/one/deep/er/letters.txt")" = "$(printf "1\n2")" ]'
if command -v sha256sum >/dev/null; then
	ok '.regen is for sha256sum -c' eval '(cd "$work/tree" && sha256sum --strict -c .regen) >"$work/out" 2>"$work/said"'
	ok '.regen lists them all' is "$(grep -c ': OK' "$work/out")" 3
else
	ok '.regen is for sha256sum -c # SKIP no sha256sum' true
fi
snapshot "$work/before"
sleep 1
generate
snapshot "$work/after"
ok 'generate again: nothing said, no file touched' eval 'is $status 0 && nothing && cmp -s "$work/before" "$work/after"'
generate --check
ok '--check: exit 0, silent' eval 'is $status 0 && nothing'
generate --check --diff
ok '--check --diff: exit 0, silent' eval 'is $status 0 && nothing'

# a name for a language that is not there
sed 's/name: alpha,/name: alpha, names: {oen: X, three: Y},/' "$work/registry.yaml" >"$work/mistyped.yaml"
run generate -c "$work/mistyped.yaml" -t "$work/templates" -o "$work/tree"
snapshot "$work/after"
ok 'generate: a language that is mistyped gets a warning, and all is generated' \
	eval "is \$status 0 && said \"warning: unknown language 'oen'; did you mean 'one'?\" && cmp -s '$work/before' '$work/after'"
ok 'generate: a language that is like none gets none' is "$(grep -c warning "$work/said")" 1

# stale
edit 's/value: 2}/value: 3}/' "$work/registry.yaml"
snapshot "$work/before"
generate --check
ok '--check: stale, exit 1' eval 'is $status 1 && said "one/deep/er/letters.txt: stale"'
ok '--check: only what is stale' eval 'is "$(wc -l <"$work/said")" 1'
generate --check --diff
snapshot "$work/after"
ok '--check --diff: a diff on standard output' eval 'is $status 1 && printed "-2" && printed "+3"'
ok '--check: nothing is written' cmp -s "$work/before" "$work/after"
if command -v patch >/dev/null; then
	cp -R "$work/tree" "$work/patched"
	(cd "$work" && sed "s,$work/tree,patched," out >patch.diff && patch -s -p0 <patch.diff) >"$work/said" 2>&1 || :
	generate
	ok '--diff is for patch(1)' eval 'diff -r -x .regen "$work/tree" "$work/patched" >"$work/said" 2>&1'
else
	generate
	ok '--diff is for patch(1) # SKIP no patch' true
fi
ok 'generate: only what changed is written' eval 'is $status 0 && is "$(wc -l <"$work/out")" 1 && printed letters.txt'
generate --check
ok 'then it is current' eval 'is $status 0 && nothing'

# edited by hand, missing
echo more >>"$work/tree/two/names.txt"
rm "$work/tree/one/deep/er/digits.txt"
generate --check
ok '--check: edited by hand' eval 'is $status 1 && said "two/names.txt: edited by hand"'
ok '--check: missing' said 'one/deep/er/digits.txt: missing'
ok '--check: each once' is "$(wc -l <"$work/said")" 2
generate --check -l one
ok '--check -l: only that target' eval 'is $status 1 && is "$(wc -l <"$work/said")" 1 && said missing'
generate -l two
ok 'generate -l: only that target' \
	eval 'is $status 0 && is "$(wc -l <"$work/out")" 1 && not exists "$work/tree/one/deep/er/digits.txt"'
ok 'generate -l: the others stay listed' grep -q 'one/deep/er/digits.txt' "$work/tree/.regen"
generate -l one,two
ok 'generate -l ID,ID' eval 'is $status 0 && exists "$work/tree/one/deep/er/digits.txt"'
generate -l three
ok 'generate -l: an unknown target, exit 2' eval 'is $status 2 && said three'

# side by side: as if one target had been rendered after the other
sed 's/value: 3}/value: 5}/; s/id: digits/id: numbers/' "$work/registry.yaml" >"$work/other.yaml"
for jobs in 1 2 9 99999999999999999999999; do
	rm -rf "$work/apart"
	cp -R "$work/tree" "$work/apart"
	{
		for option in --check '--check --diff' '--diff --prune' --check; do
			# shellcheck disable=SC2086
			run generate -c "$work/other.yaml" -t "$work/templates" -o "$work/apart" -j $jobs $option
			echo "$option: $status"
			cat "$work/out" "$work/said"
		done
		(cd "$work/apart" && find . -type f | sort | xargs cksum)
	} >"$work/said.$jobs"
	ok "generate -j $jobs: the same files, and the same is said" cmp "$work/said.1" "$work/said.$jobs"
done
ok 'that says of both targets' eval 'grep -q "one/.*stale" "$work/said.1" && grep -q "two/.*stale" "$work/said.1"'
mkdir -p "$work/broken/one" "$work/broken/two"
cp "$work/templates/one/"* "$work/broken/one"
cp "$work/templates/two/"* "$work/broken/two"
echo '{{nothing}}' >>"$work/broken/two/names.mustache"
cp -R "$work/broken/two" "$work/broken/three"
snapshot "$work/before"
for jobs in 1 2 9; do
	run generate -c "$work/registry.yaml" -t "$work/broken" -o "$work/tree" -j $jobs
	cp "$work/said" "$work/said.$jobs"
	ok "generate -j $jobs, a template that fails: exit 1, told once" \
		eval 'is $status 1 && is "$(grep -c error: "$work/said")" 1 && cmp "$work/said.1" "$work/said.$jobs"'
done
snapshot "$work/after"
ok 'a template that fails: nothing is written' cmp -s "$work/before" "$work/after"
rm "$work/tree/.regen"
generate --check
ok '--check: without .regen, exit 1' eval 'is $status 1 && said .regen'
generate
echo '# x' >>"$work/tree/.regen"
generate --check
ok '--check: .regen edited, exit 1' eval 'is $status 1 && said "$work/tree/.regen: edited by hand"'
generate
generate --check
ok 'generate mends .regen' eval 'is $status 0 && nothing'

# orphaned
rm -rf "$work/tree"
generate
edit '/digits/d' "$work/registry.yaml"
echo mine >"$work/tree/one/deep/er/mine.txt"
generate --check
ok '--check: orphaned, exit 1' eval 'is $status 1 && said "one/deep/er/digits.txt: no longer generated"'
generate
ok 'without --prune an orphan is named and stays' \
	eval 'is $status 0 && said "--prune" && exists "$work/tree/one/deep/er/digits.txt"'
echo edited >>"$work/tree/one/deep/er/digits.txt"
generate --prune
ok '--prune: what was edited by hand stays' eval 'said "edited by hand" && exists "$work/tree/one/deep/er/digits.txt"'
echo 18446744073709551615 >"$work/tree/one/deep/er/digits.txt"
generate --check --prune
ok '--check --prune removes nothing' eval 'is $status 1 && exists "$work/tree/one/deep/er/digits.txt"'
generate --prune
ok '--prune: what regen wrote goes, and is named' \
	eval 'is $status 0 && printed "removed $work/tree/one/deep/er/d" && not exists "$work/tree/one/deep/er/digits.txt"'
ok '--prune: what regen did not write stays' exists "$work/tree/one/deep/er/mine.txt"
generate --check
ok '--prune: then it is current' eval 'is $status 0 && nothing'
rm "$work/tree/one/deep/er/mine.txt"
rm -rf "$work/templates/one"
generate --prune
ok '--prune: a whole target, with the folders that are left empty' \
	eval 'is $status 0 && not exists "$work/tree/one" && exists "$work/tree/two/names.txt"'
printf '%064d  ../registry.yaml\n%064d  /etc/hostname\n' 0 0 >>"$work/tree/.regen"
generate --prune
ok '--prune: nothing outside the output folder' exists "$work/registry.yaml"

# what a failed run leaves
generate
snapshot "$work/before"
printf '{{#registries}}\n{{idd}}\n{{/registries}}\n' >"$work/templates/two/names.mustache"
generate
snapshot "$work/after"
ok 'a failed run changes nothing' eval 'is $status 1 && cmp -s "$work/before" "$work/after"'
printf '{{#registries}}\n{{id}}\n{{/registries}}\n' >"$work/templates/two/names.mustache"
rm -rf "$work/tree"
mkdir "$work/elsewhere"
mkdir "$work/tree"
ln -s ../elsewhere "$work/tree/two"
generate
ok 'nothing is written through a symbolic link' eval 'is $status 2 && not exists "$work/elsewhere/names.txt"'
rm "$work/tree/two"
mkdir -p "$work/tree/two/names.txt"
generate
ok 'a folder where a file belongs: exit 2' eval 'is $status 2 && said names.txt'
rm -rf "$work/tree"
echo file >"$work/tree"
generate
ok 'a file for the output folder: exit 2' eval 'is $status 2 && is "$(cat "$work/tree")" file'
rm "$work/tree"
printf 'format: 2\n' >"$work/registry.yaml"
generate
ok 'a wrong registry: exit 1, no output folder' eval 'is $status 1 && not exists "$work/tree"'

# update
mkdir -p "$work/merge"
cat >"$work/merge/codes.yaml" <<'END'
format: 1
registries:
  - id: codes
    type: u8
    source: {iana: test-parameters/codes}
    entries:
      - {value: 1, name: one, text: One} # the first
END
# xml TEXT: IANA's file, with this as the text of 1.
xml() {
	cat <<END
<?xml version='1.0' encoding='UTF-8'?>
<registry xmlns="http://www.iana.org/assignments" id="test-parameters">
<updated>2020-01-01</updated>
<registry id="codes"><title>Codes</title>
<record><value>1</value><description>$1</description></record>
<record><value>2</value><description>Two</description></record>
</registry>
<registry id="others"><title>Others</title>
<record><value>a</value><description>A</description></record>
</registry>
</registry>
END
}
xml One >"$work/merge/one.xml"
xml Won >"$work/merge/won.xml"
xml Uno >"$work/merge/uno.xml"
merge() { run update -c "$work/merge/codes.yaml" -t "$work/templates" "$@"; }
# What is in the folder, with inodes and times.
# shellcheck disable=SC2012
state() { (cd "$work/merge" && ls -lai && cat ./*) >"$work/$1"; }
state before
merge --dry-run "$work/merge/one.xml"
state after
ok 'update --dry-run: a diff on standard output, the report on standard error, nothing changed' \
	eval 'is $status 0 && printed "+      - {value: 2, name: two, text: Two}" && said "1 added" && cmp -s "$work/before" "$work/after"'
merge "$work/merge/one.xml"
ok 'update: exit 0, the report on standard output' eval 'is $status 0 && silent && printed "1 added"'
ok 'update: what was there stays' grep -qxF '      - {value: 1, name: one, text: One} # the first' "$work/merge/codes.yaml"
ok 'update: the lock stands beside the registry' exists "$work/merge/codes.lock"
ok 'update: nothing else' is "$(cd "$work/merge" && echo ./*)" './codes.lock ./codes.yaml ./one.xml ./uno.xml ./won.xml'
state before
sleep 1
merge "$work/merge/one.xml"
state after
ok 'update again: nothing has changed' eval 'is $status 0 && printed "nothing has changed" && cmp -s "$work/before" "$work/after"'
merge - <"$work/merge/one.xml"
ok 'update -: standard input' eval 'is $status 0 && printed "nothing has changed"'
printf 'Value,Description\n1,One\n2,Two\n' | { merge test-parameters/codes=-; echo "$status" >"$work/status"; }
ok 'update GROUP/REGISTRY=-: a CSV' eval 'is "$(cat "$work/status")" 0 && printed "nothing has changed"'
merge test-parameters/codes="$work/merge/one.xml"
ok 'update GROUP/REGISTRY=FILE: XML' eval 'is $status 0 && printed "nothing has changed"'
merge - test-parameters/codes=- </dev/null
ok 'update - -: exit 2' eval 'is $status 2 && said "standard input"'
merge "$work/merge/one.xml" "$work/merge/one.xml"
ok 'update: two sources of one registry, exit 1' eval 'is $status 1 && said "two sources"'
merge "$work/merge/nowhere.xml"
ok 'update: a source that is not there, exit 2' eval 'is $status 2 && said nowhere.xml'
merge "$work/registry.yaml"
ok 'update: what is not XML, exit 1' eval 'is $status 1 && said "not XML"'
run update -c - "$work/merge/one.xml" </dev/null
ok 'update -c -: exit 2' eval 'is $status 2 && said "standard input"'
merge --report xml "$work/merge/one.xml"
ok 'update --report: text, markdown or json' eval 'is $status 2 && said xml'
merge --report json "$work/merge/one.xml"
ok 'update --report json: JSON' python3 -m json.tool "$work/out" /dev/null
edit 's/text: One}/text: Mine}/' "$work/merge/codes.yaml"
merge --strict "$work/merge/one.xml"
ok 'update --strict: what a person changed is no matter' is $status 0
merge --dry-run --strict "$work/merge/won.xml"
ok 'update --strict: exit 1 if something is kept against IANA' eval 'is $status 1 && said "1 kept against IANA"'
merge "$work/merge/won.xml"
ok 'update: what is kept is said' eval 'is $status 0 && printed "1 kept against IANA" && printed "1  text  Mine  Won"'
merge --strict "$work/merge/won.xml"
ok 'update: what is kept is said once' eval 'is $status 0 && printed "nothing has changed"'
ln -s merge/codes.yaml "$work/link.yaml"
ln -s merge/codes.lock "$work/link.lock"
chmod 640 "$work/merge/codes.yaml"
edit 's/text: Mine}/text: Won}/' "$work/merge/codes.yaml"
chmod 640 "$work/merge/codes.yaml"
run update -c "$work/link.yaml" -t "$work/templates" "$work/merge/uno.xml"
ok 'update: a link is followed' eval 'is $status 0 && [ -L "$work/link.yaml" ] && [ -L "$work/link.lock" ] && grep -q Uno "$work/merge/codes.yaml"'
# shellcheck disable=SC2012
ok 'update: the mode stays' is "$(ls -l "$work/merge/codes.yaml" | cut -c 1-10)" '-rw-r-----'
edit 's/test-parameters/other-parameters/' "$work/merge/codes.yaml"
state before
merge "$work/merge/one.xml"
state after
ok "update: none of the project's registries: what there is is named, nothing changed" \
	eval 'is $status 1 && said "it holds test-parameters/codes, test-parameters/others" && cmp -s "$work/before" "$work/after"'
edit 's,other-parameters/codes,test-parameters/none,' "$work/merge/codes.yaml"
merge "$work/merge/one.xml"
ok 'update: a group without the registry: exit 1' eval 'is $status 1 && said "has no registry" && said test-parameters/none'
merge --add test-parameters/codes "$work/merge/one.xml"
ok 'update --add: the id is another if it is taken' eval 'is $status 0 && is "$(grep -c "  - id: test_parameters_codes" "$work/merge/codes.yaml")" 1'
merge --add test-parameters/codes "$work/merge/one.xml"
ok 'update --add: exit 1 if it is there' eval 'is $status 1 && said "in the project already"'
merge --add test-parameters/none2 "$work/merge/one.xml"
ok 'update --add: exit 1 if it is not in the source' eval 'is $status 1 && said "it holds"'
run update -c "$work/merge/new.yaml" -t "$work/templates" --dry-run --add test-parameters/codes "$work/merge/one.xml"
ok 'update --add --dry-run: no file is made' eval 'is $status 0 && printed "/dev/null" && not exists "$work/merge/new.yaml"'
run update -c "$work/merge/new.yaml" -t "$work/templates" --add test-parameters/codes "$work/merge/one.xml"
ok 'update --add: the file is made' eval 'is $status 0 && exists "$work/merge/new.yaml" && exists "$work/merge/new.lock"'
run validate -c "$work/merge/new.yaml" -t "$work/templates"
ok 'update --add: it is valid' eval 'is $status 0 && nothing'

echo "1..$number"
[ "$failed" -eq 0 ]
