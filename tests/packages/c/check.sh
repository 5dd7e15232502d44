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
	[ -z "$said" ] || printf '%s\n' "$said"
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

# consumer PROGRAM ADAPTORS HEADER DIR VECTORS COMPILER FLAG... - a program here that calls the headers by HEADER, which is here or among
# ADAPTORS, agrees with the vectors.
consumer() {
	program=$1
	adaptors=$2
	registries=$3
	dir=$4
	vectors=$5
	shift 5
	"$@" "-DREGISTRIES=\"$registries\"" -I$here -I"$adaptors/registries" -I"$dir/include" "$here/$program.c" -o "$work/consumer" &&
		"$work/consumer" "$vectors"
}

# consumers LABEL PROGRAM ADAPTORS HEADER DIR VECTORS
consumers() {
	label=$1
	shift
	if [ ! -f "$5" ]; then
		skip "$label: agrees with the vectors" "no $5"
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

# clash INCLUDE COMPILER FLAG... - what mingw's winhttp.h and CUPS's http.h define is not in the way, before or behind.
clash() {
	include=$1
	shift
	for other in winhttp.h cups/http.h; do
		cat >"$work/clash.c" <<-END
			#include <$other>
			#include <iana/http_status.h>
			#include <iana/http_status_unofficial.h>
			#include <iana/http_status.h>
			int main(void) { return IANA_HTTP_STATUS_OK != (int)HTTP_STATUS_OK || iana_http_status_text(IANA_HTTP_STATUS_NOT_FOUND)[0] != 'N'; }
		END
		{ sed 1d "$work/clash.c" | sed '$d'; echo "#include <$other>"; tail -n 1 "$work/clash.c"; } >"$work/behind.c"
		for unit in clash behind; do
			"$@" -Wall -Wextra -Werror -I$here/clash -I"$include" "$work/$unit.c" -o "$work/clash" && "$work/clash" || return 1
		done
	done
}

# names INCLUDE HEADER PREFIX TYPE COMPILER FLAG... - all names of a header are found, and nothing else.
names() {
	include=$1
	header=$2
	function=$3
	macro=$(printf %s "$3" | tr '[:lower:]' '[:upper:]')
	type=$4
	shift 4
	"$@" -w "-DHEADER=<$header>" "-DTYPE=$type" "-DFUNCTION(x)=${function}_##x" "-DMACRO(x)=${macro}_##x" -I"$include" $here/names.c \
		-o "$work/names" && "$work/names"
}

# strings INCLUDE HEADER PREFIX CASELESS COMPILER FLAG... - the same of a header whose values are strings.
strings() {
	include=$1
	header=$2
	function=$3
	macro=$(printf %s "$3" | tr '[:lower:]' '[:upper:]')
	caseless=$4
	shift 4
	"$@" -w "-DHEADER=<$header>" "-DCASELESS=$caseless" "-DFUNCTION(x)=${function}_##x" "-DMACRO(x)=${macro}_##x" -I"$include" \
		$here/strings.c -o "$work/strings" && "$work/strings"
}

# fields - HTTP's methods and fields, from registries/.
fields() {
	rm -rf "$work/fields"
	mkdir -p "$work/fields"
	cp -R registries "$work/fields"
	awk '/^registries:/ { exit } { print }' registry.yaml | awk '/^(files|targets):/ { skip = 1; next } /^[a-z]/ { skip = 0 } !skip' >"$work/fields/registry.yaml"
	printf 'files: [registries/http.yaml]\nregistries: []\n' >>"$work/fields/registry.yaml"
	$regen generate -c "$work/fields/registry.yaml" -t templates -l c -o "$work/fields"
}

# far - a registry whose names differ where no hash looks: they are searched for.
far() {
	rm -rf "$work/far"
	mkdir -p "$work/far"
	awk 'BEGIN {
		for (i = 0; i < 70; i++)
			x = x "x"
		print "format: 1\npackage: {name: far}\nregistries:\n  - id: names\n    type: u16\n    entries:"
		for (i = 0; i < 200; i++)
			printf "      - {value: %d, name: %s_%d_%s, text: Text %d}\n", i * 7, x, i * 37 % 200, x, i
	}' >"$work/far/registry.yaml"
	$regen generate -c "$work/far/registry.yaml" -t templates -l c -o "$work/far" && grep -q ' sorted\[\]' "$work/far/c/include/far/names.h"
}

# large - a registry of 14,533 entries.
large() {
	mkdir -p "$work/large"
	python3 tests/bench/registry.py 14533 >"$work/large/registry.yaml" &&
		$regen generate -c "$work/large/registry.yaml" -t templates -l c -o "$work/large" &&
		grep -q ' displacements\[\]' "$work/large/c/include/bench/code.h"
}

