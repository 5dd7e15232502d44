#include <stdio.h>
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
#include "tree.h"
#include "value.h"
#include "word.h"
#include "lang.h"
#include "naming.h"
#include "facet.h"
#include "targetview.h"
#include "poolview.h"
#include "entryview.h"
#include "lookupview.h"
#include "registryview.h"

/* ranges */

static struct value
getsingle(const struct value *v, size_t offset, struct arena *a)
{
	const struct range *r = v->p;

	(void)offset, (void)a;
	return value_bool(r->first == r->last);
}

#define RANGE(member) offsetof(struct range, member)

static const struct member rangemembers[] = {
	{"cut", facet_getcut, 0},
	{"first", facet_getdecimal, RANGE(first)},
	{"first_literal", facet_getliteral, RANGE(first)},
	{"id", VALUE_TEXT, RANGE(id)},
	{"last", facet_getdecimal, RANGE(last)},
	{"last_literal", facet_getliteral, RANGE(last)},
	{"more", facet_getmore, 0},
	{"rule", VALUE_TEXT, RANGE(rule)},
	{"rule_doc", facet_getdoc, RANGE(rule)},
	{"single", getsingle, 0},
	{"status", facet_getstatus, RANGE(status)},
	{"title", VALUE_TEXT, RANGE(title)},
	{"title_doc", facet_getdoc, RANGE(title)},
};

static struct value
nextrange(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return facet_map(facet_context(v), MAP_RANGE, (const struct range *)v->p + c->i++);
}

static struct value
nextpredicate(const struct value *v, struct cursor *c, struct arena *a)
{
	const struct range *r = v->p;

	(void)a;
	while (!r[c->i].id)
		c->i++;
	return facet_map(facet_context(v), MAP_RANGE, &r[c->i++]);
}

static struct value
nextspan(const struct value *v, struct cursor *c, struct arena *a)
{
	size_t i;

	(void)a;
	i = c->i++;
	return facet_cutmap(facet_context(v), MAP_RANGE, ((const struct range *const *)v->p)[i],
		facet_part(i, facet_lang(v)->limits.rows));
}

static struct span
whererange(const struct value *v)
{
	return node_span(((const struct range *)v->p)->values);
}

/* registries */

static struct value
getlist(const struct value *v, size_t which, struct arena *a)
{
	const struct context *c = facet_context(v);
	const struct registry *r = c->registry;
	uint32_t i, n = 0;

	(void)a;
	switch (which) {
	case LIST_ENTRIES:
		return facet_list(c, LIST_ENTRIES, r->entries, r->nentries);
	case LIST_ROWS:
		return facet_list(c, LIST_ROWS, r->rows, r->nrows);
	case LIST_FIELDS:
		return facet_list(c, LIST_FIELDS, r->fields, r->nfields);
	case LIST_RANGES:
		return facet_list(c, LIST_RANGES, r->ranges, r->nranges);
	case LIST_SPANS:
		return facet_list(c, LIST_SPANS, r->spans, r->nspans);
	default:
		for (i = 0; i < r->nranges; i++)
			n += r->ranges[i].id != NULL;
		return facet_list(c, LIST_PREDICATES, r->ranges, n);
	}
}

static struct value
getdense(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_bool(lookupview_isdense(facet_context(v)->registry));
}

/* The first or last value that has an entry: offset 1 for the last, 2 for a literal. */
static struct value
getbound(const struct value *v, size_t offset, struct arena *a)
{
	const struct registry *r = facet_context(v)->registry;
	uint64_t n;

	if (r->nrows == 0 || r->type == TYPE_STRING)
		return value_bool(false);
	n = r->rows[offset & 1 ? r->nrows - 1 : 0]->number;
	return offset & 2 ? facet_numberliteral(v, n, a) : facet_decimal(v, n, a);
}

static struct value
getindextype(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return facet_indextype(v, facet_context(v)->registry->nrows);
}

static struct value
getnamescount(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset;
	return facet_count(a, entryview_count(facet_context(v)));
}

static struct value
gettitle(const struct value *v, size_t doconly, struct arena *a)
{
	const struct registry *r = v->p;
	struct buf b = {0};
	struct str s;

	if (r->title)
		return doconly ? facet_doc(v, r->title, a) : facet_text(r->title);
	word_add(&b, node_str(r->id), CASE_WORDS, NULL, WORDS_NONE);
	s = (struct str){arena_copy(a, b.s, b.n), b.n};
	buf_free(&b);
	return value_str(s);
}

static struct value
getsource(const struct value *v, size_t offset, struct arena *a)
{
	const struct registry *r = v->p;

	(void)offset, (void)a;
	return r->source.iana ? facet_map(facet_context(v), MAP_SOURCE, r) : value_bool(false);
}

/* The page of the registry: https://www.iana.org/assignments/GROUP/GROUP.xhtml#REGISTRY */
static struct value
getsourceurl(const struct value *v, size_t offset, struct arena *a)
{
	const struct registry *r = v->p;
	struct str s = node_str(r->source.iana);
	const char *slash = memchr(s.s, '/', s.n);
	int group = slash ? (int)(slash - s.s) : (int)s.n;

	(void)offset;
	return value_str(str(arena_printf(a, "https://www.iana.org/assignments/%.*s/%.*s.xhtml%s%.*s", group, s.s,
		group, s.s, slash ? "#" : "", slash ? (int)s.n - group - 1 : 0, slash ? slash + 1 : "")));
}

/* How many parts the entries are cut into; false if they are one. */
static struct value
getparts(const struct value *v, size_t offset, struct arena *a)
{
	const struct registry *r = v->p;
	uint32_t n = entryview_parts(r, facet_lang(v)->limits.names);

	(void)offset;
	return n > 1 ? facet_count(a, n) : value_bool(false);
}

