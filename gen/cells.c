#include <string.h>
#include "util.h"
#include "arena.h"
#include "iana.h"
#include "number.h"
#include "decode.h"
#include "cells.h"

enum { WORDLENGTH = 32 };

static bool
alikeany(struct str s, const char *const *words, size_t n)
{
	size_t i;

	for (i = 0; i < n && !stralike(s, str(words[i])); i++)
		;
	return i < n;
}

/* Whether a number is written with a nought before, which says that it is none. */
static bool
padded(struct str s)
{
	return s.n > 1 && s.s[0] == '0' && s.s[1] >= '0' && s.s[1] <= '9';
}

static void
addnumber(struct cells *c, struct str s)
{
	uint64_t v;
	bool fits;

	if (c->signeds) {
		c->signeds = number_read(TYPE_I64, s, &v, &fits) == s.n && fits && !padded(s);
		if (c->signeds && v < c->least)
			c->least = v;
		if (c->signeds && v > c->greatest)
			c->greatest = v;
	}
	if (c->unsigneds) {
		c->unsigneds = number_read(TYPE_U64, s, &v, &fits) == s.n && fits && !padded(s);
		if (c->unsigneds && v > c->most)
			c->most = v;
	}
}

/* A word of an enumeration: no citation, not long. */
static void
addword(struct cells *c, const struct cell *cell)
{
	size_t i;

	if (!c->words)
		return;
	for (i = 0; i < c->nwords && !stralike(c->list[i], cell->text); i++)
		;
	c->words = cell->ncitations == 0 && cell->text.n <= WORDLENGTH && !memchr(cell->text.s, ' ', cell->text.n) &&
		(i < c->nwords || c->nwords < CELLS_WORDS);
	if (c->words && i == c->nwords)
		c->list[c->nwords++] = cell->text;
}

static void
addcell(struct cells *c, const struct cell *cell)
{
	static const char *const truths[] = {"yes", "y", "true", "no", "n", "false"};
	bool truth;

	if (cell->text.n == 0)
		return;
	c->filled++;
	truth = alikeany(cell->text, truths, LEN(truths));
	c->truths = c->truths && truth;
	c->truth = c->truth || truth;
	c->dates = c->dates && date_valid(cell->text);
	addnumber(c, cell->text);
	addword(c, cell);
}

struct cells *
cells_find(struct arena *arena, const struct assignments *as, size_t *n)
{
	enum { MOST = 256 };
	struct cells *columns = arena_array(arena, MOST, sizeof(*columns));
	size_t ncolumns = 0, next = 0, i, k;
	uint32_t record;

	for (record = 0; record < as->nrecords; record++) {
		const struct record *r = &as->records[record];

		for (i = 0; i < r->ncells; i++) {
			struct str name = r->cells[i].column;

			for (k = 0; k < ncolumns && !streq(columns[(next + k) % ncolumns].name, name); k++)
				;
			if (k == ncolumns && k == MOST)
				continue;
			next = k < ncolumns ? (next + k) % ncolumns : ncolumns++;
			if (columns[next].name.n == 0)
				columns[next] = (struct cells){.name = name,
					.truths = true,
					.dates = true,
					.words = true,
					.unsigneds = true,
					.signeds = true,
					.least = UINT64_MAX};
			addcell(&columns[next++], &r->cells[i]);
		}
	}
	*n = ncolumns;
	return columns;
}

const struct cells *
cells_named(const struct cells *columns, size_t n, struct str name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (streq(columns[i].name, name))
			return &columns[i];
	return NULL;
}
