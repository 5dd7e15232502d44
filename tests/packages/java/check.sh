#!/bin/sh
# check.sh - the Java module with the JDK, Maven and the formatter that make setup-test fetched. Run it from the project's root after
# `make generate`; it prints TAP and exits 1 if a test fails. What it builds is in build/packages/java; nothing is downloaded.
set -u
LC_ALL=C.UTF-8
export LC_ALL

here=tests/packages/java
out=out/java
regen=build/regen
work=$PWD/build/packages/java
repository=$PWD/build/tools/m2
formatter=$repository/com/google/googlejavaformat/google-java-format/1.17.0/google-java-format-1.17.0-all-deps.jar
count=0
failed=0

# run NAME COMMAND... - one test: the command succeeds.
run() {
	name=$1
	shift
	count=$((count + 1))
	if "$@" >"$work/log" 2>&1; then
		echo "ok $count - java: $name"
	else
		failed=$((failed + 1))
		echo "not ok $count - java: $name"
		sed -n '1,40s/^/# /p' "$work/log" | cut -c 1-400
	fi
}

skip() {
	count=$((count + 1))
	echo "ok $count - java: $1 # SKIP $2"
}

has() {
	command -v "$1" >/dev/null 2>&1
}

# sources PACKAGE
sources() {
	find "$1" -name '*.java' | sort >"$work/sources"
}

# compiled PACKAGE NAME - without a warning, for Java 11; the classes are in $work/classes/NAME.
compiled() {
	rm -rf "$work/classes/$2"
	sources "$1" && javac --release 11 -encoding UTF-8 -Xlint:all -Werror -d "$work/classes/$2" @"$work/sources"
}

# documented PACKAGE
documented() {
	rm -rf "$work/doc"
	sources "$1" && javadoc -quiet --release 11 -encoding UTF-8 -Xdoclint:all -Werror -d "$work/doc" @"$work/sources"
}

# linked - what Javadoc makes of a deprecated name leads to the other, and to the document.
linked() {
	documented $out && grep -q 'href="#CONTENT_TOO_LARGE"' "$work/doc/iana/iana/HttpStatus.html" &&
		grep -q 'href="https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.14"' "$work/doc/iana/iana/HttpStatus.html"
}

# agrees CLASSES VECTORS PACKAGE - the classes say what the lines of facts do.
agrees() {
	javac -encoding UTF-8 -Xlint:all -Werror -d "$work/vectors" $here/Vectors.java &&
		java -cp "$work/vectors:$1" Vectors "$2" "$3"
}

# differs CLASSES VECTORS PACKAGE - with one character changed, they do not.
differs() {
	sed '/^s_\{0,1\}entry/{s/assigned/reserved/;}' "$2" >"$work/spoiled.tsv"
	! agrees "$1" "$work/spoiled.tsv" "$3" >"$work/said" && grep 'checks, [1-9][0-9]* failures' "$work/said"
}

# searched - without a perfect hash, as with very many names or strings, they are found all the same.
searched() {
	rm -rf "$work/search"
	mkdir -p "$work/search"
	$regen generate -c tests/packages/vectors/strings.yaml -t templates -l java -o "$work/search" || return 1
	for class in Caseless One Unnamed; do
		id=$(echo "$class" | tr '[:upper:]' '[:lower:]')
		$regen view -c tests/packages/vectors/strings.yaml -t templates -l java -r "$id" | python3 -c '
import json, sys
view = json.load(sys.stdin)
view["registry"].update(hash=False, search=bool(view["registry"]["names"]), value_hash=False)
json.dump(view, sys.stdout)' >"$work/view.json" &&
			$regen render --strict --escape none -p templates/java templates/java/registry.mustache "$work/view.json" \
				>"$work/search/java/src/main/java/strings/$class.java" || return 1
	done
	grep SORTED "$work/search/java/src/main/java/strings/Caseless.java" && compiled "$work/search" search &&
		agrees "$work/classes/search" "$work/strings/vectors/vectors.tsv" strings
}

