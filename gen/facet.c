#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "comment.h"
#include "diag.h"
#include "field.h"
#include "number.h"
#include "project.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "status.h"
#include "tree.h"
#include "value.h"
#include "word.h"
#include "lang.h"
#include "naming.h"
#include "facet.h"

const struct context *
facet_context(const struct value *v)
{
	return ((const struct kind *)(const void *)v->class)->context;
}

static int
ordercontexts(const void *a, const void *b)
{
	const struct node *x = (*(const struct context *const *)a)->registry->node,
			  *y = (*(const struct context *const *)b)->registry->node;

	return (x > y) - (x < y);
}

void
facet_index(struct view *view)
{
	size_t i;

	view->bynode = arena_array(view->arena, view->nregistries, sizeof(*view->bynode));
	for (i = 0; i < view->nregistries; i++)
		view->bynode[i] = &view->contexts[i];
	qsort(view->bynode, view->nregistries, sizeof(*view->bynode), ordercontexts);
}

const struct context *
facet_contextin(const struct view *view, const struct registry *r)
{
	const struct context key = {.registry = r}, *wanted = &key, **found;

	found = bsearch(&wanted, view->bynode, view->nregistries, sizeof(*view->bynode), ordercontexts);
	return found ? *found : NULL;
}

const struct lang *
facet_lang(const struct value *v)
{
	return facet_context(v)->view->dialect.lang;
}

struct value
facet_map(const struct context *c, enum which which, const void *p)
{
	const struct kind *k = &c->kinds[which];

	return (struct value){.kind = VALUE_MAP, .p = p, .class = &k->class, .shape = k->shape};
}

struct value
facet_list(const struct context *c, enum which which, const void *p, size_t n)
{
	return (struct value){.kind = VALUE_LIST, .p = p, .n = (uint32_t)n, .class = &c->kinds[which].class};
}

struct value
facet_text(const struct node *n)
{
	return n ? value_str(node_str(n)) : value_bool(false);
}

/* What is there is seen: U+2423, OPEN BOX, stands for blanks alone. */
static struct str
docline(const struct value *v, struct str s, struct arena *a)
{
	struct str line = comment_line(a, facet_lang(v)->comment, s);

	return line.n == 0 && s.n > 0 ? LITERAL("\xe2\x90\xa3") : line;
}

struct value
facet_line(const struct value *v, struct str s, struct arena *a)
{
	return value_str(docline(v, s, a));
}

struct value
facet_doc(const struct value *v, const struct node *n, struct arena *a)
{
	return n ? facet_line(v, node_str(n), a) : value_bool(false);
}

static struct value
doclines(const struct value *v, const struct node *n, struct arena *a)
{
	const struct lang *l = facet_lang(v);

	if (!n)
		return value_list(NULL, 0);
	return comment_wrap(a, docline(v, node_str(n), a), l->commentprefix, l->commentwidth);
}

struct value
facet_count(struct arena *a, uint64_t n)
{
	char s[20], *p = s + sizeof(s);

	do
		*--p = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	return value_str((struct str){arena_copy(a, p, (size_t)(s + sizeof(s) - p)), (size_t)(s + sizeof(s) - p)});
}

/* How the language writes a number of a type, which is spelled so. */
struct value
facet_literal(const struct value *v, enum type type, uint64_t n, struct str number, struct arena *a)
{
	const struct typerule *rule = &facet_lang(v)->types[type];
	const struct node *form = rule->literal;
	const char *s, *at;

	if (rule->least && n == type_least(type))
		return facet_text(rule->least);
	if (rule->decimal && n > rule->greatestdecimal && number_base(number) == BASE_DECIMAL)
		number = number_hexadecimal(a, type, n);
	number = number_group(a, number, facet_lang(v)->separator);
	if (!form)
		return value_str(number);
	s = form->p;
	at = memchr(s, '%', form->n);
	if (!at || at + 1 == s + form->n || at[1] != 's')
		return value_str(number);
	return value_str(str(arena_printf(
		a, "%.*s%.*s%.*s", (int)(at - s), s, (int)number.n, number.s, (int)(s + form->n - at - 2), at + 2)));
}

struct value
facet_numberliteral(const struct value *v, uint64_t n, struct arena *a)
{
	enum type type = facet_context(v)->registry->type;

	return facet_literal(v, type, n, number_decimal(a, type, n), a);
}

struct value
facet_decimal(const struct value *v, uint64_t n, struct arena *a)
{
	return value_str(number_decimal(a, facet_context(v)->registry->type, n));
}

/* The name that the language has for a type, or false. */
struct value
facet_typename(const struct value *v, enum type type)
{
	return facet_text(facet_lang(v)->types[type].name);
}

struct value
facet_indextype(const struct value *v, uint32_t n)
{
	enum type type = n <= UINT8_MAX ? TYPE_U8 : n <= UINT16_MAX ? TYPE_U16 : TYPE_U32;
	const struct node *index = facet_lang(v)->types[type].index;

	return index ? facet_text(index) : facet_typename(v, type);
}

