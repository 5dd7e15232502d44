#include <string.h>
#include "util.h"
#include "arena.h"
#include "edit.h"
#include "tree.h"
#include "place.h"
#include "splice.h"

struct edits {
	struct arena *arena;
	struct tree *tree;
	struct places places;
	struct place **changed;
	size_t nchanged, capchanged;
};

struct edits *
edit_new(struct diag *d, struct arena *a, struct tree *t, uint32_t base)
{
	struct edits *e = arena_alloc(a, sizeof(*e));

	e->arena = a;
	e->tree = t;
	places_init(&e->places, d, a, t, base);
	return e;
}

/* Twice the room for an array of the arena. */
static void *
more(struct arena *a, const void *old, size_t n, size_t *cap, size_t m)
{
	void *p;

	*cap = *cap ? 2 * *cap : 4;
	p = arena_array(a, *cap, m);
	if (n > 0)
		memcpy(p, old, n * m);
	return p;
}

static void
list(struct edits *e, struct place *p)
{
	if (p->listed)
		return;
	p->listed = true;
	if (e->nchanged == e->capchanged)
		e->changed = more(e->arena, e->changed, e->nchanged, &e->capchanged, sizeof(struct place *));
	e->changed[e->nchanged++] = p;
}

static const struct node *
get(const struct node *map, struct str key)
{
	size_t i;

	for (i = 0; i < map->n; i++)
		if (streq(node_key(map, i), key))
			return node_item(map, i);
	return NULL;
}

/* Whether two nodes say the same; the order of keys does not matter. */
static bool
same(const struct node *a, const struct node *b)
{
	const struct node *other;
	size_t i;

	if (a->kind != b->kind || a->n != b->n)
		return false;
	if (a->kind == NODE_SCALAR)
		return streq(node_str(a), node_str(b));
	for (i = 0; i < a->n; i++) {
		other = node_item(b, i);
		if (a->kind == NODE_MAP)
			other = streq(node_key(a, i), node_key(b, i)) ? other : get(b, node_key(a, i));
		if (!other || !same(node_item(a, i), other))
			return false;
	}
	return true;
}

/* Put a node at a place, which holds another or the same. */
static void
put(struct edits *e, struct place *p, const struct node *value)
{
	struct node *copy;

	p->removed = false;
	p->value = NULL;
	if (same(p->node, value) && p->ninserts == 0)
		return;
	copy = arena_alloc(e->arena, sizeof(*copy));
	*copy = *value;
	p->value = copy;
	list(e, p);
}

void
edit_replace(struct edits *e, const struct node *node, const struct node *value)
{
	put(e, places_find(&e->places, node), value);
}

void
edit_scalar(struct edits *e, const struct node *node, struct str text)
{
	struct node value = edit_text(text);

	edit_replace(e, node, &value);
}

/* Make room for an insertion before number at. */
static struct insert *
addinsert(struct edits *e, struct place *p, size_t at)
{
	size_t cap = p->capinserts;

	if (p->ninserts == p->capinserts)
		p->inserts = more(e->arena, p->inserts, p->ninserts, &cap, sizeof(*p->inserts));
	p->capinserts = (uint32_t)cap;
	memmove(p->inserts + at + 1, p->inserts + at, (p->ninserts - at) * sizeof(*p->inserts));
	p->ninserts++;
	list(e, p);
	return &p->inserts[at];
}

static struct insert *
findinsert(const struct place *p, struct str key)
{
	uint32_t i;

	for (i = 0; i < p->ninserts; i++)
		if (streq(p->inserts[i].key, key))
			return &p->inserts[i];
	return NULL;
}

/* Where a new key goes: the index of the child it stands before, and its number among those that are to be added. */
static size_t
findindex(const struct place *map, struct str key, const struct str *order, size_t n, size_t *at)
{
	const struct place *c;
	const struct insert *in;
	size_t i, index = 0;

	*at = 0;
	for (i = 0; i < n && !streq(order[i], key); i++)
		;
	while (i-- > 0) {
		c = place_child(map, order[i]);
		in = findinsert(map, order[i]);
		if (in) {
			*at = (size_t)(in - map->inserts) + 1;
			return in->index;
		}
		if (c && !c->removed && (map->site == NOSITE || c->site != NOSITE)) {
			index = place_index(c) + 1;
			break;
		}
	}
	while (*at < map->ninserts && map->inserts[*at].index < index)
		++*at;
	return index;
}

