/* The text is copied from its start to its end, and only what is changed is entered: what stands between is taken as it
 * is. A list or map in a block is lines: its members are added and removed as lines. One in brackets is a row of
 * members between commas. What an alias or a merge key brings has no text of its own: if it is changed, it is written
 * out where it was brought to; if what it stands for is changed, it is written out as it was. */
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "document.h"
#include "scalar.h"
#include "tree.h"
#include "utf8.h"
#include "place.h"
#include "style.h"
#include "splice.h"

enum { WIDTH = 100 };

/* Other text for a part of the source that is copied. */
struct patch {
	uint32_t at, end;
	struct str text;
};

struct splicer {
	struct places *places;
	struct tree *tree;
	struct style style;
	struct str text;
	struct buf *out;
	uint32_t cur; /* what has been copied or left out */
	struct patch *patches;
	size_t npatches, cappatches, nextpatch;
	bool atend; /* something was put behind a last line that has no break */
};

/* A member of a list or map that is written there. */
struct part {
	uint32_t head; /* its dash, or what its key begins with */
	uint32_t mark; /* the end of the dash or colon; in a list in brackets, its head */
	uint32_t end;
	struct place *place; /* NULL for a merge key */
	bool removed, colon;
};

/* A member to be put before part number index, or behind the one before. */
struct newpart {
	size_t index, order;
	struct str key;
	const struct node *node;
};

/* A list or map that is being written. */
struct group {
	struct place *place;
	const struct site *site;
	struct part *parts;
	struct newpart *news;
	size_t n, nnews;
	uint32_t column; /* of what stands in a block */
	bool map;
};

/* Where a node stands. */
struct context {
	uint32_t mark;   /* the end of what it stands behind, or NOSITE for the root */
	uint32_t column; /* of the dash or the key */
	bool item, flow, colon;
};

static void render(struct splicer *, struct place *, struct context);

/* Copy the source up to a position, with its patches. */
static void
copyto(struct splicer *sp, uint32_t to)
{
	const struct patch *p;

	for (; sp->nextpatch < sp->npatches && sp->patches[sp->nextpatch].at < to; sp->nextpatch++) {
		p = &sp->patches[sp->nextpatch];
		if (p->at < sp->cur)
			continue;
		buf_add(sp->out, sp->text.s + sp->cur, p->at - sp->cur);
		buf_addstr(sp->out, p->text);
		sp->cur = p->end;
	}
	if (to > sp->cur) {
		buf_add(sp->out, sp->text.s + sp->cur, to - sp->cur);
		sp->cur = to;
	}
}

static void
skipto(struct splicer *sp, uint32_t to)
{
	if (to > sp->cur)
		sp->cur = to;
}

static void
newline(struct splicer *sp)
{
	buf_addstr(sp->out, sp->style.newline);
}

static void
addblanks(struct splicer *sp, uint32_t n)
{
	while (n-- > 0)
		buf_addch(sp->out, ' ');
}

static void
trimblanks(struct splicer *sp)
{
	struct buf *b = sp->out;

	while (b->n > 0 && (b->s[b->n - 1] == ' ' || b->s[b->n - 1] == '\t'))
		b->n--;
}

/* Whether what is written so far ends a line, and whether that line is blank. */
static bool
atlinestart(const struct splicer *sp)
{
	struct str s = buf_str(sp->out);

	return text_startsline(s, (uint32_t)s.n);
}

static bool
atblank(const struct splicer *sp)
{
	struct str s = buf_str(sp->out);

	return s.n == 0 || (atlinestart(sp) && text_blankline(s, text_linestart(s, (uint32_t)s.n - 1)));
}

/* The column behind what is written so far; of a long line any that is greater than WIDTH. */
static uint32_t
outcolumn(const struct splicer *sp)
{
	struct str s = buf_str(sp->out);
	uint32_t start = (uint32_t)s.n;

	while (!text_startsline(s, start) && s.n - start < 4ul * WIDTH)
		start--;
	return (uint32_t)utf8_count(s.s + start, s.n - start);
}

/* The source ends here, and its last line has no break. */
static bool
openend(const struct splicer *sp)
{
	return sp->cur == sp->text.n && !text_startsline(sp->text, sp->cur);
}

/* Begin a line behind the last, which may have no break. */
static void
startline(struct splicer *sp)
{
	if (atlinestart(sp))
		return;
	newline(sp);
	sp->atend = sp->atend || openend(sp);
}

/* The node at a place with all changes in it. */
static struct node
edited(struct splicer *sp, const struct place *p)
{
	size_t cap = (size_t)p->node->n + p->ninserts, i, k = 0, n = 0;
	struct shape *shape = &sp->tree->root;
	struct node *nodes, node;
	uint32_t *keyat;

	if (p->value)
		return *p->value;
	if (!p->touched || p->node->kind == NODE_SCALAR)
		return *p->node;
	nodes = arena_array(sp->places->arena, cap, sizeof(*nodes));
	keyat = arena_array(sp->places->arena, cap, sizeof(*keyat));
	for (i = 0; i <= p->node->n; i++) {
		for (; k < p->ninserts && p->inserts[k].index == i; k++) {
			if (p->node->kind == NODE_MAP)
				shape = tree_extend(sp->tree, shape, p->inserts[k].key);
			nodes[n++] = p->inserts[k].node;
		}
		if (i == p->node->n || p->children[i].removed)
			continue;
		if (p->node->kind == NODE_MAP)
			shape = tree_extend(sp->tree, shape, node_key(p->node, i));
		nodes[n++] = edited(sp, &p->children[i]);
	}
	if (p->node->kind == NODE_MAP)
		return tree_map(sp->tree, shape, nodes, keyat, p->node->at);
	node = *p->node;
	node.p = nodes;
	node.n = n & NODE_MAX;
	return node;
}

