#include "util.h"
#include "arena.h"
#include "diag.h"
#include "number.h"
#include "registry.h"
#include "rows.h"
#include "tree.h"
#include "value.h"
#include "word.h"
#include "lang.h"
#include "naming.h"
#include "facet.h"
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

static struct value
getchoices(const struct value *v, size_t offset, struct arena *a)
{
	const struct node *n = facet_node(v, offset);

	(void)a;
	return n ? facet_list(facet_context(v), LIST_CHOICES, n, n->n) : value_list(NULL, 0);
}

static struct value
nextchoice(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return facet_text(node_item(v->p, c->i++));
}

/* Where the members stand that cells have, too. */
enum {
	BOOL,
	CHOICES,
	DATE,
	DEFAULT,
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
	[CHOICES] = {"choices", getchoices, FIELD(choices)},
	[DATE] = {"date", getform, FORM_DATE},
	[DEFAULT] = {"default", getdefault, 0},
	[DEFAULT_LITERAL] = {"default_literal", getdefault, 1},
	[DESCRIPTION] = {"description", VALUE_TEXT, FIELD(description)},
	[DESCRIPTION_DOC] = {"description_doc", facet_getdoc, FIELD(description)},
	[DOC] = {"doc", facet_getlines, FIELD(description)},
	[ENUM] = {"enum", getform, FORM_ENUM},
	[ID] = {"id", VALUE_TEXT, FIELD(id)},
	[INTEGER] = {"integer", getinteger, 0},
	[MORE] = {"more", facet_getmore, 0},
	[REFERENCE] = {"reference", getform, FORM_REFERENCE},
	[STRING] = {"string", getstring, 0},
	[TYPE] = {"type", gettype, 0},
	[TYPE_NAME] = {"type_name", gettypename, 0},
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

static const struct member cellmembers[] = {
	{"bool", getoffield, BOOL},
	{"choices", getoffield, CHOICES},
	{"cut", facet_getcut, 0},
	{"date", getoffield, DATE},
	{"default", getoffield, DEFAULT},
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
	{.which = LIST_FIELDS, .next = nextfield},
	{.which = LIST_CHOICES, .next = nextchoice},
	{.which = LIST_CELLS, .next = nextcell},
	{.which = LIST_COLUMN, .next = nextincolumn},
};

const size_t fieldview_nkinds = LEN(fieldview_kinds);
