#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "tree.h"
#include "utf8.h"
#include "place.h"
#include "style.h"
#include "splicer.h"

void
splicer_copy(struct splicer *sp, uint32_t to)
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

void
splicer_skip(struct splicer *sp, uint32_t to)
{
	if (to > sp->cur)
		sp->cur = to;
}

void
splicer_newline(struct splicer *sp)
{
	buf_addstr(sp->out, sp->style->newline);
}

void
splicer_blanks(struct splicer *sp, uint32_t n)
{
	while (n-- > 0)
		buf_addch(sp->out, ' ');
}

void
splicer_trim(struct splicer *sp)
{
	struct buf *b = sp->out;

	while (b->n > 0 && (b->s[b->n - 1] == ' ' || b->s[b->n - 1] == '\t'))
		b->n--;
}

bool
splicer_atstart(const struct splicer *sp)
{
	struct str s = buf_str(sp->out);

	return text_startsline(s, (uint32_t)s.n);
}

bool
splicer_atblank(const struct splicer *sp)
{
	struct str s = buf_str(sp->out);

	return s.n == 0 || (splicer_atstart(sp) && text_blankline(s, text_linestart(s, (uint32_t)s.n - 1)));
}

uint32_t
splicer_column(const struct splicer *sp)
{
	struct str s = buf_str(sp->out);
	uint32_t start = (uint32_t)s.n;

	while (!text_startsline(s, start) && s.n - start < 4ul * STYLE_WIDTH)
		start--;
	return (uint32_t)utf8_count(s.s + start, s.n - start);
}

bool
splicer_openend(const struct splicer *sp)
{
	return sp->cur == sp->text.n && !text_startsline(sp->text, sp->cur);
}

void
splicer_startline(struct splicer *sp)
{
	if (splicer_atstart(sp))
		return;
	splicer_newline(sp);
	sp->atend = sp->atend || splicer_openend(sp);
}

bool
splicer_comments(struct splicer *sp, uint32_t from, uint32_t to, uint32_t column)
{
	struct str comment;
	bool any = false;

	while ((comment = places_comment(sp->places, &from, to)).n > 0) {
		if (any)
			splicer_newline(sp);
		else
			splicer_trim(sp);
		splicer_blanks(sp, splicer_atstart(sp) ? column : 1);
		buf_addstr(sp->out, comment);
		any = true;
	}
	return any;
}

void
splicer_inside(struct splicer *sp, uint32_t from, uint32_t to, uint32_t column)
{
	if (!splicer_comments(sp, from, to, column))
		return;
	splicer_newline(sp);
	splicer_blanks(sp, column);
}

struct node
splicer_edited(struct splicer *sp, const struct place *p)
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
		nodes[n++] = splicer_edited(sp, &p->children[i]);
	}
	if (p->node->kind == NODE_MAP)
		return tree_map(sp->tree, shape, nodes, keyat, p->node->at);
	node = *p->node;
	node.p = nodes;
	node.n = n & NODE_MAX;
	return node;
}

void
splicer_patch(struct splicer *sp, uint32_t at, uint32_t end, struct str text)
{
	sp->patches = xgrow(sp->patches, sp->npatches, &sp->cappatches, sizeof(*sp->patches));
	sp->patches[sp->npatches++] = (struct patch){at, end, text};
}

bool
splicer_literal(const struct node *n)
{
	while (n->kind != NODE_SCALAR && n->n > 0)
		n = node_item(n, n->n - 1);
	return n->kind == NODE_SCALAR && n->n > 0 && ((const char *)n->p)[n->n - 1] == '\n';
}
