#include <string.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "edit.h"
#include "field.h"
#include "number.h"
#include "project.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "status.h"
#include "tree.h"
#include "cited.h"
#include "fact.h"
#include "change.h"
#include "merge.h"
#include "apply.h"

/* The order of keys that are new. */
static const struct str registrykeys[] = {{"id", 2}, {"title", 5}, {"type", 4}, {"key", 3}, {"duplicates", 10},
	{"match", 5}, {"description", 11}, {"valid", 5}, {"source", 6}, {"ranges", 6}, {"fields", 6}, {"entries", 7}};
static const struct str entrykeys[] = {{"value", 5}, {"name", 4}, {"text", 4}, {"description", 11}, {"references", 10},
	{"former_references", 17}, {"aliases", 7}, {"status", 6}, {"deprecated", 10}, {"expires", 7},
	{"replaced_by", 11}, {"names", 5}};
static const struct str aliaskeys[] = {{"name", 4}, {"text", 4}, {"from", 4}, {"deprecated", 10}};
static const struct str referencekeys[] = {
	{"rfc", 3}, {"draft", 5}, {"errata", 6}, {"url", 3}, {"person", 6}, {"text", 4}, {"section", 7}, {"title", 5}};
static const struct str rangekeys[] = {{"id", 2}, {"values", 6}, {"title", 5}, {"status", 6}, {"rule", 4}};
static const struct str sourcekeys[] = {{"iana", 4}, {"updated", 7}, {"url", 3}, {"columns", 7}};

struct applying {
	struct arena *arena;
	const struct project *project;
	struct merge *merge;
	struct edits *edits;
	struct str *keys; /* of entries: those above and the fields */
	size_t nkeys;
};

static void
set(struct applying *p, const struct node *map, const char *key, struct node value, const struct str *order, size_t n)
{
	edit_set(p->edits, map, str(key), &value, order, n);
}

static void
unset(struct applying *p, const struct node *map, const char *key)
{
	if (node_get(map, key))
		edit_unset(p->edits, map, str(key));
}

/* Set a key to a text, or take it away if that is empty. */
static void
settext(struct applying *p, const struct node *map, const char *key, struct str text, const struct str *order, size_t n)
{
	const struct node *old = node_get(map, key);

	if (text.n == 0)
		unset(p, map, key);
	else if (old && old->kind == NODE_SCALAR)
		edit_scalar(p->edits, old, text);
	else
		set(p, map, key, edit_text(text), order, n);
}

static void
setentry(struct applying *p, const struct change *c, const char *key, struct str text)
{
	settext(p, c->entry->node, key, text, p->keys, p->nkeys);
}

static void
addtext(struct applying *p, struct node *map, const char *key, struct str text)
{
	if (text.n > 0)
		edit_key(p->edits, map, key, edit_text(text));
}

/* references */

/* The title that a reference is written with: that of an RFC stands among the specifications, if anywhere. */
static struct str
titleof(const struct applying *p, const struct cited *c)
{
	if (c->kind == REFERENCE_RFC &&
		project_specification(p->project, arena_join(p->arena, (struct str[]){LITERAL("rfc"), c->id}, 2)))
		return LITERAL("");
	return c->title;
}

static struct node
makereference(struct applying *p, const struct cited *c)
{
	struct node map = edit_map();

	addtext(p, &map, referencekeys[c->kind].s, c->id);
	addtext(p, &map, "section", c->section);
	addtext(p, &map, "title", titleof(p, c));
	return map;
}

/* Put a citation in the place of another. */
static void
replacereference(struct applying *p, const struct change *c, const struct node *list)
{
	const struct reference *r = &c->entry->references.list[c->index];
	const struct node *item = node_item(list, c->index);
	struct node new;

	if (r->kind != c->to->kind) {
		new = makereference(p, c->to);
		edit_replace(p->edits, item, &new);
		return;
	}
	if (!streq(node_str(r->id), c->to->id))
		edit_scalar(p->edits, r->id, c->to->id);
	settext(p, item, "section", c->to->section, referencekeys, LEN(referencekeys));
	if (node_get(item, "title"))
		settext(p, item, "title", titleof(p, c->to), referencekeys, LEN(referencekeys));
}

