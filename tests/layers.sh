#!/bin/sh
# layers.sh - how gen/ is built up. TAP on standard output.
set -u
LC_ALL=C
export LC_ALL

# From the ground up: a file includes nothing of its own line but its header, and nothing of a line below.
layers='
	util peers
	arena buf iana options utf8
	cell diag diff escape file number slots word
	folder hash replace wordhash worker
	listing
	stage
	tree
	csv decode document extent json template value xml
	cells comment dump field input lang place reference render scalar status
	annotation cite entry style
	registry
	column project rows
	check cited mapping naming ranger splicer subset
	fact
	draft group hull
	block bracket
	splice
	adopt edit lock nameset pairing
	change sequence
	coverage
	merge
	apply
	facet
	tableview targetview
	poolview
	fieldview
	listview
	entryview
	lookupview
	registryview
	view
	session
	chapter product sources
	generate report
	update
	main
'
# The ones that know libyaml and expat, and those that do not know what a registry is.
yaml='document'
expat='xml'
ignorant='block bracket csv document dump edit escape group json place render scalar splice splicer style template tree value xml'

number=0
failed=0

# report WHAT WRONG: a line of TAP.
report() {
	number=$((number + 1))
	if [ -z "$2" ]; then
		echo "ok $number - $1"
	else
		failed=1
		echo "not ok $number - $1"
		echo "$2" | sed 's/^/# /'
	fi
}

# includes FILE... - lines "FILE HEADER".
includes() {
	awk '/^#[ \t]*include[ \t]*["<]/ { split($0, part, /["<>]/); print FILENAME, part[2] }' "$@"
}

wrong=$(includes gen/*.c gen/*.h | awk -v layers="$layers" '
	BEGIN {
		n = split(layers, line, "\n")
		for (i = 1; i <= n; i++) {
			k = split(line[i], name, " ")
			for (j = 1; j <= k; j++)
				layer[name[j]] = i
		}
	}
	{
		own = $1
		sub(/^gen\//, "", own)
		sub(/\.[ch]$/, "", own)
		if (!(own in layer) && !said[own]++)
			print $1 " has no layer"
		other = $2
		if (!sub(/\.h$/, "", other) || !(other in layer) || other == own)
			next
		if (layer[other] >= layer[own])
			print $1 " includes " $2 ", which is not below it"
	}')
report 'files include only what is below them' "$wrong"

wrong=$(includes gen/*.c gen/*.h | awk -v yaml="$yaml" '$2 == "yaml.h" && $1 != "gen/" yaml ".c"')
report "only gen/$yaml.c knows libyaml" "$wrong"

wrong=$(includes gen/*.c gen/*.h | awk -v expat="$expat" '$2 == "expat.h" && $1 != "gen/" expat ".c"')
report "only gen/$expat.c knows expat" "$wrong"

wrong=$(for noun in $ignorant; do
	includes "gen/$noun.c" "gen/$noun.h"
done | awk '$2 ~ /^(entry|field|project|reference|registry|status|check|view|lang)\.h$/ { print $1 " includes " $2 }')
report 'documents and templates do not know what a registry is' "$wrong"

folders=$(for l in templates/*/; do basename "$l"; done | tr '\n' ' ')
wrong=$(awk -v folders="$folders" '
	BEGIN {
		n = split(folders, f, " ")
		for (i = 1; i <= n; i++)
			language["\"" f[i] "\""] = 1
	}
	/^#[ \t]*include/ { next }
	{
		rest = $0
		# the escape table of the specification of Mustache, which render takes by its name, is no language, nor is a form of reports
		if (/escape/)
			gsub(/"html"/, "", rest)
		if (/REPORT_/)
			gsub(/"markdown"/, "", rest)
		while (match(rest, /"([^"\\]|\\.)*"/)) {
			s = substr(rest, RSTART, RLENGTH)
			rest = substr(rest, RSTART + RLENGTH)
			if (s in language || s ~ /(^|[^A-Za-z])(C|Go|[Gg]olang|[Rr]ust|[Tt]ype[Ss]cript|[Jj]ava([Ss]cript)?|[Pp]ython)([^A-Za-z]|$)/)
				print FILENAME ":" FNR ": " s
		}
	}' gen/*.c)
report 'no C source names a language' "$wrong"

wrong=$(for h in gen/*.h; do
	name=$(basename "$h")
	head -n 1 "$h" | grep -q "^/\* $name - [^ ]" || echo "$h"
done)
report 'every header says in its first line what it is for' "$wrong"

# listed VARIABLE - the words of a list in the Makefile.
listed() {
	awk -v var="$1" '
		index($0, var " =") == 1 { on = 1; sub(/^[A-Z]+ = */, "") }
		on { more = sub(/\\$/, ""); for (i = 1; i <= NF; i++) print $i; on = more }' Makefile
}

wrong=$({ listed HDR; ls gen/*.h; } | sort | uniq -u)
report "the Makefile's HDR is gen/*.h" "$wrong"

wrong=$({ listed OBJ; printf '%s\n' gen/*.c | sed 's,^gen/\(.*\)\.c$,build/\1.o,' | grep -v '^build/main.o$'; } | sort | uniq -u)
report "the Makefile's OBJ is gen/*.c but main.c" "$wrong"

echo "1..$number"
exit $failed
