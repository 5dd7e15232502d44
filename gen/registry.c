#include <string.h>
#include "util.h"
#include "arena.h"
#include "decode.h"
#include "diag.h"
#include "field.h"
#include "number.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "status.h"
#include "tree.h"

static const struct key rangekeys[] = {
	{"id", decode_words, offsetof(struct range, id), false, NULL},
	{"rule", decode_text, offsetof(struct range, rule), false, NULL},
	{"status", decode_choice, offsetof(struct range, status), false, &status_choices},
	{"title", decode_text, offsetof(struct range, title), false, NULL},
	{"values", decode_text, offsetof(struct range, values), true, NULL},
};

/* A number, or two joined by '-'. */
static bool
readvalues(struct decoder *d, enum type type, const struct node *n, uint64_t *first, uint64_t *last)
{
	bool fits;

	if (!number_range(type, node_str(n), first, last, &fits)) {
		decode_expected(d, n, "a number or two joined by '-'");
		return false;
	}
	if (!fits) {
		diag_error(
			d->diag, node_span(n), "%.*s does not fit the registry's type", (int)n->n, (const char *)n->p);
		return false;
	}
	if (*first > *last) {
		diag_error(
			d->diag, node_span(n), "the range %.*s ends before it begins", (int)n->n, (const char *)n->p);
		return false;
	}
	return true;
}

static void
readranges(struct decoder *d, struct registry *r, const struct node *list)
{
	struct range *g = arena_array(d->arena, (size_t)r->nranges + list->n, sizeof(*g));
	uint32_t i;

	if (r->nranges > 0)
		memcpy(g, r->ranges, r->nranges * sizeof(*g));
	r->ranges = g;
	for (i = 0; i < list->n; i++) {
		g = &r->ranges[r->nranges];
		*g = (struct range){.node = node_item(list, i), .status = STATUS_NONE};
		if (!decode(d, g->node, rangekeys, LEN(rangekeys), g) || !g->values)
			continue;
		if (readvalues(d, r->type, g->values, &g->first, &g->last))
			r->nranges++;
		if (!node_get(g->node, "id") && !node_get(g->node, "status"))
			diag_error(d->diag, node_span(g->node), "a range has an id, a status or both");
	}
}

static void
readiana(struct decoder *d, const struct node *n, void *target)
{
	if (decode_only(d, n, "-._/", "GROUP/REGISTRY"))
		*(const struct node **)target = n;
}

static const struct key sourcekeys[] = {
	{"columns", decode_map, offsetof(struct source_of, columns), false, NULL},
	{"iana", readiana, offsetof(struct source_of, iana), true, NULL},
	{"updated", decode_date, offsetof(struct source_of, updated), false, NULL},
	{"url", decode_url, offsetof(struct source_of, url), false, NULL},
};

static void
readsource(struct decoder *d, const struct node *n, void *target)
{
	decode(d, n, sourcekeys, LEN(sourcekeys), target);
}

/* What of a registry can only be read when its type is known. */
struct rawregistry {
	struct registry registry;
	const struct node *ranges, *fields, *entries, *valid, *key;
};

static const struct str duplicatewords[] = {{"refuse", 6}, {"allow", 5}};
static const struct choices duplicates = {"way with duplicates", duplicatewords, LEN(duplicatewords)};

static const struct str matchwords[] = {{"exact", 5}, {"caseless", 8}};
static const struct choices matches = {"match", matchwords, LEN(matchwords)};

static void
readtype(struct decoder *d, const struct node *n, void *target)
{
	struct choices types = {.what = "type"};
	int type;

	types.words = type_names(&types.n);
	types.n = TYPE_STRING + 1;
	type = decode_index(d, n, &types);
	if (type >= 0)
		*(unsigned char *)target = (unsigned char)type;
}