/* An entry without references gets a list of those that come: the change at i and those behind it. Returns the last. */
static size_t
addreferences(struct applying *p, size_t i)
{
	const struct change *c = &p->merge->list[i];
	struct node list = edit_list();

	for (;; i++) {
		edit_item(p->edits, &list, makereference(p, p->merge->list[i].to));
		if (i + 1 == p->merge->n || p->merge->list[i + 1].kind != CHANGE_REFERENCE ||
			p->merge->list[i + 1].kept || p->merge->list[i + 1].entry != c->entry)
			break;
	}
	set(p, c->entry->node, "references", list, p->keys, p->nkeys);
	return i;
}

static size_t
applyreference(struct applying *p, size_t i)
{
	const struct change *c = &p->merge->list[i];
	const struct node *list = node_get(c->entry->node, "references");
	struct node new;

	if (!list)
		return addreferences(p, i);
	if (c->from && c->to) {
		replacereference(p, c, list);
	} else if (c->from) {
		edit_remove(p->edits, list, c->index);
	} else {
		new = makereference(p, c->to);
		edit_insert(p->edits, list, c->index, &new);
	}
	return i;
}

/* entries */

static void
applyadd(struct applying *p, const struct change *c)
{
	const struct fact *f = c->fact;
	const struct str *words;
	struct node map = edit_map(), list = edit_list();
	uint32_t i, k;
	size_t n;

	words = status_names(&n);
	addtext(p, &map, "value", f->value);
	addtext(p, &map, "name", c->name);
	addtext(p, &map, "text", f->text);
	for (i = 0; i < f->nreferences; i++)
		edit_item(p->edits, &list, makereference(p, &f->references[i]));
	if (f->nreferences > 0)
		edit_key(p->edits, &map, "references", list);
	if (f->status != STATUS_ASSIGNED)
		addtext(p, &map, "status", words[f->status]);
	if (f->status == STATUS_TEMPORARY)
		addtext(p, &map, "expires", f->expires);
	if (f->replacedby.n > 0)
		addtext(p, &map, "replaced_by", merge_replacement(p->merge, f->replacedby));
	for (k = 0; k < p->merge->registry->nfields; k++)
		for (i = 0; i < f->nfields; i++)
			if (!p->merge->registry->fields[k].list &&
				streq(f->fields[i].id, node_str(p->merge->registry->fields[k].id)) &&
				!(p->merge->registry->fields[k].standard &&
					streq(node_str(p->merge->registry->fields[k].standard), f->fields[i].value)))
				addtext(p, &map, arena_copy(p->arena, f->fields[i].id.s, f->fields[i].id.n),
					f->fields[i].value);
	edit_insert(p->edits, node_get(p->merge->registry->node, "entries"), c->index, &map);
}

/* The alias that has the new name gets the old one. */
static void
swap(struct applying *p, const struct change *c)
{
	const struct node *map = c->swap->node;

	edit_scalar(p->edits, c->swap->name, c->oldname);
	settext(p, map, "text", c->old, aliaskeys, LEN(aliaskeys));
	unset(p, map, "from");
	if (!c->swap->deprecated)
		settext(p, map, "deprecated", LITERAL("true"), aliaskeys, LEN(aliaskeys));
}

static void
addalias(struct applying *p, const struct change *c)
{
	const struct node *aliases = node_get(c->entry->node, "aliases");
	struct node list = edit_list(), map = edit_map();

	addtext(p, &map, "name", c->oldname);
	addtext(p, &map, "text", c->old);
	addtext(p, &map, "deprecated", LITERAL("true"));
	if (aliases) {
		edit_insert(p->edits, aliases, 0, &map);
		return;
	}
	edit_item(p->edits, &list, map);
	set(p, c->entry->node, "aliases", list, p->keys, p->nkeys);
}

static void
applytext(struct applying *p, const struct change *c)
{
	setentry(p, c, "text", c->new);
	if (c->name.n == 0)
		return;
	setentry(p, c, "name", c->name);
	if (c->swap)
		swap(p, c);
	else if (c->oldname.n > 0)
		addalias(p, c);
}

