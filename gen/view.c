/* Nothing of a view is made before a template asks for it: a map is a pointer to the thing it shows and a table of
 * functions, one for each name. What a function makes lives in the arena that it is given, until the tag or section
 * that asked for it ends. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "comment.h"
#include "decode.h"
#include "diag.h"
#include "number.h"
#include "reference.h"
#include "registry.h"
#include "template.h"
#include "tree.h"
#include "value.h"
#include "view.h"
#include "word.h"
#include "lang.h"
#include "naming.h"

enum { DENSE = 1024 }; /* a table by value may always have this many slots */

/* The kinds of maps, then those of lists. */
enum which {
	MAP_ROOT,
	MAP_REGISTRYROOT,
	MAP_PACKAGE,
	MAP_OPTIONS,
	MAP_SPECIFICATION,
	MAP_REGISTRY,
	MAP_SOURCE,
	MAP_VALID,
	MAP_RANGE,
	MAP_FIELD,
	MAP_ENTRY,
	MAP_BRIEF,
	MAP_ALIAS,
	MAP_NAME,
	MAP_ALIASNAME,
	MAP_CELL,
	MAP_REFERENCE,
	MAP_LENGTH,
	LIST_REGISTRIES,
	LIST_SPECIFICATIONS,
	LIST_OBSOLETES,
	LIST_ENTRIES,
	LIST_ROWS,
	LIST_NAMES,
	LIST_ALIASES,
	LIST_REFERENCES,
	LIST_RANGES,
	LIST_PREDICATES,
	LIST_SPANS,
	LIST_FIELDS,
	LIST_CELLS,
	LIST_COLUMN,
	KINDS,
};

/* A name of the view and the function that gives its value; offset is what the function takes it from. */
struct member {
	const char *name;
	struct value (*get)(const struct value *, size_t offset, struct arena *);
	size_t offset;
};

/* A kind of map or list. A map has its members, then the identifiers of a group, then those of statuses. */
struct kind {
	struct class class; /* the first, so that a class leads to its kind */
	const struct context *context;
	struct shape *shape;
	const struct member *members;
	size_t nmembers, nidentifiers;
	enum group group;
	bool alias; /* it shows an alias */
};

/* A registry as a target shows it, or the package (registry is NULL). */
struct context {
	struct view *view;
	const struct registry *registry;
	struct naming naming;
	struct kind kinds[KINDS];
	uint32_t nnames;
};

struct view {
	struct diag *diag;
	struct arena *arena;
	struct tree tree; /* for shapes */
	const struct project *project;
	const struct target *target;
	struct dialect dialect;
	struct context package, *contexts;
	const struct registry **registries;
	size_t nregistries;
};

static const struct context *
contextof(const struct value *v)
{
	return ((const struct kind *)(const void *)v->class)->context;
}

static const struct lang *
langof(const struct value *v)
{
	return contextof(v)->view->dialect.lang;
}

static struct value
map(const struct context *c, enum which which, const void *p)
{
	const struct kind *k = &c->kinds[which];

	return (struct value){.kind = VALUE_MAP, .p = p, .class = &k->class, .shape = k->shape};
}

static struct value
list(const struct context *c, enum which which, const void *p, size_t n)
{
	return (struct value){.kind = VALUE_LIST, .p = p, .n = (uint32_t)n, .class = &c->kinds[which].class};
}

static struct value
text(const struct node *n)
{
	return n ? value_str(node_str(n)) : value_bool(false);
}

static struct value
doc(const struct value *v, struct str s, struct arena *a)
{
	return value_str(comment_line(a, langof(v)->comment, s));
}

static struct value
nodedoc(const struct value *v, const struct node *n, struct arena *a)
{
	return n ? doc(v, node_str(n), a) : value_bool(false);
}

static struct value
doclines(const struct value *v, const struct node *n, struct arena *a)
{
	const struct lang *l = langof(v);

	if (!n)
		return value_list(NULL, 0);
	return comment_wrap(a, comment_line(a, l->comment, node_str(n)), l->commentprefix, l->commentwidth);
}

static struct value
count(struct arena *a, uint64_t n)
{
	char s[20], *p = s + sizeof(s);

	do
		*--p = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	return value_str((struct str){arena_copy(a, p, (size_t)(s + sizeof(s) - p)), (size_t)(s + sizeof(s) - p)});
}

/* How the language writes a number of a type, which is spelled so. */
static struct value
literal(const struct value *v, enum type type, uint64_t n, struct str number, struct arena *a)
{
	const struct typerule *rule = &langof(v)->types[type];
	const struct node *form = rule->literal;
	const char *s, *at;

	if (rule->least && n == type_least(type))
		return text(rule->least);
	if (!form)
		return value_str(number);
	s = form->p;
	at = memchr(s, '%', form->n);
	if (!at || at + 1 == s + form->n || at[1] != 's')
		return value_str(number);
	return value_str(str(arena_printf(
		a, "%.*s%.*s%.*s", (int)(at - s), s, (int)number.n, number.s, (int)(s + form->n - at - 2), at + 2)));
}

static struct value
numberliteral(const struct value *v, uint64_t n, struct arena *a)
{
	enum type type = contextof(v)->registry->type;

	return literal(v, type, n, number_decimal(a, type, n), a);
}

static struct value
decimal(const struct value *v, uint64_t n, struct arena *a)
{
	return value_str(number_decimal(a, contextof(v)->registry->type, n));
}

/* The name that the language has for a type, or false. */
static struct value typename(const struct value *v, enum type type)
{
	return text(langof(v)->types[type].name);
}

static struct str
statusname(unsigned status)
{
	size_t n;

	return status < STATUS_NONE ? status_names(&n)[status] : (struct str){NULL, 0};
}

/* Members that are something at an offset. */

static const struct node *
nodeat(const struct value *v, size_t offset)
{
	return *(const struct node *const *)(const void *)((const char *)v->p + offset);
}

static struct value
getmore(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_bool(v->more);
}

static struct value
gettext(const struct value *v, size_t offset, struct arena *a)
{
	(void)a;
	return text(nodeat(v, offset));
}

static struct value
getdoc(const struct value *v, size_t offset, struct arena *a)
{
	return nodedoc(v, nodeat(v, offset), a);
}

