#include <stdlib.h>
#include "util.h"
#include "arena.h"
#include "document.h"
#include "tree.h"
#include "place.h"
#include "splicer.h"
#include "group.h"

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

bool
group_unmerged(const struct splicer *sp, const struct place *p)
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

	*node = splicer_edited(sp, p);
	return node;
}

/* Find what is to be added. partof says which part is which child. */
static void
findnews(struct splicer *sp, struct group *g, const size_t *partof, size_t mergekey)
{
	struct place *p = g->place;
	bool expand = g->map && group_unmerged(sp, p);
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

void
group_find(struct splicer *sp, struct group *g)
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
	at = site_braces(sp->places, s) ? text_token(sp->text, at + 1) : at;
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

struct context
group_context(const struct group *g, size_t i)
{
	const struct part *p = &g->parts[i];

	return (struct context){p->mark, g->column, !g->map, g->site->flow, p->colon || !g->map};
}
