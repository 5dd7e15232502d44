#!/bin/sh
# check.sh [SEED [COUNT [LANGUAGE]]] - make COUNT registries at random from SEED, generate the packages of all languages from them, compile
# these as strictly as their own tests do, and ask each package for every fact; judge.py works out what it should say from the registries
# alone. Run it from the project's root; it prints TAP. What fails is narrowed down to one registry, which is left in tests/got/hostile.
# For all languages it runs itself for each, as many at a time as there are processors.
set -u
LC_ALL=C
CARGO_NET_OFFLINE=true
CARGO_TERM_COLOR=never
GOFLAGS=-mod=mod
GOTOOLCHAIN=local
GOPROXY=off
GOCACHE=$PWD/build/packages/go/cache
export LC_ALL CARGO_NET_OFFLINE CARGO_TERM_COLOR GOFLAGS GOTOOLCHAIN GOPROXY GOCACHE

seed=${1:-${SEED:-1}}
number=${2:-24}
only_language=${3:-}
here=tests/packages/hostile
work=$PWD/build/packages/hostile
got=tests/got/hostile
modules=$PWD/tests/node_modules
tools=$PWD/build/tools/python/bin
log=$work/${only_language:-all}.log
count=0
failed=0

warnings='-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wcast-qual -Wundef -Wswitch-enum -Wnull-dereference
	-Wformat=2 -Wdouble-promotion -Werror'
gccc='-Wc++-compat -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wswitch-default -Wbidi-chars=any'
gxx='-Wold-style-cast -Wuseless-cast -Wzero-as-null-pointer-constant'

has() {
	command -v "$1" >/dev/null 2>&1
}

# run NAME COMMAND... - one test: the command succeeds.
run() {
	name=$1
	shift
	count=$((count + 1))
	if "$@" >"$log" 2>&1; then
		echo "ok $count - seed $seed: $name"
	else
		failed=$((failed + 1))
		echo "not ok $count - seed $seed: $name"
		head -c 4000 "$log" | sed -n '1,40s/^/# /p'
		return 1
	fi
}

