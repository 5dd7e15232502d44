#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "number.h"
#include "slots.h"
#include "hash.h"
#include "wordhash.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "tree.h"
#include "value.h"
#include "word.h"
#include "lang.h"
#include "naming.h"
#include "facet.h"
#include "tableview.h"
#include "poolview.h"
#include "entryview.h"
#include "lookupview.h"

enum { DENSE = 1024 }; /* a table by value may always have this many slots */

/* The names that a registry's values are looked up by, once they have been asked for. */
struct names {
	struct str *names;
	const struct entry **entries;
	uint32_t *primary; /* by row: the number of its entry's own name plus 1, or 0 */
	uint32_t n;
	bool hashed, found; /* whether a hash was sought, and found */
	struct hash hash;
	struct hash values; /* of a registry of strings */
	bool valueshashed, valuesfound;
	struct wordhash words; /* of the names */
	bool wordshashed, wordsfound;
};

static void
readnames(const struct context *c, struct names *names)
{
	const struct registry *r = c->registry;
	struct arena *a = c->view->arena;
	struct cursor cursor = {0};
	uint32_t n = entryview_count(c);
	bool alias;

	names->names = arena_array(a, n, sizeof(*names->names));
	names->entries = arena_array(a, n, sizeof(*names->entries));
	names->primary = arena_array(a, r->nrows, sizeof(*names->primary));
	for (names->n = 0; names->n < n; names->n++) {
		names->entries[names->n] = entryview_next(c, &cursor, a, &names->names[names->n], &alias);
		if (!alias && r->rows[names->entries[names->n]->row] == names->entries[names->n])
			names->primary[names->entries[names->n]->row] = names->n + 1;
	}
}

static const struct names *
namesof(const struct value *v)
{
	const struct context *c = facet_context(v);

	if (!*c->names) {
		*c->names = arena_alloc(c->view->arena, sizeof(**c->names));
		readnames(c, *c->names);
	}
	return *c->names;
}

static const struct hash *
hashof(const struct value *v)
{
	const struct context *c = facet_context(v);
	struct names *names;

	namesof(v);
	names = *c->names;
	if (!names->hashed) {
		names->hashed = true;
		names->found = hash_make(&names->hash, c->view->arena, names->names, names->n);
	}
	return names->found ? &names->hash : NULL;
}

static const struct wordhash *
wordhashof(const struct value *v)
{
	const struct context *c = facet_context(v);
	struct names *names;

	namesof(v);
	names = *c->names;
	if (!names->wordshashed) {
		names->wordshashed = true;
		names->wordsfound = wordhash_make(&names->words, c->view->arena, names->names, names->n);
	}
	return names->wordsfound ? &names->words : NULL;
}

static char
lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* The value of a row as it is looked up: in small letters if their case does not count. */
static struct str
lookedup(const struct registry *r, uint32_t row, struct arena *a)
{
	struct str s = node_str(r->rows[row]->value);
	char *folded;
	size_t i;

	if (!r->caseless)
		return s;
	folded = arena_bytes(a, s.n);
	for (i = 0; i < s.n; i++)
		folded[i] = lower(s.s[i]);
	return (struct str){folded, s.n};
}

static const struct hash *
hashofvalues(const struct value *v)
{
	const struct context *c = facet_context(v);
	const struct registry *r = c->registry;
	struct names *names;
	struct str *values;
	uint32_t i;

	namesof(v);
	names = *c->names;
	if (!names->valueshashed && r->type == TYPE_STRING) {
		values = arena_array(c->view->arena, r->nrows, sizeof(*values));
		for (i = 0; i < r->nrows; i++)
			values[i] = lookedup(r, i, c->view->arena);
		names->valuesfound = hash_make(&names->values, c->view->arena, values, r->nrows);
	}
	names->valueshashed = true;
	return names->valuesfound ? &names->values : NULL;
}

/* tables by name, and of names */

struct value
lookupview_getnameends(const struct value *v, size_t offset, struct arena *a)
{
	const struct names *names = namesof(v);
	uint32_t *ends = arena_array(a, names->n, sizeof(*ends)), i, end = 0;

	(void)offset;
	for (i = 0; i < names->n; i++)
		ends[i] = end += (uint32_t)names->names[i].n;
	return tableview_of(v, ends, names->n, a);
}

struct value
lookupview_getnamerows(const struct value *v, size_t offset, struct arena *a)
{
	const struct names *names = namesof(v);
	uint32_t *rows = arena_array(a, names->n, sizeof(*rows)), i;

	(void)offset;
	for (i = 0; i < names->n; i++)
		rows[i] = names->entries[i]->row;
	return tableview_of(v, rows, names->n, a);
}

