#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "number.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "rows.h"
#include "status.h"
#include "tree.h"
#include "value.h"
#include "word.h"
#include "lang.h"
#include "naming.h"
#include "facet.h"
#include "fieldview.h"
#include "targetview.h"
#include "entryview.h"

/* references */

enum { LABEL, TITLE, URL };

static struct str
referencepart(const struct reference *r, size_t part, struct arena *a)
{
	return part == LABEL ? reference_label(r, a) : part == TITLE ? reference_title(r) : reference_url(r, a);
}

static struct value
getpart(const struct value *v, size_t part, struct arena *a)
{
	return value_str(referencepart(v->p, part, a));
}

/* The title, unless the label is it. */
static struct value
getsubtitle(const struct value *v, size_t part, struct arena *a)
{
	struct str title = referencepart(v->p, part, a);

	return streq(title, referencepart(v->p, LABEL, a)) ? value_bool(false) : value_str(title);
}

static struct value
getpartdoc(const struct value *v, size_t part, struct arena *a)
{
	return facet_line(v, referencepart(v->p, part, a), a);
}

static const struct member referencemembers[] = {
	{"label", getpart, LABEL},
	{"label_doc", getpartdoc, LABEL},
	{"more", facet_getmore, 0},
	{"subtitle", getsubtitle, TITLE},
	{"title", getpart, TITLE},
	{"title_doc", getpartdoc, TITLE},
	{"url", getpart, URL},
	{"url_doc", getpartdoc, URL},
};

static struct value
getreferences(const struct value *v, size_t offset, struct arena *a)
{
	const struct references *r = (const struct references *)(const void *)((const char *)v->p + offset);

	(void)a;
	return facet_list(facet_context(v), LIST_REFERENCES, r->list, r->n);
}

static struct value
nextreference(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return facet_map(facet_context(v), MAP_REFERENCE, (const struct reference *)v->p + c->i++);
}

/* entries, aliases and names */

static struct value
getvalueliteral(const struct value *v, size_t offset, struct arena *a)
{
	enum type type = facet_context(v)->registry->type;
	const struct entry *e = v->p;

	(void)offset;
	if (!e->value || type == TYPE_STRING)
		return value_bool(false);
	return facet_literal(
		v, type, e->number, number_spell(a, type, e->number, node_str(e->value), facet_lang(v)->bases), a);
}

static struct value
getnumber(const struct value *v, size_t offset, struct arena *a)
{
	const struct entry *e = v->p;

	(void)offset;
	if (!e->value || facet_context(v)->registry->type == TYPE_STRING)
		return value_bool(false);
	return facet_decimal(v, e->number, a);
}

/* The position among the rows, counted from first. */
static struct value
getrow(const struct value *v, size_t first, struct arena *a)
{
	const struct entry *e = v->p;

	return e->row == ROW_NONE ? value_bool(false) : facet_count(a, (uint64_t)e->row + first);
}

static struct value
getreplacement(const struct value *v, size_t offset, struct arena *a)
{
	const struct entry *e = v->p;

	(void)offset, (void)a;
	return e->replacement ? facet_map(facet_context(v), MAP_BRIEF, e->replacement) : value_bool(false);
}

static struct value
getaliases(const struct value *v, size_t offset, struct arena *a)
{
	const struct entry *e = v->p;

	(void)offset, (void)a;
	return facet_list(facet_context(v), LIST_ALIASES, e->aliases.list, e->aliases.n);
}

static struct value
getassigned(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_bool(((const struct entry *)v->p)->status == STATUS_ASSIGNED);
}

/* The entry itself, or that of an alias. */
static const struct entry *
ofentry(const struct value *v)
{
	const struct kind *k = (const struct kind *)(const void *)v->class;

	return k->alias ? ((const struct alias *)v->p)->entry : v->p;
}

static struct value
getentry(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return facet_map(facet_context(v), MAP_BRIEF, ofentry(v));
}

