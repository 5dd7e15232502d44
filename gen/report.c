/* First everything becomes tables, then these are written in the form that is asked for. Text from outside stands in
 * Markdown as code, so that nothing in it is markup or notifies anybody. */
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "escape.h"
#include "field.h"
#include "number.h"
#include "project.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "rows.h"
#include "status.h"
#include "tree.h"
#include "value.h"
#include "word.h"
#include "dump.h"
#include "cited.h"
#include "ranger.h"
#include "fact.h"
#include "lang.h"
#include "change.h"
#include "naming.h"
#include "pairing.h"
#include "template.h"
#include "utf8.h"
#include "view.h"
#include "peers.h"
#include "session.h"
#include "report.h"

enum { COLUMNS = 6, WIDEST = 48, SHOWN = 8 };

enum tablename {
	ADDED,
	RENAMED,
	IDENTIFIERS,
	TEXTS,
	SPELLED,
	STATUSES,
	WITHDRAWN,
	TEMPORARY,
	REPLACED,
	REFERENCES,
	FIELDS,
	UNREAD,
	RANGES,
	KEPT,
	TABLES
};

static const struct heading {
	const char *key, *title, *one, *many; /* one, many: for the first line; NULL if it isn't counted there */
	const char *columns[COLUMNS];
} headings[TABLES] = {
	[ADDED] = {"added", "Added", "added", "added", {"value", "text", "name", "status"}},
	[RENAMED] = {"renamed", "Renamed", "renamed", "renamed",
		{"value", "old text", "new text", "old name", "new name"}},
	[IDENTIFIERS] = {"identifiers", "Identifiers of what is renamed; the old ones stay, deprecated", NULL, NULL,
		{"value", "target", "old", "new"}},
	[TEXTS] = {"texts", "Other texts, the same names", "text changed", "texts changed", {"value", "old", "new"}},
	[SPELLED] = {"spelled", "Spelled otherwise", "spelled otherwise", "spelled otherwise", {"old", "new"}},
	[STATUSES] = {"statuses", "Status changed", "status changed", "statuses changed",
		{"value", "text", "old", "new"}},
	[WITHDRAWN] = {"withdrawn", "Withdrawn by IANA, and kept as such", "withdrawn", "withdrawn",
		{"value", "text", "name"}},
	[TEMPORARY] = {"temporary", "Temporary", NULL, NULL, {"value", "text", "expires", "before"}},
	[REPLACED] = {"replaced", "Replaced", "replacement changed", "replacements changed", {"value", "old", "new"}},
	[REFERENCES] = {"references", "References changed", NULL, NULL, {"records", "old", "new", "values"}},
	[FIELDS] = {"fields", "Fields changed", "field changed", "fields changed", {"value", "field", "old", "new"}},
	[UNREAD] = {"unread", "Not taken: the field cannot have it", NULL, NULL, {"value", "text", "field", "IANA's"}},
	[RANGES] = {"ranges", "Ranges changed", "range changed", "ranges changed", {"status", "old", "new", "rule"}},
	[KEPT] = {"kept", "Kept against IANA", "kept against IANA", "kept against IANA",
		{"value", "what", "ours", "IANA's"}},
};

struct table {
	struct str (*rows)[COLUMNS];
	size_t n, cap;
};

/* One registry's part of the report. */
struct chapter {
	const struct updated *updated;
	struct table tables[TABLES];
	size_t references; /* entries whose references changed */
	size_t expiries;   /* of what is temporary, how much has another date */
};

struct reporter {
	struct arena *arena;
	struct buf *out;
	const struct session *session;
	struct chapter *chapters;
	size_t nchapters;
	size_t names, deprecations; /* what consumers see */
	bool whole;                 /* for a program: nothing is put together or left out */
	struct escape *escape;
};

/* A change of references: of one document, or of the part of one. */
struct shift {
	struct str old, new, fullold, fullnew, value;
	size_t index;
};

static const struct str none = {"", 0};

static struct str
textof(const struct node *n)
{
	return n ? node_str(n) : none;
}

