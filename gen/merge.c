#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "field.h"
#include "number.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "status.h"
#include "tree.h"
#include "word.h"
#include "cited.h"
#include "ranger.h"
#include "fact.h"
#include "nameset.h"
#include "pairing.h"
#include "sequence.h"
#include "change.h"
#include "coverage.h"
#include "merge.h"

static const struct str none = {"", 0};

/* What a merge needs while it goes on. */
struct merging {
	struct merge *m;
	struct diag *diag;
	const struct fact **coming; /* what is to be added */
	size_t ncoming;
	const struct factrange **reserved; /* their ranges that are reserved, ascending */
	size_t nreserved;
	bool *replaced; /* the entries that get a replacement */
};

static struct str
textof(const struct node *n)
{
	return n ? node_str(n) : none;
}

/* A change of an entry from what ours says to what theirs says. */
static struct change *
alter(struct merge *m, enum changekind kind, const struct triple *t, struct str old, struct str new)
{
	struct change *c = change_add(m, kind);

	c->entry = t->ours;
	c->fact = t->theirs;
	c->old = old;
	c->new = new;
	return c;
}

/* The words of a fact's text. */
static struct str
wordsof(const struct merge *m, struct str text)
{
	return word_from(m->arena, text);
}

/* The entry's alias of this name, or NULL. */
static const struct alias *
findalias(const struct entry *e, struct str name)
{
	uint32_t i;

	for (i = 0; i < e->aliases.n; i++)
		if (streq(node_str(e->aliases.list[i].name), name))
			return &e->aliases.list[i];
	return NULL;
}

/* attributes of an entry */

/* With another text an entry gets another name, if its name was made of the old text. */
static void
retitle(struct merge *m, struct change *c)
{
	struct str name = textof(c->entry->name), words = wordsof(m, c->new), oldwords = wordsof(m, c->old);

	if (change_haskey(m->registry, COLUMN_NAME) || words.n == 0)
		return;
	if (name.n == 0) {
		if (c->old.n == 0)
			change_name(m, c, words);
		return;
	}
	if (!streq(name, oldwords) || nameset_same(name, words))
		return;
	c->oldname = name;
	c->swap = findalias(c->entry, words);
	if (c->swap)
		c->name = c->words = words;
	else
		change_name(m, c, words);
}

static void
mergetext(struct merge *m, const struct triple *t)
{
	struct str ours = textof(t->ours->text), base = t->base ? t->base->text : none, theirs = t->theirs->text;
	struct change *c;

	if (change_haskey(m->registry, COLUMN_TEXT) || theirs.n == 0 || streq(base, theirs) || streq(ours, theirs))
		return;
	c = alter(m, CHANGE_TEXT, t, ours, theirs);
	c->kept = !streq(ours, base);
	if (!c->kept)
		retitle(m, c);
}

/* The key's spelling; numbers have none. */
static void
mergevalue(struct merge *m, const struct triple *t)
{
	struct str ours = textof(t->ours->value), base = t->base ? t->base->value : none, theirs = t->theirs->value;

	if (m->registry->type != TYPE_STRING || !change_haskey(m->registry, COLUMN_VALUE) || streq(base, theirs) ||
		streq(ours, theirs))
		return;
	alter(m, CHANGE_VALUE, t, ours, theirs)->kept = !streq(ours, base);
}

/* What has gone is withdrawn, unless its value is reserved now with others. */
static unsigned char
theirstatus(const struct merging *g, const struct triple *t)
{
	size_t low = 0, high = g->nreserved, middle;

	if (t->theirs)
		return t->theirs->status;
	while (low < high) {
		middle = low + (high - low) / 2;
		if (g->reserved[middle]->last < t->ours->number)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < g->nreserved && g->reserved[low]->first <= t->ours->number)
		return STATUS_RESERVED;
	return STATUS_WITHDRAWN;
}

