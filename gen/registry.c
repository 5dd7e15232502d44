/* Each struct has a table of its keys; the functions between the tables read what is not a plain scalar. */
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "decode.h"
#include "diag.h"
#include "number.h"
#include "registry.h"
#include "tree.h"
#include "word.h"

static const struct str statuses[] = {
	[STATUS_ASSIGNED] = {"assigned", 8},
	[STATUS_PROVISIONAL] = {"provisional", 11},
	[STATUS_TEMPORARY] = {"temporary", 9},
	[STATUS_DEPRECATED] = {"deprecated", 10},
	[STATUS_OBSOLETED] = {"obsoleted", 9},
	[STATUS_RESERVED] = {"reserved", 8},
	[STATUS_UNASSIGNED] = {"unassigned", 10},
	[STATUS_PRIVATE_USE] = {"private_use", 11},
	[STATUS_EXPERIMENTAL] = {"experimental", 12},
	[STATUS_UNOFFICIAL] = {"unofficial", 10},
	[STATUS_WITHDRAWN] = {"withdrawn", 9},
};

static const struct choices statuschoices = {"status", statuses, LEN(statuses)};

const struct str *
status_names(size_t *n)
{
	*n = LEN(statuses);
	return statuses;
}

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

/* Report a scalar with a character that is not among the letters, digits and others. */
static bool
only(struct decoder *d, const struct node *n, const char *others, const char *what)
{
	const char *s = n->p;
	size_t i;

	for (i = 0; n->kind == NODE_SCALAR && i < n->n; i++)
		if (!((unsigned char)(s[i] - '0') < 10 || (unsigned char)((s[i] | 0x20) - 'a') < 26 ||
			    (s[i] && strchr(others, s[i]))))
			break;
	if (n->kind == NODE_SCALAR && i == n->n && n->n > 0)
		return true;
	decode_expected(d, n, what);
	return false;
}

#define PLAIN(function, others, what) \
	static void function(struct decoder *d, const struct node *n, void *target) \
	{ \
		if (only(d, n, others, what)) \
			*(const struct node **)target = n; \
	}

PLAIN(readsection, ".-", "a section such as 15.5.14")
PLAIN(readplain, ".-_", "letters, digits, '.', '-' and '_'")
PLAIN(readiana, "-._/", "GROUP/REGISTRY")
PLAIN(readversion, ".-+", "a version such as 1.0.0")
PLAIN(readlicense, ".-+ ()", "a license of SPDX")

/* Pages have it as a link, which must run nothing. */
static void
readurl(struct decoder *d, const struct node *n, void *target)
{
	static const char what[] = "a URL that begins with https://, http:// or ftp://";
	struct str s = {NULL, 0};

	if (!only(d, n, "-._~:/?#[]@!$&()*+,;=%", what))
		return;
	s = node_str(n);
	if (strstarts(s, "https://") || strstarts(s, "http://") || strstarts(s, "ftp://"))
		*(const struct node **)target = n;
	else
		decode_expected(d, n, what);
}

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
readrfc(struct decoder *d, const struct node *n, void *target)
{
	const char *s = n->p;
	size_t i;

	for (i = 0; n->kind == NODE_SCALAR && i < n->n && s[i] >= '0' && s[i] <= '9'; i++)
		;
	if (n->kind == NODE_SCALAR && i == n->n && i > 0)
		*(const struct node **)target = n;
	else
		decode_expected(d, n, "the number of an RFC");
}

struct rawreference {
	const struct node *id[REFERENCE_TEXT + 1], *section, *title;
};

#define ID(kind) offsetof(struct rawreference, id) + (kind) * sizeof(const struct node *)

static const struct key referencekeys[] = {
	{"draft", readplain, ID(REFERENCE_DRAFT), false, NULL},
	{"errata", readrfc, ID(REFERENCE_ERRATA), false, NULL},
	{"person", decode_text, ID(REFERENCE_PERSON), false, NULL},
	{"rfc", readrfc, ID(REFERENCE_RFC), false, NULL},
	{"section", readsection, offsetof(struct rawreference, section), false, NULL},
	{"text", decode_text, ID(REFERENCE_TEXT), false, NULL},
	{"title", decode_text, offsetof(struct rawreference, title), false, NULL},
	{"url", readurl, ID(REFERENCE_URL), false, NULL},
};

