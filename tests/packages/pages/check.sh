#!/bin/sh
# Whether out/markdown and out/html are pages as people expect them, in which every text is what it is in the registry. Run from the root of
# the project after `make generate`; prints TAP. Pictures of the page are left in build/packages/pages/shots.
set -u
LC_ALL=C.UTF-8
export LC_ALL
build=build/packages/pages
log=$build/log
tests=tests/packages/pages
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
		head -c 4000 "$log" | sed 's/^/# /'
		status=1
	fi
}

# several COMMAND...: the lines of TAP that it prints
several() {
	"$@" >"$log" 2>&1
	code=$?
	if ! grep -q '^1\.\.[1-9]' "$log" || { [ $code -ne 0 ] && ! grep -q '^not ok' "$log"; }; then
		check "$* prints its plan" false
		tail -n 20 "$log" | sed 's/^/# /'
	fi
	before=$number
	number=$((number + $(grep -c '^\(not \)\{0,1\}ok ' "$log")))
	! grep -q '^not ok' "$log" || status=1
	awk -v n="$before" '/^(not )?ok / { n++; sub(/ok [0-9]+/, "ok " n); print; next } /^#/ { print }' "$log"
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

bin() {
	tool=$1
	shift
	"$modules/.bin/$tool" "$@"
}

markdown() {
	cp "$tests/markdownlint.json" "$build/.markdownlint.json" && rm -rf "$build/markdown" && cp -R out/markdown "$build/markdown" &&
		(cd "$build" && node ../../../$modules/markdownlint-cli2/markdownlint-cli2-bin.mjs "markdown/*.md") &&
		test "$(find "$build/markdown" -name '*.md' | wc -l)" -gt 10
}

valid() {
	bin html-validate --config "$tests/htmlvalidate.json" "$1"
}

# The page's scripts are templates without a tag.
scripts() {
	rm -rf "$build/scripts" && mkdir -p "$build/scripts" && for name in theme script; do
		! grep -q '{{' "templates/html/$name.mustache" && cp "templates/html/$name.mustache" "$build/scripts/$name.js" || return 1
	done
	cp "$tests/tsconfig.json" "$build/scripts" && bin tsc -p "$build/scripts" &&
		bin eslint --no-inline-config --max-warnings 0 --config "$tests/eslint.config.mjs" "$build"/scripts/*.js
}

# alone: rendered by itself, a page is as it is beside the languages that it tells of
alone() {
	rm -rf "$build/alone" &&
		build/regen generate -l html,markdown -o "$build/alone" && diff -r out/html "$build/alone/html" && diff -r out/markdown "$build/alone/markdown"
}

# pages REGISTRY FOLDER [TEMPLATES]: those of the registry, and of one in which words stand in the place of the texts
pages() {
	rm -rf "$2" && python3 "$tests/tame.py" "$1" "$2" && for kind in wild tame; do
		build/regen generate -c "$2/$kind.yaml" -t "${3:-templates}" -l html,markdown -o "$2/$kind" || return 1
	done
}

texts() {
	pages "$1" "$build/texts" && node "$tests/same.mjs" "$chromium" "$build/texts"
}

random() {
	python3 tests/packages/hostile/make.py "${SEED:-1}" 12 >"$build/random.yaml" && texts "$build/random.yaml"
}

# unescaped LANGUAGE FILE: with one text that is not escaped, the pages are not the same
unescaped() {
	rm -rf "$build/templates" && cp -R templates "$build/templates" &&
		sed 's/{{description}}/{{{description}}}/' "templates/$1/$2" >"$build/templates/$1/$2" &&
		not cmp -s "templates/$1/$2" "$build/templates/$1/$2" &&
		pages "$tests/hostile.yaml" "$build/unescaped" "$build/templates" &&
		not node "$tests/same.mjs" "$chromium" "$build/unescaped" >"$build/unescaped.log" 2>&1 &&
		grep -q 'node [0-9]* is to be' "$build/unescaped.log"
}

if ! command -v node >/dev/null 2>&1 || ! [ -d "$modules/micromark" ]; then
	skip "out/markdown and out/html are pages" "no node, or no $modules: make setup-test"
	finish
fi
rm -rf "$build"
mkdir -p "$build/shots"

check "markdownlint finds nothing" markdown
check "html-validate finds nothing" valid out/html/index.html
check "tsc and eslint find nothing in its scripts" scripts
check "rendered alone, the pages are the same" alone
if ! chromium=$(command -v chromium); then
	skip "the page does what it is for, and texts are texts" "no chromium: make setup-test"
	finish
fi
build/regen view -l html >"$build/view.json" || exit 1
several node "$tests/page.mjs" "$chromium" out/html/index.html "$build/view.json" "$build/shots"
check "texts that are something else in HTML or Markdown are texts" texts "$tests/hostile.yaml"
check "so are those that try to break out of languages" texts tests/packages/vectors/hostile.yaml
check "so are strings of all kinds" texts tests/packages/vectors/strings.yaml
check "so are texts at random (SEED in the environment gives others)" random
check "a text that is not escaped in HTML is found" unescaped html entry.mustache
check "a text that is not escaped in Markdown is found" unescaped markdown entry.mustache
finish
