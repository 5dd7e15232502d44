/* libyaml's events become nodes here and nowhere else. A scalar that stands in the text as it is read is a slice of the
 * text, else a copy. libyaml counts characters, we count bytes: a cursor that moves along with the events converts. */
#include <stdlib.h>
#include <string.h>
#include <yaml.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "document.h"
#include "tree.h"
#include "utf8.h"

struct anchor {
	struct str name;
	struct node node;
	uint32_t at;
	uint32_t weight; /* nodes that it expands to */
	uint32_t site;   /* in an outline */
	bool open;       /* its end has not been seen */
};

struct loader {
	yaml_parser_t parser;
	struct diag *diag;
	struct tree *tree;
	struct str text;
	uint32_t base;
	bool ascii;
	size_t index, offset; /* the cursor: characters and bytes */
	struct node *nodes;   /* members of the lists and maps being read */
	uint32_t *keyat;      /* beside nodes */
	size_t nnodes, capnodes;
	struct anchor *anchors;
	size_t nanchors, capanchors;
	uint32_t *slots; /* hash table: index of the last anchor of a name + 1 */
	size_t nslots;
	uint32_t count, aliased; /* nodes read, and stood for by aliases */
	struct site *sites;      /* of an outline */
	size_t nsites, capsites;
};

static bool readnode(struct loader *, yaml_event_t *, unsigned, struct node *);

/* The position of the character that libyaml calls number index. */
static uint32_t
place(struct loader *l, size_t index)
{
	size_t i = l->index, o = l->offset;

	if (l->ascii)
		return l->base + (uint32_t)(index < l->text.n ? index : l->text.n);
	if (index < i)
		i = o = 0;
	for (; i < index && o < l->text.n; i++)
		for (o++; o < l->text.n && ((unsigned char)l->text.s[o] & 0xc0) == 0x80; o++)
			;
	l->index = i;
	l->offset = o;
	return l->base + (uint32_t)o;
}

static uint32_t
eventplace(struct loader *l, const yaml_event_t *e)
{
	return place(l, e->start_mark.index);
}

static bool
fail(struct loader *l, uint32_t at, uint32_t n, const char *msg)
{
	diag_error(l->diag, (struct span){at, n}, "%s", msg);
	return false;
}

/* Report what libyaml found wrong. Its reader gives a byte offset and no mark. */
static bool
syntaxerror(struct loader *l)
{
	const yaml_parser_t *p = &l->parser;
	const char *problem = p->problem ? p->problem : "cannot be read";
	uint32_t at;

	if (p->error == YAML_MEMORY_ERROR)
		die("cannot allocate memory to read '%s'", diag_find(l->diag, l->base)->name);
	if (p->error == YAML_READER_ERROR) {
		at = l->base + (uint32_t)p->problem_offset;
		if (at - l->base < l->text.n && l->text.s[at - l->base] == '\0')
			return fail(l, at, 1, "a NUL cannot stand in YAML");
		return fail(l, at, 1, problem);
	}
	at = place(l, p->problem_mark.index);
	if (at - l->base < l->text.n && l->text.s[at - l->base] == '\t')
		return fail(l, at, 1, "a tab cannot indent YAML; use blanks");
	diag_error(l->diag, (struct span){at, 1}, "%s", problem);
	if (p->context && p->context_mark.index < p->problem_mark.index)
		diag_note(l->diag, (struct span){place(l, p->context_mark.index), 1}, "%s", p->context);
	return false;
}

static bool
next(struct loader *l, yaml_event_t *e)
{
	return yaml_parser_parse(&l->parser, e) ? true : syntaxerror(l);
}

/* Put a member on the stack of those whose list or map is not complete. */
static void
push(struct loader *l, struct node node, uint32_t keyat)
{
	if (l->nnodes == l->capnodes) {
		l->nodes = xgrow(l->nodes, l->nnodes, &l->capnodes, sizeof(*l->nodes));
		l->keyat = xrealloc(l->keyat, l->capnodes, sizeof(*l->keyat));
	}
	l->nodes[l->nnodes] = node;
	l->keyat[l->nnodes++] = keyat;
}

