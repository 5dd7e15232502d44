/* The order is that of the longest ascending subsequence of the entries. */
#include <stdlib.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "number.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "tree.h"
#include "fact.h"
#include "pairing.h"
#include "rows.h"
#include "sequence.h"

/* What is compared of an entry or a fact. */
struct key {
	const struct str *columns;
	uint64_t number;
};

struct sequence {
	const struct registry *registry;
	struct arena *arena;
	struct key *keys;    /* of the list's entries */
	uint32_t *ascending; /* indices of those in order */
	uint32_t n, nascending;
	bool ordered;
};

static int
ordercolumn(const struct registry *r, const struct key *x, const struct key *y, size_t i)
{
	struct str s = x->columns[i], t = y->columns[i];
	int c;

	if (s.n == 0 || t.n == 0)
		return (s.n > 0) - (t.n > 0);
	if (r->key[i] == COLUMN_VALUE && r->type != TYPE_STRING)
		return (x->number > y->number) - (x->number < y->number);
	c = strfoldorder(s, t);
	return c ? c : strorder(s, t);
}

static int
orderkeys(const struct registry *r, const struct key *x, const struct key *y)
{
	size_t i;
	int c = 0;

	for (i = 0; i < r->nkey && c == 0; i++)
		c = ordercolumn(r, x, y, i);
	return c;
}

static struct key
factkey(const struct sequence *p, const struct fact *f)
{
	struct str *columns = arena_array(p->arena, p->registry->nkey, sizeof(*columns));
	size_t i;

	for (i = 0; i < p->registry->nkey; i++)
		columns[i] = pairing_column(p->registry, f, i);
	return (struct key){columns, f->number};
}

static struct key
entrykey(const struct sequence *p, const struct entry *e)
{
	struct str *columns = arena_array(p->arena, p->registry->nkey, sizeof(*columns));
	const struct node *n;
	size_t i;

	for (i = 0; i < p->registry->nkey; i++) {
		n = rows_column(p->registry, e, i);
		columns[i] = n ? node_str(n) : (struct str){"", 0};
	}
	return (struct key){columns, e->number};
}

/* The first of the n indices whose key is greater. */
static uint32_t
search(const struct sequence *p, const uint32_t *indices, uint32_t n, const struct key *k)
{
	uint32_t low = 0, high = n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (orderkeys(p->registry, &p->keys[indices[middle]], k) > 0)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* Patience sorting: ends[i] is the entry with the least key that ends an ascending sequence of i + 1. */
static void
findorder(struct sequence *p)
{
	uint32_t *ends = xmalloc(p->n, sizeof(*ends)), *before = xmalloc(p->n, sizeof(*before)), i, k;

	for (i = 0; i < p->n; i++) {
		k = search(p, ends, p->nascending, &p->keys[i]);
		before[i] = k > 0 ? ends[k - 1] : 0;
		ends[k] = i;
		p->nascending += k == p->nascending;
	}
	p->ascending = arena_array(p->arena, p->nascending, sizeof(*p->ascending));
	for (k = p->nascending, i = k > 0 ? ends[k - 1] : 0; k > 0; k--, i = before[i])
		p->ascending[k - 1] = i;
	free(ends);
	free(before);
}

struct sequence *
sequence_new(struct arena *a, const struct registry *r)
{
	const struct node *list = node_get(r->node, "entries");
	struct sequence *p = arena_alloc(a, sizeof(*p));
	uint32_t i;

	*p = (struct sequence){.registry = r, .arena = a};
	p->keys = arena_array(a, list->n, sizeof(*p->keys));
	/* the list's own are the first */
	for (i = 0; i < r->nentries && p->n < list->n && !r->entries[i].extension; i++)
		p->keys[p->n++] = entrykey(p, &r->entries[i]);
	findorder(p);
	p->ordered = p->n < 3 || p->nascending > p->n / 2;
	return p;
}

size_t
sequence_find(const struct sequence *p, const struct fact *f)
{
	struct key k = factkey(p, f);
	uint32_t i;

	if (!p->ordered || p->n == 0)
		return p->n;
	i = search(p, p->ascending, p->nascending, &k);
	if (i < p->nascending)
		return p->ascending[i];
	return p->nascending > 0 ? (size_t)p->ascending[i - 1] + 1 : p->n;
}

struct sorted {
	const struct registry *registry;
	const struct fact *fact;
	struct key key;
	size_t index;
};

static int
ordersorted(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;
	int c = orderkeys(x->registry, &x->key, &y->key);

	return c ? c : (x->index > y->index) - (x->index < y->index);
}

void
sequence_sort(const struct sequence *p, const struct fact **facts, size_t n)
{
	struct sorted *s;
	size_t i;

	if (!p->ordered)
		return;
	s = xmalloc(n, sizeof(*s));
	for (i = 0; i < n; i++)
		s[i] = (struct sorted){p->registry, facts[i], factkey(p, facts[i]), i};
	qsort(s, n, sizeof(*s), ordersorted);
	for (i = 0; i < n; i++)
		facts[i] = s[i].fact;
	free(s);
}
