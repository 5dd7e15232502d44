#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "util.h"
#include "arena.h"
#include "decode.h"
#include "diag.h"
#include "document.h"
#include "escape.h"
#include "file.h"
#include "number.h"
#include "template.h"
#include "tree.h"
#include "word.h"
#include "lang.h"

static const struct str groups[] = {
	[GROUP_PACKAGE] = {"package", 7},
	[GROUP_REGISTRY] = {"registry", 8},
	[GROUP_RANGE] = {"range", 5},
	[GROUP_FIELD] = {"field", 5},
	[GROUP_LIST] = {"list", 4},
	[GROUP_ENUM] = {"enum", 4},
	[GROUP_CHOICE] = {"choice", 6},
	[GROUP_ENTRY] = {"entry", 5},
	[GROUP_STATUS] = {"status", 6},
};

static const struct str scopes[] = {
	[SCOPE_NONE] = {"none", 4},
	[SCOPE_FIELD] = {"field", 5},
	[SCOPE_REGISTRY] = {"registry", 8},
	[SCOPE_PACKAGE] = {"package", 7},
};

static const struct choices scopechoices = {"scope", scopes, LEN(scopes)};

const struct str *
group_names(size_t *n)
{
	*n = LEN(groups);
	return groups;
}

static void
readcase(struct decoder *d, const struct node *n, void *target)
{
	struct choices c = {.what = "case"};
	int i;

	c.words = word_cases(&c.n);
	i = decode_index(d, n, &c);
	if (i >= 0)
		*(unsigned char *)target = (unsigned char)i;
}

/* Words that an identifier may not be, as the list that they are. */
static void
readwords(struct decoder *d, const struct node *n, void *target)
{
	uint32_t i;

	decode_list(d, n, target);
	for (i = 0; n->kind == NODE_LIST && i < n->n; i++)
		if (node_item(n, i)->kind != NODE_SCALAR || node_item(n, i)->n == 0) {
			decode_expected(d, node_item(n, i), "a word");
			*(const struct node **)target = NULL;
		}
}

static const struct key identifierkeys[] = {
	{"case", readcase, offsetof(struct identifier, wordcase), true, NULL},
	{"reserved", readwords, offsetof(struct identifier, reserved), false, NULL},
	{"scope", decode_choice, offsetof(struct identifier, scope), false, &scopechoices},
	{"words", decode_text, offsetof(struct identifier, words), false, NULL},
};

static void
readidentifiers(struct decoder *d, const struct node *n, void *target)
{
	struct lang *l = (struct lang *)target;
	const struct node *group;
	struct identifier *id;
	uint32_t i, j;
	size_t g;

	if (n->kind != NODE_MAP) {
		decode_expected(d, n, "a map of groups");
		return;
	}
	for (i = 0; i < n->n; i++) {
		for (g = 0; g < GROUPS && !streq(groups[g], node_key(n, i)); g++)
			;
		group = node_item(n, i);
		if (g == GROUPS) {
			decode_unknown(d->diag, node_keyspan(n, i), "group", node_key(n, i), groups, GROUPS);
			continue;
		}
		if (l->identifiers[g])
			continue;
		if (group->kind != NODE_MAP) {
			decode_expected(d, group, "a map of identifiers");
			continue;
		}
		if (group->n > UINT8_MAX) {
			diag_error(d->diag, node_span(group), "a group cannot have more than 255 identifiers");
			continue;
		}
		l->identifiers[g] = arena_array(d->arena, group->n, sizeof(*id));
		for (j = 0; j < group->n; j++) {
			id = &l->identifiers[g][l->nidentifiers[g]++];
			*id = (struct identifier){.name = node_key(group, j), .span = node_keyspan(group, j)};
			decode(d, node_item(group, j), identifierkeys, LEN(identifierkeys), id);
			if (id->scope == SCOPE_FIELD && g != GROUP_CHOICE)
				diag_error(d->diag, id->span, "only identifiers of choices can have the scope 'field'");
		}
	}
}

