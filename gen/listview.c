#include <stdlib.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "field.h"
#include "number.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "tree.h"
#include "value.h"
#include "word.h"
#include "lang.h"
#include "naming.h"
#include "facet.h"
#include "tableview.h"
#include "poolview.h"
#include "fieldview.h"
#include "listview.h"

/* The different lists of a field; number 0 is the default. */
struct lists {
	struct cell *list;
	uint32_t n;
	uint32_t *numbers; /* by slot: the list's number */
	uint32_t nmembers; /* of all */
};

/* The list that a cell has; NULL if nothing is said of it, and then it is empty. */
static const struct node *
listof(const struct cell *c)
{
	return c->value ? c->value : c->field->standard;
}

static uint32_t
lengthof(const struct cell *c)
{
	const struct node *n = listof(c);

	return n ? n->n : 0;
}

static struct str
textof(const struct cell *c, uint32_t i)
{
	return node_str(node_item(listof(c), i));
}

static uint32_t
hashof(const struct cell *c)
{
	uint32_t hash = 0, i;

	for (i = 0; i < lengthof(c); i++)
		hash = hash * 31 + strhash(textof(c, i));
	return hash ^ hash >> 15;
}

static bool
samelists(const struct cell *x, const struct cell *y)
{
	uint32_t i;

	if (listof(x) == listof(y))
		return true;
	for (i = 0; i < lengthof(x) && i < lengthof(y) && streq(textof(x, i), textof(y, i)); i++)
		;
	return i == lengthof(x) && i == lengthof(y);
}

/* The number of a list, which is added if it is new; slots, of which there are a power of two, hold the number plus 1.
 */
static uint32_t
numberof(struct lists *l, uint32_t *slots, size_t nslots, const struct cell *c)
{
	size_t i;

	for (i = hashof(c) & (nslots - 1); slots[i]; i = (i + 1) & (nslots - 1))
		if (samelists(&l->list[slots[i] - 1], c))
			return slots[i] - 1;
	l->list[l->n] = *c;
	l->nmembers += lengthof(c);
	slots[i] = ++l->n;
	return l->n - 1;
}

static struct lists
findlists(const struct value *v, struct arena *a)
{
	const struct registry *r = facet_context(v)->registry;
	struct cell c = {.field = v->p};
	struct lists l = {0};
	uint32_t *slots, i;
	size_t nslots = 16;

	while (nslots < 2 * ((size_t)r->nrows + 1))
		nslots *= 2;
	slots = xcalloc(nslots, sizeof(*slots));
	l.list = arena_array(a, (size_t)r->nrows + 1, sizeof(*l.list));
	l.numbers = arena_array(a, (size_t)r->nrows + 1, sizeof(*l.numbers));
	numberof(&l, slots, nslots, &c);
	for (i = 0; i < r->nrows; i++) {
		c.value = r->rows[i]->fields ? r->rows[i]->fields[c.field - r->fields] : NULL;
		l.numbers[i + 1] = numberof(&l, slots, nslots, &c);
	}
	free(slots);
	return l;
}

/* members */

static struct value
getmembers(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return facet_list(facet_context(v), LIST_MEMBERS, v->p, lengthof(v->p));
}

static struct value
nextmember(const struct value *v, struct cursor *c, struct arena *a)
{
	const struct cell *list = v->p;
	struct cell *p = arena_alloc(a, sizeof(*p));

	*p = (struct cell){list->field, node_item(listof(list), c->i++)};
	return facet_map(facet_context(v), MAP_MEMBER, p);
}

static struct value
getcount(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset;
	return facet_count(a, lengthof(v->p));
}

static struct value
getvalue(const struct value *v, size_t offset, struct arena *a)
{
	const struct cell *c = v->p;

	return offset ? fieldview_literal(v, c->field, c->value, a) : fieldview_value(c->field, c->value);
}

static struct value
getreferenced(const struct value *v, size_t offset, struct arena *a)
{
	const struct cell *c = v->p;

	(void)offset, (void)a;
	return fieldview_referenced(v, c->field, c->value);
}

static struct value
getchoice(const struct value *v, size_t offset, struct arena *a)
{
	const struct cell *c = v->p;

	(void)offset;
	return fieldview_choice(v, c->field, c->value, a);
}

/* what all members are */

static struct value
getform(const struct value *v, size_t form, struct arena *a)
{
	(void)a;
	return value_bool(((const struct cell *)v->p)->field->form == form);
}

static struct value
getenum(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return fieldview_enum(v, ((const struct cell *)v->p)->field);
}

static struct value
getinteger(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_bool(type_integer(((const struct cell *)v->p)->field->type));
}

static struct value
getstring(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_bool(((const struct cell *)v->p)->field->type == TYPE_STRING);
}

static struct value
gettype(const struct value *v, size_t offset, struct arena *a)
{
	size_t n;

	(void)offset, (void)a;
	return value_str(field_types(&n)[field_membertype(((const struct cell *)v->p)->field)]);
}

static struct value
gettypename(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return facet_typename(v, ((const struct cell *)v->p)->field->type);
}

