#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "number.h"
#include "project.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "rows.h"
#include "status.h"
#include "subset.h"
#include "tree.h"

/* A selector as one registry understands it. */
struct selector {
	struct str text;
	uint64_t first, last; /* values, if ranged */
	bool ranged;
	unsigned status; /* or STATUS_NONE */
};

/* Those of include or exclude that are meant for a registry. */
struct selectors {
	struct selector *list;
	size_t n;
	bool *used; /* of all that the target has: whether one chose something anywhere */
	size_t *index;
};

/* 4xx: digits, then x for any digit. */
static bool
readpattern(enum type type, struct str s, uint64_t *first, uint64_t *last)
{
	char low[24], high[24];
	bool fits, fitslast;
	size_t i, digits;

	for (digits = 0; digits < s.n && s.s[digits] >= '0' && s.s[digits] <= '9'; digits++)
		;
	for (i = digits; i < s.n && s.s[i] == 'x'; i++)
		;
	if (digits == 0 || digits == s.n || i < s.n || s.n >= sizeof(low))
		return false;
	memcpy(low, s.s, s.n);
	memcpy(high, s.s, s.n);
	memset(low + digits, '0', s.n - digits);
	memset(high + digits, '9', s.n - digits);
	if (!number_read(type, (struct str){low, s.n}, first, &fits) || !fits)
		return false;
	if (!number_read(type, (struct str){high, s.n}, last, &fitslast) || !fitslast)
		*last = type_greatest(type);
	return true;
}

static struct selector
makeselector(const struct registry *r, struct str s)
{
	struct selector sel = {.text = s};
	bool fits;
	size_t n;
	const struct str *words = status_names(&n);
	uint32_t i;

	for (sel.status = 0; sel.status < n && !streq(words[sel.status], s); sel.status++)
		;
	if (sel.status == n)
		sel.status = STATUS_NONE;
	if (r->type == TYPE_STRING)
		return sel;
	sel.ranged = (number_range(r->type, s, &sel.first, &sel.last, &fits) && fits) ||
		readpattern(r->type, s, &sel.first, &sel.last);
	for (i = 0; i < r->nranges && !sel.ranged; i++) {
		if (!r->ranges[i].id || !streq(node_str(r->ranges[i].id), s))
			continue;
		sel.ranged = true;
		sel.first = r->ranges[i].first;
		sel.last = r->ranges[i].last;
	}
	return sel;
}

static bool
chooses(const struct registry *r, const struct selector *s, const struct entry *e)
{
	uint32_t i;

	if (s->status == e->status)
		return true;
	if (s->ranged && e->value)
		return e->number >= s->first && e->number <= s->last;
	if (r->type == TYPE_STRING && e->value && rows_order(r, node_str(e->value), s->text) == 0)
		return true;
	if (e->name && streq(node_str(e->name), s->text))
		return true;
	for (i = 0; i < e->aliases.n; i++)
		if (streq(node_str(e->aliases.list[i].name), s->text))
			return true;
	return false;
}

/* Whether any of the selectors chooses the entry. All are asked, as each must choose something. */
static bool
chosen(const struct registry *r, struct selectors *s, const struct entry *e)
{
	bool any = false;
	size_t i;

	for (i = 0; i < s->n; i++) {
		if (!chooses(r, &s->list[i], e))
			continue;
		s->used[s->index[i]] = true;
		any = true;
	}
	return any;
}

/* The selectors of a list that are meant for a registry. */
static struct selectors
selectorsfor(struct arena *a, const struct registry *r, const struct node *list, bool *used)
{
	struct selectors s = {.used = used};
	struct str text, id = node_str(r->id);
	uint32_t i;

	if (!list)
		return s;
	s.list = arena_array(a, list->n, sizeof(*s.list));
	s.index = arena_array(a, list->n, sizeof(*s.index));
	for (i = 0; i < list->n; i++) {
		if (node_item(list, i)->kind != NODE_SCALAR)
			continue;
		text = node_str(node_item(list, i));
		if (memchr(text.s, '/', text.n)) {
			if (text.n <= id.n || text.s[id.n] != '/' || memcmp(text.s, id.s, id.n) != 0)
				continue;
			text = (struct str){text.s + id.n + 1, text.n - id.n - 1};
		}
		s.index[s.n] = i;
		s.list[s.n++] = makeselector(r, text);
	}
	return s;
}