#define ROW(p, name, ...) addrow(&(p)->tables[name], (const struct str[COLUMNS]){__VA_ARGS__})

static void
addrow(struct table *t, const struct str *cells)
{
	size_t i;

	t->rows = xgrow(t->rows, t->n, &t->cap, sizeof(*t->rows));
	for (i = 0; i < COLUMNS; i++)
		t->rows[t->n][i] = cells[i].s ? cells[i] : none;
	t->n++;
}

/* The columns of a key in one. */
static struct str
joinkey(struct reporter *r, const struct str *columns, size_t n)
{
	struct str *parts = arena_array(r->arena, 2 * n, sizeof(*parts));
	size_t i, k = 0;

	for (i = 0; i < n; i++) {
		if (columns[i].n == 0)
			continue;
		if (k > 0)
			parts[k++] = LITERAL(" ");
		parts[k++] = columns[i];
	}
	return arena_join(r->arena, parts, k);
}

/* What an entry or a record is called by: its key. */
static struct str
keyof(struct reporter *r, const struct registry *g, const struct change *c)
{
	struct str *columns;
	size_t i;

	if (!c->entry && !c->fact)
		return c->values;
	columns = arena_array(r->arena, g->nkey, sizeof(*columns));
	for (i = 0; i < g->nkey; i++)
		columns[i] = c->entry ? textof(rows_column(g, c->entry, i)) : pairing_column(g, c->fact, i);
	return joinkey(r, columns, g->nkey);
}

/* What a citation is called, with or without its section. */
static struct str
labelof(struct reporter *r, const struct cited *c, bool section)
{
	struct node *nodes;
	struct reference ref = {0};

	if (!c)
		return none;
	nodes = arena_array(r->arena, 2, sizeof(*nodes));
	nodes[0] = (struct node){.p = c->id.s, .n = c->id.n & NODE_MAX, .kind = NODE_SCALAR};
	nodes[1] = (struct node){.p = c->section.s, .n = c->section.n & NODE_MAX, .kind = NODE_SCALAR};
	ref.id = &nodes[0];
	ref.section = section && c->section.n > 0 ? &nodes[1] : NULL;
	ref.kind = c->kind;
	return reference_label(&ref, r->arena);
}

/* identifiers */

/* Which identifier of entries is one of the language's: the first that must differ from others. */
static size_t
identifierof(const struct lang *l)
{
	uint32_t i;

	for (i = 0; i < l->nidentifiers[GROUP_ENTRY]; i++)
		if (l->identifiers[GROUP_ENTRY][i].scope != SCOPE_NONE)
			return i;
	return l->lookup;
}

/* The identifiers of an entry in every target that has it, for both of its names. */
static void
addidentifiers(struct reporter *r, struct chapter *p, const struct change *c)
{
	const struct registry *g = p->updated->registry, *const * list;
	const struct session *s = r->session;
	struct node names[2] = {{.p = c->oldname.s, .n = c->oldname.n & NODE_MAX, .kind = NODE_SCALAR},
		{.p = c->name.s, .n = c->name.n & NODE_MAX, .kind = NODE_SCALAR}};
	struct dialect dialect;
	struct naming naming;
	struct entry old = *c->entry, new = *c->entry;
	struct str id[2];
	struct diag d = {.silent = true};
	size_t i, k, n;

	old.name = &names[0];
	new.name = &names[1];
	old.again = new.again = 0;
	for (i = 0; i < s->njobs; i++) {
		if (s->jobs[i].lang->nidentifiers[GROUP_ENTRY] == 0)
			continue;
		list = view_registries(s->jobs[i].view, &n);
		for (k = 0; k < n && !streq(textof(list[k]->id), textof(g->id)); k++)
			;
		if (k == n || !c->entry->value || !rows_find(list[k], node_str(c->entry->value)))
			continue;
		dialect_init(&dialect, &d, r->arena, &s->project, s->jobs[i].lang, s->jobs[i].target);
		naming_init(&naming, &dialect, g);
		id[0] = naming_entry(&naming, &old, identifierof(s->jobs[i].lang), r->arena);
		id[1] = naming_entry(&naming, &new, identifierof(s->jobs[i].lang), r->arena);
		ROW(p, IDENTIFIERS, keyof(r, g, c), s->jobs[i].id, id[0], id[1]);
	}
	diag_free(&d);
}