skip() {
	count=$((count + 1))
	echo "ok $count - seed $seed: $1 # SKIP $2"
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

# produce DIR [ONLY] - registries, and packages of all languages in DIR/out; how to ask these is in DIR/ask.
produce() {
	folder=$1
	shift
	rm -rf "$folder"
	mkdir -p "$folder/templates"
	python3 $here/make.py "$seed" "$number" "$@" >"$folder/registry.yaml" || return 1
	for l in c go java python rust ts; do
		mkdir "$folder/templates/$l" && cp $here/$l/*.mustache $here/names.mustache "$folder/templates/$l" &&
			{ sed '/^outputs:/,$d' "templates/$l/lang.yaml" && cat $here/$l/outputs.yaml; } >"$folder/templates/$l/lang.yaml" || return 1
	done
}

# package DIR LANGUAGE
package() {
	build/regen generate -c "$1/registry.yaml" -t templates -l "$2" -o "$1/out" &&
		build/regen generate -c "$1/registry.yaml" -t "$1/templates" -l "$2" -o "$1/ask"
}

# batches SUFFIX HEADER... - files of 20 in ./batch_N.SUFFIX
batches() {
	suffix=$1
	shift
	printf '%s\n' "$@" | awk -v suffix="$suffix" '{ print "#include \"" $0 "\"" >("batch_" int((NR - 1) / 20) "." suffix) }'
}

# Every header in C with how it is asked, and alone in C++, twenty at a time.
program_c() {
	mkdir -p "$1/c" && (
		cd "$1/c" && batches c ../ask/c/*.inc && (cd ../out/c/include && find . -name '*.h') | sort | xargs sh -c \
			'printf "%s\n" "$@" | awk "{ print \"#include <\" \$0 \">\" >(\"batch_\" int((NR - 1) / 20) \".cc\") }"' sh &&
			cp ../ask/c/table.c . && printf '%s\n' ./*.c "$OLDPWD/$here/c/ask.c" | xargs -P 2 -I{} \
			gcc -std=c99 -D_POSIX_C_SOURCE=200809L $warnings $gccc -I"$OLDPWD/$here/c" -I../out/c/include -c {} &&
			gcc ./*.o -o ask
	)
}

# The same headers alone in C++.
plus_c() {
	(
		cd "$1/c" && printf '%s\n' ./*.cc | xargs -P 2 -I{} \
			g++ -std=c++11 $warnings $gxx -I../out/c/include -fsyntax-only {}
	)
}

answer_c() {
	"$1/c/ask" "$2"
}

program_go() {
	mkdir -p "$1/go" && sed 's|"MODULE|"example.org/hostile|' $here/go/main.go >"$1/go/main.go" &&
		for file in "$1"/ask/go/*.go; do
			sed 's|"MODULE|"example.org/hostile|' "$file" >"$1/go/$(basename "$file")" || return 1
		done
	printf 'module consumer\n\ngo 1.18\n\nrequire example.org/hostile v0.0.0\n\nreplace example.org/hostile => %s\n' "$1/out/go" >"$1/go/go.mod"
	silent gofmt -d "$1/out/go" && (cd "$1/go" && go build -o ask .)
}

plus_go() {
	(cd "$1/out/go" && silent go vet ./...)
}

answer_go() {
	"$1/go/ask" "$2"
}

# The sources of a package.
sources_java() {
	find "$1/out/java" -name '*.java'
}

program_java() {
	mkdir -p "$1/java" && sources_java "$1" >"$1/java/sources" && printf '%s\n' $here/java/Ask.java "$1"/ask/java/*.java >"$1/java/askers" &&
		javac --release 11 -encoding UTF-8 -Xlint:all -Werror -d "$1/java/classes" @"$1/java/sources" &&
		javac --release 11 -encoding UTF-8 -cp "$1/java/classes" -d "$1/java/ask" @"$1/java/askers"
}

plus_java() {
	javadoc -quiet --release 11 -encoding UTF-8 -Xdoclint:all -Werror -d "$1/java/doc" @"$1/java/sources"
}

answer_java() {
	java -cp "$1/java/classes:$1/java/ask" Ask "$2"
}

# With every warning of the compiler an error.
program_python() {
	PYTHONDONTWRITEBYTECODE='' python3 -W error -m compileall -q -f "$1/out/python/src"
}

plus_python() {
	"$tools/mypy" --strict --no-error-summary --config-file= --cache-dir "$work/mypy" "$1/out/python/src" &&
		(cd "$1/out/python" && "$tools/ruff" check -q --no-cache .)
}

answer_python() {
	python3 -W error $here/python/ask.py "$1/ask/python" "$1/out/python/src" "$2"
}

program_rust() {
	mkdir -p "$1/rust/src" && cp $here/rust/main.rs "$1/ask/rust/subjects.rs" "$1/rust/src" && cat >"$1/rust/Cargo.toml" <<-'END'
		[package]
		name = "ask"
		version = "0.0.0"
		edition = "2021"

		[dependencies]
		subject = { path = "../out/rust", package = "hostile" }

		[profile.dev]
		debug = false
		incremental = false

		[workspace]
	END
	(cd "$1/rust" && RUSTFLAGS='-D warnings' CARGO_TARGET_DIR="$1/rust/target" cargo build -q)
}

plus_rust() {
	(cd "$1/out/rust" && cargo fmt -- --check)
}

answer_rust() {
	"$1/rust/target/debug/ask" "$2"
}

program_ts() {
	mkdir -p "$1/ts/node_modules" && cp tests/packages/ts/tsconfig.json "$1" && cp tests/packages/ts/tsconfig.json "$1/out/ts" &&
		cp tests/packages/ts/consumer/tsconfig.json $here/ts/*.mts "$1/ask/ts/subjects.mts" "$1/ts" &&
		ln -sfn "$1/out/ts" "$1/ts/node_modules/subject" && ln -sfn "$modules/@types" "$1/ts/node_modules/@types" &&
		"$modules/.bin/tsc" -p "$1/out/ts" && "$modules/.bin/tsc" -p "$1/ts"
}

plus_ts() {
	node tests/packages/ts/same.mjs "$1/out/compiled" "$1/out/ts"
}

answer_ts() {
	node "$1/ts/out/run.mjs" "$2"
}

# judged DIR LANGUAGE [ONLY] - the package says what it should of every registry.
judged() {
	names=$1/ask/$2/names.tsv
	asked=$1
	asker=$2
	shift 2
	python3 $here/judge.py ask "$seed" "$number" "$asker" "$names" "$@" >"$asked/$asker.questions" &&
		"answer_$asker" "$asked" "$asked/$asker.questions" >"$asked/$asker.answers" &&
		python3 $here/judge.py judge "$seed" "$number" "$asker" "$names" "$asked/$asker.answers" "$@"
}

# spoiled LANGUAGE - with one byte changed of what it should say, it does not.
spoiled() {
	not python3 $here/judge.py judge --spoil "$seed" "$number" "$1" "$work/all/ask/$1/names.tsv" "$work/all/$1.answers" >"$work/$1.spoiled" &&
		grep -x "$1: .*, 1 failures in .*" "$work/$1.spoiled"
}

# fails STEP LANGUAGE NUMBER... - with these registries alone, up to a step.
fails() {
	until=$1
	of=$2
	shift 2
	only=$(echo "$@" | tr ' ' ',')
	produce "$work/narrow_$of" "$only" || return 1
	package "$work/narrow_$of" "$of" || return 0
	[ "$until" = package ] && return 1
	"program_$of" "$work/narrow_$of" || return 0
	case $until in
	program) return 1 ;;
	plus) not "plus_$of" "$work/narrow_$of" ;;
	*) not judged "$work/narrow_$of" "$of" "$only" ;;
	esac
}

# half FIRST|SECOND NUMBER...
half() {
	which=$1
	shift
	middle=$(($# / 2))
	i=0
	for n; do
		i=$((i + 1))
		if { [ "$which" = first ] && [ $i -le $middle ]; } || { [ "$which" = second ] && [ $i -gt $middle ]; }; then
			echo "$n"
		fi
	done
}

# narrow STEP LANGUAGE - find one registry that fails, and leave it in $got. Registry 0 is always there, as others refer to it.
narrow() {
	step=$1
	culprit=$2
	# shellcheck disable=SC2046
	set -- $(seq 0 $((number - 1)))
	while [ $# -gt 1 ]; do
		first=$(half first "$@")
		second=$(half second "$@")
		# shellcheck disable=SC2086
		if fails "$step" "$culprit" $first; then
			set -- $first
		elif fails "$step" "$culprit" $second; then
			set -- $second
		else
			break
		fi
	done >"$work/narrow_$culprit.log" 2>&1
	mkdir -p $got
	fails "$step" "$culprit" "$@" >"$got/$culprit-$seed.log" 2>&1
	cp "$work/narrow_$culprit/registry.yaml" "$got/$culprit-$seed.yaml"
	echo "# $got/$culprit-$seed.yaml has the registry: $* of $number"
}

# suite LANGUAGE PLUS
suite() {
	lang=$1
	if ! run "$lang: packages of $number registries" package "$work/all" "$lang"; then
		narrow package "$lang"
		return
	fi
	if ! run "$lang: they compile without a warning" "program_$lang" "$work/all"; then
		narrow program "$lang"
		return
	fi
	run "$lang: $2" "plus_$lang" "$work/all" || narrow plus "$lang"
	if ! run "$lang: they say what the registries do" judged "$work/all" "$lang"; then
		narrow judged "$lang"
		return
	fi
	sed -n "/^$lang: [0-9]* questions/s/^/# /p" "$log"
	run "$lang: one byte that differs is found" spoiled "$lang"
}

# language NAME - its suite, if what it needs is there.
language() {
	case $1 in
	c)
		if has gcc && has g++; then
			suite c 'and so does C++'
		else
			skip c 'no gcc or g++'
		fi
		;;
	go)
		if has go; then
			suite go 'go vet finds nothing'
		else
			skip go 'no go'
		fi
		;;
	java)
		if has javac && has javadoc; then
			suite java 'javadoc finds nothing'
		else
			skip java 'no JDK'
		fi
		;;
	python)
		if [ -x "$tools/mypy" ]; then
			suite python 'mypy and ruff find nothing'
		else
			skip python 'no build/tools/python: make setup-test'
		fi
		;;
	rust)
		if has cargo && cargo fmt --version >/dev/null 2>&1; then
			suite rust 'rustfmt has nothing to change'
		else
			skip rust 'no cargo or rustfmt'
		fi
		;;
	ts)
		if has node && [ -x "$modules/.bin/tsc" ]; then
			suite ts 'its .js and .d.ts are what tsc makes'
		else
			skip ts 'no node, or no tests/node_modules: make setup-test'
		fi
		;;
	esac
}

if [ -n "$only_language" ]; then
	language "$only_language"
	exit $((failed > 0))
fi

rm -rf "$work"
mkdir -p "$work"
run "$number registries" produce "$work/all" || exit 1
run 'they are valid' build/regen validate -c "$work/all/registry.yaml" -t templates
# shellcheck disable=SC2016
printf '%s\n' rust java ts c go python | xargs -P "${JOBS:-$(getconf _NPROCESSORS_ONLN)}" -I{} \
	sh -c 'sh "$0" "$1" "$2" "$3" >"$4/$3.tap"' "$here/check.sh" "$seed" "$number" {} "$work" || failed=1
for lang in c go java python rust ts; do
	cat "$work/$lang.tap"
done | awk -v n=$count '
	/^(not )?ok / { sub(/ok [0-9]+/, "ok " ++n) }
	/^not / { failed = 1 }
	{ print }
	END { print "1.." n; exit failed }'
status=$?
[ $failed -eq 0 ] && [ $status -eq 0 ]
