#!/bin/sh
# run.sh [CC] - how long lookups take in the C package and in other ways to do them: for registry.yaml's http_status, for IANA's service
# names and port numbers if they are there, and for a registry of 14,533 entries. Lines "c  what  contestant  ns  bytes"; bytes are those of
# code and tables, less what hsearch takes from malloc. How long gperf took to make its function is said, too; what it made is kept in
# build/bench/lookup/c: services take it 15 seconds, the last ones minutes.
set -eu
LC_ALL=C
export LC_ALL

cc=${1:-cc}
here=tests/bench/lookup/c
work=build/bench/lookup/c
flags='-std=c11 -O2'

# bytes OBJECT - of code and data.
bytes() {
	size "$1" | awk 'NR == 2 { print $1 + $2 + $3 }'
}

# race WHAT CONFIG REGISTRY - generate the package and the contestants, compile each alone, run.
race() {
	what=$1
	dir=$work/$what
	mkdir -p "$dir"
	sed '/^files:/d' "$2" >"$dir/config.yaml"
	cat >>"$dir/config.yaml" <<-END

		targets:
		  - {id: c, lang: c, registries: [$3]}
		  - {id: contestants, lang: contestants, registries: [$3]}
	END
	build/regen generate -c "$dir/config.yaml" -t templates -l c -o "$dir" >/dev/null
	build/regen generate -c "$dir/config.yaml" -t $here/templates -l contestants -o "$dir/others" >/dev/null
	others=$dir/others/contestants/$3
	if ! cmp -s "$others/names.gperf" "$dir/names.gperf" || [ ! -s "$dir/took" ]; then
		start=$(date +%s)
		gperf "$others/names.gperf" >"$dir/names.tmp"
		mv "$dir/names.tmp" "$dir/names.c"
		echo "$(($(date +%s) - start)) s" >"$dir/took"
		cp "$others/names.gperf" "$dir/names.gperf"
	fi
	echo "# $what: gperf, without options, made its function of $(grep -c ', ' "$dir/names.gperf") names in $(cat "$dir/took")"
	objects=
	sizes=
	for contestant in OURS_TEXT ARRAY_TEXT SWITCH_TEXT BSEARCH_TEXT OURS_PARSE GPERF_PARSE SWITCH_PARSE BSEARCH_PARSE HSEARCH_PARSE KNOWN; do
		# shellcheck disable=SC2086
		$cc $flags -w -D$contestant -I"$dir/c/include" -I"$dir" -I"$others" -c "$others/contestants.c" -o "$dir/$contestant.o"
		objects="$objects $dir/$contestant.o"
		[ $contestant = KNOWN ] || sizes="$sizes $(bytes "$dir/$contestant.o")"
	done
	# shellcheck disable=SC2086
	$cc $flags -D_POSIX_C_SOURCE=200809L -I"$others" $here/bench.c $objects -o "$dir/bench"
	# shellcheck disable=SC2086
	"$dir/bench" "$what" $sizes
}

mkdir -p "$work"
race http_status registry.yaml http_status
services=../shared/iana/service-names-port-numbers/2026-08-17.xml
if [ -f $services ]; then
	python3 tests/bench/services.py $services >"$work/services.yaml"
	race services "$work/services.yaml" service
else
	echo "# no $services"
fi
python3 tests/bench/registry.py 14533 >"$work/14533.yaml"
race 14533 "$work/14533.yaml" code
