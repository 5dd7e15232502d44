#!/bin/sh
# run.sh - nanoseconds of a lookup in Java's class of HTTP status codes, beside a HashMap and a switch. Run it from the project's root
# after `make generate`.
set -eu

work=$PWD/build/bench/java
rm -rf "$work"
mkdir -p "$work/classes"
build/regen view -l java -r http_status | python3 -c '
import json, sys
registry = json.load(sys.stdin)["registry"]
print("final class Rivals {\n  static String text(int code) {\n    switch (code) {")
for row in registry["rows"]:
    if row["text"]:
        print("      case %s: return %s;" % (row["number"], json.dumps(row["text"])))
print("      default: return null;\n    }\n  }\n  static int code(String name) {\n    switch (name) {")
for name in registry["names"]:
    print("      case %s: return %s;" % (json.dumps(name["lookup"]), name["entry"]["number"]))
print("      default: return -1;\n    }\n  }\n}")' >"$work/Rivals.java"
find out/java/src/main/java/iana -name '*.java' >"$work/sources"
javac -d "$work/classes" @"$work/sources" "$work/Rivals.java" tests/bench/lookup/java/Bench.java
java -cp "$work/classes" Bench