/* Capitals, kept in small letters. */
static void
readinitialisms(struct decoder *d, const struct node *n, void *target)
{
	struct initialisms *in = target;
	struct str *words, s;
	char *lower;
	uint32_t i;
	size_t j;

	if (n->kind != NODE_LIST) {
		decode_expected(d, n, "a list of words");
		return;
	}
	words = arena_array(d->arena, n->n, sizeof(*words));
	for (i = 0; i < n->n; i++) {
		s = node_str(node_item(n, i));
		if (node_item(n, i)->kind != NODE_SCALAR || s.n == 0) {
			decode_expected(d, node_item(n, i), "a word");
			continue;
		}
		lower = arena_copy(d->arena, s.s, s.n);
		for (j = 0; j < s.n; j++)
			if (lower[j] >= 'A' && lower[j] <= 'Z')
				lower[j] = (char)(lower[j] - 'A' + 'a');
		words[in->n++] = (struct str){lower, s.n};
		in->lengths |= word_length(s.n);
	}
	in->words = words;
}

struct affix {
	const struct node *words, *prefix, *suffix;
};

static const struct key reservedkeys[] = {
	{"prefix", decode_text, offsetof(struct affix, prefix), false, NULL},
	{"suffix", decode_text, offsetof(struct affix, suffix), false, NULL},
	{"words", decode_list, offsetof(struct affix, words), true, NULL},
};

static int
orderwords(const void *a, const void *b)
{
	return strorder(*(const struct str *)a, *(const struct str *)b);
}

static void
readreserved(struct decoder *d, const struct node *n, void *target)
{
	struct lang *l = (struct lang *)target;
	struct affix a = {0};
	const struct node *word;
	uint32_t i;

	if (!decode(d, n, reservedkeys, LEN(reservedkeys), &a) || !a.words)
		return;
	if (!a.prefix == !a.suffix)
		diag_error(d->diag, node_span(n), "reserved words take a prefix or a suffix");
	l->reservedprefix = a.prefix ? node_str(a.prefix) : (struct str){"", 0};
	l->reservedsuffix = a.suffix ? node_str(a.suffix) : (struct str){"", 0};
	l->reserved = arena_array(d->arena, a.words->n, sizeof(*l->reserved));
	for (i = 0; i < a.words->n; i++) {
		word = node_item(a.words, i);
		if (word->kind != NODE_SCALAR || word->n == 0) {
			decode_expected(d, word, "a word");
			continue;
		}
		l->reserved[l->nreserved++] = node_str(word);
		l->reservedlengths |= word_length(word->n);
	}
	qsort(l->reserved, l->nreserved, sizeof(*l->reserved), orderwords);
}

bool
lang_isreserved(const struct lang *l, const struct identifier *id, struct str s)
{
	uint32_t i;

	for (i = 0; id->reserved && i < id->reserved->n; i++)
		if (streq(node_str(node_item(id->reserved, i)), s))
			return true;
	return !id->reserved && (l->reservedlengths & word_length(s.n)) &&
		bsearch(&s, l->reserved, l->nreserved, sizeof(s), orderwords) != NULL;
}

static const struct key digitkeys[] = {
	{"prefix", decode_text, offsetof(struct affix, prefix), true, NULL},
};

static void
readdigit(struct decoder *d, const struct node *n, void *target)
{
	struct affix a = {0};

	if (decode(d, n, digitkeys, LEN(digitkeys), &a) && a.prefix)
		*(struct str *)target = node_str(a.prefix);
}

