/* The values fall into pieces, on each of which every side says one thing. What each is to be follows as for any other
 * fact; then pieces that are side by side become the values of ranges again. Values that have an entry are in no
 * range with a status. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "number.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "status.h"
#include "tree.h"
#include "word.h"
#include "ranger.h"
#include "fact.h"
#include "change.h"
#include "coverage.h"

/* What one side says of the values from first to last. */
struct stretch {
	uint64_t first, last;
	const struct range *range;    /* ours */
	const struct factrange *fact; /* the base's or theirs */
	unsigned char status;
};

struct side {
	struct stretch *list;
	size_t n, next; /* next: the first that does not end before the piece at hand */
};

struct points {
	uint64_t *list;
	size_t n, cap;
};

struct coverage {
	struct merge *merge;
	struct side ours, base, theirs, pieces;
	uint64_t *entries; /* the values that have one, ascending */
	size_t nentries, nextentry;
	const struct node *ranges; /* the list; NULL if there is none */
};

static int
orderstretches(const void *a, const void *b)
{
	const struct stretch *x = a, *y = b;

	return (x->first > y->first) - (x->first < y->first);
}

/* Sort, and cut off what overlaps one before. */
static void
settle(struct side *s)
{
	size_t i, n = 0;

	if (s->n > 0)
		qsort(s->list, s->n, sizeof(*s->list), orderstretches);
	for (i = 0; i < s->n; i++) {
		if (n > 0 && s->list[i].last <= s->list[n - 1].last)
			continue;
		s->list[n] = s->list[i];
		if (n > 0 && s->list[n].first <= s->list[n - 1].last)
			s->list[n].first = s->list[n - 1].last + 1;
		n++;
	}
	s->n = n;
}

static void
readfacts(struct arena *a, const struct facts *facts, struct side *s)
{
	const struct factrange *g;
	uint32_t i;

	s->list = arena_array(a, facts ? facts->nranges : 0, sizeof(*s->list));
	for (i = 0; facts && i < facts->nranges; i++) {
		g = &facts->ranges[i];
		if (g->status != STATUS_NONE)
			s->list[s->n++] = (struct stretch){g->first, g->last, NULL, g, g->status};
	}
	settle(s);
}

static void
readours(struct arena *a, const struct registry *r, struct side *s)
{
	const struct range *g;
	uint32_t i;

	s->list = arena_array(a, r->nspans, sizeof(*s->list));
	for (i = 0; i < r->nspans; i++) {
		g = r->spans[i];
		s->list[s->n++] = (struct stretch){g->first, g->last, g, NULL, g->status};
	}
	settle(s);
}

static int
ordernumbers(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The values of the registry's own entries and of those that come. */
static void
readentries(struct arena *a, struct coverage *c)
{
	const struct registry *r = c->merge->registry;
	const struct change *change;
	size_t i;

	c->entries = arena_array(a, r->nrows + c->merge->n, sizeof(*c->entries));
	for (i = 0; i < r->nrows; i++)
		if (!r->rows[i]->extension)
			c->entries[c->nentries++] = r->rows[i]->number;
	for (i = 0; i < c->merge->n; i++) {
		change = &c->merge->list[i];
		if (change->kind == CHANGE_ADD && !change->kept && change->fact->value.n > 0)
			c->entries[c->nentries++] = change->fact->number;
	}
	qsort(c->entries, c->nentries, sizeof(*c->entries), ordernumbers);
}

static void
addpoints(struct points *p, uint64_t first, uint64_t last)
{
	p->list = xgrow(p->list, p->n, &p->cap, sizeof(*p->list));
	p->list[p->n++] = first;
	if (last == UINT64_MAX)
		return;
	p->list = xgrow(p->list, p->n, &p->cap, sizeof(*p->list));
	p->list[p->n++] = last + 1;
}

static void
addside(struct points *p, const struct side *s)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		addpoints(p, s->list[i].first, s->list[i].last);
}

/* Where pieces begin, ascending. */
static struct points
findpoints(const struct coverage *c)
{
	struct points p = {0};
	size_t i, n = 0;

	addside(&p, &c->ours);
	addside(&p, &c->base);
	addside(&p, &c->theirs);
	for (i = 0; i < c->nentries; i++)
		addpoints(&p, c->entries[i], c->entries[i]);
	if (p.n > 0)
		qsort(p.list, p.n, sizeof(*p.list), ordernumbers);
	for (i = 0; i < p.n; i++)
		if (n == 0 || p.list[n - 1] != p.list[i])
			p.list[n++] = p.list[i];
	p.n = n;
	return p;
}

/* What a side says of a piece. */
static const struct stretch *
at(struct side *s, uint64_t value)
{
	static const struct stretch nothing = {.status = STATUS_NONE};

	while (s->next < s->n && s->list[s->next].last < value)
		s->next++;
	return s->next < s->n && s->list[s->next].first <= value ? &s->list[s->next] : &nothing;
}

