#!/bin/sh
# check.sh - the Go module with every Go and linter that is here. Run it from the project's root after `make generate`; it prints TAP
# and exits 1 if a test fails. What it builds is in build/packages/go; nothing is downloaded.
set -u
LC_ALL=C
GOFLAGS=-mod=mod
GOTOOLCHAIN=local
GOPROXY=off
GOCACHE=$PWD/build/packages/go/cache
GOLANGCI_LINT_CACHE=$PWD/build/packages/go/lint
export LC_ALL GOFLAGS GOTOOLCHAIN GOPROXY GOCACHE GOLANGCI_LINT_CACHE

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
		echo >>"$work/log" # some tools end without a line break
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

adaptors=$work/adaptors/registries/registries.go

# consumer GO REGISTRIES PACKAGE VECTORS - the hand-written consumer agrees with the vectors.
consumer() {
	module "$work/consumer" "$3" $here/main.go $here/adapt.go
	sed "s|\"MODULE|\"$(path "$3")|" "$2" >"$work/consumer/registries.go"
	inside "$work/consumer" "$1" vet . && inside "$work/consumer" "$1" run . "$PWD/$4"
}

# surface GO - what every use of the package relies on: nothing allocates, any code will do, no name is lost.
surface() {
	module "$work/surface" $out $here/surface.go $here/range.go
	mv "$work/surface/surface.go" "$work/surface/surface_test.go"
	mv "$work/surface/range.go" "$work/surface/range_test.go"
	inside "$work/surface" "$1" vet . && inside "$work/surface" "$1" test .
}

# initialisers GO - a program that uses one function has no table that it does not need for that.
initialisers() {
	module "$work/start" $out $here/start.go
	inside "$work/start" "$1" build -o start . && inside "$work/start" "$1" tool nm start >"$work/symbols" &&
		grep -F /httpstatus.textStarts "$work/symbols" &&
		! grep -E '/httpstatus[.](init|nameStarts|nameSlots|factsTable|rowDescriptions|allReferences|allFormerReferences)' "$work/symbols"
}

# started GO PACKAGE - a program that uses all functions of all packages has nothing to do for them when it starts: no function that
# initialises, and no variable that one would have to fill.
started() {
	inside "$work/consumer" "$1" build -o consumer . && inside "$work/consumer" "$1" tool nm consumer >"$work/symbols" &&
		grep -F "$(path "$2")/" "$work/symbols" | grep -F .factsTable && ! grep -F "$(path "$2")" "$work/symbols" | grep -E '[.]init|map[.]| [Bb] '
}

# artefact GO - what `go get` finds in a repository that keeps the module in a folder: the tag has the folder's name, and Go makes the
# module of what it leads to. The consumer agrees with the vectors.
artefact() {
	repository=$work/repository
	rm -rf "$repository" "$work/got"
	mkdir -p "$repository" "$work/got"
	rm -rf "$work/registries"
	cp -R registries "$work"
	cat registry.yaml - >"$work/registry.yaml" <<-END

		targets:
		  - {id: go, lang: go, out: out/go, options: {module: example.com/registry.git/out/go}}
	END
	$regen generate -c "$work/registry.yaml" -t templates -o "$repository" || return 1
	# Go takes it that a version never changes, and remembers what is in it.
	version=v1.2.$(cksum <"$repository/.regen" | cut -d ' ' -f 1)
	(
		cd "$repository" && git init -q && git add . && git -c user.name=test -c user.email=test@example.com commit -qm 'All' &&
			git tag "out/go/$version"
	) || return 1
	for file in $here/main.go $here/adapt.go $adaptors; do
		sed 's|"MODULE|"example.com/registry.git/out/go|' "$file" >"$work/got/$(basename "$file")"
	done
	printf 'module consumer\n\ngo 1.18\n' >"$work/got/go.mod"
	(
		GOFLAGS='-mod=mod -modcacherw' GOPROXY=direct GONOSUMDB='*' GOMODCACHE=$PWD/$work/modules GOVCS='*:git' GIT_CONFIG_COUNT=2
		GIT_CONFIG_KEY_0=url.file://$PWD/$repository/.insteadOf GIT_CONFIG_VALUE_0=https://example.com/registry
		GIT_CONFIG_KEY_1=protocol.file.allow GIT_CONFIG_VALUE_1=always
		export GOFLAGS GOPROXY GONOSUMDB GOMODCACHE GOVCS GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0 GIT_CONFIG_KEY_1 GIT_CONFIG_VALUE_1
		rm -rf "$GOMODCACHE"
		vectors=$PWD/build/vectors/vectors.tsv
		cd "$work/got" && "$1" get "example.com/registry.git/out/go@$version" && grep -F "example.com/registry.git/out/go $version" go.mod &&
			"$1" vet . && "$1" run . "$vectors" && "$1" test example.com/registry.git/out/go/...
	)
}

