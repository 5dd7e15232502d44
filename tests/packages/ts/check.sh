#!/bin/sh
# Whether out/ts is a package as TypeScript programmers expect it. Run from the root of the project after `make generate`; prints TAP.
set -u
build=build/packages/ts
package=$build/package
log=$build/log
tests=tests/packages/ts
modules=tests/node_modules
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
		sed 's/^/# /' "$log"
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

bin() {
	tool=$1
	shift
	"$modules/.bin/$tool" "$@"
}

# lint FOLDER: with every rule of the strict sets, none of which any comment may switch off
lint() {
	! grep -rn 'eslint-disable\|@ts-ignore\|@ts-nocheck\|@ts-expect-error\|prettier-ignore' "$1/src" &&
	bin eslint --no-inline-config --max-warnings 0 --config "$tests/eslint.config.mjs" "$1/src"
}

formatted() {
	bin prettier --check --ignore-path /dev/null --no-config --no-editorconfig "$package/*.js" "$package/*.ts" "$package/src" \
	    "$package/package.json" "$package/README.md"
}

# As it would be published, and unpacked where the consumers find it under another name.
packed() {
	rm -rf "$build/consumer" "$build"/*.tgz &&
	mkdir -p "$build/consumer/node_modules/subject" &&
	npm pack --silent --offline --ignore-scripts --pack-destination "$build" "./$package" &&
	tar -xzf "$build"/*.tgz -C "$build/consumer/node_modules/subject" --strip-components 1 &&
	cp "$tests"/consumer/* "$build/consumer" &&
	cp "$tests/tsconfig.json" "$build" &&
	ln -s "$PWD/$modules/@types" "$build/consumer/node_modules/@types"
}

agrees() {
	bin tsc -p "$build/consumer" && node "$build/consumer/out/main.mjs" build/vectors/vectors.tsv
}

deprecates() {
	bin eslint --config "$tests/eslint.config.mjs" "$build/consumer/deprecated.mts" && return 1
	grep -q '@typescript-eslint/no-deprecated' "$log"
}

# Names and shape of what the package exports, from ES modules and from require.
loads() {
	(cd "$build/consumer" &&
	node --input-type=module -e 'import("subject").then((m) => process.exit(Object.keys(m).length))' &&
	node --input-type=module -e 'import { NOT_FOUND } from "subject/http-status"; process.exit(NOT_FOUND === 404 ? 0 : 1)' &&
	node -e 'process.exit(require("subject/package.json").sideEffects === false ? 0 : 1)')
}

# bundle FILE MAXIMUM: the bytes after esbuild and after rollup
bundle() {
	bin esbuild --bundle --minify --format=esm --log-level=warning "$build/consumer/$1" --outfile="$build/consumer/$1.esbuild" &&
	bin rollup --silent --format es -p "$PWD/$tests/resolve.mjs" "$build/consumer/$1" --file "$build/consumer/$1.whole" &&
	bin esbuild --minify --log-level=warning <"$build/consumer/$1.whole" >"$build/consumer/$1.rollup" &&
	wc -c "$build/consumer/$1.esbuild" "$build/consumer/$1.rollup" &&
	test "$(wc -c <"$build/consumer/$1.esbuild")" -lt "$2" &&
	test "$(wc -c <"$build/consumer/$1.rollup")" -lt "$2"
}

# What hostile.yaml holds is only meant to compile.
hostile() {
	rm -rf "$build/hostile" &&
	build/regen generate -c tests/packages/rust/hostile.yaml -t templates -l ts,ts_quiet -o "$build/hostile" &&
	(cd "$build/hostile" && grep -q '^ \* @deprecated' ts/src/*.ts && ! grep -q '^ \* @deprecated' ts_quiet/src/*.ts) &&
	cp "$tests/tsconfig.json" "$build/hostile/ts" &&
	bin tsc -p "$build/hostile/ts" &&
	node "$tests/same.mjs" "$build/hostile/compiled" "$build/hostile/ts" &&
	for file in "$build"/hostile/ts/*.js; do
		node "$file" || return 1
	done
}

if ! command -v node >/dev/null 2>&1; then
	skip "out/ts is a package" "no node"
	finish
fi
if ! [ -x "$modules/.bin/tsc" ]; then
	skip "out/ts is a package" "no $modules: make setup-test"
	finish
fi
rm -rf "$build"
mkdir -p "$build"
cp -R out/ts "$package" && cp "$tests/tsconfig.json" "$package" || exit 1

check "tsc compiles it under its strictest flags" bin tsc -p "$package"
check "its .js and .d.ts are what tsc makes" node "$tests/same.mjs" "$build/compiled" "$package"
check "eslint finds nothing in its strict sets, tsdoc and jsdoc" lint "$package"
rm "$package/tsconfig.json"
check "prettier has nothing to change" formatted
check "npm packs it" packed
check "publint finds nothing" bin publint --strict "$package"
check "attw finds its types, for every resolution that has ES modules" \
    bin attw --profile esm-only --format ascii --no-emoji "$(echo "$build"/*.tgz)"
check "node loads it" loads
if [ -f build/vectors/vectors.tsv ]; then
	check "a program that depends on the packed package gets what the vectors say" agrees
else
	skip "a program that depends on the packed package gets what the vectors say" "no build/vectors/vectors.tsv"
fi
check "eslint warns of a deprecated name" deprecates
check "a bundle of one constant has less than 40 bytes" bundle one.mjs 40
check "a bundle without any use is empty" bundle unused.mjs 3
check "a hostile registry compiles, and deprecation can be switched off" hostile
finish