/* changes become rows */

static void
addadded(struct reporter *r, struct chapter *p, const struct change *c)
{
	size_t n;
	const struct str *words = status_names(&n);

	ROW(p, ADDED, keyof(r, p->updated->registry, c), c->fact->text, c->name,
		c->fact->status == STATUS_ASSIGNED ? none : words[c->fact->status]);
	r->names += c->name.n > 0;
}

static void
addtext(struct reporter *r, struct chapter *p, const struct change *c)
{
	struct str key = keyof(r, p->updated->registry, c);

	r->names += c->name.n > 0 && !c->swap;
	if (c->oldname.n > 0) {
		ROW(p, RENAMED, key, c->old, c->new, c->oldname, c->name);
		addidentifiers(r, p, c);
		r->deprecations++;
	} else if (c->name.n > 0) {
		ROW(p, ADDED, key, c->new, c->name, LITERAL(""));
	} else {
		ROW(p, TEXTS, key, c->old, c->new);
	}
}

static bool
isdeprecated(unsigned status)
{
	return status == STATUS_DEPRECATED || status == STATUS_OBSOLETED || status == STATUS_WITHDRAWN;
}

static void
addstatus(struct reporter *r, struct chapter *p, const struct change *c)
{
	const struct entry *e = c->entry;
	struct str key = keyof(r, p->updated->registry, c);

	if (c->status == STATUS_WITHDRAWN)
		ROW(p, WITHDRAWN, key, textof(e->text), textof(e->name));
	else
		ROW(p, STATUSES, key, textof(e->text), c->old, c->new);
	r->deprecations +=
		e->name && !node_get(e->node, "deprecated") && isdeprecated(c->status) && !isdeprecated(e->status);
}

static void
addrange(struct chapter *p, const struct change *c)
{
	size_t n;
	const struct str *words = status_names(&n);
	struct str status = c->status == STATUS_NONE ? c->title : words[c->status];

	if (c->kind == CHANGE_RULE)
		ROW(p, RANGES, words[c->range->status], c->values, c->values, c->new);
	else if (c->keeps)
		ROW(p, RANGES, status, c->old, LITERAL(""));
	else
		ROW(p, RANGES, status, c->old, c->values, c->rule);
}

/* What IANA has and no field can have. */
static void
addunread(struct reporter *r, struct chapter *p, const struct change *c)
{
	const struct registry *g = p->updated->registry;

	ROW(p, UNREAD, keyof(r, g, c), c->fact->text, node_str(g->fields[c->index].id), c->new);
}

static void
addkept(struct reporter *r, struct chapter *p, const struct change *c)
{
	static const struct str what[] = {
		[CHANGE_ADD] = {"record", 6},
		[CHANGE_VALUE] = {"value", 5},
		[CHANGE_TEXT] = {"text", 4},
		[CHANGE_STATUS] = {"status", 6},
		[CHANGE_EXPIRES] = {"expires", 7},
		[CHANGE_REPLACED] = {"replaced_by", 11},
		[CHANGE_REFERENCE] = {"reference", 9},
		[CHANGE_FIELD] = {"field", 5},
		[CHANGE_CHOICE] = {"field", 5},
		[CHANGE_RANGE] = {"range", 5},
		[CHANGE_RULE] = {"rule", 4},
	};
	const struct registry *g = p->updated->registry;
	struct str key = keyof(r, g, c), kind = what[c->kind];

	if (c->kind == CHANGE_REFERENCE)
		ROW(p, KEPT, key, kind, labelof(r, c->from, true), labelof(r, c->to, true));
	else if (c->kind == CHANGE_ADD)
		ROW(p, KEPT, key, kind, c->entry ? textof(c->entry->text) : none, c->fact->text);
	else
		ROW(p, KEPT, key, c->kind == CHANGE_FIELD ? node_str(g->fields[c->index].id) : kind, c->old, c->new);
}

