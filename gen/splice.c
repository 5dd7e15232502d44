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
#include "splicer.h"
#include "block.h"
#include "bracket.h"
#include "group.h"
#include "splice.h"

/* Aliases */

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
		if (sp->places->bysite[s] && group_unmerged(sp, sp->places->bysite[s]))
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
		style_flow(sp->style, &b, &node, &none);
		splicer_patch(sp, s->at, s->end, (struct str){arena_copy(sp->places->arena, b.s, b.n), b.n});
	}
	buf_free(&b);
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
	struct scalarform f = {.newline = sp->style->newline, .flow = true};

	f.kind = style_kind(sp->style, s->kind, scalars ? node_str(node) : (struct str){"", 0});
	if (!c.colon) {
		splicer_copy(sp, c.mark);
		buf_adds(sp->out, ": ");
	} else {
		splicer_copy(sp, scalars ? site_body(sp->places, s) : s->at);
		splicer_inside(sp, sp->cur, s->end, text_column(sp->text, s->at));
		if (s->at == s->end || (s->anchored && site_body(sp->places, s) == s->end))
			buf_addch(sp->out, ' ');
	}
	if (scalars && s->text.n > 0)
		scalar_write(sp->out, node_str(node), &f);
	else
		style_flow(sp->style, sp->out, node, &m);
	splicer_skip(sp, s->end);
}

/* Whether lines with such an indentation would take the comment that follows for text. */
static bool
swallows(const struct splicer *sp, uint32_t end, uint32_t indent)
{
	uint32_t line = text_nextline(sp->text, end);

	while (line < sp->text.n && text_blankline(sp->text, line) && text_nextline(sp->text, line) > line)
		line = text_nextline(sp->text, line);
	return line < sp->text.n && text_commentline(sp->text, line) && text_commentcolumn(sp->text, line) >= indent;
}

/* How far the lines are indented of a scalar that takes the place of another: as the lines of that, if it has some. */
static uint32_t
likeindent(const struct splicer *sp, const struct site *s, struct context c)
{
	struct str t = sp->text;
	uint32_t second = text_nextline(t, site_body(sp->places, s));

	while (second < s->end && text_blankline(t, second) && text_nextline(t, second) > second)
		second = text_nextline(t, second);
	if (second < s->end && text_indent(t, second) > (c.mark == NOSITE ? 0 : c.column))
		return text_indent(t, second);
	return style_indent(sp->style, c.mark == NOSITE ? 0 : c.column, c.item);
}

/* A scalar in the place of another, in its style. */
static void
writelike(struct splicer *sp, const struct site *s, struct context c, struct str text, const struct model *m,
	struct buf *b)
{
	struct str t = sp->text;
	uint32_t body = site_body(sp->places, s), second = text_nextline(t, body);
	uint32_t width = style_width(sp->style, m), line = text_linestart(t, body);
	struct scalarform f = {.newline = sp->style->newline, .kind = s->kind, .width = width ? width : STYLE_WIDTH};

	f.column = (uint32_t)utf8_count(t.s + line, body - line);
	f.indent = likeindent(sp, s, c);
	f.wrap = second < s->end && s->kind < SITE_LITERAL;
	f.flow = sp->style->oneline;
	if (s->kind == SITE_PLAIN && !f.wrap && width > 0 && f.column + utf8_count(text.s, text.n) > width &&
		scalar_folds(text))
		f.kind = SITE_FOLDED;
	scalar_write(b, text, &f);
}

/* Write the comments of what is left out below the line that is being written, unless there are none. */
static void
writebelow(struct splicer *sp, uint32_t from, uint32_t to, uint32_t column)
{
	uint32_t at = from;

	if (places_comment(sp->places, &at, to).n == 0)
		return;
	splicer_copy(sp, text_lineend(sp->text, sp->cur));
	splicer_startline(sp);
	splicer_comments(sp, from, to, column);
}

/* Write the next comment of what is left out at the end of the line. Gives where the others begin. */
static uint32_t
writebeside(struct splicer *sp, uint32_t from, uint32_t to)
{
	struct str comment = places_comment(sp->places, &from, to);

	if (comment.n > 0)
		buf_addch(sp->out, ' ');
	buf_addstr(sp->out, comment);
	return from;
}

/* Put a node in the place of a scalar, an alias or something in brackets. The text begins with a blank or a line
 * break; what follows the first line goes behind the comment at the end of the line. Comments that were inside what
 * goes stand below, in that column, but for one that can stand at the end of the line. */
