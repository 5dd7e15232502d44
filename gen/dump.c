#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "escape.h"
#include "dump.h"
#include "tree.h"
#include "value.h"

struct writer {
	struct buf *out;
	struct arena arena; /* for what the view makes */
	const struct escape *escape;
};

static struct escape *
table(struct arena *a)
{
	struct escape *e = escape_new(a);

	escape_range(e, 0, 0x1f, str("\\u%04x"));
	escape_range(e, 0x7f, 0x9f, str("\\u%04x"));
	escape_range(e, 0x2028, 0x2029, str("\\u%04x"));
	escape_sequence(e, str("\""), str("\\\""));
	escape_sequence(e, str("\\"), str("\\\\"));
	return e;
}

static void
string(struct writer *w, struct str s)
{
	buf_addch(w->out, '"');
	escape_add(w->escape, w->out, s);
	buf_addch(w->out, '"');
}

static void
newline(struct writer *w, unsigned depth)
{
	buf_addch(w->out, '\n');
	while (depth-- > 0)
		buf_adds(w->out, "  ");
}

static void writevalue(struct writer *, const struct value *, unsigned);

static void
writelist(struct writer *w, const struct value *v, unsigned depth)
{
	struct cursor c = {0};
	struct value item;
	struct mark m;
	uint32_t i;

	buf_addch(w->out, '[');
	for (i = 0; i < v->n; i++) {
		m = arena_mark(&w->arena);
		item = v->class->next(v, &c, &w->arena);
		item.more = i + 1 < v->n;
		newline(w, depth + 1);
		writevalue(w, &item, depth + 1);
		if (item.more)
			buf_addch(w->out, ',');
		arena_release(&w->arena, m);
	}
	if (v->n > 0)
		newline(w, depth);
	buf_addch(w->out, ']');
}

static void
writemap(struct writer *w, const struct value *v, unsigned depth)
{
	struct value member;
	struct mark m;
	uint32_t i;

	buf_addch(w->out, '{');
	for (i = 0; i < v->shape->n; i++) {
		m = arena_mark(&w->arena);
		member = value_get(v, i, &w->arena);
		newline(w, depth + 1);
		string(w, v->shape->keys[i]);
		buf_adds(w->out, ": ");
		writevalue(w, &member, depth + 1);
		if (i + 1 < v->shape->n)
			buf_addch(w->out, ',');
		arena_release(&w->arena, m);
	}
	if (v->shape->n > 0)
		newline(w, depth);
	buf_addch(w->out, '}');
}

static void
writevalue(struct writer *w, const struct value *v, unsigned depth)
{
	switch (v->kind) {
	case VALUE_FALSE:
		buf_adds(w->out, "false");
		break;
	case VALUE_TRUE:
		buf_adds(w->out, "true");
		break;
	case VALUE_STRING:
		string(w, (struct str){v->p, v->n});
		break;
	case VALUE_LIST:
		writelist(w, v, depth);
		break;
	case VALUE_MAP:
		writemap(w, v, depth);
		break;
	}
}

void
dump(struct buf *out, const struct value *v)
{
	struct arena tables = {0};
	struct writer w = {.out = out, .escape = table(&tables)};

	writevalue(&w, v, 0);
	buf_addch(out, '\n');
	arena_free(&w.arena);
	arena_free(&tables);
}
