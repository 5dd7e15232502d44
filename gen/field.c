#include <string.h>
#include "util.h"
#include "arena.h"
#include "decode.h"
#include "diag.h"
#include "field.h"
#include "number.h"
#include "tree.h"

const struct str *
field_types(size_t *n)
{
	static struct str types[FIELD_LIST + 1];
	static const struct str more[] = {{"date", 4}, {"enum", 4}, {"reference", 9}, {"list", 4}};
	const struct str *numbers = type_names(n);

	memcpy(types, numbers, *n * sizeof(*types));
	memcpy(types + *n, more, sizeof(more));
	*n += LEN(more);
	return types;
}

size_t
field_membertype(const struct fielddef *f)
{
	return f->form == FORM_ANY ? f->type : (size_t)FIELD_DATE + f->form - FORM_DATE;
}

size_t
field_type(const struct fielddef *f)
{
	return f->list ? FIELD_LIST : field_membertype(f);
}

/* Report a node that is none of the words of a field. */
static void
checkchoice(struct decoder *d, const struct fielddef *f, const struct node *n)
{
	struct str *words;
	uint32_t i, count = f->choices ? f->choices->n : 0;

	for (i = 0; i < count && !streq(node_str(node_item(f->choices, i)), node_str(n)); i++)
		;
	if (i < count || !f->choices)
		return;
	words = arena_array(d->arena, count, sizeof(*words));
	for (i = 0; i < count; i++)
		words[i] = node_str(node_item(f->choices, i));
	decode_unknown(d->diag, node_span(n), "value", node_str(n), words, count);
}

/* Report a node that is no value of a field, or no member of one that is a list. */
static void
checkscalar(struct decoder *d, const struct fielddef *f, const struct node *n)
{
	const struct node *text;
	unsigned char b = 0;
	uint64_t v;
	bool fits = true;

	if (f->type == TYPE_BOOL)
		decode_bool(d, n, &b);
	else if (n->kind != NODE_SCALAR || n->n == 0)
		decode_expected(d, n, "a scalar");
	else if (f->form == FORM_DATE)
		decode_date(d, n, &text);
	else if (f->form == FORM_ENUM)
		checkchoice(d, f, n);
	else if (f->type != TYPE_STRING && number_read(f->type, node_str(n), &v, &fits) != n->n)
		decode_expected(d, n, "an integer");
	if (!fits)
		diag_error(d->diag, node_span(n), "%.*s does not fit the type of '%.*s'", (int)n->n, (const char *)n->p,
			(int)f->id->n, (const char *)f->id->p);
}

/* Report a node that a field cannot have. */
static void
checkfield(struct decoder *d, const struct fielddef *f, const struct node *n)
{
	uint32_t i;

	if (!f->list)
		checkscalar(d, f, n);
	else if (n->kind != NODE_LIST)
		decode_expected(d, n, "a list");
	else
		for (i = 0; i < n->n; i++)
			checkscalar(d, f, node_item(n, i));
}

void
field_value(struct decoder *d, const struct node *n, void *target)
{
	checkfield(d, d->key->more, n);
	*(const struct node **)target = n;
}

struct rawfield {
	struct fielddef def;
	const struct node *type, *of, *standard;
};

/* What a field has by default: its type says what that may be. */
static void
readstandard(struct decoder *d, const struct node *n, void *target)
{
	(void)d;
	*(const struct node **)target = n;
}

static const struct key fieldkeys[] = {
	{"default", readstandard, offsetof(struct rawfield, standard), false, NULL},
	{"description", decode_text, offsetof(struct rawfield, def.description), false, NULL},
	{"id", decode_words, offsetof(struct rawfield, def.id), true, NULL},
	{"names", decode_map, offsetof(struct rawfield, def.names), false, NULL},
	{"of", decode_text, offsetof(struct rawfield, of), false, NULL},
	{"registry", decode_words, offsetof(struct rawfield, def.to), false, NULL},
	{"type", decode_text, offsetof(struct rawfield, type), true, NULL},
	{"values", decode_list, offsetof(struct rawfield, def.choices), false, NULL},
};

/* The words of an enumeration. */
static void
checkchoices(struct decoder *d, struct fielddef *f)
{
	const struct node *n;
	uint32_t i, j;

	for (i = 0; f->choices && i < f->choices->n; i++) {
		n = node_item(f->choices, i);
		if (n->kind != NODE_SCALAR || n->n == 0) {
			decode_expected(d, n, "text");
			f->choices = NULL;
			return;
		}
		for (j = 0; j < i && !streq(node_str(node_item(f->choices, j)), node_str(n)); j++)
			;
		if (j < i)
			diag_error(d->diag, node_span(n), "'%.*s' stands twice", (int)n->n, (const char *)n->p);
	}
}

