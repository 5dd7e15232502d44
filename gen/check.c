#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "check.h"
#include "decode.h"
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

/* A name by its index; UINT32_MAX if the slot is free. */
struct slot {
	uint32_t hash, index;
};

/* The names of a registry's entries and their aliases: first the entries by index, then the aliases. */
struct names {
	struct registry *registry;
	struct alias **aliases;
	uint32_t naliases;
	struct slot *slots; /* hash table */
	size_t nslots;
};

struct checker {
	struct diag *diag;
	struct arena *arena;
	struct project *project;
	const struct specification *last, *lastformer; /* those that references named last */
};

static const struct node *
nameof(const struct names *n, uint32_t i)
{
	uint32_t nentries = n->registry->nentries;

	return i < nentries ? n->registry->entries[i].name : n->aliases[i - nentries]->name;
}

/* The slot of a name, or the free one where it belongs. */
static struct slot *
findname(const struct names *n, struct str name)
{
	uint32_t hash = strhash(name);
	size_t i = hash & (n->nslots - 1);

	while (n->slots[i].index != UINT32_MAX &&
		(n->slots[i].hash != hash || !streq(node_str(nameof(n, n->slots[i].index)), name)))
		i = (i + 1) & (n->nslots - 1);
	if (n->slots[i].index == UINT32_MAX)
		n->slots[i].hash = hash;
	return &n->slots[i];
}

/* Whether entries of one name are records of one thing: then the name is in the key, or keys need not differ. */
static bool
mayrepeat(const struct names *n, uint32_t i, uint32_t j)
{
	const struct registry *r = n->registry;
	size_t k;

	for (k = 0; k < r->nkey && r->key[k] != COLUMN_NAME; k++)
		;
	return i < r->nentries && j < r->nentries && (k < r->nkey || r->duplicates);
}

/* The first entry of a name that has a value stands for the name. */
static void
repeatname(const struct names *n, struct slot *slot, uint32_t i)
{
	struct entry *first = &n->registry->entries[slot->index], *e = &n->registry->entries[i];

	if (first->value || !e->value) {
		e->again = 1;
		return;
	}
	first->again = 1;
	slot->index = i;
}

static void
addname(struct checker *c, struct names *n, uint32_t i)
{
	const struct node *name = nameof(n, i), *first;
	struct slot *slot;

	if (!name)
		return;
	slot = findname(n, node_str(name));
	if (slot->index == UINT32_MAX) {
		slot->index = i;
		return;
	}
	if (mayrepeat(n, slot->index, i)) {
		repeatname(n, slot, i);
		return;
	}
	first = nameof(n, slot->index);
	if (name->at < first->at) {
		first = name;
		name = nameof(n, slot->index);
	}
	diag_error(c->diag, node_span(name), "duplicate name '%.*s' in '%.*s'", (int)name->n, (const char *)name->p,
		(int)n->registry->id->n, (const char *)n->registry->id->p);
	diag_note(c->diag, node_span(first), "first defined here");
}

static void
collectaliases(struct checker *c, struct names *n)
{
	struct registry *r = n->registry;
	struct aliases *a;
	uint32_t i, j, count = 0;

	for (i = 0; i < r->nentries; i++)
		count += r->entries[i].aliases.n;
	n->aliases = arena_array(c->arena, count, sizeof(struct alias *));
	for (i = 0; i < r->nentries; i++) {
		a = &r->entries[i].aliases;
		for (j = 0; j < a->n; j++) {
			a->list[j].entry = &r->entries[i];
			n->aliases[n->naliases++] = &a->list[j];
		}
	}
}

static void
checkalias(struct checker *c, const struct alias *a)
{
	if (!a->from || project_specification(c->project, node_str(a->from)))
		return;
	diag_error(c->diag, node_span(a->from), "'%.*s' is not among the specifications", (int)a->from->n,
		(const char *)a->from->p);
}

/* What an entry is called in messages: its name, else its value. */
static struct str
callname(const struct entry *e)
{
	return node_str(e->name ? e->name : e->value);
}

