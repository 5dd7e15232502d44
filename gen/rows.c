#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "number.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "rows.h"
#include "tree.h"

/* An entry with the registry that says how it compares. */
struct item {
	const struct registry *registry;
	struct entry *entry;
};

int
rows_order(const struct registry *r, struct str x, struct str y)
{
	return r->caseless ? strfoldorder(x, y) : strorder(x, y);
}

static int
ordervalues(const struct registry *r, const struct entry *x, const struct entry *y)
{
	if (r->type == TYPE_STRING)
		return rows_order(r, node_str(x->value), node_str(y->value));
	return (x->number > y->number) - (x->number < y->number);
}

/* Order by the value, then as in the file. */
static int
orderitems(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int c = ordervalues(x->registry, x->entry, y->entry);

	return c ? c : (x->entry > y->entry) - (x->entry < y->entry);
}

/* Sort the rows unless they are in order already, as they mostly are. */
static void
sort(const struct registry *r, struct entry **rows, uint32_t n)
{
	struct item *items;
	uint32_t i;

	for (i = 1; i < n && ordervalues(r, rows[i - 1], rows[i]) <= 0; i++)
		;
	if (i >= n)
		return;
	items = xmalloc(n, sizeof(*items));
	for (i = 0; i < n; i++)
		items[i] = (struct item){r, rows[i]};
	qsort(items, n, sizeof(*items), orderitems);
	for (i = 0; i < n; i++)
		rows[i] = items[i].entry;
	free(items);
}

void
rows_make(struct arena *a, struct registry *r)
{
	struct entry *e;
	uint32_t i, n = 0;

	r->rows = arena_array(a, r->nentries, sizeof(*r->rows));
	for (i = 0; i < r->nentries; i++)
		if (r->entries[i].row != ROW_NONE)
			r->rows[n++] = &r->entries[i];
	sort(r, r->rows, n);
	r->nrows = r->nreferences = r->nformer = 0;
	for (i = 0; i < n; i++) {
		e = r->rows[i];
		if (r->nrows > 0 && ordervalues(r, r->rows[r->nrows - 1], e) == 0) {
			e->row = r->nrows - 1;
			continue;
		}
		e->row = r->nrows;
		e->firstreference = r->nreferences;
		e->firstformer = r->nformer;
		r->nreferences += e->references.n;
		r->nformer += e->former.n;
		r->rows[r->nrows++] = e;
	}
}

/* The row of a value; NULL if there is none. */
static const struct entry *
findvalue(const struct registry *r, struct str s)
{
	uint32_t low = 0, high = r->nrows, middle;
	struct entry key = {0};
	struct node value = {.p = s.s, .n = s.n & NODE_MAX, .kind = NODE_SCALAR};
	bool fits;
	int c;

	key.value = &value;
	if (r->type != TYPE_STRING && (number_read(r->type, s, &key.number, &fits) != s.n || !fits))
		return NULL;
	while (low < high) {
		middle = low + (high - low) / 2;
		c = ordervalues(r, &key, r->rows[middle]);
		if (c == 0)
			return r->rows[middle];
		low = c > 0 ? middle + 1 : low;
		high = c < 0 ? middle : high;
	}
	return NULL;
}

const struct entry *
rows_find(const struct registry *r, struct str s)
{
	const struct entry *e = findvalue(r, s);
	uint32_t i;

	for (i = 0; i < r->nentries && !e; i++)
		if (r->entries[i].name && streq(node_str(r->entries[i].name), s))
			e = &r->entries[i];
	return e;
}

const struct node *
rows_column(const struct registry *r, const struct entry *e, size_t i)
{
	size_t c = r->key[i];

	if (c >= COLUMN_FIELD)
		return e->fields ? e->fields[c - COLUMN_FIELD] : NULL;
	return c == COLUMN_VALUE ? e->value : c == COLUMN_NAME ? e->name : e->text;
}

