/* vectors.c - asks the headers of tests/packages/vectors/strings.yaml for all that its vectors.tsv says.
 * usage: vectors vectors.tsv */
#define STRINGS_NO_DEPRECATED
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings/caseless.h>
#include <strings/exact.h>
#include <strings/none.h>
#include <strings/one.h>
#include <strings/unnamed.h>

enum { LINE = 1 << 16, COLUMNS = 8 };

struct adaptor {
	const char *id;
	size_t count;
	const char *(*text)(const char *, size_t), *(*name)(const char *, size_t), *(*description)(const char *, size_t);
	enum strings_entry_status (*status)(const char *, size_t);
	bool (*deprecated)(const char *, size_t);
	bool (*parse)(const char *, size_t, const char **);
	const char *(*at)(size_t);
	size_t (*nreferences)(const char *, size_t), (*nformer)(const char *, size_t);
	struct strings_reference (*reference)(const char *, size_t, size_t), (*former)(const char *, size_t, size_t);
};

#define ADAPTOR(reg, count) \
	{ #reg, count, strings_##reg##_text, strings_##reg##_name, strings_##reg##_description, strings_##reg##_status, \
	    strings_##reg##_deprecated, strings_##reg##_parse, strings_##reg##_at, strings_##reg##_reference_count, \
	    strings_##reg##_former_reference_count, strings_##reg##_reference, strings_##reg##_former_reference }

static const struct adaptor adaptors[] = {
	ADAPTOR(exact, STRINGS_EXACT_COUNT),
	ADAPTOR(caseless, STRINGS_CASELESS_COUNT),
	ADAPTOR(one, STRINGS_ONE_COUNT),
	ADAPTOR(unnamed, STRINGS_UNNAMED_COUNT),
	ADAPTOR(none, STRINGS_NONE_COUNT),
};
static const char *const statuses[] = {"none", "assigned", "provisional", "temporary", "deprecated", "obsoleted", "reserved", "unassigned",
    "private_use", "experimental", "unofficial", "withdrawn"};

static size_t nchecks, nfailures;

static void
check(int good, const char *value, const char *what)
{
	nchecks++;
	if (good)
		return;
	nfailures++;
	fprintf(stderr, "%s: %s\n", value, what);
}

/* What is absent is empty here. */
static void
unescape(char *s)
{
	char *from = s, *to = s;

	if (strcmp(s, "-") == 0)
		*from = '\0';
	for (; *from; from++) {
		if (*from == '\\') {
			from++;
			*to++ = *from == 't' ? '\t' : *from == 'n' ? '\n' : *from == 'r' ? '\r' : *from;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
}

static const char *
constant(const char *words)
{
	static char s[LINE];
	size_t i;

	for (i = 0; words[i]; i++)
		s[i] = words[i] >= 'a' && words[i] <= 'z' ? (char)(words[i] - 'a' + 'A') : words[i];
	s[i] = '\0';
	return s;
}

static void
checkname(const struct adaptor *a, const char *words, const char *value)
{
	const char *got = NULL;

	if (*words)
		check(a->parse(constant(words), strlen(words), &got) && strcmp(got, value) == 0, value, "is not the value of its name");
}

/* The place of the value among those of its registry; entries come in order. */
static void
checkentry(const struct adaptor *a, size_t i, char **column)
{
	const char *value = column[2];
	const size_t n = strlen(value);

	check(i < a->count && strcmp(a->at(i), value) == 0, value, "has another place");
	check(strcmp(a->name(value, n), constant(column[3])) == 0, value, "has another name");
	check(strcmp(a->text(value, n), column[4]) == 0, value, "has another text");
	check(strcmp(statuses[a->status(value, n)], column[5]) == 0, value, "has another status");
	check(a->deprecated(value, n) == (column[6][0] == 't'), value, "is deprecated, or not");
	check(!a->name(value, n + 1)[0] && a->status(value, n + 1) == STRINGS_ENTRY_STATUS_UNASSIGNED, value, "is found with its NUL");
	checkname(a, column[3], value);
}

/* A list as the vectors have it: how many members it has, and each behind a tab. */
static const char *
listof(const char *field, const char *value, size_t n)
{
	static char list[LINE];
	const bool numbers = strcmp(field, "levels") == 0;
	size_t (*const count)(const char *, size_t) = numbers ? strings_exact_levels_count
	    : strcmp(field, "parts") == 0 ? strings_exact_parts_count : strcmp(field, "dates") == 0 ? strings_exact_dates_count
	    : strcmp(field, "kinds") == 0 ? strings_exact_kinds_count : strings_exact_others_count;
	const char *(*const member)(const char *, size_t, size_t) = strcmp(field, "parts") == 0 ? strings_exact_parts
	    : strcmp(field, "dates") == 0 ? strings_exact_dates : strcmp(field, "kinds") == 0 ? strings_exact_kinds : strings_exact_others;
	size_t i, at = (size_t)snprintf(list, sizeof(list), "%zu", count(value, n));

	for (i = 0; i < count(value, n) && at < sizeof(list); i++)
		at += (size_t)(numbers
		    ? snprintf(list + at, sizeof(list) - at, "\t%llu", (unsigned long long)strings_exact_levels(value, n, i))
		    : snprintf(list + at, sizeof(list) - at, "\t%s", member(value, n, i)));
	check(numbers ? strings_exact_levels(value, n, i) == 0 : !member(value, n, i)[0], value, "has a member behind the last");
	return list;
}

static void
checkfield(const char *id, char **column)
{
	const char *value = column[2], *field = column[3], *want = column[4];
	const size_t n = strlen(value);

	if (strcmp(id, "caseless") == 0)
		check(strcmp(strings_caseless_structured(value, n), want) == 0, value, field);
	else if (strcmp(field, "flag") == 0)
		check(strings_exact_flag(value, n) == (want[0] == 't'), value, field);
	else if (strcmp(field, "number") == 0)
		check(strings_exact_number(value, n) == atoi(want), value, field);
	else if (strcmp(field, "words") != 0 && field[strlen(field) - 1] == 's')
		check(strcmp(listof(field, value, n), want) == 0, value, field);
	else
		check(strcmp(strcmp(field, "words") == 0 ? strings_exact_words(value, n) : strcmp(field, "since") == 0
		            ? strings_exact_since(value, n) : strcmp(field, "kind") == 0
		            ? strings_exact_kind(value, n) : strings_exact_other(value, n), want) == 0, value, field);
}

static void
checkreference(size_t n, struct strings_reference got, char **column)
{
	check(n == 1 && strcmp(got.label, column[3]) == 0 && strcmp(got.url, column[4]) == 0, column[2], "has another reference");
}

static void
checkline(char **column)
{
	static size_t places[sizeof(adaptors) / sizeof(adaptors[0])];
	const char *kind = column[0] + 2, *value = column[2];
	size_t i, n = strlen(value);
	const struct adaptor *a;

	for (i = 0; strcmp(adaptors[i].id, column[1]) != 0; i++)
		if (i + 1 == sizeof(adaptors) / sizeof(adaptors[0]))
			return check(0, column[1], "is not a registry");
	a = &adaptors[i];
	if (strcmp(kind, "entry") == 0)
		checkentry(a, places[i]++, column);
	else if (strcmp(kind, "alias") == 0)
		checkname(a, column[3], value);
	else if (strcmp(kind, "description") == 0)
		check(strcmp(a->description(value, n), column[3]) == 0, value, "has another description");
	else if (strcmp(kind, "field") == 0)
		checkfield(a->id, column);
	else if (strcmp(kind, "reference") == 0)
		checkreference(a->nreferences(value, n), a->reference(value, n, 0), column);
	else if (strcmp(kind, "former_reference") == 0)
		checkreference(a->nformer(value, n), a->former(value, n, 0), column);
	else
		check(0, kind, "is not a kind of line");
}

int
main(int argc, char **argv)
{
	static char line[LINE];
	char *column[COLUMNS], *s;
	FILE *f = argc > 1 ? fopen(argv[1], "r") : NULL;
	size_t n;

	if (!f)
		return 2;
	while (fgets(line, sizeof(line), f)) {
		if (strncmp(line, "s_", 2) != 0)
			continue;
		line[strcspn(line, "\n")] = '\0';
		for (n = 0, s = line; n < COLUMNS && s; n++) {
			column[n] = s;
			s = strchr(s, '\t');
			if (s)
				*s++ = '\0';
		}
		while (n-- > 0)
			unescape(column[n]);
		checkline(column);
	}
	fclose(f);
	printf("%lu checks, %lu failures\n", (unsigned long)nchecks, (unsigned long)nfailures);
	return nfailures > 0 || nchecks < 100;
}