static struct value
getdoclines(const struct value *v, size_t offset, struct arena *a)
{
	return doclines(v, nodeat(v, offset), a);
}

static struct value
getlength(const struct value *v, size_t offset, struct arena *a)
{
	const struct node *n = nodeat(v, offset);

	return count(a, n ? n->n : 0);
}

static struct value
getsize(const struct value *v, size_t offset, struct arena *a)
{
	const struct node *n = nodeat(v, offset);

	return count(a, n ? (uint64_t)n->n + 1 : 1);
}

static struct value
getbool(const struct value *v, size_t offset, struct arena *a)
{
	(void)a;
	return value_bool(((const unsigned char *)v->p)[offset]);
}

static struct value
getcount(const struct value *v, size_t offset, struct arena *a)
{
	return count(a, *(const uint32_t *)(const void *)((const char *)v->p + offset));
}

static struct value
getstatus(const struct value *v, size_t offset, struct arena *a)
{
	(void)a;
	return value_str(statusname(((const unsigned char *)v->p)[offset]));
}

static struct value
getdecimal(const struct value *v, size_t offset, struct arena *a)
{
	return decimal(v, *(const uint64_t *)(const void *)((const char *)v->p + offset), a);
}

static struct value
getliteral(const struct value *v, size_t offset, struct arena *a)
{
	return numberliteral(v, *(const uint64_t *)(const void *)((const char *)v->p + offset), a);
}

/* A field of an entry. */
struct cell {
	const struct fielddef *field;
	const struct node *value;
};

/* The words of the range, field or cell that a map shows. */
static const struct node *
thingwords(const struct value *v, const struct kind *k)
{
	if (k->group == GROUP_RANGE)
		return ((const struct range *)v->p)->id;
	if (k == &k->context->kinds[MAP_CELL])
		return ((const struct cell *)v->p)->field->id;
	return ((const struct fielddef *)v->p)->id;
}

/* An identifier of the thing that a map shows. */
static struct value
thingidentifier(const struct value *v, const struct kind *k, size_t i, struct arena *a)
{
	const struct context *c = k->context;
	const struct node *words;

	if (k->group == GROUP_ENTRY)
		return value_str(
			k->alias ? naming_alias(&c->naming, v->p, i, a) : naming_entry(&c->naming, v->p, i, a));
	if (k->group == GROUP_PACKAGE || k->group == GROUP_REGISTRY)
		return value_str(naming_own(&c->naming, i));
	words = thingwords(v, k);
	return words ? value_str(naming_identifier(&c->naming, k->group, i, node_str(words), NULL, a))
		     : value_bool(false);
}

/* An identifier of the status of an entry or a range. */
static struct value
statusidentifier(const struct value *v, const struct kind *k, size_t i, struct arena *a)
{
	unsigned status =
		k->group == GROUP_RANGE ? ((const struct range *)v->p)->status : ((const struct entry *)v->p)->status;

	if (status == STATUS_NONE)
		return value_bool(false);
	return value_str(naming_identifier(&k->context->naming, GROUP_STATUS, i, statusname(status), NULL, a));
}

static struct value
getmember(const struct value *v, size_t key, struct arena *a)
{
	const struct kind *k = (const struct kind *)(const void *)v->class;

	if (key < k->nmembers)
		return k->members[key].get(v, k->members[key].offset, a);
	key -= k->nmembers;
	if (key < k->nidentifiers)
		return thingidentifier(v, k, key, a);
	return statusidentifier(v, k, key - k->nidentifiers, a);
}

/* references */

/* The member of a label at an offset. */
static struct value
getlabel(const struct value *v, size_t offset, struct arena *a)
{
	struct label l = reference_label(contextof(v)->view->project, v->p, a);

	return value_str(*(struct str *)(void *)((char *)&l + offset));
}

static struct value
getlabeldoc(const struct value *v, size_t offset, struct arena *a)
{
	struct label l = reference_label(contextof(v)->view->project, v->p, a);

	return doc(v, *(struct str *)(void *)((char *)&l + offset), a);
}

static const struct member referencemembers[] = {
	{"label", getlabel, offsetof(struct label, label)},
	{"label_doc", getlabeldoc, offsetof(struct label, label)},
	{"more", getmore, 0},
	{"title", getlabel, offsetof(struct label, title)},
	{"title_doc", getlabeldoc, offsetof(struct label, title)},
	{"url", getlabel, offsetof(struct label, url)},
	{"url_doc", getlabeldoc, offsetof(struct label, url)},
};

static struct value
getreferences(const struct value *v, size_t offset, struct arena *a)
{
	const struct references *r = (const struct references *)(const void *)((const char *)v->p + offset);

	(void)a;
	return list(contextof(v), LIST_REFERENCES, r->list, r->n);
}

static struct value
nextreference(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return map(contextof(v), MAP_REFERENCE, (const struct reference *)v->p + c->i++);
}

/* fields and cells */

static struct value
fieldvalue(const struct fielddef *f, const struct node *n)
{
	if (f->type == TYPE_BOOL)
		return value_bool(n && n->n == 4);
	return text(n);
}

/* A boolean or an integer as the language writes it; false for strings and for nothing. */
static struct value
fieldliteral(const struct value *v, const struct fielddef *f, const struct node *n, struct arena *a)
{
	uint64_t number;
	bool fits;

	if (f->type == TYPE_BOOL)
		return value_str(str(n && n->n == 4 ? "true" : "false"));
	if (f->type == TYPE_STRING || !n || number_read(f->type, node_str(n), &number, &fits) == 0)
		return value_bool(false);
	return literal(v, f->type, number, number_spell(a, f->type, number, node_str(n), langof(v)->bases), a);
}

static struct value
getdefault(const struct value *v, size_t offset, struct arena *a)
{
	const struct fielddef *f = v->p;

	if (offset)
		return fieldliteral(v, f, f->standard, a);
	return fieldvalue(f, f->standard);
}

static struct value
gettype(const struct value *v, size_t offset, struct arena *a)
{
	size_t n;

	(void)a;
	return value_str(type_names(&n)[((const unsigned char *)v->p)[offset]]);
}

static struct value
gettypename(const struct value *v, size_t offset, struct arena *a)
{
	(void)a;
	return typename(v, ((const unsigned char *)v->p)[offset]);
}

