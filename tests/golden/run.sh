#!/bin/sh
# run.sh [--bless] - generate from every NAME/registry.yaml and compare with NAME/want, file by file and byte by byte.
# TAP on standard output. Templates are NAME/templates, else templates here; NAME/args are further arguments. What was
# got stays in tests/got/golden; --bless makes it what is wanted.
set -eu

regen=${REGEN:-build/regen}
here=tests/golden
got=tests/got/golden
number=0
failed=0

# report STATUS NAME FILE: a line of TAP; FILE holds what went wrong.
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

# generate NAME ARGUMENT...: what the case makes goes to its folder in $got, what is said to NAME.log.
generate() {
	name=$1
	shift
	templates=$here/$name/templates
	[ -d "$templates" ] || templates=$here/templates
	more=
	[ ! -f "$here/$name/args" ] || more=$(cat "$here/$name/args")
	# REGEN and args hold words.
	# shellcheck disable=SC2086
	$regen generate -c "$here/$name/registry.yaml" -t "$templates" -o "$got/$name" $more "$@" >"$got/$name.log" 2>&1
}

rm -rf "$got"
mkdir -p "$got"
for registry in "$here"/*/registry.yaml; do
	name=$(basename "$(dirname "$registry")")
	status=0
	generate "$name" || status=$?
	if [ "$status" -eq 0 ] && [ "${1:-}" = --bless ]; then
		rm -rf "$here/$name/want"
		cp -R "$got/$name" "$here/$name/want"
	fi
	[ "$status" -ne 0 ] || diff -ru "$here/$name/want" "$got/$name" >"$got/$name.log" 2>&1 || status=$?
	report "$status" "$name" "$got/$name.log"
	[ "$status" -eq 0 ] || continue

	# What has been generated is current, and stays as it is.
	generate "$name" --check --diff || status=$?
	[ ! -s "$got/$name.log" ] || status=1
	report "$status" "$name: current" "$got/$name.log"
	status=0
	generate "$name" --prune || status=$?
	[ ! -s "$got/$name.log" ] || status=1
	report "$status" "$name: nothing to write" "$got/$name.log"
done
echo "1..$number"
[ "$failed" -eq 0 ]