static const struct key registrykeys[] = {
	{"description", decode_text, offsetof(struct rawregistry, registry.description), false, NULL},
	{"duplicates", decode_choice, offsetof(struct rawregistry, registry.duplicates), false, &duplicates},
	{"entries", decode_list, offsetof(struct rawregistry, entries), true, NULL},
	{"fields", decode_list, offsetof(struct rawregistry, fields), false, NULL},
	{"id", decode_words, offsetof(struct rawregistry, registry.id), true, NULL},
	{"key", decode_list, offsetof(struct rawregistry, key), false, NULL},
	{"match", decode_choice, offsetof(struct rawregistry, registry.caseless), false, &matches},
	{"ranges", decode_list, offsetof(struct rawregistry, ranges), false, NULL},
	{"source", readsource, offsetof(struct rawregistry, registry.source), false, NULL},
	{"title", decode_text, offsetof(struct rawregistry, registry.title), false, NULL},
	{"type", readtype, offsetof(struct rawregistry, registry.type), true, NULL},
	{"valid", decode_text, offsetof(struct rawregistry, valid), false, NULL},
};

/* The columns of the key: value, name, text or fields; the value alone if nothing is said. */
static void
readkey(struct decoder *d, struct registry *r, const struct node *list)
{
	static const struct str columns[] = {{"value", 5}, {"name", 4}, {"text", 4}};
	struct str *words = arena_array(d->arena, COLUMN_FIELD + (size_t)r->nfields, sizeof(*words));
	struct choices c = {"column", words, COLUMN_FIELD + (size_t)r->nfields};
	uint32_t i;
	int column;

	memcpy(words, columns, sizeof(columns));
	for (i = 0; i < r->nfields; i++)
		words[COLUMN_FIELD + i] = node_str(r->fields[i].id);
	r->key = arena_array(d->arena, list ? list->n + 1 : 1, sizeof(*r->key));
	for (i = 0; list && i < list->n; i++) {
		column = decode_index(d, node_item(list, i), &c);
		if (column >= COLUMN_FIELD && r->fields[column - COLUMN_FIELD].list)
			diag_error(d->diag, node_span(node_item(list, i)), "a list cannot be a column of the key");
		else if (column >= 0)
			r->key[r->nkey++] = (size_t)column;
	}
	if (list && list->n == 0)
		diag_error(d->diag, node_span(list), "a key has one column at least");
	if (r->nkey == 0)
		r->key[r->nkey++] = COLUMN_VALUE;
}

/* A column of IANA's: its name, or false if there is none. */
static bool
iscolumn(struct decoder *d, const struct node *n, const char *what)
{
	if (n->kind == NODE_SCALAR && n->n > 0)
		return true;
	decode_expected(d, n, what);
	return false;
}

/* What may have a column of IANA's: attributes of entries and fields. */
static void
checkcolumns(struct decoder *d, const struct registry *r)
{
	static const struct str sourcecolumns[] = {
		{"value", 5}, {"name", 4}, {"text", 4}, {"status", 6}, {"references", 10}, {"expires", 7}};
	const struct node *map = r->source.columns, *n;
	struct str *words = arena_array(d->arena, LEN(sourcecolumns) + r->nfields, sizeof(*words));
	uint32_t i, k;

	memcpy(words, sourcecolumns, sizeof(sourcecolumns));
	for (i = 0; i < r->nfields; i++)
		words[LEN(sourcecolumns) + i] = node_str(r->fields[i].id);
	for (i = 0; map && i < map->n; i++) {
		n = node_item(map, i);
		for (k = 0; k < LEN(sourcecolumns) + r->nfields && !streq(words[k], node_key(map, i)); k++)
			;
		if (k == LEN(sourcecolumns) + r->nfields)
			decode_unknown(d->diag, node_keyspan(map, i), "column", node_key(map, i), words, k);
		else if (k >= LEN(sourcecolumns) && r->fields[k - LEN(sourcecolumns)].list)
			diag_error(d->diag, node_keyspan(map, i), "a list has no column of IANA's");
		if (n->kind != NODE_LIST || n->n == 0) {
			iscolumn(d, n, "a column, a list of columns or false");
			continue;
		}
		for (k = 0; k < n->n; k++)
			iscolumn(d, node_item(n, k), "a column");
	}
}