/* How a hexadecimal number, or the first of two, is spelled. */
struct spelling {
	int digits;
	unsigned bytes; /* those with commas between them, or 0 */
	bool upper;
};

static struct spelling
spellingof(struct str s)
{
	struct spelling sp = {0};
	size_t i;
	bool comma = false, first = true;

	for (i = 2; i < s.n; i++) {
		first = first && s.s[i] != '-';
		comma = comma || s.s[i] == ',';
		sp.bytes += first && s.s[i] == ',';
		sp.digits += first && !comma;
		sp.upper = sp.upper || (s.s[i] >= 'A' && s.s[i] <= 'F');
	}
	sp.bytes += sp.bytes > 0;
	return sp;
}

/* A number, spelled as another of its registry is. */
static struct str
spell(struct arena *a, enum type type, uint64_t v, struct str like)
{
	struct spelling sp = spellingof(like);
	struct str decimal = number_decimal(a, type, v);
	uint64_t magnitude = type_signed(type) ? strtoull(decimal.s, NULL, 10) : v;
	char *p, *start;
	unsigned i;

	if (number_base(like) != BASE_HEXADECIMAL || decimal.s[0] == '-')
		return decimal;
	if (sp.bytes == 0 || sp.bytes > 8 || (sp.bytes < 8 && magnitude >> 8 * sp.bytes))
		return str(arena_printf(
			a, sp.upper ? "0x%0*" PRIX64 : "0x%0*" PRIx64, sp.digits > 16 ? 16 : sp.digits, magnitude));
	p = start = arena_bytes(a, 5 * (size_t)sp.bytes + 1);
	for (i = sp.bytes; i-- > 0; p += 5)
		snprintf(p, 6, sp.upper ? "0x%02X," : "0x%02x,", (unsigned)(magnitude >> 8 * i & 0xff));
	return (struct str){start, 5 * (size_t)sp.bytes - 1};
}

/* Values as a range has them: like those of another, or as they are written there if they are the same. */
static struct str
spellrange(struct arena *a, enum type type, uint64_t first, uint64_t last, struct str like)
{
	uint64_t x, y;
	bool fits;

	if (number_range(type, like, &x, &y, &fits) && fits && x == first && y == last)
		return like;
	if (first == last)
		return spell(a, type, first, like);
	return arena_join(a, (struct str[]){spell(a, type, first, like), LITERAL("-"), spell(a, type, last, like)}, 3);
}

static struct str
rangestr(const struct node *n)
{
	return n ? node_str(n) : (struct str){"", 0};
}

/* Ours stays although theirs says otherwise. */
static void
keep(struct coverage *c, uint64_t first, uint64_t last, const struct stretch *ours, const struct stretch *theirs)
{
	const struct str *words;
	enum type type = c->merge->registry->type;
	struct str none = {"", 0};
	struct change *change;
	size_t n;

	words = status_names(&n);
	change = change_add(c->merge, CHANGE_RANGE);
	change->kept = true;
	change->range = ours->range;
	change->values = spellrange(c->merge->arena, type, first, last,
		ours->range            ? rangestr(ours->range->values)
			: theirs->fact ? theirs->fact->values
				       : none);
	change->old = ours->status == STATUS_NONE ? none : words[ours->status];
	change->new = theirs->status == STATUS_NONE ? none : words[theirs->status];
}

/* What a piece is to be; nothing if it is to be in no range. */
static struct stretch
decide(struct coverage *c, uint64_t first, uint64_t last)
{
	const struct stretch *o = at(&c->ours, first), *b = at(&c->base, first), *t = at(&c->theirs, first);
	struct stretch s = {first, last, o->range, NULL, o->status};

	while (c->nextentry < c->nentries && c->entries[c->nextentry] < first)
		c->nextentry++;
	if (c->nextentry < c->nentries && c->entries[c->nextentry] == first)
		s.status = STATUS_NONE;
	else if (!c->merge->base || t->status == b->status || o->status == t->status)
		;
	else if (o->status == b->status)
		s = (struct stretch){first, last, NULL, t->fact, t->status};
	else
		keep(c, first, last, o, t);
	return s;
}

/* Cut the values into pieces, and keep those that are to be in a range; pieces of one origin are one. */
static void
cut(struct coverage *c)
{
	struct points p = findpoints(c);
	struct stretch *list = arena_array(c->merge->arena, p.n + 1, sizeof(*list)), *last = list, s;
	size_t i;

	for (i = 0; p.list && i < p.n; i++) {
		s = decide(c, p.list[i], i + 1 < p.n ? p.list[i + 1] - 1 : UINT64_MAX);
		if (s.status == STATUS_NONE)
			continue;
		if (last > list && last[-1].last + 1 == s.first && last[-1].range == s.range && last[-1].fact == s.fact)
			last[-1].last = s.last;
		else
			*last++ = s;
	}
	c->pieces.list = list;
	c->pieces.n = (size_t)(last - list);
	free(p.list);
}

