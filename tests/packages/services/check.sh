#!/bin/sh
# check.sh - IANA's service names and port numbers, 14,533 records, in every language: generated, then compiled within ten seconds each. Run it
# from the project's root; it prints TAP, with the seconds and megabytes of each compiler. What it builds is in build/packages/services.
set -u
LC_ALL=C
GOFLAGS=-mod=mod
GOTOOLCHAIN=local
GOPROXY=off
GOCACHE=$PWD/build/packages/services/cache
export LC_ALL GOFLAGS GOTOOLCHAIN GOPROXY GOCACHE

xml=../shared/iana/service-names-port-numbers/2026-08-17.xml
work=$PWD/build/packages/services
limit=10
count=0
failed=0

if [ ! -f "$xml" ]; then
	echo "1..0 # SKIP no $xml"
	exit 0
fi

# report NAME STATUS
report() {
	count=$((count + 1))
	if [ "$2" -eq 0 ]; then
		echo "ok $count - services: $1"
	else
		failed=$((failed + 1))
		echo "not ok $count - services: $1"
		sed -n '1,20s/^/# /p' "$work/log"
	fi
}

# compile NAME FOLDER COMMAND... - the command succeeds and takes less than $limit seconds of the processor.
compile() {
	name=$1
	folder=$2
	shift 2
	python3 - "$limit" "$folder" "$@" >"$work/log" 2>&1 <<'END'
import os, resource, subprocess, sys
limit, folder, command = float(sys.argv[1]), sys.argv[2], sys.argv[3:]
before = os.times()
status = subprocess.run(command, cwd=folder).returncode
after, used = os.times(), resource.getrusage(resource.RUSAGE_CHILDREN)
seconds = after.elapsed - before.elapsed
print(f"{seconds:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of the processor, {used.ru_maxrss // 1024} MB")
sys.exit(status or min(seconds, used.ru_utime + used.ru_stime) >= limit)
END
	status=$?
	report "$name: $(tail -n 1 "$work/log")" "$status"
}

rm -rf "$work/out"
mkdir -p "$work"
python3 tests/bench/services.py "$xml" >"$work/services.yaml"
build/regen generate -c "$work/services.yaml" -o "$work/out" >"$work/log" 2>&1
report 'generated' $?

cat >"$work/use.c" <<'END'
#include <bench/service.h>
#include <stdio.h>

int main(int argc, char **argv) {
  int port = 0;
  for (int i = 1; i < argc; i++) {
    const char *name = argv[i];
    if (bench_service_parse(name, strlen(name), &port)) {
      printf("%s %d %s %d %s\n", name, port, bench_service_name(port), (int)bench_service_status(port), bench_service_protocol(port));
    }
  }
  return 0;
}
END
for cc in gcc g++ clang tcc; do
	command -v "$cc" >/dev/null 2>&1 || continue
	standard=-std=c99
	[ "$cc" != g++ ] || standard='-std=c++11 -x c++'
	# shellcheck disable=SC2086
	compile "$cc" . "$cc" $standard -O2 -Wall -Wextra -Wpedantic -Werror -I"$work/out/c/include" -o "$work/use-$cc" "$work/use.c"
	"$work/use-$cc" DOMAIN HTTP NOTHING >"$work/log" 2>&1
	grep -q '^DOMAIN 53 DOMAIN' "$work/log" && grep -q '^HTTP 80 HTTP' "$work/log" && ! grep -q NOTHING "$work/log"
	report "$cc: what is compiled works" $?
done
for go in go /usr/lib/go-1.19/bin/go; do
	command -v "$go" >/dev/null 2>&1 || continue
	rm -rf "$GOCACHE"
	compile "$("$go" version | cut -d ' ' -f 3)" "$work/out/go" "$go" build ./...
done
compile "$(rustc --version | cut -d ' ' -f 1-2)" "$work/out/rust" rustc --edition 2021 --crate-name bench --crate-type rlib -O --out-dir "$work/target" src/lib.rs
if command -v javac >/dev/null 2>&1; then
	# shellcheck disable=SC2046
	compile "$(javac -version 2>&1)" "$work/out/java" javac --release 11 -encoding UTF-8 -Xlint:all -Werror -d "$work/classes" \
		$(cd "$work/out/java" && find . -name '*.java')
	cat >"$work/Use.java" <<'END'
public class Use {
  public static void main(String[] names) {
    for (String name : names) {
      bench.Service.fromName(name)
          .ifPresent(port -> System.out.println(name + " " + port + " " + bench.Service.name(port).orElse("-")));
    }
  }
}
END
	javac -cp "$work/classes" -d "$work/classes" "$work/Use.java" >"$work/log" 2>&1 &&
		java -cp "$work/classes" Use DOMAIN HTTP NOTHING >>"$work/log" 2>&1
	grep -q '^DOMAIN 53 DOMAIN' "$work/log" && grep -q '^HTTP 80 HTTP' "$work/log" && ! grep -q NOTHING "$work/log"
	report 'java: what is compiled works' $?
fi
if [ -f tests/node_modules/typescript/lib/tsc.js ]; then
	compile "tsc $(node -p 'require("./tests/node_modules/typescript").version')" "$work/out/ts" \
		node "$PWD/tests/node_modules/typescript/lib/tsc.js" --strict --noEmit --target es2022 --module nodenext --skipLibCheck false src/service.ts
fi
compile "$(python3 --version)" "$work/out/python/src" env PYTHONDONTWRITEBYTECODE= python3 -m compileall -q bench
PYTHONPATH=$work/out/python/src python3 -c 'import sys
from bench import service
for name in sys.argv[1:]:
    port = service.from_name(name)
    if port is not None:
        print(name, port, service.name(port), service.status(port), service.protocol(port))' DOMAIN HTTP NOTHING >"$work/log" 2>&1
grep -q '^DOMAIN 53 DOMAIN' "$work/log" && grep -q '^HTTP 80 HTTP' "$work/log" && ! grep -q NOTHING "$work/log"
report "python3: what is compiled works" $?
echo "1..$count"
[ "$failed" -eq 0 ]