/* Strings are not ordered as numbers are, and numbers have no letters. */
static void
checktype(struct decoder *d, const struct rawregistry *raw)
{
	const char *const numeric[] = {"ranges", "valid"};
	const struct node *n = raw->registry.node, *given;
	size_t i;

	for (i = 0; i < LEN(numeric); i++) {
		given = raw->registry.type == TYPE_STRING ? node_get(n, numeric[i]) : NULL;
		if (given)
			diag_error(d->diag, node_span(given), "a registry of strings cannot have '%s'", numeric[i]);
	}
	given = raw->registry.type != TYPE_STRING ? node_get(n, "match") : NULL;
	if (given)
		diag_error(d->diag, node_span(given), "only a registry of strings can have 'match'");
}

/* Read entries behind those that the registry has. */
static void
readentries(struct decoder *d, struct registry *r, const struct node *list, bool extension)
{
	struct entry *e = arena_array(d->arena, (size_t)r->nentries + list->n, sizeof(*e));

	if (r->nentries > 0)
		memcpy(e, r->entries, r->nentries * sizeof(*e));
	r->entries = e;
	r->nentries += entries_read(d, list, r->keys, r->nkeys, extension, e + r->nentries);
}

void
registry_read(struct decoder *d, const struct node *n, struct registry *r)
{
	struct rawregistry raw = {.registry = {.node = n}};

	if (!decode(d, n, registrykeys, LEN(registrykeys), &raw))
		return;
	checktype(d, &raw);
	if (raw.registry.type == TYPE_STRING)
		raw.valid = raw.ranges = NULL;
	*r = raw.registry;
	r->least = type_least(r->type);
	r->greatest = type_greatest(r->type);
	r->valid = raw.valid;
	if (raw.valid && !readvalues(d, r->type, raw.valid, &r->least, &r->greatest)) {
		r->least = type_least(r->type);
		r->greatest = type_greatest(r->type);
		r->valid = NULL;
	}
	if (raw.ranges)
		readranges(d, r, raw.ranges);
	if (raw.fields)
		r->fields = fields_read(d, raw.fields, &r->nfields);
	readkey(d, r, raw.key);
	checkcolumns(d, r);
	r->keys = entry_keys(d->arena, r->fields, r->nfields, &r->nkeys);
	if (raw.entries)
		readentries(d, r, raw.entries, false);
}

struct extension {
	const struct node *id, *entries, *ranges;
};

static const struct key extensionkeys[] = {
	{"entries", decode_list, offsetof(struct extension, entries), false, NULL},
	{"extend", decode_words, offsetof(struct extension, id), true, NULL},
	{"ranges", decode_list, offsetof(struct extension, ranges), false, NULL},
};

void
registry_extend(struct decoder *d, const struct node *n, struct registry *registries, uint32_t nregistries)
{
	struct str *ids = arena_array(d->arena, nregistries, sizeof(*ids));
	struct extension e = {0};
	struct registry *r;
	uint32_t i;

	if (!decode(d, n, extensionkeys, LEN(extensionkeys), &e) || !e.id)
		return;
	for (i = 0; i < nregistries; i++)
		ids[i] = registries[i].id ? node_str(registries[i].id) : LITERAL("");
	for (i = 0; i < nregistries && !streq(ids[i], node_str(e.id)); i++)
		;
	if (i == nregistries) {
		decode_unknown(d->diag, node_span(e.id), "registry", node_str(e.id), ids, nregistries);
		return;
	}
	r = &registries[i];
	if (e.ranges && r->type == TYPE_STRING)
		diag_error(d->diag, node_span(e.ranges), "a registry of strings cannot have 'ranges'");
	else if (e.ranges)
		readranges(d, r, e.ranges);
	if (e.entries)
		readentries(d, r, e.entries, true);
}