/* By name, then the one that stands for it. */
static int
ordernames(const void *a, const void *b)
{
	const struct entry *x = *(struct entry *const *)a, *y = *(struct entry *const *)b;
	int c = strorder(node_str(x->name), node_str(y->name));

	if (c == 0)
		c = (x->value == NULL) - (y->value == NULL);
	return c ? c : (x > y) - (x < y);
}

/* Of entries that share a name, another may have to stand for it. */
static void
sharenames(struct registry *r)
{
	struct entry **named = xmalloc(r->nentries, sizeof(struct entry *));
	uint32_t i, n = 0;

	for (i = 0; i < r->nentries; i++)
		if (r->entries[i].name)
			named[n++] = &r->entries[i];
	qsort(named, n, sizeof(*named), ordernames);
	for (i = 0; i < n; i++)
		named[i]->again = i > 0 && streq(node_str(named[i - 1]->name), node_str(named[i]->name));
	free(named);
}

/* Make what belongs to the copied entries point to them; moved is where each entry of old has gone. */
static void
relink(struct arena *a, const struct registry *old, struct registry *r, struct entry *const *moved)
{
	struct alias *aliases;
	struct entry *e;
	uint32_t i, k;

	for (i = 0; i < r->nentries; i++) {
		e = &r->entries[i];
		if (e->replacement)
			e->replacement = moved[e->replacement - old->entries];
		aliases = arena_array(a, e->aliases.n, sizeof(*aliases));
		for (k = 0; k < e->aliases.n; k++) {
			aliases[k] = e->aliases.list[k];
			aliases[k].entry = e;
		}
		e->aliases.list = aliases;
	}
}

static const struct registry *
subset(struct arena *a, const struct registry *old, struct selectors *include, struct selectors *exclude)
{
	struct registry *r = arena_alloc(a, sizeof(*r));
	struct entry **moved = xcalloc(old->nentries, sizeof(struct entry *));
	uint32_t i;
	bool in;

	*r = *old;
	r->entries = arena_array(a, old->nentries, sizeof(*r->entries));
	r->nentries = 0;
	for (i = 0; i < old->nentries; i++) {
		in = include->n == 0 || chosen(old, include, &old->entries[i]);
		if (chosen(old, exclude, &old->entries[i]) || !in)
			continue;
		moved[i] = &r->entries[r->nentries];
		r->entries[r->nentries++] = old->entries[i];
	}
	relink(a, old, r, moved);
	free(moved);
	sharenames(r);
	rows_make(a, r);
	return r;
}

static void
reportunused(struct diag *d, const struct target *t, const struct node *list, const bool *used)
{
	const struct node *n;
	uint32_t i;

	for (i = 0; list && i < list->n; i++) {
		n = node_item(list, i);
		if (n->kind != NODE_SCALAR)
			diag_error(d, node_span(n), "expected a value, a range, a status or a name");
		else if (!used[i])
			diag_error(d, node_span(n), "'%.*s' chooses nothing in target '%.*s'", (int)n->n,
				(const char *)n->p, (int)t->id->n, (const char *)t->id->p);
	}
}

void
subset_make(struct diag *d, struct arena *a, const struct target *t, const struct registry **registries, size_t n)
{
	const struct node *lists[] = {t->include, t->exclude};
	struct selectors include, exclude;
	bool *used[LEN(lists)];
	size_t i;

	for (i = 0; i < LEN(lists); i++)
		used[i] = arena_array(a, lists[i] ? lists[i]->n : 0, sizeof(bool));
	for (i = 0; i < n; i++) {
		include = selectorsfor(a, registries[i], lists[0], used[0]);
		exclude = selectorsfor(a, registries[i], lists[1], used[1]);
		if (include.n + exclude.n > 0)
			registries[i] = subset(a, registries[i], &include, &exclude);
	}
	for (i = 0; i < LEN(lists); i++)
		reportunused(d, t, lists[i], used[i]);
}