static void
readreference(struct decoder *d, const struct node *n, struct reference *r)
{
	size_t i, given = 0, before = d->diag->nerrors;
	struct rawreference raw = {0};

	if (!decode(d, n, referencekeys, LEN(referencekeys), &raw))
		return;
	for (i = 0; i < LEN(raw.id); i++) {
		if (!raw.id[i])
			continue;
		given++;
		r->kind = (unsigned char)i;
		r->id = raw.id[i];
	}
	r->section = raw.section;
	r->title = raw.title;
	/* one that is wrong was given, too */
	if (given > 1 || (given == 0 && d->diag->nerrors == before))
		diag_error(d->diag, node_span(n), "a reference has one of rfc, draft, errata, url, person and text");
}

static void
readreferences(struct decoder *d, const struct node *n, void *target)
{
	struct references *r = target;
	const struct node *list;
	uint32_t i;

	if (n->kind != NODE_LIST) {
		decode_expected(d, n, "a list of references");
		return;
	}
	list = n;
	r->list = arena_array(d->arena, list->n, sizeof(*r->list));
	r->n = list->n;
	for (i = 0; i < list->n; i++)
		readreference(d, node_item(list, i), &r->list[i]);
}

static const struct key aliaskeys[] = {
	{"deprecated", decode_bool, offsetof(struct alias, deprecated), false, NULL},
	{"from", readplain, offsetof(struct alias, from), false, NULL},
	{"name", decode_words, offsetof(struct alias, name), true, NULL},
	{"text", decode_text, offsetof(struct alias, text), false, NULL},
};

static void
readaliases(struct decoder *d, const struct node *n, void *target)
{
	struct aliases *a = target;
	uint32_t i;

	if (n->kind != NODE_LIST) {
		decode_expected(d, n, "a list of aliases");
		return;
	}
	a->list = arena_array(d->arena, n->n, sizeof(*a->list));
	a->n = n->n;
	for (i = 0; i < n->n; i++) {
		a->list[i].node = node_item(n, i);
		decode(d, node_item(n, i), aliaskeys, LEN(aliaskeys), &a->list[i]);
	}
}

/* Overrides of identifiers: what is put into a program as it is must be a word of it. */
static void
readnames(struct decoder *d, const struct node *n, void *target)
{
	const struct node *name;
	uint32_t i;

	if (n->kind != NODE_MAP) {
		decode_expected(d, n, "a map of languages");
		return;
	}
	for (i = 0; i < n->n; i++) {
		name = node_item(n, i);
		if (only(d, name, "_", "an identifier") && *(const char *)name->p >= '0' &&
			*(const char *)name->p <= '9')
			decode_expected(d, name, "an identifier");
	}
	*(const struct node **)target = n;
}

static const struct key entrykeys[] = {
	{"aliases", readaliases, offsetof(struct entry, aliases), false, NULL},
	{"deprecated", decode_bool, offsetof(struct entry, deprecated), false, NULL},
	{"description", decode_text, offsetof(struct entry, description), false, NULL},
	{"expires", decode_date, offsetof(struct entry, expires), false, NULL},
	{"former_references", readreferences, offsetof(struct entry, former), false, NULL},
	{"name", decode_words, offsetof(struct entry, name), false, NULL},
	{"names", readnames, offsetof(struct entry, names), false, NULL},
	{"references", readreferences, offsetof(struct entry, references), false, NULL},
	{"replaced_by", decode_words, offsetof(struct entry, replacedby), false, NULL},
	{"status", decode_choice, offsetof(struct entry, status), false, &statuschoices},
	{"text", decode_text, offsetof(struct entry, text), false, NULL},
	{"value", decode_text, offsetof(struct entry, value), false, NULL},
};

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

/* A declared field: the target is its place behind the entry. */
static void
readfield(struct decoder *d, const struct node *n, void *target)
{
	checkfield(d, d->key->more, n);
	*(const struct node **)target = n;
}

/* The keys of a registry's entries: those above and its fields, whose offsets lie behind the entry. */
static void
makekeys(struct decoder *d, struct registry *r)
{
	struct key *keys = arena_array(d->arena, LEN(entrykeys) + r->nfields, sizeof(*keys));
	uint32_t i;

	memcpy(keys, entrykeys, sizeof(entrykeys));
	for (i = 0; i < r->nfields; i++) {
		if (!r->fields[i].id)
			continue;
		keys[LEN(entrykeys) + i] = (struct key){
			arena_copy(d->arena, r->fields[i].id->p, r->fields[i].id->n),
			readfield,
			sizeof(struct entry) + i * sizeof(const struct node *),
			false,
			&r->fields[i],
		};
	}
	r->keys = keys;
	r->nkeys = LEN(entrykeys) + r->nfields;
}

