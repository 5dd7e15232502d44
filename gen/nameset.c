#include <stdlib.h>
#include "util.h"
#include "arena.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "tree.h"
#include "nameset.h"

struct slot {
	struct str name; /* without '_' */
	struct str meaning;
	uint32_t hash;
	bool alias;
};

struct nameset {
	struct arena *arena;
	struct slot *slots; /* hash table */
	size_t n, nslots;
};

static const struct str none = {"", 0};

static struct str
flat(struct arena *a, struct str s)
{
	char *t = arena_bytes(a, s.n + 1);
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		if (s.s[i] != '_')
			t[n++] = s.s[i];
	return (struct str){t, n};
}

bool
nameset_same(struct str x, struct str y)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < x.n && x.s[i] == '_')
			i++;
		while (j < y.n && y.s[j] == '_')
			j++;
		if (i == x.n || j == y.n)
			return i == x.n && j == y.n;
		if (x.s[i++] != y.s[j++])
			return false;
	}
}

static struct slot *
find(const struct nameset *t, struct str name, uint32_t hash)
{
	size_t i = hash & (t->nslots - 1);

	while (t->slots[i].name.s && (t->slots[i].hash != hash || !streq(t->slots[i].name, name)))
		i = (i + 1) & (t->nslots - 1);
	return &t->slots[i];
}

static void
grow(struct nameset *t)
{
	struct slot *old = t->slots;
	size_t nold = t->nslots, i;

	t->nslots = nold ? 2 * nold : 64;
	t->slots = xcalloc(t->nslots, sizeof(*t->slots));
	for (i = 0; i < nold; i++)
		if (old[i].name.s)
			*find(t, old[i].name, old[i].hash) = old[i];
	free(old);
}

static void
take(struct nameset *t, struct str name, struct str meaning, bool alias)
{
	struct str s = flat(t->arena, name);
	struct slot *slot;

	if ((t->n + 1) * 4 > t->nslots * 3)
		grow(t);
	slot = find(t, s, strhash(s));
	t->n += !slot->name.s;
	*slot = (struct slot){s, meaning, strhash(s), alias || slot->alias};
}

void
nameset_take(struct nameset *t, struct str name)
{
	take(t, name, none, false);
}

void
nameset_mean(struct nameset *t, struct str name, struct str meaning)
{
	if (nameset_isfree(t, name, false))
		take(t, name, meaning, false);
}

struct str
nameset_meaning(const struct nameset *t, struct str name)
{
	struct str s = flat(t->arena, name);
	const struct slot *slot = find(t, s, strhash(s));

	return slot->name.s ? slot->meaning : none;
}

struct nameset *
nameset_new(struct arena *a, const struct registry *r)
{
	struct nameset *t = arena_alloc(a, sizeof(*t));
	const struct entry *e;
	uint32_t i, k;

	*t = (struct nameset){.arena = a};
	grow(t);
	for (i = 0; r && i < r->nentries; i++) {
		e = &r->entries[i];
		if (e->name)
			take(t, node_str(e->name), none, false);
		for (k = 0; k < e->aliases.n; k++)
			take(t, node_str(e->aliases.list[k].name), none, true);
	}
	return t;
}

bool
nameset_isfree(const struct nameset *t, struct str name, bool aliases)
{
	struct str s = flat(t->arena, name);
	const struct slot *slot = find(t, s, strhash(s));

	return !slot->name.s || (aliases && !slot->alias);
}

void
nameset_free(struct nameset *t)
{
	free(t->slots);
}