/* What the words of an enumeration are called. */
static void
checknames(struct decoder *d, const struct fielddef *f)
{
	const struct node *words;
	struct str *known;
	uint32_t i, j;

	if (!f->names || !f->choices)
		return;
	known = arena_array(d->arena, f->choices->n, sizeof(*known));
	for (j = 0; j < f->choices->n; j++)
		known[j] = node_str(node_item(f->choices, j));
	for (i = 0; i < f->names->n; i++) {
		words = NULL;
		decode_words(d, node_item(f->names, i), &words);
		for (j = 0; j < f->choices->n && !streq(known[j], node_key(f->names, i)); j++)
			;
		if (j == f->choices->n)
			decode_unknown(d->diag, node_keyspan(f->names, i), "value", node_key(f->names, i), known, j);
	}
}

/* What a type asks for beside, and no other can have. */
static void
checkform(struct decoder *d, struct fielddef *f)
{
	const struct {
		const char *key;
		bool wanted;
		bool optional;
	} keys[] = {{"names", f->form == FORM_ENUM, true}, {"of", f->list, false},
		{"registry", f->form == FORM_REFERENCE, false}, {"values", f->form == FORM_ENUM, false}};
	const struct node *given;
	size_t i;

	for (i = 0; i < LEN(keys); i++) {
		given = node_get(f->node, keys[i].key);
		if (keys[i].wanted && !given && !keys[i].optional)
			diag_error(d->diag, node_span(f->node), "missing key '%s'", keys[i].key);
		else if (given && keys[i].wanted && given->kind == NODE_LIST && given->n == 0)
			diag_error(d->diag, node_span(given), "an enumeration has one value at least");
		else if (given && !keys[i].wanted)
			diag_error(d->diag, node_span(given), "a field of this type cannot have '%s'", keys[i].key);
	}
	checkchoices(d, f);
	checknames(d, f);
}

/* What the members of a list are; -1 after reporting that they cannot be that. */
static int
readmembers(struct decoder *d, const struct node *of, const struct choices *types)
{
	int type = decode_index(d, of, types);

	if (type == FIELD_LIST)
		diag_error(d->diag, node_span(of), "a list cannot have lists in it");
	else if (type == TYPE_BOOL)
		diag_error(d->diag, node_span(of),
			"a list cannot have booleans in it, which would have no names; make a field of each");
	return type == FIELD_LIST || type == TYPE_BOOL ? -1 : type;
}

/* The type, and what goes with it. */
static void
readfieldtype(struct decoder *d, struct rawfield *raw)
{
	struct choices types = {.what = "type"};
	struct fielddef *f = &raw->def;
	int type;

	types.words = field_types(&types.n);
	type = decode_index(d, raw->type, &types);
	f->list = type == FIELD_LIST;
	if (f->list && raw->of)
		type = readmembers(d, raw->of, &types);
	f->type = (unsigned char)(type < 0 || type >= FIELD_DATE ? TYPE_STRING : type);
	f->form = (unsigned char)(type < FIELD_DATE || type == FIELD_LIST ? FORM_ANY : type - FIELD_DATE + FORM_DATE);
	if (type >= 0)
		checkform(d, f);
}

static void
readdefault(struct decoder *d, struct rawfield *raw)
{
	struct fielddef *f = &raw->def;

	if (f->list)
		decode_list(d, raw->standard, &f->standard);
	else
		decode_text(d, raw->standard, &f->standard);
	if (f->standard)
		checkfield(d, f, f->standard);
}

struct fielddef *
fields_read(struct decoder *d, const struct node *list, uint32_t *n)
{
	struct fielddef *fields = arena_array(d->arena, list->n, sizeof(*fields));
	struct rawfield raw;
	uint32_t i;

	*n = 0;
	for (i = 0; i < list->n; i++) {
		raw = (struct rawfield){.def = {.node = node_item(list, i)}};
		if (!decode(d, node_item(list, i), fieldkeys, LEN(fieldkeys), &raw) || !raw.type || !raw.def.id)
			continue;
		readfieldtype(d, &raw);
		if (raw.standard)
			readdefault(d, &raw);
		fields[(*n)++] = raw.def;
	}
	return fields;
}