/* Returns what the status is to be. */
static unsigned char
mergestatus(struct merging *g, const struct triple *t)
{
	unsigned char ours = t->ours->status, theirs = theirstatus(g, t);
	unsigned char base = t->base ? t->base->status : STATUS_WITHDRAWN;
	const struct str *words;
	struct change *c;
	size_t n;

	if (theirs == base || ours == theirs)
		return ours;
	words = status_names(&n);
	c = alter(g->m, CHANGE_STATUS, t, words[ours], words[theirs]);
	c->status = theirs;
	c->kept = ours != base;
	return c->kept ? ours : theirs;
}

static void
mergeexpires(struct merge *m, const struct triple *t, unsigned char status)
{
	struct str ours = textof(t->ours->expires), base = t->base ? t->base->expires : none;
	struct str theirs = t->theirs ? t->theirs->expires : none;

	if (status != STATUS_TEMPORARY) {
		/* only what is temporary expires */
		if (ours.n > 0)
			alter(m, CHANGE_EXPIRES, t, ours, none);
		return;
	}
	if (streq(ours, theirs) || (t->ours->status == STATUS_TEMPORARY && streq(base, theirs)))
		return;
	alter(m, CHANGE_EXPIRES, t, ours, theirs)->kept = ours.n > 0 && !streq(ours, base);
}

/* fields */

static const struct factfield *
findfield(const struct fact *f, struct str id)
{
	uint32_t i;

	for (i = 0; f && i < f->nfields; i++)
		if (streq(f->fields[i].id, id))
			return &f->fields[i];
	return NULL;
}

/* Whether two values of a field are one; what is absent is the default. */
static bool
samefield(const struct fielddef *f, struct str x, struct str y)
{
	struct str standard = textof(f->standard);
	uint64_t v, w;
	bool fits;

	x = x.n > 0 ? x : standard;
	y = y.n > 0 ? y : standard;
	if (streq(x, y) || !type_integer(f->type) || x.n == 0 || y.n == 0)
		return streq(x, y);
	return number_read(f->type, x, &v, &fits) == x.n && fits && number_read(f->type, y, &w, &fits) == y.n && fits &&
		v == w;
}

/* An enumeration gets the word that it does not have. */
static void
addchoice(struct merge *m, size_t field, struct str word)
{
	const struct fielddef *f = &m->registry->fields[field];
	struct change *c;
	size_t i;

	if (f->form != FORM_ENUM || f->list || word.n == 0)
		return;
	for (i = 0; i < f->choices->n; i++)
		if (streq(node_str(node_item(f->choices, i)), word))
			return;
	for (i = 0; i < m->n; i++)
		if (m->list[i].kind == CHANGE_CHOICE && m->list[i].index == field && streq(m->list[i].new, word))
			return;
	c = change_add(m, CHANGE_CHOICE);
	c->index = field;
	c->new = word;
}

/* What their fact has and no field of its type can have is told, and not taken. */
static void
addunread(struct merge *m, const struct entry *e, const struct fact *f, size_t field, struct str words)
{
	struct change *c = change_add(m, CHANGE_UNREAD);

	c->entry = e;
	c->fact = f;
	c->index = field;
	c->new = words;
}

static void
mergefields(struct merge *m, const struct triple *t)
{
	const struct registry *r = m->registry;
	const struct factfield *theirs, *base;
	const struct fielddef *f;
	struct change *c;
	struct str ours;
	uint32_t i;

	for (i = 0; i < r->nfields; i++) {
		f = &r->fields[i];
		if (f->list)
			continue; /* what was a column when the lock was written */
		theirs = findfield(t->theirs, node_str(f->id));
		base = findfield(t->base, node_str(f->id));
		ours = t->ours->fields ? textof(t->ours->fields[i]) : none;
		if (!theirs || change_haskey(r, COLUMN_FIELD + (size_t)i))
			continue;
		if (theirs->unread.n > 0 &&
			(ours.n == 0 || (base && base->value.n > 0 && samefield(f, ours, base->value))))
			addunread(m, t->ours, t->theirs, i, theirs->unread);
		/* a field that was not asked for before is as if it had been written by hand */
		if ((!base && t->base) || samefield(f, base ? base->value : none, theirs->value) ||
			samefield(f, ours, theirs->value))
			continue;
		c = alter(m, CHANGE_FIELD, t, ours, samefield(f, theirs->value, none) ? none : theirs->value);
		c->index = i;
		c->kept = !samefield(f, ours, base ? base->value : none);
		if (!c->kept)
			addchoice(m, i, c->new);
	}
}

