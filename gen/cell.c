#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "iana.h"
#include "cell.h"

bool
cell_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void
celltext_add(struct celltext *t, struct str s)
{
	size_t i = 0, start;

	while (i < s.n) {
		for (; i < s.n && cell_blank(s.s[i]); i++)
			t->blank = true;
		for (start = i; i < s.n && !cell_blank(s.s[i]); i++)
			;
		if (start == i)
			break;
		if (t->blank && t->text.n > 0)
			buf_addch(&t->text, ' ');
		t->blank = false;
		buf_add(&t->text, s.s + start, i - start);
	}
}

void
celltext_cite(struct celltext *t, const struct citation *c)
{
	t->list = xgrow(t->list, t->n, &t->cap, sizeof(*t->list));
	t->list[t->n++] = *c;
}

void
celltext_take(struct celltext *t, struct arena *a, struct cell *c)
{
	c->text = (struct str){arena_copy(a, t->text.s, t->text.n), t->text.n};
	c->citations = arena_array(a, t->n, sizeof(*c->citations));
	c->ncitations = (uint32_t)t->n;
	if (t->n > 0)
		memcpy(c->citations, t->list, t->n * sizeof(*t->list));
	t->text.n = t->n = 0;
	t->blank = false;
}

void
celltext_free(struct celltext *t)
{
	buf_free(&t->text);
	free(t->list);
	*t = (struct celltext){0};
}

struct str
cell_squeeze(struct arena *a, struct str s)
{
	struct celltext t = {0};
	struct cell c = {0};

	celltext_add(&t, s);
	celltext_take(&t, a, &c);
	celltext_free(&t);
	return c.text;
}