/* Whether any of the n pointers that begin at p is not NULL. */
static bool
given(const char *p, size_t n)
{
	const struct node *const *field = (const struct node *const *)(const void *)p;
	size_t i;

	for (i = 0; i < n && !field[i]; i++)
		;
	return i < n;
}

/* Read entries behind those that the registry has. */
static void
readentries(struct decoder *d, struct registry *r, const struct node *list, bool extension)
{
	size_t size = sizeof(struct entry) + r->nfields * sizeof(const struct node *);
	char *p = arena_alloc(d->arena, size);
	struct entry *e = arena_array(d->arena, (size_t)r->nentries + list->n, sizeof(*e));
	uint32_t i;

	if (r->nentries > 0)
		memcpy(e, r->entries, r->nentries * sizeof(*e));
	r->entries = e;
	for (i = 0; i < list->n; i++) {
		/* fields are decoded behind the entry, then put away */
		memset(p, 0, size);
		e = (struct entry *)(void *)p;
		e->deprecated = 2;
		e->extension = extension;
		if (!decode(d, node_item(list, i), r->keys, r->nkeys, p))
			continue;
		e->node = node_item(list, i);
		if (given(p + sizeof(*e), r->nfields)) {
			e->fields = arena_array(d->arena, r->nfields, sizeof(*e->fields));
			memcpy(e->fields, p + sizeof(*e), r->nfields * sizeof(*e->fields));
		}
		r->entries[r->nentries++] = *e;
	}
}

static const struct key rangekeys[] = {
	{"id", decode_words, offsetof(struct range, id), false, NULL},
	{"rule", decode_text, offsetof(struct range, rule), false, NULL},
	{"status", decode_choice, offsetof(struct range, status), false, &statuschoices},
	{"title", decode_text, offsetof(struct range, title), false, NULL},
	{"values", decode_text, offsetof(struct range, values), true, NULL},
};

/* A number, or two joined by '-'. */
static bool
readvalues(struct decoder *d, enum type type, const struct node *n, uint64_t *first, uint64_t *last)
{
	bool fits;

	if (!number_range(type, node_str(n), first, last, &fits)) {
		decode_expected(d, n, "a number or two joined by '-'");
		return false;
	}
	if (!fits) {
		diag_error(
			d->diag, node_span(n), "%.*s does not fit the registry's type", (int)n->n, (const char *)n->p);
		return false;
	}
	if (*first > *last) {
		diag_error(
			d->diag, node_span(n), "the range %.*s ends before it begins", (int)n->n, (const char *)n->p);
		return false;
	}
	return true;
}

