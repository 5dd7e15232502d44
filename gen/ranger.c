#include <stdlib.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "number.h"
#include "extent.h"
#include "iana.h"
#include "ranger.h"
#include "registry.h"
#include "status.h"

#define NOTHING ((struct str){"", 0})

enum { RULES = 256 }; /* more of them don't count */

/* A rule of the registry and values that it is for. */
struct ruled {
	struct extent extent;
	struct str rule;
};

/* A range with how its values are spelled. */
struct piece {
	struct factrange range;
	struct spelling spelling;
	bool whole; /* its values are as they were written */
};

struct ranger {
	struct arena *arena;
	const struct registry *registry;
	struct ruled *rules;
	size_t nrules;
	struct str rule; /* of the whole registry */
	struct piece *pieces;
	size_t npieces, cappieces;
};

/* Find the values that the rules are for. Where they are in words there is nothing to find. */
static void
readrules(struct ranger *r, const struct assignments *as)
{
	const struct registry *g = r->registry;
	struct extents e;
	uint32_t i;
	size_t k, from, to;

	r->rules = arena_array(r->arena, RULES, sizeof(*r->rules));
	for (i = 0; i < as->nprocedures; i++) {
		const struct procedure *p = &as->procedures[i];

		if (p->values.n == 0 && r->rule.n == 0)
			r->rule = p->rule;
		for (from = 0; from < p->values.n && g->type != TYPE_STRING; from = to + 1) {
			for (to = from; to < p->values.n &&
				!(p->values.s[to] == ',' && to + 1 < p->values.n && p->values.s[to + 1] == ' ');
				to++)
				;
			if (!extent_read(
				    g->type, g->least, g->greatest, (struct str){p->values.s + from, to - from}, &e))
				continue;
			for (k = 0; k < e.n && r->nrules < RULES; k++)
				r->rules[r->nrules++] = (struct ruled){e.list[k], p->rule};
		}
	}
}

/* By what rule values are registered: the registry's, or those of its parts. */
static struct str
ruleof(struct ranger *r, struct extent e)
{
	struct str found = NOTHING;
	size_t i, k;

	if (r->rule.n > 0)
		return r->rule;
	for (i = 0; i < r->nrules; i++) {
		if (r->rules[i].extent.first > e.last || r->rules[i].extent.last < e.first || r->rules[i].rule.n == 0)
			continue;
		for (k = 0; k < i &&
			!(streq(r->rules[k].rule, r->rules[i].rule) && r->rules[k].extent.first <= e.last &&
				r->rules[k].extent.last >= e.first);
			k++)
			;
		if (k < i)
			continue;
		if (found.n == 0)
			found = r->rules[i].rule;
		else
			found = arena_join(r->arena, (struct str[]){found, LITERAL("; "), r->rules[i].rule}, 3);
	}
	return found;
}

struct ranger *
ranger_new(struct arena *a, const struct registry *g, const struct assignments *as)
{
	struct ranger *r = arena_alloc(a, sizeof(*r));

	*r = (struct ranger){.arena = a, .registry = g, .rule = NOTHING};
	readrules(r, as);
	return r;
}

void
ranger_add(struct ranger *r, const struct extents *e, const struct factrange *like)
{
	struct piece p = {.range = *like, .spelling = e->spelling, .whole = true};
	struct str written = e->n == 1 ? like->values : NOTHING;
	size_t i;

	for (i = 0; i < e->n; i++) {
		if (like->status == STATUS_NONE && e->list[i].first == e->list[i].last)
			continue;
		p.range.first = e->list[i].first;
		p.range.last = e->list[i].last;
		p.range.values = extent_range(r->arena, r->registry->type, e->list[i], written, e->spelling);
		r->pieces = xgrow(r->pieces, r->npieces, &r->cappieces, sizeof(*r->pieces));
		r->pieces[r->npieces++] = p;
	}
}

static int
orderpieces(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->range.first != y->range.first)
		return x->range.first < y->range.first ? -1 : 1;
	if (x->range.last != y->range.last)
		return x->range.last < y->range.last ? -1 : 1;
	return (x->range.at.at > y->range.at.at) - (x->range.at.at < y->range.at.at);
}