# full - registries as large as they can be compile and load, and every entry is found.
full() {
	mkdir -p "$work/full"
	python3 $here/full.py >"$work/full.yaml" && $regen generate -c "$work/full.yaml" -t templates -l java -o "$work/full" &&
		compiled "$work/full" full && test -f "$work/classes/full/full/AllU16Constants_4.class" &&
		javac --release 11 -Xlint:all -Werror -cp "$work/classes/full" -d "$work/full/use" $here/Full.java &&
		java -Xmx256m -cp "$work/classes/full:$work/full/use" Full
}

# options - coordinates and a package of one's own, and no deprecations.
options() {
	rm -rf "$work/options"
	mkdir -p "$work/options"
	cp tests/packages/vectors/hostile.yaml "$work/options"
	cat >>"$work/options/hostile.yaml" <<-'END'
		targets:
		  - id: plain
		    lang: java
		    out: plain
		    options: {package: org.example.plain, folder: org/example/plain, group: org.example, artifact: plain-codes, deprecation: false}
	END
	$regen generate -c "$work/options/hostile.yaml" -t templates -o "$work/options" && compiled "$work/options/plain" options &&
		test -f "$work/classes/options/org/example/plain/Words.class" && ! grep -r '@[Dd]eprecated' "$work/options/plain/src" &&
		grep -F '<groupId>org.example</groupId>' "$work/options/plain/pom.xml" &&
		grep -F '<artifactId>plain-codes</artifactId>' "$work/options/plain/pom.xml"
}

# warned - the compiler warns of each name that is deprecated, and of no other.
warned() {
	javac -Xlint:deprecation -cp "$work/classes/out" -d "$work/uses" $here/Uses.java 2>"$work/warnings"
	grep -n '// deprecated' $here/Uses.java | cut -d : -f 1 >"$work/expected"
	sed -n 's/.*Uses\.java:\([0-9]*\): warning: \[deprecation\].*/\1/p' "$work/warnings" | diff "$work/expected" -
}

# readme - the programs in the package's README.
readme() {
	rm -rf "$work/readme"
	mkdir -p "$work/readme/classes"
	awk -v dir="$work/readme" '/^```java$/ { n++; on = 1; next } /^```$/ { on = 0 }
		on && /^final class / { name[n] = $3 } on { text[n] = text[n] $0 "\n" }
		END { for (i = 1; i <= n; i++) printf "%s", text[i] >(dir "/" name[i] ".java") }' $out/README.md
	javac -cp "$work/classes/out" -d "$work/readme/classes" "$work"/readme/*.java || return 1
	for program in "$work"/readme/*.java; do
		java -cp "$work/classes/out:$work/readme/classes" "$(basename "$program" .java)" >"$work/readme/said" && test -s "$work/readme/said" ||
			return 1
	done
}

# resolvable - the module can be named on the module path.
resolvable() {
	java -p "$work/classes/out" --describe-module iana | grep -x 'exports iana'
}

# well XML - a document is well-formed, and has no text that an element would not.
well() {
	for pom; do
		python3 -c 'import sys, xml.etree.ElementTree as tree; tree.parse(sys.argv[1])' "$pom" || return 1
	done
}

# unbroken FILE - what the formatter breaks where it is longer than 100 characters: a string behind a constant.
unbroken() {
	sed -e ':again' -e '/^ *\(@Deprecated \)\{0,1\}public static final String [A-Z0-9_]* =$/{N;s/ =\n */ = /;bagain' -e '}' "$1"
}

# formatted PACKAGE - google-java-format has nothing to change but that.
formatted() {
	sources "$1"
	modules=
	for part in api code file parser tree util; do
		modules="$modules --add-exports jdk.compiler/com.sun.tools.javac.$part=ALL-UNNAMED"
	done
	rm -rf "$work/formatted"
	mkdir -p "$work/formatted"
	cp -R "$1" "$work/formatted/package"
	find "$work/formatted" -name '*.java' >"$work/formatted/list"
	# shellcheck disable=SC2086
	java $modules -jar "$formatter" --skip-javadoc-formatting --skip-reflowing-long-strings -r "@$work/formatted/list" || return 1
	while read -r file; do
		unbroken "$1/${file#"$work/formatted/package/"}" >"$work/formatted/want"
		unbroken "$file" | diff "$work/formatted/want" - || return 1
	done <"$work/formatted/list"
}