/* The text of a scalar that begins at a position: a slice of the source if it stands there. */
static const char *
scalartext(struct loader *l, const yaml_event_t *e, uint32_t at)
{
	const char *s = (const char *)e->data.scalar.value;
	size_t n = e->data.scalar.length;
	size_t o = at - l->base + (e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE ? 0 : 1);

	if (o <= l->text.n && n <= l->text.n - o && memcmp(l->text.s + o, s, n) == 0)
		return l->text.s + o;
	return arena_copy(l->tree->arena, s, n);
}

static bool
readscalar(struct loader *l, const yaml_event_t *e, struct node *node)
{
	const char *s = (const char *)e->data.scalar.value;
	size_t n = e->data.scalar.length;
	bool plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	uint32_t at = eventplace(l, e);

	if (n > NODE_MAX)
		return fail(l, at, 1, "a scalar cannot be longer than 512 MiB");
	/* only an escape can make one: libyaml refuses a NUL that is written */
	if (e->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE && memchr(s, '\0', n))
		return fail(l, at, (uint32_t)n + 2, "a scalar cannot hold a NUL");
	*node = (struct node){
		.p = scalartext(l, e, at), .n = n & NODE_MAX, .kind = NODE_SCALAR, .plain = plain, .at = at};
	return true;
}

static bool
readlist(struct loader *l, uint32_t at, unsigned depth, struct node *node)
{
	size_t start = l->nnodes, n;
	struct node item, *items;
	yaml_event_t e;

	for (;;) {
		if (!next(l, &e))
			return false;
		if (e.type == YAML_SEQUENCE_END_EVENT)
			break;
		if (!readnode(l, &e, depth, &item))
			return false;
		push(l, item, 0);
	}
	n = l->nnodes - start;
	if (n > NODE_MAX)
		return fail(l, at, 1, "a list cannot have more than 2^29 members");
	items = arena_raw(l->tree->arena, n * sizeof(*items));
	if (n > 0)
		memcpy(items, l->nodes + start, n * sizeof(*items));
	l->nnodes = start;
	*node = (struct node){.p = items, .n = n & NODE_MAX, .kind = NODE_LIST, .at = at};
	return true;
}

/* A member of a map that has merge keys, or of one that it merges. */
struct member {
	struct str key;
	struct node node;
	uint32_t keyat;
	size_t order; /* of two with one key the earlier counts */
};

struct memberlist {
	struct member *list;
	size_t n, cap;
};

static void
addmember(struct memberlist *m, struct str key, const struct node *node, uint32_t keyat)
{
	m->list = xgrow(m->list, m->n, &m->cap, sizeof(*m->list));
	m->list[m->n] = (struct member){key, *node, keyat, m->n};
	m->n++;
}

/* Add the members of a map, or of a list of maps, that stands under a key <<. */
static bool
addmerged(struct loader *l, struct memberlist *m, const struct node *from, uint32_t at, bool list)
{
	size_t i;

	if (from->kind == NODE_LIST && !list) {
		for (i = 0; i < from->n; i++)
			if (!addmerged(l, m, node_item(from, i), at, true))
				return false;
		return true;
	}
	if (from->kind != NODE_MAP)
		return fail(l, at, 2, "a merge key takes a map or a list of maps");
	for (i = 0; i < from->n; i++)
		addmember(m, node_key(from, i), node_item(from, i), node_keyspan(from, i).at);
	return true;
}

static int
ordermembers(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int c = strorder(x->key, y->key);

	return c ? c : (x->order > y->order) - (x->order < y->order);
}

static int
orderback(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	return (x->order > y->order) - (x->order < y->order);
}

