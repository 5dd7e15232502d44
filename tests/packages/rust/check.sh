#!/bin/sh
# Whether out/rust is a crate as Rust programmers expect it. Run from the root of the project after `make generate`; prints TAP.
set -u
build=$PWD/build/packages/rust
tests=tests/packages/rust
log=$build/log
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

has() {
	command -v "$1" >/dev/null 2>&1
}

# strict COMMAND...: with every warning of the compiler an error
strict() {
	env RUSTFLAGS='-D warnings' "$@"
}

# fresh FROM TO: a copy of a folder, and nothing else
fresh() {
	rm -rf "$2" && cp -R "$1" "$2"
}

# consumer NAME SOURCE CRATE FEATURES [LIB]: a program, or as said in LIB, that depends on the crate in a folder
consumer() {
	rm -rf "${build:?}/$1" &&
	mkdir -p "$build/$1/src" &&
	cp "$tests/consumer/$2" "$build/$1/src/main.rs" &&
	cat >"$build/$1/Cargo.toml" <<-EOF
	[package]
	name = "consumer"
	version = "0.0.0"
	edition = "2021"
	${5:-}

	[dependencies]
	subject = { path = "$3", package = "$(name "$3")", features = [$4] }

	[profile.dev]
	panic = "abort"
	debug = false
	incremental = false

	[workspace]
	EOF
}

# name CRATE: as Cargo.toml has it
name() {
	sed -n '/^\[package\]/,/^\[/s/^name = "\(.*\)"$/\1/p' "$1/Cargo.toml" | head -n 1
}

# program NAME [ARGUMENT...]: build a consumer and run it
program() {
	folder=$build/$1
	shift
	strict cargo run -q --manifest-path "$folder/Cargo.toml" -- "$@"
}

# The crate in the archive that cargo makes, from a folder outside of any repository. Its files are as old as now, not as the archive says:
# else cargo would take them for those of an earlier run.
packed() {
	rm -rf "$build/packed" &&
	cp -R out/rust "$outside/crate" &&
	(cd "$outside/crate" && cargo package -q --all-features) &&
	mkdir "$build/packed" &&
	tar -xmzf "$CARGO_TARGET_DIR/package/$package-$version.crate" -C "$build/packed" --strip-components=1 &&
	(cd out/rust && find . -type f -name '*.rs' -o -name README.md) | while read -r file; do
		cmp "out/rust/$file" "$build/packed/$file" || exit 1
	done
}

# beside YAML OUT: the files that a registry names, for a copy of it in another folder
beside() {
	[ ! -d "$(dirname "$1")/registries" ] || fresh "$(dirname "$1")/registries" "$2/registries"
}

# subjects YAML OUT [OPTION...]: vectors of a registry, and its types for the consumer
subjects() {
	yaml=$1
	out=$2
	shift 2
	templates=$build/templates
	mkdir -p "$templates/subjects" "$out" &&
	sed '/^outputs:/,$d' templates/rust/lang.yaml >"$templates/subjects/lang.yaml" &&
	echo 'outputs: [{template: subjects, path: subjects.rs, each: package, escape: string}]' >>"$templates/subjects/lang.yaml" &&
	cp "$tests/subjects.mustache" "$tests/enum.mustache" "$tests/shown.mustache" "$templates/subjects" &&
	cp -R tests/packages/vectors/vectors "$templates" &&
	awk '/^[a-z]/ { skip = /^targets:/ } !skip' "$yaml" >"$out/registry.yaml" &&
	beside "$yaml" "$out" &&
	build/regen generate -c "$out/registry.yaml" -t "$templates" -o "$out"
}

# agrees NAME CRATE: whether a crate answers what the vectors in build/packages/rust/NAME.want say
agrees() {
	consumer "$1" main.rs "$2" '' &&
	cp "$tests/consumer/strings.rs" "$build/$1.want/subjects/subjects.rs" "$build/$1/src" &&
	program "$1" "$build/$1.want/vectors/vectors.tsv"
}

uses() {
	consumer uses uses.rs "$build/packed" '"std"' &&
	program uses
}

serde() {
	consumer serde serde.rs "$build/packed" '"serde"' &&
	sed -i '/^\[dependencies\]/a serde = "1"' "$build/serde/Cargo.toml" &&
	program serde
}

# A library without std: that std is not linked shows in its own panic handler, and nothing in it allocates.
bare() {
	consumer bare bare.rs "$build/packed" '' 'autobins = false
	[lib]
	path = "src/main.rs"
	crate-type = ["staticlib"]
	[profile.release]
	panic = "abort"' &&
	strict cargo build -q --release --manifest-path "$build/bare/Cargo.toml" "$@" &&
	nm "$(find "$CARGO_TARGET_DIR" -path '*release/libconsumer.a' -newer "$build/bare/Cargo.toml")" >"$build/symbols" &&
	grep -q ' T lookups$' "$build/symbols" && grep -q ' T strings$' "$build/symbols" &&
	! grep -E '__rust_(alloc|dealloc|realloc)|[ _]malloc$' "$build/symbols"
}

