#include <string.h>
#include "util.h"
#include "buf.h"
#include "document.h"
#include "scalar.h"
#include "tree.h"
#include "utf8.h"
#include "place.h"
#include "style.h"

/* How far to look for a model, and how wide folded lines may be. */
enum { NEIGHBOURS = 256, LEVELS = 6, LEASTWIDTH = 40, GREATESTWIDTH = 200 };

static const struct site *
siteof(const struct style *st, const struct place *p)
{
	return p->site == NOSITE ? NULL : &st->places->sites[p->site];
}

static struct str
newlineof(struct str t)
{
	uint32_t end = text_lineend(t, 0), n = text_break(t, end);

	return n > 0 ? (struct str){t.s + end, n} : LITERAL("\n");
}

/* How much deeper than its parent a list or map in a block stands, or 0 if that can't be told. */
static uint32_t
offset(const struct places *p, const struct site *s)
{
	const struct site *parent = &p->sites[s->parent];
	struct str t = p->text;
	uint32_t at = site_body(p, s), from = site_body(p, parent);

	if (s == parent || !site_block(s) || !site_block(parent) || s->next == (uint32_t)(s - p->sites) + 1)
		return NOSITE;
	if (parent->kind == SITE_LIST && text_first(t, at))
		return NOSITE;
	return text_column(t, at) >= text_column(t, from) ? text_column(t, at) - text_column(t, from) : NOSITE;
}

void
style_init(struct style *st, const struct places *p)
{
	bool map = false, list = false, item = false;
	uint32_t i, o;

	*st = (struct style){.places = p, .newline = newlineof(p->text), .map = 2, .list = 2, .item = 2};
	for (i = 0; i < p->nsites && p->sites[i].kind == SITE_LIST && p->sites[i].flow; i++)
		;
	st->json = i + 1 < p->nsites && p->sites[i].kind == SITE_MAP && p->sites[i].flow &&
		p->sites[i + 1].kind == SITE_DOUBLE;
	for (i = 1; i < p->nsites && !(map && list && item); i++) {
		if (!site_block(&p->sites[i]))
			continue;
		o = offset(p, &p->sites[i]);
		if (o == NOSITE)
			continue;
		if (p->sites[p->sites[i].parent].kind == SITE_LIST) {
			st->item = item ? st->item : o;
			item = true;
		} else if (p->sites[i].kind == SITE_MAP) {
			st->map = map ? st->map : o;
			map = true;
		} else {
			st->list = list ? st->list : o;
			list = true;
		}
	}
}

/* A step from a place to one inside: a key, or if it is nothing the first item. */
static const struct place *
walk(const struct place *p, const struct str *steps, size_t n)
{
	size_t i;

	for (i = 0; i < n && p; i++) {
		if (steps[i].s)
			p = place_child(p, steps[i]);
		else
			p = p->node->kind == NODE_LIST && p->node->n > 0 ? &p->children[0] : NULL;
	}
	return p && p->site != NOSITE && !p->removed ? p : NULL;
}

static void
addmodel(struct model *m, const struct place *p)
{
	unsigned i;

	for (i = 0; i < m->n; i++)
		if (m->list[i] == p)
			return;
	if (p && m->n < MODELS)
		m->list[m->n++] = p;
}

/* Add what the steps lead to from the neighbours of a place in its list or map. */
static void
addneighbours(struct model *m, const struct place *parent, size_t index, bool gap, const struct str *steps, size_t n)
{
	size_t d;

	for (d = 0; d < NEIGHBOURS && m->n < MODELS; d++) {
		if (index > d)
			addmodel(m, walk(&parent->children[index - d - 1], steps, n));
		if (index + d + !gap < parent->node->n)
			addmodel(m, walk(&parent->children[index + d + !gap], steps, n));
	}
}

struct model
style_model(const struct place *parent, size_t index, struct str key)
{
	struct model m = {0};
	struct str steps[LEVELS + 1];
	const struct place *q;
	size_t n, pass;

	if (parent->node->kind == NODE_LIST)
		addneighbours(&m, parent, index, true, NULL, 0);
	/* first what has the same role everywhere, then what stands under other keys too */
	for (pass = 0; pass < 2; pass++) {
		steps[LEVELS] = parent->node->kind == NODE_LIST ? (struct str){NULL, 0} : key;
		for (q = parent, n = 1; m.n == 0 && q->parent && n <= LEVELS; q = q->parent, n++) {
			if (q->parent->node->kind == NODE_LIST || pass > 0)
				addneighbours(&m, q->parent, place_index(q), false, steps + LEVELS + 1 - n, n);
			steps[LEVELS - n] = (struct str){NULL, 0};
			if (q->parent->node->kind == NODE_MAP)
				steps[LEVELS - n] = node_key(q->parent->node, place_index(q));
		}
	}
	if (m.n == 0)
		addneighbours(&m, parent, index, true, NULL, 0);
	return m;
}

void
model_first(struct model *m, const struct place *p)
{
	if (p->site == NOSITE)
		return;
	m->n = m->n < MODELS ? m->n : MODELS - 1;
	memmove(m->list + 1, m->list, m->n * sizeof(struct place *));
	m->list[0] = p;
	m->n++;
}