# maven FOLDER GOAL... - without a network.
maven() {
	folder=$1
	shift
	(cd "$folder" && mvn -o -B -q -Dmaven.repo.local="$work/m2" "$@")
}

# installed - Maven builds the jar without a warning, twice the same, and installs it; a program that depends on it alone uses it.
installed() {
	rm -rf "$work/m2" "$work/package" "$work/consumer"
	cp -R "$repository" "$work/m2" && cp -R $out "$work/package" && maven "$work/package" package >"$work/built" 2>&1 || { cat "$work/built"; return 1; }
	! grep WARNING "$work/built" && cksum <"$work/package/target/iana-1.0.0.jar" >"$work/first" && rm -rf "$work/package/target" &&
		maven "$work/package" install && cksum <"$work/package/target/iana-1.0.0.jar" | diff "$work/first" - &&
		mkdir -p "$work/consumer/src/main/java" && cp $here/consumer/pom.xml "$work/consumer" &&
		cp $here/Consumer.java $here/Vectors.java "$work/consumer/src/main/java" && rm -rf "$work/package" &&
		maven "$work/consumer" compile &&
		java -cp "$work/consumer/target/classes:$work/m2/iana/iana/1.0.0/iana-1.0.0.jar" Consumer &&
		java -cp "$work/consumer/target/classes:$work/m2/iana/iana/1.0.0/iana-1.0.0.jar" Vectors "$work/vectors.tsv" iana
}

if [ ! -f $out/pom.xml ]; then
	echo "1..0 # SKIP no $out: make generate"
	exit 1
fi
if ! has javac || ! has javadoc; then
	echo '1..0 # SKIP no JDK: make setup-test'
	exit 0
fi
rm -rf "$work"
mkdir -p "$work"

run 'vectors of registry.yaml' $regen generate -t tests/packages/vectors -o "$work/shipped"
cp "$work/shipped/vectors/vectors.tsv" "$work/vectors.tsv"
for which in hostile strings; do
	run "vectors of $which.yaml" $regen generate -c tests/packages/vectors/$which.yaml -t tests/packages/vectors -o "$work/$which"
	run "package of $which.yaml" $regen generate -c tests/packages/vectors/$which.yaml -t templates -l java -o "$work/$which"
done
run 'javac -Xlint:all' compiled $out out
run 'javadoc -Xdoclint:all; a deprecated name leads to the other' linked
run 'agrees with the vectors' agrees "$work/classes/out" "$work/vectors.tsv" iana
run 'a fact that differs is found' differs "$work/classes/out" "$work/vectors.tsv" iana
for which in hostile strings; do
	run "$which: javac -Xlint:all" compiled "$work/$which/java" $which
	run "$which: javadoc -Xdoclint:all" documented "$work/$which/java"
	run "$which: agrees with the vectors" agrees "$work/classes/$which" "$work/$which/vectors/vectors.tsv" $which
done
run 'poms are well-formed' well $out/pom.xml "$work/hostile/java/pom.xml" "$work/strings/java/pom.xml"
run 'the module is called like the package' resolvable
run 'javac warns of deprecated names' warned
run 'the programs in README.md' readme
run 'options' options
run 'no hash is needed' searched
run '65,536 entries' full
if [ -f "$formatter" ]; then
	for package in $out "$work/hostile/java" "$work/strings/java"; do
		run "google-java-format $(basename "$(dirname "$package")")" formatted "$package"
	done
else
	skip google-java-format 'no build/tools/m2: make setup-test'
fi
if has mvn && [ -f "$repository/complete" ]; then
	run 'mvn package, install, and a program that depends on it' installed
else
	skip 'mvn package, install, and a program that depends on it' 'no mvn, or no build/tools/m2: make setup-test'
fi
echo "1..$count"
[ $failed -eq 0 ]