/* Read U+XXXX at the start of s; returns how many bytes it takes, 0 if it is none. */
static size_t
codepoint(struct str s, uint32_t *code)
{
	size_t i;
	char c;

	*code = 0;
	for (i = 2; strstarts(s, "U+") && i < s.n && i < 8; i++) {
		c = s.s[i];
		if (c >= '0' && c <= '9')
			*code = *code << 4 | (uint32_t)(c - '0');
		else if (c >= 'A' && c <= 'F')
			*code = *code << 4 | (uint32_t)(c - 'A' + 10);
		else
			break;
	}
	return i >= 6 && *code <= 0x10ffff ? i : 0;
}

/* U+XXXX or U+XXXX-U+YYYY; false if the text is something else. */
static bool
codepoints(struct str s, uint32_t *first, uint32_t *last)
{
	size_t n = codepoint(s, first);

	*last = *first;
	if (n > 0 && n < s.n && s.s[n] == '-') {
		s.s += n + 1;
		s.n -= n + 1;
		n = codepoint(s, last);
	}
	return n > 0 && n == s.n && *first <= *last;
}

/* A table of what stands for what: characters or sequences of them, and ranges. */
static const struct escape *
readescape(struct decoder *d, const struct node *n)
{
	struct escape *e = escape_new(d->arena);
	const struct node *to;
	uint32_t first, last, i;
	struct str from;

	for (i = 0; i < n->n; i++) {
		from = node_key(n, i);
		from.s = arena_copy(d->arena, from.s, from.n);
		to = node_item(n, i);
		if (to->kind != NODE_SCALAR) {
			decode_expected(d, to, "what stands for it");
		} else if (codepoints(from, &first, &last)) {
			if (!escape_range(e, first, last, node_str(to)))
				diag_error(d->diag, node_span(to),
					"a per cent sign begins %%02x, %%04x, %%08x, %%x, %%X, %%03o or %%%%");
		} else if (from.n > 0 && !strstarts(from, "U+")) {
			escape_sequence(e, from, node_str(to));
		} else {
			diag_error(d->diag, node_keyspan(n, i), "expected characters or a range such as U+0000-U+001F");
		}
	}
	return e;
}

struct commentrule {
	const struct node *prefix, *width, *replace;
};

static const struct key commentkeys[] = {
	{"prefix", decode_text, offsetof(struct commentrule, prefix), false, NULL},
	{"replace", decode_map, offsetof(struct commentrule, replace), false, NULL},
	{"width", decode_text, offsetof(struct commentrule, width), false, NULL},
};

static size_t
readwidth(struct decoder *d, const struct node *n, unsigned least, const char *what)
{
	uint64_t v = 0;
	bool fits;

	if (n->kind != NODE_SCALAR || number_read(TYPE_U16, node_str(n), &v, &fits) != n->n || !fits || v < least)
		decode_expected(d, n, what);
	return (size_t)v;
}

static void
readcomment(struct decoder *d, const struct node *n, void *target)
{
	struct lang *l = (struct lang *)target;
	struct commentrule c = {0};

	if (!decode(d, n, commentkeys, LEN(commentkeys), &c))
		return;
	if (c.prefix)
		l->commentprefix = node_str(c.prefix);
	if (c.width)
		l->commentwidth = readwidth(d, c.width, 20, "a width from 20 to 65535");
	if (c.replace)
		l->comment = readescape(d, c.replace);
}

static void
readtablewidth(struct decoder *d, const struct node *n, void *target)
{
	*(size_t *)target = readwidth(d, n, 1, "a width from 1 to 65535");
}

/* At least so much that a line fits. */
static void
readlimit(struct decoder *d, const struct node *n, void *target)
{
	uint64_t v = 0;
	bool fits;

	if (n->kind != NODE_SCALAR || number_read(TYPE_U32, node_str(n), &v, &fits) != n->n || !fits || v < 20)
		decode_expected(d, n, "a number from 20 to 4294967295");
	else
		*(uint32_t *)target = (uint32_t)v;
}

