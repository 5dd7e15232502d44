#!/bin/sh
# run.sh - how long lookups take in the TypeScript package and in other ways to do them, for registry.yaml's http_status and http_field,
# for a registry of 14,533 entries and IANA's service names and port numbers if they are there, and what bundles weigh. Lines "ts  what  contestant  ns  bytes"; bytes are those of a minified bundle of
# the contestant alone.
set -eu
LC_ALL=C
export LC_ALL

here=tests/bench/lookup/ts
work=build/bench/lookup/ts
bin=$PWD/tests/node_modules/.bin

# weigh FILE - bytes after esbuild.
weigh() {
	"$bin/esbuild" --bundle --minify --format=esm --platform=node --log-level=error "$1" | wc -c | tr -d ' '
}

# weigh_rolled FILE - bytes after rollup and a minifier.
weigh_rolled() {
	"$bin/rollup" --silent --format es --no-treeshake.moduleSideEffects -p "$PWD/tests/packages/ts/resolve.mjs" "$1" |
		"$bin/esbuild" --minify --format=esm --log-level=error | wc -c | tr -d ' '
}

# race WHAT CONFIG MODULE - generate the package, write the contestants, run each in a process of its own.
race() {
	what=$1
	dir=$work/$what
	rm -rf "$dir"
	build/regen generate -c "$2" -t templates -l ts -o "$dir" >/dev/null
	node $here/contestants.mjs "$dir" "$3"
	for file in "$dir"/contestants/*.mjs; do
		name=$(basename "$file" .mjs)
		bytes=$(weigh "$file")
		node $here/bench.mjs "$file" "$dir/queries.json" | while read -r query ns; do
			echo "ts $what-$query ${name#*-} $ns $bytes"
		done
	done
}

# bundle WHAT CONTESTANT STATEMENT - what the statement costs.
bundle() {
	echo "$3" >"$work/bundle.mjs"
	echo "ts $1-esbuild $2 - $(weigh "$work/bundle.mjs")"
	echo "ts $1-rollup $2 - $(weigh_rolled "$work/bundle.mjs")"
}

mkdir -p "$work"
ln -sfn "$PWD/tests/node_modules" "$work/node_modules"
python3 tests/bench/registry.py 14533 >"$work/14533.yaml"
race http_status registry.yaml http-status
race http_field registry.yaml http-field
race 14533 "$work/14533.yaml" code
services=../shared/iana/service-names-port-numbers/2026-08-17.xml
if [ -f $services ]; then
	python3 tests/bench/services.py $services >"$work/services.yaml"
	race services "$work/services.yaml" service
else
	echo "# no $services"
fi
ours=./http_status/ts/http-status.js
theirs=http-status-codes/build/es/index.js
bundle constant ours "import { NOT_FOUND } from '$ours'; console.log(NOT_FOUND);"
bundle constant http-status-codes "import { StatusCodes } from '$theirs'; console.log(StatusCodes.NOT_FOUND);"
bundle text ours "import { text } from '$ours'; console.log(text(404));"
bundle text http-status-codes "import { getReasonPhrase } from '$theirs'; console.log(getReasonPhrase(404));"
bundle name ours "import { fromName } from '$ours'; console.log(fromName('NOT_FOUND'));"
bundle name http-status-codes "import { getStatusCode } from '$theirs'; console.log(getStatusCode('Not Found'));"
bundle unused ours "import * as unused from '$ours';"
bundle unused http-status-codes "import * as unused from '$theirs';"
