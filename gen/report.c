/* Chapters are written in the form that is asked for. Text from outside stands in Markdown as code, so that nothing in
 * it is markup or notifies anybody. */
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "escape.h"
#include "registry.h"
#include "tree.h"
#include "value.h"
#include "dump.h"
#include "change.h"
#include "utf8.h"
#include "chapter.h"
#include "report.h"

/* To how many characters columns of text are padded at most. */
enum { WIDEST = 48 };

struct reporter {
	struct arena *arena;
	struct buf *out;
	struct chapter *chapters;
	size_t nchapters;
	size_t names, deprecations; /* of all chapters */
	struct escape *escape;
};

/* sentences */

static bool
dated(const struct updated *u)
{
	return u->now.n > 0 && !streq(u->was, u->now);
}

static bool
haschanged(const struct chapter *p)
{
	size_t i;

	for (i = 0; i < TABLES; i++)
		if (i != TABLE_TEMPORARY && i != TABLE_UNREAD && p->tables[i].n > 0)
			return true;
	return p->expiries > 0 || dated(p->updated) || (p->updated->merge->labels > 0);
}

/* Whether there is anything to say of a registry. */
static bool
eventful(const struct chapter *p)
{
	return haschanged(p) || p->tables[TABLE_UNREAD].n > 0;
}

static void
count(struct buf *b, size_t n, const char *one, const char *many)
{
	if (n > 0)
		buf_printf(b, "%s%zu %s", b->n > 0 ? ", " : "", n, n == 1 ? one : many);
}

/* How much of what changed, in one line. */
static void
summarize(const struct reporter *r, struct buf *b)
{
	size_t i, t, n, registries = 0, references = 0, expiries = 0, dates = 0, unread = 0;
	bool some = false;

	for (i = 0; i < r->nchapters; i++) {
		registries += eventful(&r->chapters[i]);
		references += r->chapters[i].references;
		expiries += r->chapters[i].expiries;
		dates += dated(r->chapters[i].updated);
		unread += r->chapters[i].tables[TABLE_UNREAD].n;
	}
	for (t = 0; t < TABLES; t++) {
		for (i = n = 0; i < r->nchapters; i++)
			n += r->chapters[i].tables[t].n;
		if (t == TABLE_REFERENCES)
			count(b, references, "with other references", "with other references");
		else if (t == TABLE_TEMPORARY)
			count(b, expiries, "with another expiry", "with another expiry");
		else if (chapter_headings[t].one)
			count(b, n, chapter_headings[t].one, chapter_headings[t].many);
	}
	if (b->n == 0)
		buf_adds(b, dates > 0 ? "nothing but dates has changed" : "nothing has changed");
	else
		some = true;
	count(b, unread, "word not taken", "words not taken");
	if (r->nchapters > 1 && (some || unread > 0))
		buf_printf(b, ", in %zu of %zu registries", registries, r->nchapters);
}

/* What the change means to those that use the packages. */
static void
consequences(const struct reporter *r, struct buf *b)
{
	count(b, r->names, "new name", "new names");
	count(b, r->deprecations, "new deprecation", "new deprecations");
	if (b->n == 0)
		buf_adds(b, "nothing");
}

/* What is said of a registry beside the tables: its date, and references with other words. */
static void
remark(const struct chapter *p, struct buf *b)
{
	const struct updated *u = p->updated;

	if (dated(u)) {
		buf_adds(b, "IANA's date: ");
		buf_addstr(b, u->now);
		if (u->was.n > 0)
			buf_printf(b, ", was %.*s", (int)u->was.n, u->was.s);
	}
	if (u->merge->labels > 0)
		buf_printf(b,
			u->merge->labels == 1 ? "%s%zu reference differs in its words alone"
					      : "%s%zu references differ in their words alone",
			b->n > 0 ? "; " : "", u->merge->labels);
}

/* text for a terminal */

static struct str
shown(const struct reporter *r, struct str s)
{
	struct buf b = {0};
	struct str t;

	escape_add(r->escape, &b, s);
	t = (struct str){arena_copy(r->arena, b.n > 0 ? b.s : "", b.n), b.n};
	buf_free(&b);
	return t;
}

static void
pad(struct buf *b, size_t n)
{
	while (n-- > 0)
		buf_addch(b, ' ');
}

static void
texttable(const struct reporter *r, const struct heading *h, const struct table *t)
{
	size_t width[TABLE_COLUMNS] = {0}, i, k, n, last;
	struct str cell;

	for (i = 0; i < t->n; i++)
		for (k = 0; k < TABLE_COLUMNS; k++) {
			t->rows[i][k] = shown(r, t->rows[i][k]);
			n = utf8_count(t->rows[i][k].s, t->rows[i][k].n);
			width[k] = n > width[k] ? n < WIDEST ? n : WIDEST : width[k];
		}
	buf_printf(r->out, "  %s\n", h->title);
	for (i = 0; i < t->n; i++) {
		for (last = TABLE_COLUMNS; last > 1 && t->rows[i][last - 1].n == 0; last--)
			;
		buf_adds(r->out, "    ");
		for (k = 0; k < last; k++) {
			cell = t->rows[i][k];
			n = utf8_count(cell.s, cell.n);
			if (cell.n == 0 && width[k] > 0) {
				cell = LITERAL("-");
				n = 1;
			}
			buf_addstr(r->out, cell);
			if (k + 1 < last && width[k] > 0)
				pad(r->out, (n < width[k] ? width[k] - n : 0) + 2);
		}
		buf_addch(r->out, '\n');
	}
}

