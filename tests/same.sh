#!/bin/sh
# same.sh - the output depends on the inputs alone. TAP on standard output.
set -u

regen=${REGEN:-build/regen}
case $regen in
/*) ;;
*/*) regen=$PWD/$regen ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
chmod 755 "$work"
number=0
failed=0

# report WHAT STATUS: a line of TAP; what went wrong is in $work/log.
report() {
	number=$((number + 1))
	if [ "$2" -eq 0 ]; then
		echo "ok $number - $1"
	else
		failed=1
		echo "not ok $number - $1"
		sed -n '1,40s/^/# /p' "$work/log"
	fi
}

skip() {
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2"
}

# same WHAT FOLDER COMMAND... - the command, which makes "$work/got", makes what was wanted.
same() {
	what=$1
	folder=$2
	shift 2
	rm -rf "$work/got"
	(cd "$folder" && "$@") >"$work/log" 2>&1 && diff -r "$work/want" "$work/got" >>"$work/log" 2>&1
	report "$what" $?
}

# copy FOLDER COMMAND... - the inputs in a folder of their own; the command orders the names of files, so that they are made in this order.
copy() {
	mkdir -p "$1"
	cp -R registry.yaml registries "$1"
	find templates -type d | while read -r d; do mkdir -p "$1/$d"; done
	to=$1
	shift
	find templates -type f | "$@" | while read -r f; do cp "$f" "$to/$f"; done
}

# shellcheck disable=SC2086
$regen generate --check --diff >"$work/log" 2>&1
report 'out/ is what its inputs give' $?

# shellcheck disable=SC2086
$regen generate -o "$work/want" >"$work/log" 2>&1
report 'there is something to compare' $?

# shellcheck disable=SC2086
set -- $regen generate -o "$work/got"
same 'a second time' . "$@"
copy "$work/forwards" sort
same 'from another folder' "$work/forwards" "$@"
copy "$work/backwards" sort -r
same 'from a folder whose files were made in another order' "$work/backwards" "$@"
same 'from afar, with the inputs named by path' / "$@" -c "$PWD/registry.yaml" -t "$PWD/templates"
for jobs in 1 2 3 64; do
	same "with $jobs targets at once" . "$@" -j $jobs
done
for locale in C POSIX C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8 ja_JP.eucJP; do
	same "in the locale $locale" . env LC_ALL="$locale" LANG="$locale" LANGUAGE="$locale" "$@"
done
for zone in UTC Pacific/Kiritimati America/St_Johns :/nowhere; do
	same "in the time zone $zone" . env TZ="$zone" "$@"
done
for mask in 000 027 077; do
	same "with umask $mask" . sh -c "umask $mask"' && exec "$@"' sh "$@"
done
same 'with no environment' . env -i PATH="$PATH" "$@"
same 'with an environment that misleads' . env -i PATH="$PATH" HOME=/nowhere USER=nobody TMPDIR=/nowhere SOURCE_DATE_EPOCH=1 \
	POSIXLY_CORRECT=1 COLUMNS=10 VERSION=9 DATADIR=/nowhere "$@"
same 'with little room for the stack' . sh -c 'ulimit -s 256 && exec "$@"' sh "$@"

# Another user must be able to reach the inputs and the program.
if [ "$(id -u)" -ne 0 ]; then
	skip 'as another user' 'only root can become one'
elif ! command -v setpriv >/dev/null; then
	skip 'as another user' 'no setpriv'
else
	case $regen in
	*' '*) program=$regen ;;
	*) program=$work/regen && cp "$regen" "$program" ;;
	esac
	chmod -R a+rX "$work"
	mkdir "$work/theirs"
	chown 65534:65534 "$work/theirs"
	rm -rf "$work/got"
	# shellcheck disable=SC2086
	(cd "$work/forwards" && setpriv --reuid 65534 --regid 65534 --clear-groups $program generate -o "$work/theirs/out") >"$work/log" 2>&1 &&
		diff -r "$work/want" "$work/theirs/out" >>"$work/log" 2>&1
	report 'as another user' $?
fi

# The modes of what is made follow the umask and nothing else.
rm -rf "$work/got"
(umask 022 && "$@") >"$work/log" 2>&1 && [ -z "$(find "$work/got" -type f ! -perm 644)$(find "$work/got" -type d ! -perm 755)" ]
report 'files can be read by all, as the umask says' $?

# Nothing is written the second time, so nothing gets a new time.
touch -t 200001010000 "$work/then"
find "$work/got" -exec touch -r "$work/then" {} +
"$@" >"$work/log" 2>&1 && [ -z "$(find "$work/got" -newer "$work/then")" ]
report 'what is current keeps its time' $?

echo "1..$number"
exit $failed
