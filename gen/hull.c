#include <stdlib.h>
#include "util.h"
#include "diag.h"
#include "iana.h"
#include "number.h"
#include "extent.h"
#include "ranger.h"
#include "fact.h"
#include "hull.h"

static int
orderextents(const void *a, const void *b)
{
	const struct extent *x = a, *y = b;

	return (x->first > y->first) - (x->first < y->first);
}

/* Take in the values that a rule is for. They may stand behind other words: "permanent, greater than 0x3f". */
static void
stretch(struct hull *h, enum type type, struct str values)
{
	struct extents e;
	struct extent *x;
	size_t from, to, k;

	for (from = 0; from < values.n; from = to + 1) {
		for (to = from; to < values.n && !(values.s[to] == ',' && to + 1 < values.n && values.s[to + 1] == ' ');
			to++)
			;
		if (!extent_read(
			    type, type_least(type), type_greatest(type), (struct str){values.s + from, to - from}, &e))
			continue;
		for (k = 0; k < e.n; k++) {
			x = &e.list[k];
			h->open = h->open || x->last == type_greatest(type) ||
				(type_signed(type) && x->first == type_least(type));
			if (h->open)
				continue;
			h->gaps = h->gaps || !h->any || x->first < h->first || x->last > h->last;
			h->first = h->any && h->first < x->first ? h->first : x->first;
			h->last = h->any && h->last > x->last ? h->last : x->last;
			h->any = true;
		}
	}
}

/* How the first value is spelled. */
static struct spelling
spelled(const struct facts *facts, enum type type)
{
	struct extents e;
	struct str s = facts->n > 0 ? facts->list[0].value : (struct str){"", 0};

	if (s.n == 0 && facts->nranges > 0)
		s = facts->ranges[0].values;
	if (!extent_read(type, type_least(type), type_greatest(type), s, &e))
		e.spelling = (struct spelling){0};
	return e.spelling;
}

struct hull
hull_find(const struct assignments *as, enum type type, const struct facts *facts)
{
	struct extent *all = xmalloc((size_t)facts->n + facts->nranges + 1, sizeof(*all));
	struct hull h = {.gaps = facts->nranges == 0, .spelling = spelled(facts, type)};
	size_t n = 0, i;

	for (i = 0; i < facts->n; i++)
		if (facts->list[i].value.n > 0)
			all[n++] = (struct extent){facts->list[i].number, facts->list[i].number};
	for (i = 0; i < facts->nranges; i++)
		all[n++] = (struct extent){facts->ranges[i].first, facts->ranges[i].last};
	if (n > 0)
		qsort(all, n, sizeof(*all), orderextents);
	for (i = 0; i < n; i++) {
		if (i == 0)
			h.first = all[i].first;
		else if (all[i].first > h.last && all[i].first - h.last > 1)
			h.gaps = true;
		if (i == 0 || all[i].last > h.last)
			h.last = all[i].last;
		h.any = true;
	}
	free(all);
	for (i = 0; i < as->nprocedures; i++)
		stretch(&h, type, as->procedures[i].values);
	return h;
}