static void
textchapter(const struct reporter *r, const struct chapter *p)
{
	const struct updated *u = p->updated;
	struct buf b = {0};
	size_t i;

	buf_printf(r->out, "\n%.*s (%.*s)%s\n", (int)u->registry->id->n, (const char *)u->registry->id->p,
		(int)u->iana.n, u->iana.s, u->adopted ? ", a new registry" : "");
	remark(p, &b);
	if (b.n > 0)
		buf_printf(r->out, "  %.*s\n", (int)b.n, b.s);
	buf_free(&b);
	for (i = 0; i < TABLES; i++)
		if (p->tables[i].n > 0)
			texttable(r, &chapter_headings[i], &p->tables[i]);
}

static void
writetext(const struct reporter *r)
{
	struct buf b = {0};
	size_t i;

	summarize(r, &b);
	buf_printf(r->out, "%.*s", (int)b.n, b.s);
	b.n = 0;
	consequences(r, &b);
	buf_printf(r->out, "; who uses the packages sees %.*s\n", (int)b.n, b.s);
	buf_free(&b);
	for (i = 0; i < r->nchapters; i++)
		if (eventful(&r->chapters[i]))
			textchapter(r, &r->chapters[i]);
}

/* Markdown */

/* As code, in a fence of more backticks than stand together in it; a bar ends a cell even in code. */
static void
code(const struct reporter *r, struct str s)
{
	size_t i, run = 0, longest = 0;
	bool edge;

	if (s.n == 0)
		return;
	s = shown(r, s);
	for (i = 0; i < s.n; i++) {
		run = s.s[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	/* a blank at both ends is not shown, but keeps backticks at an end apart from the fence */
	edge = longest > 0;
	for (i = 0; i <= longest; i++)
		buf_addch(r->out, '`');
	if (edge)
		buf_addch(r->out, ' ');
	for (i = 0; i < s.n; i++) {
		if (s.s[i] == '|')
			buf_addch(r->out, '\\');
		buf_addch(r->out, s.s[i]);
	}
	if (edge)
		buf_addch(r->out, ' ');
	for (i = 0; i <= longest; i++)
		buf_addch(r->out, '`');
}

static void
markdowntable(const struct reporter *r, const struct heading *h, const struct table *t)
{
	size_t i, k;

	buf_printf(r->out, "\n**%s**\n\n|", h->title);
	for (k = 0; k < TABLE_COLUMNS && h->columns[k]; k++)
		buf_printf(r->out, " %s |", h->columns[k]);
	buf_adds(r->out, "\n|");
	for (k = 0; k < TABLE_COLUMNS && h->columns[k]; k++)
		buf_adds(r->out, "---|");
	buf_addch(r->out, '\n');
	for (i = 0; i < t->n; i++) {
		buf_addch(r->out, '|');
		for (k = 0; k < TABLE_COLUMNS && h->columns[k]; k++) {
			buf_addch(r->out, ' ');
			code(r, t->rows[i][k]);
			buf_adds(r->out, " |");
		}
		buf_addch(r->out, '\n');
	}
}

static void
markdownchapter(const struct reporter *r, const struct chapter *p)
{
	const struct updated *u = p->updated;
	struct buf b = {0};
	size_t i;

	buf_adds(r->out, "\n### ");
	code(r, node_str(u->registry->id));
	buf_adds(r->out, " from ");
	code(r, u->iana);
	buf_adds(r->out, u->adopted ? ", a new registry\n" : "\n");
	remark(p, &b);
	if (b.n > 0)
		buf_printf(r->out, "\n%.*s.\n", (int)b.n, b.s);
	buf_free(&b);
	for (i = 0; i < TABLES; i++)
		if (p->tables[i].n > 0)
			markdowntable(r, &chapter_headings[i], &p->tables[i]);
}

static void
writemarkdown(const struct reporter *r)
{
	struct buf b = {0};
	size_t i;

	summarize(r, &b);
	if (b.s[0] >= 'a' && b.s[0] <= 'z')
		b.s[0] = (char)(b.s[0] - 'a' + 'A');
	buf_printf(r->out, "%.*s.\n", (int)b.n, b.s);
	b.n = 0;
	consequences(r, &b);
	buf_printf(r->out, "\nWho uses the packages sees %.*s.\n", (int)b.n, b.s);
	buf_free(&b);
	for (i = 0; i < r->nchapters; i++)
		if (eventful(&r->chapters[i]))
			markdownchapter(r, &r->chapters[i]);
}

/* JSON */

struct maker {
	struct tree tree;
	struct arena *arena;
};

static struct node
scalar(struct str s, bool plain)
{
	return (struct node){.p = s.n > 0 ? s.s : "", .n = s.n & NODE_MAX, .kind = NODE_SCALAR, .plain = plain};
}

static struct node
list(struct maker *m, const struct node *items, size_t n)
{
	struct node *copy = arena_array(m->arena, n, sizeof(*copy));

	if (n > 0)
		memcpy(copy, items, n * sizeof(*copy));
	return (struct node){.p = copy, .n = n & NODE_MAX, .kind = NODE_LIST};
}

static struct node
map(struct maker *m, const char *const *keys, const struct node *values, size_t n)
{
	struct shape *s = &m->tree.root;
	uint32_t *keyat = arena_array(m->arena, n, sizeof(*keyat));
	size_t i;

	for (i = 0; i < n; i++)
		s = tree_extend(&m->tree, s, str(keys[i]));
	return tree_map(&m->tree, s, values, keyat, 0);
}

static struct node
jsontable(struct maker *m, const struct heading *h, const struct table *t)
{
	struct node *items = arena_array(m->arena, t->n, sizeof(*items)), cells[TABLE_COLUMNS];
	size_t i, k;

	for (i = 0; i < t->n; i++) {
		for (k = 0; k < TABLE_COLUMNS && h->columns[k]; k++)
			cells[k] = scalar(t->rows[i][k], false);
		items[i] = map(m, h->columns, cells, k);
	}
	return list(m, items, t->n);
}

static struct node
number(struct maker *m, size_t n)
{
	return scalar(str(arena_printf(m->arena, "%zu", n)), false);
}

static struct node
boolean(bool b)
{
	return scalar(b ? LITERAL("true") : LITERAL("false"), true);
}

static struct node
jsonchapter(struct maker *m, const struct chapter *p)
{
	const struct updated *u = p->updated;
	const char *keys[TABLES + 6] = {"id", "iana", "new", "updated", "before", "reworded"};
	struct node values[TABLES + 6] = {scalar(node_str(u->registry->id), false), scalar(u->iana, false),
		boolean(u->adopted), scalar(u->now, false), scalar(u->was, false), number(m, u->merge->labels)};
	size_t i;

	for (i = 0; i < TABLES; i++) {
		keys[6 + i] = chapter_headings[i].key;
		values[6 + i] = jsontable(m, &chapter_headings[i], &p->tables[i]);
	}
	return map(m, keys, values, TABLES + 6);
}

static void
writejson(const struct reporter *r)
{
	static const char *const keys[] = {"summary", "changed", "new names", "new deprecations", "registries"};
	struct maker m = {.arena = r->arena};
	struct node values[LEN(keys)], root, *parts = arena_array(r->arena, r->nchapters, sizeof(*parts));
	struct value v;
	struct buf b = {0};
	bool changed = false;
	size_t i;

	tree_init(&m.tree, r->arena);
	summarize(r, &b);
	for (i = 0; i < r->nchapters; i++) {
		parts[i] = jsonchapter(&m, &r->chapters[i]);
		changed = changed || haschanged(&r->chapters[i]);
	}
	values[0] = scalar(buf_str(&b), false);
	values[1] = boolean(changed);
	values[2] = number(&m, r->names);
	values[3] = number(&m, r->deprecations);
	values[4] = list(&m, parts, r->nchapters);
	root = map(&m, keys, values, LEN(keys));
	v = value_node(&root);
	dump(r->out, &v);
	tree_free(&m.tree);
	buf_free(&b);
}

/* What would change how a text looks, or act on a terminal. */
static struct escape *
controls(struct arena *a)
{
	static const uint32_t ranges[][2] = {{0, 0x1f}, {0x7f, 0x9f}, {0x61c, 0x61c}, {0x200e, 0x200f},
		{0x2028, 0x202e}, {0x2066, 0x2069}, {0xfeff, 0xfeff}};
	struct escape *e = escape_new(a);
	size_t i;

	for (i = 0; i < LEN(ranges); i++)
		escape_range(e, ranges[i][0], ranges[i][1], LITERAL("<U+%04X>"));
	return e;
}

void
report(struct buf *out, enum reportform form, const struct session *s, const struct updated *updates, size_t n)
{
	struct arena a = {0};
	struct reporter r = {.arena = &a, .out = out, .nchapters = n, .escape = controls(&a)};
	size_t i;

	r.chapters = arena_array(&a, n, sizeof(*r.chapters));
	for (i = 0; i < n; i++) {
		chapter_make(&r.chapters[i], &a, s, &updates[i], form == REPORT_JSON);
		r.names += r.chapters[i].names;
		r.deprecations += r.chapters[i].deprecations;
	}
	if (form == REPORT_TEXT)
		writetext(&r);
	else if (form == REPORT_MARKDOWN)
		writemarkdown(&r);
	else
		writejson(&r);
	for (i = 0; i < n; i++)
		chapter_free(&r.chapters[i]);
	arena_free(&a);
}

size_t
report_kept(const struct updated *u, size_t n)
{
	size_t i, k, kept = 0;

	for (i = 0; i < n; i++)
		for (k = 0; k < u[i].merge->n; k++)
			kept += u[i].merge->list[k].kept;
	return kept;
}