/* The index of a range in the registry's list; NO_INDEX if it stands elsewhere. */
static size_t
indexof(const struct coverage *c, const struct range *g)
{
	const struct node *first = c->ranges ? c->ranges->p : NULL;

	if (!g || !first || g->node < first || g->node >= first + c->ranges->n)
		return NO_INDEX;
	return (size_t)(g->node - first);
}

/* Whether new values can be among those of a range: status and rule are the same. */
static bool
joins(const struct coverage *c, const struct stretch *new, const struct stretch *old)
{
	struct str rule = new->fact ? new->fact->rule : (struct str){"", 0};

	return old->range && indexof(c, old->range) != NO_INDEX && old->status == new->status &&
		(rule.n == 0 || (old->range->rule && streq(node_str(old->range->rule), rule)));
}

/* Make new pieces part of the range before or behind them. */
static void
annex(struct coverage *c)
{
	struct stretch *p = c->pieces.list, *before, *behind;
	size_t i, n = 0;

	for (i = 0; i < c->pieces.n; i++) {
		before = n > 0 ? &p[n - 1] : NULL;
		behind = i + 1 < c->pieces.n ? &p[i + 1] : NULL;
		if (before && before->range && before->range == p[i].range && before->last + 1 == p[i].first) {
			before->last = p[i].last;
			continue;
		}
		if (!p[i].range && before && before->last + 1 == p[i].first && joins(c, &p[i], before)) {
			before->last = p[i].last;
			continue;
		}
		if (!p[i].range && behind && p[i].last + 1 == behind->first && joins(c, &p[i], behind)) {
			behind->first = p[i].first;
			continue;
		}
		p[n++] = p[i];
	}
	c->pieces.n = n;
}

/* Put a new range with these values into the list. */
static struct change *
insert(struct coverage *c, size_t index, const struct stretch *s, struct str like)
{
	struct change *change = change_add(c->merge, CHANGE_RANGE);

	change->index = index;
	change->status = s->status;
	change->values = spellrange(c->merge->arena, c->merge->registry->type, s->first, s->last, like);
	return change;
}

/* The one rule by which a side registers the values from first to last; false if there are several, or another status.
 */
static bool
ruleof(const struct side *s, const struct range *g, uint64_t first, uint64_t last, struct str *rule)
{
	size_t low = 0, high = s->n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (s->list[middle].last < first)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == s->n || s->list[low].first > first || s->list[low].last < last || s->list[low].status != g->status)
		return false;
	*rule = s->list[low].fact->rule;
	return true;
}

/* The rule that values of a range of ours are to have. *kept is whether that is ours, against theirs. */
static struct str
ruleafter(const struct coverage *c, const struct range *g, const struct stretch *p, bool *kept)
{
	struct str ours = rangestr(g->rule), base, theirs;

	*kept = false;
	if (!c->merge->base || c->merge->norules || !ruleof(&c->base, g, p->first, p->last, &base) ||
		!ruleof(&c->theirs, g, p->first, p->last, &theirs) || streq(base, theirs) || streq(ours, theirs))
		return ours;
	*kept = !streq(ours, base);
	return theirs;
}

/* A range of ours is to have other values: the n pieces. */
static void
alter(struct coverage *c, const struct range *g, size_t index, const struct stretch *pieces, size_t n)
{
	struct change *change = change_add(c->merge, CHANGE_RANGE);
	struct str like = node_str(g->values);
	bool kept;
	size_t i;

	change->range = g;
	change->index = index;
	change->status = g->status;
	change->old = like;
	change->keeps = g->id && n != 1;
	if (change->keeps)
		change->values = like;
	else if (n > 0)
		change->values =
			spellrange(c->merge->arena, c->merge->registry->type, pieces[0].first, pieces[0].last, like);
	for (i = change->keeps ? 0 : 1; i < n; i++) {
		change = insert(c, index + 1, &pieces[i], like);
		change->title = rangestr(g->title);
		change->rule = ruleafter(c, g, &pieces[i], &kept);
		if (kept)
			change->rule = rangestr(g->rule);
	}
}

static int
orderranges(const void *a, const void *b)
{
	const struct stretch *x = a, *y = b;

	if (x->range != y->range)
		return !x->range ? 1 : !y->range ? -1 : x->range < y->range ? -1 : 1;
	return (x->first > y->first) - (x->first < y->first);
}

