#include <stdlib.h>
#include "util.h"
#include "arena.h"
#include "decode.h"
#include "diag.h"
#include "project.h"
#include "registry.h"
#include "tree.h"
#include "word.h"

/* Words that may also be joined by hyphens. */
static void
readpackagename(struct decoder *d, const struct node *n, void *target)
{
	char *s;
	size_t i;

	if (n->kind == NODE_SCALAR) {
		s = arena_copy(d->arena, n->p, n->n);
		for (i = 0; i < n->n; i++)
			if (s[i] == '-')
				s[i] = '_';
		if (word_valid((struct str){s, n->n})) {
			*(const struct node **)target = n;
			return;
		}
	}
	decode_expected(d, n, "lower-case words joined by '-' or '_'");
}

static void
readversion(struct decoder *d, const struct node *n, void *target)
{
	if (decode_only(d, n, ".-+", "a version such as 1.0.0"))
		*(const struct node **)target = n;
}

static void
readlicense(struct decoder *d, const struct node *n, void *target)
{
	if (decode_only(d, n, ".-+ ()", "a license of SPDX"))
		*(const struct node **)target = n;
}

static const struct key packagekeys[] = {
	{"description", decode_text, offsetof(struct package, description), false, NULL},
	{"license", readlicense, offsetof(struct package, license), false, NULL},
	{"name", readpackagename, offsetof(struct package, name), true, NULL},
	{"repository", decode_url, offsetof(struct package, repository), false, NULL},
	{"version", readversion, offsetof(struct package, version), false, NULL},
};

static void
readpackage(struct decoder *d, const struct node *n, void *target)
{
	decode(d, n, packagekeys, LEN(packagekeys), &((struct project *)target)->package);
}

static const struct key specificationkeys[] = {
	{"obsoletes", decode_list, offsetof(struct specification, obsoletes), false, NULL},
	{"title", decode_text, offsetof(struct specification, title), true, NULL},
};

static int
orderids(const void *a, const void *b)
{
	return strorder((*(struct specification *const *)a)->id, (*(struct specification *const *)b)->id);
}

/* By id, then as they were read. */
static int
orderspecifications(const void *a, const void *b)
{
	const struct specification *x = *(struct specification *const *)a, *y = *(struct specification *const *)b;
	int c = strorder(x->id, y->id);

	return c ? c : (x > y) - (x < y);
}

static void
readspecifications(struct decoder *d, const struct node *n, void *target)
{
	struct project *p = (struct project *)target;
	struct specification *s;
	uint32_t i;

	if (n->kind != NODE_MAP) {
		decode_expected(d, n, "a map of specifications");
		return;
	}
	for (i = 0; i < n->n; i++) {
		s = &p->specifications[p->nspecifications++];
		*s = (struct specification){.id = node_key(n, i), .idspan = node_keyspan(n, i)};
		decode(d, node_item(n, i), specificationkeys, LEN(specificationkeys), s);
	}
}

static bool
sametexts(const struct node *x, const struct node *y)
{
	uint32_t i;

	if (x->kind != y->kind || x->n != y->n)
		return false;
	if (x->kind != NODE_LIST)
		return x->kind == NODE_SCALAR && streq(node_str(x), node_str(y));
	for (i = 0; i < x->n; i++)
		if (!sametexts(node_item(x, i), node_item(y, i)))
			return false;
	return true;
}

/* Two files may say the same of a specification, or one of them more. */
static void
mergespecification(struct decoder *d, struct specification *first, const struct specification *s)
{
	const struct node *had[] = {first->title, first->obsoletes}, *has[] = {s->title, s->obsoletes};
	size_t i;

	for (i = 0; i < LEN(had); i++) {
		if (!had[i] || !has[i] || sametexts(had[i], has[i]))
			continue;
		diag_error(d->diag, node_span(has[i]), "another file says otherwise of '%.*s'", (int)s->id.n, s->id.s);
		diag_note(d->diag, node_span(had[i]), "it says this");
	}
	if (!first->obsoletes)
		first->obsoletes = s->obsoletes;
}

/* Sort the specifications by id, and make one of those that stand in several files. */
static void
mergespecifications(struct decoder *d, struct project *p)
{
	struct specification **byid = arena_array(d->arena, p->nspecifications, sizeof(*byid)), *s;
	uint32_t i, n = 0;

	for (i = 0; i < p->nspecifications; i++)
		byid[i] = &p->specifications[i];
	qsort(byid, p->nspecifications, sizeof(*byid), orderspecifications);
	for (i = 0; i < p->nspecifications; i++) {
		s = byid[i];
		if (n > 0 && streq(byid[n - 1]->id, s->id)) {
			mergespecification(d, byid[n - 1], s);
			s->merged = true;
		} else {
			byid[n++] = s;
		}
	}
	p->byid = byid;
	p->nbyid = n;
}