static void
applyfield(struct applying *p, const struct change *c)
{
	struct str id = node_str(p->merge->registry->fields[c->index].id);

	setentry(p, c, arena_copy(p->arena, id.s, id.n), c->new);
}

static void
applychoice(struct applying *p, const struct change *c)
{
	const struct node *choices = p->merge->registry->fields[c->index].choices;
	struct node word = edit_text(c->new);

	edit_insert(p->edits, choices, choices->n, &word);
}

/* ranges */

static struct node
makerange(struct applying *p, const struct change *c)
{
	struct node map = edit_map();
	const struct str *words;
	size_t n;

	words = status_names(&n);
	addtext(p, &map, "id", c->name);
	addtext(p, &map, "values", c->values);
	addtext(p, &map, "title", c->title);
	if (c->status != STATUS_NONE)
		addtext(p, &map, "status", words[c->status]);
	addtext(p, &map, "rule", c->rule);
	return map;
}

static void
applyrange(struct applying *p, const struct change *c, struct node *first)
{
	const struct node *list = node_get(p->merge->registry->node, "ranges");
	struct node new;

	if (c->keeps) {
		unset(p, c->range->node, "status");
		unset(p, c->range->node, "rule");
	} else if (c->range && c->values.n == 0) {
		edit_remove(p->edits, list, c->index);
	} else if (c->range) {
		edit_scalar(p->edits, c->range->values, c->values);
	} else {
		new = makerange(p, c);
		if (list)
			edit_insert(p->edits, list, c->index, &new);
		else
			edit_item(p->edits, first, new);
	}
}

static size_t
applychange(struct applying *p, size_t i, struct node *ranges)
{
	const struct change *c = &p->merge->list[i];

	switch (c->kind) {
	case CHANGE_ADD:
		applyadd(p, c);
		break;
	case CHANGE_VALUE:
		setentry(p, c, "value", c->new);
		break;
	case CHANGE_TEXT:
		applytext(p, c);
		break;
	case CHANGE_STATUS:
		setentry(p, c, "status", c->status == STATUS_ASSIGNED ? LITERAL("") : c->new);
		break;
	case CHANGE_EXPIRES:
		setentry(p, c, "expires", c->new);
		break;
	case CHANGE_REPLACED:
		setentry(p, c, "replaced_by", c->new);
		break;
	case CHANGE_REFERENCE:
		return applyreference(p, i);
	case CHANGE_FIELD:
		applyfield(p, c);
		break;
	case CHANGE_CHOICE:
		applychoice(p, c);
		break;
	case CHANGE_UNREAD:
		break;
	case CHANGE_RANGE:
		applyrange(p, c, ranges);
		break;
	case CHANGE_RULE:
		settext(p, c->range->node, "rule", c->new, rangekeys, LEN(rangekeys));
		break;
	}
	return i;
}

static void
applyupdated(struct applying *p)
{
	const struct registry *r = p->merge->registry;
	struct str updated = p->merge->theirs->updated;

	if (updated.n > 0 && (!r->source.updated || !streq(node_str(r->source.updated), updated)))
		settext(p, node_get(r->node, "source"), "updated", updated, sourcekeys, LEN(sourcekeys));
}

/* The keys of entries, with the registry's fields last. */
static void
makekeys(struct applying *p)
{
	const struct registry *r = p->merge->registry;
	uint32_t i;

	p->keys = arena_array(p->arena, LEN(entrykeys) + r->nfields, sizeof(*p->keys));
	memcpy(p->keys, entrykeys, sizeof(entrykeys));
	p->nkeys = LEN(entrykeys);
	for (i = 0; i < r->nfields; i++)
		p->keys[p->nkeys++] = node_str(r->fields[i].id);
}

void
apply(struct arena *a, const struct project *project, struct merge *m, struct edits *edits)
{
	struct applying p = {.arena = a, .project = project, .merge = m, .edits = edits};
	struct node ranges = edit_list();
	size_t i;

	makekeys(&p);
	for (i = 0; i < m->n; i++)
		if (!m->list[i].kept)
			i = applychange(&p, i, &ranges);
	if (ranges.n > 0)
		set(&p, m->registry->node, "ranges", ranges, registrykeys, LEN(registrykeys));
	applyupdated(&p);
}
