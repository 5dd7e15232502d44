#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "decode.h"
#include "diag.h"
#include "field.h"
#include "number.h"
#include "project.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "tree.h"
#include "utf8.h"
#include "word.h"
#include "lang.h"
#include "naming.h"

/* What an identifier puts before and behind the words of the thing itself. */
struct pattern {
	struct str before; /* in its case */
	struct str after;  /* words */
	bool thing;        /* the thing itself is in it */
	bool field;        /* of a choice: the field's words come right before it */
};

/* An identifier of all entries of a registry, one behind the other. */
struct kept {
	char *s;
	uint32_t *ends; /* where that of each entry ends; NULL if it is not kept */
};

static void
discard(struct kept *k)
{
	free(k->s);
	free(k->ends);
	*k = (struct kept){0};
}

void
dialect_init(struct dialect *v, struct diag *d, struct arena *a, const struct project *p, const struct lang *l,
	const struct target *t)
{
	const struct node *given = t ? t->options : NULL;
	struct str *names = arena_array(a, l->noptions, sizeof(*names)),
		   name = p->package.name ? node_str(p->package.name) : str("constants");
	struct node *package;
	uint32_t i, k;

	*v = (struct dialect){.diag = d, .arena = a, .lang = l, .id = t ? node_str(t->id) : l->id, .package = name};
	v->options = arena_array(a, l->noptions, sizeof(*v->options));
	for (i = 0; i < l->noptions; i++) {
		names[i] = l->options[i].name;
		v->options[i] = l->options[i].value;
		if (!streqs(node_str(l->options[i].value), "{package}"))
			continue;
		package = arena_alloc(a, sizeof(*package));
		*package = (struct node){
			.p = name.s, .n = name.n & NODE_MAX, .kind = NODE_SCALAR, .at = l->options[i].value->at};
		v->options[i] = package;
	}
	for (k = 0; given && k < given->n; k++) {
		for (i = 0; i < l->noptions && !streq(names[i], node_key(given, k)); i++)
			;
		if (i == l->noptions)
			decode_unknown(d, node_keyspan(given, k), "option", node_key(given, k), names, l->noptions);
		else if (node_item(given, k)->kind != NODE_SCALAR)
			diag_error(d, node_span(node_item(given, k)), "expected a scalar");
		else
			v->options[i] = node_item(given, k);
	}
}