struct value
lookupview_getrownames(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset;
	return tableview_of(v, namesof(v)->primary, facet_context(v)->registry->nrows, a);
}

struct value
lookupview_getlookups(const struct value *v, size_t offset, struct arena *a)
{
	const struct names *names = namesof(v);
	struct str *items = arena_array(a, (size_t)names->n + 1, sizeof(*items));

	(void)offset;
	memcpy(items + 1, names->names, names->n * sizeof(*items));
	return poolview_of(v, items, names->n + 1, a);
}

struct keyed {
	struct str name;
	uint32_t number;
};

static int
orderkeyed(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int c = strorder(x->name, y->name);

	return c ? c : (x->number > y->number) - (x->number < y->number);
}

struct value
lookupview_getsorted(const struct value *v, size_t offset, struct arena *a)
{
	const struct names *names = namesof(v);
	struct keyed *keyed = xmalloc(names->n, sizeof(*keyed));
	uint32_t *sorted = arena_array(a, names->n, sizeof(*sorted)), i;

	(void)offset;
	for (i = 0; i < names->n; i++)
		keyed[i] = (struct keyed){names->names[i], i};
	qsort(keyed, names->n, sizeof(*keyed), orderkeyed);
	for (i = 0; i < names->n; i++)
		sorted[i] = keyed[i].number;
	free(keyed);
	return tableview_of(v, sorted, names->n, a);
}

/* tables by value and by row */

bool
lookupview_isdense(const struct registry *r)
{
	uint64_t span = r->nrows ? r->rows[r->nrows - 1]->number - r->rows[0]->number : 0;

	return r->nrows > 0 && type_integer(r->type) && (span < DENSE || span < (uint64_t)r->nrows * 8);
}

struct value
lookupview_getslots(const struct value *v, size_t offset, struct arena *a)
{
	const struct registry *r = facet_context(v)->registry;
	uint32_t *slots, row, n;

	(void)offset;
	if (!lookupview_isdense(r))
		return value_list(NULL, 0);
	n = (uint32_t)(r->rows[r->nrows - 1]->number - r->rows[0]->number) + 1;
	slots = arena_array(a, n, sizeof(*slots));
	for (row = 0; row < r->nrows; row++)
		slots[r->rows[row]->number - r->rows[0]->number] = row + 1;
	return tableview_lines(v, slots, n, a);
}

struct value
lookupview_gettextends(const struct value *v, size_t offset, struct arena *a)
{
	const struct registry *r = facet_context(v)->registry;
	uint32_t *ends = arena_array(a, r->nrows, sizeof(*ends)), i, end = 0;
	const struct node *text;

	for (i = 0; i < r->nrows; i++) {
		text = *(const struct node *const *)(const void *)((const char *)r->rows[i] + offset);
		ends[i] = end += text ? text->n : 0;
	}
	return tableview_of(v, ends, r->nrows, a);
}

/* the hashes of names */

struct value
lookupview_gethash(const struct value *v, size_t ofvalues, struct arena *a)
{
	const struct hash *h = ofvalues ? hashofvalues(v) : hashof(v);

	(void)a;
	return h ? facet_map(facet_context(v), MAP_HASH, h) : value_bool(false);
}

struct value
lookupview_getwordhash(const struct value *v, size_t offset, struct arena *a)
{
	const struct wordhash *h = wordhashof(v);

	(void)offset, (void)a;
	return h ? facet_map(facet_context(v), MAP_WORDHASH, h) : value_bool(false);
}

struct value
lookupview_getsearch(const struct value *v, size_t bywords, struct arena *a)
{
	(void)a;
	return value_bool(namesof(v)->n > 0 && (bywords ? !wordhashof(v) : !hashof(v)));
}

static const struct slots *
slotsof(const struct value *v, size_t offset)
{
	return (const void *)((const char *)v->p + offset);
}

static struct value
gethashslots(const struct value *v, size_t offset, struct arena *a)
{
	const struct slots *t = slotsof(v, offset);

	return tableview_of(v, t->slots, t->nslots, a);
}

static struct value
getdisplacements(const struct value *v, size_t offset, struct arena *a)
{
	const struct slots *t = slotsof(v, offset);

	return t->displacements ? tableview_of(v, t->displacements, t->ndisplacements, a) : value_bool(false);
}

static struct value
gettags(const struct value *v, size_t offset, struct arena *a)
{
	const struct wordhash *h = v->p;

	(void)offset;
	return tableview_of(v, h->tags, h->at.nslots, a);
}

static struct value
getpositions(const struct value *v, size_t offset, struct arena *a)
{
	const struct hash *h = v->p;

	(void)offset, (void)a;
	return facet_list(facet_context(v), LIST_POSITIONS, h->positions, h->npositions);
}