/* The entry that replaced_by names. */
static void
checkreplacement(struct checker *c, const struct names *n, struct entry *e)
{
	const struct node *name = e->replacedby;
	uint32_t i = findname(n, node_str(name))->index, nentries = n->registry->nentries;

	struct str called = callname(e);

	if (i == UINT32_MAX) {
		diag_error(c->diag, node_span(name), "'%.*s' is replaced by '%.*s', which is not a name in '%.*s'",
			(int)called.n, called.s, (int)name->n, (const char *)name->p, (int)n->registry->id->n,
			(const char *)n->registry->id->p);
		return;
	}
	e->replacement = i < nentries ? &n->registry->entries[i] : n->aliases[i - nentries]->entry;
}

/* Nothing may be replaced by itself, be it by a detour. */
static void
checkcircle(struct checker *c, const struct entry *e)
{
	const struct entry *next = e->replacement;
	unsigned steps = 0;

	while (next && next != e && steps++ < 64)
		next = next->replacement;
	if (next == e)
		diag_error(c->diag, node_span(e->replacedby), "an entry cannot be replaced by itself");
}

static void
checknames(struct checker *c, struct registry *r)
{
	struct names n = {.registry = r, .nslots = 16};
	uint32_t i;

	collectaliases(c, &n);
	while (n.nslots * 4 < 5 * ((size_t)r->nentries + n.naliases + 1))
		n.nslots *= 2;
	n.slots = xmalloc(n.nslots, sizeof(*n.slots));
	memset(n.slots, 0xff, n.nslots * sizeof(*n.slots));
	for (i = 0; i < r->nentries + n.naliases; i++)
		addname(c, &n, i);
	for (i = 0; i < n.naliases; i++)
		checkalias(c, n.aliases[i]);
	for (i = 0; i < r->nentries; i++)
		if (r->entries[i].replacedby && (r->entries[i].name || r->entries[i].value))
			checkreplacement(c, &n, &r->entries[i]);
	for (i = 0; i < r->nentries; i++)
		if (r->entries[i].replacement)
			checkcircle(c, &r->entries[i]);
	free(n.slots);
}

/* The value as a number; false if it is none, which was reported. */
static bool
readvalue(struct checker *c, const struct registry *r, struct entry *e)
{
	const struct node *v = e->value;
	size_t n;
	bool fits;

	if (!v || r->type == TYPE_STRING)
		return v != NULL;
	n = number_read(r->type, node_str(v), &e->number, &fits);
	if (n == 0 || n < v->n) {
		diag_error(c->diag, node_span(v), "expected an integer, not '%.*s'", v->n > 60 ? 60 : (int)v->n,
			(const char *)v->p);
		return false;
	}
	if (!fits) {
		diag_error(c->diag, node_span(v), "%.*s does not fit the type of '%.*s'", (int)v->n, (const char *)v->p,
			(int)r->id->n, (const char *)r->id->p);
		return false;
	}
	if (r->valid && (e->number < r->least || e->number > r->greatest))
		diag_error(c->diag, node_span(v), "%.*s is not in %.*s, which is what is valid in '%.*s'", (int)v->n,
			(const char *)v->p, (int)r->valid->n, (const char *)r->valid->p, (int)r->id->n,
			(const char *)r->id->p);
	return true;
}

/* Find the titles of the specifications that references name. Neighbours often name the same. */
static void
findtitles(struct checker *c, struct references *r, const struct specification **last)
{
	const struct specification *s;
	struct str id;
	uint32_t i;

	for (i = 0; i < r->n; i++) {
		if (r->list[i].kind != REFERENCE_RFC || !r->list[i].id)
			continue;
		id = node_str(r->list[i].id);
		s = *last;
		if (!s || !streq(id, (struct str){s->id.s + 3, s->id.n - 3}))
			s = project_specification(
				c->project, arena_join(c->arena, (struct str[]){LITERAL("rfc"), id}, 2));
		if (s && !r->list[i].title)
			r->list[i].title = s->title;
		*last = s ? s : *last;
	}
}