/* The models of what stands in a list or map that is modelled after these. */
static struct model
inner(const struct model *m, struct str key)
{
	struct model in = {0};
	unsigned i;

	for (i = 0; i < m->n; i++)
		addmodel(&in, walk(m->list[i], &key, 1));
	return in;
}

/* The first of the models that is a list or a map, as kind says, and is not empty; or NULL. */
static const struct site *
modelsite(const struct style *st, const struct model *m, unsigned char kind)
{
	const struct site *s;
	unsigned i;

	for (i = 0; i < m->n; i++) {
		s = siteof(st, m->list[i]);
		if (s && s->kind == kind && m->list[i]->node->n > 0)
			return s;
	}
	return NULL;
}

static unsigned char
sitekind(const struct node *n)
{
	return n->kind == NODE_LIST ? SITE_LIST : SITE_MAP;
}

static bool
quoted(const struct site *s)
{
	return s && (s->kind == SITE_SINGLE || s->kind == SITE_DOUBLE);
}

/* Whether text is an integer, true or false, as JSON has them. */
static bool
jsonword(struct str s)
{
	size_t i = s.n > 0 && s.s[0] == '-';

	if (streqs(s, "true") || streqs(s, "false"))
		return true;
	if (i == s.n || (s.s[i] == '0' && i + 1 < s.n))
		return false;
	while (i < s.n && s.s[i] >= '0' && s.s[i] <= '9')
		i++;
	return i == s.n;
}

unsigned char
style_kind(const struct style *st, unsigned char kind, struct str text)
{
	return st->json && (kind != SITE_PLAIN || !jsonword(text)) ? SITE_DOUBLE : kind;
}

/* How a scalar is written beside its models: without quotes, unless one that could do without has them. */
static unsigned char
scalarkind(const struct style *st, struct str text, const struct model *m)
{
	const struct site *s;
	unsigned char needed = SITE_PLAIN;
	unsigned i;

	for (i = 0; i < m->n; i++) {
		s = siteof(st, m->list[i]);
		if (!s || s->kind > SITE_DOUBLE || s->text.n == 0)
			continue;
		if (s->kind == SITE_PLAIN && (!scalar_typed(text) || scalar_typed(s->text)))
			return SITE_PLAIN;
		if (!quoted(s))
			continue;
		if (scalar_plain(s->text, false) && (!scalar_typed(s->text) || scalar_typed(text)))
			return s->kind;
		if (needed == SITE_PLAIN)
			needed = s->kind;
	}
	/* the quotes that others need serve what needs some, too */
	return needed != SITE_PLAIN && !scalar_plain(text, false) ? needed : SITE_PLAIN;
}

/* The longest line of a scalar. */
static uint32_t
widest(const struct places *p, const struct site *s)
{
	uint32_t i, end, widest = 0, n;

	for (i = s->at; i < s->end; i = text_nextline(p->text, i)) {
		end = text_lineend(p->text, i);
		n = (uint32_t)utf8_count(p->text.s + text_linestart(p->text, i), end - text_linestart(p->text, i));
		widest = n > widest ? n : widest;
		if (text_nextline(p->text, i) == i)
			break;
	}
	return widest;
}

uint32_t
style_width(const struct style *st, const struct model *m)
{
	const struct site *s;
	uint32_t width = 0, n;
	bool lines = false, longline = false;
	unsigned i;

	for (i = 0; i < m->n; i++) {
		s = siteof(st, m->list[i]);
		if (!s || s->kind > SITE_FOLDED)
			continue;
		n = widest(st->places, s);
		if (text_hasbreak(st->places->text, s->at, s->end)) {
			lines = true;
			width = n > width ? n : width;
		} else if (n > STYLE_WIDTH) {
			longline = true;
		}
	}
	if (!lines)
		return longline ? 0 : STYLE_WIDTH;
	return width < LEASTWIDTH ? LEASTWIDTH : width > GREATESTWIDTH ? GREATESTWIDTH : width;
}

uint32_t
style_indent(const struct style *st, uint32_t parent, bool item)
{
	return parent + (item ? st->item : st->map);
}

static void
addblanks(struct buf *b, uint32_t n)
{
	while (n-- > 0)
		buf_addch(b, ' ');
}

static void
startline(const struct style *st, struct buf *b, uint32_t indent)
{
	buf_addstr(b, st->newline);
	addblanks(b, indent);
}

static void
writescalar(struct style *st, struct buf *b, struct str s, const struct model *m, uint32_t column, uint32_t indent)
{
	struct scalarform f = {.newline = st->newline, .column = column, .indent = indent};
	uint32_t width = style_width(st, m);

	f.width = width ? width : UINT32_MAX;
	f.kind = scalarkind(st, s, m);
	f.flow = st->oneline;
	if (width > 0 && column + utf8_count(s.s, s.n) > (width > STYLE_WIDTH ? width : STYLE_WIDTH) && scalar_folds(s))
		f.kind = SITE_FOLDED;
	scalar_write(b, s, &f);
}