void
edit_set(struct edits *e, const struct node *map, struct str key, const struct node *value, const struct str *order,
	size_t n)
{
	struct place *p = places_find(&e->places, map), *c = place_child(p, key);
	struct insert *in;
	size_t index, at;

	if (c) {
		put(e, c, value);
		return;
	}
	in = findinsert(p, key);
	if (!in) {
		index = findindex(p, key, order, n, &at);
		in = addinsert(e, p, at);
		in->index = index;
		in->key = key;
	}
	in->node = *value;
}

void
edit_unset(struct edits *e, const struct node *map, struct str key)
{
	struct place *p = places_find(&e->places, map), *c = place_child(p, key);
	struct insert *in = findinsert(p, key);

	if (c) {
		c->removed = true;
		list(e, c);
	} else if (in) {
		p->ninserts--;
		memmove(in, in + 1, (size_t)(p->inserts + p->ninserts - in) * sizeof(*in));
	}
}

void
edit_insert(struct edits *e, const struct node *node, size_t index, const struct node *item)
{
	struct place *p = places_find(&e->places, node);
	struct insert *in;
	size_t at = p->ninserts;

	index = index < p->node->n ? index : p->node->n;
	/* mostly they come in order */
	while (at > 0 && p->inserts[at - 1].index > index)
		at--;
	in = addinsert(e, p, at);
	in->index = index;
	in->key = (struct str){NULL, 0};
	in->node = *item;
}

void
edit_remove(struct edits *e, const struct node *node, size_t index)
{
	struct place *p = places_find(&e->places, node);

	if (index >= p->node->n)
		return;
	p->children[index].removed = true;
	list(e, &p->children[index]);
}

size_t
edit_count(const struct edits *e)
{
	size_t i, n = 0;

	for (i = 0; i < e->nchanged; i++)
		n += e->changed[i]->removed || e->changed[i]->value ? 1 : e->changed[i]->ninserts;
	return n;
}

void
edit_apply(struct edits *e, struct buf *b)
{
	splice(&e->places, e->tree, e->changed, e->nchanged, b);
}

struct node
edit_text(struct str s)
{
	return (struct node){.p = s.s, .n = s.n & NODE_MAX, .kind = NODE_SCALAR, .plain = true};
}

struct node
edit_map(void)
{
	return (struct node){.kind = NODE_MAP};
}

void
edit_key(struct edits *e, struct node *map, const char *key, struct node value)
{
	struct shape *shape = map->n > 0 ? ((const struct members *)map->p)->shape : &e->tree->root;
	struct node *nodes = arena_array(e->arena, map->n + 1ul, sizeof(*nodes));
	uint32_t *keyat = arena_array(e->arena, map->n + 1ul, sizeof(*keyat));

	if (map->n > 0)
		memcpy(nodes, node_item(map, 0), map->n * sizeof(*nodes));
	nodes[map->n] = value;
	*map = tree_map(e->tree, tree_extend(e->tree, shape, str(key)), nodes, keyat, 0);
}

struct node
edit_list(void)
{
	return (struct node){.kind = NODE_LIST};
}

void
edit_item(struct edits *e, struct node *node, struct node item)
{
	struct node *items;
	size_t n = node->n;

	/* there is room for four, and then for a power of two */
	if (n == 0 || (n >= 4 && (n & (n - 1)) == 0)) {
		items = arena_array(e->arena, n == 0 ? 4 : 2 * n, sizeof(*items));
		if (n > 0)
			memcpy(items, node->p, n * sizeof(*items));
		items[n] = item;
		node->p = items;
	} else {
		memcpy(&items, &node->p, sizeof(items));
		items[n] = item;
	}
	node->n = (n + 1) & NODE_MAX;
}