static int
ordercolumn(const struct registry *r, const struct entry *x, const struct entry *y, size_t i)
{
	const struct node *m = rows_column(r, x, i), *n = rows_column(r, y, i);

	if (!m || !n)
		return (m != NULL) - (n != NULL);
	if (r->key[i] == COLUMN_VALUE)
		return ordervalues(r, x, y);
	return rows_order(r, node_str(m), node_str(n));
}

static int
orderkeys(const struct item *x, const struct item *y)
{
	size_t i;
	int c = 0;

	for (i = 0; i < x->registry->nkey && c == 0; i++)
		c = ordercolumn(x->registry, x->entry, y->entry, i);
	return c;
}

/* Order by the key, then as in the file. */
static int
orderitemkeys(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int c = orderkeys(x, y);

	return c ? c : (x->entry > y->entry) - (x->entry < y->entry);
}

/* The first column of its key that an entry has; NULL if it has none. */
static const struct node *
firstcolumn(const struct registry *r, const struct entry *e)
{
	const struct node *n = NULL;
	size_t i;

	for (i = 0; i < r->nkey && !n; i++)
		n = rows_column(r, e, i);
	return n;
}

static void
report(struct diag *d, const struct registry *r, const struct entry *e, const struct entry *first)
{
	const struct node *n = firstcolumn(r, e), *before = firstcolumn(r, first);

	if (!n || !before)
		return; /* what has no key was not compared */
	diag_error(d, node_span(n), "duplicate %s %.*s in '%.*s'", r->nkey == 1 ? "value" : "key, beginning with",
		(int)n->n, (const char *)n->p, (int)r->id->n, (const char *)r->id->p);
	diag_note(d, node_span(before), "first defined here");
}

const uint32_t *
rows_repeats(struct arena *a, const struct registry *r)
{
	uint32_t *repeats = arena_array(a, (size_t)r->nentries + 1, sizeof(*repeats)), i;
	struct item *items;

	if (r->nkey == 1 && r->key[0] == COLUMN_VALUE && r->nrows == r->nentries)
		return repeats;
	items = xmalloc(r->nentries, sizeof(*items));
	for (i = 0; i < r->nentries; i++)
		items[i] = (struct item){r, &r->entries[i]};
	qsort(items, r->nentries, sizeof(*items), orderitemkeys);
	for (i = 1; i < r->nentries; i++)
		if (orderkeys(&items[i - 1], &items[i]) == 0)
			repeats[items[i].entry - r->entries] = repeats[items[i - 1].entry - r->entries] + 1;
	free(items);
	return repeats;
}

static int
orderplaces(const void *a, const void *b)
{
	const struct entry *const *x = a, *const *y = b;

	return (x[0] > y[0]) - (x[0] < y[0]);
}

void
rows_check(struct diag *d, struct arena *a, const struct registry *r)
{
	struct item *items;
	const struct entry **pairs;
	uint32_t i, n = 0, first = 0;
	size_t npairs = 0, k;

	if (r->duplicates || (r->nkey == 1 && r->key[0] == COLUMN_VALUE && r->nrows == r->nentries))
		return;
	items = arena_array(a, r->nentries, sizeof(*items));
	pairs = arena_array(a, r->nentries, 2 * sizeof(*pairs));
	for (i = 0; i < r->nentries; i++)
		if (firstcolumn(r, &r->entries[i]) && (!r->entries[i].value || r->entries[i].row != ROW_NONE))
			items[n++] = (struct item){r, &r->entries[i]};
	qsort(items, n, sizeof(*items), orderitemkeys);
	for (i = 1; i < n; i++) {
		if (orderkeys(&items[first], &items[i]) != 0) {
			first = i;
			continue;
		}
		pairs[2 * npairs] = items[i].entry;
		pairs[2 * npairs++ + 1] = items[first].entry;
	}
	qsort(pairs, npairs, 2 * sizeof(*pairs), orderplaces);
	for (k = 0; k < 2 * npairs; k += 2)
		report(d, r, pairs[k], pairs[k + 1]);
}
