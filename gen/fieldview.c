#include "util.h"
#include "arena.h"
#include "diag.h"
#include "field.h"
#include "number.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "rows.h"
#include "tree.h"
#include "value.h"
#include "word.h"
#include "lang.h"
#include "naming.h"
#include "facet.h"
#include "tableview.h"
#include "poolview.h"
#include "fieldview.h"

/* fields and cells */

struct value
fieldview_value(const struct fielddef *f, const struct node *n)
{
	if (f->type == TYPE_BOOL)
		return value_bool(n && n->n == 4);
	return facet_text(n);
}

struct value
fieldview_literal(const struct value *v, const struct fielddef *f, const struct node *n, struct arena *a)
{
	uint64_t number;
	bool fits;

	if (f->type == TYPE_BOOL)
		return value_str(str(n && n->n == 4 ? "true" : "false"));
	if (f->type == TYPE_STRING || !n || number_read(f->type, node_str(n), &number, &fits) == 0)
		return value_bool(false);
	return facet_literal(
		v, f->type, number, number_spell(a, f->type, number, node_str(n), facet_lang(v)->bases), a);
}

struct value
fieldview_referenced(const struct value *v, const struct fielddef *f, const struct node *n)
{
	const struct context *other = f->registry ? facet_contextin(facet_context(v)->view, f->registry) : NULL;
	const struct entry *e = other && n ? rows_find(other->registry, node_str(n)) : NULL;

	return e ? facet_map(other, MAP_BRIEF, e) : value_bool(false);
}

struct value
fieldview_choice(const struct value *v, const struct fielddef *f, const struct node *n, struct arena *a)
{
	struct choice *x;

	if (f->form != FORM_ENUM || !n)
		return value_bool(false);
	x = arena_alloc(a, sizeof(*x));
	*x = (struct choice){f, n};
	return facet_map(facet_context(v), MAP_CHOICE, x);
}

struct value
fieldview_enum(const struct value *v, const struct fielddef *f)
{
	return f->form == FORM_ENUM ? facet_map(facet_context(v), MAP_ENUM, f) : value_bool(false);
}

/* enumerations */

static struct value
getchoices(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return facet_list(facet_context(v), LIST_CHOICES, v->p, ((const struct fielddef *)v->p)->choices->n);
}

static struct value
nextchoice(const struct value *v, struct cursor *c, struct arena *a)
{
	const struct fielddef *f = v->p;

	return fieldview_choice(v, f, node_item(f->choices, c->i++), a);
}

uint32_t
fieldview_choicenumber(const struct fielddef *f, const struct node *n)
{
	uint32_t i;

	for (i = 0; n && i < f->choices->n; i++)
		if (streq(node_str(node_item(f->choices, i)), node_str(n)))
			return i + 1;
	return 0;
}

static struct value
getchoicenumber(const struct value *v, size_t offset, struct arena *a)
{
	const struct choice *x = v->p;

	(void)offset;
	return facet_count(a, fieldview_choicenumber(x->field, x->value));
}

static struct value
getchoicecount(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset;
	return facet_count(a, ((const struct fielddef *)v->p)->choices->n);
}

/* The texts of the values, behind the empty one. */
static struct value
getchoicetexts(const struct value *v, size_t offset, struct arena *a)
{
	const struct node *all = ((const struct fielddef *)v->p)->choices;
	struct str *items = arena_array(a, (size_t)all->n + 1, sizeof(*items));
	uint32_t i;

	(void)offset;
	for (i = 0; i < all->n; i++)
		items[i + 1] = node_str(node_item(all, i));
	return poolview_of(v, items, all->n + 1, a);
}

static const struct member enummembers[] = {
	{"choices", getchoices, 0},
	{"count", getchoicecount, 0},
	{"texts", getchoicetexts, 0},
};

static const struct member choicemembers[] = {
	{"more", facet_getmore, 0},
	{"number", getchoicenumber, 0},
	{"text", VALUE_TEXT, offsetof(struct choice, value)},
	{"text_doc", facet_getdoc, offsetof(struct choice, value)},
};

/* fields */

static struct value
getdefault(const struct value *v, size_t offset, struct arena *a)
{
	const struct fielddef *f = v->p;

	if (f->list)
		return value_bool(false);
	return offset ? fieldview_literal(v, f, f->standard, a) : fieldview_value(f, f->standard);
}

/* The field in each row. */
static struct value
getcolumn(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return facet_list(facet_context(v), LIST_COLUMN, v->p, facet_context(v)->registry->nrows);
}

/* The strings in the rows, behind what stands for none of them. */
static struct value
gettexts(const struct value *v, size_t offset, struct arena *a)
{
	const struct registry *r = facet_context(v)->registry;
	const struct fielddef *f = v->p;
	struct str *items = arena_array(a, (size_t)r->nrows + 1, sizeof(*items));
	const struct node *n = f->standard;
	uint32_t i = 0;

	(void)offset;
	if (f->type != TYPE_STRING || f->list)
		return value_bool(false);
	for (;;) {
		if (n)
			items[i] = node_str(n);
		if (i == r->nrows)
			break;
		n = r->rows[i]->fields ? r->rows[i]->fields[f - r->fields] : NULL;
		n = n ? n : f->standard;
		i++;
	}
	return poolview_of(v, items, r->nrows + 1, a);
}

