#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "iana.h"
#include "number.h"
#include "tree.h"
#include "decode.h"
#include "cells.h"
#include "field.h"
#include "registry.h"
#include "project.h"
#include "mapping.h"
#include "fact.h"
#include "draft.h"

enum { ATTRIBUTES = 6, KEYSOFMAP = 12 };

static const struct str nothing = {"", 0};

/* nodes */

/* A map that grows. */
struct map {
	struct shape *shape;
	struct node *nodes;
	uint32_t *keyat, n;
};

static struct node
scalar(struct str s)
{
	return (struct node){.p = s.s, .n = (uint32_t)s.n & NODE_MAX, .kind = NODE_SCALAR, .plain = 1};
}

static struct node
list(const struct node *items, size_t n)
{
	return (struct node){.p = items, .n = (uint32_t)n & NODE_MAX, .kind = NODE_LIST};
}

/* A map with room for n keys. */
static struct map
newmap(const struct subject *of, size_t n)
{
	return (struct map){&of->tree->root, arena_array(of->arena, n, sizeof(struct node)),
		arena_array(of->arena, n, sizeof(uint32_t)), 0};
}

static void
put(const struct subject *of, struct map *m, struct str key, struct node value)
{
	m->shape = tree_extend(of->tree, m->shape, key);
	m->nodes[m->n++] = value;
}

static struct node
mapnode(const struct subject *of, const struct map *m)
{
	return tree_map(of->tree, m->shape, m->nodes, m->keyat, 0);
}

static struct node
fieldnode(const struct subject *of, const struct draftfield *f)
{
	struct map m = newmap(of, 3);
	struct node *words;
	const struct str *names;
	size_t i, n;

	names = field_types(&n);
	put(of, &m, LITERAL("id"), scalar(f->id));
	put(of, &m, LITERAL("type"), scalar(names[f->form == FORM_ANY ? f->type : f->form - FORM_DATE + FIELD_DATE]));
	if (f->form == FORM_ENUM) {
		words = arena_array(of->arena, f->column->nwords, sizeof(*words));
		for (i = 0; i < f->column->nwords; i++)
			words[i] = scalar(f->column->list[i]);
		put(of, &m, LITERAL("values"), list(words, f->column->nwords));
	}
	return mapnode(of, &m);
}

static struct node
sourcenode(const struct subject *of, const struct draft *d)
{
	struct map m = newmap(of, 3);

	put(of, &m, LITERAL("iana"), scalar(of->iana));
	if (date_valid(of->as->updated))
		put(of, &m, LITERAL("updated"), scalar(of->as->updated));
	if (d->columns)
		put(of, &m, LITERAL("columns"), *d->columns);
	return mapnode(of, &m);
}

static struct node
keynode(const struct subject *of, const struct draft *d)
{
	struct node *items = arena_array(of->arena, d->nkey + 2, sizeof(*items));
	size_t i, n = 0;

	if (d->named)
		items[n++] = scalar(LITERAL("name"));
	items[n++] = scalar(LITERAL("value"));
	for (i = 0; i < d->nkey; i++)
		items[n++] = scalar(d->key[i]->id);
	return list(items, n);
}

struct node
draft_node(const struct subject *of, const struct draft *d)
{
	struct map m = newmap(of, KEYSOFMAP);
	struct node *fields = arena_array(of->arena, d->nfields, sizeof(*fields));
	const struct str *types;
	size_t i, n;

	types = type_names(&n);
	put(of, &m, LITERAL("id"), scalar(of->id));
	if (of->as->title.n > 0)
		put(of, &m, LITERAL("title"), scalar(of->as->title));
	put(of, &m, LITERAL("type"), scalar(types[d->type]));
	if (d->named || d->nkey > 0)
		put(of, &m, LITERAL("key"), keynode(of, d));
	if (d->duplicates)
		put(of, &m, LITERAL("duplicates"), scalar(LITERAL("allow")));
	if (d->valid.n > 0)
		put(of, &m, LITERAL("valid"), scalar(d->valid));
	put(of, &m, LITERAL("source"), sourcenode(of, d));
	for (i = 0; i < d->nfields; i++)
		fields[i] = fieldnode(of, &d->fields[i]);
	if (d->nfields > 0)
		put(of, &m, LITERAL("fields"), list(fields, d->nfields));
	put(of, &m, LITERAL("entries"), list(NULL, 0));
	return mapnode(of, &m);
}

/* trials */

/* A diag that counts what is wrong and says nothing. */
static struct diag
silence(const struct diag *d)
{
	struct diag silent = *d;

	silent.nerrors = silent.nwarnings = UINT16_MAX;
	return silent;
}

