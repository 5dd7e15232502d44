#!/bin/sh
# check.sh - the C package in every compiler, standard, linter and build system that is here. Run it from the project's root after
# `make generate`; it prints TAP and exits 1 if a test fails. What it builds is in build/packages/c.
set -u
LC_ALL=C
export LC_ALL

here=tests/packages/c
out=out/c
regen=build/regen
work=build/packages/c
count=0
failed=0

# run NAME COMMAND... - one test: the command succeeds.
run() {
	name=$1
	shift
	count=$((count + 1))
	if "$@" >"$work/log" 2>&1; then
		echo "ok $count - c: $name"
	else
		failed=$((failed + 1))
		echo "not ok $count - c: $name"
		sed -n '1,40s/^/# /p' "$work/log"
	fi
}

skip() {
	count=$((count + 1))
	echo "ok $count - c: $1 # SKIP $2"
}

has() {
	command -v "$1" >/dev/null 2>&1
}

not() {
	! "$@"
}

# silent COMMAND... - the command succeeds and says nothing.
silent() {
	said=$("$@" 2>&1)
	code=$?
	printf '%s' "$said"
	[ $code -eq 0 ] && [ -z "$said" ]
}

warnings='-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wcast-qual -Wundef -Wswitch-enum -Wnull-dereference
	-Wformat=2 -Wdouble-promotion -Werror'
gccc='-Wc++-compat -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wswitch-default -Wbidi-chars=any'
gxx='-Wold-style-cast -Wuseless-cast -Wzero-as-null-pointer-constant'
everything='-Weverything -Wno-padded -Wno-c++98-compat -Wno-c++98-compat-pedantic -Wno-declaration-after-statement
	-Wno-unknown-warning-option -Wno-unsafe-buffer-usage'