/* Replace the members under << of the map in the stack from start by what they stand for: YAML 1.1's merge key type. */
static bool
merge(struct loader *l, size_t start, struct shape **shape)
{
	const struct shape *old = *shape;
	struct memberlist m = {0};
	size_t i, n = 0;
	bool ok = true;

	for (i = 0; i < old->n; i++)
		if (!streqs(old->keys[i], "<<"))
			addmember(&m, old->keys[i], &l->nodes[start + i], l->keyat[start + i]);
	for (i = 0; i < old->n && ok; i++)
		if (streqs(old->keys[i], "<<"))
			ok = addmerged(l, &m, &l->nodes[start + i], l->keyat[start + i], false);
	if (m.n > 0)
		qsort(m.list, m.n, sizeof(*m.list), ordermembers);
	for (i = 0; i < m.n; i++)
		if (i == 0 || !streq(m.list[i].key, m.list[i - 1].key))
			m.list[n++] = m.list[i];
	if (n > 0)
		qsort(m.list, n, sizeof(*m.list), orderback);
	l->nnodes = start;
	*shape = &l->tree->root;
	for (i = 0; i < n && ok; i++) {
		push(l, m.list[i].node, m.list[i].keyat);
		*shape = tree_extend(l->tree, *shape, m.list[i].key);
	}
	free(m.list);
	return ok;
}

/* Report each key that stands in a map before. */
static void
repeatedkeys(struct loader *l, const struct node *map)
{
	struct memberlist m = {0};
	const struct node none = {0};
	size_t i, j, n = 0;

	for (i = 0; i < map->n; i++)
		addmember(&m, node_key(map, i), &none, node_keyspan(map, i).at);
	if (!m.list)
		return;
	qsort(m.list, m.n, sizeof(*m.list), ordermembers);
	for (i = 1, j = 0; i < m.n; i++) {
		if (!streq(m.list[i].key, m.list[j].key))
			j = i;
		else
			m.list[i].node.at = m.list[j].keyat + 1;
	}
	for (i = 0; i < m.n; i++)
		if (m.list[i].node.at > 0)
			m.list[n++] = m.list[i];
	qsort(m.list, n, sizeof(*m.list), orderback);
	for (i = 0; i < n; i++) {
		struct str key = m.list[i].key;

		diag_error(l->diag, (struct span){m.list[i].keyat, (uint32_t)key.n}, "repeated key '%.*s'", (int)key.n,
			key.s);
		diag_note(l->diag, (struct span){m.list[i].node.at - 1, (uint32_t)key.n}, "first defined here");
	}
	free(m.list);
}

static bool
closemap(struct loader *l, size_t start, struct shape *shape, uint32_t at, struct node *node)
{
	*node = tree_map(l->tree, shape, l->nodes + start, l->keyat + start, at);
	if (shape->merge && !shape->repeated) {
		if (!merge(l, start, &shape))
			return false;
		*node = tree_map(l->tree, shape, l->nodes + start, l->keyat + start, at);
	}
	l->nnodes = start;
	if (!shape->repeated)
		return true;
	repeatedkeys(l, node);
	return true;
}

static bool
readmap(struct loader *l, uint32_t at, unsigned depth, struct node *node)
{
	struct shape *shape = &l->tree->root;
	size_t start = l->nnodes;
	struct node item;
	uint32_t keyat;
	yaml_event_t e;
	bool ok;

	for (;;) {
		if (!next(l, &e))
			return false;
		if (e.type == YAML_MAPPING_END_EVENT)
			return closemap(l, start, shape, at, node);
		keyat = eventplace(l, &e);
		ok = e.type == YAML_SCALAR_EVENT && !e.data.scalar.anchor && !e.data.scalar.tag;
		if (!ok)
			fail(l, keyat, 1, "a key must be a scalar without anchor or tag");
		else if (e.data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE &&
			memchr(e.data.scalar.value, '\0', e.data.scalar.length))
			ok = fail(l, keyat, 1, "a key cannot hold a NUL");
		else
			shape = tree_extend(
				l->tree, shape, (struct str){(const char *)e.data.scalar.value, e.data.scalar.length});
		yaml_event_delete(&e);
		if (!ok || !next(l, &e) || !readnode(l, &e, depth, &item))
			return false;
		if (l->nnodes - start >= NODE_MAX)
			return fail(l, at, 1, "a map cannot have more than 2^29 members");
		push(l, item, keyat);
	}
}