static struct value
nextposition(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return facet_map(facet_context(v), MAP_POSITION, (const struct position *)v->p + c->i++);
}

/* From the end, the last is 1. */
static struct value
getindex(const struct value *v, size_t offset, struct arena *a)
{
	const struct position *p = v->p;

	(void)offset;
	return facet_count(a, (uint64_t)p->index + p->last);
}

static struct value
getlast(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_bool(((const struct position *)v->p)->last);
}

static struct value
getguard(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_bool(((const struct position *)v->p)->guard);
}

/* A number as the language writes it. */
static struct value
grouped(const struct value *v, uint64_t number, struct arena *a)
{
	struct value n = facet_count(a, number);

	return value_str(number_group(a, (struct str){n.p, n.n}, facet_lang(v)->separator));
}

static struct value
getfactor(const struct value *v, size_t offset, struct arena *a)
{
	return grouped(v, *(const uint32_t *)(const void *)((const char *)v->p + offset), a);
}

static struct value
getwidefactor(const struct value *v, size_t offset, struct arena *a)
{
	return grouped(v, *(const uint64_t *)(const void *)((const char *)v->p + offset), a);
}

/* No name is as long as a word: there is none to load. */
static struct value
getwords(const struct value *v, size_t offset, struct arena *a)
{
	const struct wordhash *h = v->p;

	(void)offset, (void)a;
	return facet_list(facet_context(v), LIST_WORDS, h->words, h->greatest < h->width ? 0 : h->nwords);
}

static struct value
nextword(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return facet_map(facet_context(v), MAP_WORD, (const struct wordat *)v->p + c->i++);
}

static struct value
getshortfactor(const struct value *v, size_t offset, struct arena *a)
{
	const struct wordhash *h = v->p;

	(void)offset;
	return h->least < h->width ? grouped(v, wordhash_shortfactor(h), a) : value_bool(false);
}

static struct value
getwide(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_bool(((const struct wordhash *)v->p)->width == 8);
}

#define HASH(member) offsetof(struct hash, member)

static const struct member hashmembers[] = {
	{"displacement_shift", facet_getcount, HASH(at.bucketshift)},
	{"displacements", getdisplacements, HASH(at)},
	{"factor", getfactor, HASH(factor)},
	{"greatest", facet_getcount, HASH(greatest)},
	{"least", facet_getcount, HASH(least)},
	{"mask", getfactor, HASH(at.mask)},
	{"positions", getpositions, 0},
	{"shift", facet_getcount, HASH(at.shift)},
	{"slots", gethashslots, HASH(at)},
};

static const struct member positionmembers[] = {
	{"factor", getfactor, offsetof(struct position, factor)},
	{"guard", getguard, 0},
	{"index", getindex, 0},
	{"last", getlast, 0},
	{"more", facet_getmore, 0},
};

#define WORDHASH(member) offsetof(struct wordhash, member)

static const struct member wordhashmembers[] = {
	{"displacement_shift", facet_getcount, WORDHASH(at.bucketshift)},
	{"displacements", getdisplacements, WORDHASH(at)},
	{"factor", getwidefactor, WORDHASH(factor)},
	{"greatest", facet_getcount, WORDHASH(greatest)},
	{"least", facet_getcount, WORDHASH(least)},
	{"mask", getfactor, WORDHASH(at.mask)},
	{"mixer", getwidefactor, WORDHASH(mixer)},
	{"shift", facet_getcount, WORDHASH(at.shift)},
	{"short_factor", getshortfactor, 0},
	{"slots", gethashslots, WORDHASH(at)},
	{"tags", gettags, 0},
	{"whole", facet_getbool, WORDHASH(whole)},
	{"wide", getwide, 0},
	{"words", getwords, 0},
};

static const struct member wordmembers[] = {
	{"factor", getwidefactor, offsetof(struct wordat, factor)},
	{"index", facet_getcount, offsetof(struct wordat, index)},
	{"more", facet_getmore, 0},
};

const struct kindspec lookupview_kinds[] = {
	{.which = MAP_HASH, .members = hashmembers, .nmembers = LEN(hashmembers)},
	{.which = MAP_POSITION, .members = positionmembers, .nmembers = LEN(positionmembers)},
	{.which = LIST_POSITIONS, .next = nextposition},
	{.which = MAP_WORDHASH, .members = wordhashmembers, .nmembers = LEN(wordhashmembers)},
	{.which = MAP_WORD, .members = wordmembers, .nmembers = LEN(wordmembers)},
	{.which = LIST_WORDS, .next = nextword},
};

const size_t lookupview_nkinds = LEN(lookupview_kinds);