static const struct key limitkeys[] = {
	{"literal", readlimit, offsetof(struct limits, literal), false, NULL},
	{"names", readlimit, offsetof(struct limits, names), false, NULL},
	{"rows", readlimit, offsetof(struct limits, rows), false, NULL},
};

static void
readlimits(struct decoder *d, const struct node *n, void *target)
{
	decode(d, n, limitkeys, LEN(limitkeys), target);
}

static const struct key typekeys[] = {
	{"decimal", decode_text, offsetof(struct typerule, decimal), false, NULL},
	{"index", decode_text, offsetof(struct typerule, index), false, NULL},
	{"least", decode_text, offsetof(struct typerule, least), false, NULL},
	{"literal", decode_text, offsetof(struct typerule, literal), false, NULL},
	{"name", decode_text, offsetof(struct typerule, name), true, NULL},
};

static void
checktype(struct decoder *d, struct typerule *rule, enum type t)
{
	bool fits = false;

	if (rule->literal && !strstr(arena_copy(d->arena, rule->literal->p, rule->literal->n), "%s"))
		decode_expected(d, rule->literal, "a literal with %s in it");
	if (rule->decimal &&
		(!type_integer(t) ||
			number_read(t, node_str(rule->decimal), &rule->greatestdecimal, &fits) != rule->decimal->n ||
			!fits))
		decode_expected(d, rule->decimal, "a number of the type");
}

static void
readtypes(struct decoder *d, const struct node *n, void *target)
{
	struct typerule *types = target;
	size_t ntypes, t;
	const struct str *names = type_names(&ntypes);
	uint32_t i;

	for (i = 0; n->kind == NODE_MAP && i < n->n; i++) {
		for (t = 0; t < ntypes && !streq(names[t], node_key(n, i)); t++)
			;
		if (t == ntypes)
			decode_unknown(d->diag, node_keyspan(n, i), "type", node_key(n, i), names, ntypes);
		else if (decode(d, node_item(n, i), typekeys, LEN(typekeys), &types[t]))
			checktype(d, &types[t], (enum type)t);
	}
	if (n->kind != NODE_MAP)
		decode_expected(d, n, "a map of types");
}

static void
readbases(struct decoder *d, const struct node *n, void *target)
{
	static const struct str names[] = {
		[BASE_DECIMAL] = {"decimal", 7},
		[BASE_HEXADECIMAL] = {"hexadecimal", 11},
		[BASE_BINARY] = {"binary", 6},
	};
	static const struct choices bases = {"base", names, LEN(names)};
	uint32_t i;
	int base;

	if (n->kind != NODE_LIST)
		decode_expected(d, n, "a list of bases");
	for (i = 0; n->kind == NODE_LIST && i < n->n; i++) {
		base = decode_index(d, node_item(n, i), &bases);
		if (base >= 0)
			*(unsigned *)target |= 1u << base;
	}
}

static void
readoptions(struct decoder *d, const struct node *n, void *target)
{
	struct lang *l = (struct lang *)target;
	uint32_t i;

	if (n->kind != NODE_MAP) {
		decode_expected(d, n, "a map of options");
		return;
	}
	l->options = arena_array(d->arena, n->n, sizeof(*l->options));
	for (i = 0; i < n->n; i++) {
		if (node_item(n, i)->kind != NODE_SCALAR)
			decode_expected(d, node_item(n, i), "a scalar");
		else
			l->options[l->noptions++] =
				(struct option){node_key(n, i), node_keyspan(n, i), node_item(n, i)};
	}
}

static const struct str eachwords[] = {{"package", 7}, {"registry", 8}};
static const struct choices eachchoices = {"thing to render each", eachwords, LEN(eachwords)};

static const struct key outputkeys[] = {
	{"each", decode_choice, offsetof(struct output, each), true, &eachchoices},
	{"escape", decode_text, offsetof(struct output, escapename), true, NULL},
	{"path", decode_text, offsetof(struct output, path), true, NULL},
	{"template", decode_text, offsetof(struct output, template), true, NULL},
};