/* The ranges with an id that hold the entry's value. */
static struct value
getclasses(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *c = facet_context(v);
	const struct registry *r = c->registry;
	const struct entry *e = v->p;
	struct value *list;
	uint32_t i, n = 0;

	(void)offset;
	if (!e->value || r->type == TYPE_STRING)
		return value_list(NULL, 0);
	list = arena_array(a, r->nranges, sizeof(*list));
	for (i = 0; i < r->nranges; i++)
		if (r->ranges[i].id && r->ranges[i].first <= e->number && e->number <= r->ranges[i].last)
			list[n++] = facet_map(c, MAP_RANGE, &r->ranges[i]);
	return value_list(list, n);
}

/* Of letters, digits, '.', '-' and '_', and a per cent sign before the two digits of another byte. */
static void
addfragment(struct buf *b, struct str s)
{
	size_t i;
	char c;

	for (i = 0; i < s.n; i++) {
		c = s.s[i];
		if ((unsigned char)(c - '0') < 10 || (unsigned char)((c | 0x20) - 'a') < 26 || c == '.' || c == '-' ||
			c == '_')
			buf_addch(b, c);
		else
			buf_printf(b, "%%%02X", (unsigned char)c);
	}
}

/* REGISTRY-KEY: the columns of the key are joined by '/'. As nothing of what is in them has a '/' or '~' then, no two
 * entries have the same, and those of a registry that allows duplicates get a number. */
static struct value
getfragment(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *c = facet_context(v);
	const struct registry *r = c->registry;
	const struct entry *e = v->p;
	const struct node *n;
	struct buf b = {0};
	struct value fragment;
	size_t i;

	(void)offset;
	if (!*c->repeats)
		*c->repeats = rows_repeats(c->view->arena, r);
	addfragment(&b, node_str(r->id));
	for (i = 0; i < r->nkey; i++) {
		buf_addch(&b, i == 0 ? '-' : '/');
		n = rows_column(r, e, i);
		if (n)
			addfragment(&b, node_str(n));
		if (n && n->n == 0)
			buf_addch(&b, '~');
	}
	if ((*c->repeats)[e - r->entries] > 0)
		buf_printf(&b, "~%u", (*c->repeats)[e - r->entries] + 1);
	fragment = value_str((struct str){arena_copy(a, b.s, b.n), b.n});
	buf_free(&b);
	return fragment;
}

#define ENTRY(member) offsetof(struct entry, member)

static const struct member entrymembers[] = {
	{"aliases", getaliases, 0},
	{"assigned", getassigned, 0},
	{"classes", getclasses, 0},
	{"cut", facet_getcut, 0},
	{"deprecated", facet_getbool, ENTRY(deprecated)},
	{"description", VALUE_TEXT, ENTRY(description)},
	{"description_doc", facet_getdoc, ENTRY(description)},
	{"description_length", facet_getlength, ENTRY(description)},
	{"description_size", facet_getsize, ENTRY(description)},
	{"doc", facet_getlines, ENTRY(description)},
	{"entry", getentry, 0},
	{"expires", VALUE_TEXT, ENTRY(expires)},
	{"fields", fieldview_getcells, 0},
	{"former_references", getreferences, ENTRY(former)},
	{"former_references_count", facet_getcount, ENTRY(former.n)},
	{"former_references_start", facet_getcount, ENTRY(firstformer)},
	{"fragment", getfragment, 0},
	{"literal", getvalueliteral, 0},
	{"more", facet_getmore, 0},
	{"name", VALUE_TEXT, ENTRY(name)},
	{"name_doc", facet_getdoc, ENTRY(name)},
	{"number", getnumber, 0},
	{"references", getreferences, ENTRY(references)},
	{"references_count", facet_getcount, ENTRY(references.n)},
	{"references_start", facet_getcount, ENTRY(firstreference)},
	{"replaced_by", VALUE_TEXT, ENTRY(replacedby)},
	{"replacement", getreplacement, 0},
	{"row", getrow, 0},
	{"slot", getrow, 1},
	{"status", facet_getstatus, ENTRY(status)},
	{"targets", targetview_getofentry, 0},
	{"text", VALUE_TEXT, ENTRY(text)},
	{"text_doc", facet_getdoc, ENTRY(text)},
	{"text_length", facet_getlength, ENTRY(text)},
	{"text_size", facet_getsize, ENTRY(text)},
	{"value", VALUE_TEXT, ENTRY(value)},
	{"value_doc", facet_getdoc, ENTRY(value)},
	{"value_length", facet_getlength, ENTRY(value)},
	{"value_size", facet_getsize, ENTRY(value)},
};