/* references */

static struct cited *
ourcitations(struct arena *a, const struct references *r)
{
	struct cited *list = arena_array(a, r->n, sizeof(*list));
	uint32_t i;

	for (i = 0; i < r->n; i++)
		list[i] = (struct cited){
			textof(r->list[i].id), textof(r->list[i].section), textof(r->list[i].title), r->list[i].kind};
	return list;
}

struct citations {
	const struct cited *list;
	size_t n;
};

static const struct cited *
cites(struct citations l, const struct cited *c)
{
	size_t i;

	for (i = 0; i < l.n; i++)
		if (cited_same(&l.list[i], c))
			return l.list + i;
	return NULL;
}

/* A citation of the same document, whatever the section. */
static const struct cited *
citesdocument(struct citations l, const struct cited *c)
{
	struct cited x = *c, y;
	size_t i;

	x.section = none;
	for (i = 0; i < l.n; i++) {
		y = l.list[i];
		y.section = none;
		if (cited_same(&x, &y))
			return l.list + i;
	}
	return NULL;
}

/* Whether ours cites a document with a section that a person has found: the base cites it without, or not at all. */
static const struct cited *
refined(struct citations ours, struct citations base, const struct cited *c)
{
	const struct cited *o = citesdocument(ours, c);

	return o && o->section.n > 0 && !cites(base, o) ? o : NULL;
}

/* Before which of ours a citation of theirs goes: the first of those behind it that ours has. */
static size_t
placeof(struct citations ours, struct citations theirs, const struct cited *c)
{
	const struct cited *next, *o;

	for (next = c + 1; next < theirs.list + theirs.n; next++) {
		o = cites(ours, next);
		if (o)
			return (size_t)(o - ours.list);
	}
	return ours.n;
}

static void
changereference(struct merge *m, const struct triple *t, const struct cited *from, const struct cited *to, size_t index)
{
	struct change *c = alter(m, CHANGE_REFERENCE, t, none, none);

	c->from = from;
	c->to = to;
	c->index = index;
}

static void
keepreference(struct merge *m, const struct triple *t, const struct cited *ours, const struct cited *theirs)
{
	struct change *c = alter(m, CHANGE_REFERENCE, t, none, none);

	c->kept = true;
	c->from = ours;
	c->to = theirs;
}

/* The base has a citation of theirs: if it has only the words, and theirs has the place, then ours gets that. */
static void
sharpen(struct merge *m, const struct triple *t, struct citations ours, const struct cited *base,
	const struct cited *theirs)
{
	const struct cited *o = cites(ours, theirs);

	if (o && base->kind == REFERENCE_TEXT && o->kind == REFERENCE_TEXT && theirs->kind != REFERENCE_TEXT)
		changereference(m, t, o, theirs, (size_t)(o - ours.list));
	else
		m->labels += !streq(base->title, theirs->title);
}

/* What of theirs is new and has to come. */
static size_t
findcoming(struct merge *m, const struct triple *t, struct citations ours, struct citations base,
	struct citations theirs, const struct cited **coming)
{
	const struct cited *c, *o;
	size_t i, n = 0;

	for (i = 0; i < theirs.n; i++) {
		c = &theirs.list[i];
		o = cites(base, c);
		if (o) {
			sharpen(m, t, ours, o, c);
			continue;
		}
		o = refined(ours, base, c);
		if (cites(ours, c) || (o && c->section.n == 0))
			continue;
		if (o && citesdocument(base, c))
			keepreference(m, t, o, c);
		else
			coming[n++] = c;
	}
	return n;
}

