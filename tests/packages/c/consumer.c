/* consumer.c - asks the headers for everything that vectors.tsv says, and for every value from 0 to 1000.
 * usage: consumer vectors.tsv; -DREGISTRIES names the header with a REGISTRY line for each registry. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LAST = 1000, FIELDS = 8, NAME = 512 };

/* How a test calls a registry: values are passed as 64 bits, whatever their type. */
struct adaptor {
	const char *id;
	int issigned;
	size_t count;
	const char *(*text)(uint64_t), *(*name)(uint64_t), *(*description)(uint64_t), *(*status)(uint64_t);
	int (*deprecated)(uint64_t), (*parse)(const char *, uint64_t *);
	uint64_t (*at)(size_t);
	size_t (*nreferences)(uint64_t), (*nformer)(uint64_t);
	void (*reference)(uint64_t, size_t, const char **label, const char **url);
	void (*former)(uint64_t, size_t, const char **label, const char **url);
	int (*predicate)(const char *id, uint64_t);              /* -1: not known */
	int (*field)(const char *id, uint64_t, char *, size_t);  /* 0: not known */
};

#include REGISTRIES

struct row {
	char *column[8];
	int n;
};

static struct row *rows;
static size_t nrows, nchecks, nfailures;

static void
check(int good, const struct adaptor *a, const char *number, const char *what, const char *got, const char *want)
{
	nchecks++;
	if (good)
		return;
	if (nfailures++ < 20)
		fprintf(stderr, "%s %s: %s is '%s', not '%s'\n", a->id, number, what, got, want);
}

static void
checktext(const struct adaptor *a, const char *number, const char *what, const char *got, const char *want)
{
	check(strcmp(got, want) == 0, a, number, what, got, want);
}

