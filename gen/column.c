/* IANA calls its columns as each registry likes. Some names stand for one thing in most of them; where none is there,
 * what is in the cells tells. */
#include "util.h"
#include "arena.h"
#include "column.h"
#include "number.h"
#include "extent.h"
#include "iana.h"
#include "registry.h"

/* Names of columns, the first that is there counts. */
static const char *const values[] = {"value", "code", "number", "id", "codepoint", "type", "decimal", "bit", "dec",
	"flag", "port number", "status code", "code value", "assigned number"};
static const char *const strings[] = {"value", "name", "id", "identifier", "label", "keyword", "token", "code"};
static const char *const descriptions[] = {"description", "meaning", "definition", "protocol", "name"};
static const char *const references[] = {"xref", "reference", "references", "reference(s)", "specification",
	"specification(s)", "specifications", "specification document", "specification document(s)",
	"defining document", "spec", "document", "rfc"};
static const char *const statuses[] = {"status", "registration status", "state"};
static const char *const expirations[] = {"expires", "expiry date", "expiration date", "expiry", "expiration"};
/* What no constant is called by. */
static const char *const others[] = {"notes", "note", "comment", "comments", "remarks", "contact",
	"contact information", "controller", "change controller", "assignee", "owner", "registrant", "organization",
	"date", "updated", "modified", "created", "registration date", "modification date", "file", "template",
	"recommended", "rec", "dtls", "dtlsok", "assignment notes", "unauthorized", "unauthorized use reported",
	"service code", "sc"};

static bool
decimal(char c)
{
	return (unsigned char)(c - '0') < 10;
}

static bool
among(struct str name, const char *const *names, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (stralike(name, str(names[i])))
			return true;
	return false;
}

static void
sample(struct columnfacts *c, struct str s)
{
	unsigned i;

	for (i = 0; i < c->nsamples; i++)
		if (streq(c->samples[i], s))
			return;
	if (c->nsamples < COLUMN_SAMPLES)
		c->samples[c->nsamples++] = s;
}

/* Whether a cell has what the key of the registry may be. */
static bool
isnumber(const struct registry *r, struct str s)
{
	struct extents e;

	if (r->type == TYPE_STRING)
		return extent_read(TYPE_I64, type_least(TYPE_I64), type_greatest(TYPE_I64), s, &e);
	return extent_read(r->type, r->least, r->greatest, s, &e) && e.n > 0;
}

void
column_list(struct arena *a, const struct registry *r, const struct assignments *as, struct columnlist *l)
{
	struct columnfacts *c;
	size_t next = 0, i, k;
	uint32_t n;

	*l = (struct columnlist){.nrecords = as->nrecords};
	l->list = arena_array(a, COLUMN_MOST, sizeof(*l->list));
	for (n = 0; n < as->nrecords; n++) {
		const struct record *rec = &as->records[n];

		for (i = 0; i < rec->ncells; i++) {
			const struct cell *cell = &rec->cells[i];

			for (k = 0; k < l->n && !streq(l->list[(next + k) % l->n].name, cell->column); k++)
				;
			if (k == l->n && l->n == COLUMN_MOST)
				continue;
			c = k < l->n ? &l->list[(next + k) % l->n] : &l->list[l->n++];
			c->name = cell->column;
			next = (size_t)(c - l->list) + 1;
			if (cell->text.n == 0)
				continue;
			c->filled++;
			c->numbers += isnumber(r, cell->text);
			c->worded += !decimal(cell->text.s[0]) && cell->text.s[0] != '-';
			sample(c, cell->text);
		}
	}
}

struct columnfacts *
column_find(const struct columnlist *l, struct str name)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (streq(l->list[i].name, name))
			return &l->list[i];
	for (i = 0; i < l->n; i++)
		if (stralike(l->list[i].name, name))
			return &l->list[i];
	return NULL;
}

static struct columnfacts *
first(const struct columnlist *l, const char *const *names, size_t n)
{
	struct columnfacts *c;
	size_t i;

	for (i = 0; i < n; i++) {
		c = column_find(l, str(names[i]));
		if (c && c->filled > 0 && !c->used)
			return c;
	}
	return NULL;
}

/* Whether a column can be the key: half of the records have it, of the right sort. */
static bool
fits(const struct columnlist *l, const struct columnfacts *c, bool numbers)
{
	if (c->used || c->filled == 0)
		return false;
	if (numbers)
		return c->numbers > 0 && c->numbers >= l->nrecords / 2;
	return c->filled >= l->nrecords / 2 && c->numbers <= c->filled / 2;
}

struct columnfacts *
column_value(const struct columnlist *l, bool numbers)
{
	const char *const *names = numbers ? values : strings;
	size_t i, n = numbers ? LEN(values) : LEN(strings);
	struct columnfacts *c;

	for (i = 0; i < n; i++) {
		c = column_find(l, str(names[i]));
		if (c && fits(l, c, numbers))
			return c;
	}
	for (i = 0; i < l->n; i++)
		if (fits(l, &l->list[i], numbers) && !among(l->list[i].name, others, LEN(others)) &&
			!among(l->list[i].name, references, LEN(references)))
			return &l->list[i];
	/* numbers may be kept as strings, and few may be readable */
	c = first(l, names, 1);
	if (c || numbers)
		return c;
	return l->n > 0 && !l->list[0].used && l->list[0].filled > 0 ? &l->list[0] : NULL;
}

/* Whether a column tells what a value is: most cells have words, and they differ. */
static bool
tells(const struct columnlist *l, const struct columnfacts *c)
{
	if (c->used || c->filled < (l->nrecords + 1) / 2 || c->worded < (c->filled + 1) / 2)
		return false;
	return c->nsamples == COLUMN_SAMPLES || c->nsamples == l->nrecords || l->nrecords <= COLUMN_SAMPLES;
}

struct columnfacts *
column_text(const struct columnlist *l)
{
	struct columnfacts *c = column_find(l, LITERAL("name"));
	size_t i;

	if (c && tells(l, c))
		return c;
	for (i = 0; i < l->n; i++) {
		c = &l->list[i];
		if (tells(l, c) && !among(c->name, others, LEN(others)) &&
			!among(c->name, references, LEN(references)) && !among(c->name, statuses, LEN(statuses)) &&
			!among(c->name, expirations, LEN(expirations)))
			return c;
	}
	return first(l, descriptions, LEN(descriptions));
}

struct columnfacts *
column_description(const struct columnlist *l)
{
	return first(l, descriptions, LEN(descriptions));
}

struct columnfacts *
column_references(const struct columnlist *l)
{
	return first(l, references, LEN(references));
}

struct columnfacts *
column_status(const struct columnlist *l)
{
	return first(l, statuses, LEN(statuses));
}

struct columnfacts *
column_expires(const struct columnlist *l)
{
	return first(l, expirations, LEN(expirations));
}