static size_t
anchorslot(const struct loader *l, struct str name)
{
	size_t i = strhash(name) & (l->nslots - 1);

	while (l->slots[i] && !streq(l->anchors[l->slots[i] - 1].name, name))
		i = (i + 1) & (l->nslots - 1);
	return i;
}

/* The last anchor of this name, or NULL. */
static struct anchor *
findanchor(struct loader *l, struct str name)
{
	size_t i = l->nslots > 0 ? anchorslot(l, name) : 0;

	return l->nslots > 0 && l->slots[i] ? &l->anchors[l->slots[i] - 1] : NULL;
}

/* Make room in the hash table for one anchor more. */
static void
growanchors(struct loader *l)
{
	size_t i;

	if (l->nanchors * 2 < l->nslots)
		return;
	l->nslots = l->nslots ? l->nslots * 2 : 64;
	free(l->slots);
	l->slots = xcalloc(l->nslots, sizeof(*l->slots));
	for (i = 0; i < l->nanchors; i++)
		l->slots[anchorslot(l, l->anchors[i].name)] = (uint32_t)i + 1;
}

/* A node of its own for each place that an alias fills, so that its address tells the place. */
static struct node
copynode(struct loader *l, const struct node *node)
{
	size_t i, start = l->nnodes;
	struct node *items, copy = *node;

	if (node->kind == NODE_SCALAR || node->n == 0)
		return copy;
	for (i = 0; i < node->n; i++)
		push(l, copynode(l, node_item(node, i)), node->kind == NODE_MAP ? node_keyspan(node, i).at : 0);
	if (node->kind == NODE_MAP) {
		copy = tree_map(l->tree, ((const struct members *)node->p)->shape, l->nodes + start, l->keyat + start,
			node->at);
	} else {
		copy.p = items = arena_raw(l->tree->arena, node->n * sizeof(*items));
		memcpy(items, l->nodes + start, node->n * sizeof(*items));
	}
	l->nnodes = start;
	return copy;
}

static bool
readalias(struct loader *l, const yaml_event_t *e, struct node *node)
{
	struct str name = str((const char *)e->data.alias.anchor);
	uint32_t at = eventplace(l, e);
	struct span span = {at, (uint32_t)name.n + 1};
	const struct anchor *a = findanchor(l, name);

	if (!a) {
		diag_error(l->diag, span, "unknown alias '%s'", name.s);
		return false;
	}
	if (a->open) {
		diag_error(l->diag, span, "alias '%s' stands inside what it stands for", name.s);
		diag_note(l->diag, (struct span){a->at, (uint32_t)name.n + 1}, "its anchor is here");
		return false;
	}
	if (a->weight > DOCUMENT_ALIASED - l->aliased) {
		diag_error(l->diag, span, "aliases stand for more than %d nodes", DOCUMENT_ALIASED);
		return false;
	}
	l->aliased += a->weight;
	l->count += a->weight;
	*node = copynode(l, &a->node);
	return true;
}

/* Remember an anchor; returns its index + 1. Its name is copied. */
static size_t
openanchor(struct loader *l, const yaml_char_t *name, uint32_t at)
{
	struct str s = str((const char *)name);

	l->anchors = xgrow(l->anchors, l->nanchors, &l->capanchors, sizeof(*l->anchors));
	s.s = arena_copy(l->tree->arena, s.s, s.n);
	growanchors(l);
	l->anchors[l->nanchors++] = (struct anchor){.name = s, .at = at, .weight = l->count, .open = true};
	l->slots[anchorslot(l, s)] = (uint32_t)l->nanchors;
	return l->nanchors;
}

static void
closeanchor(struct loader *l, size_t anchor, const struct node *node)
{
	struct anchor *a;

	if (anchor == 0)
		return;
	a = &l->anchors[anchor - 1];
	a->node = *node;
	a->weight = l->count - a->weight;
	a->open = false;
}

