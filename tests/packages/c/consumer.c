/* consumer.c - asks the headers of numbers for everything that vectors.tsv says, and for every value from 0 to 1000.
 * usage: consumer vectors.tsv; -DREGISTRIES names the header with a REGISTRY line for each registry. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LAST = 1000 };

/* Values are passed as 64 bits, whatever their type. */
#define VALUE uint64_t
#define PARAMETERS uint64_t v
#define UNUSED (void)v;
#define ARGUMENTS(reg) (reg##_type)v

#include REGISTRIES
#include "rows.h"

static uint64_t
tonumber(const char *s)
{
	return *s == '-' ? (uint64_t)strtoll(s, NULL, 10) : strtoull(s, NULL, 10);
}

static int
compare(const struct adaptor *a, uint64_t x, uint64_t y)
{
	const uint64_t flip = a->issigned ? UINT64_C(1) << 63 : 0;

	return (x ^ flip) < (y ^ flip) ? -1 : (x ^ flip) > (y ^ flip);
}

static int
within(const struct adaptor *a, uint64_t v, const struct row *r, int column)
{
	return compare(a, tonumber(r->column[column]), v) <= 0 && compare(a, v, tonumber(r->column[column + 1])) <= 0;
}

/* The next row of a kind about a value, from *i on, or NULL. */
static const struct row *
about(const struct adaptor *a, const char *kind, uint64_t v, size_t *i)
{
	while (*i < nrows) {
		const struct row *r = &rows[(*i)++];

		if (is(r, a, kind) && tonumber(r->column[2]) == v)
			return r;
	}
	return NULL;
}

static void
checkreferences(const struct adaptor *a, const char *kind, uint64_t v, const char *number, size_t n,
    void (*get)(uint64_t, size_t, const char **, const char **))
{
	const struct row *r;
	const char *label, *url;
	size_t i = 0, found = 0;

	while ((r = about(a, kind, v, &i)) != NULL) {
		get(v, found++, &label, &url);
		checktext(a->id, number, kind, label, r->column[3]);
		checktext(a->id, number, kind, url, r->column[4]);
	}
	check(n == found, a->id, number, "the number of references", "another", kind);
	get(v, found, &label, &url);
	checktext(a->id, number, "a reference after the last", label, "");
	checktext(a->id, number, "a reference after the last", url, "");
}

static void
checkname(const struct adaptor *a, const char *words, uint64_t want, const char *number)
{
	uint64_t v = want + 1;
	const char *name = constant(words);

	check(a->parse(name, &v) && v == want, a->id, number, "the value of a name", "another", name);
}

/* What a field of an entry is, or would be. */
static const char *
fieldof(const struct adaptor *a, uint64_t v, const struct row *field)
{
	const struct row *f;
	const char *want = field->column[4];
	size_t i = 0;

	while ((f = about(a, "field", v, &i)) != NULL)
		if (strcmp(f->column[3], field->column[2]) == 0)
			want = f->column[4];
	return orzero(want, field->column[3]);
}

static const char *
statusof(const struct adaptor *a, uint64_t v)
{
	const char *status = "none";
	size_t i;

	for (i = 0; i < nrows; i++)
		if (is(&rows[i], a, "valid") && within(a, v, &rows[i], 2))
			status = "unassigned";
	for (i = 0; i < nrows; i++)
		if (is(&rows[i], a, "span") && within(a, v, &rows[i], 2))
			status = rows[i].column[4];
	return status;
}

static void
checkvalue(const struct adaptor *a, uint64_t v)
{
	const struct row *entry, *r;
	char number[32], got[1 << 15];
	size_t i = 0;

	if (a->issigned)
		snprintf(number, sizeof(number), "%" PRId64, (int64_t)v);
	else
		snprintf(number, sizeof(number), "%" PRIu64, v);
	entry = about(a, "entry", v, &i);
	checktext(a->id, number, "name", a->name(v), entry ? constant(entry->column[3]) : "");
	checktext(a->id, number, "text", a->text(v), entry ? entry->column[4] : "");
	checktext(a->id, number, "status", a->status(v), entry ? entry->column[5] : statusof(a, v));
	checktext(a->id, number, "deprecated", a->deprecated(v) ? "true" : "false", entry ? entry->column[6] : "false");
	if (entry && *entry->column[3])
		checkname(a, entry->column[3], v, number);
	i = 0;
	r = about(a, "description", v, &i);
	checktext(a->id, number, "description", a->description(v), r ? r->column[3] : "");
	checkreferences(a, "reference", v, number, a->nreferences(v), a->reference);
	checkreferences(a, "former_reference", v, number, a->nformer(v), a->former);
	for (i = 0; i < nrows; i++) {
		r = &rows[i];
		if (is(r, a, "predicate")) {
			int so = a->predicate(r->column[2], v);

			check(so == within(a, v, r, 3), a->id, number, r->column[2], so < 0 ? "unknown" : so ? "true" : "false", "so");
		} else if (is(r, a, "default")) {
			if (!a->field(r->column[2], v, got, sizeof(got)))
				strcpy(got, "unknown");
			checktext(a->id, number, r->column[2], got, fieldof(a, v, r));
		}
	}
}

static void
checkregistry(const struct adaptor *a)
{
	const struct row *r;
	uint64_t v;
	size_t i, n = 0;

	for (v = 0; v <= LAST; v++)
		checkvalue(a, v);
	for (i = 0; i < nrows; i++) {
		r = &rows[i];
		if (is(r, a, "entry")) {
			v = tonumber(r->column[2]);
			check(n < a->count && a->at(n) == v, a->id, r->column[2], "the entry in its place", "another", r->column[3]);
			n++;
			checkvalue(a, v);
		} else if (is(r, a, "alias")) {
			checkname(a, r->column[3], tonumber(r->column[2]), r->column[2]);
		} else if (is(r, a, "span") || is(r, a, "valid")) {
			checkvalue(a, tonumber(r->column[2]));
			checkvalue(a, tonumber(r->column[3]));
		}
	}
	check(n == a->count && a->at(n) == 0 && a->at((size_t)-1) == 0, a->id, "all", "the number of entries", "another", "");
	v = 77;
	check(!a->parse("", &v) && !a->parse("no such name", &v) && v == 77, a->id, "none", "the value of no name", "some", "");
}

int
main(int argc, char *argv[])
{
	size_t i, n = sizeof(adaptors) / sizeof(adaptors[0]);

	if (argc != 2) {
		fprintf(stderr, "usage: consumer vectors.tsv\n");
		return 2;
	}
	readvectors(argv[1]);
	if (!complete(adaptors, n, "valid"))
		return 1;
	for (i = 0; i < n; i++)
		checkregistry(&adaptors[i]);
	printf("%zu checks, %zu failures\n", nchecks, nfailures);
	return nfailures > 0 || nrows == 0;
}
