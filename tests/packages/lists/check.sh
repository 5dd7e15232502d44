#!/bin/sh
# check.sh - a registry with lists of 10,000 members: in every language it compiles within ten seconds of the processor, and a program
# gets all of them. Run it from the project's root; it prints TAP. What it builds is in build/packages/lists.
set -u
LC_ALL=C
GOFLAGS=-mod=mod
GOTOOLCHAIN=local
GOPROXY=off
PYTHONDONTWRITEBYTECODE=1
export LC_ALL GOFLAGS GOTOOLCHAIN GOPROXY PYTHONDONTWRITEBYTECODE

here=$PWD/tests/packages/lists
work=$PWD/build/packages/lists
out=$work/out
count=0
failed=0

# run NAME COMMAND... - one test: the command succeeds.
run() {
	name=$1
	shift
	count=$((count + 1))
	if "$@" >"$work/log" 2>&1; then
		echo "ok $count - lists: $name"
	else
		failed=$((failed + 1))
		echo "not ok $count - lists: $name"
		sed -n '1,20s/^/# /p' "$work/log"
	fi
}

has() {
	command -v "$1" >/dev/null 2>&1
}

skip() {
	count=$((count + 1))
	echo "ok $count - lists: $1 # SKIP no $1"
}

# soon COMMAND... - none of its processes takes ten seconds.
soon() {
	prlimit --cpu=10 "$@"
}

# says COMMAND... - it prints all members.
says() {
	"$@" >"$work/got" && cmp "$work/got" "$work/members"
}

generated() {
	python3 "$here/registry.py" >"$work/registry.yaml" && python3 "$here/registry.py" --members >"$work/members" &&
		soon build/regen generate -c "$work/registry.yaml" -t templates -o "$out"
}

c() {
	soon "$@" -Wall -Wextra -Werror -I"$out/c/include" -o "$work/use" "$work/use.c" && says "$work/use"
}

golang() {
	mkdir -p "$out/go/use" && cp "$work/use.go" "$out/go/use/main.go" && (cd "$out/go" && soon go build -o "$work/use" ./use) &&
		says "$work/use"
}

rust() {
	soon rustc --edition 2021 --crate-name lists --crate-type rlib -O --out-dir "$work" "$out/rust/src/lib.rs" &&
		soon rustc --edition 2021 --extern lists="$work/liblists.rlib" -o "$work/use" "$work/use.rs" && says "$work/use"
}

java() {
	# shellcheck disable=SC2046
	soon javac -encoding UTF-8 -Xlint:all -Werror -d "$work/classes" $(find "$out/java" -name '*.java' ! -name module-info.java) "$work/Use.java" &&
		says command java -cp "$work/classes" Use
}

ts() {
	soon node tests/node_modules/typescript/lib/tsc.js --strict --noEmit --target es2022 --module nodenext "$out/ts/src/codes.ts" &&
		cp "$work/use.mjs" "$out/ts" && says node "$out/ts/use.mjs"
}

python() {
	says env PYTHONPATH="$out/python/src" python3 -W error "$work/use.py"
}

rm -rf "$work"
mkdir -p "$work/classes"
run 'generated' generated

cat >"$work/use.c" <<'END'
#include <lists/codes.h>
#include <stdio.h>

int main(void) {
  int code;
  size_t i;
  for (code = 1; code <= 3; code++) {
    printf("%lu\n", (unsigned long)lists_codes_parts_count(code));
    for (i = 0; i < lists_codes_parts_count(code); i++) {
      puts(lists_codes_parts(code, i));
    }
    printf("%lu\n", (unsigned long)lists_codes_numbers_count(code));
    for (i = 0; i < lists_codes_numbers_count(code); i++) {
      printf("%d\n", lists_codes_numbers(code, i));
    }
  }
  return 0;
}
END
for cc in 'gcc -std=c99 -O2' 'g++ -x c++ -std=c++11 -O2' 'clang -std=c17 -O2' tcc; do
	# shellcheck disable=SC2086
	if has "${cc%% *}"; then
		run "$cc" c $cc
	else
		skip "$cc"
	fi
done

cat >"$work/use.go" <<'END'
package main

import (
	"fmt"

	"example.org/lists/out/go/codes"
)

func main() {
	for code := 1; code <= 3; code++ {
		parts, numbers := codes.Parts(code), codes.Numbers(code)
		fmt.Println(parts.Len())
		for i := 0; i < parts.Len(); i++ {
			fmt.Println(parts.At(i))
		}
		fmt.Println(numbers.Len())
		for i := 0; i < numbers.Len(); i++ {
			fmt.Println(numbers.At(i))
		}
	}
}
END
if has go; then run go golang; else skip go; fi

cat >"$work/use.rs" <<'END'
fn main() {
    for code in lists::codes::Codes::all() {
        println!("{}", code.parts().len());
        code.parts().iter().for_each(|part| println!("{part}"));
        println!("{}", code.numbers().len());
        code.numbers().iter().for_each(|number| println!("{number}"));
    }
}
END
if has rustc; then run rustc rust; else skip rustc; fi

cat >"$work/Use.java" <<'END'
public class Use {
  private Use() {}

  public static void main(String[] args) {
    for (int code = 1; code <= 3; code++) {
      System.out.println(lists.Codes.parts(code).size());
      lists.Codes.parts(code).forEach(System.out::println);
      System.out.println(lists.Codes.numbers(code).size());
      lists.Codes.numbers(code).forEach(System.out::println);
    }
  }
}
END
if has javac; then run javac java; else skip javac; fi

cat >"$work/use.mjs" <<'END'
import { numbers, parts } from "./codes.js";

const lines = [1, 2, 3].flatMap((code) => [parts(code).length, ...parts(code), numbers(code).length, ...numbers(code)]);
process.stdout.write(lines.join("\n") + "\n");
END
if [ -f tests/node_modules/typescript/lib/tsc.js ]; then run tsc ts; else skip tsc; fi

cat >"$work/use.py" <<'END'
from lists import codes

for code in (1, 2, 3):
    print(len(codes.parts(code)), *codes.parts(code), len(codes.numbers(code)), *codes.numbers(code), sep="\n")
END
run python3 python
echo "1..$count"
[ $failed -eq 0 ]