/* What theirs no longer has and has to go from ours. */
static size_t
findgoing(struct merge *m, const struct triple *t, struct citations ours, struct citations base,
	struct citations theirs, const struct cited **going)
{
	const struct cited *c, *o;
	size_t i, n = 0;

	for (i = 0; i < base.n; i++) {
		c = &base.list[i];
		if (cites(theirs, c))
			continue;
		o = cites(ours, c);
		if (o)
			going[n++] = o;
		else if (refined(ours, base, c) && !citesdocument(theirs, c))
			keepreference(m, t, refined(ours, base, c), NULL);
	}
	return n;
}

static void
mergereferences(struct merge *m, const struct triple *t)
{
	struct citations ours = {ourcitations(m->arena, &t->ours->references), t->ours->references.n};
	struct citations base = {t->base ? t->base->references : NULL, t->base ? t->base->nreferences : 0};
	struct citations theirs = {t->theirs->references, t->theirs->nreferences};
	const struct cited **coming = arena_array(m->arena, theirs.n, sizeof(struct cited *));
	const struct cited **going = arena_array(m->arena, base.n, sizeof(struct cited *));
	size_t ncoming = findcoming(m, t, ours, base, theirs, coming), i;
	size_t ngoing = findgoing(m, t, ours, base, theirs, going);

	for (i = 0; i < ncoming && i < ngoing; i++)
		changereference(m, t, going[i], coming[i], (size_t)(going[i] - ours.list));
	for (; i < ngoing; i++)
		changereference(m, t, going[i], NULL, (size_t)(going[i] - ours.list));
	for (; i < ncoming; i++)
		changereference(m, t, NULL, coming[i], placeof(ours, theirs, coming[i]));
}

/* whole records */

static bool
samecitations(const struct fact *x, const struct fact *y)
{
	uint32_t i;

	if (x->nreferences != y->nreferences)
		return false;
	for (i = 0; i < x->nreferences; i++)
		if (!cited_same(&x->references[i], &y->references[i]))
			return false;
	return true;
}

static bool
samefact(const struct fact *x, const struct fact *y)
{
	uint32_t i;

	if (!streq(x->text, y->text) || !streq(x->expires, y->expires) || x->status != y->status ||
		!samecitations(x, y))
		return false;
	for (i = 0; i < x->nfields; i++)
		if (findfield(y, x->fields[i].id) && !streq(findfield(y, x->fields[i].id)->value, x->fields[i].value))
			return false;
	return true;
}

/* A record stays away, or as it is: ours says otherwise. */
static void
keeprecord(struct merge *m, const struct triple *t)
{
	struct change *c;

	if (!m->base || (t->base && samefact(t->base, t->theirs)))
		return;
	/* what is said of nobody a second time says nothing */
	if (t->repeated && t->theirs->text.n == 0 && t->theirs->name.n == 0)
		return;
	c = alter(m, CHANGE_ADD, t, none, none);
	c->kept = true;
}

/* Whether the registry can hold the value of a record. */
static bool
isvalid(struct merging *g, const struct fact *f)
{
	const struct registry *r = g->m->registry;

	if (r->type == TYPE_STRING || !r->valid || f->value.n == 0 ||
		(f->number >= r->least && f->number <= r->greatest))
		return true;
	diag_error(g->diag, f->at, "IANA has %.*s, which is not in %.*s, what is valid in '%.*s'", (int)f->value.n,
		f->value.s, (int)r->valid->n, (const char *)r->valid->p, (int)r->id->n, (const char *)r->id->p);
	diag_note(g->diag, node_span(r->valid), "this says what is valid");
	return false;
}

/* What has gone stays the base for the day when it comes back. */
static void
leave(struct merging *g, const struct triple *t)
{
	struct fact *f = &g->m->gone[g->m->ngone++];

	*f = *t->base;
	f->status = theirstatus(g, t);
	f->expires = none;
}