/* What another thing shows of an entry that it belongs to. */
static const struct member briefmembers[] = {
	{"deprecated", facet_getbool, ENTRY(deprecated)},
	{"fragment", getfragment, 0},
	{"literal", getvalueliteral, 0},
	{"name", VALUE_TEXT, ENTRY(name)},
	{"name_doc", facet_getdoc, ENTRY(name)},
	{"number", getnumber, 0},
	{"row", getrow, 0},
	{"slot", getrow, 1},
	{"text", VALUE_TEXT, ENTRY(text)},
	{"text_doc", facet_getdoc, ENTRY(text)},
	{"value", VALUE_TEXT, ENTRY(value)},
	{"value_doc", facet_getdoc, ENTRY(value)},
};

static struct span
whereentry(const struct value *v)
{
	const struct entry *e = v->p;

	return node_span(e->value ? e->value : e->node);
}

/* The names that an entry brings; with no more than the limit at a time, no part is passed over. */
static size_t
namesof(const struct entry *e, size_t limit)
{
	size_t n = (size_t)e->aliases.n + 1;

	return n < limit ? n : limit;
}

/* The number of the part that begins with an entry, or 0; j counts the names before it in the part. */
static uint32_t
partat(const struct entry *e, struct cursor *c, size_t limit)
{
	bool begins = c->j >= limit;

	if (begins) {
		c->j -= limit;
		c->part++;
	}
	c->j += namesof(e, limit);
	return begins ? c->part + 1 : 0;
}

uint32_t
entryview_parts(const struct registry *r, uint32_t limit)
{
	struct cursor c = {0};
	uint32_t part, n = 1;

	for (; c.i < r->nentries; c.i++) {
		part = partat(&r->entries[c.i], &c, limit);
		n = part ? part : n;
	}
	return n;
}

/* The entries in turn. Of a million none is in a cache: what comes soon is asked for, first an entry, then its nodes,
 * then their text. It is done here, as a function that did nothing else would be left out by compilers. */
static struct value
nextentry(const struct value *v, struct cursor *c, struct arena *a)
{
	const struct entry *e = (const struct entry *)v->p + c->i++;
	uint32_t part = partat(e, c, facet_lang(v)->limits.names);

	(void)a;
	if (v->n - c->i > 12) {
		__builtin_prefetch(&e[12]);
		__builtin_prefetch(&e[12].references);
		__builtin_prefetch(&e[12].status);
		__builtin_prefetch(e[8].value);
		__builtin_prefetch(e[8].description);
	}
	if (v->n - c->i > 12 && e[4].name && e[4].text) {
		__builtin_prefetch(e[4].name->p);
		__builtin_prefetch(e[4].text->p);
	}
	if (v->n - c->i > 12 && e[4].description) {
		__builtin_prefetch(e[4].description->p);
		__builtin_prefetch((const char *)e[4].description->p + 64);
		__builtin_prefetch((const char *)e[4].description->p + e[4].description->n);
	}
	return facet_cutmap(facet_context(v), MAP_ENTRY, e, part);
}

static struct value
nextrow(const struct value *v, struct cursor *c, struct arena *a)
{
	size_t i = c->i++;

	(void)a;
	return facet_cutmap(facet_context(v), MAP_ENTRY, ((struct entry *const *)v->p)[i],
		facet_part(i, facet_lang(v)->limits.rows));
}

