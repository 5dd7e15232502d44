#include <string.h>
#include "util.h"
#include "arena.h"
#include "column.h"
#include "diag.h"
#include "field.h"
#include "iana.h"
#include "mapping.h"
#include "number.h"
#include "registry.h"
#include "tree.h"
#include "word.h"

#define NOTHING ((struct str){"", 0})

static struct str
nameof(struct columnfacts *c)
{
	if (!c)
		return NOTHING;
	c->used = true;
	return c->name;
}

/* Whether the registry's source says anything of a column; *name is its name, or nothing. */
static bool
told(const struct registry *r, const struct columnlist *l, struct diag *d, const char *key, bool needed,
	struct str *name)
{
	const struct node *n = r->source.columns ? node_get(r->source.columns, key) : NULL;
	const struct node *item;
	struct columnfacts *c = NULL;
	size_t i;

	*name = NOTHING;
	if (!n)
		return false;
	if (n->kind == NODE_SCALAR && n->plain && streqs(node_str(n), "false"))
		return true;
	for (i = 0; !c && i < (n->kind == NODE_LIST ? n->n : 1); i++) {
		item = n->kind == NODE_LIST ? node_item(n, i) : n;
		c = column_find(l, node_str(item));
	}
	*name = nameof(c);
	if (!c && needed)
		diag_error(d, node_span(n), "the source has no such column for '%s'", key);
	else if (!c)
		diag_warning(d, node_span(n), "the source has no such column for '%s'", key);
	return true;
}

static bool
inkey(const struct registry *r, size_t column)
{
	size_t i;

	for (i = 0; i < r->nkey; i++)
		if (r->key[i] == column)
			return true;
	return false;
}

/* The column of a field that belongs to the key, where none is called like it: the field's id is one of its words. */
static struct columnfacts *
wordcolumn(const struct columnlist *l, struct str id, struct arena *a)
{
	struct str words;
	size_t i, k;

	for (i = 0; i < l->n; i++) {
		words = word_from(a, l->list[i].name);
		if (l->list[i].used || words.n <= id.n)
			continue;
		k = words.n - id.n;
		if ((words.s[id.n] == '_' && memcmp(words.s, id.s, id.n) == 0) ||
			(words.s[k - 1] == '_' && memcmp(words.s + k, id.s, id.n) == 0))
			return &l->list[i];
	}
	return NULL;
}

static void
fieldcolumns(struct diag *d, struct arena *a, const struct registry *r, const struct columnlist *l, struct mapping *c)
{
	const char *id;
	uint32_t i;

	c->fields = arena_array(a, r->nfields + 1, sizeof(*c->fields));
	for (i = 0; i < r->nfields; i++) {
		struct str s = node_str(r->fields[i].id);
		bool needed = inkey(r, COLUMN_FIELD + i);

		if (r->fields[i].list)
			continue; /* which is written by hand */
		id = arena_copy(a, s.s, s.n);
		if (told(r, l, d, id, needed, &c->fields[i]))
			continue;
		c->fields[i] = nameof(column_find(l, s));
		if (c->fields[i].n == 0 && needed)
			c->fields[i] = nameof(wordcolumn(l, s, a));
	}
}

/* What says more where there is no text may be a field, too. */
static void
sharefields(const struct registry *r, const struct columnlist *l, const struct mapping *c)
{
	uint32_t i;

	for (i = 0; i < r->nfields; i++)
		if (c->fields[i].n > 0 && !inkey(r, COLUMN_FIELD + i))
			column_find(l, c->fields[i])->used = false;
}

bool
mapping_make(struct diag *d, struct arena *a, const struct registry *r, const struct assignments *as, struct mapping *c)
{
	bool string = r->type == TYPE_STRING, said[6];
	unsigned before = d->nerrors;
	struct columnlist l;

	*c = (struct mapping){NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NULL};
	column_list(a, r, as, &l);
	if (as->nrecords == 0) {
		c->fields = arena_array(a, r->nfields + 1, sizeof(*c->fields));
		return true;
	}
	said[0] = told(r, &l, d, "value", inkey(r, COLUMN_VALUE), &c->value);
	said[1] = told(r, &l, d, "name", inkey(r, COLUMN_NAME), &c->name);
	said[2] = told(r, &l, d, "text", inkey(r, COLUMN_TEXT), &c->text);
	said[3] = told(r, &l, d, "references", false, &c->references);
	said[4] = told(r, &l, d, "status", false, &c->status);
	said[5] = told(r, &l, d, "expires", false, &c->expires);
	fieldcolumns(d, a, r, &l, c);
	if (!said[3])
		c->references = nameof(column_references(&l));
	if (!said[4])
		c->status = nameof(column_status(&l));
	if (!said[5])
		c->expires = nameof(column_expires(&l));
	if (!said[1] && inkey(r, COLUMN_NAME)) {
		c->name = nameof(column_find(&l, LITERAL("name")));
		if (c->name.n == 0)
			c->name = nameof(wordcolumn(&l, LITERAL("name"), a));
	}
	if (!said[0])
		c->value = nameof(column_value(&l, !string));
	if (!said[2] && (!string || inkey(r, COLUMN_TEXT)))
		c->text = nameof(column_text(&l));
	sharefields(r, &l, c);
	if (!said[2])
		c->more = nameof(string ? column_text(&l) : column_description(&l));
	if (c->value.n == 0 && !said[0] && inkey(r, COLUMN_VALUE))
		diag_error(d, (struct span){as->at, 1},
			"no column tells the values of '%.*s'; 'columns' of its source can say which does",
			(int)r->id->n, (const char *)r->id->p);
	return d->nerrors == before;
}