static void
readranges(struct decoder *d, struct registry *r, const struct node *list)
{
	struct range *g = arena_array(d->arena, (size_t)r->nranges + list->n, sizeof(*g));
	uint32_t i;

	if (r->nranges > 0)
		memcpy(g, r->ranges, r->nranges * sizeof(*g));
	r->ranges = g;
	for (i = 0; i < list->n; i++) {
		g = &r->ranges[r->nranges];
		*g = (struct range){.node = node_item(list, i), .status = STATUS_NONE};
		if (!decode(d, g->node, rangekeys, LEN(rangekeys), g) || !g->values)
			continue;
		if (readvalues(d, r->type, g->values, &g->first, &g->last))
			r->nranges++;
		if (!node_get(g->node, "id") && !node_get(g->node, "status"))
			diag_error(d->diag, node_span(g->node), "a range has an id, a status or both");
	}
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

static void
readfields(struct decoder *d, struct registry *r, const struct node *list)
{
	struct rawfield raw;
	uint32_t i;

	r->fields = arena_array(d->arena, list->n, sizeof(*r->fields));
	for (i = 0; i < list->n; i++) {
		raw = (struct rawfield){.def = {.node = node_item(list, i)}};
		if (!decode(d, node_item(list, i), fieldkeys, LEN(fieldkeys), &raw) || !raw.type || !raw.def.id)
			continue;
		readfieldtype(d, &raw);
		if (raw.standard)
			readdefault(d, &raw);
		r->fields[r->nfields++] = raw.def;
	}
}

static const struct key sourcekeys[] = {
	{"columns", decode_map, offsetof(struct source_of, columns), false, NULL},
	{"iana", readiana, offsetof(struct source_of, iana), true, NULL},
	{"updated", decode_date, offsetof(struct source_of, updated), false, NULL},
	{"url", readurl, offsetof(struct source_of, url), false, NULL},
};

static void
readsource(struct decoder *d, const struct node *n, void *target)
{
	decode(d, n, sourcekeys, LEN(sourcekeys), target);
}

/* What of a registry can only be read when its type is known. */
struct rawregistry {
	struct registry registry;
	const struct node *ranges, *fields, *entries, *valid, *key;
};

static const struct str duplicatewords[] = {{"refuse", 6}, {"allow", 5}};
static const struct choices duplicates = {"way with duplicates", duplicatewords, LEN(duplicatewords)};

static const struct str matchwords[] = {{"exact", 5}, {"caseless", 8}};
static const struct choices matches = {"match", matchwords, LEN(matchwords)};

static void
readtype(struct decoder *d, const struct node *n, void *target)
{
	struct choices types = {.what = "type"};
	int type;

	types.words = type_names(&types.n);
	types.n = TYPE_STRING + 1;
	type = decode_index(d, n, &types);
	if (type >= 0)
		*(unsigned char *)target = (unsigned char)type;
}

static const struct key registrykeys[] = {
	{"description", decode_text, offsetof(struct rawregistry, registry.description), false, NULL},
	{"duplicates", decode_choice, offsetof(struct rawregistry, registry.duplicates), false, &duplicates},
	{"entries", decode_list, offsetof(struct rawregistry, entries), true, NULL},
	{"fields", decode_list, offsetof(struct rawregistry, fields), false, NULL},
	{"id", decode_words, offsetof(struct rawregistry, registry.id), true, NULL},
	{"key", decode_list, offsetof(struct rawregistry, key), false, NULL},
	{"match", decode_choice, offsetof(struct rawregistry, registry.caseless), false, &matches},
	{"ranges", decode_list, offsetof(struct rawregistry, ranges), false, NULL},
	{"source", readsource, offsetof(struct rawregistry, registry.source), false, NULL},
	{"title", decode_text, offsetof(struct rawregistry, registry.title), false, NULL},
	{"type", readtype, offsetof(struct rawregistry, registry.type), true, NULL},
	{"valid", decode_text, offsetof(struct rawregistry, valid), false, NULL},
};

/* The columns of the key: value, name, text or fields; the value alone if nothing is said. */
static void
readkey(struct decoder *d, struct registry *r, const struct node *list)
{
	static const struct str columns[] = {{"value", 5}, {"name", 4}, {"text", 4}};
	struct str *words = arena_array(d->arena, COLUMN_FIELD + (size_t)r->nfields, sizeof(*words));
	struct choices c = {"column", words, COLUMN_FIELD + (size_t)r->nfields};
	uint32_t i;
	int column;

	memcpy(words, columns, sizeof(columns));
	for (i = 0; i < r->nfields; i++)
		words[COLUMN_FIELD + i] = node_str(r->fields[i].id);
	r->key = arena_array(d->arena, list ? list->n + 1 : 1, sizeof(*r->key));
	for (i = 0; list && i < list->n; i++) {
		column = decode_index(d, node_item(list, i), &c);
		if (column >= COLUMN_FIELD && r->fields[column - COLUMN_FIELD].list)
			diag_error(d->diag, node_span(node_item(list, i)), "a list cannot be a column of the key");
		else if (column >= 0)
			r->key[r->nkey++] = (size_t)column;
	}
	if (list && list->n == 0)
		diag_error(d->diag, node_span(list), "a key has one column at least");
	if (r->nkey == 0)
		r->key[r->nkey++] = COLUMN_VALUE;
}

/* A column of IANA's: its name, or false if there is none. */
static bool
iscolumn(struct decoder *d, const struct node *n, const char *what)
{
	if (n->kind == NODE_SCALAR && n->n > 0)
		return true;
	decode_expected(d, n, what);
	return false;
}

/* What may have a column of IANA's: attributes of entries and fields. */
static void
checkcolumns(struct decoder *d, const struct registry *r)
{
	static const struct str sourcecolumns[] = {
		{"value", 5}, {"name", 4}, {"text", 4}, {"status", 6}, {"references", 10}, {"expires", 7}};
	const struct node *map = r->source.columns, *n;
	struct str *words = arena_array(d->arena, LEN(sourcecolumns) + r->nfields, sizeof(*words));
	uint32_t i, k;

	memcpy(words, sourcecolumns, sizeof(sourcecolumns));
	for (i = 0; i < r->nfields; i++)
		words[LEN(sourcecolumns) + i] = node_str(r->fields[i].id);
	for (i = 0; map && i < map->n; i++) {
		n = node_item(map, i);
		for (k = 0; k < LEN(sourcecolumns) + r->nfields && !streq(words[k], node_key(map, i)); k++)
			;
		if (k == LEN(sourcecolumns) + r->nfields)
			decode_unknown(d->diag, node_keyspan(map, i), "column", node_key(map, i), words, k);
		else if (k >= LEN(sourcecolumns) && r->fields[k - LEN(sourcecolumns)].list)
			diag_error(d->diag, node_keyspan(map, i), "a list has no column of IANA's");
		if (n->kind != NODE_LIST || n->n == 0) {
			iscolumn(d, n, "a column, a list of columns or false");
			continue;
		}
		for (k = 0; k < n->n; k++)
			iscolumn(d, node_item(n, k), "a column");
	}
}

/* Strings are not ordered as numbers are, and numbers have no letters. */
static void
checktype(struct decoder *d, const struct rawregistry *raw)
{
	const char *const numeric[] = {"ranges", "valid"};
	const struct node *n = raw->registry.node, *given;
	size_t i;

	for (i = 0; i < LEN(numeric); i++) {
		given = raw->registry.type == TYPE_STRING ? node_get(n, numeric[i]) : NULL;
		if (given)
			diag_error(d->diag, node_span(given), "a registry of strings cannot have '%s'", numeric[i]);
	}
	given = raw->registry.type != TYPE_STRING ? node_get(n, "match") : NULL;
	if (given)
		diag_error(d->diag, node_span(given), "only a registry of strings can have 'match'");
}

static void
readregistry(struct decoder *d, const struct node *n, struct registry *r)
{
	struct rawregistry raw = {.registry = {.node = n}};

	if (!decode(d, n, registrykeys, LEN(registrykeys), &raw))
		return;
	checktype(d, &raw);
	if (raw.registry.type == TYPE_STRING)
		raw.valid = raw.ranges = NULL;
	*r = raw.registry;
	r->least = type_least(r->type);
	r->greatest = type_greatest(r->type);
	r->valid = raw.valid;
	if (raw.valid && !readvalues(d, r->type, raw.valid, &r->least, &r->greatest)) {
		r->least = type_least(r->type);
		r->greatest = type_greatest(r->type);
		r->valid = NULL;
	}
	if (raw.ranges)
		readranges(d, r, raw.ranges);
	if (raw.fields)
		readfields(d, r, raw.fields);
	readkey(d, r, raw.key);
	checkcolumns(d, r);
	makekeys(d, r);
	if (raw.entries)
		readentries(d, r, raw.entries, false);
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
			readregistry(d, node_item(n, i), &p->registries[p->nregistries++]);
}

struct extension {
	const struct node *id, *entries, *ranges;
};

static const struct key extensionkeys[] = {
	{"entries", decode_list, offsetof(struct extension, entries), false, NULL},
	{"extend", decode_words, offsetof(struct extension, id), true, NULL},
	{"ranges", decode_list, offsetof(struct extension, ranges), false, NULL},
};

/* Add entries and ranges to a registry that stands elsewhere. */
static void
readextension(struct decoder *d, const struct node *n, struct project *p)
{
	struct str *ids = arena_array(d->arena, p->nregistries, sizeof(*ids));
	struct extension e = {0};
	struct registry *r;
	uint32_t i;

	if (!decode(d, n, extensionkeys, LEN(extensionkeys), &e) || !e.id)
		return;
	for (i = 0; i < p->nregistries; i++)
		ids[i] = p->registries[i].id ? node_str(p->registries[i].id) : LITERAL("");
	for (i = 0; i < p->nregistries && !streq(ids[i], node_str(e.id)); i++)
		;
	if (i == p->nregistries) {
		decode_unknown(d->diag, node_span(e.id), "registry", node_str(e.id), ids, p->nregistries);
		return;
	}
	r = &p->registries[i];
	if (e.ranges && r->type == TYPE_STRING)
		diag_error(d->diag, node_span(e.ranges), "a registry of strings cannot have 'ranges'");
	else if (e.ranges)
		readranges(d, r, e.ranges);
	if (e.entries)
		readentries(d, r, e.entries, true);
}

static const struct key packagekeys[] = {
	{"description", decode_text, offsetof(struct package, description), false, NULL},
	{"license", readlicense, offsetof(struct package, license), false, NULL},
	{"name", readpackagename, offsetof(struct package, name), true, NULL},
	{"repository", readurl, offsetof(struct package, repository), false, NULL},
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

static const struct key targetkeys[] = {
	{"exclude", decode_list, offsetof(struct target, exclude), false, NULL},
	{"id", readplain, offsetof(struct target, id), true, NULL},
	{"include", decode_list, offsetof(struct target, include), false, NULL},
	{"lang", readplain, offsetof(struct target, lang), false, NULL},
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
				readextension(&d, node_item(list, k), p);
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