static struct str
statusname(unsigned status)
{
	size_t n;

	return status < STATUS_NONE ? status_names(&n)[status] : (struct str){NULL, 0};
}

/* Members that are something at an offset. */

const struct node *
facet_node(const struct value *v, size_t offset)
{
	return *(const struct node *const *)(const void *)((const char *)v->p + offset);
}

struct value
facet_getpackage(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *c = &facet_context(v)->view->package;

	(void)offset, (void)a;
	return facet_map(c, MAP_PACKAGE, &c->view->project->package);
}

struct value
facet_getoptions(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *c = &facet_context(v)->view->package;

	(void)offset, (void)a;
	return facet_map(c, MAP_OPTIONS, c->view);
}

struct value
facet_getmore(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_bool(v->more);
}

/* The number of the part that begins with the thing that a map shows is kept where a list has its count. */
struct value
facet_cutmap(const struct context *c, enum which which, const void *p, uint32_t part)
{
	const struct kind *k = &c->kinds[which];

	return (struct value){.kind = VALUE_MAP, .n = part, .p = p, .class = &k->class, .shape = k->shape};
}

uint32_t
facet_part(size_t i, uint32_t size)
{
	return i > 0 && i % size == 0 ? (uint32_t)(i / size) + 1 : 0;
}

struct value
facet_getcut(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return v->n > 0 ? facet_cutmap(facet_context(v), MAP_CUT, v->p, v->n) : value_bool(false);
}

/* The number of the part, or of that before. */
static struct value
getpart(const struct value *v, size_t before, struct arena *a)
{
	return facet_count(a, v->n - before);
}

static const struct member cutmembers[] = {
	{"number", getpart, 0},
	{"previous", getpart, 1},
};

const struct kindspec facet_kinds[] = {
	{.which = MAP_CUT, .members = cutmembers, .nmembers = LEN(cutmembers)},
};

const size_t facet_nkinds = LEN(facet_kinds);

struct value
facet_getdoc(const struct value *v, size_t offset, struct arena *a)
{
	return facet_doc(v, facet_node(v, offset), a);
}

struct value
facet_getlines(const struct value *v, size_t offset, struct arena *a)
{
	return doclines(v, facet_node(v, offset), a);
}

struct value
facet_getlength(const struct value *v, size_t offset, struct arena *a)
{
	const struct node *n = facet_node(v, offset);

	return facet_count(a, n ? n->n : 0);
}

struct value
facet_getsize(const struct value *v, size_t offset, struct arena *a)
{
	const struct node *n = facet_node(v, offset);

	return facet_count(a, n ? (uint64_t)n->n + 1 : 1);
}

struct value
facet_getbool(const struct value *v, size_t offset, struct arena *a)
{
	(void)a;
	return value_bool(((const unsigned char *)v->p)[offset]);
}

struct value
facet_getcount(const struct value *v, size_t offset, struct arena *a)
{
	return facet_count(a, *(const uint32_t *)(const void *)((const char *)v->p + offset));
}

struct value
facet_getstatus(const struct value *v, size_t offset, struct arena *a)
{
	(void)a;
	return value_str(statusname(((const unsigned char *)v->p)[offset]));
}

struct value
facet_getdecimal(const struct value *v, size_t offset, struct arena *a)
{
	return facet_decimal(v, *(const uint64_t *)(const void *)((const char *)v->p + offset), a);
}

struct value
facet_getliteral(const struct value *v, size_t offset, struct arena *a)
{
	return facet_numberliteral(v, *(const uint64_t *)(const void *)((const char *)v->p + offset), a);
}

/* The words of the range, field, cell or list that a map shows. */
static const struct node *
thingwords(const struct value *v, const struct kind *k)
{
	if (k->group == GROUP_RANGE)
		return ((const struct range *)v->p)->id;
	if (k == &k->context->kinds[MAP_CELL] || k == &k->context->kinds[MAP_LIST])
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
	if (k->group == GROUP_CHOICE)
		return value_str(naming_choice(&c->naming, v->p, i, a));
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

struct value
facet_getidentifier(const struct value *v, size_t key, struct arena *a)
{
	const struct kind *k = (const struct kind *)(const void *)v->class;

	if (key < k->nidentifiers)
		return thingidentifier(v, k, key, a);
	return statusidentifier(v, k, key - k->nidentifiers, a);
}

struct value
facet_gettype(const struct value *v, size_t offset, struct arena *a)
{
	size_t n;

	(void)a;
	return value_str(type_names(&n)[((const unsigned char *)v->p)[offset]]);
}

struct value
facet_gettypename(const struct value *v, size_t offset, struct arena *a)
{
	(void)a;
	return facet_typename(v, ((const unsigned char *)v->p)[offset]);
}

struct value
facet_getisinteger(const struct value *v, size_t offset, struct arena *a)
{
	(void)a;
	return value_bool(type_integer(((const unsigned char *)v->p)[offset]));
}

struct value
facet_getissigned(const struct value *v, size_t offset, struct arena *a)
{
	(void)a;
	return value_bool(type_signed(((const unsigned char *)v->p)[offset]));
}