# documented GO - `go doc` says what a package is, and of a name what it means and what to use instead.
documented() {
	inside $out "$1" doc ./httpstatus >"$work/doc" && grep -x 'Package httpstatus has .*' "$work/doc" &&
		grep -x 'func Text(code int) string' "$work/doc" && grep -x 'func Parse(name string) (int, bool)' "$work/doc" &&
		inside $out "$1" doc ./httpstatus ContentTooLarge >"$work/doc" && grep -F 'ContentTooLarge is 413 Content Too Large.' "$work/doc" &&
		grep -F '// RFC 9110, Section 15.5.14: https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.14' "$work/doc" &&
		grep -F '// Deprecated: Use [ContentTooLarge] instead.' "$work/doc" && ! grep -E '// Assigned[.]' "$work/doc"
}

# clashes GO NAME - packages called like Go's own words, what they declare, or each other compile and pass their tests.
clashes() {
	rm -rf "$work/clash-$2"
	mkdir -p "$work/clash-$2"
	sed "s/^  name: code/  name: $2/" $here/clash.yaml >"$work/clash-$2/clash.yaml"
	$regen generate -c "$work/clash-$2/clash.yaml" -t templates -l go -o "$work/clash-$2" && silent "$gofmt" -l -d "$work/clash-$2/go" &&
		silent inside "$work/clash-$2/go" "$1" vet ./... && inside "$work/clash-$2/go" "$1" test ./...
}

# large GO - thousands of entries compile in seconds, and their tests pass; a switch of as many names takes the compiler a minute.
large() {
	mkdir -p "$work/large"
	python3 tests/bench/registry.py 14533 >"$work/large.yaml" && $regen generate -c "$work/large.yaml" -t templates -l go -o "$work/large" &&
		inside "$work/large/go" prlimit --cpu=30 "$1" build ./... && inside "$work/large/go" "$1" test ./... && silent "$gofmt" -l "$work/large/go"
}

# lengths GO - names of every length, with every way to look them up, are found beside Go's own map, and nothing else is.
lengths() {
	rm -rf "$work/lengths"
	$regen generate -c $here/lengths.yaml -t templates -l go -o "$work/lengths" || return 1
	for way in brief:'return parseShort(name)$' narrow:'wordBytes = 4' wide:'wordBytes = 8' long:'found != name' far:sortedNames; do
		grep -e "${way#*:}" "$work/lengths/go/${way%%:*}/${way%%:*}.go" || return 1
	done
	! grep parseShort "$work/lengths/go/wide/wide.go" && silent "$gofmt" -l -d "$work/lengths/go" &&
		silent inside "$work/lengths/go" "$1" vet ./... && inside "$work/lengths/go" "$1" test ./... &&
		module "$work/asked" "$work/lengths/go" $here/lengths.go && inside "$work/asked" "$1" vet . && inside "$work/asked" "$1" run .
}

# searched GO - without a perfect hash, as with very many names, they are found all the same.
searched() {
	rm -rf "$work/search"
	cp -R $out "$work/search"
	$regen view -l go -r http_status | python3 -c '
import json, sys
view = json.load(sys.stdin)
view["registry"]["word_hash"], view["registry"]["word_search"] = False, True
json.dump(view, sys.stdout)' >"$work/view.json" &&
		$regen render --strict --escape none templates/go/registry.mustache "$work/view.json" >"$work/search/httpstatus/httpstatus.go" &&
		grep sortedNames "$work/search/httpstatus/httpstatus.go" && silent "$gofmt" -l -d "$work/search" &&
		consumer "$1" $adaptors "$work/search" build/vectors/vectors.tsv && inside "$work/search" "$1" test ./...
}

# warned - staticcheck warns of each name that is deprecated, and of no other.
warned() {
	module "$work/warned" "$work/clash-code/go" $here/deprecated.go
	# shellcheck disable=SC2086
	inside "$work/warned" $staticcheck -checks SA1019 . >"$work/warnings"
	grep -n '// deprecated' "$work/warned/deprecated.go" | cut -d : -f 1 >"$work/expected"
	cut -d : -f 2 "$work/warnings" | sort -n | diff "$work/expected" -
}

