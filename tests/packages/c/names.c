/* names.c - asks a header for all that its _MAP visits, by value and by name, and for names that are none.
 * -DHEADER=<...> -DTYPE=... -DFUNCTION(x)=... -DMACRO(x)=... name the header and what its names begin with. */
#include <stdio.h>
#include HEADER

enum { LONGEST = 512 };

struct row {
	TYPE value;
	const char *name, *text;
};

#define ROW(value, name, text) { value, #name, text },
static const struct row rows[] = { MACRO(MAP)(ROW) };
static const size_t count = sizeof(rows) / sizeof(rows[0]);

static int
wrong(const struct row *row, const char *what)
{
	fprintf(stderr, "%s: %s\n", row->name, what);
	return 1;
}

/* No name holds a newline, or another NUL than its own. */
static int
misses(const struct row *row)
{
	const size_t length = strlen(row->name);
	char s[LONGEST];
	TYPE value = 0;
	size_t i;

	if (length + 2 > sizeof(s))
		return wrong(row, "too long for this test");
	for (i = 0; i <= length; i++) {
		memcpy(s, row->name, length + 1);
		s[i] = i % 2 ? '\n' : '\200';
		if (FUNCTION(parse)(s, length + (i == length), &value))
			return wrong(row, "found with another byte");
	}
	memcpy(s, row->name, length + 1);
	return FUNCTION(parse)(s, length + 1, &value) ? wrong(row, "found with its NUL") : 0;
}

static int
check(const struct row *row)
{
	TYPE value = row->value + 1;

	if (!FUNCTION(parse)(row->name, strlen(row->name), &value) || value != row->value)
		return wrong(row, "not found");
	if (strcmp(FUNCTION(name)(row->value), row->name) != 0)
		return wrong(row, "has another name");
	if (strcmp(FUNCTION(text)(row->value), row->text) != 0)
		return wrong(row, "has another text");
	return misses(row);
}

int
main(void)
{
	TYPE value = 0;
	size_t i;
	int bad = 0;

	for (i = 0; i < count; i++)
		bad += check(&rows[i]);
	if (FUNCTION(parse)("", 0, &value) || value != 0)
		bad += wrong(&rows[0], "the empty name is found");
	return bad > 0;
}
