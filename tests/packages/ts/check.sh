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

# The compiler that most have, and with `7` the one in Go.
tsc() {
	node "$modules/typescript/bin/tsc" "$@"
}

tsc7() {
	node "$modules/typescript7/bin/tsc" "$@"
}

# lint FOLDER: with every rule of the strict sets, none of which any comment may switch off
lint() {
	! grep -rn 'eslint-disable\|@ts-ignore\|@ts-nocheck\|@ts-expect-error\|prettier-ignore' "$1/src" &&
	bin eslint --no-inline-config --max-warnings 0 --config "$tests/eslint.config.mjs" "$1/src"
}

# formatted FOLDER: by prettier, but for the README, where it takes registry text for Markdown
formatted() {
	bin prettier --check --ignore-path /dev/null --no-config --no-editorconfig "$1/*.js" "$1/*.ts" "$1/src" "$1/package.json"
}

# As it would be published, and installed where the consumers find it under another name; beside it a package of strings of all kinds.
packed() {
	rm -rf "$build/consumer" "$build/packed" &&
	mkdir -p "$build/consumer" "$build/packed/subject" "$build/packed/strings" &&
	npm pack --silent --offline --ignore-scripts --pack-destination "$build/packed/subject" "./$package" &&
	npm pack --silent --offline --ignore-scripts --pack-destination "$build/packed/strings" "./$build/strings/ts" &&
	cp "$tests"/consumer/* "$build/consumer" &&
	cp "$tests/tsconfig.json" "$build" &&
	(cd "$build/consumer" && echo '{"private": true}' >package.json &&
	npm install --silent --offline --ignore-scripts --no-audit --no-fund \
	    "subject@file:$(echo ../packed/subject/*.tgz)" "strings@file:$(echo ../packed/strings/*.tgz)" &&
	test -f node_modules/subject/http-status.js && ! test -L node_modules/subject) &&
	ln -s "$PWD/$modules/@types" "$build/consumer/node_modules/@types"
}

agrees() {
	tsc -p "$build/consumer" && node "$build/consumer/out/main.mjs" build/vectors/vectors.tsv subject
}

agrees_strings() {
	tsc -p "$build/consumer" && node "$build/consumer/out/main.mjs" "$build/of_strings/vectors/vectors.tsv" strings
}

# The consumer's types under the newer compiler, and the sources'.
compiles7() {
	tsc7 -p "$build/consumer" --noEmit && tsc7 -p "$package" --noEmit
}

requires() {
	(cd "$build/consumer" && node -e 'process.exit(require("subject/http-status").fromName("NOT_FOUND") === 404 ? 0 : 1)')
}

# What node 18 and browsers of its time cannot run, esbuild would have to write in another way.
needs_no_lowering() {
	for file in "$package"/*.js; do
		bin esbuild --target=node18,chrome103,firefox102,safari16 "$file" >"$build/old.js" &&
		bin esbuild --target=esnext "$file" >"$build/new.js" &&
		cmp "$build/old.js" "$build/new.js" || return 1
	done
}

# look FOLDER VIEW-ARGUMENTS...: whether lookups give what the view has
look() {
	folder=$1
	shift
	build/regen view -t templates -l ts "$@" >"$build/view.json" && node "$tests/all.mjs" "$folder" "$build/view.json"
}

# Names enough for a table of displacements.
many() {
	rm -rf "$build/many" &&
	python3 tests/bench/registry.py 3000 >"$build/many.yaml" &&
	build/regen generate -c "$build/many.yaml" -t templates -l ts -o "$build/many" &&
	grep -q 'function makeNameDisplacements' "$build/many/ts/code.js" &&
	look "$build/many/ts" -c "$build/many.yaml"
}

# The same of strings, every tenth of which is not in ASCII; half of the registries compare exactly.
many_strings() {
	rm -rf "$build/many_strings" &&
	for match in exact caseless; do
		python3 "$tests/strings.py" 3000 $match >"$build/many_$match.yaml" &&
		build/regen generate -c "$build/many_$match.yaml" -t templates -l ts -o "$build/many_strings/$match" &&
		grep -q 'function makeDisplacementsOfSlots' "$build/many_strings/$match/ts/code.js" &&
		look "$build/many_strings/$match/ts" -c "$build/many_$match.yaml" || return 1
	done
}

# What no hash was found for: the view says so, and the template has another way. These registries need no escapes.
searched() {
	for config in many many_exact many_caseless; do
		folder=$build/searched/$config
		mkdir -p "$folder" &&
		cp "$package/package.json" "$folder" &&
		build/regen view -t templates -l ts -c "$build/$config.yaml" -r code >"$build/view.json" &&
		python3 -c 'import json, sys
view = json.load(sys.stdin)
view["registry"].update(hash=False, search=True, value_hash=False)
json.dump(view, sys.stdout)' <"$build/view.json" >"$folder/view.json" &&
		build/regen render --escape none -p templates/ts templates/ts/registry.js.mustache "$folder/view.json" >"$folder/code.js" &&
		grep -q 'function makeNameNumbers' "$folder/code.js" &&
		! grep -q 'hash >>>' "$folder/code.js" &&
		look "$folder" -c "$build/$config.yaml" || return 1
	done
}

# Strings that would break out of literals and comments compile, are as clean, and come out of lookups as they went in.
strings() {
	cp "$tests/tsconfig.json" "$build/strings/ts" &&
	rm -rf "$build/strings/compiled" &&
	tsc -p "$build/strings/ts" &&
	node "$tests/same.mjs" "$build/strings/compiled" "$build/strings/ts" &&
	node "$tests/idle.mjs" "$build/strings/ts"/*.js &&
	lint "$build/strings/ts" &&
	rm "$build/strings/ts/tsconfig.json" &&
	formatted "$build/strings/ts" &&
	look "$build/strings/ts" -c tests/packages/vectors/strings.yaml
}

deprecates() {
	bin eslint --config "$tests/eslint.config.mjs" "$build/consumer/deprecated.mts" && return 1
	test "$(grep -c '@typescript-eslint/no-deprecated' "$log")" = 3
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

# What hostile.yaml holds compiles, is as clean, and comes out of lookups as it went in.
hostile() {
	rm -rf "$build/hostile" "$build/compiled_hostile" &&
	build/regen generate -c tests/packages/rust/hostile.yaml -t templates -l ts,ts_quiet -o "$build/hostile" &&
	(cd "$build/hostile" && grep -q '^ \* @deprecated' ts/src/*.ts && ! grep -q '^ \* @deprecated' ts_quiet/src/*.ts) &&
	cp "$tests/tsconfig.json" "$build/hostile/ts" &&
	tsc -p "$build/hostile/ts" &&
	node "$tests/same.mjs" "$build/hostile/compiled" "$build/hostile/ts" &&
	node "$tests/idle.mjs" "$build/hostile/ts"/*.js &&
	lint "$build/hostile/ts" &&
	rm "$build/hostile/ts/tsconfig.json" &&
	formatted "$build/hostile/ts" &&
	look "$build/hostile/ts" -c tests/packages/rust/hostile.yaml
}

if ! command -v node >/dev/null 2>&1; then
	skip "out/ts is a package" "no node"
	finish
fi
if ! [ -f "$modules/typescript7/bin/tsc" ]; then
	skip "out/ts is a package" "no $modules: make setup-test"
	finish
fi
rm -rf "$build"
mkdir -p "$build"
cp -R out/ts "$package" && cp "$tests/tsconfig.json" "$package" || exit 1
build/regen generate -c tests/packages/vectors/strings.yaml -t templates -l ts -o "$build/strings" >"$log" &&
build/regen generate -c tests/packages/vectors/strings.yaml -t tests/packages/vectors -o "$build/of_strings" >"$log" || exit 1

check "tsc compiles it under its strictest flags" tsc -p "$package"
check "its .js and .d.ts are what tsc makes" node "$tests/same.mjs" "$build/compiled" "$package"
check "eslint finds nothing in its strict sets, tsdoc and jsdoc" lint "$package"
check "prettier has nothing to change" formatted "$package"
check "prettier has nothing to change in the README" bin prettier --check --ignore-path /dev/null --no-config "$package/README.md"
check "importing it does nothing" node "$tests/idle.mjs" "$package"/*.js
check "node 18 and browsers of its time can run it" needs_no_lowering
mv "$package/tsconfig.json" "$build/sources.json"
check "npm packs it, and installs it" packed
mv "$build/sources.json" "$package/tsconfig.json"
check "publint finds nothing" bin publint --strict "$package"
check "attw finds its types, for every resolution that has ES modules" \
    bin attw --profile esm-only --format ascii --no-emoji "$(echo "$build"/packed/subject/*.tgz)"
check "node loads it" loads
if [ -f build/vectors/vectors.tsv ]; then
	check "a program that depends on the packed package gets what the vectors say" agrees
else
	skip "a program that depends on the packed package gets what the vectors say" "no build/vectors/vectors.tsv"
fi
check "it gets what the vectors of strings of all kinds say" agrees_strings
if node -e 'process.exit(Number.parseInt(process.versions.node) >= 20 ? 0 : 1)'; then
	check "tsc 7 compiles it, and a program that depends on it" compiles7
else
	skip "tsc 7 compiles it, and a program that depends on it" "node is older than 20.0"
fi
if node -e 'process.exit(process.features.require_module ? 0 : 1)'; then
	check "node can require it" requires
else
	skip "node can require it" "node is older than 22.12, which can"
fi
check "lookups give what the registry has" look "$package"
check "lookups give what a registry of 3,000 entries has" many
check "lookups give what registries of 3,000 strings have" many_strings
check "lookups need no hash" searched
check "eslint warns of a deprecated name" deprecates
check "a bundle of one constant has less than 40 bytes" bundle one.mjs 40
check "a bundle of one string has less than 70 bytes" bundle one-string.mjs 70
check "a bundle without any use is empty" bundle unused.mjs 3
check "a hostile registry is as clean and as exact, and deprecation can be switched off" hostile
check "hostile strings are as clean and as exact" strings
finish