static void
addchange(struct reporter *r, struct chapter *p, const struct change *c)
{
	const struct registry *g = p->updated->registry;

	if (c->kept) {
		addkept(r, p, c);
		return;
	}
	switch (c->kind) {
	case CHANGE_ADD:
		addadded(r, p, c);
		break;
	case CHANGE_VALUE:
		ROW(p, SPELLED, c->old, c->new);
		break;
	case CHANGE_TEXT:
		addtext(r, p, c);
		break;
	case CHANGE_STATUS:
		addstatus(r, p, c);
		break;
	case CHANGE_REPLACED:
		ROW(p, REPLACED, keyof(r, g, c), c->old, c->new);
		break;
	case CHANGE_FIELD:
		ROW(p, FIELDS, keyof(r, g, c), node_str(g->fields[c->index].id), c->old, c->new);
		break;
	case CHANGE_UNREAD:
		addunread(r, p, c);
		break;
	case CHANGE_RANGE:
	case CHANGE_RULE:
		addrange(p, c);
		break;
	default: /* the tables of references and of what is temporary have these, and a choice comes with its field */
		break;
	}
}

/* What is temporary now, and what was said of it before. */
static void
addtemporary(struct reporter *r, struct chapter *p)
{
	const struct merge *m = p->updated->merge;
	const struct change *c;
	const struct fact *f;
	struct change whole = {0};
	struct str *before;
	uint32_t i;
	size_t k;

	before = arena_array(r->arena, m->theirs->n, sizeof(*before));
	for (k = 0; k < m->n; k++) {
		c = &m->list[k];
		if (c->kind == CHANGE_EXPIRES && !c->kept && c->fact && c->old.n > 0 && c->new.n > 0) {
			before[c->fact - m->theirs->list] = c->old;
			p->expiries++;
		}
	}
	for (i = 0; i < m->theirs->n; i++) {
		f = whole.fact = &m->theirs->list[i];
		if (f->status == STATUS_TEMPORARY)
			ROW(p, TEMPORARY, keyof(r, m->registry, &whole), f->text, f->expires, before[i]);
	}
}

static int
ordershifts(const void *a, const void *b)
{
	const struct shift *x = a, *y = b;
	int c = strorder(x->old, y->old);

	if (c == 0)
		c = strorder(x->new, y->new);
	return c ? c : (x->index > y->index) - (x->index < y->index);
}

/* Of several records that change in the same way those that come first are named. */
static void
addgroup(struct reporter *r, struct chapter *p, const struct shift *s, size_t n)
{
	size_t i, k = 0, most = r->whole || n < SHOWN ? n : SHOWN;
	struct str *values = arena_array(r->arena, 2 * most + 1, sizeof(*values)), old = s->old, new = s->new;

	for (i = 0; i < most; i++) {
		if (i > 0)
			values[k++] = LITERAL(", ");
		values[k++] = s[i].value;
	}
	if (n > most)
		values[k++] = LITERAL(", ...");
	if (n == 1 || streq(old, new)) {
		old = n == 1 ? s->fullold : arena_join(r->arena, (struct str[]){old, LITERAL(", sections")}, 2);
		new = n == 1 ? s->fullnew : old;
	}
	ROW(p, REFERENCES, str(arena_printf(r->arena, "%zu", n)), old, new, arena_join(r->arena, values, k));
}

static void
addreferences(struct reporter *r, struct chapter *p)
{
	const struct merge *m = p->updated->merge;
	struct shift *shifts = xmalloc(m->n, sizeof(*shifts));
	const struct entry *last = NULL;
	const struct change *c;
	size_t i, j, n = 0;

	for (i = 0; i < m->n; i++) {
		c = &m->list[i];
		if (c->kind != CHANGE_REFERENCE || c->kept)
			continue;
		shifts[n] = (struct shift){labelof(r, c->from, r->whole), labelof(r, c->to, r->whole),
			labelof(r, c->from, true), labelof(r, c->to, true), keyof(r, m->registry, c), n};
		n++;
		p->references += c->entry != last;
		last = c->entry;
	}
	if (n > 0)
		qsort(shifts, n, sizeof(*shifts), ordershifts);
	for (i = 0; i < n; i = j) {
		for (j = i + 1; j < n && streq(shifts[i].old, shifts[j].old) && streq(shifts[i].new, shifts[j].new);
			j++)
			;
		addgroup(r, p, &shifts[i], j - i);
	}
	free(shifts);
}

