/* The file is YAML whose records are JSON on a line of their own: the keys that are absent are empty strings, and a
 * status that is absent is the usual one.
 *
 *     format: 1
 *     sources:
 *       - iana: "http-status-codes/http-status-codes-1"
 *         updated: "2025-09-15"
 *         records:
 *         - {"value": "100", "name": "continue", "text": "Continue", "references": [{"rfc": "9110", "section":
 * "15.2.1"}]} ranges:
 *         - {"values": "105-199", "status": "unassigned", "rule": "IETF Review"} */
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "decode.h"
#include "diag.h"
#include "document.h"
#include "cited.h"
#include "ranger.h"
#include "fact.h"
#include "lock.h"
#include "reference.h"
#include "status.h"
#include "tree.h"
#include "utf8.h"

static const char *const kinds[] = {
	[REFERENCE_RFC] = "rfc",
	[REFERENCE_DRAFT] = "draft",
	[REFERENCE_ERRATA] = "errata",
	[REFERENCE_URL] = "url",
	[REFERENCE_PERSON] = "person",
	[REFERENCE_TEXT] = "text",
};

#define NOTHING \
	{ \
		"", 0 \
	}

static const struct cited nocited = {.id = NOTHING, .section = NOTHING, .title = NOTHING};
static const struct fact nofact = {.value = NOTHING,
	.name = NOTHING,
	.text = NOTHING,
	.expires = NOTHING,
	.replacedby = NOTHING,
	.status = STATUS_ASSIGNED};
static const struct factrange norange = {.values = NOTHING, .title = NOTHING, .rule = NOTHING, .status = STATUS_NONE};
static const struct facts nofacts = {.iana = NOTHING, .updated = NOTHING, .sha256 = NOTHING, .address = NOTHING};

/* Reading */

/* Text that is not empty; target: struct str. */
static void
readtext(struct decoder *d, const struct node *n, void *target)
{
	const struct node *text = NULL;

	decode_text(d, n, &text);
	if (text)
		*(struct str *)target = node_str(text);
}

static void
readstatus(struct decoder *d, const struct node *n, void *target)
{
	struct choices c = {.what = "status"};
	int i;

	c.words = status_names(&c.n);
	i = decode_index(d, n, &c);
	if (i >= 0)
		*(unsigned char *)target = (unsigned char)i;
}

static void
readformat(struct decoder *d, const struct node *n, void *target)
{
	(void)target;
	if (n->kind != NODE_SCALAR || !streqs(node_str(n), "1"))
		decode_expected(d, n, "1, the only format that this version reads");
}

/* What the items of a list are. */
struct items {
	size_t size;
	const struct key *keys;
	size_t nkeys;
};

/* Read the items of a list, each of which begins as initial; target: a pointer to them. Returns how many there are. */
static uint32_t
readitems(struct decoder *d, const struct node *n, const struct items *t, const void *initial, void *target)
{
	const struct node *list = NULL;
	const struct key *key = d->key;
	char *p;
	uint32_t i;

	decode_list(d, n, &list);
	if (!list)
		return 0;
	p = arena_array(d->arena, list->n, t->size);
	for (i = 0; i < list->n; i++) {
		memcpy(p + i * t->size, initial, t->size);
		decode(d, node_item(list, i), t->keys, t->nkeys, p + i * t->size);
	}
	d->key = key;
	memcpy(target, &p, sizeof(p));
	return list->n;
}

/* The kind is that of the key. */
static void
readid(struct decoder *d, const struct node *n, void *target)
{
	struct cited *c = target;
	size_t i;

	if (c->id.n > 0)
		diag_error(d->diag, node_span(n), "a reference names one place");
	readtext(d, n, &c->id);
	for (i = 0; i < LEN(kinds); i++)
		if (strcmp(d->key->name, kinds[i]) == 0)
			c->kind = (unsigned char)i;
}

static const struct key citedkeys[] = {
	{"draft", readid, 0, false, NULL},
	{"errata", readid, 0, false, NULL},
	{"person", readid, 0, false, NULL},
	{"rfc", readid, 0, false, NULL},
	{"section", readtext, offsetof(struct cited, section), false, NULL},
	{"text", readid, 0, false, NULL},
	{"title", readtext, offsetof(struct cited, title), false, NULL},
	{"url", readid, 0, false, NULL},
};

/* target: the fact. */
static void
readreferences(struct decoder *d, const struct node *n, void *target)
{
	static const struct items items = {sizeof(struct cited), citedkeys, LEN(citedkeys)};
	struct fact *f = target;
	uint32_t i;

	f->nreferences = readitems(d, n, &items, &nocited, &f->references);
	for (i = 0; i < f->nreferences; i++)
		if (f->references[i].id.n == 0 && node_item(n, i)->kind == NODE_MAP)
			diag_error(d->diag, node_span(node_item(n, i)), "the reference names no place");
}