/* A registry of its own; what extends another is read when all are known. */
static void
readregistries(struct decoder *d, const struct node *n, void *target)
{
	struct project *p = (struct project *)target;
	uint32_t i;

	if (n->kind != NODE_LIST) {
		decode_expected(d, n, "a list of registries");
		return;
	}
	for (i = 0; i < n->n; i++)
		if (!node_get(node_item(n, i), "extend"))
			registry_read(d, node_item(n, i), &p->registries[p->nregistries++]);
}

static const struct key targetkeys[] = {
	{"exclude", decode_list, offsetof(struct target, exclude), false, NULL},
	{"id", decode_plain, offsetof(struct target, id), true, NULL},
	{"include", decode_list, offsetof(struct target, include), false, NULL},
	{"lang", decode_plain, offsetof(struct target, lang), false, NULL},
	{"options", decode_map, offsetof(struct target, options), false, NULL},
	{"out", decode_text, offsetof(struct target, out), false, NULL},
	{"registries", decode_list, offsetof(struct target, registries), false, NULL},
};

static void
readtargets(struct decoder *d, const struct node *n, void *target)
{
	struct project *p = (struct project *)target;
	uint32_t i;

	if (n->kind != NODE_LIST) {
		decode_expected(d, n, "a list of targets");
		return;
	}
	p->targets = arena_array(d->arena, n->n, sizeof(*p->targets));
	for (i = 0; i < n->n; i++) {
		p->targets[p->ntargets].node = node_item(n, i);
		decode(d, node_item(n, i), targetkeys, LEN(targetkeys), &p->targets[p->ntargets++]);
	}
}

static void
readformat(struct decoder *d, const struct node *n, void *target)
{
	(void)target;
	if (n->kind != NODE_SCALAR || !streqs(node_str(n), "1"))
		decode_expected(d, n, "format 1, the only one there is");
}

/* All targets are the project itself: most of what its keys hold goes to two members. */
static const struct key projectkeys[] = {
	{"files", decode_list, offsetof(struct project, files), false, NULL},
	{"format", readformat, 0, true, NULL},
	{"package", readpackage, 0, false, NULL},
	{"registries", readregistries, 0, false, NULL},
	{"specifications", readspecifications, 0, false, NULL},
	{"targets", readtargets, 0, false, NULL},
};

/* Those of a file that the project's names. */
static const struct key filekeys[] = {
	{"format", readformat, 0, true, NULL},
	{"registries", readregistries, 0, false, NULL},
	{"specifications", readspecifications, 0, false, NULL},
};

/* How many members a key has in all documents. */
static uint32_t
count(const struct node *const *documents, size_t n, const char *key)
{
	const struct node *found;
	uint32_t count = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		found = node_get(documents[i], key);
		count += found ? found->n : 0;
	}
	return count;
}

void
project_read(struct diag *diag, struct arena *a, const struct node *const *documents, size_t n, struct project *p)
{
	struct decoder d = {.diag = diag, .arena = a};
	const struct node *list;
	uint32_t k;
	size_t i;

	*p = (struct project){0};
	p->registries = arena_array(a, count(documents, n, "registries"), sizeof(*p->registries));
	p->specifications = arena_array(a, count(documents, n, "specifications"), sizeof(*p->specifications));
	for (i = 0; i < n; i++)
		decode(&d, documents[i], i ? filekeys : projectkeys, i ? LEN(filekeys) : LEN(projectkeys), p);
	mergespecifications(&d, p);
	for (i = 0; i < n; i++) {
		list = node_get(documents[i], "registries");
		for (k = 0; list && list->kind == NODE_LIST && k < list->n; k++)
			if (node_get(node_item(list, k), "extend"))
				registry_extend(&d, node_item(list, k), p->registries, p->nregistries);
	}
}

const struct specification *
project_specification(const struct project *p, struct str id)
{
	struct specification key = {.id = id}, *pkey = &key, **found;

	if (p->nbyid == 0)
		return NULL;
	found = bsearch(&pkey, p->byid, p->nbyid, sizeof(pkey), orderids);
	return found ? *found : NULL;
}
