#!/bin/sh
# Whether out/rust is a crate as Rust programmers expect it. Run from the root of the project after `make generate`; prints TAP.
set -u
build=build/packages/rust
crate=$build/crate
log=$build/log
tests=tests/packages/rust
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

# The arguments are a part of cargo that need not be there, such as fmt.
hascargo() {
	cargo "$1" --version >/dev/null 2>&1
}

# consumer NAME SOURCE [DEPENDENCY]: a program that depends on the crate in a folder
consumer() {
	rm -rf "${build:?}/$1" &&
	mkdir -p "$build/$1/src" &&
	cp "$tests/consumer/$2" "$build/$1/src/main.rs" &&
	cat >"$build/$1/Cargo.toml" <<-EOF
	[package]
	name = "consumer"
	version = "0.0.0"
	edition = "2021"

	[dependencies]
	subject = { path = "$3", package = "$package", features = ["std"] }

	[workspace]
	EOF
}

warned() {
	RUSTFLAGS='-D warnings' cargo build -q --manifest-path "$1/Cargo.toml" && return 1
	grep -q 'use of deprecated' "$log"
}

packed() {
	cargo package -q --offline --allow-dirty --no-verify --manifest-path "$crate/Cargo.toml" &&
	rm -rf "$build/packed" &&
	mkdir "$build/packed" &&
	tar -xzf "$CARGO_TARGET_DIR/package/$package-$version.crate" -C "$build/packed"
}

agrees() {
	consumer consumer main.rs "../packed/$package-$version" &&
	RUSTFLAGS='-D warnings' cargo build -q --manifest-path "$build/consumer/Cargo.toml" &&
	"$CARGO_TARGET_DIR/debug/consumer" build/vectors/vectors.tsv
}

deprecates() {
	consumer deprecated deprecated.rs "../packed/$package-$version" &&
	warned "$build/deprecated"
}

clippy() {
	cargo clippy -q --all-targets --all-features --manifest-path "$1/Cargo.toml" -- -D warnings \
	    -D clippy::all -D clippy::pedantic -D clippy::nursery -D clippy::cargo $2
}

# What hostile.yaml holds is meant to compile and to be documented, and to lint but for long numbers and prose that looks like code.
hostile() {
	rm -rf "$build/hostile" &&
	build/regen generate -c "$tests/hostile.yaml" -t templates -l rust,quiet -o "$build/hostile" &&
	(cd "$build/hostile" && grep -q '#\[deprecated' rust/src/*.rs && ! grep -q '#\[deprecated' quiet/src/*.rs) &&
	cargo doc -q --no-deps --manifest-path "$build/hostile/rust/Cargo.toml" &&
	clippy "$build/hostile/rust" '-A clippy::unreadable_literal -A clippy::doc_markdown'
}

msrv() {
	oldversion=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' out/rust/Cargo.toml)
	if rustc --version | grep -q "^rustc $oldversion\."; then
		oldest=cargo
	elif has rustup && rustup run "$oldversion.0" rustc --version >/dev/null 2>&1; then
		oldest="rustup run $oldversion.0 cargo"
	else
		skip "the rust-version is true" "no rustc $oldversion"
		return
	fi
	check "rustc $oldversion, the rust-version, compiles it without warnings" \
	    env CARGO_TARGET_DIR="$PWD/$build/oldest" RUSTFLAGS='-D warnings' $oldest build -q --all-features --manifest-path "$crate/Cargo.toml"
}

if ! has cargo; then
	skip "out/rust is a crate" "no cargo"
	finish
fi
CARGO_NET_OFFLINE=true
CARGO_TARGET_DIR=$PWD/$build/target
CARGO_TERM_COLOR=never
RUSTDOCFLAGS='-D warnings'
export CARGO_NET_OFFLINE CARGO_TARGET_DIR CARGO_TERM_COLOR RUSTDOCFLAGS
rm -rf "$crate"
mkdir -p "$build"
cp -R out/rust "$crate" || exit 1
package=$(sed -n '/^\[package\]/,/^\[/s/^name = "\(.*\)"$/\1/p' out/rust/Cargo.toml)
version=$(sed -n '/^\[package\]/,/^\[/s/^version = "\(.*\)"$/\1/p' out/rust/Cargo.toml)

check "it compiles without warnings" \
    env RUSTFLAGS='-D warnings' cargo build -q --manifest-path "$crate/Cargo.toml"
check "it compiles without warnings, with all features" \
    env RUSTFLAGS='-D warnings' cargo build -q --all-features --manifest-path "$crate/Cargo.toml"
msrv
if hascargo fmt; then
	check "rustfmt has nothing to change" cargo fmt --manifest-path "$crate/Cargo.toml" -- --check
else
	skip "rustfmt has nothing to change" "no rustfmt"
fi
if hascargo clippy; then
	check "clippy finds nothing in all, pedantic, nursery and cargo" clippy "$crate" ''
else
	skip "clippy finds nothing in all, pedantic, nursery and cargo" "no clippy"
fi
if has rustdoc; then
	check "rustdoc has no warnings" cargo doc -q --all-features --no-deps --manifest-path "$crate/Cargo.toml"
	check "the examples of the documentation and of README.md run" \
	    cargo test -q --all-features --manifest-path "$crate/Cargo.toml"
else
	skip "rustdoc has no warnings" "no rustdoc"
fi
check "cargo packs it" packed
if [ -f build/vectors/vectors.tsv ]; then
	check "a program that depends on the packed crate gets what the vectors say" agrees
else
	skip "a program that depends on the packed crate gets what the vectors say" "no build/vectors/vectors.tsv"
fi
check "rustc warns of a deprecated name" deprecates
if hascargo clippy; then
	check "a hostile registry compiles and lints clean, and deprecation can be switched off" hostile
else
	skip "a hostile registry compiles and lints clean, and deprecation can be switched off" "no clippy"
fi
finish