static void
readoutputs(struct decoder *d, const struct node *n, void *target)
{
	struct lang *l = (struct lang *)target;
	uint32_t i;

	if (n->kind != NODE_LIST) {
		decode_expected(d, n, "a list of outputs");
		return;
	}
	l->outputs = arena_array(d->arena, n->n, sizeof(*l->outputs));
	for (i = 0; i < n->n; i++) {
		l->outputs[i].node = node_item(n, i);
		decode(d, node_item(n, i), outputkeys, LEN(outputkeys), &l->outputs[i]);
	}
	l->noutputs = n->n;
}

static void
readseparator(struct decoder *d, const struct node *n, void *target)
{
	const char *s = n->p;

	if (n->kind == NODE_SCALAR && n->n == 1 && (*s == '_' || *s == '\''))
		*(char *)target = *s;
	else
		decode_expected(d, n, "_ or '");
}

struct rawlang {
	struct lang lang;
	const struct node *escapes, *lookup;
};

static const struct key langkeys[] = {
	{"bases", readbases, offsetof(struct rawlang, lang.bases), false, NULL},
	{"comment", readcomment, offsetof(struct rawlang, lang), false, NULL},
	{"digit", readdigit, offsetof(struct rawlang, lang.digitprefix), false, NULL},
	{"digit_separator", readseparator, offsetof(struct rawlang, lang.separator), false, NULL},
	{"escapes", decode_map, offsetof(struct rawlang, escapes), false, NULL},
	{"identifiers", readidentifiers, offsetof(struct rawlang, lang), false, NULL},
	{"import", decode_text, offsetof(struct rawlang, lang.import), false, NULL},
	{"initialisms", readinitialisms, offsetof(struct rawlang, lang.initialisms), false, NULL},
	{"limits", readlimits, offsetof(struct rawlang, lang.limits), false, NULL},
	{"lookup", decode_text, offsetof(struct rawlang, lookup), false, NULL},
	{"options", readoptions, offsetof(struct rawlang, lang), false, NULL},
	{"outputs", readoutputs, offsetof(struct rawlang, lang), true, NULL},
	{"reserved", readreserved, offsetof(struct rawlang, lang), false, NULL},
	{"table_width", readtablewidth, offsetof(struct rawlang, lang.tablewidth), false, NULL},
	{"title", decode_text, offsetof(struct rawlang, lang.title), false, NULL},
	{"types", readtypes, offsetof(struct rawlang, lang.types), false, NULL},
	{"use", decode_text, offsetof(struct rawlang, lang.use), false, NULL},
};

static void
findlookup(struct decoder *d, struct lang *l, const struct node *lookup)
{
	struct str *names = arena_array(d->arena, l->nidentifiers[GROUP_ENTRY], sizeof(*names));
	uint32_t i, n = l->nidentifiers[GROUP_ENTRY];

	for (i = 0; i < n; i++) {
		names[i] = l->identifiers[GROUP_ENTRY][i].name;
		if (streq(names[i], node_str(lookup))) {
			l->lookup = i;
			return;
		}
	}
	decode_unknown(d->diag, node_span(lookup), "identifier of entries", node_str(lookup), names, n);
}

/* Read the escape tables and give each output its own. */
static void
findescapes(struct decoder *d, struct lang *l, const struct node *escapes)
{
	size_t n = escapes ? escapes->n : 0, i, j;
	struct str *names = arena_array(d->arena, n + 1, sizeof(*names));
	const struct escape **tables = arena_array(d->arena, n + 1, sizeof(*tables));

	names[n] = str("none");
	for (i = 0; i < n; i++) {
		names[i] = node_key(escapes, i);
		if (node_item(escapes, i)->kind == NODE_MAP)
			tables[i] = readescape(d, node_item(escapes, i));
		else
			decode_expected(d, node_item(escapes, i), "a map of characters");
	}
	for (i = 0; i < l->noutputs; i++) {
		if (!l->outputs[i].escapename)
			continue;
		for (j = 0; j <= n && !streq(names[j], node_str(l->outputs[i].escapename)); j++)
			;
		if (j <= n)
			l->outputs[i].escape = tables[j];
		else
			decode_unknown(d->diag, node_span(l->outputs[i].escapename), "escape table",
				node_str(l->outputs[i].escapename), names, n + 1);
	}
}