static void
checkentry(struct checker *c, struct entry *e)
{
	findtitles(c, &e->references, &c->last);
	findtitles(c, &e->former, &c->lastformer);
	if (e->deprecated == 2)
		e->deprecated = e->status == STATUS_DEPRECATED || e->status == STATUS_OBSOLETED ||
			e->status == STATUS_WITHDRAWN;
	if (e->expires && e->status != STATUS_TEMPORARY)
		diag_error(c->diag, node_span(e->expires), "only what is temporary expires");
	if (e->status == STATUS_UNASSIGNED)
		diag_error(c->diag, node_span(node_get(e->node, "status")),
			"an entry cannot be unassigned; write a range");
}

/* An entry has what makes its key; its number is read. */
static void
checkvalue(struct checker *c, const struct registry *r, struct entry *e)
{
	size_t i;

	e->row = readvalue(c, r, e) ? 0 : ROW_NONE;
	for (i = 0; i < r->nkey; i++)
		if (rows_column(r, e, i) || (r->key[i] == COLUMN_VALUE && node_get(e->node, "value")))
			return;
	if (r->nkey == 1 && r->key[0] == COLUMN_VALUE)
		diag_error(c->diag, node_span(e->node), "missing key 'value'");
	else
		diag_error(c->diag, node_span(e->node), "the entry has nothing that makes its key");
}

static void
checkentries(struct checker *c, struct registry *r)
{
	uint32_t i;

	for (i = 0; i < r->nentries; i++) {
		checkentry(c, &r->entries[i]);
		checkvalue(c, r, &r->entries[i]);
	}
	rows_make(c->arena, r);
	rows_check(c->diag, c->arena, r);
}

static int
orderspans(const void *a, const void *b)
{
	const struct range *x = *(const struct range *const *)a, *y = *(const struct range *const *)b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return (x > y) - (x < y);
}

/* Ranges with a status overlap neither each other nor an entry. */
static void
checkspans(struct checker *c, struct registry *r)
{
	const struct range *g, *h, *farthest = NULL;
	uint32_t i, j;

	r->spans = arena_array(c->arena, r->nranges, sizeof(*r->spans));
	for (i = 0; i < r->nranges; i++)
		if (r->ranges[i].status != STATUS_NONE)
			r->spans[r->nspans++] = &r->ranges[i];
	qsort(r->spans, r->nspans, sizeof(*r->spans), orderspans);
	for (i = 1; i < r->nspans; i++) {
		/* the one that reaches farthest of those before */
		if (i == 1 || r->spans[i - 1]->last > farthest->last)
			farthest = r->spans[i - 1];
		if (farthest->last < r->spans[i]->first)
			continue;
		g = farthest < r->spans[i] ? farthest : r->spans[i];
		h = g == farthest ? r->spans[i] : farthest;
		diag_error(c->diag, node_span(h->values), "the range %.*s overlaps another with a status",
			(int)h->values->n, (const char *)h->values->p);
		diag_note(c->diag, node_span(g->values), "which is this");
	}
	for (i = j = 0; i < r->nrows && j < r->nspans;) {
		if (r->rows[i]->number > r->spans[j]->last) {
			j++;
			continue;
		}
		/* what extends a registry may take what that leaves free */
		if (r->rows[i]->number >= r->spans[j]->first && !r->rows[i]->extension) {
			diag_error(c->diag, node_span(r->rows[i]->value), "%.*s lies in a range with a status",
				(int)r->rows[i]->value->n, (const char *)r->rows[i]->value->p);
			diag_note(c->diag, node_span(r->spans[j]->values), "which is this");
		}
		i++;
	}
}

static int
orderids(const void *a, const void *b)
{
	const struct node *x = *(const struct node *const *)a, *y = *(const struct node *const *)b;
	int c = strorder(node_str(x), node_str(y));

	return c ? c : (x->at > y->at) - (x->at < y->at);
}

static int
orderplaces(const void *a, const void *b)
{
	const struct node *x = *(const struct node *const *)a, *y = *(const struct node *const *)b;

	return (x->at > y->at) - (x->at < y->at);
}