static struct value
getisbool(const struct value *v, size_t offset, struct arena *a)
{
	(void)a;
	return value_bool(((const unsigned char *)v->p)[offset] == TYPE_BOOL);
}

static struct value
getisstring(const struct value *v, size_t offset, struct arena *a)
{
	(void)a;
	return value_bool(((const unsigned char *)v->p)[offset] == TYPE_STRING);
}

static struct value
getisinteger(const struct value *v, size_t offset, struct arena *a)
{
	(void)a;
	return value_bool(type_integer(((const unsigned char *)v->p)[offset]));
}

static struct value
getissigned(const struct value *v, size_t offset, struct arena *a)
{
	(void)a;
	return value_bool(type_signed(((const unsigned char *)v->p)[offset]));
}

/* The field in each row. */
static struct value
getcolumn(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return list(contextof(v), LIST_COLUMN, v->p, contextof(v)->registry->nrows);
}

static const struct member fieldmembers[] = {
	{"bool", getisbool, offsetof(struct fielddef, type)},
	{"default", getdefault, 0},
	{"default_literal", getdefault, 1},
	{"description", gettext, offsetof(struct fielddef, description)},
	{"description_doc", getdoc, offsetof(struct fielddef, description)},
	{"doc", getdoclines, offsetof(struct fielddef, description)},
	{"id", gettext, offsetof(struct fielddef, id)},
	{"integer", getisinteger, offsetof(struct fielddef, type)},
	{"more", getmore, 0},
	{"string", getisstring, offsetof(struct fielddef, type)},
	{"type", gettype, offsetof(struct fielddef, type)},
	{"type_name", gettypename, offsetof(struct fielddef, type)},
	{"values", getcolumn, 0},
};

static struct value
nextfield(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return map(contextof(v), MAP_FIELD, (const struct fielddef *)v->p + c->i++);
}

/* A member of the field that a cell belongs to: the offset is its index among fieldmembers. */
static struct value
getoffield(const struct value *v, size_t offset, struct arena *a)
{
	struct value field = map(contextof(v), MAP_FIELD, ((const struct cell *)v->p)->field);

	return fieldmembers[offset].get(&field, fieldmembers[offset].offset, a);
}

static struct value
getcell(const struct value *v, size_t offset, struct arena *a)
{
	const struct cell *c = v->p;
	const struct node *n = c->value ? c->value : c->field->standard;

	return offset ? fieldliteral(v, c->field, n, a) : fieldvalue(c->field, n);
}

static const struct member cellmembers[] = {
	{"bool", getoffield, 0},
	{"default", getoffield, 1},
	{"default_literal", getoffield, 2},
	{"description", getoffield, 3},
	{"description_doc", getoffield, 4},
	{"doc", getoffield, 5},
	{"id", getoffield, 6},
	{"integer", getoffield, 7},
	{"literal", getcell, 1},
	{"more", getmore, 0},
	{"string", getoffield, 9},
	{"type", getoffield, 10},
	{"type_name", getoffield, 11},
	{"value", getcell, 0},
};

static struct value
getcells(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return list(contextof(v), LIST_CELLS, v->p, contextof(v)->registry->nfields);
}

static struct value
cell(const struct context *c, const struct fielddef *f, const struct entry *e, struct arena *a)
{
	struct cell *p = arena_alloc(a, sizeof(*p));

	*p = (struct cell){f, e->fields[f - c->registry->fields]};
	return map(c, MAP_CELL, p);
}

static struct value
nextcell(const struct value *v, struct cursor *c, struct arena *a)
{
	const struct context *s = contextof(v);

	return cell(s, &s->registry->fields[c->i++], v->p, a);
}

static struct value
nextincolumn(const struct value *v, struct cursor *c, struct arena *a)
{
	const struct context *s = contextof(v);

	return cell(s, v->p, s->registry->rows[c->i++], a);
}

/* entries, aliases and names */

static struct value
getvalueliteral(const struct value *v, size_t offset, struct arena *a)
{
	enum type type = contextof(v)->registry->type;
	const struct entry *e = v->p;

	(void)offset;
	return literal(v, type, e->number, number_spell(a, type, e->number, node_str(e->value), langof(v)->bases), a);
}

static struct value
getslot(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset;
	return count(a, (uint64_t)((const struct entry *)v->p)->row + 1);
}

static struct value
getreplacement(const struct value *v, size_t offset, struct arena *a)
{
	const struct entry *e = v->p;

	(void)offset, (void)a;
	return e->replacement ? map(contextof(v), MAP_BRIEF, e->replacement) : value_bool(false);
}

static struct value
getaliases(const struct value *v, size_t offset, struct arena *a)
{
	const struct entry *e = v->p;

	(void)offset, (void)a;
	return list(contextof(v), LIST_ALIASES, e->aliases.list, e->aliases.n);
}

static struct value
getassigned(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_bool(((const struct entry *)v->p)->status == STATUS_ASSIGNED);
}

#define ENTRY(member) offsetof(struct entry, member)

static const struct member entrymembers[] = {
	{"aliases", getaliases, 0},
	{"assigned", getassigned, 0},
	{"deprecated", getbool, ENTRY(deprecated)},
	{"description", gettext, ENTRY(description)},
	{"description_doc", getdoc, ENTRY(description)},
	{"description_length", getlength, ENTRY(description)},
	{"description_size", getsize, ENTRY(description)},
	{"doc", getdoclines, ENTRY(description)},
	{"expires", gettext, ENTRY(expires)},
	{"fields", getcells, 0},
	{"former_references", getreferences, ENTRY(former)},
	{"former_references_count", getcount, ENTRY(former.n)},
	{"former_references_start", getcount, ENTRY(firstformer)},
	{"literal", getvalueliteral, 0},
	{"more", getmore, 0},
	{"name", gettext, ENTRY(name)},
	{"name_doc", getdoc, ENTRY(name)},
	{"number", getdecimal, ENTRY(number)},
	{"references", getreferences, ENTRY(references)},
	{"references_count", getcount, ENTRY(references.n)},
	{"references_start", getcount, ENTRY(firstreference)},
	{"replaced_by", gettext, ENTRY(replacedby)},
	{"replacement", getreplacement, 0},
	{"row", getcount, ENTRY(row)},
	{"slot", getslot, 0},
	{"status", getstatus, ENTRY(status)},
	{"text", gettext, ENTRY(text)},
	{"text_doc", getdoc, ENTRY(text)},
	{"text_length", getlength, ENTRY(text)},
	{"text_size", getsize, ENTRY(text)},
	{"value", gettext, ENTRY(value)},
};