static struct value
getvalid(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	if (((const struct registry *)v->p)->type == TYPE_STRING)
		return value_bool(false);
	return facet_map(facet_context(v), MAP_VALID, v->p);
}

/* Whether nought is valid: the least value is not above it, nor the greatest below. */
static struct value
getzero(const struct value *v, size_t offset, struct arena *a)
{
	const struct registry *r = v->p;
	uint64_t zero = type_signed(r->type) ? UINT64_C(1) << 63 : 0;

	(void)offset, (void)a;
	return value_bool(r->least <= zero && zero <= r->greatest);
}

#define REGISTRY(member) offsetof(struct registry, member)

static const struct member sourcemembers[] = {
	{"iana", VALUE_TEXT, REGISTRY(source.iana)},
	{"updated", VALUE_TEXT, REGISTRY(source.updated)},
	{"url", getsourceurl, 0},
};

static const struct member validmembers[] = {
	{"first", facet_getdecimal, REGISTRY(least)},
	{"first_literal", facet_getliteral, REGISTRY(least)},
	{"last", facet_getdecimal, REGISTRY(greatest)},
	{"last_literal", facet_getliteral, REGISTRY(greatest)},
	{"zero", getzero, 0},
};

static const struct member registrymembers[] = {
	{"caseless", facet_getbool, REGISTRY(caseless)},
	{"citations", poolview_getcitations, 0},
	{"dense", getdense, 0},
	{"description", VALUE_TEXT, REGISTRY(description)},
	{"description_doc", facet_getdoc, REGISTRY(description)},
	{"description_ends", lookupview_gettextends, offsetof(struct entry, description)},
	{"descriptions", poolview_gettexts, offsetof(struct entry, description)},
	{"doc", facet_getlines, REGISTRY(description)},
	{"entries", getlist, LIST_ENTRIES},
	{"entries_count", facet_getcount, REGISTRY(nentries)},
	{"fields", getlist, LIST_FIELDS},
	{"first", getbound, 0},
	{"first_literal", getbound, 2},
	{"former_citations", poolview_getcitations, 1},
	{"former_references_count", facet_getcount, REGISTRY(nformer)},
	{"hash", lookupview_gethash, 0},
	{"id", VALUE_TEXT, REGISTRY(id)},
	{"index_type_name", getindextype, 0},
	{"last", getbound, 1},
	{"last_literal", getbound, 3},
	{"lengths", entryview_getlengths, 0},
	{"lookups", lookupview_getlookups, 0},
	{"more", facet_getmore, 0},
	{"name_ends", lookupview_getnameends, 0},
	{"name_rows", lookupview_getnamerows, 0},
	{"names", entryview_getnames, 0},
	{"names_count", getnamescount, 0},
	{"names_sorted", lookupview_getsorted, 0},
	{"numeric", facet_getisinteger, REGISTRY(type)},
	{"parts", getparts, 0},
	{"predicates", getlist, LIST_PREDICATES},
	{"ranges", getlist, LIST_RANGES},
	{"references_count", facet_getcount, REGISTRY(nreferences)},
	{"row_names", lookupview_getrownames, 0},
	{"rows", getlist, LIST_ROWS},
	{"rows_count", facet_getcount, REGISTRY(nrows)},
	{"search", lookupview_getsearch, 0},
	{"signed", facet_getissigned, REGISTRY(type)},
	{"slots", lookupview_getslots, 0},
	{"source", getsource, 0},
	{"spans", getlist, LIST_SPANS},
	{"spans_count", facet_getcount, REGISTRY(nspans)},
	{"targets", targetview_getofregistry, 0},
	{"text_ends", lookupview_gettextends, offsetof(struct entry, text)},
	{"texts", poolview_gettexts, offsetof(struct entry, text)},
	{"title", gettitle, 0},
	{"title_doc", gettitle, 1},
	{"type", facet_gettype, REGISTRY(type)},
	{"type_name", facet_gettypename, REGISTRY(type)},
	{"valid", getvalid, 0},
	{"value_ends", lookupview_gettextends, offsetof(struct entry, value)},
	{"value_hash", lookupview_gethash, 1},
	{"value_texts", poolview_gettexts, offsetof(struct entry, value)},
	{"word_hash", lookupview_getwordhash, 0},
	{"word_search", lookupview_getsearch, 1},
};

static struct value
nextregistry(const struct value *v, struct cursor *c, struct arena *a)
{
	const struct view *view = facet_context(v)->view;
	size_t i = c->i++;

	(void)a;
	return facet_map(&view->contexts[i], MAP_REGISTRY, view->registries[i]);
}

const struct kindspec registryview_kinds[] = {
	{.which = MAP_REGISTRY,
		.members = registrymembers,
		.nmembers = LEN(registrymembers),
		.group = GROUP_REGISTRY,
		.identifiers = true},
	{.which = MAP_SOURCE, .members = sourcemembers, .nmembers = LEN(sourcemembers)},
	{.which = MAP_VALID, .members = validmembers, .nmembers = LEN(validmembers)},
	{.which = MAP_RANGE,
		.members = rangemembers,
		.nmembers = LEN(rangemembers),
		.group = GROUP_RANGE,
		.identifiers = true,
		.status = true,
		.where = whererange},
	{.which = LIST_RANGES, .next = nextrange},
	{.which = LIST_PREDICATES, .next = nextpredicate},
	{.which = LIST_SPANS, .next = nextspan},
	{.which = LIST_REGISTRIES, .next = nextregistry},
};

const size_t registryview_nkinds = LEN(registryview_kinds);