static void
mergerecord(struct merging *g, const struct triple *t)
{
	struct merge *m = g->m;
	unsigned char status;

	if (!t->ours && t->theirs) {
		if ((t->base && t->base->status != STATUS_WITHDRAWN) || t->repeated)
			keeprecord(m, t);
		else if (isvalid(g, t->theirs))
			g->coming[g->ncoming++] = t->theirs;
		return;
	}
	if (!t->ours || !m->base || (!t->base && !t->theirs))
		return;
	if (t->ours->extension) {
		if (t->theirs)
			keeprecord(m, t);
		return;
	}
	if (t->theirs) {
		mergevalue(m, t);
		mergetext(m, t);
	}
	if (!t->theirs)
		leave(g, t);
	status = mergestatus(g, t);
	mergeexpires(m, t, status);
	if (t->theirs) {
		mergereferences(m, t);
		mergefields(m, t);
	}
}

/* Add what comes, in the order of its places. */
static void
addcoming(struct merging *g)
{
	struct merge *m = g->m;
	const struct factfield *field;
	struct sequence *order;
	const struct fact *f;
	struct change *c;
	size_t i, k;

	if (g->ncoming == 0)
		return;
	order = sequence_new(m->arena, m->registry);
	sequence_sort(order, g->coming, g->ncoming);
	for (i = 0; i < g->ncoming; i++) {
		f = g->coming[i];
		c = change_add(m, CHANGE_ADD);
		c->fact = f;
		c->status = f->status;
		c->index = sequence_find(order, f);
		change_name(m, c, f->name);
		for (k = 0; k < m->registry->nfields; k++) {
			field = findfield(f, node_str(m->registry->fields[k].id));
			if (field)
				addchoice(m, k, field->value);
			if (field && field->unread.n > 0)
				addunread(m, NULL, f, k, field->unread);
		}
	}
}

/* what replaces things */

/* Learn by what words IANA may call the entries: their names, texts and values. */
static void
learn(struct merge *m)
{
	const struct registry *r = m->registry;
	const struct entry *e;
	const struct change *c;
	uint32_t i;
	size_t k;

	m->meanings = nameset_new(m->arena, NULL);
	for (i = 0; i < r->nentries; i++)
		if (r->entries[i].name && !r->entries[i].again)
			nameset_mean(m->meanings, node_str(r->entries[i].name), node_str(r->entries[i].name));
	for (i = 0; i < r->nentries; i++) {
		e = &r->entries[i];
		if (!e->name || e->again)
			continue;
		if (e->text)
			nameset_mean(m->meanings, wordsof(m, node_str(e->text)), node_str(e->name));
		if (e->value && r->type == TYPE_STRING)
			nameset_mean(m->meanings, wordsof(m, node_str(e->value)), node_str(e->name));
	}
	for (k = 0; k < m->n; k++) {
		c = &m->list[k];
		if (c->kind == CHANGE_ADD && !c->kept && c->name.n > 0 && c->fact->replacedby.n == 0)
			nameset_mean(m->meanings, c->words, c->name);
	}
}

struct str
merge_replacement(struct merge *m, struct str text)
{
	struct str words = wordsof(m, text);

	if (!m->meanings)
		learn(m);
	return words.n > 0 ? nameset_meaning(m->meanings, words) : none;
}

/* Whether an entry would be replaced by itself if this name replaced it. Where more than one entry gets a replacement,
 * none of them is followed. */
static bool
circles(struct merging *g, const struct entry *e, struct str name)
{
	const struct registry *r = g->m->registry;
	const struct entry *next = NULL;
	unsigned steps;
	uint32_t i;

	for (i = 0; i < r->nentries && !next; i++)
		if (r->entries[i].name && streq(node_str(r->entries[i].name), name))
			next = &r->entries[i];
	for (steps = 0; next && steps < 64; steps++) {
		if (next == e || g->replaced[next - r->entries])
			return true;
		next = next->replacement;
	}
	return false;
}