# linted PACKAGE [OPTION...] - golangci-lint, which passes over generated files, finds nothing in a copy that does not say that it is one.
linted() {
	rm -rf "$work/linted"
	cp -R "$1" "$work/linted"
	shift
	find "$work/linted" -name '*.go' -exec sed -i 1,2d {} +
	silent inside "$work/linted" env PATH="/usr/lib/go-1.19/bin:$PATH" "$golangci" run --timeout 15m -c "$PWD/$here/golangci.yml" "$@" ./...
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
	run "$2: 32 bits" env GOARCH=386 sh -c "cd $3 && $1 vet ./..."
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
	run 'the consumer of registry.yaml' $regen generate -t $here/templates -o $work/adaptors
	run 'vectors of hostile.yaml' $regen generate -c tests/packages/vectors/hostile.yaml -t tests/packages/vectors -o build/hostile/vectors
	run 'module of hostile.yaml' $regen generate -c tests/packages/vectors/hostile.yaml -l go -o build/hostile
	run 'vectors of strings.yaml' $regen generate -c tests/packages/vectors/strings.yaml -t tests/packages/vectors -o build/strings/vectors
	run 'module of strings.yaml' $regen generate -c tests/packages/vectors/strings.yaml -t templates -l go -o build/strings
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
	for package in $out build/hostile/go build/strings/go; do
		[ -d "$package" ] || continue
		run "$label: gofmt $package" silent "$gofmt" -l -d "$package"
		suite $go "$label: $package" "$package"
	done
	run "$label: gofmt of the consumer" silent "$gofmt" -l -d $here
	if [ -f build/vectors/vectors.tsv ]; then
		run "$label: agrees with the vectors" consumer $go $adaptors $out build/vectors/vectors.tsv
	fi
	if [ -f build/hostile/vectors/vectors/vectors.tsv ]; then
		run "$label: hostile texts agree with the vectors" consumer $go $here/hostile.go build/hostile/go \
			build/hostile/vectors/vectors/vectors.tsv
		run "$label: nothing to initialise" started $go build/hostile/go
	fi
	if [ -f build/strings/vectors/vectors/vectors.tsv ]; then
		run "$label: strings agree with the vectors" consumer $go $here/strings.go build/strings/go build/strings/vectors/vectors/vectors.tsv
		run "$label: nothing to initialise for strings" started $go build/strings/go
	fi
	run "$label: any code, all names, no allocations" surface $go
	run "$label: no table that is not used" initialisers $go
	run "$label: go doc" documented $go
	run "$label: go test -race" inside $out $go test -race ./...
	run "$label: the programs in README.md" readme $go
	if [ -x $regen ]; then
		run "$label: from a repository, with go get" artefact $go
		for name in code string; do
			run "$label: words of Go in a package called $name" clashes $go $name
		done
		run "$label: names of every length" lengths $go
		run "$label: names without a hash" searched $go
		run "$label: 14,533 entries" large $go
	fi
done
if [ -z "$found" ]; then
	skip 'all of Go' 'no go'
elif has staticcheck || has go-staticcheck; then
	# Debian's is called go-staticcheck and reads what Debian's Go compiles
	staticcheck=staticcheck
	has staticcheck || staticcheck="env PATH=$(echo /usr/lib/go-*/bin):$PATH go-staticcheck"
	# shellcheck disable=SC2086
	run "staticcheck -checks all $out" silent inside $out $staticcheck -checks all ./...
	for package in build/hostile/go build/strings/go; do
		[ -d "$package" ] || continue
		# shellcheck disable=SC2086
		run "staticcheck -checks all $package" silent inside "$package" $staticcheck -checks all ./...
	done
	if [ -d $work/clash-code/go ]; then
		run 'staticcheck warns of what is deprecated' warned
	fi
else
	skip staticcheck 'no staticcheck'
fi

golangci=$PWD/build/tools/golangci-lint
if [ -x "$golangci" ]; then
	run "golangci-lint $out" linted $out
	# Descriptions without a period, and names of two letters, are what these registries are for.
	for package in build/hostile/go build/strings/go; do
		[ -d "$package" ] || continue
		run "golangci-lint $package" linted "$package" --disable godot,varnamelen
	done
else
	skip golangci-lint 'no golangci-lint 1.50.1, which make setup-test builds with Go 1.19'
fi

echo "1..$count"
[ $failed -eq 0 ]