/* A template that stands in lang.yaml. */
static struct template *
compilenode(struct templates *set, const struct node *n)
{
	return n ? template_compile(set, (struct str){"", 0}, n->at + !n->plain, node_str(n)) : NULL;
}

static void
missingfile(struct decoder *d, const struct lang *l, const struct node *name)
{
	struct str found = template_nearest(l->templates, node_str(name));
	const char *hint = "";

	if (found.n > 0)
		hint = arena_printf(d->arena, "; did you mean '%.*s'?", (int)found.n, found.s);
	diag_error(d->diag, node_span(name), "there is no file '%.*s.mustache' beside lang.yaml%s", (int)name->n,
		(const char *)name->p, hint);
}

static void
loadtemplates(struct decoder *d, struct lang *l)
{
	struct output *o;
	uint32_t i;

	for (i = 0; i < l->noutputs; i++) {
		o = &l->outputs[i];
		o->pathtemplate = compilenode(l->templates, o->path);
		if (o->template && !template_get(l->templates, node_str(o->template)))
			missingfile(d, l, o->template);
	}
	template_link(l->templates, true);
}

struct lang *
lang_load(struct diag *diag, struct tree *tree, const char *dir, struct str id, bool outputs)
{
	struct arena *a = tree->arena;
	struct decoder d = {.diag = diag, .arena = a};
	struct rawlang *raw = arena_alloc(a, sizeof(*raw));
	struct lang *l = &raw->lang;
	struct node *node = arena_alloc(a, sizeof(*node));
	struct str text;
	char *path;

	l->id = id;
	l->dir = file_join(a, dir, id);
	l->commentwidth = l->tablewidth = 80;
	l->limits = (struct limits){.literal = 4000, .names = 10000, .rows = 1000};
	path = file_join(a, l->dir, str("lang.yaml"));
	if (!file_read(a, path, &text)) {
		if (errno != ENOENT && errno != ENOTDIR)
			die("cannot read '%s':", path);
		return NULL;
	}
	l->span = (struct span){diag_source(diag, path, text), 1};
	if (!document_load(diag, tree, l->span.at, node))
		return NULL;
	if (!decode(&d, node, langkeys, LEN(langkeys), raw))
		return NULL;
	if (l->bases == 0)
		l->bases = 1u << BASE_DECIMAL;
	if (raw->lookup)
		findlookup(&d, l, raw->lookup);
	findescapes(&d, l, raw->escapes);
	l->templates = arena_alloc(a, sizeof(*l->templates));
	templates_init(l->templates, diag, a, l->dir);
	l->phrases = arena_alloc(a, sizeof(*l->phrases));
	templates_init(l->phrases, diag, a, l->dir);
	l->importtemplate = compilenode(l->phrases, l->import);
	l->usetemplate = compilenode(l->phrases, l->use);
	template_link(l->phrases, true);
	if (outputs)
		loadtemplates(&d, l);
	return l;
}

struct str *
lang_list(struct arena *a, const char *dir, size_t *n)
{
	size_t all, i;
	struct str *list = file_list(a, dir, "", &all);

	if (!list)
		die("cannot open the templates folder '%s':", dir);
	*n = 0;
	for (i = 0; i < all; i++)
		if (access(arena_printf(a, "%s/%.*s/lang.yaml", dir, (int)list[i].n, list[i].s), F_OK) == 0)
			list[(*n)++] = list[i];
	return list;
}