static struct value
getfromlabel(const struct value *v, size_t offset, struct arena *a)
{
	const struct alias *al = v->p;
	struct str from;

	(void)offset;
	if (!al->from)
		return value_bool(false);
	from = node_str(al->from);
	if (strstarts(from, "rfc"))
		return value_str(rfc_label(a, (struct str){from.s + 3, from.n - 3}, (struct str){NULL, 0}));
	return value_str(from);
}

#define ALIAS(member) offsetof(struct alias, member)

static const struct member aliasmembers[] = {
	{"deprecated", facet_getbool, ALIAS(deprecated)},
	{"entry", getentry, 0},
	{"from", VALUE_TEXT, ALIAS(from)},
	{"from_label", getfromlabel, 0},
	{"more", facet_getmore, 0},
	{"name", VALUE_TEXT, ALIAS(name)},
	{"name_doc", facet_getdoc, ALIAS(name)},
	{"targets", targetview_getofentry, 0},
	{"text", VALUE_TEXT, ALIAS(text)},
	{"text_doc", facet_getdoc, ALIAS(text)},
};

static struct value
nextalias(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return facet_map(facet_context(v), MAP_ALIAS, (const struct alias *)v->p + c->i++);
}

static struct str
lookupof(const struct value *v, struct arena *a)
{
	const struct kind *k = (const struct kind *)(const void *)v->class;

	return naming_lookup(&k->context->naming, ofentry(v), k->alias ? v->p : NULL, a);
}

static struct value
getlookup(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset;
	return value_str(lookupof(v, a));
}

static struct value
getlookuplength(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset;
	return facet_count(a, lookupof(v, a).n);
}

static struct value
getisalias(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_bool(((const struct kind *)(const void *)v->class)->alias);
}

/* Names are entries or aliases, and both kinds of map must have the same shape: only offsets differ. */
#define NAMEMEMBERS(s) \
	{ \
		{"alias", getisalias, 0}, {"deprecated", facet_getbool, offsetof(struct s, deprecated)}, \
			{"entry", getentry, 0}, {"length", getlookuplength, 0}, {"lookup", getlookup, 0}, \
			{"more", facet_getmore, 0}, {"text", VALUE_TEXT, offsetof(struct s, text)}, \
			{"text_doc", facet_getdoc, offsetof(struct s, text)}, \
	}

static const struct member namemembers[] = NAMEMEMBERS(entry);
static const struct member aliasnamemembers[] = NAMEMEMBERS(alias);

static bool
nextname(const struct context *s, struct cursor *c, struct arena *a, struct value *v)
{
	const struct entry *e;
	const struct alias *al;
	struct mark m;

	for (; c->i < s->registry->nentries; c->i++, c->j = 0) {
		e = &s->registry->entries[c->i];
		while (c->j <= e->aliases.n) {
			al = c->j > 0 ? &e->aliases.list[c->j - 1] : NULL;
			c->j++;
			m = arena_mark(a);
			if (naming_lookup(&s->naming, e, al, a).n > 0) {
				arena_release(a, m);
				*v = al ? facet_map(s, MAP_ALIASNAME, al) : facet_map(s, MAP_NAME, e);
				return true;
			}
			arena_release(a, m);
		}
	}
	return false;
}

static struct value
nextofnames(const struct value *list, struct cursor *c, struct arena *a)
{
	struct value v = {0};

	nextname(facet_context(list), c, a, &v);
	return v;
}

uint32_t
entryview_count(const struct context *c)
{
	struct arena scratch = {0};
	struct cursor cursor = {0};
	struct value v;

	if (*c->nnames == UINT32_MAX) {
		*c->nnames = 0;
		while (c->view->dialect.lang->nidentifiers[GROUP_ENTRY] > 0 && nextname(c, &cursor, &scratch, &v))
			++*c->nnames;
		arena_free(&scratch);
	}
	return *c->nnames;
}

const struct entry *
entryview_next(const struct context *c, struct cursor *cursor, struct arena *a, struct str *name, bool *alias)
{
	struct value v = {0};

	nextname(c, cursor, a, &v);
	*name = lookupof(&v, a);
	*alias = ((const struct kind *)(const void *)v.class)->alias;
	return ofentry(&v);
}