static bool
readcollection(struct loader *l, yaml_event_t *e, unsigned depth, struct node *node)
{
	bool list = e->type == YAML_SEQUENCE_START_EVENT;
	const yaml_char_t *anchor = list ? e->data.sequence_start.anchor : e->data.mapping_start.anchor;
	const yaml_char_t *tag = list ? e->data.sequence_start.tag : e->data.mapping_start.tag;
	uint32_t at = eventplace(l, e);
	size_t a = anchor ? openanchor(l, anchor, at) : 0;
	bool tagged = tag != NULL;

	yaml_event_delete(e);
	if (tagged)
		return fail(l, at, 1, "tags are not supported");
	if (depth == DOCUMENT_DEPTH)
		return fail(l, at, 1, "nested too deep: the limit is 100");
	if (!(list ? readlist : readmap)(l, at, depth + 1, node))
		return false;
	closeanchor(l, a, node);
	return true;
}

/* Read the node that begins with an event, which is deleted. */
static bool
readnode(struct loader *l, yaml_event_t *e, unsigned depth, struct node *node)
{
	size_t anchor = 0;
	bool ok;

	l->count++;
	if (e->type == YAML_SEQUENCE_START_EVENT || e->type == YAML_MAPPING_START_EVENT)
		return readcollection(l, e, depth, node);
	if (e->type == YAML_ALIAS_EVENT) {
		ok = readalias(l, e, node);
	} else if (e->data.scalar.tag) {
		ok = fail(l, eventplace(l, e), 1, "tags are not supported");
	} else {
		if (e->data.scalar.anchor)
			anchor = openanchor(l, e->data.scalar.anchor, eventplace(l, e));
		ok = readscalar(l, e, node);
		if (ok)
			closeanchor(l, anchor, node);
	}
	yaml_event_delete(e);
	return ok;
}

static bool
readdocument(struct loader *l, struct node *node)
{
	yaml_event_t e;

	if (!next(l, &e))
		return false;
	yaml_event_delete(&e);
	if (!next(l, &e))
		return false;
	if (e.type == YAML_STREAM_END_EVENT)
		return fail(l, l->base, 1, "the file is empty");
	yaml_event_delete(&e);
	if (!next(l, &e) || !readnode(l, &e, 0, node))
		return false;
	if (!next(l, &e))
		return false;
	yaml_event_delete(&e);
	if (!next(l, &e))
		return false;
	if (e.type != YAML_STREAM_END_EVENT) {
		fail(l, eventplace(l, &e), 3, "a second document is not supported");
		yaml_event_delete(&e);
		return false;
	}
	return true;
}

/* libyaml would take UTF-16 for text and say little about bytes that are not UTF-8. */
static bool
checkbytes(struct loader *l)
{
	size_t bad;

	l->ascii = utf8_ascii(l->text.s, l->text.n);
	if (l->ascii)
		return true;
	bad = utf8_check(l->text.s, l->text.n);
	if (bad == l->text.n)
		return true;
	diag_error(l->diag, (struct span){l->base + (uint32_t)bad, 1}, "byte 0x%02x is not UTF-8",
		(unsigned char)l->text.s[bad]);
	return false;
}

static bool
start(struct loader *l)
{
	if (!checkbytes(l))
		return false;
	if (!yaml_parser_initialize(&l->parser))
		die("cannot allocate memory for the YAML parser");
	yaml_parser_set_encoding(&l->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&l->parser, (const unsigned char *)l->text.s, l->text.n);
	return true;
}

static void
finish(struct loader *l)
{
	yaml_parser_delete(&l->parser);
	free(l->nodes);
	free(l->keyat);
	free(l->anchors);
	free(l->slots);
	free(l->sites);
}

bool
document_load(struct diag *d, struct tree *t, uint32_t base, struct node *node)
{
	struct loader l = {.diag = d, .tree = t, .base = base, .text = diag_find(d, base)->text};
	struct document *doc;
	bool ok;

	if (!start(&l))
		return false;
	ok = readdocument(&l, node);
	finish(&l);
	if (ok) {
		doc = arena_alloc(t->arena, sizeof(*doc));
		*doc = (struct document){*node, base, t->documents};
		t->documents = doc;
	}
	return ok;
}

