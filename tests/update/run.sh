#!/bin/sh
# run.sh [--bless] - in a copy of every NAME/registry.yaml run `regen update` with each line of NAME/steps, one after the
# other, and compare with NAME/want: N.txt, N.md and N.json are the reports of step N, N.diff is what --dry-run prints,
# N.said what went wrong with the exit status; the registry's files and the lock are as the last step leaves them. A step
# that is done again changes nothing. TAP on standard output. What was got stays in tests/got/update; --bless makes it
# what is wanted.
set -eu

regen=${REGEN:-build/regen}
# REGEN holds words; the program is the last
case $regen in
/*) ;;
*) regen=$(echo "$regen" | sed "s,[^ ]*\$,$PWD/&,") ;;
esac
here=$PWD/tests/update
got=$PWD/tests/got/update
number=0
failed=0

# report STATUS WHAT FILE: a line of TAP; FILE holds what went wrong.
report() {
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number - $2"
		return
	fi
	failed=$((failed + 1))
	echo "not ok $number - $2"
	sed 's/^/# /' "$3"
}

# update ARGUMENT...: in the copy of the case.
update() {
	# shellcheck disable=SC2086
	(cd "$work" && $regen update -t "$here/templates" "$@")
}

# The files with their inodes, times and contents.
# shellcheck disable=SC2012
snapshot() { (cd "$work" && ls -laiR && find . -type f -exec cksum {} +); }

rm -rf "$got"
mkdir -p "$got"
for registry in "$here"/*/registry.yaml; do
	name=$(basename "$(dirname "$registry")")
	work=$got/$name/work
	out=$got/$name/want
	mkdir -p "$got/$name" "$out"
	cp -R "$here/$name" "$work"
	rm -rf "$work/want"
	step=0
	while read -r arguments; do
		step=$((step + 1))
		# the arguments are words
		# shellcheck disable=SC2086
		{
			snapshot >"$got/before"
			update --dry-run --report markdown $arguments >"$out/$step.diff" 2>"$out/$step.md" || :
			update --dry-run --report json $arguments 2>"$out/$step.json" >/dev/null || :
			snapshot >"$got/after"
			status=0
			cmp "$got/before" "$got/after" >"$got/log" 2>&1 || status=1
			report "$status" "$name: step $step: --dry-run changes nothing" "$got/log"
			status=0
			update $arguments >"$out/$step.txt" 2>"$out/$step.said" || status=$?
			echo "exit status $status" >>"$out/$step.said"
			snapshot >"$got/before"
			update $arguments >"$got/log" 2>&1 || :
			snapshot >"$got/after"
			status=0
			diff "$got/before" "$got/after" >>"$got/log" 2>&1 || status=1
			report "$status" "$name: step $step again changes nothing" "$got/log"
		}
	done <"$here/$name/steps"
	mkdir "$out/files"
	(cd "$work" && find . -type f ! -name '*.xml' ! -name '*.csv' ! -name steps | tar -cf - -T -) | (cd "$out/files" && tar -xf -)
	status=0
	if [ "${1:-}" = --bless ]; then
		rm -rf "$here/$name/want"
		cp -R "$out" "$here/$name/want"
	fi
	diff -ru "$here/$name/want" "$out" >"$got/log" 2>&1 || status=1
	report "$status" "$name" "$got/log"
done
echo "1..$number"
[ "$failed" -eq 0 ]