static void
flowscalar(const struct style *st, struct buf *b, struct str s, const struct model *m)
{
	struct scalarform f = {.newline = st->newline, .flow = true};

	f.kind = style_kind(st, scalarkind(st, s, m), s);
	scalar_write(b, s, &f);
}

/* Whether the bracket of a model is followed by a blank. */
static bool
padded(const struct style *st, const struct site *s)
{
	uint32_t at = s && s->flow ? site_body(st->places, s) + 1 : NOSITE;

	return at < st->places->text.n && st->places->text.s[at] == ' ' && site_braces(st->places, s);
}

void
style_flow(struct style *st, struct buf *b, const struct node *node, const struct model *m)
{
	bool pad = node->n > 0 && node->kind != NODE_SCALAR && padded(st, modelsite(st, m, sitekind(node)));
	struct model in;
	size_t i;

	if (node->kind == NODE_SCALAR) {
		flowscalar(st, b, node_str(node), m);
		return;
	}
	buf_adds(b, node->kind == NODE_LIST ? "[" : "{");
	if (pad)
		buf_addch(b, ' ');
	for (i = 0; i < node->n; i++) {
		in = inner(m, node->kind == NODE_MAP ? node_key(node, i) : (struct str){NULL, 0});
		if (i > 0)
			buf_adds(b, ", ");
		if (node->kind == NODE_MAP) {
			style_key(st, b, node_key(node, i), m->n > 0 ? m->list[0] : NULL, true);
			buf_adds(b, ": ");
		}
		style_flow(st, b, node_item(node, i), &in);
	}
	if (pad)
		buf_addch(b, ' ');
	buf_adds(b, node->kind == NODE_LIST ? "]" : "}");
}

static bool
haslines(const struct node *n)
{
	size_t i;

	if (n->kind == NODE_SCALAR)
		return n->n > 0 && memchr(n->p, '\n', n->n) != NULL;
	for (i = 0; i < n->n; i++)
		if (haslines(node_item(n, i)))
			return true;
	return false;
}

bool
style_inline(struct style *st, const struct node *node, const struct model *m, uint32_t column)
{
	const struct site *s = modelsite(st, m, sitekind(node));
	struct buf b = {0};
	size_t n;

	if (node->n == 0)
		return true;
	if (s && !s->flow)
		return false;
	/* without a model: what is small */
	if ((!s && node->kind == NODE_MAP && node->n > 3) || haslines(node))
		return false;
	style_flow(st, &b, node, m);
	n = utf8_count(b.s, b.n);
	buf_free(&b);
	return column + n <= STYLE_WIDTH;
}

void
style_key(const struct style *st, struct buf *b, struct str key, const struct place *map, bool flow)
{
	const struct site *s = map && map->node->kind == NODE_MAP ? siteof(st, map) : NULL, *first;
	struct scalarform f = {.newline = st->newline, .flow = true, .kind = SITE_PLAIN};

	first = s && s->kind == SITE_MAP && map->own > 0 ? s + 1 : NULL;
	if (st->json)
		f.kind = SITE_DOUBLE;
	else if (first && quoted(first))
		f.kind = first->kind;
	else if (!flow && scalar_plain(key, false)) {
		buf_addstr(b, key);
		return;
	}
	scalar_write(b, key, &f);
}

/* Append a list or map in a block, its first line without indentation. */
static void
writelines(struct style *st, struct buf *b, const struct node *node, const struct model *m, uint32_t indent)
{
	struct model in;
	size_t i, start;

	for (i = 0; i < node->n; i++) {
		in = inner(m, node->kind == NODE_MAP ? node_key(node, i) : (struct str){NULL, 0});
		if (i > 0)
			startline(st, b, indent);
		if (node->kind == NODE_LIST) {
			buf_addch(b, '-');
			style_value(st, b, node_item(node, i), &in, indent, indent + 1, true);
			continue;
		}
		start = b->n;
		style_key(st, b, node_key(node, i), m->n > 0 ? m->list[0] : NULL, false);
		buf_addch(b, ':');
		style_value(st, b, node_item(node, i), &in, indent,
			indent + (uint32_t)utf8_count(b->s + start, b->n - start), false);
	}
}

void
style_value(struct style *st, struct buf *b, const struct node *node, const struct model *m, uint32_t parent,
	uint32_t column, bool item)
{
	const struct site *s;
	uint32_t o;

	if (node->kind == NODE_SCALAR) {
		buf_addch(b, ' ');
		writescalar(st, b, node_str(node), m, column + 1, style_indent(st, parent, item));
		return;
	}
	if (style_inline(st, node, m, column + 1)) {
		buf_addch(b, ' ');
		style_flow(st, b, node, m);
		return;
	}
	s = modelsite(st, m, sitekind(node));
	o = s && (st->places->sites[s->parent].kind == SITE_LIST) == item ? offset(st->places, s) : NOSITE;
	if (o == NOSITE || (o == 0 && node->kind == NODE_MAP))
		o = item ? st->item : node->kind == NODE_MAP ? st->map : st->list;
	if (item)
		addblanks(b, o - 1);
	else
		startline(st, b, parent + o);
	writelines(st, b, node, m, parent + o);
}
