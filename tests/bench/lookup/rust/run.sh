#!/bin/sh
# run.sh - how long lookups in Rust take beside others, and how many bytes of a program they are. Run from the root of the project; cargo
# fetches the crates that Cargo.lock names when it does not have them. Each line: rust, what, who, nanoseconds for a lookup in the best
# of some rounds, bytes of code and constants. A HashMap's own memory, which is made when a program runs, is not among its bytes. Lookups
# among IANA's service names and port numbers come last, if these are there, and without bytes.
set -eu
here=tests/bench/lookup/rust
dir=$PWD/build/bench/lookup/rust
crate=$dir/crate

# bytes FEATURE: of a program with one lookup, code and data
bytes() {
	(cd "$crate" && cargo build -q --release --locked --bin size --features "$1")
	size "$CARGO_TARGET_DIR/release/size" | awk 'NR == 2 { print $1 + $2 }'
}

rm -rf "$crate" "$dir/few" "$dir/many"
mkdir -p "$crate"
python3 tests/bench/registry.py 14533 >"$dir/bench.yaml"
build/regen generate -l rust -o "$dir/iana" >/dev/null
build/regen generate -c "$dir/bench.yaml" -l rust -o "$dir/bench" >/dev/null
build/regen generate -t $here/templates -o "$dir/few" >/dev/null
build/regen generate -t $here/templates -c "$dir/bench.yaml" -o "$dir/many" >/dev/null
cp -R $here/Cargo.toml $here/Cargo.lock $here/src "$dir/few/names/src" "$dir/many/names/src" "$crate"
CARGO_TARGET_DIR=$dir/target
export CARGO_TARGET_DIR
(cd "$crate" && cargo build -q --release --locked --bin lookup)
"$CARGO_TARGET_DIR/release/lookup" >"$dir/times"
nothing=$(bytes nothing)
while IFS='	' read -r what who ns feature; do
	printf 'rust  %-28s  %-8s  %6s  %d\n' "$what" "$who" "$ns" $(($(bytes "$feature") - nothing))
done <"$dir/times"

services=../shared/iana/service-names-port-numbers/2026-08-17.xml
if [ ! -f $services ]; then
	echo "# no $services"
	exit 0
fi
rm -rf "$dir/services" "$dir/lookup" "$dir/ports" "$dir/port_names"
mkdir -p "$dir/lookup"
python3 tests/bench/services.py $services >"$dir/services.yaml"
build/regen generate -c "$dir/services.yaml" -l rust -o "$dir/ports" >/dev/null
build/regen generate -c "$dir/services.yaml" -t $here/templates -o "$dir/port_names" >/dev/null
cp -R $here/services "$dir/services"
cp -R $here/src "$dir/lookup/src"
cp "$dir/port_names/names/src/service/names.rs" "$dir/port_names/names/src/service/texts.rs" "$dir/services"
(cd "$dir/services" && cargo build -q --release)
"$CARGO_TARGET_DIR/release/services" | while IFS='	' read -r what who ns none; do
	printf 'rust  %-28s  %-8s  %6s  %s\n' "$what" "$who" "$ns" "$none"
done