/* Ids must differ. Those that are NULL do not count. */
static void
checkids(struct checker *c, const struct node *const *ids, uint32_t n, const char *what)
{
	const struct node **sorted = arena_array(c->arena, n, sizeof(*sorted));
	const struct node **repeated = arena_array(c->arena, n, sizeof(*repeated));
	uint32_t i, j, k = 0, m = 0;

	for (i = 0; i < n; i++)
		if (ids[i])
			sorted[k++] = ids[i];
	qsort(sorted, k, sizeof(*sorted), orderids);
	for (i = 1; i < k; i++)
		if (streq(node_str(sorted[i - 1]), node_str(sorted[i])))
			repeated[m++] = sorted[i];
	qsort(repeated, m, sizeof(*repeated), orderplaces);
	for (i = 0; i < m; i++) {
		for (j = 0; !streq(node_str(sorted[j]), node_str(repeated[i])); j++)
			;
		diag_error(c->diag, node_span(repeated[i]), "duplicate %s '%.*s'", what, (int)repeated[i]->n,
			(const char *)repeated[i]->p);
		diag_note(c->diag, node_span(sorted[j]), "first defined here");
		if (c->diag->quiet)
			break;
	}
}

/* A field cannot have the name of a key that entries have anyway. */
static void
checkfields(struct checker *c, const struct registry *r)
{
	const struct node **ids = arena_array(c->arena, (size_t)r->nfields + r->nranges, sizeof(*ids));
	uint32_t i;
	size_t j;

	for (i = 0; i < r->nfields; i++) {
		ids[i] = r->fields[i].id;
		for (j = 0; j < r->nkeys - r->nfields; j++)
			if (streqs(node_str(ids[i]), r->keys[j].name))
				diag_error(c->diag, node_span(ids[i]),
					"a field cannot be called '%s': every entry has such a key", r->keys[j].name);
	}
	checkids(c, ids, r->nfields, "field");
	for (i = 0; i < r->nranges; i++)
		ids[i] = r->ranges[i].id;
	checkids(c, ids, r->nranges, "range");
}

static const struct registry *
findregistry(struct checker *c, const struct node *id)
{
	struct str *ids = arena_array(c->arena, c->project->nregistries, sizeof(*ids));
	uint32_t i;

	for (i = 0; i < c->project->nregistries; i++) {
		ids[i] = c->project->registries[i].id ? node_str(c->project->registries[i].id) : LITERAL("");
		if (streq(ids[i], node_str(id)))
			return &c->project->registries[i];
	}
	decode_unknown(c->diag, node_span(id), "registry", node_str(id), ids, c->project->nregistries);
	return NULL;
}

static void
checkreference(struct checker *c, const struct fielddef *f, const struct node *n)
{
	uint32_t i;

	for (i = 0; f->list && n && n->kind == NODE_LIST && i < n->n; i++)
		checkreference(c, f, node_item(n, i));
	if (n && n->kind == NODE_SCALAR && n->n > 0 && !rows_find(f->registry, node_str(n)))
		diag_error(c->diag, node_span(n), "'%.*s' is neither a value nor a name in '%.*s'", (int)n->n,
			(const char *)n->p, (int)f->to->n, (const char *)f->to->p);
}

/* What fields refer to is there. All registries have their rows. */
static void
checkreferences(struct checker *c, struct registry *r)
{
	struct fielddef *f;
	uint32_t i, k;

	for (i = 0; i < r->nfields; i++) {
		f = &r->fields[i];
		if (f->form != FORM_REFERENCE || !f->to)
			continue;
		f->registry = findregistry(c, f->to);
		if (!f->registry)
			continue;
		checkreference(c, f, f->standard);
		for (k = 0; k < r->nentries; k++)
			if (r->entries[k].fields)
				checkreference(c, f, r->entries[k].fields[i]);
	}
}

static void
checkspecifications(struct checker *c)
{
	const struct specification *s;
	const struct node *id;
	uint32_t i, j;

	for (i = 0; i < c->project->nspecifications; i++) {
		s = &c->project->specifications[i];
		if (s->merged)
			continue;
		for (j = 0; s->obsoletes && j < s->obsoletes->n; j++) {
			id = node_item(s->obsoletes, j);
			if (id->kind != NODE_SCALAR)
				diag_error(c->diag, node_span(id), "expected the id of a specification");
			else if (!project_specification(c->project, node_str(id)))
				diag_error(c->diag, node_span(id), "'%.*s' is not among the specifications", (int)id->n,
					(const char *)id->p);
		}
	}
}