/* all lists */

static struct value
geteach(const struct value *v, size_t offset, struct arena *a)
{
	struct lists l = findlists(v, a);

	(void)offset;
	return facet_list(facet_context(v), LIST_EACH, l.list, l.n);
}

static struct value
nextlist(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return facet_map(facet_context(v), MAP_LIST, (const struct cell *)v->p + c->i++);
}

static struct value
getnumbers(const struct value *v, size_t offset, struct arena *a)
{
	struct lists l = findlists(v, a);

	(void)offset;
	return tableview_of(v, l.numbers, facet_context(v)->registry->nrows + 1, a);
}

static struct value
getstarts(const struct value *v, size_t offset, struct arena *a)
{
	struct lists l = findlists(v, a);
	uint32_t *starts = arena_array(a, (size_t)l.n + 1, sizeof(*starts)), i;

	(void)offset;
	for (i = 0; i < l.n; i++)
		starts[i + 1] = starts[i] + lengthof(&l.list[i]);
	return tableview_of(v, starts, l.n + 1, a);
}

static struct value
getall(const struct value *v, size_t offset, struct arena *a)
{
	struct lists l = findlists(v, a);
	struct cell *all = arena_array(a, l.nmembers, sizeof(*all));
	uint32_t i, k, n = 0;

	(void)offset;
	for (i = 0; i < l.n; i++)
		for (k = 0; k < lengthof(&l.list[i]); k++)
			all[n++] = (struct cell){l.list[i].field, node_item(listof(&l.list[i]), k)};
	return facet_list(facet_context(v), LIST_ALL, all, n);
}

static struct value
nextofall(const struct value *v, struct cursor *c, struct arena *a)
{
	size_t i = c->i++;

	(void)a;
	return facet_cutmap(
		facet_context(v), MAP_MEMBER, (const struct cell *)v->p + i, facet_part(i, facet_lang(v)->limits.rows));
}

static struct value
getallcount(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset;
	return facet_count(a, findlists(v, a).nmembers);
}

/* The strings of all members, behind the empty one. */
static struct value
gettexts(const struct value *v, size_t offset, struct arena *a)
{
	struct lists l;
	struct str *items;
	uint32_t i, k, n = 1;

	(void)offset;
	if (((const struct fielddef *)v->p)->type != TYPE_STRING)
		return value_bool(false);
	l = findlists(v, a);
	items = arena_array(a, (size_t)l.nmembers + 1, sizeof(*items));
	for (i = 0; i < l.n; i++)
		for (k = 0; k < lengthof(&l.list[i]); k++)
			items[n++] = textof(&l.list[i], k);
	return poolview_of(v, items, n, a);
}

/* Which of the values of the enumeration each member of all is, behind 0. */
static struct value
getchoicenumbers(const struct value *v, size_t offset, struct arena *a)
{
	const struct fielddef *f = v->p;
	struct lists l;
	uint32_t *numbers, i, k, n = 1;

	(void)offset;
	if (f->form != FORM_ENUM)
		return value_bool(false);
	l = findlists(v, a);
	numbers = arena_array(a, (size_t)l.nmembers + 1, sizeof(*numbers));
	for (i = 0; i < l.n; i++)
		for (k = 0; k < lengthof(&l.list[i]); k++)
			numbers[n++] = fieldview_choicenumber(f, node_item(listof(&l.list[i]), k));
	return tableview_of(v, numbers, n, a);
}

static const struct member listmembers[] = {
	{"count", getcount, 0},
	{"date", getform, FORM_DATE},
	{"enum", getenum, 0},
	{"integer", getinteger, 0},
	{"members", getmembers, 0},
	{"more", facet_getmore, 0},
	{"reference", getform, FORM_REFERENCE},
	{"string", getstring, 0},
	{"type", gettype, 0},
	{"type_name", gettypename, 0},
};

static const struct member listsmembers[] = {
	{"choice_numbers", getchoicenumbers, 0},
	{"count", getallcount, 0},
	{"each", geteach, 0},
	{"members", getall, 0},
	{"numbers", getnumbers, 0},
	{"starts", getstarts, 0},
	{"texts", gettexts, 0},
};

static const struct member membermembers[] = {
	{"choice", getchoice, 0},
	{"cut", facet_getcut, 0},
	{"literal", getvalue, 1},
	{"more", facet_getmore, 0},
	{"referenced", getreferenced, 0},
	{"value", getvalue, 0},
};

const struct kindspec listview_kinds[] = {
	{.which = MAP_LIST,
		.members = listmembers,
		.nmembers = LEN(listmembers),
		.group = GROUP_LIST,
		.identifiers = true},
	{.which = MAP_LISTS, .members = listsmembers, .nmembers = LEN(listsmembers)},
	{.which = MAP_MEMBER, .members = membermembers, .nmembers = LEN(membermembers)},
	{.which = LIST_MEMBERS, .next = nextmember},
	{.which = LIST_EACH, .next = nextlist},
	{.which = LIST_ALL, .next = nextofall},
};

const size_t listview_nkinds = LEN(listview_kinds);