# Nothing is made when a program starts: the crate has no variables and no initialisers.
constant() {
	size -A "$CARGO_TARGET_DIR/release/deps/lib$(name "$build/packed" | tr - _)"-*.rlib >"$build/sections" &&
	grep -q '^\.text' "$build/sections" &&
	! awk '/^\.(data|bss|tdata|tbss|init_array|ctors)/ && !/^\.data\.rel\.ro/ && $2 > 0' "$build/sections" | grep .
}

deprecates() {
	consumer deprecated deprecated.rs "$build/packed" '' || return 1
	strict cargo build -q --manifest-path "$build/deprecated/Cargo.toml" && return 1
	grep -q 'use of deprecated .*PAYLOAD_TOO_LARGE' "$log" && grep -q 'use of deprecated .*ACCEPT_CHARSET' "$log"
}

# With the option off, the same program compiles without a warning.
quiet() {
	{ cat registry.yaml && echo 'targets: [{id: quiet, lang: rust, options: {deprecation: false}}]'; } >"$build/quiet.yaml" &&
	beside registry.yaml "$build" &&
	build/regen generate -c "$build/quiet.yaml" -t templates -o "$build/off" &&
	consumer quiet deprecated.rs "$build/off/quiet" '' &&
	program quiet
}

# Files can be copied or included elsewhere: none but lib.rs has attributes of the crate, and none lifts a lint.
attributes() {
	! grep -rn --exclude=lib.rs '^#!\[' out/rust/src && ! grep -rnE 'allow\(|expect\(' out/rust/src
}

# Clippy before 1.84 counts module_name_repetitions as pedantic, and takes what is escaped in documentation for what lacks backticks.
clippy() {
	case $(rustc --version) in
	*' '1.[0-7][0-9].* | *' '1.8[0-3].*) misled='-A clippy::module_name_repetitions -A clippy::doc_markdown' ;;
	*) misled='' ;;
	esac
	# shellcheck disable=SC2086
	(cd "$1" && shift && cargo clippy -q --all-targets --all-features -- -D warnings \
	    -D clippy::all -D clippy::pedantic -D clippy::nursery -D clippy::cargo $misled "$@")
}

# lints CRATE [OPTION...]: formatted, documented and linted
lints() {
	crate=$1
	shift
	(cd "$crate" && cargo fmt -- --check && cargo doc -q --no-deps --all-features) &&
	clippy "$crate" "$@"
}

# hostile NAME YAML TARGET: what the registry holds is meant to compile, to be documented, formatted and linted, and to come out again.
hostile() {
	rm -rf "$build/$1.want" "$build/$1.out" &&
	build/regen generate -c "$2" -t templates -l "$3" -o "$build/$1.out" &&
	subjects "$2" "$build/$1.want" &&
	agrees "$1" "$build/$1.out/$3" &&
	lints "$build/$1.out/$3"
}

# As many entries as the largest registries have: each constant and table is a line, which rustc must not mind.
many() {
	rm -rf "$build/many.want" "$build/many.out" &&
	mkdir -p "$build/many.out" &&
	python3 tests/bench/registry.py 14533 >"$build/many.yaml" &&
	strings_of "$build/many.yaml" 3000 >>"$build/many.yaml" &&
	build/regen generate -c "$build/many.yaml" -l rust -o "$build/many.out" &&
	subjects "$build/many.yaml" "$build/many.want" &&
	(cd "$build/many.out/rust" && cargo fmt -- --check && prlimit --cpu=60 cargo build -q) &&
	agrees many "$build/many.out/rust"
}

# strings_of YAML COUNT: two registries of strings, made of the first names in the file
strings_of() {
	awk -v count="$2" 'BEGIN { split("exact caseless", match_as) }
	$1 == "name:" && n < count { names[n++] = $2 }
	END {
		for (i = 1; i <= 2; i++) {
			printf "  - id: %s_words\n    type: string\n    match: %s\n    entries:\n", match_as[i], match_as[i]
			for (j = 0; j < n; j++)
				printf "      - {value: %s, name: %s}\n", (j % 2 ? toupper(names[j]) : names[j]), names[j]
		}
	}' "$1"
}

# What the crate has when there is no hash of names or of strings, as with very many: for that the views of small registries say that there
# is none.
search() {
	rm -rf "$build/search.want" "$build/search.out" &&
	mkdir -p "$build/search.out" &&
	python3 tests/bench/registry.py 500 >"$build/search.yaml" &&
	strings_of "$build/search.yaml" 500 >>"$build/search.yaml" &&
	build/regen generate -c "$build/search.yaml" -l rust -o "$build/search.out" &&
	subjects "$build/search.yaml" "$build/search.want" || return 1
	for module in code exact_words caseless_words; do
		build/regen view -c "$build/search.yaml" -l rust -r $module >"$build/view.json" &&
		python3 -c 'import json, sys
view = json.load(open(sys.argv[1]))
view["registry"].update(hash=False, search=True, value_hash=False)
json.dump(view, open(sys.argv[1], "w"))' "$build/view.json" &&
		build/regen render --strict --escape none -p templates/rust templates/rust/registry.rs.mustache "$build/view.json" \
		    >"$build/search.out/rust/src/$module.rs" &&
		grep -q 'NAMES_SORTED\.binary_search_by' "$build/search.out/rust/src/$module.rs" &&
		! grep -q '_SLOTS\[' "$build/search.out/rust/src/$module.rs" || return 1
	done
	grep -q 'row_of(bytes)' "$build/search.out/rust/src/exact_words.rs" &&
	grep -q 'row_of(bytes)' "$build/search.out/rust/src/caseless_words.rs" &&
	agrees search "$build/search.out/rust" &&
	lints "$build/search.out/rust"
}