static int
ordernumbers(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

struct output {
	struct ranger *ranger;
	struct piece *list;
	size_t n, cap;
};

/* Put a part of a range with a status behind the others, or to the last of them if they go on. */
static void
output(struct output *o, size_t *last, const struct piece *from, uint64_t first, uint64_t end)
{
	struct piece p = *from, *before = *last < o->n ? &o->list[*last] : NULL;

	p.whole = p.whole && p.range.first == first && p.range.last == end;
	p.range.first = first;
	p.range.last = end;
	if (p.range.status == STATUS_UNASSIGNED)
		p.range.rule = ruleof(o->ranger, (struct extent){first, end});
	if (before && before->range.status == p.range.status && before->range.last + 1 == first &&
		streq(before->range.rule, p.range.rule)) {
		before->range.last = end;
		before->whole = false;
		return;
	}
	*last = o->n;
	o->list = xgrow(o->list, o->n, &o->cap, sizeof(*o->list));
	o->list[o->n++] = p;
}

/* Cut a range with a status where there are entries, of which those before *k lie before it. */
static void
cutrange(struct output *o, size_t *last, const struct piece *p, const uint64_t *numbers, size_t n, size_t *k)
{
	uint64_t first = p->range.first;
	size_t i;

	while (*k < n && numbers[*k] < first)
		++*k;
	for (i = *k; i < n && numbers[i] <= p->range.last; i++) {
		if (numbers[i] > first)
			output(o, last, p, first, numbers[i] - 1);
		if (numbers[i] == UINT64_MAX)
			return;
		if (numbers[i] >= first)
			first = numbers[i] + 1;
	}
	if (first <= p->range.last)
		output(o, last, p, first, p->range.last);
}

static bool
samepiece(const struct piece *x, const struct piece *y)
{
	return x->range.status == y->range.status && x->range.first == y->range.first &&
		x->range.last == y->range.last && streq(x->range.title, y->range.title);
}

/* Make ranges with a status disjoint, of each other and of entries, and join neighbours. */
static void
separate(struct output *o, const struct piece *pieces, size_t npieces, const uint64_t *numbers, size_t n)
{
	size_t i, k = 0, last = SIZE_MAX;
	bool any = false;
	uint64_t end = 0;
	struct piece p;

	for (i = 0; i < npieces; i++) {
		p = pieces[i];
		if (p.range.status == STATUS_NONE) {
			/* records that differ in their keys alone */
			if (i > 0 && samepiece(&pieces[i - 1], &p))
				continue;
			o->list = xgrow(o->list, o->n, &o->cap, sizeof(*o->list));
			o->list[o->n++] = p;
			continue;
		}
		if (any && p.range.first <= end) {
			if (p.range.last <= end)
				continue;
			p.range.first = end + 1;
			p.whole = false;
		}
		any = true;
		end = p.range.last;
		cutrange(o, &last, &p, numbers, n, &k);
	}
}

struct factrange *
ranger_end(struct ranger *r, uint64_t *numbers, size_t nnumbers, uint32_t *n)
{
	struct output o = {.ranger = r};
	struct factrange *list;
	size_t i;

	if (nnumbers > 0)
		qsort(numbers, nnumbers, sizeof(*numbers), ordernumbers);
	if (r->npieces > 0)
		qsort(r->pieces, r->npieces, sizeof(*r->pieces), orderpieces);
	separate(&o, r->pieces, r->npieces, numbers, nnumbers);
	list = arena_array(r->arena, o.n, sizeof(*list));
	for (i = 0; i < o.n; i++) {
		list[i] = o.list[i].range;
		if (!o.list[i].whole)
			list[i].values = extent_range(r->arena, r->registry->type,
				(struct extent){o.list[i].range.first, o.list[i].range.last}, NOTHING,
				o.list[i].spelling);
	}
	*n = (uint32_t)o.n;
	free(o.list);
	free(r->pieces);
	return list;
}