/* The draft as a registry. */
static const struct registry *
understand(const struct subject *of, struct diag *d, const struct draft *draft)
{
	struct project *p = arena_alloc(of->arena, sizeof(*p));
	struct node *registry = arena_alloc(of->arena, sizeof(*registry)),
		    *root = arena_alloc(of->arena, sizeof(*root));
	const struct node *documents[1] = {root};
	struct map m = newmap(of, 2);
	unsigned before = d->nerrors;

	*registry = draft_node(of, draft);
	put(of, &m, LITERAL("format"), scalar(LITERAL("1")));
	put(of, &m, LITERAL("registries"), list(registry, 1));
	*root = mapnode(of, &m);
	project_read(d, of->arena, documents, 1, p);
	return d->nerrors == before && p->nregistries == 1 ? &p->registries[0] : NULL;
}

static bool
reads(const struct subject *of, struct diag *d, const struct draft *draft, struct facts *facts)
{
	const struct registry *r = understand(of, d, draft);

	return r && fact_read(d, of->arena, r, of->as, facts);
}

bool
draft_read(const struct subject *of, const struct draft *draft, struct facts *facts)
{
	return reads(of, of->diag, draft, facts);
}

bool
draft_try(const struct subject *of, const struct draft *draft, struct facts *facts)
{
	struct diag silent = silence(of->diag);

	return reads(of, &silent, draft, facts);
}

bool
draft_columns(const struct subject *of, const struct draft *draft, struct mapping *c)
{
	struct diag silent = silence(of->diag);
	const struct registry *r = understand(of, &silent, draft);

	return r && mapping_make(&silent, of->arena, r, of->as, c);
}

static int
orderkeys(const void *a, const void *b)
{
	return strorder(*(const struct str *)a, *(const struct str *)b);
}

size_t
draft_twice(const struct subject *of, const struct draft *d, const struct facts *facts)
{
	struct mark mark = arena_mark(of->arena);
	struct str *keys = arena_array(of->arena, facts->n, sizeof(*keys)), parts[2 * DRAFT_KEYS + 4];
	size_t i, k, n, count = 0;
	uint32_t j;

	for (i = 0; i < facts->n; i++) {
		const struct fact *f = &facts->list[i];

		n = 0;
		if (d->type != TYPE_STRING && f->value.n > 0)
			parts[n++] = (struct str){(const char *)&f->number, sizeof(f->number)};
		else
			parts[n++] = f->value;
		parts[n++] = LITERAL("\n");
		parts[n++] = d->named ? f->name : nothing;
		parts[n++] = LITERAL("\n");
		for (k = 0; k < d->nkey; k++) {
			for (j = 0; j < f->nfields && !streq(f->fields[j].id, d->key[k]->id); j++)
				;
			parts[n++] = j < f->nfields ? f->fields[j].value : nothing;
			parts[n++] = LITERAL("\n");
		}
		keys[i] = arena_join(of->arena, parts, n);
	}
	if (facts->n > 0)
		qsort(keys, facts->n, sizeof(*keys), orderkeys);
	for (i = 1; i < facts->n; i++)
		count += streq(keys[i - 1], keys[i]);
	arena_release(of->arena, mark);
	return count;
}

static const char *const attributes[ATTRIBUTES] = {"value", "name", "text", "status", "references", "expires"};

void
draft_tell(const struct subject *of, struct draft *d, const struct mapping *want)
{
	struct str in[ATTRIBUTES] = {
		want->value, want->name, want->text, want->status, want->references, want->expires};
	bool *told = arena_array(of->arena, ATTRIBUTES + d->nfields, sizeof(*told)), more = true;
	struct node *columns;
	struct mapping c;
	struct map m;
	size_t i;

	while (more && draft_columns(of, d, &c)) {
		struct str got[ATTRIBUTES] = {c.value, c.name, c.text, c.status, c.references, c.expires};

		more = false;
		m = newmap(of, ATTRIBUTES + d->nfields);
		for (i = 0; i < ATTRIBUTES; i++) {
			if (!told[i] && !streq(got[i], in[i]))
				told[i] = more = true;
			if (told[i])
				put(of, &m, str(attributes[i]), scalar(in[i].n > 0 ? in[i] : LITERAL("false")));
		}
		for (i = 0; i < d->nfields; i++) {
			if (!told[ATTRIBUTES + i] && !streq(c.fields[i], d->fields[i].column->name))
				told[ATTRIBUTES + i] = more = true;
			if (told[ATTRIBUTES + i])
				put(of, &m, d->fields[i].id, scalar(d->fields[i].column->name));
		}
		if (!more)
			return;
		columns = arena_alloc(of->arena, sizeof(*columns));
		*columns = mapnode(of, &m);
		d->columns = columns;
	}
}