/* What is absent is empty here. */
static char *
unescape(char *s)
{
	char *from = s, *to = s;

	if (strcmp(s, "-") == 0)
		return strcpy(s, "");
	for (; *from; from++) {
		if (*from == '\\') {
			from++;
			*to++ = *from == 't' ? '\t' : *from == 'n' ? '\n' : *from == 'r' ? '\r' : *from;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return s;
}

static void
readvectors(const char *path)
{
	FILE *f = fopen(path, "r");
	size_t cap = 1 << 16, len = 0, n;
	char *all = (char *)malloc(cap), *line, *next, *tab;
	struct row *r;

	if (!f || !all) {
		perror(path);
		exit(2);
	}
	while ((n = fread(all + len, 1, cap - len - 1, f)) > 0) {
		len += n;
		if (cap - len < 2 && (all = (char *)realloc(all, cap *= 2)) == NULL)
			exit(2);
	}
	fclose(f);
	all[len] = '\0';
	for (n = 0, line = all; *line; line++)
		n += *line == '\n';
	rows = (struct row *)calloc(n + 1, sizeof(*rows));
	if (!rows)
		exit(2);
	for (line = all; (next = strchr(line, '\n')) != NULL; line = next + 1) {
		*next = '\0';
		if (*line == '#')
			continue;
		r = &rows[nrows++];
		for (;;) {
			tab = strchr(line, '\t');
			if (tab)
				*tab = '\0';
			if (r->n < 8)
				r->column[r->n++] = unescape(line);
			if (!tab)
				break;
			line = tab + 1;
		}
		while (r->n < 8)
			r->column[r->n++] = next;
	}
}

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

static int
is(const struct row *r, const struct adaptor *a, const char *kind)
{
	return strcmp(r->column[0], kind) == 0 && strcmp(r->column[1], a->id) == 0;
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

/* content_too_large is CONTENT_TOO_LARGE in C. */
static const char *
constant(const char *words)
{
	static char s[NAME];
	size_t i;

	for (i = 0; words[i] && i < sizeof(s) - 2; i++)
		s[i] = words[i] >= 'a' && words[i] <= 'z' ? (char)(words[i] - 'a' + 'A') : words[i];
	s[i] = '\0';
	if (strcmp(s, "MAP") == 0 || strcmp(s, "COUNT") == 0 || strcmp(s, "H") == 0)
		strcat(s, "_");
	return s;
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
		checktext(a, number, kind, label, r->column[3]);
		checktext(a, number, kind, url, r->column[4]);
	}
	check(n == found, a, number, "the number of references", "another", kind);
	get(v, found, &label, &url);
	checktext(a, number, "a reference after the last", label, "");
	checktext(a, number, "a reference after the last", url, "");
}

static void
checkname(const struct adaptor *a, const char *words, uint64_t want, const char *number)
{
	uint64_t v = want + 1;
	const char *name = constant(words);

	check(a->parse(name, &v) && v == want, a, number, "the value of a name", "another", name);
}

/* What a field of an entry is, or would be: an integer that is absent is 0. */
static const char *
fieldof(const struct adaptor *a, uint64_t v, const struct row *field)
{
	const struct row *f;
	const char *want = field->column[4];
	size_t i = 0;

	while ((f = about(a, "field", v, &i)) != NULL)
		if (strcmp(f->column[3], field->column[2]) == 0)
			want = f->column[4];
	return *want || strcmp(field->column[3], "string") == 0 ? want : "0";
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
	checktext(a, number, "name", a->name(v), entry ? constant(entry->column[3]) : "");
	checktext(a, number, "text", a->text(v), entry ? entry->column[4] : "");
	checktext(a, number, "status", a->status(v), entry ? entry->column[5] : statusof(a, v));
	checktext(a, number, "deprecated", a->deprecated(v) ? "true" : "false", entry ? entry->column[6] : "false");
	if (entry && *entry->column[3])
		checkname(a, entry->column[3], v, number);
	i = 0;
	r = about(a, "description", v, &i);
	checktext(a, number, "description", a->description(v), r ? r->column[3] : "");
	checkreferences(a, "reference", v, number, a->nreferences(v), a->reference);
	checkreferences(a, "former_reference", v, number, a->nformer(v), a->former);
	for (i = 0; i < nrows; i++) {
		r = &rows[i];
		if (is(r, a, "predicate")) {
			int so = a->predicate(r->column[2], v);

			check(so == within(a, v, r, 3), a, number, r->column[2], so < 0 ? "unknown" : so ? "true" : "false", "so");
		} else if (is(r, a, "default")) {
			if (!a->field(r->column[2], v, got, sizeof(got)))
				strcpy(got, "unknown");
			checktext(a, number, r->column[2], got, fieldof(a, v, r));
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
			check(n < a->count && a->at(n) == v, a, r->column[2], "the entry in its place", "another", r->column[3]);
			n++;
			checkvalue(a, v);
		} else if (is(r, a, "alias")) {
			checkname(a, r->column[3], tonumber(r->column[2]), r->column[2]);
		} else if (is(r, a, "span") || is(r, a, "valid")) {
			checkvalue(a, tonumber(r->column[2]));
			checkvalue(a, tonumber(r->column[3]));
		}
	}
	check(n == a->count && a->at(n) == 0 && a->at((size_t)-1) == 0, a, "all", "the number of entries", "another", "");
	v = 77;
	check(!a->parse("", &v) && !a->parse("no such name", &v) && v == 77, a, "none", "the value of no name", "some", "");
}

int
main(int argc, char *argv[])
{
	size_t i, j, n = sizeof(adaptors) / sizeof(adaptors[0]);

	if (argc != 2) {
		fprintf(stderr, "usage: consumer vectors.tsv\n");
		return 2;
	}
	readvectors(argv[1]);
	for (j = 0; j < nrows; j++) {
		for (i = 0; i < n && strcmp(adaptors[i].id, rows[j].column[1]) != 0; i++)
			;
		/* registries of strings, which are not asked here, have such lines, too */
		if (i == n && (strcmp(rows[j].column[0], "default") == 0 || strcmp(rows[j].column[0], "strings") == 0 ||
		    strncmp(rows[j].column[0], "s_", 2) == 0))
			continue;
		if (i == n) {
			fprintf(stderr, "%s has no line in " REGISTRIES "\n", rows[j].column[1]);
			return 1;
		}
	}
	for (i = 0; i < n; i++)
		checkregistry(&adaptors[i]);
	printf("%zu checks, %zu failures\n", nchecks, nfailures);
	return nfailures > 0 || nrows == 0;
}