# units DIR FOLDER - a translation unit for each header below FOLDER, and all.c with all of them twice and a main.
units() {
	rm -rf "$2"
	mkdir -p "$2"
	for header in "$1"/include/*/*.h; do
		path=${header#"$1"/include/}
		echo "#include <$path>" >"$2/$(basename "$header" .h).c"
		echo "#include <$path>" >>"$2/all.c"
	done
	cat "$2/all.c" "$2/all.c" >"$2/twice.c"
	echo 'int main(void);' >>"$2/twice.c"
	echo 'int main(void) { return 0; }' >>"$2/twice.c"
	rm "$2/all.c"
}

# compile INCLUDE UNITS COMPILER FLAG... - every unit compiles without a warning.
compile() {
	include=$1
	folder=$2
	shift 2
	for unit in "$folder"/*.c; do
		silent "$@" -I"$include" -c "$unit" -o "$work/unit.o" || return 1
	done
}

# compilers LABEL DIR - all compilers and standards.
compilers() {
	folder=$work/units/$1
	units "$2" "$folder"
	# shellcheck disable=SC2086
	for standard in c99 c11 c17 c2x gnu99; do
		for optimise in -O0 -O2; do
			if has gcc; then
				run "$1: gcc $standard $optimise" compile "$2/include" "$folder" gcc -std=$standard $optimise $warnings $gccc
			fi
		done
		if has clang; then
			run "$1: clang $standard -Weverything" compile "$2/include" "$folder" clang -std=$standard $warnings $everything
		fi
	done
	# shellcheck disable=SC2086
	for standard in c++11 c++14 c++17 c++20; do
		if has g++; then
			run "$1: g++ $standard" compile "$2/include" "$folder" g++ -x c++ -std=$standard -O2 $warnings $gxx
		fi
		if has clang++; then
			run "$1: clang++ $standard -Weverything" compile "$2/include" "$folder" clang++ -x c++ -std=$standard $warnings $everything
		fi
	done
	if has tcc; then
		run "$1: tcc" compile "$2/include" "$folder" tcc -Wall -Werror
	fi
	if has gcc; then
		run "$1: gcc -fanalyzer" compile "$2/include" "$folder" gcc -O2 -fanalyzer -Wall -Wextra -Werror
	fi
}

# consumer HEADER DIR VECTORS COMPILER FLAG... - the hand-written consumer agrees with the vectors.
consumer() {
	registries=$1
	dir=$2
	vectors=$3
	shift 3
	"$@" "-DREGISTRIES=\"$registries\"" -I$here -I"$dir/include" $here/consumer.c -o "$work/consumer" && "$work/consumer" "$vectors"
}

consumers() {
	label=$1
	shift
	if [ ! -f "$3" ]; then
		skip "$label: agrees with the vectors" "no $3"
		return
	fi
	has gcc && run "$label: agrees with the vectors (gcc -O2)" consumer "$@" gcc -std=c99 -O2 -Wall -Wextra -Werror
	has gcc && run "$label: agrees with the vectors (gcc, sanitized)" consumer "$@" gcc -std=c11 -O1 -g \
		-fsanitize=address,undefined -fno-sanitize-recover=all
	has clang && run "$label: agrees with the vectors (clang)" consumer "$@" clang -std=c11 -O1
	has tcc && run "$label: agrees with the vectors (tcc)" consumer "$@" tcc
	has g++ && run "$label: agrees with the vectors (g++)" consumer "$@" g++ -x c++ -std=c++11 -O2
	has clang++ && run "$label: agrees with the vectors (clang++)" consumer "$@" clang++ -x c++ -std=c++17
	return 0
}

# copied HEADER... - each header compiles when it is alone in a folder.
copied() {
	for header in "$@"; do
		rm -rf "$work/copied"
		mkdir -p "$work/copied"
		cp "$header" "$work/copied/alone.h"
		echo '#include "alone.h"' >"$work/copied/alone.c"
		cc -Wall -Wextra -Werror -c "$work/copied/alone.c" -o "$work/copied/alone.o" || return 1
	done
}

# empty - an object that includes every header and uses nothing has no code and no data.
empty() {
	units $out "$work/units/empty"
	for unit in "$work"/units/empty/*.c; do
		[ "$(basename "$unit")" = twice.c ] && continue
		gcc -std=c11 -O2 -I$out/include -c "$unit" -o "$work/empty.o" || return 1
		# shellcheck disable=SC2046
		set -- $(size "$work/empty.o" | tail -n 1)
		[ "$1" -eq 0 ] && [ "$2" -eq 0 ] && [ "$3" -eq 0 ] || return 1
	done
}

# norelocations - no table needs a relocation in a position-independent program.
norelocations() {
	cat >"$work/tables.c" <<-'END'
		#include <iana/http_status.h>
		const char *text(int code) { return iana_http_status_text(code); }
		const char *name(int code) { return iana_http_status_name(code); }
		const char *description(int code) { return iana_http_status_description(code); }
		int status(int code) { return (int)iana_http_status_status(code); }
		int at(size_t i) { return iana_http_status_at(i); }
		bool parse(const char *s, size_t n, int *code) { return iana_http_status_parse(s, n, code); }
		struct iana_reference reference(int code) { return iana_http_status_reference(code, 0); }
		bool cacheable(int code) { return iana_http_status_cacheable(code); }
	END
	gcc -std=c11 -O2 -fPIC -I$out/include -c "$work/tables.c" -o "$work/tables.o" && readelf -SW "$work/tables.o" >"$work/sections" &&
		not grep -F .data.rel "$work/sections"
}

# A constant that registry.yaml marks as deprecated, for tests that need one.
deprecated=$(sed -n 's/^ *\(IANA_HTTP_STATUS_[A-Z_]*\) IANA_DEPRECATED.*/\1/p' $out/include/iana/http_status.h 2>/dev/null | head -n 1)

warns() {
	printf '#include <iana/http_status.h>\nint main(void) { return %s == 0; }\n' "$deprecated" >"$work/deprecated.c"
	"$@" -I$out/include -c "$work/deprecated.c" -o "$work/deprecated.o"
}

# Names that mingw's winhttp.h and CUPS's http.h put in the way of others.
collisions() {
	cat >"$work/collisions.c" <<-'END'
		#define HTTP_STATUS_CONTINUE 100
		#define HTTP_STATUS_OK 200
		#define HTTP_STATUS_NOT_FOUND 404
		#define ERROR 0
		#define IN
		#define OUT
		#define OPTIONAL
		#define STRICT 1
		#define NO_ERROR 0
		#define OK 0
		#define XX(a) a
		#include <iana/http_status.h>
		int main(void) { return IANA_HTTP_STATUS_OK != HTTP_STATUS_OK; }
	END
	cc -Wall -Wextra -Werror -I$out/include "$work/collisions.c" -o "$work/collisions" && "$work/collisions"
}

# The programs in the package's README.
readme() {
	rm -rf "$work/readme"
	mkdir -p "$work/readme"
	awk -v dir="$work/readme" '/^```c$/ { n++; on = 1; next } /^```$/ { on = 0 } on { print >(dir "/" n ".c") }' $out/README.md
	for program in "$work"/readme/*.c; do
		cc -Wall -Wextra -Werror -I$out/include "$program" -o "$work/readme/program" && "$work/readme/program" >/dev/null || return 1
	done
}

# options - a prefix of one's own, and no deprecations.
options() {
	rm -rf "$work/options"
	mkdir -p "$work/options"
	cp tests/packages/vectors/hostile.yaml "$work/options"
	printf 'targets:\n  - {id: edge, lang: c, out: edge, options: {prefix: edge_two, deprecation: false}}\n' >>"$work/options/hostile.yaml"
	$regen generate -c "$work/options/hostile.yaml" -t templates -o "$work/options" || return 1
	cat >"$work/options/main.c" <<-'END'
		#include <hostile/type_u8.h>
		#include <hostile/type_u64.h>
		int main(void) { return edge_two_type_u64_text(EDGE_TWO_TYPE_U64_OLD_1)[0] != 't' || EDGE_TWO_TYPE_U8_OLD_1 != 1; }
	END
	cc -Wall -Wextra -Werror -I"$work/options/edge/include" "$work/options/main.c" -o "$work/options/main" && "$work/options/main"
}

package=$(sed -n 's/^project(\([a-z0-9_]*\).*/\1/p' $out/CMakeLists.txt 2>/dev/null)

install() {
	rm -rf "$work/cmake" "$work/prefix"
	cmake -S $out -B "$work/cmake" -DCMAKE_INSTALL_PREFIX="$PWD/$work/prefix" && cmake --install "$work/cmake"
}

main() {
	printf '#include <stdio.h>\n'
	for header in "$out"/include/*/*.h; do
		echo "#include <${header#"$out"/include/}>"
	done
	printf 'int main(void) { return puts("built") < 0; }\n'
}

# A project in C and in C++ that finds the installed package.
findpackage() {
	rm -rf "$work/project"
	mkdir -p "$work/project"
	main >"$work/project/main.c"
	main >"$work/project/plus.cpp"
	cat >"$work/project/CMakeLists.txt" <<-END
		cmake_minimum_required(VERSION 3.14)
		project(consumer LANGUAGES C CXX)
		find_package($package REQUIRED)
		add_executable(main main.c)
		target_link_libraries(main PRIVATE $package::$package)
		add_executable(plus plus.cpp)
		target_link_libraries(plus PRIVATE $package::$package)
	END
	cmake -S "$work/project" -B "$work/project/build" -DCMAKE_PREFIX_PATH="$PWD/$work/prefix" && cmake --build "$work/project/build" &&
		"$work/project/build/main" && "$work/project/build/plus"
}

# The same with the package as a folder of the project.
subdirectory() {
	rm -rf "$work/tree"
	mkdir -p "$work/tree"
	cp -R $out "$work/tree/package"
	main >"$work/tree/main.c"
	cat >"$work/tree/CMakeLists.txt" <<-END
		cmake_minimum_required(VERSION 3.14)
		project(consumer LANGUAGES C)
		add_subdirectory(package)
		add_executable(main main.c)
		target_link_libraries(main PRIVATE $package::$package)
	END
	cmake -S "$work/tree" -B "$work/tree/build" && cmake --build "$work/tree/build" && "$work/tree/build/main"
}

pkgconfig() {
	main >"$work/pkgconfig.c"
	PKG_CONFIG_PATH=$PWD/$work/prefix/share/pkgconfig
	export PKG_CONFIG_PATH
	pkg-config --validate "$package" && flags=$(pkg-config --cflags --libs "$package") || return 1
	# shellcheck disable=SC2086
	cc "$work/pkgconfig.c" -o "$work/pkgconfig" $flags && "$work/pkgconfig"
}

tidy() {
	units $out "$work/units/tidy"
	rm "$work/units/tidy/twice.c"
	# What is left out contradicts the header's purpose (numbers are what it holds, code is a good name) or is for another world
	# (FPGAs, LLVM's libc).
	clang-tidy --quiet --warnings-as-errors='*' --header-filter='.*' \
		--checks='*,-altera-*,-llvmlibc-*,-llvm-header-guard,-*-magic-numbers,-readability-identifier-length,-bugprone-easily-swappable-parameters,-readability-function-cognitive-complexity' \
		"$work"/units/tidy/*.c -- -std=c11 -I$out/include
}

check() {
	units $out "$work/units/cppcheck"
	cppcheck --enable=all --inconclusive --suppress=missingIncludeSystem --std=c99 --error-exitcode=1 -q -I$out/include \
		"$work/units/cppcheck"
}

if [ ! -f $out/CMakeLists.txt ]; then
	echo "1..0 # SKIP no $out: make generate"
	exit 1
fi
mkdir -p $work

if [ -x $regen ]; then
	run 'vectors of registry.yaml' $regen generate -t tests/packages/vectors -o build
	run 'vectors of hostile.yaml' $regen generate -c tests/packages/vectors/hostile.yaml -t tests/packages/vectors -o build/hostile/vectors
	run options options
	run 'package of hostile.yaml' $regen generate -c tests/packages/vectors/hostile.yaml -l c -o build/hostile
else
	skip 'vectors and hostile.yaml' "no $regen"
fi

for tool in gcc g++ clang clang++ tcc; do
	has $tool || skip "$tool" "no $tool"
done
compilers registry $out
consumers registry registries.h $out build/vectors/vectors.tsv
if [ -d build/hostile/c ]; then
	compilers hostile build/hostile/c
	consumers hostile hostile.h build/hostile/c build/hostile/vectors/vectors/vectors.tsv
else
	skip 'hostile texts' 'no build/hostile/c'
fi

run 'each header can be copied alone' copied $out/include/*/*.h
run 'macros of other headers are not in the way' collisions
run 'the programs in README.md' readme
if has gcc && has size; then
	run 'a unit that uses nothing is empty' empty
fi
if has gcc && has readelf; then
	run 'tables without relocations' norelocations
fi
if [ -n "$deprecated" ]; then
	for tool in 'gcc -std=c99' 'gcc -std=c2x' 'clang -std=c99' 'g++ -x c++ -std=c++11' 'g++ -x c++ -std=c++17' 'clang++ -x c++ -std=c++20'; do
		if has "${tool%% *}"; then
			# shellcheck disable=SC2086
			run "a deprecated name warns: $tool" not warns $tool -Werror
			# shellcheck disable=SC2086
			run "unless told not to: $tool" warns $tool -Wall -Wextra -Werror -DIANA_NO_DEPRECATED
		fi
	done
else
	skip 'a deprecated name warns' 'none in the registry'
fi
if has cmake; then
	run 'cmake --install' install
	if has g++; then
		run 'find_package from C and C++' findpackage
	fi
	run 'add_subdirectory' subdirectory
	if has pkg-config; then
		run 'pkg-config' pkgconfig
	else
		skip pkg-config 'no pkg-config'
	fi
else
	skip 'CMake and pkg-config' 'no cmake'
fi
if has cppcheck; then
	run 'cppcheck --enable=all' check
else
	skip cppcheck 'no cppcheck'
fi
if has clang-tidy; then
	run clang-tidy tidy
else
	skip clang-tidy 'no clang-tidy'
fi

echo "1..$count"
[ $failed -eq 0 ]
