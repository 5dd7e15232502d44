#!/bin/sh
# run.sh [GO] - time lookups in Go, ours beside an array, map literals, switch statements and net/http, with the registry of the project,
# with one of 14,533 entries, and with IANA's service names and port numbers if they are there. Run it from the project's root. Each line: go, what and among how many, who, the least nanoseconds of a lookup
# of random keys, and the bytes that a program grows by if it does that; package is the compiled package whole. The switch of thousands of
# names takes the compiler a minute and 2 GB of memory; what is built stays in build/bench/lookup/go.
set -eu

go=${1:-go}
here=tests/bench/lookup/go
root=$PWD
work=$root/build/bench/lookup/go
GOFLAGS=-mod=mod
GOTOOLCHAIN=local
GOPROXY=off
GOCACHE=$work/cache
LC_ALL=C
export GOFLAGS GOTOOLCHAIN GOPROXY GOCACHE LC_ALL

# put FILE DIR IMPORT [PACKAGE] - a program's source, with the packages that it imports.
put() {
	mkdir -p "$2"
	sed "s|\"BENCH|\"$3|;s|PACKAGE|${4:-}|" "$here/$1" >"$2/$1"
}

# bytes FILE - of a program, as it is in memory.
bytes() {
	size "$1" | awk 'NR == 2 { print $4 }'
}

# grown NAME WHAT WHO PACKAGE - print the bytes that a program grows by.
grown() {
	put "$2.go" "$work/module/$1/size/$2/$3" "$4"
	(cd "$work/module" && $go build -o "$work/size" "./$1/size/$2/$3")
	bytes "$work/size"
}

# race NAME REGISTRY PACKAGE LIBRARY FILES... - the lines for a registry. LIBRARY is the package that has net/http's texts, or nothing.
race() {
	name=$1 registry=$2 package=$3 library=$4
	shift 4
	dir=$work/module/$name
	rm -rf "$dir"
	mkdir -p "$dir"
	sed '/^files:/d' "$registry" >"$dir/registry.yaml"
	cat >>"$dir/registry.yaml" <<-END

		targets:
		  - {id: ours, lang: go, registries: [$name], options: {module: bench/$name/ours}}
		  - {id: rivals, lang: rivals, out: rivals, registries: [$name]}
	END
	build/regen generate -c "$dir/registry.yaml" -t "$work/templates" -o "$dir" >/dev/null
	rm "$dir/ours/go.mod"
	for file in measure.go "$@"; do
		put "$file" "$dir/measure" "bench/$name" "$package"
	done
	(
		cd "$work/module"
		$go build -o "$work/measure" "./$name/measure"
		$go build -o "$work/package.a" "./$name/ours/$package"
	)
	count=$(grep -c '^	"' "$dir/rivals/none/none.go")
	"$work/measure" | while read -r what who nanoseconds; do
		case $what:$who in
		*:ours) from=bench/$name/ours/$package ;;
		*:http.StatusText) from=$library ;;
		*) from=bench/$name/rivals/$who ;;
		esac
		kind=${what%%-*}
		bytes=$(($(grown "$name" "$kind" "$who" "$from") - $(grown "$name" "$kind" none "bench/$name/rivals/none")))
		printf 'go\t%s-%s\t%s\t%s\t%s\n' "$what" "$count" "$who" "$nanoseconds" "$bytes"
	done
	printf 'go\tpackage-%s\tours\t-\t%s\n' "$count" "$(($(wc -c <"$work/package.a")))"
}

mkdir -p "$work/module/library"
rm -rf "$work/templates"
mkdir -p "$work/templates"
cp -R templates/go $here/templates/rivals "$work/templates"
sed '/^outputs:/,$d' templates/go/lang.yaml | cat - $here/templates/rivals/outputs.yaml >"$work/templates/rivals/lang.yaml"
rm "$work/templates/rivals/outputs.yaml"
cp templates/go/module.mustache "$work/templates/rivals"
cp $here/library.go "$work/module/library"
printf 'module bench\n\ngo 1.18\n' >"$work/module/go.mod"
python3 tests/bench/registry.py 14533 >"$work/large.yaml"

race http_status registry.yaml httpstatus bench/library http.go
race code "$work/large.yaml" code '' nohttp.go
services=../shared/iana/service-names-port-numbers/2026-08-17.xml
if [ -f $services ]; then
	python3 tests/bench/services.py $services >"$work/services.yaml"
	race service "$work/services.yaml" service '' nohttp.go
else
	echo "# no $services"
fi