# quick COMPILER FLAG... - a unit that uses all of the large header compiles within 10 seconds and 1 GB, without a warning.
quick() {
	cat >"$work/large.c" <<-'END'
		#define BENCH_NO_DEPRECATED
		#include <bench/code.h>
		const char *text(uint32_t code);
		const char *name(uint32_t code);
		const char *description(uint32_t code);
		bool parse(const char *s, size_t n, uint32_t *code);
		struct bench_reference reference(uint32_t code);
		struct bench_reference former(uint32_t code);
		const char *text(uint32_t code) { return bench_code_text(code); }
		const char *name(uint32_t code) { return bench_code_name(code); }
		const char *description(uint32_t code) { return bench_code_description(code); }
		bool parse(const char *s, size_t n, uint32_t *code) { return bench_code_parse(s, n, code); }
		struct bench_reference reference(uint32_t code) { return bench_code_reference(code, 0); }
		struct bench_reference former(uint32_t code) { return bench_code_former_reference(code, 0); }
	END
	silent prlimit --cpu=10 --as=1000000000 "$@" -I"$work/large/c/include" -c "$work/large.c" -o "$work/large.o"
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
	{ echo '#include "winhttp.h"'; main; } >"$work/project/main.c"
	{ echo '#include "cups/http.h"'; main; } >"$work/project/plus.cpp"
	cp -R $here/clash/. "$work/project"
	cat >"$work/project/CMakeLists.txt" <<-END
		cmake_minimum_required(VERSION 3.14)
		project(consumer LANGUAGES C CXX)
		find_package($package REQUIRED)
		add_executable(main main.c)
		target_link_libraries(main PRIVATE $package::$package)
		target_compile_options(main PRIVATE -Wall -Wextra -Wpedantic -Werror)
		add_executable(plus plus.cpp)
		target_include_directories(plus PRIVATE .)
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

# tidy DIR CHECKS - what is left out contradicts the header's purpose (numbers are what it holds, code is a good name) or is for another
# world (FPGAs, LLVM's libc).
tidy() {
	units "$1" "$work/units/tidy"
	rm "$work/units/tidy/twice.c"
	clang-tidy --quiet --warnings-as-errors='*' --header-filter='.*' \
		--checks="*,-altera-*,-llvmlibc-*,-llvm-header-guard,-*-magic-numbers,-readability-identifier-length$2" \
		"$work"/units/tidy/*.c -- -std=c11 -I"$1/include"
}

check() {
	units "$1" "$work/units/cppcheck"
	for standard in --std=c99 '--std=c++11 --language=c++'; do
		# shellcheck disable=SC2086
		cppcheck --enable=all --inconclusive --suppress=missingIncludeSystem $standard --error-exitcode=1 -q -I"$1/include" \
			"$work/units/cppcheck" || return 1
	done
}

# iwyu DIR - each header includes what it uses and nothing else, in C and in C++.
iwyu() {
	for header in "$1"/include/*/*.h; do
		for language in 'c -std=c11' 'c++ -std=c++17'; do
			# shellcheck disable=SC2086
			include-what-you-use -Xiwyu --error=1 -x $language -I"$1/include" "$header" || return 1
		done
	done
}

# docs DIR - Doxygen finds everything that is public documented, and understands it.
docs() {
	rm -rf "$work/docs"
	mkdir -p "$work/docs"
	cat >"$work/docs/Doxyfile" <<-END
		INPUT = $1/include
		RECURSIVE = YES
		OUTPUT_DIRECTORY = $work/docs
		EXTRACT_STATIC = YES
		OPTIMIZE_OUTPUT_FOR_C = YES
		GENERATE_LATEX = NO
		HAVE_DOT = NO
		QUIET = YES
		WARN_AS_ERROR = FAIL_ON_WARNINGS
	END
	silent doxygen "$work/docs/Doxyfile" && [ -f "$work/docs/html/index.html" ]
}

# bazel - BUILD.bazel and MODULE.bazel, which are Python in this, name the package and exactly the headers that there are.
bazel() {
	python3 - "$out" "$package" <<-'END'
		import glob, os, sys
		out, package = sys.argv[1:]
		calls = []
		names = {name: (lambda *args, called=name, **kwargs: calls.append((called, args, kwargs)))
		         for name in ("load", "cc_library", "module", "bazel_dep")}
		for name in ("MODULE.bazel", "BUILD.bazel"):
		    with open(os.path.join(out, name)) as f:
		        exec(compile(f.read(), name, "exec"), dict(names))
		made = {called: (args, kwargs) for called, args, kwargs in calls}
		headers = sorted(os.path.relpath(h, out) for h in glob.glob(os.path.join(out, "include/*/*.h")))
		library = made["cc_library"][1]
		assert sorted(library["hdrs"]) == headers, library
		assert library["includes"] == ["include"] and library["name"] == package == made["module"][1]["name"], made
		assert made["load"][0][0].startswith("@" + made["bazel_dep"][1]["name"] + "//"), made
	END
}

if [ ! -f $out/CMakeLists.txt ]; then
	echo "1..0 # SKIP no $out: make generate"
	exit 1
fi
mkdir -p $work

if [ -x $regen ]; then
	run 'vectors of registry.yaml' $regen generate -t tests/packages/vectors -o build
	run 'adaptors of registry.yaml' $regen generate -t $here/templates -o $work/adaptors
	run 'vectors of hostile.yaml' $regen generate -c tests/packages/vectors/hostile.yaml -t tests/packages/vectors -o build/hostile/vectors
	run options options
	run 'package of strings' $regen generate -c tests/packages/vectors/strings.yaml -t templates -l c -o build/strings
	run 'vectors of strings' $regen generate -c tests/packages/vectors/strings.yaml -t tests/packages/vectors -o build/strings/vectors
	run 'adaptors of strings' $regen generate -c tests/packages/vectors/strings.yaml -t $here/templates -o "$work/adaptors_of_strings"
	run 'package of keys' $regen generate -c tests/golden/keys/registry.yaml -t templates -l c -o build/keys
	run 'package of hostile.yaml' $regen generate -c tests/packages/vectors/hostile.yaml -l c -o build/hostile
else
	skip 'vectors and hostile.yaml' "no $regen"
fi

for tool in gcc g++ clang clang++ tcc; do
	has $tool || skip "$tool" "no $tool"
done
compilers registry $out
consumers registry consumer "$work/adaptors" registries.h $out build/vectors/vectors.tsv
consumers 'registries of strings' vectors "$work/adaptors" of_strings.h $out build/vectors/vectors.tsv
consumers strings vectors "$work/adaptors_of_strings" of_strings.h build/strings/c build/strings/vectors/vectors/vectors.tsv
if [ -d build/hostile/c ]; then
	compilers hostile build/hostile/c
	consumers hostile consumer "$work/adaptors" hostile.h build/hostile/c build/hostile/vectors/vectors/vectors.tsv
else
	skip 'hostile texts' 'no build/hostile/c'
fi

for which in strings keys; do
	[ ! -d build/$which/c ] || compilers $which build/$which/c
done

run 'each header can be copied alone' copied $out/include/*/*.h
for tool in 'gcc -std=c99' 'clang -std=c17' 'g++ -x c++ -std=c++11' 'clang++ -x c++ -std=c++20'; do
	if has "${tool%% *}"; then
		# shellcheck disable=SC2086
		run "names of other headers are not in the way: $tool" clash $out/include $tool
	fi
done
if [ -x $regen ]; then
	run 'a registry of 14,533 entries' large
	run 'a registry without a hash' far
	run 'registries of strings' fields
	for tool in 'gcc -std=c99 -O2' 'g++ -x c++ -std=c++11 -O2' 'clang -std=c17' 'clang++ -x c++ -std=c++20'; do
		if has "${tool%% *}"; then
			# shellcheck disable=SC2086
			run "a large header compiles soon: $tool" quick $tool $warnings
		fi
	done
	for tool in 'gcc -O2' 'gcc -g -fsanitize=address,undefined -fno-sanitize-recover=all' tcc 'clang -funsigned-char' 'g++ -x c++ -fsigned-char'; do
		if has "${tool%% *}"; then
			# shellcheck disable=SC2086
			run "names, with slots: $tool" names $out/include iana/http_status.h iana_http_status int $tool
			# shellcheck disable=SC2086
			run "names, with displacements: $tool" names $work/large/c/include bench/code.h bench_code uint32_t $tool
			# shellcheck disable=SC2086
			run "names, without a hash: $tool" names $work/far/c/include far/names.h far_names int $tool
			# shellcheck disable=SC2086
			run "strings: $tool" strings $work/fields/c/include iana/http_method.h iana_http_method 0 $tool
			# shellcheck disable=SC2086
			run "strings whose case does not count: $tool" strings $work/fields/c/include iana/http_field.h iana_http_field 1 $tool
		fi
	done
fi
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
for tool in cppcheck clang-tidy include-what-you-use doxygen python3; do
	has $tool || skip "$tool" "no $tool"
done
for which in registry strings hostile; do
	dir=$out
	more=
	[ $which = registry ] || dir=build/$which/c
	# the hostile texts hold what that check looks for; they are written as escapes
	[ $which = registry ] || more=,-misc-misleading-bidirectional
	[ -d "$dir" ] || continue
	has cppcheck && run "$which: cppcheck --enable=all" check "$dir"
	has clang-tidy && run "$which: clang-tidy" tidy "$dir" "$more"
	has include-what-you-use && run "$which: include-what-you-use" iwyu "$dir"
	has doxygen && run "$which: doxygen" docs "$dir"
done
has python3 && run 'BUILD.bazel and MODULE.bazel' bazel

echo "1..$count"
[ $failed -eq 0 ]