static void
mergereplaced(struct merging *g, const struct triple *t)
{
	struct merge *m = g->m;
	struct str base = t->base ? t->base->replacedby : none, theirs = t->theirs->replacedby;
	struct str ours = textof(t->ours->replacedby), new;
	struct change *c;

	if (streq(base, theirs))
		return;
	new = theirs.n > 0 ? merge_replacement(m, theirs) : none;
	if (streq(ours, new) || (theirs.n > 0 && (new.n == 0 || circles(g, t->ours, new))))
		return;
	c = alter(m, CHANGE_REPLACED, t, ours, new);
	c->kept = ours.n > 0 && !streq(ours, base.n > 0 ? merge_replacement(m, base) : none);
	g->replaced[t->ours - m->registry->entries] = true;
}

static void
findreserved(struct merging *g)
{
	const struct facts *theirs = g->m->theirs;
	uint32_t i;

	g->reserved = arena_array(g->m->arena, theirs->nranges, sizeof(struct factrange *));
	for (i = 0; i < theirs->nranges && g->m->registry->type != TYPE_STRING; i++)
		if (theirs->ranges[i].status == STATUS_RESERVED)
			g->reserved[g->nreserved++] = &theirs->ranges[i];
}

/* What a source of a lesser form cannot say is as in the base: a CSV has no rules, and may lack a column. */

/* The rules of ranges are those of the base's ranges of their status that they overlap. Both ascend. */
static void
inheritrules(struct facts *f, const struct facts *base)
{
	uint32_t i, k = 0, j;

	for (i = 0; i < f->nranges; i++) {
		while (k < base->nranges && base->ranges[k].last < f->ranges[i].first)
			k++;
		for (j = k; j < base->nranges && base->ranges[j].first <= f->ranges[i].last; j++)
			if (base->ranges[j].status == f->ranges[i].status && f->ranges[i].rule.n == 0)
				f->ranges[i].rule = base->ranges[j].rule;
	}
}

static void
inheritfields(struct arena *a, struct fact *f, const struct fact *base)
{
	struct factfield *fields;
	uint32_t i;

	for (i = 0; i < base->nfields; i++) {
		if (findfield(f, base->fields[i].id))
			continue;
		fields = arena_array(a, (size_t)f->nfields + 1, sizeof(*fields));
		if (f->nfields > 0)
			memcpy(fields, f->fields, f->nfields * sizeof(*fields));
		fields[f->nfields] = base->fields[i];
		f->fields = fields;
		f->nfields++;
	}
}

/* Where theirs has only the words of a citation, the base may know the place. */
static void
inheritreferences(struct arena *a, struct fact *f, const struct fact *base)
{
	struct citations b = {base->references, base->nreferences};
	struct cited *own = arena_array(a, f->nreferences, sizeof(*own));
	const struct cited *c;
	uint32_t i;

	for (i = 0; i < f->nreferences; i++) {
		c = f->references[i].kind == REFERENCE_TEXT ? cites(b, &f->references[i]) : NULL;
		own[i] = c ? *c : f->references[i];
	}
	f->references = own;
}

static void
complete(struct arena *a, struct fact *f, const struct fact *base)
{
	inheritfields(a, f, base);
	inheritreferences(a, f, base);
}

/* Copy their facts, as they are completed. */
static struct facts *
copyfacts(struct merge *m, const struct facts *theirs)
{
	struct facts *f = arena_alloc(m->arena, sizeof(*f));

	*f = *theirs;
	f->list = arena_array(m->arena, f->n, sizeof(*f->list));
	f->ranges = arena_array(m->arena, f->nranges, sizeof(*f->ranges));
	if (f->n > 0)
		memcpy(f->list, theirs->list, f->n * sizeof(*f->list));
	if (f->nranges > 0)
		memcpy(f->ranges, theirs->ranges, f->nranges * sizeof(*f->ranges));
	if (m->norules)
		inheritrules(f, m->base);
	return f;
}