static void
replaceinline(struct splicer *sp, const struct site *s, struct context c, struct str text, bool keep, uint32_t column)
{
	uint32_t at = keep ? site_body(sp->places, s) : s->at, first = text_lineend(text, 0), from;
	bool below = first == 0 && text_hasbreak(sp->text, c.mark, at);

	/* a comment cannot stand inside what is folded without a header */
	if (keep && text.n > 0 && !strchr("|>", text.s[0]))
		first = (uint32_t)text.n;
	if (below) {
		/* a comment above the old value stays above the new one */
		splicer_copy(sp,
			text_hascomment(sp->text, c.mark, at)
				? text_lineend(sp->text, text_previousline(sp->text, text_linestart(sp->text, at)))
				: c.mark);
		from = sp->cur;
		splicer_skip(sp, s->end);
		if (text_skipblanks(sp->text, s->end) < text_lineend(sp->text, s->end)) {
			splicer_newline(sp);
			splicer_blanks(sp, c.column + 1);
			splicer_skip(sp, text_skipblanks(sp->text, s->end));
		}
	} else {
		splicer_copy(sp, keep && s->end > at ? at : c.mark);
		from = sp->cur;
		buf_add(sp->out, text.s, first);
		splicer_skip(sp, s->end);
	}
	if (text_blankline(sp->text, sp->cur))
		from = writebeside(sp, from, s->end);
	if (first < text.n) {
		splicer_copy(sp, text_lineend(sp->text, sp->cur));
		buf_add(sp->out, text.s + first, text.n - first);
	}
	writebelow(sp, from, s->end, column);
}

/* Put a node in the place of a list or map in a block, and the comments in that below it. */
static void
replaceblock(struct splicer *sp, const struct site *s, struct context c, struct str text, bool scalar, uint32_t column)
{
	uint32_t head = site_body(sp->places, s), first = text_lineend(text, 0), eol = text_lineend(sp->text, c.mark);
	uint32_t end = text_lineend(sp->text, s->end), from;
	bool below = text_hasbreak(sp->text, c.mark, head);

	splicer_copy(sp, c.mark);
	buf_add(sp->out, text.s, first);
	if (below) {
		if (s->anchored)
			splicer_skip(sp, site_anchorend(sp->places, s));
		splicer_copy(sp, eol);
		/* between two lines of an item a comment may become text */
		if (!scalar && (first == 0 || first == text.n) && text_hascomment(sp->text, eol, head))
			splicer_copy(sp,
				text_lineend(sp->text, text_previousline(sp->text, text_linestart(sp->text, head))));
	}
	buf_add(sp->out, text.s + first, text.n - first);
	from = sp->cur;
	splicer_skip(sp, end);
	if (!below && first == text.n)
		from = writebeside(sp, from, end);
	writebelow(sp, from, end, column);
}

static void
replace(struct splicer *sp, struct place *p, struct context c, const struct node *node)
{
	const struct site *s = &sp->places->sites[p->site];
	bool scalars = s->kind < SITE_ALIAS && node->kind == NODE_SCALAR, like = scalars && s->text.n > 0;
	struct model m = modelof(sp, p);
	struct buf b = {0};
	uint32_t column, indent;
	bool end;

	if (c.flow) {
		replaceflow(sp, p, c, node);
		return;
	}
	/* text in a list or map may stand anywhere behind the key */
	indent = node->kind == NODE_SCALAR ? style_indent(sp->style, c.column, c.item) : c.column + 1;
	if (like)
		indent = likeindent(sp, s, c);
	sp->style->oneline = c.mark == NOSITE || swallows(sp, s->end, indent);
	if (c.mark == NOSITE) {
		splicer_copy(sp, site_body(sp->places, s));
		writelike(sp, s, c, node_str(node), &m, &b);
		buf_addstr(sp->out, buf_str(&b));
		splicer_skip(sp, s->end);
	} else if (!c.colon) {
		splicer_copy(sp, text_lineend(sp->text, c.mark));
		splicer_startline(sp);
		splicer_blanks(sp, c.column);
		buf_addch(sp->out, ':');
		style_value(sp->style, sp->out, node, &m, c.column, c.column + 1, c.item);
	} else {
		if (like)
			writelike(sp, s, c, node_str(node), &m, &b);
		else
			style_value(sp->style, &b, node, &m, c.column, text_column(sp->text, c.mark), c.item);
		end = text_lineend(sp->text, s->end) == sp->text.n;
		/* there no text that is put here takes a comment in */
		column = c.item && node->kind != NODE_SCALAR ? c.column + 2 : c.column;
		if (site_block(s))
			replaceblock(sp, s, c, buf_str(&b), node->kind == NODE_SCALAR, column);
		else if (scalars && s->anchored && s->text.n == 0)
			replaceinline(sp, s, (struct context){.mark = s->end}, buf_str(&b), false, column);
		else
			replaceinline(sp, s, c, buf_str(&b), like, column);
		if (end && splicer_literal(node) && !splicer_atstart(sp))
			splicer_newline(sp);
	}
	sp->style->oneline = false;
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
	if (s->kind == SITE_ALIAS) {
		node = splicer_edited(sp, p);
		replace(sp, p, c, &node);
		return;
	}
	if (s->flow && !c.flow && p->node->n == 0 && c.mark != NOSITE) {
		m = modelof(sp, p);
		node = splicer_edited(sp, p);
		if (!style_inline(sp->style, &node, &m, text_column(sp->text, s->at))) {
			replace(sp, p, c, &node);
			return;
		}
	}
	if (site_block(s))
		block_render(sp, p, c);
	else
		bracket_render(sp, p);
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
	splicer_copy(sp, (uint32_t)sp->text.n);
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
		splicer_patch(sp, plus, plus + 1, LITERAL("-"));
	else
		splicer_patch(sp, at, at, LITERAL("-"));
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
	struct style style;
	struct splicer sp = {.places = p, .tree = t, .text = p->text, .out = out, .style = &style, .render = render};
	size_t i, start = out->n;

	style_init(&style, p);
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
