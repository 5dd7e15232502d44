#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "tree.h"

void
tree_init(struct tree *t, struct arena *a)
{
	*t = (struct tree){.arena = a};
	t->nslots = 64;
	t->slots = xcalloc(t->nslots, sizeof(*t->slots));
}

void
tree_free(struct tree *t)
{
	free(t->slots);
	t->slots = NULL;
}

static size_t
slot(const struct tree *t, const struct shape *parent, struct str key)
{
	return (strhash(key) ^ (size_t)((uintptr_t)parent >> 4) * 0x9e3779b1u) & (t->nslots - 1);
}

static void
grow(struct tree *t)
{
	struct shape **old = t->slots;
	size_t i, j, n = t->nslots;

	t->nslots *= 2;
	t->slots = xcalloc(t->nslots, sizeof(*t->slots));
	for (i = 0; i < n; i++) {
		if (!old[i])
			continue;
		for (j = slot(t, old[i]->parent, old[i]->key); t->slots[j]; j = (j + 1) & (t->nslots - 1))
			;
		t->slots[j] = old[i];
	}
	free(old);
}

struct shape *
tree_extend(struct tree *t, struct shape *parent, struct str key)
{
	struct shape *s = parent->next;
	size_t i;

	if (s && streq(s->key, key))
		return s;
	for (i = slot(t, parent, key); (s = t->slots[i]); i = (i + 1) & (t->nslots - 1)) {
		if (s->parent == parent && streq(s->key, key)) {
			parent->next = s;
			return s;
		}
	}
	if (t->nshapes * 2 >= t->nslots) {
		grow(t);
		for (i = slot(t, parent, key); t->slots[i]; i = (i + 1) & (t->nslots - 1))
			;
	}
	s = arena_alloc(t->arena, sizeof(*s));
	s->parent = parent;
	s->key = (struct str){arena_copy(t->arena, key.s, key.n), key.n};
	s->n = parent->n + 1;
	s->merge = parent->merge || streqs(key, "<<");
	t->slots[i] = s;
	t->nshapes++;
	parent->next = s;
	return s;
}

static int
orderindirect(const void *a, const void *b)
{
	const struct str *x = *(const struct str *const *)a, *y = *(const struct str *const *)b;
	int c = strorder(*x, *y);

	return c ? c : (x > y) - (x < y);
}

/* Index + 1 of the first key that stands a second time, or 0. */
static uint32_t
repeated(const struct str *keys, uint32_t n)
{
	const struct str **sorted = xmalloc(n, sizeof(*sorted));
	uint32_t i, at, first = 0;

	for (i = 0; i < n; i++)
		sorted[i] = &keys[i];
	qsort(sorted, n, sizeof(*sorted), orderindirect);
	for (i = 1; i < n; i++) {
		at = (uint32_t)(sorted[i] - keys) + 1;
		if (streq(*sorted[i - 1], *sorted[i]) && (first == 0 || at < first))
			first = at;
	}
	free(sorted);
	return first;
}

static void
complete(struct tree *t, struct shape *shape)
{
	struct str *keys = arena_array(t->arena, shape->n + 1, sizeof(*keys));
	const struct shape *s = shape;

	for (; s->n > 0; s = s->parent)
		keys[s->n - 1] = s->key;
	shape->keys = keys;
	if (shape->n > 1)
		shape->repeated = repeated(keys, shape->n);
}

struct node
tree_map(struct tree *t, struct shape *shape, const struct node *nodes, const uint32_t *keyat, uint32_t at)
{
	size_t n = shape->n, size = sizeof(struct members) + n * sizeof(*nodes);
	struct members *m = arena_raw(t->arena, size + n * sizeof(*keyat));
	char *keys = (char *)m + size;

	if (!shape->keys)
		complete(t, shape);
	m->shape = shape;
	m->keyat = (const uint32_t *)(const void *)keys;
	if (n > 0) {
		memcpy(m->node, nodes, n * sizeof(*nodes));
		memcpy(keys, keyat, n * sizeof(*keyat));
	}
	return (struct node){.p = m, .n = shape->n & NODE_MAX, .kind = NODE_MAP, .at = at};
}

const struct node *
node_item(const struct node *n, size_t i)
{
	const struct members *m = n->p;

	return n->kind == NODE_MAP ? &m->node[i] : (const struct node *)n->p + i;
}

struct str
node_key(const struct node *n, size_t i)
{
	const struct members *m = n->p;

	return m->shape->keys[i];
}

struct span
node_keyspan(const struct node *n, size_t i)
{
	const struct members *m = n->p;

	return (struct span){m->keyat[i], (uint32_t)m->shape->keys[i].n};
}

const struct node *
node_get(const struct node *n, const char *key)
{
	size_t i;

	for (i = 0; n->kind == NODE_MAP && i < n->n; i++)
		if (streqs(node_key(n, i), key))
			return node_item(n, i);
	return NULL;
}

struct span
node_span(const struct node *n)
{
	uint32_t quotes = n->plain ? 0 : 2;

	return (struct span){n->at, n->kind == NODE_SCALAR ? n->n + quotes : 1};
}
