#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "number.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "render.h"
#include "template.h"
#include "tree.h"
#include "value.h"
#include "word.h"
#include "lang.h"
#include "naming.h"
#include "peers.h"
#include "facet.h"
#include "targetview.h"

/* An entry, or an alias of it, as a target has it. */
struct user {
	const struct context *context; /* of the target */
	const struct entry *entry;
	const struct alias *alias; /* NULL: the entry itself */
};

static struct value
getregistry(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *c = facet_context(v);

	(void)offset, (void)a;
	return facet_map(c, MAP_REGISTRY, c->registry);
}

/* What the templates of lang.yaml are given, beside the identifiers of an entry. */
static const struct member phrasemembers[] = {
	{"options", facet_getoptions, 0},
	{"package", facet_getpackage, 0},
	{"registry", getregistry, 0},
};

/* A template of lang.yaml, rendered. It cannot ask for itself. */
static struct value
phrase(const struct context *c, struct template *t, struct value data, struct arena *a)
{
	const struct lang *l = c->view->dialect.lang;
	struct buf b = {0};
	struct str s = {NULL, 0};

	if (c->view->phrasing) {
		diag_error(c->view->diag, l->span, "what 'import' or 'use' shows needs itself");
		return value_bool(false);
	}
	c->view->phrasing = true;
	if (!t->bad && render(l->phrases, t, data, NULL, true, &b))
		s = (struct str){arena_copy(a, b.s, b.n), b.n};
	c->view->phrasing = false;
	buf_free(&b);
	return value_str(s);
}

/* The view of a target whose language has identifiers of entries, else NULL. */
static struct view *
openpeer(const struct value *v, size_t i)
{
	const struct peers *p = facet_context(v)->view->peers;
	struct view *peer = p->open(p->session, i);

	return peer && peer->dialect.lang->nidentifiers[GROUP_ENTRY] > 0 ? peer : NULL;
}

/* What a target has of the registry that this map belongs to; NULL if nothing. */
static const struct context *
contextin(const struct view *peer, const struct value *v)
{
	return facet_contextin(peer, facet_context(v)->registry);
}

static int
ordernodes(const void *a, const void *b)
{
	const struct entry *const *x = a, *const *y = b;

	return ((*x)->node > (*y)->node) - ((*x)->node < (*y)->node);
}

/* The entry of a target that was written in the same place; NULL if the target leaves it out. */
static const struct entry *
entryin(const struct context *c, const struct entry *e)
{
	const struct registry *r = c->registry;
	const struct entry **sorted = *c->bynode, **found;
	uint32_t i;

	if (e >= r->entries && e < r->entries + r->nentries)
		return e;
	if (!sorted) {
		sorted = *c->bynode = arena_array(c->view->arena, r->nentries, sizeof(*sorted));
		for (i = 0; i < r->nentries; i++)
			sorted[i] = &r->entries[i];
		qsort(sorted, r->nentries, sizeof(*sorted), ordernodes);
	}
	found = bsearch(&e, sorted, r->nentries, sizeof(*sorted), ordernodes);
	return found ? *found : NULL;
}

/* The identifier that names are looked up by. */
static struct str
identifierof(const struct user *u, struct arena *a)
{
	size_t lookup = u->context->view->dialect.lang->lookup;

	return u->alias ? naming_alias(&u->context->naming, u->alias, lookup, a)
			: naming_entry(&u->context->naming, u->entry, lookup, a);
}

static struct value
gettargetid(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_str(((const struct context *)v->p)->view->dialect.id);
}

static struct value
titleof(const struct context *c)
{
	const struct lang *l = c->view->dialect.lang;

	return l->title ? facet_text(l->title) : value_str(l->id);
}

static struct value
gettargettitle(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return titleof(v->p);
}

static struct value
getimport(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *c = v->p;
	struct template *t = c->view->dialect.lang->importtemplate;

	(void)offset;
	return t ? phrase(c, t, facet_map(c, MAP_IMPORT, c->registry), a) : value_bool(false);
}

static struct value
getuserid(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_str(((const struct user *)v->p)->context->view->dialect.id);
}

static struct value
getusertitle(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return titleof(((const struct user *)v->p)->context);
}