# The compiler that rust-version names, if there is one: Debian's, or one of rustup's.
oldest() {
	for try in env 'env PATH=/usr/bin:/bin' "rustup run $oldversion.0"; do
		if $try rustc --version 2>/dev/null | grep -q "^rustc $oldversion\."; then
			echo "$try"
			return
		fi
	done
}

# older FOLDER COMMAND [ARGUMENT...]: with the oldest cargo; newer ones may have written a lock file that it cannot read
older() {
	folder=$1
	command=$2
	shift 2
	rm -f "$folder/Cargo.lock"
	strict $old cargo "$command" -q --manifest-path "$folder/Cargo.toml" "$@"
}

if ! has cargo || ! has rustdoc; then
	skip "out/rust is a crate" "no cargo"
	finish
fi
if ! ls -d /usr/share/cargo/registry/serde-1* >/dev/null 2>&1; then
	skip "out/rust is a crate" "no librust-serde-dev"
	finish
fi
mkdir -p "$build/home"
outside=$(mktemp -d)
trap 'rm -rf "$outside"' EXIT
# Debian's packages of crates instead of crates.io
cat >"$build/home/config.toml" <<-EOF
[source.crates-io]
replace-with = "debian"
[source.debian]
directory = "/usr/share/cargo/registry"
EOF
CARGO_HOME=$build/home
CARGO_NET_OFFLINE=true
CARGO_TARGET_DIR=$build/target
CARGO_TERM_COLOR=never
RUSTDOCFLAGS='-D warnings'
export CARGO_HOME CARGO_NET_OFFLINE CARGO_TARGET_DIR CARGO_TERM_COLOR RUSTDOCFLAGS
package=$(name out/rust)
version=$(sed -n '/^\[package\]/,/^\[/s/^version = "\(.*\)"$/\1/p' out/rust/Cargo.toml)
crate=$build/crate
fresh out/rust "$crate" || exit 1

check "cargo packs it, and what it packed compiles" packed
check "it compiles without warnings" strict cargo build -q --manifest-path "$crate/Cargo.toml"
check "it compiles without warnings, with all features" strict cargo build -q --all-features --manifest-path "$crate/Cargo.toml"
check "the examples of the documentation and of README.md run" cargo test -q --all-features --manifest-path "$crate/Cargo.toml"
if cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1; then
	check "rustfmt, rustdoc and clippy's all, pedantic, nursery and cargo find nothing" lints "$crate"
else
	skip "rustfmt, rustdoc and clippy find nothing" "no rustfmt or clippy"
fi
check "no file but lib.rs has attributes of the crate, and none lifts a lint" attributes
check "vectors" subjects registry.yaml "$build/vectors.want"
check "a program that depends on the packed crate gets what the vectors say" agrees vectors "$build/packed"
check "a program uses it as such types are used; no lookup allocates" uses
check "serde reads and writes values as numbers, or strings" serde
if has nm && has size; then
	check "a library without std has every lookup in it and no allocator" bare
	check "nothing is initialised when a program starts" constant
else
	skip "a library without std has every lookup in it and no allocator" "no nm or size"
fi
if [ -d "$(rustc --print target-libdir --target thumbv7m-none-eabi 2>/dev/null)" ]; then
	check "so it is for a machine without an operating system" bare --target thumbv7m-none-eabi
fi
check "rustc warns of a deprecated name" deprecates
check "unless the target's option says no" quiet
check "texts that try to break out come out as they are" hostile texts tests/packages/vectors/hostile.yaml rust
check "strings, with and without case" hostile strings tests/packages/vectors/strings.yaml rust
check "every type and everything that may be lacking" hostile types "$tests/hostile.yaml" rust
check "14,533 numbers and twice 3,000 strings" many
check "names and strings are found without a hash too" search

oldversion=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' out/rust/Cargo.toml)
old=$(oldest)
if [ -n "$old" ]; then
	CARGO_TARGET_DIR=$build/oldest
	check "rustc $oldversion compiles it without warnings" older "$crate" build
	check "with all features too" older "$crate" build --all-features
	check "its examples run" older "$crate" test --doc
	check "its vectors are the same" older "$build/vectors" run -- "$build/vectors.want/vectors/vectors.tsv"
	check "its uses are" older "$build/uses" run
	check "serde is" older "$build/serde" run
	check "texts that try to break out are" older "$build/texts" run -- "$build/texts.want/vectors/vectors.tsv"
	check "strings are" older "$build/strings" run -- "$build/strings.want/vectors/vectors.tsv"
else
	skip "the rust-version is true" "no rustc $oldversion"
fi
finish