struct value
entryview_getnames(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *c = facet_context(v);

	(void)offset, (void)a;
	return facet_list(c, LIST_NAMES, c, entryview_count(c));
}

struct length {
	size_t length;
	struct value *names;
	size_t n;
};

struct sized {
	struct value value;
	struct str lookup;
	size_t index;
};

static int
ordersized(const void *a, const void *b)
{
	const struct sized *x = a, *y = b;
	int c;

	if (x->lookup.n != y->lookup.n)
		return x->lookup.n < y->lookup.n ? -1 : 1;
	c = strorder(x->lookup, y->lookup);
	return c ? c : (x->index > y->index) - (x->index < y->index);
}

static struct value
getlengthof(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset;
	return facet_count(a, ((const struct length *)v->p)->length);
}

static struct value
getlengthnames(const struct value *v, size_t offset, struct arena *a)
{
	const struct length *l = v->p;

	(void)offset, (void)a;
	return value_list(l->names, l->n);
}

static const struct member lengthmembers[] = {
	{"length", getlengthof, 0},
	{"more", facet_getmore, 0},
	{"names", getlengthnames, 0},
};

/* All names, sorted by the length and then the bytes of what they are looked up by, and grouped by length. */
struct value
entryview_getlengths(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *s = facet_context(v);
	uint32_t nnames = entryview_count(s);
	struct sized *names = xmalloc(nnames, sizeof(*names));
	struct value *groups = arena_array(a, nnames, sizeof(*groups)),
		     *values = arena_array(a, nnames, sizeof(*values));
	struct length *l = NULL;
	struct cursor c = {0};
	size_t i, n = 0;

	(void)offset;
	for (i = 0; i < nnames; i++) {
		nextname(s, &c, a, &names[i].value);
		names[i].lookup = lookupof(&names[i].value, a);
		names[i].index = i;
	}
	qsort(names, nnames, sizeof(*names), ordersized);
	for (i = 0; i < nnames; i++) {
		if (!l || l->length != names[i].lookup.n) {
			l = arena_alloc(a, sizeof(*l));
			*l = (struct length){names[i].lookup.n, &values[i], 0};
			groups[n++] = facet_map(s, MAP_LENGTH, l);
		}
		values[i] = names[i].value;
		l->n++;
	}
	free(names);
	return value_list(groups, n);
}

const struct kindspec entryview_kinds[] = {
	{.which = MAP_REFERENCE, .members = referencemembers, .nmembers = LEN(referencemembers)},
	{.which = MAP_ENTRY,
		.members = entrymembers,
		.nmembers = LEN(entrymembers),
		.group = GROUP_ENTRY,
		.identifiers = true,
		.status = true,
		.where = whereentry},
	{.which = MAP_BRIEF,
		.members = briefmembers,
		.nmembers = LEN(briefmembers),
		.group = GROUP_ENTRY,
		.identifiers = true},
	{.which = MAP_ALIAS,
		.members = aliasmembers,
		.nmembers = LEN(aliasmembers),
		.group = GROUP_ENTRY,
		.identifiers = true,
		.alias = true},
	{.which = MAP_NAME,
		.members = namemembers,
		.nmembers = LEN(namemembers),
		.group = GROUP_ENTRY,
		.identifiers = true,
		.where = whereentry},
	{.which = MAP_ALIASNAME,
		.members = aliasnamemembers,
		.nmembers = LEN(aliasnamemembers),
		.group = GROUP_ENTRY,
		.identifiers = true,
		.alias = true},
	{.which = MAP_LENGTH, .members = lengthmembers, .nmembers = LEN(lengthmembers)},
	{.which = LIST_REFERENCES, .next = nextreference},
	{.which = LIST_ENTRIES, .next = nextentry},
	{.which = LIST_ROWS, .next = nextrow},
	{.which = LIST_NAMES, .next = nextofnames},
	{.which = LIST_ALIASES, .next = nextalias},
};

const size_t entryview_nkinds = LEN(entryview_kinds);