/* Aliases */

/* Whether a map that stands under a merge key has a key. */
static bool
brings(const struct splicer *sp, uint32_t site, struct str key)
{
	const struct site *s = &sp->places->sites[site];
	uint32_t k;

	if (s->kind == SITE_ALIAS)
		return brings(sp, s->target, key);
	if (s->kind == SITE_LIST) {
		for (k = site + 1; k < s->next; k = sp->places->sites[k].next)
			if (brings(sp, k, key))
				return true;
	} else if (s->kind == SITE_MAP) {
		for (k = site + 1; k < s->next; k = sp->places->sites[k + 1].next)
			if (streq(sp->places->sites[k].text, key) ||
				(streqs(sp->places->sites[k].text, "<<") && brings(sp, k + 1, key)))
				return true;
	}
	return false;
}

/* Whether a key goes that a merge key brings, or would bring again: then what that brings must be written out. */
static bool
unmerged(const struct splicer *sp, const struct place *p)
{
	const struct site *s = &sp->places->sites[p->site];
	uint32_t i, k;

	if (p->node->kind != NODE_MAP || s->kind != SITE_MAP)
		return false;
	for (i = p->own; i < p->node->n; i++)
		if (p->children[i].removed)
			return true;
	for (i = 0; i < p->own; i++) {
		if (!p->children[i].removed)
			continue;
		for (k = p->site + 1; k < s->next; k = sp->places->sites[k + 1].next)
			if (streqs(sp->places->sites[k].text, "<<") && brings(sp, k + 1, node_key(p->node, i)))
				return true;
	}
	return false;
}

/* Whether an edit changes what stands at a site, or takes it away. */
static bool
affected(const struct splicer *sp, uint32_t site)
{
	const struct place *p = sp->places->bysite[site];
	uint32_t s = site;

	if (p && p->touched)
		return true;
	for (; !p; p = sp->places->bysite[s]) {
		s = sp->places->sites[s].parent;
		if (sp->places->bysite[s] && unmerged(sp, sp->places->bysite[s]))
			return true;
	}
	for (; p; p = p->parent)
		if (p->removed || p->value)
			return true;
	return false;
}

static struct node sitenode(struct splicer *, uint32_t);

/* The members of a map that is put together. */
struct members_of {
	struct str *keys;
	struct node *nodes;
	size_t n, keycap, nodecap;
};

static void
addmember(struct members_of *m, struct str key, const struct node *node)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		if (streq(m->keys[i], key))
			return;
	m->keys = xgrow(m->keys, m->n, &m->keycap, sizeof(*m->keys));
	m->nodes = xgrow(m->nodes, m->n, &m->nodecap, sizeof(*m->nodes));
	m->keys[m->n] = key;
	m->nodes[m->n++] = *node;
}

/* Add the members of a map, or of the maps of a list, but for those that are there. */
static void
addmembers(struct members_of *m, const struct node *from)
{
	size_t i;

	for (i = 0; i < from->n; i++) {
		if (from->kind == NODE_MAP)
			addmember(m, node_key(from, i), node_item(from, i));
		else if (from->kind == NODE_LIST && node_item(from, i)->kind == NODE_MAP)
			addmembers(m, node_item(from, i));
	}
}

/* The map at a site: its own keys, then those that are merged. */
static struct node
sitemap(struct splicer *sp, uint32_t site)
{
	const struct site *sites = sp->places->sites;
	struct shape *shape = &sp->tree->root;
	struct members_of m = {0};
	struct node node;
	uint32_t k, *keyat;
	size_t i;
	int merged;

	for (merged = 0; merged < 2; merged++) {
		for (k = site + 1; k < sites[site].next; k = sites[k + 1].next) {
			if (streqs(sites[k].text, "<<") != merged)
				continue;
			node = sitenode(sp, k + 1);
			if (merged)
				addmembers(&m, &node);
			else
				addmember(&m, sites[k].text, &node);
		}
	}
	keyat = arena_array(sp->places->arena, m.n, sizeof(*keyat));
	for (i = 0; i < m.n; i++)
		shape = tree_extend(sp->tree, shape, m.keys[i]);
	node = tree_map(sp->tree, shape, m.nodes, keyat, 0);
	free(m.keys);
	free(m.nodes);
	return node;
}

/* What stood at a site. */
static struct node
sitenode(struct splicer *sp, uint32_t site)
{
	const struct site *sites = sp->places->sites, *s = &sites[site];
	struct node *items;
	uint32_t k, n = 0;

	if (s->kind == SITE_ALIAS)
		return sitenode(sp, s->target);
	if (s->kind < SITE_ALIAS)
		return (struct node){.p = s->text.s, .n = s->text.n & NODE_MAX, .kind = NODE_SCALAR};
	if (s->kind == SITE_MAP)
		return sitemap(sp, site);
	for (k = site + 1; k < s->next; k = sites[k].next)
		n++;
	items = arena_array(sp->places->arena, n, sizeof(*items));
	for (k = site + 1, n = 0; k < s->next; k = sites[k].next)
		items[n++] = sitenode(sp, k);
	return (struct node){.p = items, .n = n & NODE_MAX, .kind = NODE_LIST};
}

