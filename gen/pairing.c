/* All sides are sorted together, by key, side, text and place: then the things of one key stand side by side. */
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "field.h"
#include "number.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "rows.h"
#include "status.h"
#include "tree.h"
#include "fact.h"
#include "pairing.h"

enum side { THEIRS, BASE, OURS };

struct item {
	const struct registry *registry;
	const struct str *columns; /* of the key */
	struct str text;
	uint64_t number;
	uint32_t index;
	unsigned char side;
};

struct pairer {
	const struct registry *registry;
	const struct facts *base, *theirs;
	struct item *items;
	size_t n;
	struct triple *bytheirs, *byours, *bybase; /* triples where they will be listed */
	const struct item **left[3];               /* scratch: those of a group that are not paired yet */
};

struct str
pairing_column(const struct registry *r, const struct fact *f, size_t i)
{
	size_t c = r->key[i];
	uint32_t k;

	if (c == COLUMN_VALUE)
		return f->value;
	if (c == COLUMN_NAME)
		return f->name;
	if (c == COLUMN_TEXT)
		return f->text;
	for (k = 0; k < f->nfields; k++)
		if (streq(f->fields[k].id, node_str(r->fields[c - COLUMN_FIELD].id)))
			return f->fields[k].value;
	return (struct str){"", 0};
}

static int
ordercolumns(const struct item *x, const struct item *y)
{
	const struct registry *r = x->registry;
	size_t i;
	int c = 0;

	for (i = 0; i < r->nkey && c == 0; i++) {
		if (x->columns[i].n == 0 || y->columns[i].n == 0)
			c = (x->columns[i].n > 0) - (y->columns[i].n > 0);
		else if (r->key[i] == COLUMN_VALUE && r->type != TYPE_STRING)
			c = (x->number > y->number) - (x->number < y->number);
		else
			c = rows_order(r, x->columns[i], y->columns[i]);
	}
	return c;
}

static int
orderitems(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int c = ordercolumns(x, y);

	if (c == 0)
		c = (x->side > y->side) - (x->side < y->side);
	if (c == 0)
		c = strorder(x->text, y->text);
	return c ? c : (x->index > y->index) - (x->index < y->index);
}

static void
addfacts(struct arena *a, struct pairer *p, const struct facts *facts, enum side side)
{
	const struct registry *r = p->registry;
	struct str *columns;
	uint32_t i;
	size_t k;

	for (i = 0; facts && i < facts->n; i++) {
		columns = arena_array(a, r->nkey, sizeof(*columns));
		for (k = 0; k < r->nkey; k++)
			columns[k] = pairing_column(r, &facts->list[i], k);
		p->items[p->n++] =
			(struct item){r, columns, facts->list[i].text, facts->list[i].number, i, (unsigned char)side};
	}
}

static void
addentries(struct arena *a, struct pairer *p)
{
	const struct registry *r = p->registry;
	const struct entry *e;
	const struct node *n;
	struct str *columns, none = {"", 0};
	uint32_t i;
	size_t k;

	for (i = 0; i < r->nentries; i++) {
		e = &r->entries[i];
		columns = arena_array(a, r->nkey, sizeof(*columns));
		for (k = 0; k < r->nkey; k++) {
			n = rows_column(r, e, k);
			columns[k] = n ? node_str(n) : none;
		}
		p->items[p->n++] = (struct item){r, columns, e->text ? node_str(e->text) : none, e->number, i, OURS};
	}
}

/* Put two things of a group together. */
static void
join(struct pairer *p, const struct item *x, const struct item *y)
{
	const struct entry *e = y->side == OURS ? &p->registry->entries[y->index] : NULL;
	struct triple *t = x->side == THEIRS ? &p->bytheirs[x->index] : &p->bybase[x->index];

	if (e)
		t->ours = e;
	else if (p->base)
		t->base = &p->base->list[y->index];
	/* it is listed where x is */
	if (e)
		p->byours[y->index] = (struct triple){0};
	else
		p->bybase[y->index] = (struct triple){0};
}

/* Pair the things of two sides that are left: those of equal text, which stand in order, then the others. */
static void
pair(struct pairer *p, size_t *n, enum side one, enum side other)
{
	const struct item **x = p->left[one], **y = p->left[other];
	size_t i = 0, j = 0, nx = 0, ny = 0;
	int c;

	while (i < n[one] || j < n[other]) {
		c = i == n[one] ? 1 : j == n[other] ? -1 : strorder(x[i]->text, y[j]->text);
		if (c == 0)
			join(p, x[i++], y[j++]);
		else if (c < 0)
			x[nx++] = x[i++];
		else
			y[ny++] = y[j++];
	}
	for (i = 0; i < nx && i < ny; i++)
		join(p, x[i], y[i]);
	memmove(x, x + i, (nx - i) * sizeof(*x));
	memmove(y, y + i, (ny - i) * sizeof(*y));
	n[one] = nx - i;
	n[other] = ny - i;
}

