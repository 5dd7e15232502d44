#!/bin/sh
# run.sh - how long lookups in Rust take, beside others, and how many bytes of a program they are. Run from the root of the project; the
# first time, cargo fetches what Cargo.lock names. Each line: rust, what, who, nanoseconds for a lookup, bytes.
set -eu
here=tests/bench/lookup/rust
dir=build/bench/lookup/rust

mkdir -p $dir
python3 tests/bench/registry.py 14533 >$dir/bench.yaml
build/regen generate -l rust -o $dir/iana >/dev/null
build/regen generate -c $dir/bench.yaml -l rust -o $dir/bench >/dev/null
cp -R $here/Cargo.toml $here/Cargo.lock $here/src $dir/crate/ 