void
check_project(struct diag *d, struct arena *a, struct project *p)
{
	struct checker c = {.diag = d, .arena = a, .project = p};
	const struct node **ids = arena_array(a, (size_t)p->nregistries + p->ntargets, sizeof(*ids));
	struct registry *r;
	uint32_t i;

	checkspecifications(&c);
	for (i = 0; i < p->nregistries; i++)
		ids[i] = p->registries[i].id;
	checkids(&c, ids, p->nregistries, "registry");
	for (i = 0; i < p->ntargets; i++)
		ids[i] = p->targets[i].id;
	checkids(&c, ids, p->ntargets, "target");
	for (i = 0; i < p->nregistries; i++) {
		r = &p->registries[i];
		if (!r->id)
			continue;
		checkfields(&c, r);
		checkentries(&c, r);
		checkspans(&c, r);
		checknames(&c, r);
	}
	for (i = 0; i < p->nregistries; i++)
		checkreferences(&c, &p->registries[i]);
}

/* What a name for a language may be meant for: the languages, then the ids of targets. */
struct languages {
	struct str *called, *meant; /* what it is called, and the language */
	size_t n, nlangs;
};

static struct languages
listlanguages(struct arena *a, const struct project *p, const struct str *langs, size_t n)
{
	struct languages l = {.nlangs = n};
	const struct target *t;
	size_t i;

	l.called = arena_array(a, n + p->ntargets, sizeof(*l.called));
	l.meant = arena_array(a, n + p->ntargets, sizeof(*l.meant));
	for (; l.n < n; l.n++)
		l.called[l.n] = l.meant[l.n] = langs[l.n];
	for (i = 0; i < p->ntargets; i++) {
		t = &p->targets[i];
		if (!t->id)
			continue;
		l.called[l.n] = node_str(t->id);
		l.meant[l.n++] = node_str(t->lang ? t->lang : t->id);
	}
	return l;
}

static void
checklanguage(struct diag *d, const struct languages *l, const struct node *names, uint32_t i, bool strict)
{
	struct str id = node_key(names, i), meant;
	const struct str *found;
	size_t k;

	for (k = 0; k < l->nlangs; k++)
		if (streq(l->called[k], id))
			return;
	found = mistyped(id, l->called, l->n);
	if (!found)
		return;
	meant = l->meant[found - l->called];
	if (streq(meant, id))
		return;
	(strict ? diag_error : diag_warning)(d, node_keyspan(names, i), "unknown language '%.*s'; did you mean '%.*s'?",
		(int)id.n, id.s, (int)meant.n, meant.s);
}

void
check_languages(
	struct diag *d, struct arena *a, const struct project *p, const struct str *langs, size_t n, bool strict)
{
	struct languages l = listlanguages(a, p, langs, n);
	const struct registry *r;
	const struct entry *e;
	uint32_t i;

	for (r = p->registries; r < p->registries + p->nregistries; r++)
		for (e = r->entries; e < r->entries + r->nentries; e++)
			for (i = 0; e->names && i < e->names->n; i++)
				checklanguage(d, &l, e->names, i, strict);
}

void
check_expired(struct diag *d, const struct project *p, const char *today, bool strict)
{
	const struct registry *r;
	const struct entry *e;
	struct str called;
	uint32_t i, j;

	for (i = 0; i < p->nregistries; i++) {
		r = &p->registries[i];
		for (j = 0; j < r->nentries; j++) {
			e = &r->entries[j];
			/* a month expires when it is over */
			if (!e->expires || !e->value ||
				strorder(node_str(e->expires), (struct str){today, e->expires->n}) >= 0)
				continue;
			called = callname(e);
			(strict ? diag_error : diag_warning)(d, node_span(e->expires), "'%.*s' expired on %.*s",
				(int)called.n, called.s, (int)e->expires->n, (const char *)e->expires->p);
		}
	}
}
