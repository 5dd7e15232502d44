#include <stdlib.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "field.h"
#include "number.h"
#include "project.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "rows.h"
#include "status.h"
#include "tree.h"
#include "word.h"
#include "cited.h"
#include "fact.h"
#include "lang.h"
#include "change.h"
#include "naming.h"
#include "pairing.h"
#include "view.h"
#include "peers.h"
#include "session.h"
#include "chapter.h"

/* How many of the records that change in the same way are named. */
enum { SHOWN = 8 };

const struct heading chapter_headings[TABLES] = {
	[TABLE_ADDED] = {"added", "Added", "added", "added", {"value", "text", "name", "status"}},
	[TABLE_RENAMED] = {"renamed", "Renamed", "renamed", "renamed",
		{"value", "old text", "new text", "old name", "new name"}},
	[TABLE_IDENTIFIERS] = {"identifiers", "Identifiers of what is renamed; the old ones stay, deprecated", NULL,
		NULL, {"value", "target", "old", "new"}},
	[TABLE_TEXTS] = {"texts", "Other texts, the same names", "text changed", "texts changed",
		{"value", "old", "new"}},
	[TABLE_SPELLED] = {"spelled", "Spelled otherwise", "spelled otherwise", "spelled otherwise", {"old", "new"}},
	[TABLE_STATUSES] = {"statuses", "Status changed", "status changed", "statuses changed",
		{"value", "text", "old", "new"}},
	[TABLE_WITHDRAWN] = {"withdrawn", "Withdrawn by IANA, and kept as such", "withdrawn", "withdrawn",
		{"value", "text", "name"}},
	[TABLE_TEMPORARY] = {"temporary", "Temporary", NULL, NULL, {"value", "text", "expires", "before"}},
	[TABLE_REPLACED] = {"replaced", "Replaced", "replacement changed", "replacements changed",
		{"value", "old", "new"}},
	[TABLE_REFERENCES] = {"references", "References changed", NULL, NULL, {"records", "old", "new", "values"}},
	[TABLE_FIELDS] = {"fields", "Fields changed", "field changed", "fields changed",
		{"value", "field", "old", "new"}},
	[TABLE_UNREAD] = {"unread", "Not taken: the field cannot have it", NULL, NULL,
		{"value", "text", "field", "IANA's"}},
	[TABLE_RANGES] = {"ranges", "Ranges changed", "range changed", "ranges changed",
		{"status", "old", "new", "rule"}},
	[TABLE_KEPT] = {"kept", "Kept against IANA", "kept against IANA", "kept against IANA",
		{"value", "what", "ours", "IANA's"}},
};