/* What another thing shows of an entry that it belongs to. */
static const struct member briefmembers[] = {
	{"deprecated", getbool, ENTRY(deprecated)},
	{"literal", getvalueliteral, 0},
	{"name", gettext, ENTRY(name)},
	{"name_doc", getdoc, ENTRY(name)},
	{"number", getdecimal, ENTRY(number)},
	{"row", getcount, ENTRY(row)},
	{"slot", getslot, 0},
	{"text", gettext, ENTRY(text)},
	{"text_doc", getdoc, ENTRY(text)},
	{"value", gettext, ENTRY(value)},
};

static struct span
whereentry(const struct value *v)
{
	return node_span(((const struct entry *)v->p)->value);
}

static struct value
nextentry(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return map(contextof(v), MAP_ENTRY, (const struct entry *)v->p + c->i++);
}

static struct value
nextrow(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return map(contextof(v), MAP_ENTRY, ((struct entry *const *)v->p)[c->i++]);
}

/* The entry itself, or that of an alias. */
static const struct entry *
ofentry(const struct value *v)
{
	const struct kind *k = (const struct kind *)(const void *)v->class;

	return k->alias ? ((const struct alias *)v->p)->entry : v->p;
}

static struct value
getentry(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return map(contextof(v), MAP_BRIEF, ofentry(v));
}

static struct value
getfromlabel(const struct value *v, size_t offset, struct arena *a)
{
	const struct alias *al = v->p;
	struct str from;

	(void)offset;
	if (!al->from)
		return value_bool(false);
	from = node_str(al->from);
	if (strstarts(from, "rfc"))
		return value_str(rfc_label(a, (struct str){from.s + 3, from.n - 3}, (struct str){NULL, 0}));
	return value_str(from);
}

#define ALIAS(member) offsetof(struct alias, member)

static const struct member aliasmembers[] = {
	{"deprecated", getbool, ALIAS(deprecated)},
	{"entry", getentry, 0},
	{"from", gettext, ALIAS(from)},
	{"from_label", getfromlabel, 0},
	{"more", getmore, 0},
	{"name", gettext, ALIAS(name)},
	{"name_doc", getdoc, ALIAS(name)},
	{"text", gettext, ALIAS(text)},
	{"text_doc", getdoc, ALIAS(text)},
};

static struct value
nextalias(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return map(contextof(v), MAP_ALIAS, (const struct alias *)v->p + c->i++);
}

static struct str
lookupof(const struct value *v, struct arena *a)
{
	const struct kind *k = (const struct kind *)(const void *)v->class;

	return naming_lookup(&k->context->naming, ofentry(v), k->alias ? v->p : NULL, a);
}

static struct value
getlookup(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset;
	return value_str(lookupof(v, a));
}

static struct value
getlookuplength(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset;
	return count(a, lookupof(v, a).n);
}

static struct value
getisalias(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_bool(((const struct kind *)(const void *)v->class)->alias);
}

/* Names are entries or aliases, and both kinds of map must have the same shape: only offsets differ. */
#define NAMEMEMBERS(s) \
	{ \
		{"alias", getisalias, 0}, {"deprecated", getbool, offsetof(struct s, deprecated)}, \
			{"entry", getentry, 0}, {"length", getlookuplength, 0}, {"lookup", getlookup, 0}, \
			{"more", getmore, 0}, {"text", gettext, offsetof(struct s, text)}, \
			{"text_doc", getdoc, offsetof(struct s, text)}, \
	}

static const struct member namemembers[] = NAMEMEMBERS(entry);
static const struct member aliasnamemembers[] = NAMEMEMBERS(alias);

/* The next name at or behind the cursor, whose i counts entries and j the entry and its aliases; false at the end. */
static bool
nextname(const struct context *s, struct cursor *c, struct arena *a, struct value *v)
{
	const struct entry *e;
	const struct alias *al;
	struct mark m;

	for (; c->i < s->registry->nentries; c->i++, c->j = 0) {
		e = &s->registry->entries[c->i];
		while (c->j <= e->aliases.n) {
			al = c->j > 0 ? &e->aliases.list[c->j - 1] : NULL;
			c->j++;
			m = arena_mark(a);
			if (naming_lookup(&s->naming, e, al, a).n > 0) {
				arena_release(a, m);
				*v = al ? map(s, MAP_ALIASNAME, al) : map(s, MAP_NAME, e);
				return true;
			}
			arena_release(a, m);
		}
	}
	return false;
}

static struct value
nextofnames(const struct value *list, struct cursor *c, struct arena *a)
{
	struct value v = {0};

	nextname(contextof(list), c, a, &v);
	return v;
}

static struct value
getnames(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *c = contextof(v);

	(void)offset, (void)a;
	return list(c, LIST_NAMES, c, c->nnames);
}

struct length {
	size_t length;
	struct value *names;
	size_t n;
};

struct sized {
	struct value value;
	size_t length, index;
};