/* Which of the values of its enumeration each row has. */
static struct value
getchoicenumbers(const struct value *v, size_t offset, struct arena *a)
{
	const struct registry *r = facet_context(v)->registry;
	const struct fielddef *f = v->p;
	uint32_t *numbers, i;
	const struct node *n;

	(void)offset;
	if (f->form != FORM_ENUM || f->list)
		return value_bool(false);
	numbers = arena_array(a, (size_t)r->nrows + 1, sizeof(*numbers));
	numbers[0] = fieldview_choicenumber(f, f->standard);
	for (i = 0; i < r->nrows; i++) {
		n = r->rows[i]->fields ? r->rows[i]->fields[f - r->fields] : NULL;
		numbers[i + 1] = n ? fieldview_choicenumber(f, n) : numbers[0];
	}
	return tableview_of(v, numbers, r->nrows + 1, a);
}

/* Whether values are of a form, or a type; those of a list are lists. */
static struct value
getform(const struct value *v, size_t form, struct arena *a)
{
	const struct fielddef *f = v->p;

	(void)a;
	return value_bool(!f->list && f->form == form);
}

static struct value
getbool(const struct value *v, size_t offset, struct arena *a)
{
	const struct fielddef *f = v->p;

	(void)offset, (void)a;
	return value_bool(!f->list && f->type == TYPE_BOOL);
}

static struct value
getinteger(const struct value *v, size_t offset, struct arena *a)
{
	const struct fielddef *f = v->p;

	(void)offset, (void)a;
	return value_bool(!f->list && type_integer(f->type));
}

static struct value
getstring(const struct value *v, size_t offset, struct arena *a)
{
	const struct fielddef *f = v->p;

	(void)offset, (void)a;
	return value_bool(!f->list && f->type == TYPE_STRING);
}

static struct value
gettype(const struct value *v, size_t offset, struct arena *a)
{
	const struct fielddef *f = v->p;
	size_t n;

	(void)offset, (void)a;
	return value_str(field_types(&n)[field_type(f)]);
}

static struct value
gettypename(const struct value *v, size_t offset, struct arena *a)
{
	const struct fielddef *f = v->p;

	(void)offset, (void)a;
	return f->list ? value_bool(false) : facet_typename(v, f->type);
}

/* The list that a field is by default. */
static struct value
getlist(const struct value *v, size_t offset, struct arena *a)
{
	const struct fielddef *f = v->p;
	struct cell *c;

	(void)offset;
	if (!f->list)
		return value_bool(false);
	c = arena_alloc(a, sizeof(*c));
	*c = (struct cell){.field = f};
	return facet_map(facet_context(v), MAP_LIST, c);
}

/* All the lists that it is. */
static struct value
getlists(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	if (!((const struct fielddef *)v->p)->list)
		return value_bool(false);
	return facet_map(facet_context(v), MAP_LISTS, v->p);
}

/* What the field is, if its values are named. */
static struct value
getenum(const struct value *v, size_t offset, struct arena *a)
{
	const struct fielddef *f = v->p;

	(void)offset, (void)a;
	return f->list ? value_bool(false) : fieldview_enum(v, f);
}

static struct value
getdefaultchoice(const struct value *v, size_t offset, struct arena *a)
{
	const struct fielddef *f = v->p;

	(void)offset;
	return f->list ? value_bool(false) : fieldview_choice(v, f, f->standard, a);
}

/* Where the members stand that cells have, too. */
enum {
	BOOL,
	DATE,
	DEFAULT,
	DEFAULT_CHOICE,
	DEFAULT_LITERAL,
	DESCRIPTION,
	DESCRIPTION_DOC,
	DOC,
	ENUM,
	ID,
	INTEGER,
	MORE,
	REFERENCE,
	STRING,
	TYPE,
	TYPE_NAME,
};

#define FIELD(member) offsetof(struct fielddef, member)

static const struct member fieldmembers[] = {
	[BOOL] = {"bool", getbool, 0},
	[DATE] = {"date", getform, FORM_DATE},
	[DEFAULT] = {"default", getdefault, 0},
	[DEFAULT_CHOICE] = {"default_choice", getdefaultchoice, 0},
	[DEFAULT_LITERAL] = {"default_literal", getdefault, 1},
	[DESCRIPTION] = {"description", VALUE_TEXT, FIELD(description)},
	[DESCRIPTION_DOC] = {"description_doc", facet_getdoc, FIELD(description)},
	[DOC] = {"doc", facet_getlines, FIELD(description)},
	[ENUM] = {"enum", getenum, 0},
	[ID] = {"id", VALUE_TEXT, FIELD(id)},
	[INTEGER] = {"integer", getinteger, 0},
	[MORE] = {"more", facet_getmore, 0},
	[REFERENCE] = {"reference", getform, FORM_REFERENCE},
	[STRING] = {"string", getstring, 0},
	[TYPE] = {"type", gettype, 0},
	[TYPE_NAME] = {"type_name", gettypename, 0},
	{"choice_numbers", getchoicenumbers, 0},
	{"list", getlist, 0},
	{"lists", getlists, 0},
	{"texts", gettexts, 0},
	{"values", getcolumn, 0},
};