/* Where a new range goes: before the next with a status, else behind the last, else at the end. */
static size_t
placefor(const struct coverage *c, uint64_t first)
{
	size_t i, index, last = NO_INDEX;

	for (i = 0; i < c->ours.n; i++) {
		index = indexof(c, c->ours.list[i].range);
		if (index == NO_INDEX)
			continue;
		if (c->ours.list[i].first > first)
			return index;
		last = index + 1;
	}
	return last != NO_INDEX ? last : c->ranges ? c->ranges->n : 0;
}

/* What is left of a range is registered by another rule than before. */
static void
mergerule(struct coverage *c, const struct range *g, size_t index, const struct stretch *p)
{
	bool kept;
	struct str rule = ruleafter(c, g, p, &kept);
	struct change *change;

	if (streq(rule, rangestr(g->rule)))
		return;
	change = change_add(c->merge, CHANGE_RULE);
	change->range = g;
	change->index = index;
	change->values = node_str(g->values);
	change->old = rangestr(g->rule);
	change->new = rule;
	change->kept = kept;
}

/* Turn the pieces into changes of ranges. */
static void
assemble(struct coverage *c)
{
	const struct registry *r = c->merge->registry;
	struct stretch *p = c->pieces.list;
	const struct range *g;
	struct change *change;
	size_t i = 0, n, index;
	uint32_t k;

	qsort(p, c->pieces.n, sizeof(*p), orderranges);
	for (k = 0; k < r->nranges; k++) {
		g = &r->ranges[k];
		if (g->status == STATUS_NONE)
			continue;
		for (n = 0; i + n < c->pieces.n && p[i + n].range == g; n++)
			;
		index = indexof(c, g);
		if (index != NO_INDEX && (n != 1 || p[i].first != g->first || p[i].last != g->last))
			alter(c, g, index, &p[i], n);
		if (index != NO_INDEX && n > 0 && !(g->id && n > 1))
			mergerule(c, g, index, &p[i]);
		i += n;
	}
	for (; i < c->pieces.n; i++) {
		change = insert(c, placefor(c, p[i].first), &p[i], p[i].fact->values);
		change->rule = p[i].fact->rule;
		change->title = p[i].fact->title;
	}
}

/* Whether an entry comes whose value is in the range. */
static bool
comes(const struct merge *m, const struct factrange *g)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		if (m->list[i].kind == CHANGE_ADD && !m->list[i].kept && m->list[i].fact->number >= g->first &&
			m->list[i].fact->number <= g->last)
			return true;
	return false;
}

static bool
isnew(const struct merge *m, const struct factrange *g)
{
	uint32_t i;

	for (i = 0; m->base && i < m->base->nranges; i++)
		if (m->base->ranges[i].status == STATUS_NONE && m->base->ranges[i].first == g->first &&
			m->base->ranges[i].last == g->last)
			return false;
	for (i = 0; i < m->registry->nranges; i++)
		if (m->registry->ranges[i].first == g->first && m->registry->ranges[i].last == g->last)
			return false;
	return m->base || comes(m, g);
}

/* Ranges that IANA registers as one come with an id. */
static void
addnamed(struct coverage *c)
{
	const struct merge *m = c->merge;
	const struct registry *r = m->registry;
	const struct factrange *g;
	struct change *change;
	size_t index;
	uint32_t i, k;

	for (i = 0; i < m->theirs->nranges; i++) {
		g = &m->theirs->ranges[i];
		if (g->status != STATUS_NONE || g->title.n == 0 || !isnew(m, g))
			continue;
		for (k = 0, index = c->ranges ? c->ranges->n : 0; k < r->nranges; k++)
			if (r->ranges[k].first > g->first && indexof(c, &r->ranges[k]) != NO_INDEX) {
				index = indexof(c, &r->ranges[k]);
				break;
			}
		change = change_add(c->merge, CHANGE_RANGE);
		change->index = index;
		change->status = STATUS_NONE;
		change->title = g->title;
		change->values = spellrange(m->arena, r->type, g->first, g->last, g->values);
		change->name = change->words = word_from(m->arena, g->title);
		for (k = 0; k < r->nranges; k++)
			if (r->ranges[k].id && streq(node_str(r->ranges[k].id), change->name))
				break;
		if (change->name.n == 0 || k < r->nranges)
			change_qualify(c->merge, change);
	}
}

void
coverage_merge(struct merge *m)
{
	struct coverage c = {.merge = m, .ranges = node_get(m->registry->node, "ranges")};

	if (m->registry->type == TYPE_STRING)
		return;
	readours(m->arena, m->registry, &c.ours);
	readfacts(m->arena, m->base, &c.base);
	readfacts(m->arena, m->theirs, &c.theirs);
	readentries(m->arena, &c);
	cut(&c);
	annex(&c);
	addnamed(&c);
	assemble(&c);
}
