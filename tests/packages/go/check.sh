#!/bin/sh
# check.sh - the Go module with every Go and linter that is here. Run it from the project's root after `make generate`; it prints TAP
# and exits 1 if a test fails. What it builds is in build/packages/go; nothing is downloaded.
set -u
LC_ALL=C
GOFLAGS=-mod=mod
GOTOOLCHAIN=local
GOPROXY=off
GOCACHE=$PWD/build/packages/go/cache
export LC_ALL GOFLAGS GOTOOLCHAIN GOPROXY GOCACHE

here=tests/packages/go
out=out/go
regen=build/regen
work=build/packages/go
count=0
failed=0

# run NAME COMMAND... - one test: the command succeeds.
run() {
	name=$1
	shift
	count=$((count + 1))
	if "$@" >"$work/log" 2>&1; then
		echo "ok $count - go: $name"
	else
		failed=$((failed + 1))
		echo "not ok $count - go: $name"
		sed -n '1,40s/^/# /p' "$work/log"
	fi
}

skip() {
	count=$((count + 1))
	echo "ok $count - go: $1 # SKIP $2"
}

has() {
	command -v "$1" >/dev/null 2>&1
}

# silent COMMAND... - the command succeeds and says nothing.
silent() {
	said=$("$@" 2>&1)
	code=$?
	printf '%s' "$said"
	[ $code -eq 0 ] && [ -z "$said" ]
}

# inside DIR COMMAND... - the command in a folder.
inside() {
	(cd "$1" && shift && "$@")
}

path() {
	sed -n 's/^module //p' "$1/go.mod"
}

# module DIR PACKAGE FILE... - a module in DIR that depends on the generated one in PACKAGE.
module() {
	dir=$1
	package=$2
	shift 2
	rm -rf "$dir"
	mkdir -p "$dir"
	for file in "$@"; do
		sed "s|\"MODULE|\"$(path "$package")|" "$file" >"$dir/$(basename "$file")"
	done
	printf 'module consumer\n\ngo 1.18\n\nrequire %s v0.0.0\n\nreplace %s => %s\n' "$(path "$package")" "$(path "$package")" "$PWD/$package" \
		>"$dir/go.mod"
}

# consumer GO REGISTRIES PACKAGE VECTORS - the hand-written consumer agrees with the vectors.
consumer() {
	module "$work/consumer" "$3" $here/main.go $here/adapt.go
	sed "s|\"MODULE|\"$(path "$3")|" "$2" >"$work/consumer/registries.go"
	inside "$work/consumer" "$1" vet . && inside "$work/consumer" "$1" run . "$PWD/$4"
}

# allocations GO - no function of the surface allocates.
allocations() {
	module "$work/allocations" $out $here/allocations.go
	mv "$work/allocations/allocations.go" "$work/allocations/allocations_test.go"
	inside "$work/allocations" "$1" test .
}

# initialisers GO - a program that uses one function has nothing to do for the package when it starts, and no table it does not need.
initialisers() {
	module "$work/start" $out $here/start.go
	inside "$work/start" "$1" build -o start . && inside "$work/start" "$1" tool nm start >"$work/symbols" &&
		grep -F /httpstatus.textOf "$work/symbols" && ! grep -E '/httpstatus[a-z]*[.](init|factsOf)' "$work/symbols"
}

# readme GO - the programs in the package's README.
readme() {
	rm -rf "$work/readme"
	mkdir -p "$work/readme"
	awk -v dir="$work/readme" '/^```go$/ { n++; on = 1; next } /^```$/ { on = 0 } on { print >(dir "/" n ".go") }' $out/README.md
	for program in "$work"/readme/*.go; do
		module "$work/program" $out "$program"
		inside "$work/program" "$1" vet . && inside "$work/program" "$1" run . >/dev/null || return 1
	done
}

# suite GO LABEL PACKAGE
suite() {
	run "$2: go vet" silent inside "$3" "$1" vet ./...
	run "$2: go test" inside "$3" "$1" test ./...
	run "$2: 32 bits" env GOARCH=386 sh -c "cd $3 && $1 build ./..."
}

# options - a module path of one's own, and no deprecations.
options() {
	rm -rf "$work/options"
	mkdir -p "$work/options"
	cp tests/packages/vectors/hostile.yaml "$work/options"
	printf 'targets:\n  - {id: plain, lang: go, out: plain, options: {module: example.com/plain, deprecation: false}}\n' \
		>>"$work/options/hostile.yaml"
	$regen generate -c "$work/options/hostile.yaml" -t templates -o "$work/options" && grep -x 'module example.com/plain' \
		"$work/options/plain/go.mod" && ! grep -r '// Deprecated:' "$work/options/plain"
}

if [ ! -f $out/go.mod ]; then
	echo "1..0 # SKIP no $out: make generate"
	exit 1
fi
mkdir -p $work

if [ -x $regen ]; then
	run 'vectors of registry.yaml' $regen generate -t tests/packages/vectors -o build
	run 'vectors of hostile.yaml' $regen generate -c tests/packages/vectors/hostile.yaml -t tests/packages/vectors -o build/hostile/vectors
	run 'module of hostile.yaml' $regen generate -c tests/packages/vectors/hostile.yaml -l go -o build/hostile
	run 'options' options
else
	skip 'vectors, hostile.yaml, options' "no $regen"
fi

found=
for go in go /usr/lib/go-1.19/bin/go; do
	if ! has $go; then
		skip "$go" "no $go"
		continue
	fi
	found=$go
	label=$($go env GOVERSION)
	gofmt=$($go env GOROOT)/bin/gofmt
	[ -x "$gofmt" ] || gofmt=gofmt
	for package in $out build/hostile/go; do
		[ -d "$package" ] || continue
		run "$label: gofmt $package" silent "$gofmt" -l -d "$package"
		suite $go "$label: $package" "$package"
	done
	run "$label: gofmt of the consumer" silent "$gofmt" -l -d $here
	if [ -f build/vectors/vectors.tsv ]; then
		run "$label: agrees with the vectors" consumer $go $here/registries.go $out build/vectors/vectors.tsv
	fi
	if [ -f build/hostile/vectors/vectors/vectors.tsv ]; then
		run "$label: hostile texts agree with the vectors" consumer $go $here/hostile.go build/hostile/go \
			build/hostile/vectors/vectors/vectors.tsv
	fi
	run "$label: no allocations" allocations $go
	run "$label: nothing to initialise" initialisers $go
	run "$label: the programs in README.md" readme $go
done
if [ -z "$found" ]; then
	skip 'all of Go' 'no go'
elif has staticcheck || has go-staticcheck; then
	# Debian's is called go-staticcheck and reads what Debian's Go compiles
	staticcheck=staticcheck
	has staticcheck || staticcheck="env PATH=$(echo /usr/lib/go-*/bin):$PATH go-staticcheck"
	# shellcheck disable=SC2086
	run "staticcheck -checks all $out" silent inside $out $staticcheck -checks all ./...
	if [ -d build/hostile/go ]; then
		# shellcheck disable=SC2086
		run 'staticcheck -checks all build/hostile/go' silent inside build/hostile/go $staticcheck -checks all ./...
	fi
else
	skip staticcheck 'no staticcheck'
fi

echo "1..$count"
[ $failed -eq 0 ]
