/* vectors.c - asks the headers of strings for everything that vectors.tsv says, and for what is nearly one of their values.
 * usage: vectors vectors.tsv; -DREGISTRIES names the header with an adaptor for each registry. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Values are passed with their length, and need no NUL. */
#define VALUE const char *
#define PARAMETERS const char *v, size_t length
#define UNUSED (void)v; (void)length;
#define ARGUMENTS(reg) v, length

#include REGISTRIES
#include "rows.h"

/* A registry while it is asked, and whether the case of letters does not count in it. */
struct book {
	const struct adaptor *a;
	int caseless;
};

static char
small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int
equal(const struct book *b, const char *value, const char *v, size_t length)
{
	size_t i;

	if (strlen(value) != length)
		return 0;
	for (i = 0; i < length; i++)
		if (value[i] != v[i] && (!b->caseless || small(value[i]) != small(v[i])))
			return 0;
	return 1;
}

/* The next row of a kind about a value as the registry writes it, from *i on, or NULL. */
static const struct row *
about(const struct adaptor *a, const char *kind, const char *value, size_t *i)
{
	while (*i < nrows) {
		const struct row *r = &rows[(*i)++];

		if (is(r, a, kind) && strcmp(r->column[2], value) == 0)
			return r;
	}
	return NULL;
}

static const struct row *
entryof(const struct book *b, const char *v, size_t length)
{
	size_t i;

	for (i = 0; i < nrows; i++)
		if (is(&rows[i], b->a, "s_entry") && equal(b, rows[i].column[2], v, length))
			return &rows[i];
	return NULL;
}

static void
checkreferences(const struct adaptor *a, const char *kind, const struct row *entry, PARAMETERS, size_t n,
    void (*get)(PARAMETERS, size_t, const char **, const char **))
{
	const struct row *r;
	const char *label, *url, *value = entry ? entry->column[2] : "none";
	size_t i = 0, found = 0;

	while (entry && (r = about(a, kind, value, &i)) != NULL) {
		get(v, length, found++, &label, &url);
		checktext(a->id, value, kind, label, r->column[3]);
		checktext(a->id, value, kind, url, r->column[4]);
	}
	check(n == found, a->id, value, "the number of references", "another", kind);
	get(v, length, found, &label, &url);
	checktext(a->id, value, "a reference after the last", label, "");
	checktext(a->id, value, "a reference after the last", url, "");
}

static void
checkfields(const struct adaptor *a, const struct row *entry, PARAMETERS)
{
	static char got[1 << 16];
	const struct row *f;
	const char *want;
	size_t i, j;

	for (i = 0; i < nrows; i++) {
		if (!is(&rows[i], a, "default"))
			continue;
		want = rows[i].column[4];
		j = 0;
		while (entry && (f = about(a, "s_field", entry->column[2], &j)) != NULL)
			if (strcmp(f->column[3], rows[i].column[2]) == 0)
				want = f->column[4];
		if (!a->field(rows[i].column[2], v, length, got, sizeof(got)))
			strcpy(got, "unknown");
		checktext(a->id, entry ? entry->column[2] : "none", rows[i].column[2], got, orzero(want, rows[i].column[3]));
	}
}

/* The value is copied to where nothing is behind it. */
static void
checkvalue(const struct book *b, const char *value, size_t length)
{
	const struct adaptor *a = b->a;
	const struct row *r, *entry = entryof(b, value, length);
	const char *shown = entry ? entry->column[2] : "none";
	char *v = (char *)malloc(length + !length);
	size_t i = 0;

	if (!v)
		exit(2);
	memcpy(v, value, length);
	checktext(a->id, shown, "name", a->name(v, length), entry ? constant(entry->column[3]) : "");
	checktext(a->id, shown, "text", a->text(v, length), entry ? entry->column[4] : "");
	checktext(a->id, shown, "status", a->status(v, length), entry ? entry->column[5] : "unassigned");
	checktext(a->id, shown, "deprecated", a->deprecated(v, length) ? "true" : "false", entry ? entry->column[6] : "false");
	r = entry ? about(a, "s_description", shown, &i) : NULL;
	checktext(a->id, shown, "description", a->description(v, length), r ? r->column[3] : "");
	checkreferences(a, "s_reference", entry, v, length, a->nreferences(v, length), a->reference);
	checkreferences(a, "s_former_reference", entry, v, length, a->nformer(v, length), a->former);
	checkfields(a, entry, v, length);
	free(v);
}

/* A value, what is longer or shorter, and what differs from it in the case of a letter or in another bit of a byte. */
static void
checknear(const struct book *b, const char *value)
{
	const size_t length = strlen(value);
	const char *bits = "\x01\x20\x80";
	char *near = (char *)malloc(length + 2);
	size_t i;

	if (!near)
		exit(2);
	memcpy(near, value, length + 1);
	near[length + 1] = 'x';
	checkvalue(b, near, length);
	checkvalue(b, near, length + 1);
	near[length] = '-';
	checkvalue(b, near, length + 1);
	checkvalue(b, near, length - 1);
	checkvalue(b, near + 1, length - 1);
	for (; *bits; bits++)
		for (i = 0; i < length; i++) {
			near[i] = (char)(near[i] ^ *bits);
			checkvalue(b, near, length);
			near[i] = value[i];
		}
	free(near);
}

static void
checkname(const struct adaptor *a, const char *words, const char *value)
{
	const char *got = NULL;

	check(a->parse(constant(words), &got) && strcmp(got, value) == 0, a->id, value, "the value of its name", got ? got : "none", value);
}

static void
checkregistry(const struct adaptor *a)
{
	struct book b = {a, 0};
	const struct row *r;
	const char *got = NULL;
	size_t i, n = 0;

	for (i = 0; i < nrows; i++)
		if (is(&rows[i], a, "strings"))
			b.caseless = strcmp(rows[i].column[2], "caseless") == 0;
	for (i = 0; i < nrows; i++) {
		r = &rows[i];
		if (is(r, a, "s_entry")) {
			checktext(a->id, r->column[2], "the entry in its place", n < a->count ? a->at(n) : "none", r->column[2]);
			n++;
			checknear(&b, r->column[2]);
			if (*r->column[3])
				checkname(a, r->column[3], r->column[2]);
		} else if (is(r, a, "s_alias")) {
			checkname(a, r->column[3], r->column[2]);
		}
	}
	check(n == a->count && !*a->at(n) && !*a->at((size_t)-1), a->id, "all", "the number of entries", "another", "");
	checkvalue(&b, "", 0);
	check(!a->parse("", &got) && !a->parse("no such name", &got) && !got, a->id, "none", "the value of no name", "some", "");
}

int
main(int argc, char *argv[])
{
	size_t i, n = sizeof(adaptors) / sizeof(adaptors[0]);

	if (argc != 2) {
		fprintf(stderr, "usage: vectors vectors.tsv\n");
		return 2;
	}
	readvectors(argv[1]);
	if (!complete(adaptors, n, "strings"))
		return 1;
	for (i = 0; i < n; i++)
		checkregistry(&adaptors[i]);
	printf("%zu checks, %zu failures\n", nchecks, nfailures);
	return nfailures > 0 || nrows == 0;
}