/* Whether a record gives its value to somebody. */
static bool
tells(const struct fact *f)
{
	return f->text.n > 0 || f->name.n > 0 || f->status == STATUS_ASSIGNED;
}

/* Of several of theirs that a registry refuses only the first is taken that gives the value to somebody. */
static void
refuse(struct pairer *p, const struct item *items, size_t n)
{
	const struct fact *list = p->theirs->list, *first = NULL, *f;
	size_t i;

	for (i = 0; i < n && items[i].side == THEIRS; i++) {
		f = &list[items[i].index];
		if (!first || tells(f) > tells(first) || (tells(f) == tells(first) && f < first))
			first = f;
	}
	for (i = 0; i < n && items[i].side == THEIRS; i++)
		p->bytheirs[items[i].index].repeated = &list[items[i].index] != first;
}

/* All things of a side are left again, or those that are refused; returns how many. */
static size_t
leave(struct pairer *p, const struct item *items, size_t n, enum side side, bool refused)
{
	size_t i, k = 0;

	for (i = 0; i < n; i++)
		if (items[i].side == side && (side == THEIRS && p->bytheirs[items[i].index].repeated) == refused)
			p->left[side][k++] = &items[i];
	return k;
}

/* Pair the things of one key: theirs with the base and with ours, then what is left of these. */
static void
pairgroup(struct pairer *p, const struct item *items, size_t n)
{
	size_t count[3];

	if (!p->registry->duplicates)
		refuse(p, items, n);
	count[THEIRS] = leave(p, items, n, THEIRS, false);
	count[BASE] = leave(p, items, n, BASE, false);
	count[OURS] = leave(p, items, n, OURS, false);
	pair(p, count, THEIRS, BASE);
	count[THEIRS] = leave(p, items, n, THEIRS, false);
	pair(p, count, THEIRS, OURS);
	count[THEIRS] = leave(p, items, n, THEIRS, true);
	pair(p, count, THEIRS, BASE);
	pair(p, count, BASE, OURS);
}

/* List the triples that are one. */
static void
collect(struct triples *t, const struct triple *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (list[i].ours || list[i].base || list[i].theirs)
			t->list[t->n++] = list[i];
}

struct triples
pairing_make(struct arena *a, const struct registry *r, const struct facts *base, const struct facts *theirs)
{
	struct pairer p = {.registry = r, .base = base, .theirs = theirs};
	size_t nbase = base ? base->n : 0, total = (size_t)r->nentries + theirs->n + nbase, i, j;
	struct triples t = {0};

	p.items = xmalloc(total, sizeof(*p.items));
	p.bytheirs = arena_array(a, theirs->n, sizeof(*p.bytheirs));
	p.byours = arena_array(a, r->nentries, sizeof(*p.byours));
	p.bybase = arena_array(a, nbase, sizeof(*p.bybase));
	p.left[THEIRS] = xmalloc(theirs->n, sizeof(*p.left[0]));
	p.left[BASE] = xmalloc(nbase, sizeof(*p.left[0]));
	p.left[OURS] = xmalloc(r->nentries, sizeof(*p.left[0]));
	for (i = 0; i < theirs->n; i++)
		p.bytheirs[i].theirs = &theirs->list[i];
	for (i = 0; i < r->nentries; i++)
		p.byours[i].ours = &r->entries[i];
	for (i = 0; i < nbase; i++)
		p.bybase[i].base = &base->list[i];
	addfacts(a, &p, theirs, THEIRS);
	addfacts(a, &p, base, BASE);
	addentries(a, &p);
	qsort(p.items, p.n, sizeof(*p.items), orderitems);
	for (i = 0; i < p.n; i = j) {
		for (j = i + 1; j < p.n && ordercolumns(&p.items[i], &p.items[j]) == 0; j++)
			;
		pairgroup(&p, &p.items[i], j - i);
	}
	t.list = arena_array(a, total, sizeof(*t.list));
	collect(&t, p.bytheirs, theirs->n);
	collect(&t, p.byours, r->nentries);
	collect(&t, p.bybase, nbase);
	free(p.items);
	free(p.left[THEIRS]);
	free(p.left[BASE]);
	free(p.left[OURS]);
	return t;
}