static int
ordersized(const void *a, const void *b)
{
	const struct sized *x = a, *y = b;

	if (x->length != y->length)
		return x->length < y->length ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static struct value
getlengthof(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset;
	return count(a, ((const struct length *)v->p)->length);
}

static struct value
getlengthnames(const struct value *v, size_t offset, struct arena *a)
{
	const struct length *l = v->p;

	(void)offset, (void)a;
	return value_list(l->names, l->n);
}

static const struct member lengthmembers[] = {
	{"length", getlengthof, 0},
	{"more", getmore, 0},
	{"names", getlengthnames, 0},
};

/* All names, sorted by the length of what they are looked up by and grouped by it. */
static struct value
getlengths(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *s = contextof(v);
	struct sized *names = xmalloc(s->nnames, sizeof(*names));
	struct value *groups = arena_array(a, s->nnames, sizeof(*groups)),
		     *values = arena_array(a, s->nnames, sizeof(*values));
	struct length *l = NULL;
	struct cursor c = {0, 0};
	size_t i, n = 0;
	struct mark m;

	(void)offset;
	for (i = 0; i < s->nnames; i++) {
		nextname(s, &c, a, &names[i].value);
		m = arena_mark(a);
		names[i].length = lookupof(&names[i].value, a).n;
		names[i].index = i;
		arena_release(a, m);
	}
	qsort(names, s->nnames, sizeof(*names), ordersized);
	for (i = 0; i < s->nnames; i++) {
		if (!l || l->length != names[i].length) {
			l = arena_alloc(a, sizeof(*l));
			*l = (struct length){names[i].length, &values[i], 0};
			groups[n++] = map(s, MAP_LENGTH, l);
		}
		values[i] = names[i].value;
		l->n++;
	}
	free(names);
	return value_list(groups, n);
}

/* ranges */

static struct value
getsingle(const struct value *v, size_t offset, struct arena *a)
{
	const struct range *r = v->p;

	(void)offset, (void)a;
	return value_bool(r->first == r->last);
}

#define RANGE(member) offsetof(struct range, member)

static const struct member rangemembers[] = {
	{"first", getdecimal, RANGE(first)},
	{"first_literal", getliteral, RANGE(first)},
	{"id", gettext, RANGE(id)},
	{"last", getdecimal, RANGE(last)},
	{"last_literal", getliteral, RANGE(last)},
	{"more", getmore, 0},
	{"rule", gettext, RANGE(rule)},
	{"rule_doc", getdoc, RANGE(rule)},
	{"single", getsingle, 0},
	{"status", getstatus, RANGE(status)},
	{"title", gettext, RANGE(title)},
	{"title_doc", getdoc, RANGE(title)},
};

static struct value
nextrange(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return map(contextof(v), MAP_RANGE, (const struct range *)v->p + c->i++);
}

static struct value
nextpredicate(const struct value *v, struct cursor *c, struct arena *a)
{
	const struct range *r = v->p;

	(void)a;
	while (!r[c->i].id)
		c->i++;
	return map(contextof(v), MAP_RANGE, &r[c->i++]);
}

static struct value
nextspan(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return map(contextof(v), MAP_RANGE, ((const struct range *const *)v->p)[c->i++]);
}

static struct span
whererange(const struct value *v)
{
	return node_span(((const struct range *)v->p)->values);
}

/* registries */

static struct value
getlist(const struct value *v, size_t which, struct arena *a)
{
	const struct context *c = contextof(v);
	const struct registry *r = c->registry;
	uint32_t i, n = 0;

	(void)a;
	switch (which) {
	case LIST_ENTRIES:
		return list(c, LIST_ENTRIES, r->entries, r->nentries);
	case LIST_ROWS:
		return list(c, LIST_ROWS, r->rows, r->nrows);
	case LIST_FIELDS:
		return list(c, LIST_FIELDS, r->fields, r->nfields);
	case LIST_RANGES:
		return list(c, LIST_RANGES, r->ranges, r->nranges);
	case LIST_SPANS:
		return list(c, LIST_SPANS, r->spans, r->nspans);
	default:
		for (i = 0; i < r->nranges; i++)
			n += r->ranges[i].id != NULL;
		return list(c, LIST_PREDICATES, r->ranges, n);
	}
}

static bool
isdense(const struct registry *r)
{
	uint64_t span = r->nrows ? r->rows[r->nrows - 1]->number - r->rows[0]->number : 0;

	return r->nrows > 0 && (span < DENSE || span < (uint64_t)r->nrows * 8);
}

static struct value
getdense(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_bool(isdense(contextof(v)->registry));
}

/* Lines of numbers, each followed by a comma, filled up to the width. */
static struct value
getslots(const struct value *v, size_t offset, struct arena *a)
{
	const struct registry *r = contextof(v)->registry;
	size_t width = langof(v)->tablewidth, n = 0, cap = 0;
	struct value *lines = NULL, *copy;
	struct buf line = {0};
	uint64_t slot, span;
	uint32_t row = 0;
	char s[16];
	int len;

	(void)offset;
	if (!isdense(r))
		return value_list(NULL, 0);
	span = r->rows[r->nrows - 1]->number - r->rows[0]->number;
	for (slot = 0; slot <= span; slot++) {
		bool found = r->rows[row]->number - r->rows[0]->number == slot;

		row += found;
		len = snprintf(s, sizeof(s), "%u,", found ? row : 0);
		if (line.n > 0 && line.n + 1 + (size_t)len > width) {
			lines = xgrow(lines, n, &cap, sizeof(*lines));
			lines[n++] = value_str((struct str){arena_copy(a, line.s, line.n), line.n});
			line.n = 0;
		}
		if (line.n > 0)
			buf_addch(&line, ' ');
		buf_add(&line, s, (size_t)len);
	}
	lines = xgrow(lines, n, &cap, sizeof(*lines));
	lines[n++] = value_str((struct str){arena_copy(a, line.s, line.n), line.n});
	copy = arena_array(a, n, sizeof(*copy));
	memcpy(copy, lines, n * sizeof(*copy));
	free(lines);
	buf_free(&line);
	return value_list(copy, n);
}

/* The first or last value that has an entry: offset 1 for the last, 2 for a literal. */
static struct value
getbound(const struct value *v, size_t offset, struct arena *a)
{
	const struct registry *r = contextof(v)->registry;
	uint64_t n;

	if (r->nrows == 0)
		return value_bool(false);
	n = r->rows[offset & 1 ? r->nrows - 1 : 0]->number;
	return offset & 2 ? numberliteral(v, n, a) : decimal(v, n, a);
}

static struct value
getindextype(const struct value *v, size_t offset, struct arena *a)
{
	uint32_t n = contextof(v)->registry->nrows;
	enum type type = n <= UINT8_MAX ? TYPE_U8 : n <= UINT16_MAX ? TYPE_U16 : TYPE_U32;
	const struct node *index = langof(v)->types[type].index;

	(void)offset, (void)a;
	return index ? text(index) : typename(v, type);
}

static struct value
getnamescount(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset;
	return count(a, contextof(v)->nnames);
}

static struct value
gettitle(const struct value *v, size_t doconly, struct arena *a)
{
	const struct registry *r = v->p;
	struct buf b = {0};
	struct str s;

	if (r->title)
		return doconly ? nodedoc(v, r->title, a) : text(r->title);
	word_add(&b, node_str(r->id), CASE_WORDS, NULL, WORDS_NONE);
	s = (struct str){arena_copy(a, b.s, b.n), b.n};
	buf_free(&b);
	return value_str(s);
}

static struct value
getsource(const struct value *v, size_t offset, struct arena *a)
{
	const struct registry *r = v->p;

	(void)offset, (void)a;
	return r->source.iana ? map(contextof(v), MAP_SOURCE, r) : value_bool(false);
}

/* The page of the registry: https://www.iana.org/assignments/GROUP/GROUP.xhtml#REGISTRY */
static struct value
getsourceurl(const struct value *v, size_t offset, struct arena *a)
{
	const struct registry *r = v->p;
	struct str s = node_str(r->source.iana);
	const char *slash = memchr(s.s, '/', s.n);
	int group = slash ? (int)(slash - s.s) : (int)s.n;

	(void)offset;
	return value_str(str(arena_printf(a, "https://www.iana.org/assignments/%.*s/%.*s.xhtml%s%.*s", group, s.s,
		group, s.s, slash ? "#" : "", slash ? (int)s.n - group - 1 : 0, slash ? slash + 1 : "")));
}

static struct value
getvalid(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return map(contextof(v), MAP_VALID, v->p);
}

/* Whether nought is valid: the least value is not above it, nor the greatest below. */
static struct value
getzero(const struct value *v, size_t offset, struct arena *a)
{
	const struct registry *r = v->p;
	uint64_t zero = type_signed(r->type) ? UINT64_C(1) << 63 : 0;

	(void)offset, (void)a;
	return value_bool(r->least <= zero && zero <= r->greatest);
}

#define REGISTRY(member) offsetof(struct registry, member)

static const struct member sourcemembers[] = {
	{"iana", gettext, REGISTRY(source.iana)},
	{"updated", gettext, REGISTRY(source.updated)},
	{"url", getsourceurl, 0},
};

static const struct member validmembers[] = {
	{"first", getdecimal, REGISTRY(least)},
	{"first_literal", getliteral, REGISTRY(least)},
	{"last", getdecimal, REGISTRY(greatest)},
	{"last_literal", getliteral, REGISTRY(greatest)},
	{"zero", getzero, 0},
};

static const struct member registrymembers[] = {
	{"dense", getdense, 0},
	{"description", gettext, REGISTRY(description)},
	{"description_doc", getdoc, REGISTRY(description)},
	{"doc", getdoclines, REGISTRY(description)},
	{"entries", getlist, LIST_ENTRIES},
	{"entries_count", getcount, REGISTRY(nentries)},
	{"fields", getlist, LIST_FIELDS},
	{"first", getbound, 0},
	{"first_literal", getbound, 2},
	{"former_references_count", getcount, REGISTRY(nformer)},
	{"id", gettext, REGISTRY(id)},
	{"index_type_name", getindextype, 0},
	{"last", getbound, 1},
	{"last_literal", getbound, 3},
	{"lengths", getlengths, 0},
	{"more", getmore, 0},
	{"names", getnames, 0},
	{"names_count", getnamescount, 0},
	{"numeric", getisinteger, REGISTRY(type)},
	{"predicates", getlist, LIST_PREDICATES},
	{"ranges", getlist, LIST_RANGES},
	{"references_count", getcount, REGISTRY(nreferences)},
	{"rows", getlist, LIST_ROWS},
	{"rows_count", getcount, REGISTRY(nrows)},
	{"signed", getissigned, REGISTRY(type)},
	{"slots", getslots, 0},
	{"source", getsource, 0},
	{"spans", getlist, LIST_SPANS},
	{"spans_count", getcount, REGISTRY(nspans)},
	{"title", gettitle, 0},
	{"title_doc", gettitle, 1},
	{"type", gettype, REGISTRY(type)},
	{"type_name", gettypename, REGISTRY(type)},
	{"valid", getvalid, 0},
};

static struct value
nextregistry(const struct value *v, struct cursor *c, struct arena *a)
{
	const struct view *view = contextof(v)->view;
	size_t i = c->i++;

	(void)a;
	return map(&view->contexts[i], MAP_REGISTRY, view->registries[i]);
}

/* the package */

static struct value
getrepositorypath(const struct value *v, size_t offset, struct arena *a)
{
	const struct node *n = nodeat(v, offset);
	struct str s;

	(void)a;
	if (!n)
		return value_bool(false);
	s = node_str(n);
	if (strstarts(s, "https://"))
		s = (struct str){s.s + 8, s.n - 8};
	return value_str(s);
}

/* The package's name and version have defaults, so that every package has them. */
static struct value
getpackagetext(const struct value *v, size_t offset, struct arena *a)
{
	const struct node *n = nodeat(v, offset);

	(void)a;
	if (n)
		return text(n);
	return value_str(str(offset == offsetof(struct package, name) ? "constants" : "0.0.0"));
}

#define PACKAGE(member) offsetof(struct package, member)

static const struct member packagemembers[] = {
	{"description", gettext, PACKAGE(description)},
	{"description_doc", getdoc, PACKAGE(description)},
	{"license", gettext, PACKAGE(license)},
	{"name", getpackagetext, PACKAGE(name)},
	{"repository", gettext, PACKAGE(repository)},
	{"repository_path", getrepositorypath, PACKAGE(repository)},
	{"version", getpackagetext, PACKAGE(version)},
};

static struct value
getspecificationid(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_str(((const struct specification *)v->p)->id);
}

/* The label of a specification, or with an offset its address: both follow from the id of an RFC. */
static struct value
getspecificationlabel(const struct value *v, size_t offset, struct arena *a)
{
	struct str id = ((const struct specification *)v->p)->id, none = {NULL, 0};

	if (!strstarts(id, "rfc"))
		return offset ? value_bool(false) : value_str(id);
	id = (struct str){id.s + 3, id.n - 3};
	return value_str(offset ? rfc_url(a, id, none) : rfc_label(a, id, none));
}

static struct value
getobsoletes(const struct value *v, size_t offset, struct arena *a)
{
	const struct specification *s = v->p;

	(void)offset, (void)a;
	return s->obsoletes ? list(contextof(v), LIST_OBSOLETES, s->obsoletes, s->obsoletes->n) : value_list(NULL, 0);
}

static struct value
nextobsolete(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return text(node_item(v->p, c->i++));
}

static const struct member specificationmembers[] = {
	{"id", getspecificationid, 0},
	{"label", getspecificationlabel, 0},
	{"more", getmore, 0},
	{"obsoletes", getobsoletes, 0},
	{"title", gettext, offsetof(struct specification, title)},
	{"url", getspecificationlabel, 1},
};

static struct value
nextspecification(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return map(contextof(v), MAP_SPECIFICATION, (const struct specification *)v->p + c->i++);
}

/* the whole: the map shows the package or, for a template for each registry, the registry */

static struct value
getpackage(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *c = &contextof(v)->view->package;

	(void)offset, (void)a;
	return map(c, MAP_PACKAGE, &c->view->project->package);
}

static struct value
getoptions(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *c = &contextof(v)->view->package;

	(void)offset, (void)a;
	return map(c, MAP_OPTIONS, c->view);
}

static struct value
getoption(const struct value *v, size_t key, struct arena *a)
{
	const struct node *n = ((const struct view *)v->p)->dialect.options[key];

	(void)a;
	if (streqs(node_str(n), "true") || streqs(node_str(n), "false"))
		return value_bool(n->n == 4);
	return text(n);
}

static struct value
getregistries(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *c = &contextof(v)->view->package;

	(void)offset, (void)a;
	return list(c, LIST_REGISTRIES, c->view, c->view->nregistries);
}

static struct value
getregistry(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return map(contextof(v), MAP_REGISTRY, v->p);
}

static struct value
getspecifications(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *c = &contextof(v)->view->package;

	(void)offset, (void)a;
	return list(c, LIST_SPECIFICATIONS, c->view->project->specifications, c->view->project->nspecifications);
}

static const struct member rootmembers[] = {
	{"options", getoptions, 0},
	{"package", getpackage, 0},
	{"registries", getregistries, 0},
	{"specifications", getspecifications, 0},
};

static const struct member registryrootmembers[] = {
	{"options", getoptions, 0},
	{"package", getpackage, 0},
	{"registries", getregistries, 0},
	{"registry", getregistry, 0},
	{"specifications", getspecifications, 0},
};

/* All kinds. A group's identifiers follow the members; statuses' follow where a thing has a status. */
static const struct {
	const struct member *members;
	size_t nmembers;
	enum group group;
	bool identifiers, status, alias;
	struct value (*next)(const struct value *, struct cursor *, struct arena *);
	struct span (*where)(const struct value *);
} kinds[KINDS] = {
	[MAP_ROOT] = {.members = rootmembers, .nmembers = LEN(rootmembers)},
	[MAP_REGISTRYROOT] = {.members = registryrootmembers, .nmembers = LEN(registryrootmembers)},
	[MAP_PACKAGE] = {.members = packagemembers,
		.nmembers = LEN(packagemembers),
		.group = GROUP_PACKAGE,
		.identifiers = true},
	[MAP_SPECIFICATION] = {.members = specificationmembers, .nmembers = LEN(specificationmembers)},
	[MAP_REGISTRY] = {.members = registrymembers,
		.nmembers = LEN(registrymembers),
		.group = GROUP_REGISTRY,
		.identifiers = true},
	[MAP_SOURCE] = {.members = sourcemembers, .nmembers = LEN(sourcemembers)},
	[MAP_VALID] = {.members = validmembers, .nmembers = LEN(validmembers)},
	[MAP_RANGE] = {.members = rangemembers,
		.nmembers = LEN(rangemembers),
		.group = GROUP_RANGE,
		.identifiers = true,
		.status = true,
		.where = whererange},
	[MAP_FIELD] = {.members = fieldmembers,
		.nmembers = LEN(fieldmembers),
		.group = GROUP_FIELD,
		.identifiers = true},
	[MAP_CELL] = {.members = cellmembers, .nmembers = LEN(cellmembers), .group = GROUP_FIELD, .identifiers = true},
	[MAP_ENTRY] = {.members = entrymembers,
		.nmembers = LEN(entrymembers),
		.group = GROUP_ENTRY,
		.identifiers = true,
		.status = true,
		.where = whereentry},
	[MAP_BRIEF] = {.members = briefmembers,
		.nmembers = LEN(briefmembers),
		.group = GROUP_ENTRY,
		.identifiers = true},
	[MAP_ALIAS] = {.members = aliasmembers,
		.nmembers = LEN(aliasmembers),
		.group = GROUP_ENTRY,
		.identifiers = true,
		.alias = true},
	[MAP_NAME] = {.members = namemembers,
		.nmembers = LEN(namemembers),
		.group = GROUP_ENTRY,
		.identifiers = true,
		.where = whereentry},
	[MAP_ALIASNAME] = {.members = aliasnamemembers,
		.nmembers = LEN(aliasnamemembers),
		.group = GROUP_ENTRY,
		.identifiers = true,
		.alias = true},
	[MAP_REFERENCE] = {.members = referencemembers, .nmembers = LEN(referencemembers)},
	[MAP_LENGTH] = {.members = lengthmembers, .nmembers = LEN(lengthmembers)},
	[LIST_REGISTRIES] = {.next = nextregistry},
	[LIST_SPECIFICATIONS] = {.next = nextspecification},
	[LIST_OBSOLETES] = {.next = nextobsolete},
	[LIST_ENTRIES] = {.next = nextentry},
	[LIST_ROWS] = {.next = nextrow},
	[LIST_NAMES] = {.next = nextofnames},
	[LIST_ALIASES] = {.next = nextalias},
	[LIST_REFERENCES] = {.next = nextreference},
	[LIST_RANGES] = {.next = nextrange},
	[LIST_PREDICATES] = {.next = nextpredicate},
	[LIST_SPANS] = {.next = nextspan},
	[LIST_FIELDS] = {.next = nextfield},
	[LIST_CELLS] = {.next = nextcell},
	[LIST_COLUMN] = {.next = nextincolumn},
};

/* making a view */

/* The keys of a kind: its members' and identifiers' names. A name that stands twice is lang.yaml's fault. */
static struct shape *
makeshape(struct view *v, enum which which)
{
	const struct lang *l = v->dialect.lang;
	struct shape *s = &v->tree.root;
	const struct identifier *ids;
	struct node none;
	uint32_t *keyat;
	size_t i, j, n;

	for (i = 0; i < kinds[which].nmembers; i++)
		s = tree_extend(&v->tree, s, str(kinds[which].members[i].name));
	for (j = 0; j < 2; j++) {
		if (!(j == 0 ? kinds[which].identifiers : kinds[which].status))
			continue;
		ids = l->identifiers[j == 0 ? kinds[which].group : GROUP_STATUS];
		n = l->nidentifiers[j == 0 ? kinds[which].group : GROUP_STATUS];
		for (i = 0; i < n; i++)
			s = tree_extend(&v->tree, s, ids[i].name);
	}
	if (which == MAP_OPTIONS)
		for (i = 0; i < l->noptions; i++)
			s = tree_extend(&v->tree, s, l->options[i].name);
	keyat = arena_array(v->arena, s->n, sizeof(*keyat));
	none = tree_map(&v->tree, s, arena_array(v->arena, s->n, sizeof(struct node)), keyat, 0);
	(void)none;
	return s;
}

/* An identifier that is called like a member of the view, or like an identifier of statuses beside it, would hide it.
 */
static void
checkshape(struct view *v, enum which which, const struct shape *s)
{
	const struct lang *l = v->dialect.lang;
	struct str key;
	uint32_t i;
	size_t g;

	if (s->repeated == 0)
		return;
	key = s->keys[s->repeated - 1];
	for (g = 0; g < GROUPS; g++) {
		if (!(g == kinds[which].group && kinds[which].identifiers) &&
			!(g == GROUP_STATUS && kinds[which].status))
			continue;
		for (i = 0; i < l->nidentifiers[g]; i++) {
			if (!streq(l->identifiers[g][i].name, key))
				continue;
			diag_error(v->diag, l->identifiers[g][i].span,
				"an identifier cannot be called '%.*s': the view has that name", (int)key.n, key.s);
			return;
		}
	}
}

static void
makekinds(struct view *v, struct context *c)
{
	struct kind *k;
	int i;

	for (i = 0; i < KINDS; i++) {
		k = &c->kinds[i];
		*k = (struct kind){
			.class = {.get = i == MAP_OPTIONS ? getoption : getmember,
				.next = kinds[i].next,
				.where = kinds[i].where},
			.context = c,
			.members = kinds[i].members,
			.nmembers = kinds[i].nmembers,
			.group = kinds[i].group,
			.alias = kinds[i].alias,
			.nidentifiers = kinds[i].identifiers ? v->dialect.lang->nidentifiers[kinds[i].group] : 0,
		};
		if (i >= LIST_REGISTRIES)
			continue;
		k->shape = c == &v->package ? makeshape(v, (enum which)i) : v->package.kinds[i].shape;
		if (c == &v->package)
			checkshape(v, (enum which)i, k->shape);
	}
}

static void
countnames(struct context *c)
{
	struct arena scratch = {0};
	struct cursor cursor = {0, 0};
	struct value v;

	if (c->view->dialect.lang->nidentifiers[GROUP_ENTRY] > 0)
		while (nextname(c, &cursor, &scratch, &v))
			c->nnames++;
	arena_free(&scratch);
}

/* The registries that the target names, or all. */
static void
chooseregistries(struct view *v)
{
	const struct project *p = v->project;
	const struct node *wanted = v->target ? v->target->registries : NULL, *id;
	struct str *ids = arena_array(v->arena, p->nregistries, sizeof(*ids));
	uint32_t i, k;

	v->registries =
		arena_array(v->arena, (size_t)p->nregistries + (wanted ? wanted->n : 0), sizeof(*v->registries));
	for (i = 0; i < p->nregistries; i++) {
		ids[i] = p->registries[i].id ? node_str(p->registries[i].id) : str("");
		if (!wanted && p->registries[i].id)
			v->registries[v->nregistries++] = &p->registries[i];
	}
	for (k = 0; wanted && k < wanted->n; k++) {
		id = node_item(wanted, k);
		for (i = 0; i < p->nregistries && !(id->kind == NODE_SCALAR && streq(ids[i], node_str(id))); i++)
			;
		if (i < p->nregistries)
			v->registries[v->nregistries++] = &p->registries[i];
		else if (id->kind == NODE_SCALAR)
			decode_unknown(v->diag, node_span(id), "registry", node_str(id), ids, p->nregistries);
		else
			diag_error(v->diag, node_span(id), "expected the id of a registry");
	}
}

struct view *
view_new(struct diag *d, struct arena *a, const struct project *p, const struct lang *l, const struct target *t)
{
	struct view *v = arena_alloc(a, sizeof(*v));
	const struct naming **namings;
	struct context *c;
	size_t i;

	*v = (struct view){.diag = d, .arena = a, .project = p, .target = t};
	tree_init(&v->tree, a);
	dialect_init(&v->dialect, d, a, p, l, t);
	chooseregistries(v);
	v->package = (struct context){.view = v};
	naming_init(&v->package.naming, &v->dialect, NULL);
	makekinds(v, &v->package);
	v->contexts = arena_array(a, v->nregistries, sizeof(*v->contexts));
	namings = arena_array(a, v->nregistries, sizeof(*namings));
	for (i = 0; i < v->nregistries; i++) {
		c = &v->contexts[i];
		*c = (struct context){.view = v, .registry = v->registries[i]};
		naming_init(&c->naming, &v->dialect, c->registry);
		makekinds(v, c);
		countnames(c);
		namings[i] = &c->naming;
	}
	tree_free(&v->tree);
	naming_check(namings, v->nregistries);
	return v;
}

const struct registry *const *
view_registries(const struct view *v, size_t *n)
{
	*n = v->nregistries;
	return v->registries;
}

struct value
view_value(struct view *v, const struct registry *r)
{
	size_t i;

	for (i = 0; i < v->nregistries; i++)
		if (v->registries[i] == r)
			return map(&v->contexts[i], MAP_REGISTRYROOT, r);
	return map(&v->package, MAP_ROOT, &v->project->package);
}