/* Warn of what no field can have. */
static void
warnunread(const struct merge *m, struct diag *d)
{
	const struct fielddef *field;
	const struct change *c;
	const struct fact *f;
	struct str name;
	size_t i;

	for (i = 0; i < m->n; i++) {
		c = &m->list[i];
		if (c->kind != CHANGE_UNREAD)
			continue;
		f = c->fact;
		field = &m->registry->fields[c->index];
		name = f->value.n > 0 ? f->value : f->text;
		diag_warning(d, f->at,
			"the record '%.*s' has '%.*s', which the field '%.*s' cannot have: it stays without",
			(int)name.n, name.s, (int)c->new.n, c->new.s, (int)field->id->n, (const char *)field->id->p);
	}
}

/* What a cut leaves of a file lacks the last records, and has no new one behind those that it still has. */
static size_t
countcutoff(const struct merge *m, const struct triples *triples)
{
	const struct facts *base = m->base;
	bool *has = arena_array(m->arena, base->n, sizeof(*has)), new = false;
	const struct triple *t;
	size_t n = 0;
	uint32_t i;

	for (t = triples->list; t < triples->list + triples->n; t++) {
		if (t->theirs && t->base)
			has[t->base - base->list] = true;
		else if (t->theirs)
			new = new || t->theirs == &m->theirs->list[m->theirs->n - 1];
	}
	/* what was gone before stands behind the others, as withdrawn */
	for (i = base->n; i > 0 && !has[i - 1]; i--)
		n += base->list[i - 1].status != STATUS_WITHDRAWN;
	for (; i > 0; i--)
		if (!has[i - 1] && base->list[i - 1].status != STATUS_WITHDRAWN)
			return 0;
	return new ? 0 : n;
}

void
merge(struct diag *d, struct arena *a, const struct registry *r, const struct facts *base, const struct facts *theirs,
	bool rules, struct merge *m)
{
	struct merging g = {.m = m, .diag = d};
	struct triples triples;
	struct triple *t;
	struct facts *own;
	size_t i;

	*m = (struct merge){
		.registry = r, .base = base, .norules = base && !rules, .arena = a, .names = nameset_new(a, r)};
	m->theirs = own = copyfacts(m, theirs);
	triples = pairing_make(a, r, base, own);
	for (i = 0; i < triples.n; i++) {
		t = &triples.list[i];
		if (t->theirs && t->base)
			complete(a, &own->list[t->theirs - own->list], t->base);
	}
	g.coming = arena_array(a, theirs->n, sizeof(struct fact *));
	g.replaced = arena_array(a, r->nentries, sizeof(bool));
	m->gone = arena_array(a, base ? base->n : 0, sizeof(*m->gone));
	findreserved(&g);
	for (i = 0; i < triples.n; i++)
		mergerecord(&g, &triples.list[i]);
	addcoming(&g);
	for (i = 0; i < triples.n && base; i++)
		if (triples.list[i].ours && triples.list[i].theirs && !triples.list[i].ours->extension)
			mergereplaced(&g, &triples.list[i]);
	coverage_merge(m);
	m->cutoff = base ? countcutoff(m, &triples) : 0;
	warnunread(m, d);
}

struct facts
merge_facts(const struct merge *m)
{
	struct facts f = *m->theirs;

	f.n = (uint32_t)(m->theirs->n + m->ngone);
	f.list = arena_array(m->arena, f.n, sizeof(*f.list));
	if (m->theirs->n > 0)
		memcpy(f.list, m->theirs->list, m->theirs->n * sizeof(*f.list));
	if (m->ngone > 0)
		memcpy(f.list + m->theirs->n, m->gone, m->ngone * sizeof(*f.list));
	return f;
}

void
merge_free(struct merge *m)
{
	nameset_free(m->names);
	if (m->meanings)
		nameset_free(m->meanings);
	free(m->list);
}