struct writer {
	struct arena *arena;
	const struct session *session;
	bool whole;
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

#define ROW(p, name, ...) addrow(&(p)->tables[name], (const struct str[TABLE_COLUMNS]){__VA_ARGS__})

static void
addrow(struct table *t, const struct str *cells)
{
	size_t i;

	t->rows = xgrow(t->rows, t->n, &t->cap, sizeof(*t->rows));
	for (i = 0; i < TABLE_COLUMNS; i++)
		t->rows[t->n][i] = cells[i].s ? cells[i] : none;
	t->n++;
}

/* The columns of a key in one. */
static struct str
joinkey(struct writer *w, const struct str *columns, size_t n)
{
	struct str *parts = arena_array(w->arena, 2 * n, sizeof(*parts));
	size_t i, k = 0;

	for (i = 0; i < n; i++) {
		if (columns[i].n == 0)
			continue;
		if (k > 0)
			parts[k++] = LITERAL(" ");
		parts[k++] = columns[i];
	}
	return arena_join(w->arena, parts, k);
}

/* What an entry or a record is called by: its key. */
static struct str
keyof(struct writer *w, const struct registry *g, const struct change *c)
{
	struct str *columns;
	size_t i;

	if (!c->entry && !c->fact)
		return c->values;
	columns = arena_array(w->arena, g->nkey, sizeof(*columns));
	for (i = 0; i < g->nkey; i++)
		columns[i] = c->entry ? textof(rows_column(g, c->entry, i)) : pairing_column(g, c->fact, i);
	return joinkey(w, columns, g->nkey);
}

/* What a citation is called, with or without its section. */
static struct str
labelof(struct writer *w, const struct cited *c, bool section)
{
	struct node *nodes;
	struct reference ref = {0};

	if (!c)
		return none;
	nodes = arena_array(w->arena, 2, sizeof(*nodes));
	nodes[0] = (struct node){.p = c->id.s, .n = c->id.n & NODE_MAX, .kind = NODE_SCALAR};
	nodes[1] = (struct node){.p = c->section.s, .n = c->section.n & NODE_MAX, .kind = NODE_SCALAR};
	ref.id = &nodes[0];
	ref.section = section && c->section.n > 0 ? &nodes[1] : NULL;
	ref.kind = c->kind;
	return reference_label(&ref, w->arena);
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
addidentifiers(struct writer *w, struct chapter *p, const struct change *c)
{
	const struct registry *g = p->updated->registry, *const * list;
	const struct session *s = w->session;
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
		dialect_init(&dialect, &d, w->arena, &s->project, s->jobs[i].lang, s->jobs[i].target);
		naming_init(&naming, &dialect, g);
		id[0] = naming_entry(&naming, &old, identifierof(s->jobs[i].lang), w->arena);
		id[1] = naming_entry(&naming, &new, identifierof(s->jobs[i].lang), w->arena);
		ROW(p, TABLE_IDENTIFIERS, keyof(w, g, c), s->jobs[i].id, id[0], id[1]);
	}
	diag_free(&d);
}

/* changes become rows */

static void
addadded(struct writer *w, struct chapter *p, const struct change *c)
{
	size_t n;
	const struct str *words = status_names(&n);

	ROW(p, TABLE_ADDED, keyof(w, p->updated->registry, c), c->fact->text, c->name,
		c->fact->status == STATUS_ASSIGNED ? none : words[c->fact->status]);
	p->names += c->name.n > 0;
}

static void
addtext(struct writer *w, struct chapter *p, const struct change *c)
{
	struct str key = keyof(w, p->updated->registry, c);

	p->names += c->name.n > 0 && !c->swap;
	if (c->oldname.n > 0) {
		ROW(p, TABLE_RENAMED, key, c->old, c->new, c->oldname, c->name);
		addidentifiers(w, p, c);
		p->deprecations++;
	} else if (c->name.n > 0) {
		ROW(p, TABLE_ADDED, key, c->new, c->name, LITERAL(""));
	} else {
		ROW(p, TABLE_TEXTS, key, c->old, c->new);
	}
}

static bool
isdeprecated(unsigned status)
{
	return status == STATUS_DEPRECATED || status == STATUS_OBSOLETED || status == STATUS_WITHDRAWN;
}

static void
addstatus(struct writer *w, struct chapter *p, const struct change *c)
{
	const struct entry *e = c->entry;
	struct str key = keyof(w, p->updated->registry, c);

	if (c->status == STATUS_WITHDRAWN)
		ROW(p, TABLE_WITHDRAWN, key, textof(e->text), textof(e->name));
	else
		ROW(p, TABLE_STATUSES, key, textof(e->text), c->old, c->new);
	p->deprecations +=
		e->name && !node_get(e->node, "deprecated") && isdeprecated(c->status) && !isdeprecated(e->status);
}

static void
addrange(struct chapter *p, const struct change *c)
{
	size_t n;
	const struct str *words = status_names(&n);
	struct str status = c->status == STATUS_NONE ? c->title : words[c->status];

	if (c->kind == CHANGE_RULE)
		ROW(p, TABLE_RANGES, words[c->range->status], c->values, c->values, c->new);
	else if (c->keeps)
		ROW(p, TABLE_RANGES, status, c->old, LITERAL(""));
	else
		ROW(p, TABLE_RANGES, status, c->old, c->values, c->rule);
}

/* What IANA has and no field can have. */
static void
addunread(struct writer *w, struct chapter *p, const struct change *c)
{
	const struct registry *g = p->updated->registry;

	ROW(p, TABLE_UNREAD, keyof(w, g, c), c->fact->text, node_str(g->fields[c->index].id), c->new);
}

static void
addkept(struct writer *w, struct chapter *p, const struct change *c)
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
	struct str key = keyof(w, g, c), kind = what[c->kind];

