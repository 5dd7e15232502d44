#include <string.h>
#include "util.h"
#include "arena.h"
#include "cite.h"
#include "cited.h"
#include "iana.h"
#include "reference.h"

#define NOTHING ((struct str){"", 0})

/* More citations in a record than CITATIONS and sections in one than SECTIONS don't count. */
enum { CITATIONS = 64, SECTIONS = 8 };

static struct str
title(const struct cited *c)
{
	return c->kind == REFERENCE_URL && c->title.n > 0 ? c->title : c->id;
}

static bool
islabel(const struct cited *c)
{
	return c->kind == REFERENCE_TEXT || c->kind == REFERENCE_PERSON;
}

bool
cited_same(const struct cited *x, const struct cited *y)
{
	if (islabel(x) || islabel(y))
		return stralike(x->id, y->id) || stralike(title(x), title(y));
	if (x->kind != y->kind || strfoldorder(x->section, y->section) != 0)
		return false;
	return x->kind == REFERENCE_URL ? streq(x->id, y->id) : strfoldorder(x->id, y->id) == 0;
}

struct list {
	struct arena *arena;
	struct cited *list;
	uint32_t n, cap;
};

/* Put a reference behind the others, if it isn't there. */
static void
add(struct list *l, const struct cited *c)
{
	struct cited *more;
	uint32_t i;

	for (i = 0; i < l->n; i++)
		if (cited_same(&l->list[i], c))
			return;
	if (l->n == l->cap) {
		l->cap = l->cap ? 2 * l->cap : 2;
		more = arena_array(l->arena, l->cap, sizeof(*more));
		if (l->n > 0)
			memcpy(more, l->list, l->n * sizeof(*more));
		l->list = more;
	}
	l->list[l->n++] = *c;
}

static void
addplace(struct list *l, const struct place *p)
{
	struct cited c = {.id = p->id, .section = NOTHING, .title = p->title, .kind = p->kind};
	struct str sections = p->sections;
	unsigned i;

	if (p->kind == CITE_NOTHING)
		return;
	c.section = cite_section(&sections);
	for (i = 0; i == 0 || (c.section.n > 0 && i < SECTIONS); i++) {
		add(l, &c);
		c.section = cite_section(&sections);
	}
}

/* What stands in a text between the bracket that ends behind *i and the next one, where *i then is. */
static struct str
between(struct str s, size_t *i)
{
	size_t start = *i, end, depth = 0;

	for (end = start; end < s.n && s.s[end] != '['; end++)
		;
	for (*i = end; *i < s.n; ++*i) {
		depth += s.s[*i] == '[';
		if (s.s[*i] == ']' && --depth == 0) {
			++*i;
			break;
		}
	}
	return (struct str){s.s + start, end - start};
}

struct cited *
cited_read(struct arena *a, const struct cell *cell, uint32_t *n)
{
	struct citation all = {.type = CITED_LABEL};
	struct list l = {.arena = a};
	struct place p;
	size_t i = 0;
	uint32_t k;

	if (cell && cell->ncitations == 0) {
		all.label = cell->text;
		p = cite_read(a, &all, NOTHING);
		addplace(&l, &p);
	} else if (cell) {
		between(cell->text, &i);
		for (k = 0; k < cell->ncitations && k < CITATIONS; k++) {
			p = cite_read(a, &cell->citations[k], between(cell->text, &i));
			addplace(&l, &p);
		}
	}
	*n = l.n;
	return l.list;
}
