#include <stdlib.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "registry.h"
#include "status.h"
#include "word.h"
#include "fact.h"
#include "nameset.h"
#include "change.h"

static const struct str none = {"", 0};

struct change *
change_add(struct merge *m, enum changekind kind)
{
	struct change *c;

	m->list = xgrow(m->list, m->n, &m->cap, sizeof(*m->list));
	c = &m->list[m->n++];
	*c = (struct change){.kind = (unsigned char)kind, .index = NO_INDEX, .status = STATUS_NONE};
	return c;
}

bool
change_haskey(const struct registry *r, size_t column)
{
	size_t i;

	for (i = 0; i < r->nkey; i++)
		if (r->key[i] == column)
			return true;
	return false;
}

/* Whether entries may have the name of another: then they are records of one thing. */
static bool
mayrepeat(const struct registry *r)
{
	return r->duplicates || change_haskey(r, COLUMN_NAME);
}

/* A value as words. */
static struct str
valuewords(struct arena *a, struct str s)
{
	struct str minus = s.n > 0 && s.s[0] == '-' ? LITERAL("minus_") : none;

	return arena_join(a, (struct str[]){minus, word_from(a, s)}, 2);
}

bool
change_qualify(struct merge *m, struct change *c)
{
	const struct str words = c->words;
	struct str value = valuewords(m->arena, c->kind == CHANGE_RANGE ? c->values : c->fact->value), name;
	unsigned i;

	if (!streq(c->name, words) || value.n == 0 || (words.n == 0 && c->kind != CHANGE_RANGE) ||
		change_haskey(m->registry, COLUMN_NAME))
		return false;
	name = words.n == 0 ? arena_join(m->arena, (struct str[]){LITERAL("range_"), value}, 2)
			    : arena_join(m->arena, (struct str[]){words, LITERAL("_"), value}, 3);
	for (c->name = name, i = 2; !nameset_isfree(m->names, c->name, false); i++)
		c->name = str(arena_printf(m->arena, "%.*s_%u", (int)name.n, name.s, i));
	nameset_take(m->names, c->name);
	return true;
}

void
change_name(struct merge *m, struct change *c, struct str words)
{
	c->name = c->words = words;
	if (words.n == 0)
		return;
	if (nameset_isfree(m->names, words, mayrepeat(m->registry)))
		nameset_take(m->names, words);
	else
		change_qualify(m, c);
}
