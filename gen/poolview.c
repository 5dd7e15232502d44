#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "number.h"
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

/* Different strings that are not empty, each followed by a NUL, behind a NUL that stands for the empty one. */
struct pool {
	struct str *strings;
	uint32_t *at; /* where each string starts */
	size_t n, cap, capat;
	uint32_t *slots; /* hash table: the number of a string plus 1 */
	size_t nslots;
	uint32_t size;
};

/* Strings that one literal can hold. */
struct chunk {
	const struct str *strings;
	uint32_t n, size, start;
};

/* Where the strings of things start, by number of the thing. */
struct starts {
	uint32_t *at;
	uint32_t n;
};

/* What is shown of a pool. Of references, the columns are labels, titles, URLs, and the first of each row. */
struct pooled {
	struct chunk *chunks;
	uint32_t nchunks, size;
	struct starts columns[4];
};

static void
grow(struct pool *p)
{
	size_t i, j;

	free(p->slots);
	p->nslots = p->nslots ? p->nslots * 2 : 64;
	p->slots = xcalloc(p->nslots, sizeof(*p->slots));
	for (i = 0; i < p->n; i++) {
		for (j = strhash(p->strings[i]) & (p->nslots - 1); p->slots[j]; j = (j + 1) & (p->nslots - 1))
			;
		p->slots[j] = (uint32_t)i + 1;
	}
}

/* Where a string starts, which is put at the end if it is not there yet. */
static uint32_t
startof(struct pool *p, struct str s)
{
	size_t i;

	if (s.n == 0)
		return 0;
	if (p->n * 2 >= p->nslots)
		grow(p);
	for (i = strhash(s) & (p->nslots - 1); p->slots[i]; i = (i + 1) & (p->nslots - 1))
		if (streq(p->strings[p->slots[i] - 1], s))
			return p->at[p->slots[i] - 1];
	p->slots[i] = (uint32_t)p->n + 1;
	p->strings = xgrow(p->strings, p->n, &p->cap, sizeof(*p->strings));
	p->at = xgrow(p->at, p->n, &p->capat, sizeof(*p->at));
	p->strings[p->n] = s;
	p->at[p->n] = p->size ? p->size : 1;
	p->size = p->at[p->n] + (uint32_t)s.n + 1;
	return p->at[p->n++];
}

/* How many of the strings from i on go into a chunk, and what they take with their NULs. */
static uint32_t
chunkfrom(const struct pool *p, size_t i, uint32_t limit, uint32_t *size)
{
	uint32_t n = 0;

	*size = 0;
	while (i + n < p->n && (n == 0 || *size + p->strings[i + n].n < limit))
		*size += (uint32_t)p->strings[i + n++].n + 1;
	return n;
}

/* Give the strings over to what is shown, in chunks. */
static void
finish(struct pool *p, struct pooled *shown, uint32_t limit, struct arena *a)
{
	struct str *strings = arena_array(a, p->n, sizeof(*strings));
	struct chunk *c;
	uint32_t size;
	size_t i;

	for (i = 0; i < p->n; i += chunkfrom(p, i, limit, &size))
		shown->nchunks++;
	shown->chunks = arena_array(a, shown->nchunks, sizeof(*shown->chunks));
	shown->size = p->n > 0 ? p->size : 1;
	if (p->n > 0)
		memcpy(strings, p->strings, p->n * sizeof(*strings));
	for (i = 0, c = shown->chunks; i < p->n; i += c++->n) {
		c->strings = strings + i;
		c->n = chunkfrom(p, i, limit, &c->size);
		c->start = p->at[i];
	}
	free(p->strings);
	free(p->at);
	free(p->slots);
}

static struct starts
newstarts(struct arena *a, uint32_t n)
{
	return (struct starts){arena_array(a, n, sizeof(uint32_t)), n};
}

struct value
poolview_of(const struct value *v, const struct str *items, uint32_t n, struct arena *a)
{
	struct pooled *shown = arena_alloc(a, sizeof(*shown));
	struct pool p = {0};
	uint32_t i;

	shown->columns[0] = newstarts(a, n + 1);
	for (i = 0; i < n; i++)
		shown->columns[0].at[i] = startof(&p, items[i]);
	finish(&p, shown, facet_lang(v)->limits.literal, a);
	shown->columns[0].at[n] = shown->size;
	return facet_map(facet_context(v), MAP_POOL, shown);
}

struct value
poolview_gettexts(const struct value *v, size_t offset, struct arena *a)
{
	const struct registry *r = facet_context(v)->registry;
	struct str *items = arena_array(a, (size_t)r->nrows + 1, sizeof(*items));
	const struct node *text;
	uint32_t i;

	for (i = 0; i < r->nrows; i++) {
		text = *(const struct node *const *)(const void *)((const char *)r->rows[i] + offset);
		if (text)
			items[i + 1] = node_str(text);
	}
	return poolview_of(v, items, r->nrows + 1, a);
}

/* references */

static void
cite(struct pool *p, struct pooled *shown, const struct reference *r, uint32_t i, struct arena *a)
{
	shown->columns[0].at[i] = startof(p, reference_label(r, a));
	shown->columns[1].at[i] = startof(p, reference_title(r));
	shown->columns[2].at[i] = startof(p, reference_url(r, a));
}