static void
makechapter(struct reporter *r, struct chapter *p, const struct updated *u)
{
	size_t i;

	p->updated = u;
	for (i = 0; i < u->merge->n; i++)
		addchange(r, p, &u->merge->list[i]);
	addtemporary(r, p);
	addreferences(r, p);
}

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
		if (i != TEMPORARY && i != UNREAD && p->tables[i].n > 0)
			return true;
	return p->expiries > 0 || dated(p->updated) || (p->updated->merge->labels > 0);
}

/* Whether there is anything to say of a registry. */
static bool
eventful(const struct chapter *p)
{
	return haschanged(p) || p->tables[UNREAD].n > 0;
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
		unread += r->chapters[i].tables[UNREAD].n;
	}
	for (t = 0; t < TABLES; t++) {
		for (i = n = 0; i < r->nchapters; i++)
			n += r->chapters[i].tables[t].n;
		if (t == REFERENCES)
			count(b, references, "with other references", "with other references");
		else if (t == TEMPORARY)
			count(b, expiries, "with another expiry", "with another expiry");
		else if (headings[t].one)
			count(b, n, headings[t].one, headings[t].many);
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
	size_t width[COLUMNS] = {0}, i, k, n, last;
	struct str cell;

	for (i = 0; i < t->n; i++)
		for (k = 0; k < COLUMNS; k++) {
			t->rows[i][k] = shown(r, t->rows[i][k]);
			n = utf8_count(t->rows[i][k].s, t->rows[i][k].n);
			width[k] = n > width[k] ? n < WIDEST ? n : WIDEST : width[k];
		}
	buf_printf(r->out, "  %s\n", h->title);
	for (i = 0; i < t->n; i++) {
		for (last = COLUMNS; last > 1 && t->rows[i][last - 1].n == 0; last--)
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
			texttable(r, &headings[i], &p->tables[i]);
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
	for (k = 0; k < COLUMNS && h->columns[k]; k++)
		buf_printf(r->out, " %s |", h->columns[k]);
	buf_adds(r->out, "\n|");
	for (k = 0; k < COLUMNS && h->columns[k]; k++)
		buf_adds(r->out, "---|");
	buf_addch(r->out, '\n');
	for (i = 0; i < t->n; i++) {
		buf_addch(r->out, '|');
		for (k = 0; k < COLUMNS && h->columns[k]; k++) {
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
			markdowntable(r, &headings[i], &p->tables[i]);
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
	struct node *items = arena_array(m->arena, t->n, sizeof(*items)), cells[COLUMNS];
	size_t i, k;

	for (i = 0; i < t->n; i++) {
		for (k = 0; k < COLUMNS && h->columns[k]; k++)
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
		keys[6 + i] = headings[i].key;
		values[6 + i] = jsontable(m, &headings[i], &p->tables[i]);
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
	struct reporter r = {.arena = &a,
		.out = out,
		.session = s,
		.nchapters = n,
		.whole = form == REPORT_JSON,
		.escape = controls(&a)};
	size_t i, t;

	r.chapters = arena_array(&a, n, sizeof(*r.chapters));
	for (i = 0; i < n; i++)
		makechapter(&r, &r.chapters[i], &updates[i]);
	if (form == REPORT_TEXT)
		writetext(&r);
	else if (form == REPORT_MARKDOWN)
		writemarkdown(&r);
	else
		writejson(&r);
	for (i = 0; i < n; i++)
		for (t = 0; t < TABLES; t++)
			free(r.chapters[i].tables[t].rows);
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