static struct value
nextfield(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return facet_map(facet_context(v), MAP_FIELD, (const struct fielddef *)v->p + c->i++);
}

/* A member of the field that a cell belongs to: the offset is its index among fieldmembers. */
static struct value
getoffield(const struct value *v, size_t offset, struct arena *a)
{
	struct value field = facet_map(facet_context(v), MAP_FIELD, ((const struct cell *)v->p)->field);

	return value_get(&field, offset, a);
}

/* What the cell has, or the default. */
static const struct node *
nodeof(const struct cell *c)
{
	return c->value ? c->value : c->field->standard;
}

static struct value
getcell(const struct value *v, size_t offset, struct arena *a)
{
	const struct cell *c = v->p;

	if (c->field->list)
		return value_bool(false);
	return offset ? fieldview_literal(v, c->field, nodeof(c), a) : fieldview_value(c->field, nodeof(c));
}

static struct value
getcelllist(const struct value *v, size_t offset, struct arena *a)
{
	const struct cell *c = v->p;

	(void)offset, (void)a;
	return c->field->list ? facet_map(facet_context(v), MAP_LIST, c) : value_bool(false);
}

static struct value
getreferenced(const struct value *v, size_t offset, struct arena *a)
{
	const struct cell *c = v->p;

	(void)offset, (void)a;
	return c->field->list ? value_bool(false) : fieldview_referenced(v, c->field, nodeof(c));
}

static struct value
getcellchoice(const struct value *v, size_t offset, struct arena *a)
{
	const struct cell *c = v->p;

	(void)offset;
	return c->field->list ? value_bool(false) : fieldview_choice(v, c->field, nodeof(c), a);
}

static const struct member cellmembers[] = {
	{"bool", getoffield, BOOL},
	{"choice", getcellchoice, 0},
	{"cut", facet_getcut, 0},
	{"date", getoffield, DATE},
	{"default", getoffield, DEFAULT},
	{"default_choice", getoffield, DEFAULT_CHOICE},
	{"default_literal", getoffield, DEFAULT_LITERAL},
	{"description", getoffield, DESCRIPTION},
	{"description_doc", getoffield, DESCRIPTION_DOC},
	{"doc", getoffield, DOC},
	{"enum", getoffield, ENUM},
	{"id", getoffield, ID},
	{"integer", getoffield, INTEGER},
	{"list", getcelllist, 0},
	{"literal", getcell, 1},
	{"more", facet_getmore, 0},
	{"reference", getoffield, REFERENCE},
	{"referenced", getreferenced, 0},
	{"string", getoffield, STRING},
	{"type", getoffield, TYPE},
	{"type_name", getoffield, TYPE_NAME},
	{"value", getcell, 0},
};

struct value
fieldview_getcells(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return facet_list(facet_context(v), LIST_CELLS, v->p, facet_context(v)->registry->nfields);
}

static struct value
cell(const struct context *c, const struct fielddef *f, const struct entry *e, uint32_t part, struct arena *a)
{
	struct cell *p = arena_alloc(a, sizeof(*p));

	*p = (struct cell){f, e->fields ? e->fields[f - c->registry->fields] : NULL};
	return facet_cutmap(c, MAP_CELL, p, part);
}

static struct value
nextcell(const struct value *v, struct cursor *c, struct arena *a)
{
	const struct context *s = facet_context(v);

	return cell(s, &s->registry->fields[c->i++], v->p, 0, a);
}

static struct value
nextincolumn(const struct value *v, struct cursor *c, struct arena *a)
{
	const struct context *s = facet_context(v);
	size_t i = c->i++;

	return cell(s, v->p, s->registry->rows[i], facet_part(i, facet_lang(v)->limits.rows), a);
}

const struct kindspec fieldview_kinds[] = {
	{.which = MAP_FIELD,
		.members = fieldmembers,
		.nmembers = LEN(fieldmembers),
		.group = GROUP_FIELD,
		.identifiers = true},
	{.which = MAP_CELL,
		.members = cellmembers,
		.nmembers = LEN(cellmembers),
		.group = GROUP_FIELD,
		.identifiers = true},
	{.which = MAP_ENUM,
		.members = enummembers,
		.nmembers = LEN(enummembers),
		.group = GROUP_ENUM,
		.identifiers = true},
	{.which = MAP_CHOICE,
		.members = choicemembers,
		.nmembers = LEN(choicemembers),
		.group = GROUP_CHOICE,
		.identifiers = true},
	{.which = LIST_FIELDS, .next = nextfield},
	{.which = LIST_CHOICES, .next = nextchoice},
	{.which = LIST_CELLS, .next = nextcell},
	{.which = LIST_COLUMN, .next = nextincolumn},
};

const size_t fieldview_nkinds = LEN(fieldview_kinds);