/* target: the fact. What a field has may be nothing. */
static void
readfields(struct decoder *d, const struct node *n, void *target)
{
	struct fact *f = target;
	const struct node *map = NULL;
	uint32_t i;

	decode_map(d, n, &map);
	if (!map)
		return;
	f->nfields = map->n;
	f->fields = arena_array(d->arena, map->n, sizeof(*f->fields));
	for (i = 0; i < map->n; i++) {
		f->fields[i].id = node_key(map, i);
		if (node_item(map, i)->kind == NODE_SCALAR)
			f->fields[i].value = node_str(node_item(map, i));
		else
			decode_expected(d, node_item(map, i), "text");
	}
}

static const struct key factkeys[] = {
	{"expires", readtext, offsetof(struct fact, expires), false, NULL},
	{"fields", readfields, 0, false, NULL},
	{"name", readtext, offsetof(struct fact, name), false, NULL},
	{"references", readreferences, 0, false, NULL},
	{"replaced_by", readtext, offsetof(struct fact, replacedby), false, NULL},
	{"status", readstatus, offsetof(struct fact, status), false, NULL},
	{"text", readtext, offsetof(struct fact, text), false, NULL},
	{"value", readtext, offsetof(struct fact, value), false, NULL},
};

/* target: the facts. */
static void
readrecords(struct decoder *d, const struct node *n, void *target)
{
	static const struct items items = {sizeof(struct fact), factkeys, LEN(factkeys)};
	struct facts *f = target;
	uint32_t i;

	f->n = readitems(d, n, &items, &nofact, &f->list);
	for (i = 0; i < f->n; i++)
		f->list[i].at = node_span(node_item(n, i));
}

static const struct key rangekeys[] = {
	{"rule", readtext, offsetof(struct factrange, rule), false, NULL},
	{"status", readstatus, offsetof(struct factrange, status), false, NULL},
	{"title", readtext, offsetof(struct factrange, title), false, NULL},
	{"values", readtext, offsetof(struct factrange, values), true, NULL},
};

/* target: the facts. */
static void
readranges(struct decoder *d, const struct node *n, void *target)
{
	static const struct items items = {sizeof(struct factrange), rangekeys, LEN(rangekeys)};
	struct facts *f = target;
	uint32_t i;

	f->nranges = readitems(d, n, &items, &norange, &f->ranges);
	for (i = 0; i < f->nranges; i++)
		f->ranges[i].at = node_span(node_item(n, i));
}

static const struct key sourcekeys[] = {
	{"address", readtext, offsetof(struct facts, address), false, NULL},
	{"iana", readtext, offsetof(struct facts, iana), true, NULL},
	{"ranges", readranges, 0, false, NULL},
	{"records", readrecords, 0, false, NULL},
	{"sha256", readtext, offsetof(struct facts, sha256), false, NULL},
	{"updated", readtext, offsetof(struct facts, updated), false, NULL},
};

static int
orderfacts(const void *a, const void *b)
{
	const struct facts *x = a, *y = b;

	return strorder(x->iana, y->iana);
}

/* target: the lock. */
static void
readsources(struct decoder *d, const struct node *n, void *target)
{
	static const struct items items = {sizeof(struct facts), sourcekeys, LEN(sourcekeys)};
	struct lock *l = target;
	size_t i;

	l->n = readitems(d, n, &items, &nofacts, &l->list);
	if (l->n > 0)
		qsort(l->list, l->n, sizeof(*l->list), orderfacts);
	for (i = 1; i < l->n; i++)
		if (l->list[i].iana.n > 0 && streq(l->list[i].iana, l->list[i - 1].iana))
			diag_error(d->diag, node_span(n), "'%.*s' stands here twice", (int)l->list[i].iana.n,
				l->list[i].iana.s);
}

static const struct key lockkeys[] = {
	{"format", readformat, 0, true, NULL},
	{"sources", readsources, 0, true, NULL},
};

bool
lock_read(struct diag *diag, struct arena *a, struct tree *t, uint32_t base, struct lock *l)
{
	struct decoder d = {.diag = diag, .arena = a};
	unsigned before = diag->nerrors;
	struct node root;

	*l = (struct lock){0};
	if (document_load(diag, t, base, &root))
		decode(&d, &root, lockkeys, LEN(lockkeys), l);
	if (diag->nerrors == before)
		return true;
	*l = (struct lock){0};
	return false;
}