/* Add the site where an event begins. */
static struct site *
addsite(struct loader *l, const yaml_event_t *e, uint32_t parent, const yaml_char_t *anchor)
{
	struct site *s;
	size_t a;

	l->sites = xgrow(l->sites, l->nsites, &l->capsites, sizeof(*l->sites));
	s = &l->sites[l->nsites];
	*s = (struct site){.at = eventplace(l, e) - l->base, .parent = parent, .anchored = anchor != NULL};
	if (anchor) {
		a = openanchor(l, anchor, s->at);
		l->anchors[a - 1].site = (uint32_t)l->nsites;
	}
	s->next = (uint32_t)++l->nsites;
	return s;
}

static void
scalarsite(struct loader *l, const yaml_event_t *e, uint32_t parent)
{
	/* in the order of enum sitekind */
	static const yaml_scalar_style_t styles[] = {YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE,
		YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE};
	struct site *s = addsite(l, e, parent, e->data.scalar.anchor);
	unsigned i;

	s->kind = SITE_PLAIN;
	for (i = 0; i < LEN(styles); i++)
		if (e->data.scalar.style == styles[i])
			s->kind = (unsigned char)(SITE_SINGLE + i);
	s->text = (struct str){scalartext(l, e, l->base + s->at), e->data.scalar.length};
	s->end = place(l, e->end_mark.index) - l->base;
}

static void
aliassite(struct loader *l, const yaml_event_t *e, uint32_t parent)
{
	struct site *s = addsite(l, e, parent, NULL);
	const struct anchor *a = findanchor(l, str((const char *)e->data.alias.anchor));

	s->kind = SITE_ALIAS;
	s->target = a ? a->site : 0;
	s->end = place(l, e->end_mark.index) - l->base;
}

/* Take an event into the outline; returns the list or map that is open then. */
static uint32_t
takeevent(struct loader *l, const yaml_event_t *e, uint32_t open)
{
	struct site *s;

	if (e->type == YAML_SCALAR_EVENT) {
		scalarsite(l, e, open);
	} else if (e->type == YAML_ALIAS_EVENT) {
		aliassite(l, e, open);
	} else if (e->type == YAML_SEQUENCE_START_EVENT) {
		s = addsite(l, e, open, e->data.sequence_start.anchor);
		s->kind = SITE_LIST;
		s->flow = e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
		open = (uint32_t)(s - l->sites);
	} else if (e->type == YAML_MAPPING_START_EVENT) {
		s = addsite(l, e, open, e->data.mapping_start.anchor);
		s->kind = SITE_MAP;
		s->flow = e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
		open = (uint32_t)(s - l->sites);
	} else if (e->type == YAML_SEQUENCE_END_EVENT || e->type == YAML_MAPPING_END_EVENT) {
		s = &l->sites[open];
		s->next = (uint32_t)l->nsites;
		s->end = place(l, e->end_mark.index) - l->base;
		open = s->parent;
	}
	return open;
}

bool
document_outline(struct diag *d, struct tree *t, uint32_t base, struct outline *o)
{
	struct loader l = {.diag = d, .tree = t, .base = base, .text = diag_find(d, base)->text};
	uint32_t open = 0;
	bool ok, more;
	yaml_event_t e;

	if (!start(&l))
		return false;
	do {
		ok = next(&l, &e);
		more = ok && e.type != YAML_STREAM_END_EVENT;
		if (ok) {
			open = takeevent(&l, &e, open);
			yaml_event_delete(&e);
		}
	} while (more);
	o->n = (uint32_t)l.nsites;
	o->list = arena_array(t->arena, l.nsites, sizeof(*o->list));
	if (l.nsites > 0)
		memcpy(o->list, l.sites, l.nsites * sizeof(*o->list));
	finish(&l);
	return ok;
}