struct value
poolview_getcitations(const struct value *v, size_t former, struct arena *a)
{
	const struct registry *r = facet_context(v)->registry;
	struct pooled *shown = arena_alloc(a, sizeof(*shown));
	const struct references *of;
	struct pool p = {0};
	uint32_t i, k, n = 0;

	for (i = 0; i < 3; i++)
		shown->columns[i] = newstarts(a, (former ? r->nformer : r->nreferences) + 1);
	shown->columns[3] = newstarts(a, r->nrows + 2);
	for (i = 0; i < r->nrows; i++) {
		of = former ? &r->rows[i]->former : &r->rows[i]->references;
		shown->columns[3].at[i + 1] = n;
		for (k = 0; k < of->n; k++)
			cite(&p, shown, &of->list[k], ++n, a);
	}
	shown->columns[3].at[r->nrows + 1] = n;
	finish(&p, shown, facet_lang(v)->limits.literal, a);
	return facet_map(facet_context(v), MAP_CITATIONS, shown);
}

/* members */

static struct value
getcolumn(const struct value *v, size_t column, struct arena *a)
{
	const struct starts *c = &((const struct pooled *)v->p)->columns[column];

	return tableview_of(v, c->at, c->n, a);
}

static struct value
getchunks(const struct value *v, size_t offset, struct arena *a)
{
	const struct pooled *p = v->p;

	(void)offset, (void)a;
	return facet_list(facet_context(v), LIST_CHUNKS, p->chunks, p->nchunks);
}

static struct value
nextchunk(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return facet_map(facet_context(v), MAP_CHUNK, (const struct chunk *)v->p + c->i++);
}

static struct value
getstrings(const struct value *v, size_t offset, struct arena *a)
{
	const struct chunk *c = v->p;

	(void)offset, (void)a;
	return facet_list(facet_context(v), LIST_STRINGS, c->strings, c->n);
}

static struct value
nextstring(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return facet_map(facet_context(v), MAP_STRING, (const struct str *)v->p + c->i++);
}

static struct value
gettext(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_str(*(const struct str *)v->p);
}

/* How many bytes of the string go into one literal: whole characters. */
static size_t
pieceof(struct str s, uint32_t limit)
{
	size_t n = limit;

	if (s.n <= limit)
		return s.n;
	while (n > 1 && ((unsigned char)s.s[n] & 0xc0) == 0x80)
		n--;
	return n;
}

static struct value
getpieces(const struct value *v, size_t offset, struct arena *a)
{
	const struct str *s = v->p;
	uint32_t limit = facet_lang(v)->limits.literal, n = 0;
	size_t i;

	(void)offset, (void)a;
	for (i = 0; i < s->n; i += pieceof((struct str){s->s + i, s->n - i}, limit))
		n++;
	return facet_list(facet_context(v), LIST_PIECES, s, n);
}

static struct value
nextpiece(const struct value *v, struct cursor *c, struct arena *a)
{
	const struct str *s = v->p;
	struct str *piece = arena_alloc(a, sizeof(*piece));

	*piece = (struct str){s->s + c->i, s->n - c->i};
	piece->n = pieceof(*piece, facet_lang(v)->limits.literal);
	c->i += piece->n;
	return facet_map(facet_context(v), MAP_PIECE, piece);
}

/* Whether all strings are in one chunk. */
static struct value
getsingle(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_bool(((const struct pooled *)v->p)->nchunks <= 1);
}

static const struct member poolmembers[] = {
	{"chunks", getchunks, 0},
	{"single", getsingle, 0},
	{"size", facet_getcount, offsetof(struct pooled, size)},
	{"starts", getcolumn, 0},
};

static const struct member citationsmembers[] = {
	{"chunks", getchunks, 0},
	{"firsts", getcolumn, 3},
	{"labels", getcolumn, 0},
	{"single", getsingle, 0},
	{"size", facet_getcount, offsetof(struct pooled, size)},
	{"titles", getcolumn, 1},
	{"urls", getcolumn, 2},
};

static const struct member chunkmembers[] = {
	{"more", facet_getmore, 0},
	{"size", facet_getcount, offsetof(struct chunk, size)},
	{"start", facet_getcount, offsetof(struct chunk, start)},
	{"strings", getstrings, 0},
};

static const struct member stringmembers[] = {
	{"more", facet_getmore, 0},
	{"pieces", getpieces, 0},
	{"text", gettext, 0},
};

static const struct member piecemembers[] = {
	{"more", facet_getmore, 0},
	{"text", gettext, 0},
};

const struct kindspec poolview_kinds[] = {
	{.which = MAP_POOL, .members = poolmembers, .nmembers = LEN(poolmembers)},
	{.which = MAP_CITATIONS, .members = citationsmembers, .nmembers = LEN(citationsmembers)},
	{.which = MAP_CHUNK, .members = chunkmembers, .nmembers = LEN(chunkmembers)},
	{.which = MAP_STRING, .members = stringmembers, .nmembers = LEN(stringmembers)},
	{.which = MAP_PIECE, .members = piecemembers, .nmembers = LEN(piecemembers)},
	{.which = LIST_CHUNKS, .next = nextchunk},
	{.which = LIST_STRINGS, .next = nextstring},
	{.which = LIST_PIECES, .next = nextpiece},
};

const size_t poolview_nkinds = LEN(poolview_kinds);