/* The first that is not less than iana. */
static size_t
lower(const struct lock *l, struct str iana)
{
	size_t low = 0, high = l->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (strorder(l->list[mid].iana, iana) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

struct facts *
lock_find(const struct lock *l, struct str iana)
{
	size_t i = lower(l, iana);

	return i < l->n && streq(l->list[i].iana, iana) ? &l->list[i] : NULL;
}

void
lock_put(struct arena *a, struct lock *l, const struct facts *f)
{
	struct facts *list;
	size_t i = lower(l, f->iana);

	if (i < l->n && streq(l->list[i].iana, f->iana)) {
		l->list[i] = *f;
		return;
	}
	list = arena_array(a, l->n + 1, sizeof(*list));
	if (l->n > 0) {
		memcpy(list, l->list, i * sizeof(*list));
		memcpy(list + i + 1, l->list + i, (l->n - i) * sizeof(*list));
	}
	list[i] = *f;
	l->list = list;
	l->n++;
}

/* Writing */

/* Characters that YAML refuses or takes for line breaks, and those that change how a line looks. */
static bool
escaped(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c || (c >= 0x200e && c <= 0x200f) ||
		(c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || c == 0xfffe ||
		c == 0xffff;
}

/* Append a string that JSON and YAML read alike. */
static void
addstring(struct buf *b, struct str s)
{
	size_t i, n;
	uint32_t c;

	buf_addch(b, '"');
	for (i = 0; i < s.n; i += n) {
		n = utf8_decode(s.s + i, s.n - i, &c);
		if (n == 0) {
			n = 1;
			c = 0xfffe;
		}
		if (c == '"' || c == '\\')
			buf_printf(b, "\\%c", (int)c);
		else if (escaped(c))
			buf_printf(b, "\\u%04x", (unsigned)c);
		else
			buf_add(b, s.s + i, n);
	}
	buf_addch(b, '"');
}

/* Append a member of an object, if it is not empty; first tells whether none stands before. */
static void
addmember(struct buf *b, bool *first, const char *key, struct str value)
{
	if (value.n == 0)
		return;
	buf_printf(b, "%s\"%s\": ", *first ? "" : ", ", key);
	addstring(b, value);
	*first = false;
}

static void
addstatus(struct buf *b, bool *first, unsigned char status)
{
	const struct str *names;
	size_t n;

	names = status_names(&n);
	if (status < n)
		addmember(b, first, "status", names[status]);
}

static void
addreferences(struct buf *b, bool first, const struct fact *f)
{
	const struct cited *c;
	bool begin;

	if (f->nreferences > 0)
		buf_printf(b, "%s\"references\": [", first ? "" : ", ");
	for (c = f->references; c < f->references + f->nreferences; c++) {
		begin = true;
		buf_adds(b, c == f->references ? "{" : ", {");
		addmember(b, &begin, kinds[c->kind], c->id);
		addmember(b, &begin, "section", c->section);
		addmember(b, &begin, "title", c->title);
		buf_addch(b, '}');
	}
	if (f->nreferences > 0)
		buf_addch(b, ']');
}

static void
addfields(struct buf *b, bool first, const struct fact *f)
{
	uint32_t i;

	if (f->nfields > 0)
		buf_printf(b, "%s\"fields\": {", first ? "" : ", ");
	for (i = 0; i < f->nfields; i++) {
		if (i > 0)
			buf_adds(b, ", ");
		addstring(b, f->fields[i].id);
		buf_adds(b, ": ");
		addstring(b, f->fields[i].value);
	}
	if (f->nfields > 0)
		buf_addch(b, '}');
}

static void
addfact(struct buf *b, const struct fact *f)
{
	bool first = true;

	buf_adds(b, "    - {");
	addmember(b, &first, "value", f->value);
	addmember(b, &first, "name", f->name);
	addmember(b, &first, "text", f->text);
	if (f->status != STATUS_ASSIGNED)
		addstatus(b, &first, f->status);
	addmember(b, &first, "expires", f->expires);
	addmember(b, &first, "replaced_by", f->replacedby);
	addreferences(b, first, f);
	addfields(b, first && f->nreferences == 0, f);
	buf_adds(b, "}\n");
}

static void
addrange(struct buf *b, const struct factrange *r)
{
	bool first = true;

	buf_adds(b, "    - {");
	addmember(b, &first, "values", r->values);
	addmember(b, &first, "title", r->title);
	addstatus(b, &first, r->status);
	addmember(b, &first, "rule", r->rule);
	buf_adds(b, "}\n");
}

static void
addline(struct buf *b, const char *before, struct str value)
{
	if (value.n == 0)
		return;
	buf_adds(b, before);
	addstring(b, value);
	buf_addch(b, '\n');
}

static void
addfacts(struct buf *b, const struct facts *f)
{
	uint32_t i;

	addline(b, "  - iana: ", f->iana);
	addline(b, "    updated: ", f->updated);
	addline(b, "    sha256: ", f->sha256);
	addline(b, "    address: ", f->address);
	if (f->n > 0)
		buf_adds(b, "    records:\n");
	for (i = 0; i < f->n; i++)
		addfact(b, &f->list[i]);
	if (f->nranges > 0)
		buf_adds(b, "    ranges:\n");
	for (i = 0; i < f->nranges; i++)
		addrange(b, &f->ranges[i]);
}

void
lock_write(const struct lock *l, struct buf *b)
{
	size_t i;

	buf_adds(b, "# Written by regen update; not to be edited.\nformat: 1\n");
	buf_adds(b, l->n > 0 ? "sources:\n" : "sources: []\n");
	for (i = 0; i < l->n; i++)
		addfacts(b, &l->list[i]);
}