/* Text as words: small letters and digits, joined by single underscores; what else stands between them joins them. */
static struct str
wordsof(struct arena *a, struct str s)
{
	char *w = arena_bytes(a, s.n + 1), ch;
	size_t i, n = 0;

	for (i = 0; i < s.n; i++) {
		ch = s.s[i];
		if (ch >= 'A' && ch <= 'Z')
			ch = (char)(ch - 'A' + 'a');
		if ((ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9'))
			w[n++] = ch;
		else if (n > 0 && w[n - 1] != '_')
			w[n++] = '_';
	}
	return (struct str){w, n > 0 && w[n - 1] == '_' ? n - 1 : n};
}

/* What a placeholder of identifier.words stands for, as words. The package is also a legal default of an option.
 * Returns false if the language has no such placeholder. */
static bool
placeholder(const struct naming *c, struct str name, struct str *words)
{
	const struct dialect *v = c->dialect;
	uint32_t i;

	if (streqs(name, "package")) {
		*words = wordsof(v->arena, v->package);
		return true;
	}
	if (streqs(name, "registry") && c->registry) {
		*words = node_str(c->registry->id);
		return true;
	}
	for (i = 0; i < v->lang->noptions; i++) {
		if (!streq(v->lang->options[i].name, name))
			continue;
		*words = wordsof(v->arena, node_str(v->options[i]));
		return true;
	}
	return false;
}

static void
addpattern(const struct naming *c, const struct identifier *id, struct pattern *p, struct buf *before,
	struct buf *after, struct str words)
{
	if (!p->thing) {
		word_add(before, words, id->wordcase, &c->dialect->lang->initialisms,
			before->n > 0 ? WORDS_BEFORE : WORDS_NONE);
		return;
	}
	if (after->n > 0 && words.n > 0)
		buf_addch(after, '_');
	buf_addstr(after, words);
}

/* Take the pattern of an identifier apart: the package and the registry are the thing itself in their groups, and then
 * come before. */
static void
makepattern(const struct naming *c, enum group g, const struct identifier *id, struct pattern *p)
{
	const struct dialect *v = c->dialect;
	struct buf before = {0}, after = {0};
	struct str group, rest, token, words;
	size_t n;

	group = group_names(&n)[g];
	rest = id->words ? node_str(id->words) : str(arena_printf(v->arena, "{%.*s}", (int)group.n, group.s));
	while (rest.n > 0) {
		for (n = 0; n < rest.n && rest.s[n] != ' '; n++)
			;
		token = (struct str){rest.s, n};
		rest.s += n + (n < rest.n);
		rest.n -= n + (n < rest.n);
		if (n == 0)
			continue;
		if (token.s[0] != '{' || token.s[n - 1] != '}') {
			if (!word_valid(token))
				diag_error(v->diag, node_span(id->words), "'%.*s' is neither a word nor a placeholder",
					(int)token.n, token.s);
			addpattern(c, id, p, &before, &after, token);
			continue;
		}
		token = (struct str){token.s + 1, n - 2};
		if (streq(token, group) && g > GROUP_REGISTRY)
			p->thing = true;
		else if (g == GROUP_CHOICE && streqs(token, "field") && strstarts(rest, "{choice}"))
			p->field = true;
		else if (placeholder(c, token, &words))
			addpattern(c, id, p, &before, &after, words);
		else
			diag_error(v->diag, id->words ? node_span(id->words) : id->span, "unknown placeholder '{%.*s}'",
				(int)token.n, token.s);
	}
	if (before.n > 0 && p->thing)
		word_join(&before, id->wordcase);
	p->before = (struct str){arena_copy(v->arena, before.s, before.n), before.n};
	p->after = (struct str){arena_copy(v->arena, after.s, after.n), after.n};
	buf_free(&before);
	buf_free(&after);
}

/* An identifier with the affix that it needs: a digit cannot come first, nor can it be a reserved word. An identifier
 * without scope is not one of the language's. */
static struct str
affixed(const struct lang *l, const struct identifier *id, struct str s, struct arena *a)
{
	bool digit = l->digitprefix.n > 0 && s.n > 0 && s.s[0] >= '0' && s.s[0] <= '9';

	if (id->scope == SCOPE_NONE || s.n == 0 || (!digit && !lang_isreserved(l, id, s)))
		return s;
	if (!digit)
		return arena_join(a, (struct str[]){l->reservedprefix, s, l->reservedsuffix}, 3);
	s = arena_join(a, (struct str[]){l->digitprefix, s}, 2);
	return lang_isreserved(l, id, s) ? affixed(l, id, s, a) : s;
}

/* The values that fields may have. */
static void
findchoices(struct naming *c)
{
	const struct registry *r = c->registry;
	const struct fielddef *f;
	uint32_t i, n = 0;

	for (f = r->fields; f < r->fields + r->nfields; f++)
		n += f->choices ? f->choices->n : 0;
	c->choices = arena_array(c->dialect->arena, n, sizeof(*c->choices));
	for (f = r->fields; f < r->fields + r->nfields; f++)
		for (i = 0; f->choices && i < f->choices->n; i++)
			c->choices[c->nchoices++] = (struct choice){f, node_item(f->choices, i)};
}

void
naming_init(struct naming *c, const struct dialect *d, const struct registry *r)
{
	const struct lang *l = d->lang;
	uint32_t i;
	int g;

	*c = (struct naming){.dialect = d, .registry = r};
	for (g = 0; g < GROUPS; g++) {
		/* what belongs to a registry has no patterns in the package */
		if (!r && g != GROUP_PACKAGE && g != GROUP_STATUS)
			continue;
		c->patterns[g] = arena_array(d->arena, l->nidentifiers[g], sizeof(struct pattern));
		for (i = 0; i < l->nidentifiers[g]; i++)
			makepattern(c, (enum group)g, &l->identifiers[g][i], &c->patterns[g][i]);
		/* the package and the registry are all before */
		for (i = 0; g <= GROUP_REGISTRY && i < l->nidentifiers[g]; i++)
			c->patterns[g][i].before =
				affixed(l, &l->identifiers[g][i], c->patterns[g][i].before, d->arena);
	}
	if (r && l->nidentifiers[GROUP_CHOICE] > 0)
		findchoices(c);
}

struct str
naming_identifier(
	const struct naming *s, enum group g, size_t i, struct str words, const struct node *override, struct arena *a)
{
	const struct lang *l = s->dialect->lang;
	const struct identifier *id = &l->identifiers[g][i];
	const struct pattern *p = &s->patterns[g][i];
	size_t cap = p->before.n + 2 * words.n + (override ? override->n : 0) + 2 * p->after.n + 4;
	struct buf b = {.s = arena_bytes(a, cap), .cap = cap};

	if (p->before.n > 0)
		buf_addstr(&b, p->before);
	if (p->thing && override)
		buf_addstr(&b, node_str(override));
	else if (p->thing)
		word_add(&b, words, id->wordcase, &l->initialisms, b.n > 0 ? WORDS_JOINED : WORDS_NONE);
	if (p->after.n > 0)
		word_add(&b, p->after, id->wordcase, &l->initialisms, WORDS_BEFORE);
	return affixed(l, id, buf_str(&b), a);
}

/* The words of a text that has none: its code points, or the first of them. */
static struct str
spelled(struct str text, struct arena *a)
{
	struct buf b = {.s = arena_bytes(a, WORD_LONGEST), .cap = WORD_LONGEST};
	uint32_t code;
	size_t n;

	while ((n = utf8_decode(text.s, text.n, &code)) > 0 && b.n + sizeof("_u10ffff") <= b.cap) {
		buf_printf(&b, "%su%04x", b.n > 0 ? "_" : "", (unsigned)code);
		text = (struct str){text.s + n, text.n - n};
		if (text.n == 0)
			break;
	}
	return buf_str(&b);
}

/* The words of a choice: those that the field gives it, else those in its text, else its code points; behind those of
 * its field, if the identifier has them. */
static struct str
choicewords(const struct choice *x, bool withfield, struct arena *a)
{
	const struct node *names = x->field->names;
	struct str text = node_str(x->value), words = {NULL, 0};
	uint32_t i;

	for (i = 0; names && i < names->n && words.n == 0; i++)
		if (streq(node_key(names, i), text))
			words = node_str(node_item(names, i));
	if (words.n == 0)
		words = word_from(a, text);
	if (words.n == 0)
		words = spelled(text, a);
	return withfield ? arena_join(a, (struct str[]){node_str(x->field->id), LITERAL("_"), words}, 3) : words;
}

struct str
naming_choice(const struct naming *c, const struct choice *x, size_t i, struct arena *a)
{
	bool withfield = c->patterns[GROUP_CHOICE][i].field;

	return naming_identifier(c, GROUP_CHOICE, i, choicewords(x, withfield, a), NULL, a);
}

/* The entry's override for the language, or NULL. */
static const struct node *
override(const struct naming *s, const struct entry *e)
{
	struct str id = s->dialect->lang->id;
	uint32_t i;

	for (i = 0; e->names && i < e->names->n; i++)
		if (streq(node_key(e->names, i), id))
			return node_item(e->names, i);
	return NULL;
}

static struct str
keptidentifier(const struct kept *kept, size_t entry)
{
	uint32_t start = entry > 0 ? kept->ends[entry - 1] : 0;

	return (struct str){kept->s + start, kept->ends[entry] - start};
}

struct str
naming_entry(const struct naming *s, const struct entry *e, size_t i, struct arena *a)
{
	if (!e->name || !e->value || e->again)
		return (struct str){NULL, 0};
	if (s->kept && s->kept[i].ends)
		return keptidentifier(&s->kept[i], (size_t)(e - s->registry->entries));
	return naming_identifier(s, GROUP_ENTRY, i, node_str(e->name), override(s, e), a);
}

/* Derive an identifier of all entries, unless it takes more bytes than there is room for. */
static void
keep(struct naming *c, size_t i, size_t *room)
{
	const struct registry *r = c->registry;
	size_t size = r->nentries * sizeof(uint32_t);
	struct kept kept = {0};
	struct arena scratch = {0};
	struct buf b = {0};
	struct mark m = arena_mark(&scratch);
	uint32_t k;

	if (size == 0 || size > *room)
		return;
	kept.ends = xmalloc(r->nentries, sizeof(*kept.ends));
	for (k = 0; k < r->nentries && b.n <= *room - size; k++) {
		buf_addstr(&b, naming_entry(c, &r->entries[k], i, &scratch));
		kept.ends[k] = (uint32_t)b.n;
		arena_release(&scratch, m);
	}
	kept.s = b.s;
	c->kept[i] = kept;
	if (b.n <= *room - size)
		*room -= size + b.n;
	else
		discard(&c->kept[i]);
	arena_free(&scratch);
}

void
naming_keep(struct naming *c, size_t *room)
{
	const struct lang *l = c->dialect->lang;
	uint32_t i;

	c->kept = arena_array(c->dialect->arena, l->nidentifiers[GROUP_ENTRY], sizeof(*c->kept));
	for (i = 0; i < l->nidentifiers[GROUP_ENTRY]; i++)
		if (l->identifiers[GROUP_ENTRY][i].scope != SCOPE_NONE)
			keep(c, i, room);
}

void
naming_free(struct naming *c)
{
	uint32_t i;

	for (i = 0; c->kept && i < c->dialect->lang->nidentifiers[GROUP_ENTRY]; i++)
		discard(&c->kept[i]);
}

struct str
naming_alias(const struct naming *s, const struct alias *al, size_t i, struct arena *a)
{
	struct str own = al->entry->value ? naming_identifier(s, GROUP_ENTRY, i, node_str(al->name), NULL, a)
					  : (struct str){NULL, 0};
	struct str entry = naming_entry(s, al->entry, i, a);

	return entry.n > 0 && streq(own, entry) ? (struct str){NULL, 0} : own;
}

struct str
naming_lookup(const struct naming *c, const struct entry *e, const struct alias *al, struct arena *a)
{
	const struct lang *l = c->dialect->lang;
	struct str id = al ? naming_alias(c, al, l->lookup, a) : naming_entry(c, e, l->lookup, a);
	size_t before = c->patterns[GROUP_ENTRY][l->lookup].before.n;

	return id.n > before ? (struct str){id.s + before, id.n - before} : (struct str){NULL, 0};
}

/* A thing that has an identifier: which one follows from it again. */
struct taken {
	const void *thing;
	uint32_t hash;
	uint16_t naming; /* index in the list */
	uint8_t index;
	uint8_t group : 4, alias : 1;
};

/* The identifiers of a scope, in a hash table. */
struct taking {
	const struct naming *const *namings;
	struct arena scratch;
	struct taken *slots;
	size_t n, nslots;
};

static struct str
takenidentifier(const struct naming *c, const struct taken *t, struct arena *a)
{
	switch (t->group) {
	case GROUP_REGISTRY:
		return naming_own(c, t->index);
	case GROUP_RANGE:
		return naming_identifier(
			c, GROUP_RANGE, t->index, node_str(((const struct range *)t->thing)->id), NULL, a);
	case GROUP_FIELD:
	case GROUP_LIST:
	case GROUP_ENUM:
		return naming_identifier(
			c, t->group, t->index, node_str(((const struct fielddef *)t->thing)->id), NULL, a);
	case GROUP_CHOICE:
		return naming_choice(c, t->thing, t->index, a);
	default:
		return t->alias ? naming_alias(c, t->thing, t->index, a) : naming_entry(c, t->thing, t->index, a);
	}
}

/* Where the identifier of a thing comes from. */
static struct span
takenspan(const struct naming *c, const struct taken *t)
{
	const struct entry *e = t->thing;
	const struct node *n;

	if (t->group == GROUP_REGISTRY)
		return node_span(((const struct registry *)t->thing)->id);
	if (t->group == GROUP_RANGE)
		return node_span(((const struct range *)t->thing)->id);
	if (t->group == GROUP_CHOICE)
		return node_span(((const struct choice *)t->thing)->value);
	if (t->group == GROUP_FIELD || t->group == GROUP_LIST || t->group == GROUP_ENUM)
		return node_span(((const struct fielddef *)t->thing)->id);
	if (t->alias)
		return node_span(((const struct alias *)t->thing)->name);
	n = override(c, e);
	return node_span(n ? n : e->name);
}

/* Make room for n more. */
static void
reserve(struct taking *t, size_t n)
{
	struct taken *old = t->slots;
	size_t i, j, nold = t->nslots;

	if ((t->n + n) * 5 < t->nslots * 4)
		return;
	for (t->nslots = nold ? nold : 64; (t->n + n) * 5 >= t->nslots * 4; t->nslots *= 2)
		;
	t->slots = xcalloc(t->nslots, sizeof(*t->slots));
	for (i = 0; i < nold; i++) {
		if (!old[i].thing)
			continue;
		for (j = old[i].hash & (t->nslots - 1); t->slots[j].thing; j = (j + 1) & (t->nslots - 1))
			;
		t->slots[j] = old[i];
	}
	free(old);
}

/* Take its identifier for a thing; report it if another thing has it. */
static void
take(struct taking *t, struct taken new)
{
	const struct naming *c = t->namings[new.naming], *d;
	struct mark m = arena_mark(&t->scratch);
	struct str s = takenidentifier(c, &new, &t->scratch), id = c->dialect->id;
	const struct taken *other;
	size_t i;

	if (s.n == 0)
		return;
	reserve(t, 1);
	new.hash = strhash(s);
	for (i = new.hash &(t->nslots - 1); t->slots[i].thing; i = (i + 1) & (t->nslots - 1)) {
		other = &t->slots[i];
		d = t->namings[other->naming];
		if (other->hash != new.hash || !streq(takenidentifier(d, other, &t->scratch), s))
			continue;
		if (other->thing != new.thing) {
			diag_error(c->dialect->diag, takenspan(c, &new),
				"the identifier '%.*s' is taken in target '%.*s'", (int)s.n, s.s, (int)id.n, id.s);
			diag_note(c->dialect->diag, takenspan(d, other), "by this");
		}
		break;
	}
	if (!t->slots[i].thing) {
		t->slots[i] = new;
		t->n++;
	}
	arena_release(&t->scratch, m);
}

static void
takeentries(struct taking *t, uint16_t naming, uint8_t i)
{
	const struct registry *r = t->namings[naming]->registry;
	struct taken new = {.naming = naming, .group = GROUP_ENTRY, .index = i};
	const struct entry *e;
	uint32_t k, j;

	reserve(t, r->nentries);
	for (k = 0; k < r->nentries; k++) {
		e = &r->entries[k];
		new.thing = e;
		new.alias = 0;
		if (e->name && !e->again)
			take(t, new);
		for (j = 0; j < e->aliases.n; j++) {
			new.thing = &e->aliases.list[j];
			new.alias = 1;
			take(t, new);
		}
	}
}

static void
takeranges(struct taking *t, uint16_t naming, uint8_t i)
{
	const struct registry *r = t->namings[naming]->registry;
	struct taken new = {.naming = naming, .group = GROUP_RANGE, .index = i};
	uint32_t k;

	for (k = 0; k < r->nranges; k++) {
		new.thing = &r->ranges[k];
		if (r->ranges[k].id)
			take(t, new);
	}
}

/* Those of the fields, or of them that are lists, or of which the values are named. */
static void
takefields(struct taking *t, uint16_t naming, enum group g, uint8_t i)
{
	const struct registry *r = t->namings[naming]->registry;
	struct taken new = {.naming = naming, .group = (uint8_t)(g & 15), .index = i};
	uint32_t k;

	for (k = 0; k < r->nfields; k++) {
		new.thing = &r->fields[k];
		if (g == GROUP_FIELD || (g == GROUP_LIST && r->fields[k].list) ||
			(g == GROUP_ENUM && r->fields[k].form == FORM_ENUM))
			take(t, new);
	}
}

/* Those of the choices of a field, or of all if it is NULL. */
static void
takechoices(struct taking *t, uint16_t naming, const struct fielddef *f, uint8_t i)
{
	const struct naming *c = t->namings[naming];
	struct taken new = {.naming = naming, .group = GROUP_CHOICE, .index = i};
	uint32_t k;

	for (k = 0; k < c->nchoices; k++) {
		new.thing = &c->choices[k];
		if (!f || c->choices[k].field == f)
			take(t, new);
	}
}

/* Take all identifiers of a registry that have this scope. */
static void
takescope(struct taking *t, uint16_t naming, enum scope scope)
{
	const struct lang *l = t->namings[naming]->dialect->lang;
	struct taken registry = {.thing = t->namings[naming]->registry, .naming = naming, .group = GROUP_REGISTRY};
	uint8_t i;
	int g;

	for (g = GROUP_REGISTRY; g <= GROUP_ENTRY; g++) {
		for (i = 0; i < l->nidentifiers[g]; i++) {
			if (l->identifiers[g][i].scope != scope)
				continue;
			registry.index = i;
			if (g == GROUP_REGISTRY)
				take(t, registry);
			else if (g == GROUP_RANGE)
				takeranges(t, naming, i);
			else if (g == GROUP_FIELD || g == GROUP_LIST || g == GROUP_ENUM)
				takefields(t, naming, (enum group)g, i);
			else if (g == GROUP_CHOICE)
				takechoices(t, naming, NULL, i);
			else
				takeentries(t, naming, i);
		}
	}
}

static void
cleartaking(struct taking *t)
{
	arena_free(&t->scratch);
	free(t->slots);
	*t = (struct taking){.namings = t->namings};
}

/* Take all identifiers of a registry that have a field for their scope, for each of the fields alone. */
static void
takefieldscopes(struct taking *t, uint16_t naming)
{
	const struct naming *c = t->namings[naming];
	const struct lang *l = c->dialect->lang;
	uint32_t k;
	uint8_t i;

	for (k = 0; c->nchoices > 0 && k < c->registry->nfields; k++) {
		for (i = 0; i < l->nidentifiers[GROUP_CHOICE]; i++)
			if (l->identifiers[GROUP_CHOICE][i].scope == SCOPE_FIELD)
				takechoices(t, naming, &c->registry->fields[k], i);
		cleartaking(t);
	}
}

void
naming_check(const struct naming *const *namings, size_t n)
{
	struct taking t = {.namings = namings};
	size_t i;

	if (n > UINT16_MAX)
		die("a target cannot have more than %d registries", UINT16_MAX);
	for (i = 0; i < n; i++) {
		takescope(&t, (uint16_t)i, SCOPE_REGISTRY);
		cleartaking(&t);
		takefieldscopes(&t, (uint16_t)i);
	}
	for (i = 0; i < n; i++)
		takescope(&t, (uint16_t)i, SCOPE_PACKAGE);
	cleartaking(&t);
}

struct str
naming_own(const struct naming *c, size_t i)
{
	return c->patterns[c->registry ? GROUP_REGISTRY : GROUP_PACKAGE][i].before;
}