static void
addpatch(struct splicer *sp, uint32_t at, uint32_t end, struct str text)
{
	sp->patches = xgrow(sp->patches, sp->npatches, &sp->cappatches, sizeof(*sp->patches));
	sp->patches[sp->npatches++] = (struct patch){at, end, text};
}

/* Aliases of what is changed are written out. */
static void
patchaliases(struct splicer *sp)
{
	const struct site *s;
	struct model none = {0};
	struct node node;
	struct buf b = {0};
	uint32_t i;

	for (i = 0; i < sp->places->nsites; i++) {
		s = &sp->places->sites[i];
		if (s->kind != SITE_ALIAS || !affected(sp, s->target))
			continue;
		node = sitenode(sp, s->target);
		b.n = 0;
		style_flow(&sp->style, &b, &node, &none);
		addpatch(sp, s->at, s->end, (struct str){arena_copy(sp->places->arena, b.s, b.n), b.n});
	}
	buf_free(&b);
}

/* Members */

static int
orderparts(const void *a, const void *b)
{
	const struct newpart *x = a, *y = b;

	if (x->index != y->index)
		return x->index < y->index ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static void
addnew(struct group *g, size_t index, struct str key, const struct node *node)
{
	g->news[g->nnews] = (struct newpart){index, g->nnews, key, node};
	g->nnews++;
}

static struct node *
editedcopy(struct splicer *sp, const struct place *p)
{
	struct node *node = arena_alloc(sp->places->arena, sizeof(*node));

	*node = edited(sp, p);
	return node;
}

/* Find what is to be added. partof says which part is which child. */
static void
findnews(struct splicer *sp, struct group *g, const size_t *partof, size_t mergekey)
{
	struct place *p = g->place;
	bool expand = g->map && unmerged(sp, p);
	size_t i, at;

	g->news = arena_array(sp->places->arena, (size_t)p->ninserts + p->node->n, sizeof(*g->news));
	for (i = 0; i < p->ninserts; i++) {
		at = p->inserts[i].index;
		if (g->map && at > p->own)
			at = g->n;
		else if (g->map)
			at = at == 0 ? 0 : partof[at - 1] + 1;
		addnew(g, at, p->inserts[i].key, &p->inserts[i].node);
	}
	for (i = g->map ? p->own : p->node->n; i < p->node->n; i++) {
		if (p->children[i].removed || !(expand || p->children[i].touched))
			continue;
		addnew(g, expand ? mergekey : g->n, node_key(p->node, i), editedcopy(sp, &p->children[i]));
	}
	for (i = 0; i < g->n && expand; i++)
		g->parts[i].removed = g->parts[i].removed || !g->parts[i].place;
	qsort(g->news, g->nnews, sizeof(*g->news), orderparts);
}

/* Find the members of a list or map in the text. */
static void
findparts(struct splicer *sp, struct group *g)
{
	const struct site *sites = sp->places->sites, *s = g->site;
	uint32_t site = (uint32_t)(s - sites), k, value, at = site_body(sp->places, s);
	size_t own = 0, cap = 0, mergekey = 0, *partof;
	struct part *part;

	g->map = s->kind == SITE_MAP;
	for (k = site + 1; k < s->next; k = sites[g->map ? k + 1 : k].next)
		cap++;
	g->parts = arena_array(sp->places->arena, cap, sizeof(*g->parts));
	partof = arena_array(sp->places->arena, cap + 1, sizeof(*partof));
	at = s->flow ? text_token(sp->text, at + 1) : at;
	for (k = site + 1; k < s->next; k = sites[value].next) {
		value = g->map ? k + 1 : k;
		part = &g->parts[g->n];
		part->head = at;
		part->place = sp->places->bysite[value];
		part->removed = part->place && part->place->removed;
		part->mark = s->flow ? at : at + 1;
		part->end = sites[value].end;
		if (g->map) {
			/* a value that is absent without a colon ends where the key does */
			at = text_token(sp->text, sites[k].end);
			part->colon = at < part->end && sp->text.s[at] == ':';
			part->mark = part->colon ? at + 1 : sites[k].end;
		}
		if (part->place)
			partof[own++] = g->n;
		else
			mergekey = g->n;
		g->n++;
		at = text_token(sp->text, part->end);
		if (s->flow && at < sp->text.n && sp->text.s[at] == ',')
			at = text_token(sp->text, at + 1);
	}
	g->column = g->n > 0 && !s->flow ? text_column(sp->text, g->parts[0].head) : 0;
	findnews(sp, g, partof, mergekey);
}

/* Whether a part, or one before it that is not removed, ends with blank lines that are kept: another would be added. */
static bool
keepsblanks(const struct splicer *sp, const struct group *g, size_t i)
{
	const struct site *s;
	uint32_t k, header;

	for (; i > 0 && g->parts[i - 1].removed; i--)
		;
	if (i == 0 || !g->parts[i - 1].place || g->parts[i - 1].place->value)
		return false;
	k = g->parts[i - 1].place->site;
	/* the last in it */
	k = sp->places->sites[k].next - 1;
	s = &sp->places->sites[k];
	if (s->kind != SITE_LITERAL && s->kind != SITE_FOLDED)
		return false;
	for (header = site_body(sp->places, s) + 1; header < sp->text.n && strchr("-123456789", sp->text.s[header]);)
		header++;
	return header < sp->text.n && sp->text.s[header] == '+';
}

static uint32_t
previousline(struct str t, uint32_t linestart)
{
	return text_linestart(t, linestart - 1);
}

static uint32_t
commentcolumn(struct str t, uint32_t linestart)
{
	return text_skipblanks(t, linestart) - linestart;
}

/* Where the comment begins that stands directly above a line and is not indented more than column. */
static uint32_t
lead(struct str t, uint32_t line, uint32_t column, uint32_t bound)
{
	uint32_t above;

	while (line > bound) {
		above = previousline(t, line);
		if (above < bound || !text_commentline(t, above) || commentcolumn(t, above) > column)
			break;
		line = above;
	}
	return line;
}

/* Behind the last line of a part, with the comments that are indented more; at the end of all with those beside it. */
static uint32_t
tail(const struct splicer *sp, const struct group *g, size_t i, bool beside)
{
	struct str t = sp->text;
	uint32_t line = text_nextline(t, g->parts[i].end), end = line, token = text_token(t, line),
		 stop = (uint32_t)t.n;
	bool blank = false;

	if (!text_startsline(t, line))
		return line;
	if (token < t.n)
		stop = lead(t, text_linestart(t, token), text_column(t, token), line);
	for (; line < stop; line = text_nextline(t, line)) {
		if (text_blankline(t, line)) {
			blank = true;
			continue;
		}
		if (commentcolumn(t, line) < g->column + !(beside && !blank && i == g->n - 1))
			break;
		end = text_nextline(t, line);
		if (text_nextline(t, line) == line)
			break;
	}
	return end;
}

/* Where lines go that are to stand before part i. */
static uint32_t
before(const struct splicer *sp, const struct group *g, size_t i)
{
	uint32_t line = text_linestart(sp->text, g->parts[i].head);
	uint32_t bound = i > 0 ? tail(sp, g, i - 1, false) : 0;

	return lead(sp->text, line, g->column, bound);
}

/* Whether the gap before part i has a blank line. */
static bool
gapblank(const struct splicer *sp, const struct group *g, size_t i)
{
	uint32_t line, end = g->parts[i].head;

	for (line = text_nextline(sp->text, g->parts[i - 1].end); line < end; line = text_nextline(sp->text, line))
		if (text_blankline(sp->text, line))
			return true;
	return false;
}

/* Whether blank lines are usual here: between all keys of a map, or most of the nearest items. */
static bool
wantsblank(const struct splicer *sp, const struct group *g, size_t i)
{
	size_t k, blank = 0, all = 0, from = i > 2 && !g->map ? i - 2 : 1, to = g->map ? g->n : i + 3;

	for (k = from > 0 ? from : 1; k < to && k < g->n; k++) {
		all++;
		blank += gapblank(sp, g, k);
	}
	return g->map ? all > 0 && blank == all : blank * 2 > all;
}

/* The text of a new member of a block, without its first indentation. */
static void
writenew(struct splicer *sp, const struct group *g, const struct newpart *new, struct buf *b)
{
	struct model m = style_model(
		g->place, g->map ? (new->index < g->place->own ? new->index : g->place->own) : new->index, new->key);
	size_t start = b->n;

	if (g->map) {
		style_key(&sp->style, b, new->key, g->place, false);
		buf_addch(b, ':');
	} else {
		buf_addch(b, '-');
	}
	style_value(&sp->style, b, new->node, &m, g->column,
		g->column + (uint32_t)utf8_count(b->s + start, b->n - start), !g->map);
}

/* Whether a text ends with a line feed that belongs to a literal scalar. */
static bool
endsliteral(const struct node *n)
{
	while (n->kind != NODE_SCALAR && n->n > 0)
		n = node_item(n, n->n - 1);
	return n->kind == NODE_SCALAR && n->n > 0 && ((const char *)n->p)[n->n - 1] == '\n';
}

/* Add lines for a new member. If the line is begun (the first member stands on that of its parent), they go there, and
 * another line is begun. */
static void
insertlines(struct splicer *sp, const struct group *g, const struct newpart *new, bool begun)
{
	size_t i = new->index;
	bool behind = g->map ? i > 0 : i == g->n, blank, end;

	if (begun) {
		copyto(sp, g->parts[0].head);
		writenew(sp, g, new, sp->out);
		newline(sp);
		addblanks(sp, g->column);
		return;
	}
	blank = wantsblank(sp, g, i);
	copyto(sp, behind ? tail(sp, g, i - 1, true) : before(sp, g, i));
	end = openend(sp);
	startline(sp);
	if (blank && i > 0 && !atblank(sp) && !keepsblanks(sp, g, i))
		newline(sp);
	addblanks(sp, g->column);
	writenew(sp, g, new, sp->out);
	if (!end || endsliteral(new->node))
		newline(sp);
	if (blank && !behind)
		newline(sp);
}

/* Whether anything is left behind part i. */
static bool
follows(const struct group *g, size_t i)
{
	size_t k;

	for (k = i + 1; k < g->n; k++)
		if (!g->parts[k].removed)
			return true;
	return g->nnews > 0 && g->news[g->nnews - 1].index > i;
}

static void
skipblanklines(struct splicer *sp)
{
	while (sp->cur < sp->text.n && text_blankline(sp->text, sp->cur))
		skipto(sp,
			text_nextline(sp->text, sp->cur) > sp->cur ? text_nextline(sp->text, sp->cur)
								   : (uint32_t)sp->text.n);
}

/* Leave a line that is begun empty but for what it begins with. */
static void
endbegun(struct splicer *sp, bool *begun)
{
	if (!*begun)
		return;
	trimblanks(sp);
	startline(sp);
	*begun = false;
}

/* Leave out the lines of a part, and with them the blank line that set it apart. Comments above it stay. */
static void
removelines(struct splicer *sp, const struct group *g, size_t i, bool *begun)
{
	uint32_t line = text_linestart(sp->text, g->parts[i].head), above, bound;
	bool blank = false, comment = false;

	if (*begun)
		copyto(sp, g->parts[0].head);
	if (*begun && (i == 0 || !text_hascomment(sp->text, sp->cur, g->parts[i].head))) {
		skipto(sp, tail(sp, g, i, false));
		return;
	}
	endbegun(sp, begun);
	bound = i > 0 ? text_nextline(sp->text, g->parts[i - 1].end) : 0;
	bound = bound > sp->cur ? bound : sp->cur;
	if (line > bound) {
		above = previousline(sp->text, line);
		blank = text_blankline(sp->text, above);
		comment = text_commentline(sp->text, above);
	}
	/* of the last the blank lines above go, of others those below */
	while (blank && i > 0 && !follows(g, i) && line > bound &&
		text_blankline(sp->text, previousline(sp->text, line)))
		line = previousline(sp->text, line);
	copyto(sp, line);
	blank = blank || atblank(sp);
	skipto(sp, tail(sp, g, i, false));
	if (!comment && (keepsblanks(sp, g, i) || (i + 1 < g->n && (blank || i == 0))))
		skipblanklines(sp);
}

/* What is left of a list or map in a block without members: brackets where it began. */
static void
emptyblock(struct splicer *sp, const struct group *g, struct context c, bool begun)
{
	const char *brackets = g->map ? "{}" : "[]";
	uint32_t at = g->site->anchored ? site_anchorend(sp->places, g->site) : c.mark;
	size_t i;
	bool no = false;

	if (begun || c.mark == NOSITE) {
		copyto(sp, g->parts[0].head);
		buf_adds(sp->out, brackets);
		skipto(sp, text_lineend(sp->text, g->parts[0].end));
	} else {
		copyto(sp, at);
		buf_printf(sp->out, " %s", brackets);
	}
	for (i = 0; i < g->n; i++)
		if (g->parts[i].head >= sp->cur)
			removelines(sp, g, i, &no);
}

static struct context
contextof(const struct group *g, size_t i)
{
	const struct part *p = &g->parts[i];

	return (struct context){p->mark, g->column, !g->map, g->site->flow, p->colon || !g->map};
}

static void
renderblock(struct splicer *sp, struct place *p, struct context c)
{
	struct group g = {.place = p, .site = &sp->places->sites[p->site]};
	size_t i, k = 0, left = 0;
	bool begun;

	findparts(sp, &g);
	for (i = 0; i < g.n; i++)
		left += !g.parts[i].removed;
	begun = !text_first(sp->text, g.parts[0].head);
	if (left + g.nnews == 0) {
		emptyblock(sp, &g, c, begun);
		return;
	}
	for (i = 0;; i++) {
		for (; k < g.nnews && g.news[k].index == i; k++)
			insertlines(sp, &g, &g.news[k], begun);
		if (i == g.n)
			break;
		if (g.parts[i].removed) {
			removelines(sp, &g, i, &begun);
			continue;
		}
		if (begun && sp->cur > g.parts[0].head) {
			/* the place of the first is free */
			if (!text_hascomment(sp->text, sp->cur, g.parts[i].head))
				skipto(sp, g.parts[i].head);
			else
				endbegun(sp, &begun);
		}
		begun = false;
		if (g.parts[i].place && g.parts[i].place->touched)
			render(sp, g.parts[i].place, contextof(&g, i));
	}
	if (begun) {
		trimblanks(sp);
		if (openend(sp) && !endsliteral(g.news[g.nnews - 1].node))
			sp->out->n -= sp->style.newline.n;
	}
}

/* Brackets */

/* What separates a new member from its neighbour: a blank, or a line break if its neighbours have lines of their own.
 */
static void
separate(struct splicer *sp, const struct group *g, uint32_t beside, bool lines)
{
	if (lines) {
		newline(sp);
		addblanks(sp, text_column(sp->text, beside));
	} else if (g->n > 0 || sp->out->s[sp->out->n - 1] == ',') {
		buf_addch(sp->out, ' ');
	}
}

static void
flownew(struct splicer *sp, const struct group *g, const struct newpart *new, struct buf *b)
{
	struct model m = style_model(
		g->place, g->map ? (new->index < g->place->own ? new->index : g->place->own) : new->index, new->key);

	if (g->map) {
		style_key(&sp->style, b, new->key, g->place, true);
		buf_adds(b, ": ");
	}
	style_flow(&sp->style, b, new->node, &m);
}

/* Leave out a part that another follows, with its comma. */
static void
removemember(struct splicer *sp, const struct group *g, size_t i)
{
	uint32_t at = g->parts[i].head, next = g->parts[i + 1].head, comma = text_token(sp->text, g->parts[i].end) + 1;

	if (sp->cur == at || (!text_hascomment(sp->text, comma, next) && !text_hasbreak(sp->text, comma, next))) {
		/* a new member has taken the line, or there is nothing else to keep */
		copyto(sp, at);
		skipto(sp, next);
	} else if (text_first(sp->text, at) && text_lineend(sp->text, comma) < next) {
		copyto(sp, text_linestart(sp->text, at));
		skipto(sp, text_nextline(sp->text, comma));
	} else {
		copyto(sp, at);
		skipto(sp, text_skipblanks(sp->text, comma));
	}
}

/* Add members behind the last, which stays. */
static void
appendmembers(struct splicer *sp, const struct group *g, size_t k)
{
	const struct part *last = &g->parts[g->n - 1];
	uint32_t after = text_token(sp->text, last->end), close = g->site->end - 1, eol;
	bool comma = sp->text.s[after] == ',', lines;
	struct buf b = {0};

	copyto(sp, comma ? after + 1 : last->end);
	eol = text_lineend(sp->text, sp->cur);
	lines = text_first(sp->text, last->head) || (eol < close && text_hascomment(sp->text, sp->cur, eol));
	/* a comma directly behind a colon would belong to the text */
	if (!comma && sp->text.s[last->end - 1] == ':')
		buf_addch(sp->out, ' ');
	if (!comma)
		buf_addch(sp->out, ',');
	if (lines && eol < close)
		copyto(sp, eol);
	for (; k < g->nnews; k++) {
		b.n = 0;
		flownew(sp, g, &g->news[k], &b);
		separate(sp, g, g->parts[0].head, lines || outcolumn(sp) + 1 + utf8_count(b.s, b.n) > WIDTH);
		buf_addstr(sp->out, buf_str(&b));
		if (comma || k + 1 < g->nnews)
			buf_addch(sp->out, ',');
	}
	buf_free(&b);
}

/* Leave out all parts behind number i, which stays. */
static void
removerest(struct splicer *sp, const struct group *g, size_t i)
{
	uint32_t comma = text_token(sp->text, g->parts[i].end), head = g->parts[i + 1].head;
	uint32_t end = g->parts[g->n - 1].end, after = text_token(sp->text, end);
	bool keep = sp->text.s[after] == ',';

	end = keep ? after + 1 : end;
	copyto(sp, comma + keep);
	skipto(sp, comma + 1);
	if (text_hascomment(sp->text, sp->cur, head)) {
		copyto(sp, text_first(sp->text, head) ? text_linestart(sp->text, head) : head);
		if (text_first(sp->text, head) && text_lineend(sp->text, end) < g->site->end)
			end = text_nextline(sp->text, end);
		else if (text_first(sp->text, head))
			copyto(sp, head);
	} else if (text_lineend(sp->text, end) < g->site->end) {
		end = text_lineend(sp->text, end);
	}
	skipto(sp, end);
}

/* Put members in the place of the parts from number i to the end. */
static void
replacerest(struct splicer *sp, const struct group *g, size_t i, size_t k)
{
	bool first = true;

	copyto(sp, g->parts[i].head);
	for (; k < g->nnews; k++) {
		if (!first) {
			buf_addch(sp->out, ',');
			separate(sp, g, g->parts[i].head, text_first(sp->text, g->parts[i].head));
		}
		first = false;
		flownew(sp, g, &g->news[k], sp->out);
	}
	skipto(sp, g->parts[g->n - 1].end);
}

/* Members for brackets that are empty. */
static void
fill(struct splicer *sp, const struct group *g)
{
	uint32_t open = site_body(sp->places, g->site) + 1, close = g->site->end - 1;
	size_t k;

	copyto(sp, open);
	if (text_hascomment(sp->text, open, close))
		copyto(sp, close);
	for (k = 0; k < g->nnews; k++) {
		if (k > 0)
			buf_adds(sp->out, ", ");
		flownew(sp, g, &g->news[k], sp->out);
	}
	skipto(sp, close);
}

static void
renderflow(struct splicer *sp, struct place *p)
{
	struct group g = {.place = p, .site = &sp->places->sites[p->site]};
	size_t i, k = 0, stay = 0;

	findparts(sp, &g);
	for (i = 0; i < g.n; i++)
		stay = g.parts[i].removed ? stay : i + 1;
	if (g.n == 0) {
		fill(sp, &g);
		return;
	}
	for (i = 0; i < stay; i++) {
		for (; k < g.nnews && g.news[k].index == i; k++) {
			copyto(sp, g.parts[i].head);
			flownew(sp, &g, &g.news[k], sp->out);
			buf_addch(sp->out, ',');
			separate(sp, &g, g.parts[i].head, text_first(sp->text, g.parts[i].head));
		}
		if (g.parts[i].removed)
			removemember(sp, &g, i);
		else if (g.parts[i].place && g.parts[i].place->touched)
			render(sp, g.parts[i].place, contextof(&g, i));
	}
	if (k < g.nnews && stay == g.n) {
		appendmembers(sp, &g, k);
	} else if (k < g.nnews) {
		replacerest(sp, &g, stay, k);
	} else if (stay == 0) {
		copyto(sp, site_body(sp->places, g.site) + 1);
		skipto(sp, g.site->end - 1);
	} else if (stay < g.n) {
		removerest(sp, &g, stay - 1);
	}
}

/* Values */

static struct model
modelof(struct splicer *sp, const struct place *p)
{
	struct model m = {0};
	const struct site *s = &sp->places->sites[p->site];
	const struct place *target;

	if (p->parent)
		m = style_model(p->parent, place_index(p),
			p->parent->node->kind == NODE_MAP ? node_key(p->parent->node, place_index(p))
							  : (struct str){NULL, 0});
	target = s->kind == SITE_ALIAS ? sp->places->bysite[s->target] : p;
	if (target)
		model_first(&m, target);
	return m;
}

static void
replaceflow(struct splicer *sp, struct place *p, struct context c, const struct node *node)
{
	const struct site *s = &sp->places->sites[p->site];
	bool scalars = s->kind < SITE_ALIAS && node->kind == NODE_SCALAR;
	struct model m = modelof(sp, p);
	struct scalarform f = {.newline = sp->style.newline, .flow = true};

	f.kind = style_kind(&sp->style, s->kind, scalars ? node_str(node) : (struct str){"", 0});
	if (!c.colon) {
		copyto(sp, c.mark);
		buf_adds(sp->out, ": ");
	} else {
		copyto(sp, scalars ? site_body(sp->places, s) : s->at);
		if (s->at == s->end || (s->anchored && site_body(sp->places, s) == s->end))
			buf_addch(sp->out, ' ');
	}
	if (scalars && s->text.n > 0)
		scalar_write(sp->out, node_str(node), &f);
	else
		style_flow(&sp->style, sp->out, node, &m);
	skipto(sp, s->end);
}

/* Whether lines with such an indentation would take the comment that follows for text. */
static bool
swallows(const struct splicer *sp, uint32_t end, uint32_t indent)
{
	uint32_t line = text_nextline(sp->text, end);

	while (line < sp->text.n && text_blankline(sp->text, line) && text_nextline(sp->text, line) > line)
		line = text_nextline(sp->text, line);
	return line < sp->text.n && text_commentline(sp->text, line) && commentcolumn(sp->text, line) >= indent;
}

/* A scalar in the place of another, in its style. */
static void
writelike(struct splicer *sp, const struct site *s, struct context c, struct str text, const struct model *m,
	struct buf *b)
{
	struct str t = sp->text;
	uint32_t body = site_body(sp->places, s), second = text_nextline(t, body);
	uint32_t width = style_width(&sp->style, m), line = text_linestart(t, body);
	struct scalarform f = {.newline = sp->style.newline, .kind = s->kind, .width = width ? width : WIDTH};

	f.column = (uint32_t)utf8_count(t.s + line, body - line);
	f.indent = style_indent(&sp->style, c.mark == NOSITE ? 0 : c.column, c.item);
	f.wrap = second < s->end && s->kind < SITE_LITERAL;
	while (second < s->end && text_blankline(t, second) && text_nextline(t, second) > second)
		second = text_nextline(t, second);
	if (second < s->end && text_indent(t, second) > (c.mark == NOSITE ? 0 : c.column))
		f.indent = text_indent(t, second);
	f.flow = sp->style.oneline;
	if (s->kind == SITE_PLAIN && !f.wrap && width > 0 && f.column + utf8_count(text.s, text.n) > width &&
		scalar_folds(text))
		f.kind = SITE_FOLDED;
	scalar_write(b, text, &f);
}

/* The comment at the end of the first line of a block scalar. */
static struct str
headercomment(const struct splicer *sp, const struct site *s)
{
	uint32_t at = site_body(sp->places, s), end = text_lineend(sp->text, at);

	if (s->kind != SITE_LITERAL && s->kind != SITE_FOLDED)
		return (struct str){"", 0};
	while (at < end && sp->text.s[at] != '#')
		at++;
	return (struct str){sp->text.s + at, end - at};
}

/* Put a node in the place of a scalar, an alias or something in brackets. The text begins with a blank or a line
 * break; what follows the first line goes behind the comment at the end of the line. */
static void
replaceinline(struct splicer *sp, const struct site *s, struct context c, struct str text, bool keep)
{
	uint32_t at = keep ? site_body(sp->places, s) : s->at, first = text_lineend(text, 0);
	struct str comment = headercomment(sp, s);
	bool below = first == 0 && text_hasbreak(sp->text, c.mark, at);

	/* a comment cannot stand inside what is folded without a header */
	if (keep && text.n > 0 && !strchr("|>", text.s[0]))
		first = (uint32_t)text.n;
	if (below) {
		/* a comment above the old value stays above the new one */
		copyto(sp,
			text_hascomment(sp->text, c.mark, at)
				? text_lineend(sp->text, previousline(sp->text, text_linestart(sp->text, at)))
				: c.mark);
		skipto(sp, s->end);
		if (text_skipblanks(sp->text, s->end) < text_lineend(sp->text, s->end)) {
			newline(sp);
			addblanks(sp, c.column + 1);
			skipto(sp, text_skipblanks(sp->text, s->end));
		}
	} else if (keep && s->end > at) {
		copyto(sp, at);
		buf_add(sp->out, text.s, first);
	} else {
		copyto(sp, c.mark);
		buf_add(sp->out, text.s, first);
	}
	skipto(sp, s->end);
	if (comment.n > 0) {
		buf_addch(sp->out, ' ');
		buf_addstr(sp->out, comment);
	}
	if (first < text.n) {
		copyto(sp, text_lineend(sp->text, sp->cur));
		buf_add(sp->out, text.s + first, text.n - first);
	}
}

/* Put a node in the place of a list or map in a block. */
static void
replaceblock(struct splicer *sp, const struct site *s, struct context c, struct str text, bool scalar)
{
	uint32_t head = site_body(sp->places, s), first = text_lineend(text, 0), eol = text_lineend(sp->text, c.mark);
	bool below = text_hasbreak(sp->text, c.mark, head);

	copyto(sp, c.mark);
	buf_add(sp->out, text.s, first);
	if (below) {
		if (s->anchored)
			skipto(sp, site_anchorend(sp->places, s));
		copyto(sp, eol);
		if (!scalar && text_hascomment(sp->text, eol, head))
			copyto(sp, text_lineend(sp->text, previousline(sp->text, text_linestart(sp->text, head))));
	}
	buf_add(sp->out, text.s + first, text.n - first);
	skipto(sp, text_lineend(sp->text, s->end));
}

static void
replace(struct splicer *sp, struct place *p, struct context c, const struct node *node)
{
	const struct site *s = &sp->places->sites[p->site];
	bool scalars = s->kind < SITE_ALIAS && node->kind == NODE_SCALAR, like = scalars && s->text.n > 0;
	struct model m = modelof(sp, p);
	struct buf b = {0};
	bool end;

	if (c.flow) {
		replaceflow(sp, p, c, node);
		return;
	}
	sp->style.oneline = c.mark == NOSITE || swallows(sp, s->end, style_indent(&sp->style, c.column, c.item));
	if (c.mark == NOSITE) {
		copyto(sp, site_body(sp->places, s));
		writelike(sp, s, c, node_str(node), &m, &b);
		buf_addstr(sp->out, buf_str(&b));
		skipto(sp, s->end);
	} else if (!c.colon) {
		copyto(sp, text_lineend(sp->text, c.mark));
		startline(sp);
		addblanks(sp, c.column);
		buf_addch(sp->out, ':');
		style_value(&sp->style, sp->out, node, &m, c.column, c.column + 1, c.item);
	} else {
		if (like)
			writelike(sp, s, c, node_str(node), &m, &b);
		else
			style_value(&sp->style, &b, node, &m, c.column, text_column(sp->text, c.mark), c.item);
		end = text_lineend(sp->text, s->end) == sp->text.n;
		if (site_block(s))
			replaceblock(sp, s, c, buf_str(&b), node->kind == NODE_SCALAR);
		else if (scalars && s->anchored && s->text.n == 0)
			replaceinline(sp, s, (struct context){.mark = s->end}, buf_str(&b), false);
		else
			replaceinline(sp, s, c, buf_str(&b), like);
		if (end && endsliteral(node) && !atlinestart(sp))
			newline(sp);
	}
	sp->style.oneline = false;
	buf_free(&b);
}

static void
render(struct splicer *sp, struct place *p, struct context c)
{
	const struct site *s = &sp->places->sites[p->site];
	struct node node;
	struct model m;

	if (p->value) {
		replace(sp, p, c, p->value);
		return;
	}
	if (s->kind == SITE_ALIAS || (s->flow && !site_braces(sp->places, s))) {
		node = edited(sp, p);
		replace(sp, p, c, &node);
		return;
	}
	if (s->flow && !c.flow && p->node->n == 0 && c.mark != NOSITE) {
		m = modelof(sp, p);
		node = edited(sp, p);
		if (!style_inline(&sp->style, &node, &m, text_column(sp->text, s->at))) {
			replace(sp, p, c, &node);
			return;
		}
	}
	if (site_block(s))
		renderblock(sp, p, c);
	else
		renderflow(sp, p);
}

static int
orderpatches(const void *a, const void *b)
{
	const struct patch *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

static void
renderall(struct splicer *sp)
{
	sp->cur = 0;
	sp->nextpatch = 0;
	if (sp->places->root->touched)
		render(sp, sp->places->root, (struct context){.mark = NOSITE, .colon = true});
	copyto(sp, (uint32_t)sp->text.n);
}

/* A block scalar at the end of a text whose last line has no break has no line feed at its end, and must not get one
 * from a line that is put behind it. */
static void
patchlast(struct splicer *sp)
{
	const struct site *s = &sp->places->sites[sp->places->nsites - 1];
	uint32_t at = site_body(sp->places, s) + 1, plus = at;

	if ((s->kind != SITE_LITERAL && s->kind != SITE_FOLDED) || s->end < sp->text.n)
		return;
	for (; strchr("+-123456789", sp->text.s[plus]) && sp->text.s[plus] != '+'; plus++)
		if (sp->text.s[plus] == '-')
			return;
	if (sp->text.s[plus] == '+')
		addpatch(sp, plus, plus + 1, LITERAL("-"));
	else
		addpatch(sp, at, at, LITERAL("-"));
}

/* Say of a place and all that it is in that something is changed there, or is not. */
static void
touch(struct place *p, bool touched)
{
	for (; p && (!touched || !p->touched); p = p->parent)
		p->touched = touched;
}

void
splice(struct places *p, struct tree *t, struct place *const *changed, size_t n, struct buf *out)
{
	struct splicer sp = {.places = p, .tree = t, .text = p->text, .out = out};
	size_t i, start = out->n;

	style_init(&sp.style, p);
	for (i = 0; i < n; i++)
		touch(changed[i], false);
	for (i = 0; i < n; i++)
		if (changed[i]->removed || changed[i]->value || changed[i]->ninserts > 0)
			touch(changed[i], true);
	patchaliases(&sp);
	renderall(&sp);
	if (sp.atend) {
		i = sp.npatches;
		patchlast(&sp);
		if (sp.npatches > i) {
			qsort(sp.patches, sp.npatches, sizeof(*sp.patches), orderpatches);
			out->n = start;
			renderall(&sp);
		}
	}
	free(sp.patches);
}