static struct value
getuseridentifier(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset;
	return value_str(identifierof(v->p, a));
}

static struct value
getuse(const struct value *v, size_t offset, struct arena *a)
{
	const struct user *u = v->p;
	struct template *t = u->context->view->dialect.lang->usetemplate;

	if (!t)
		return getuseridentifier(v, offset, a);
	return phrase(u->context, t,
		u->alias ? facet_map(u->context, MAP_ALIASUSE, u->alias) : facet_map(u->context, MAP_USE, u->entry), a);
}

static const struct member targetmembers[] = {
	{"id", gettargetid, 0},
	{"more", facet_getmore, 0},
	{"title", gettargettitle, 0},
};

static const struct member registrytargetmembers[] = {
	{"id", gettargetid, 0},
	{"import", getimport, 0},
	{"more", facet_getmore, 0},
	{"title", gettargettitle, 0},
};

static const struct member entrytargetmembers[] = {
	{"id", getuserid, 0},
	{"identifier", getuseridentifier, 0},
	{"more", facet_getmore, 0},
	{"title", getusertitle, 0},
	{"use", getuse, 0},
};

struct value
targetview_getall(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *own = facet_context(v);
	size_t n = own->view->peers->n, i, k = 0;
	struct value *list = arena_array(a, n, sizeof(*list));
	struct view *peer;

	(void)offset;
	for (i = 0; i < n; i++) {
		peer = openpeer(v, i);
		if (peer)
			list[k++] = facet_map(own, MAP_TARGET, &peer->package);
	}
	return value_list(list, k);
}

struct value
targetview_getofregistry(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *own = facet_context(v), *c;
	size_t n = own->view->peers->n, i, k = 0;
	struct value *list = arena_array(a, n, sizeof(*list));
	struct view *peer;

	(void)offset;
	for (i = 0; i < n; i++) {
		peer = openpeer(v, i);
		c = peer ? contextin(peer, v) : NULL;
		if (c)
			list[k++] = facet_map(own, MAP_REGISTRYTARGET, c);
	}
	return value_list(list, k);
}

struct value
targetview_getofentry(const struct value *v, size_t offset, struct arena *a)
{
	const struct kind *kind = (const struct kind *)(const void *)v->class;
	const struct alias *alias = kind->alias ? v->p : NULL;
	const struct entry *e = alias ? alias->entry : v->p;
	ptrdiff_t which = alias ? alias - e->aliases.list : 0;
	size_t n = kind->context->view->peers->n, i, k = 0;
	struct value *list = arena_array(a, n, sizeof(*list));
	struct user *users = arena_array(a, n, sizeof(*users)), *u = users;
	struct view *peer;

	(void)offset;
	for (i = 0; i < n; i++) {
		peer = openpeer(v, i);
		u->context = peer ? contextin(peer, v) : NULL;
		u->entry = u->context ? entryin(u->context, e) : NULL;
		if (!u->entry)
			continue;
		u->alias = alias ? &u->entry->aliases.list[which] : NULL;
		if (identifierof(u, a).n > 0)
			list[k++] = facet_map(kind->context, MAP_ENTRYTARGET, u++);
	}
	return value_list(list, k);
}

const struct kindspec targetview_kinds[] = {
	{.which = MAP_TARGET, .members = targetmembers, .nmembers = LEN(targetmembers)},
	{.which = MAP_REGISTRYTARGET, .members = registrytargetmembers, .nmembers = LEN(registrytargetmembers)},
	{.which = MAP_ENTRYTARGET, .members = entrytargetmembers, .nmembers = LEN(entrytargetmembers)},
	{.which = MAP_IMPORT, .members = phrasemembers, .nmembers = LEN(phrasemembers)},
	{.which = MAP_USE,
		.members = phrasemembers,
		.nmembers = LEN(phrasemembers),
		.group = GROUP_ENTRY,
		.identifiers = true},
	{.which = MAP_ALIASUSE,
		.members = phrasemembers,
		.nmembers = LEN(phrasemembers),
		.group = GROUP_ENTRY,
		.identifiers = true,
		.alias = true},
};

const size_t targetview_nkinds = LEN(targetview_kinds);
