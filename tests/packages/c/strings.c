/* strings.c - asks a header whose values are strings for all that its _MAP visits, in memory that ends where they do.
 * -DHEADER=<...> -DFUNCTION(x)=... -DMACRO(x)=... name the header and what its names begin with; -DCASELESS=1 says that the case of
 * letters does not count. */
#include <stdio.h>
#include <stdlib.h>
#include HEADER

struct row {
	const char *value, *name, *text;
};

#define ROW(value, name, text) { value, #name, text },
static const struct row rows[] = { MACRO(MAP)(ROW) };
static const size_t count = sizeof(rows) / sizeof(rows[0]);

static int
wrong(const char *value, const char *what)
{
	fprintf(stderr, "%s: %s\n", value, what);
	return 1;
}

/* The value with byte i changed by a bit, if there is such a byte, has this name; without a name, another than this. */
static int
named(const char *value, size_t i, int bit, const char *name, int same)
{
	const size_t length = strlen(value);
	char *s = (char *)malloc(length + !length);
	int bad;

	if (!s)
		exit(2);
	memcpy(s, value, length);
	if (i < length)
		s[i] = (char)(s[i] ^ bit);
	bad = (strcmp(FUNCTION(name)(s, length), name) == 0) != same;
	free(s);
	return bad ? wrong(value, same ? "has another name" : "has its name with another byte") : 0;
}

static int
letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static int
check(const struct row *row)
{
	const char *value = NULL;
	const size_t length = strlen(row->value);
	size_t i;
	int bad = 0;

	if (!FUNCTION(parse)(row->name, strlen(row->name), &value) || strcmp(value, row->value) != 0)
		return wrong(row->value, "not found by its name");
	if (strcmp(FUNCTION(text)(row->value, length), row->text) != 0)
		return wrong(row->value, "has another text");
	bad += named(row->value, length, 0, row->name, 1);
	for (i = 0; i < length; i++) {
		bad += named(row->value, i, 0x80, row->name, 0);
		if (letter(row->value[i]))
			bad += named(row->value, i, 0x20, row->name, CASELESS);
	}
	if (FUNCTION(name)(row->value, length - 1) == FUNCTION(name)(row->value, length) || FUNCTION(name)(row->value, length + 1)[0])
		bad += wrong(row->value, "has its name when it is shorter or longer");
	return bad;
}

int
main(void)
{
	const char *value = NULL;
	size_t i;
	int bad = 0;

	for (i = 0; i < count; i++)
		bad += check(&rows[i]);
	for (i = 0; i < MACRO(COUNT); i++)
		if (!*FUNCTION(at)(i) || (i > 0 && !CASELESS && strcmp(FUNCTION(at)(i - 1), FUNCTION(at)(i)) >= 0))
			bad += wrong(FUNCTION(at)(i), "out of order");
	if (*FUNCTION(at)(i) || *FUNCTION(at)((size_t)-1) || FUNCTION(name)("", 0)[0] || FUNCTION(parse)("", 0, &value))
		bad += wrong("", "found");
	return bad > 0;
}