	if (c->kind == CHANGE_REFERENCE)
		ROW(p, TABLE_KEPT, key, kind, labelof(w, c->from, true), labelof(w, c->to, true));
	else if (c->kind == CHANGE_ADD)
		ROW(p, TABLE_KEPT, key, kind, c->entry ? textof(c->entry->text) : none, c->fact->text);
	else
		ROW(p, TABLE_KEPT, key, c->kind == CHANGE_FIELD ? node_str(g->fields[c->index].id) : kind, c->old,
			c->new);
}

static void
addchange(struct writer *w, struct chapter *p, const struct change *c)
{
	const struct registry *g = p->updated->registry;

	if (c->kept) {
		addkept(w, p, c);
		return;
	}
	switch (c->kind) {
	case CHANGE_ADD:
		addadded(w, p, c);
		break;
	case CHANGE_VALUE:
		ROW(p, TABLE_SPELLED, c->old, c->new);
		break;
	case CHANGE_TEXT:
		addtext(w, p, c);
		break;
	case CHANGE_STATUS:
		addstatus(w, p, c);
		break;
	case CHANGE_REPLACED:
		ROW(p, TABLE_REPLACED, keyof(w, g, c), c->old, c->new);
		break;
	case CHANGE_FIELD:
		ROW(p, TABLE_FIELDS, keyof(w, g, c), node_str(g->fields[c->index].id), c->old, c->new);
		break;
	case CHANGE_UNREAD:
		addunread(w, p, c);
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
addtemporary(struct writer *w, struct chapter *p)
{
	const struct merge *m = p->updated->merge;
	const struct change *c;
	const struct fact *f;
	struct change whole = {0};
	struct str *before;
	uint32_t i;
	size_t k;

	before = arena_array(w->arena, m->theirs->n, sizeof(*before));
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
			ROW(p, TABLE_TEMPORARY, keyof(w, m->registry, &whole), f->text, f->expires, before[i]);
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
addgroup(struct writer *w, struct chapter *p, const struct shift *s, size_t n)
{
	size_t i, k = 0, most = w->whole || n < SHOWN ? n : SHOWN;
	struct str *values = arena_array(w->arena, 2 * most + 1, sizeof(*values)), old = s->old, new = s->new;

	for (i = 0; i < most; i++) {
		if (i > 0)
			values[k++] = LITERAL(", ");
		values[k++] = s[i].value;
	}
	if (n > most)
		values[k++] = LITERAL(", ...");
	if (n == 1 || streq(old, new)) {
		old = n == 1 ? s->fullold : arena_join(w->arena, (struct str[]){old, LITERAL(", sections")}, 2);
		new = n == 1 ? s->fullnew : old;
	}
	ROW(p, TABLE_REFERENCES, str(arena_printf(w->arena, "%zu", n)), old, new, arena_join(w->arena, values, k));
}

static void
addreferences(struct writer *w, struct chapter *p)
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
		shifts[n] = (struct shift){labelof(w, c->from, w->whole), labelof(w, c->to, w->whole),
			labelof(w, c->from, true), labelof(w, c->to, true), keyof(w, m->registry, c), n};
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
		addgroup(w, p, &shifts[i], j - i);
	}
	free(shifts);
}

void
chapter_make(struct chapter *p, struct arena *a, const struct session *s, const struct updated *u, bool whole)
{
	struct writer w = {a, s, whole};
	size_t i;

	p->updated = u;
	for (i = 0; i < u->merge->n; i++)
		addchange(&w, p, &u->merge->list[i]);
	addtemporary(&w, p);
	addreferences(&w, p);
}

void
chapter_free(struct chapter *p)
{
	size_t i;

	for (i = 0; i < TABLES; i++)
		free(p->tables[i].rows);
}
