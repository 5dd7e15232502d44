#include "util.h"
#include "arena.h"
#include "diag.h"
#include "number.h"
#include "tree.h"
#include "value.h"
#include "word.h"
#include "lang.h"
#include "naming.h"
#include "facet.h"
#include "tableview.h"

struct table {
	const uint32_t *numbers;
	uint32_t n;
};

/* How many characters a number takes. */
static size_t
width(uint32_t n, char separator)
{
	uint32_t rest = n;
	size_t count = 1;

	while ((rest /= 10) > 0)
		count++;
	return separator && count >= 6 ? count + (count - 1) / 3 : count;
}

/* Write a number that takes so many characters; returns where it ends. */
static char *
writenumber(char *p, uint32_t n, size_t count, char separator)
{
	size_t i, digits = 0;

	for (i = count; i-- > 0; digits++) {
		if (separator && count > 6 && digits > 0 && digits % 3 == 0)
			p[i--] = separator;
		p[i] = (char)('0' + n % 10);
		n /= 10;
	}
	return p + count;
}

/* Where the line ends that starts with number i: at the first that does not fit. */
static uint32_t
endofline(const struct table *t, uint32_t i, const struct lang *l)
{
	size_t used = width(t->numbers[i], l->separator) + 1;

	while (++i < t->n) {
		used += width(t->numbers[i], l->separator) + 2;
		if (used > l->tablewidth)
			break;
	}
	return i;
}

/* Lines of numbers, each followed by a comma, filled up to the width. */
static struct value
nextline(const struct value *list, struct cursor *c, struct arena *a)
{
	const struct lang *l = facet_lang(list);
	const struct table *t = list->p;
	uint32_t i = (uint32_t)c->i, end = endofline(t, i, l);
	char *line = arena_bytes(a, (size_t)(end - i) * 15), *p = line;

	for (; i < end; i++) {
		p = writenumber(p, t->numbers[i], width(t->numbers[i], l->separator), l->separator);
		*p++ = ',';
		*p++ = ' ';
	}
	c->i = end;
	return value_str((struct str){line, (size_t)(p - line) - 1});
}

static const struct table *
tableof(const uint32_t *numbers, uint32_t n, struct arena *a)
{
	struct table *t = arena_alloc(a, sizeof(*t));

	*t = (struct table){numbers, n};
	return t;
}

struct value
tableview_of(const struct value *v, const uint32_t *numbers, uint32_t n, struct arena *a)
{
	return facet_map(facet_context(v), MAP_TABLE, tableof(numbers, n, a));
}

static struct value
linesof(const struct value *v, const struct table *t)
{
	uint32_t i, n = 0;

	for (i = 0; i < t->n; n++)
		i = endofline(t, i, facet_lang(v));
	return facet_list(facet_context(v), LIST_LINES, t, n);
}

struct value
tableview_lines(const struct value *v, const uint32_t *numbers, uint32_t n, struct arena *a)
{
	return linesof(v, tableof(numbers, n, a));
}

static struct value
getlines(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return linesof(v, v->p);
}

/* Lines that one literal can hold. */
struct piece {
	const struct table *table;
	uint32_t first, n; /* the number with which they begin; how many lines they are */
};

/* How many lines from number i on go into a piece; *end is the number behind them. */
static uint32_t
pieceat(const struct table *t, uint32_t i, const struct lang *l, uint32_t *end)
{
	uint32_t n = 0, from;
	size_t size = 0;

	for (*end = i; *end < t->n; n++) {
		for (from = *end, i = endofline(t, from, l); from < i; from++)
			size += width(t->numbers[from], l->separator) + 2;
		if (n > 0 && size - 1 > l->limits.literal)
			break;
		*end = i;
		size--;
	}
	return n;
}

static struct value
getpieces(const struct value *v, size_t offset, struct arena *a)
{
	const struct table *t = v->p;
	uint32_t i, end, n = 0;

	(void)offset, (void)a;
	for (i = 0; i < t->n; i = end, n++)
		pieceat(t, i, facet_lang(v), &end);
	return facet_list(facet_context(v), LIST_LINEGROUPS, t, n);
}

static struct value
nextpiece(const struct value *v, struct cursor *c, struct arena *a)
{
	struct piece *p = arena_alloc(a, sizeof(*p));
	uint32_t end;

	*p = (struct piece){.table = v->p, .first = (uint32_t)c->i};
	p->n = pieceat(p->table, p->first, facet_lang(v), &end);
	c->i = end;
	return facet_map(facet_context(v), MAP_LINES, p);
}

static struct value
getpiecelines(const struct value *v, size_t offset, struct arena *a)
{
	const struct piece *p = v->p;
	struct table *rest = arena_alloc(a, sizeof(*rest));

	(void)offset;
	*rest = (struct table){p->table->numbers + p->first, p->table->n - p->first};
	return facet_list(facet_context(v), LIST_LINES, rest, p->n);
}

static struct value
gettablecount(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset;
	return facet_count(a, ((const struct table *)v->p)->n);
}

static struct value
gettabletype(const struct value *v, size_t offset, struct arena *a)
{
	const struct table *t = v->p;
	uint32_t i, most = 0;

	(void)offset, (void)a;
	for (i = 0; i < t->n; i++)
		if (t->numbers[i] > most)
			most = t->numbers[i];
	return facet_indextype(v, most);
}

static const struct member tablemembers[] = {
	{"count", gettablecount, 0},
	{"lines", getlines, 0},
	{"pieces", getpieces, 0},
	{"type_name", gettabletype, 0},
};

static const struct member linesmembers[] = {
	{"lines", getpiecelines, 0},
	{"more", facet_getmore, 0},
};

const struct kindspec tableview_kinds[] = {
	{.which = MAP_TABLE, .members = tablemembers, .nmembers = LEN(tablemembers)},
	{.which = MAP_LINES, .members = linesmembers, .nmembers = LEN(linesmembers)},
	{.which = LIST_LINES, .next = nextline},
	{.which = LIST_LINEGROUPS, .next = nextpiece},
};

const size_t tableview_nkinds = LEN(tableview_kinds);
