/* What a registry is like is tried: registry.yaml's words for it are made, its records are read with them, and what is
 * refused or stands twice tells what to try next. */
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "adopt.h"
#include "decode.h"
#include "diag.h"
#include "number.h"
#include "extent.h"
#include "iana.h"
#include "mapping.h"
#include "ranger.h"
#include "fact.h"
#include "field.h"
#include "project.h"
#include "registry.h"
#include "tree.h"
#include "word.h"

/* A column with more words than WORDS is no enumeration. One that has several in common with others makes no key of
 * more than KEYS columns. Of records that stand twice, more than one of TWICE are no oversight. */
enum { WORDS = 16, WORDLENGTH = 32, KEYS = 6, TWICE = 20, ATTRIBUTES = 6, KEYSOFMAP = 12 };

static const struct str nothing = {"", 0};

/* What all cells of a column are like that have text. */
struct cells {
	struct str name;
	uint32_t filled;
	bool truths, dates, words, unsigneds, signeds; /* all are */
	bool truth;                                    /* one is */
	uint64_t most;                                 /* of numbers, if none is negative, as u64 */
	uint64_t least, greatest;                      /* of numbers as i64 */
	struct str list[WORDS];                        /* different words */
	size_t nwords;
};

struct field {
	const struct cells *column;
	struct str id;
	unsigned char type, form; /* of field.h */
};

/* A registry as it is thought to be. */
struct draft {
	enum type type;
	bool duplicates;
	struct str valid;
	bool named;                    /* the name is in the key */
	const struct field *key[KEYS]; /* what else is, beside the value */
	size_t nkey;
	const struct field *fields; /* all */
	size_t nfields;
	const struct node *columns; /* of the source, or NULL */
};

struct adopting {
	struct diag *diag;
	struct arena *arena;
	struct tree *tree;
	const struct assignments *as;
	const struct adoption *adoption;
	struct str id;
	struct cells *columns;
	size_t ncolumns;
};

/* nodes */

/* A map that grows. */
struct map {
	struct shape *shape;
	struct node *nodes;
	uint32_t *keyat, n;
};

static struct node
scalar(struct str s)
{
	return (struct node){.p = s.s, .n = (uint32_t)s.n & NODE_MAX, .kind = NODE_SCALAR, .plain = 1};
}

static struct node
list(const struct node *items, size_t n)
{
	return (struct node){.p = items, .n = (uint32_t)n & NODE_MAX, .kind = NODE_LIST};
}

/* A map with room for n keys. */
static struct map
newmap(const struct adopting *a, size_t n)
{
	return (struct map){&a->tree->root, arena_array(a->arena, n, sizeof(struct node)),
		arena_array(a->arena, n, sizeof(uint32_t)), 0};
}

static void
put(const struct adopting *a, struct map *m, struct str key, struct node value)
{
	m->shape = tree_extend(a->tree, m->shape, key);
	m->nodes[m->n++] = value;
}

static struct node
mapnode(const struct adopting *a, const struct map *m)
{
	return tree_map(a->tree, m->shape, m->nodes, m->keyat, 0);
}

static struct node
fieldnode(const struct adopting *a, const struct field *f)
{
	struct map m = newmap(a, 3);
	struct node *words;
	const struct str *names;
	size_t i, n;

	names = field_types(&n);
	put(a, &m, LITERAL("id"), scalar(f->id));
	put(a, &m, LITERAL("type"), scalar(names[f->form == FORM_ANY ? f->type : f->form - FORM_DATE + FIELD_DATE]));
	if (f->form == FORM_ENUM) {
		words = arena_array(a->arena, f->column->nwords, sizeof(*words));
		for (i = 0; i < f->column->nwords; i++)
			words[i] = scalar(f->column->list[i]);
		put(a, &m, LITERAL("values"), list(words, f->column->nwords));
	}
	return mapnode(a, &m);
}

static struct node
sourcenode(const struct adopting *a, const struct draft *d)
{
	struct map m = newmap(a, 3);

	put(a, &m, LITERAL("iana"), scalar(a->adoption->iana));
	if (date_valid(a->as->updated))
		put(a, &m, LITERAL("updated"), scalar(a->as->updated));
	if (d->columns)
		put(a, &m, LITERAL("columns"), *d->columns);
	return mapnode(a, &m);
}

static struct node
keynode(const struct adopting *a, const struct draft *d)
{
	struct node *items = arena_array(a->arena, d->nkey + 2, sizeof(*items));
	size_t i, n = 0;

	if (d->named)
		items[n++] = scalar(LITERAL("name"));
	items[n++] = scalar(LITERAL("value"));
	for (i = 0; i < d->nkey; i++)
		items[n++] = scalar(d->key[i]->id);
	return list(items, n);
}

/* The registry as registry.yaml has it. */
static struct node
draftnode(const struct adopting *a, const struct draft *d)
{
	struct map m = newmap(a, KEYSOFMAP);
	struct node *fields = arena_array(a->arena, d->nfields, sizeof(*fields));
	const struct str *types;
	size_t i, n;

	types = type_names(&n);
	put(a, &m, LITERAL("id"), scalar(a->id));
	if (a->as->title.n > 0)
		put(a, &m, LITERAL("title"), scalar(a->as->title));
	put(a, &m, LITERAL("type"), scalar(types[d->type]));
	if (d->named || d->nkey > 0)
		put(a, &m, LITERAL("key"), keynode(a, d));
	if (d->duplicates)
		put(a, &m, LITERAL("duplicates"), scalar(LITERAL("allow")));
	if (d->valid.n > 0)
		put(a, &m, LITERAL("valid"), scalar(d->valid));
	put(a, &m, LITERAL("source"), sourcenode(a, d));
	for (i = 0; i < d->nfields; i++)
		fields[i] = fieldnode(a, &d->fields[i]);
	if (d->nfields > 0)
		put(a, &m, LITERAL("fields"), list(fields, d->nfields));
	put(a, &m, LITERAL("entries"), list(NULL, 0));
	return mapnode(a, &m);
}

/* trials */

/* A diag that counts what is wrong and says nothing. */
static struct diag
silence(const struct diag *d)
{
	struct diag silent = *d;

	silent.nerrors = silent.nwarnings = UINT16_MAX;
	return silent;
}

/* The draft as a registry. */
static const struct registry *
understand(const struct adopting *a, struct diag *d, const struct draft *draft)
{
	struct project *p = arena_alloc(a->arena, sizeof(*p));
	struct node *registry = arena_alloc(a->arena, sizeof(*registry)), *root = arena_alloc(a->arena, sizeof(*root));
	const struct node *documents[1] = {root};
	struct map m = newmap(a, 2);
	unsigned before = d->nerrors;

	*registry = draftnode(a, draft);
	put(a, &m, LITERAL("format"), scalar(LITERAL("1")));
	put(a, &m, LITERAL("registries"), list(registry, 1));
	*root = mapnode(a, &m);
	project_read(d, a->arena, documents, 1, p);
	return d->nerrors == before && p->nregistries == 1 ? &p->registries[0] : NULL;
}

/* Read the records with a draft; with a diag of its own if it is to be silent. */
static bool
reads(const struct adopting *a, struct diag *d, const struct draft *draft, struct facts *facts)
{
	const struct registry *r = understand(a, d, draft);

	return r && fact_read(d, a->arena, r, a->as, facts);
}

static bool
tries(const struct adopting *a, const struct draft *draft, struct facts *facts)
{
	struct diag silent = silence(a->diag);

	return reads(a, &silent, draft, facts);
}

/* The columns that a draft takes. */
static bool
findcolumns(const struct adopting *a, const struct draft *draft, struct mapping *c)
{
	struct diag silent = silence(a->diag);
	const struct registry *r = understand(a, &silent, draft);

	return r && mapping_make(&silent, a->arena, r, a->as, c);
}

static int
orderkeys(const void *a, const void *b)
{
	return strorder(*(const struct str *)a, *(const struct str *)b);
}

/* How many facts have the key of another. */
static size_t
twice(const struct adopting *a, const struct draft *d, const struct facts *facts)
{
	struct mark mark = arena_mark(a->arena);
	struct str *keys = arena_array(a->arena, facts->n, sizeof(*keys)), parts[2 * KEYS + 4];
	size_t i, k, n, count = 0;
	uint32_t j;

	for (i = 0; i < facts->n; i++) {
		const struct fact *f = &facts->list[i];

		n = 0;
		if (d->type != TYPE_STRING && f->value.n > 0)
			parts[n++] = (struct str){(const char *)&f->number, sizeof(f->number)};
		else
			parts[n++] = f->value;
		parts[n++] = LITERAL("\n");
		parts[n++] = d->named ? f->name : nothing;
		parts[n++] = LITERAL("\n");
		for (k = 0; k < d->nkey; k++) {
			for (j = 0; j < f->nfields && !streq(f->fields[j].id, d->key[k]->id); j++)
				;
			parts[n++] = j < f->nfields ? f->fields[j].value : nothing;
			parts[n++] = LITERAL("\n");
		}
		keys[i] = arena_join(a->arena, parts, n);
	}
	if (facts->n > 0)
		qsort(keys, facts->n, sizeof(*keys), orderkeys);
	for (i = 1; i < facts->n; i++)
		count += streq(keys[i - 1], keys[i]);
	arena_release(a->arena, mark);
	return count;
}

/* columns */

static bool
alikeany(struct str s, const char *const *words, size_t n)
{
	size_t i;

	for (i = 0; i < n && !stralike(s, str(words[i])); i++)
		;
	return i < n;
}

/* Whether a number is written with a nought before, which says that it is none. */
static bool
padded(struct str s)
{
	return s.n > 1 && s.s[0] == '0' && s.s[1] >= '0' && s.s[1] <= '9';
}

static void
addnumber(struct cells *c, struct str s)
{
	uint64_t v;
	bool fits;

	if (c->signeds) {
		c->signeds = number_read(TYPE_I64, s, &v, &fits) == s.n && fits && !padded(s);
		if (c->signeds && v < c->least)
			c->least = v;
		if (c->signeds && v > c->greatest)
			c->greatest = v;
	}
	if (c->unsigneds) {
		c->unsigneds = number_read(TYPE_U64, s, &v, &fits) == s.n && fits && !padded(s);
		if (c->unsigneds && v > c->most)
			c->most = v;
	}
}

/* A word of an enumeration: no citation, not long. */
static void
addword(struct cells *c, const struct cell *cell)
{
	size_t i;

	if (!c->words)
		return;
	for (i = 0; i < c->nwords && !stralike(c->list[i], cell->text); i++)
		;
	c->words = cell->ncitations == 0 && cell->text.n <= WORDLENGTH && !memchr(cell->text.s, ' ', cell->text.n) &&
		(i < c->nwords || c->nwords < WORDS);
	if (c->words && i == c->nwords)
		c->list[c->nwords++] = cell->text;
}

static void
addcell(struct cells *c, const struct cell *cell)
{
	static const char *const truths[] = {"yes", "y", "true", "no", "n", "false"};
	bool truth;

	if (cell->text.n == 0)
		return;
	c->filled++;
	truth = alikeany(cell->text, truths, LEN(truths));
	c->truths = c->truths && truth;
	c->truth = c->truth || truth;
	c->dates = c->dates && date_valid(cell->text);
	addnumber(c, cell->text);
	addword(c, cell);
}

/* Look at all cells of all columns, in the order in which records have them. */
static void
findall(struct adopting *a)
{
	enum { MOST = 256 };
	size_t next = 0, i, k;
	uint32_t n;

	a->columns = arena_array(a->arena, MOST, sizeof(*a->columns));
	for (n = 0; n < a->as->nrecords; n++) {
		const struct record *r = &a->as->records[n];

		for (i = 0; i < r->ncells; i++) {
			struct str name = r->cells[i].column;

			for (k = 0; k < a->ncolumns && !streq(a->columns[(next + k) % a->ncolumns].name, name); k++)
				;
			if (k == a->ncolumns && k == MOST)
				continue;
			next = k < a->ncolumns ? (next + k) % a->ncolumns : a->ncolumns++;
			if (a->columns[next].name.n == 0)
				a->columns[next] = (struct cells){.name = name,
					.truths = true,
					.dates = true,
					.words = true,
					.unsigneds = true,
					.signeds = true,
					.least = UINT64_MAX};
			addcell(&a->columns[next++], &r->cells[i]);
		}
	}
}

/* ids */

static bool
among(struct str s, const struct str *words, size_t n)
{
	size_t i;

	for (i = 0; i < n && !stralike(s, words[i]); i++)
		;
	return i < n;
}

/* Words for an id that are not taken: the words, else with others before them, else with a number. */
static struct str
freeid(const struct adopting *a, struct str words, struct str before, const struct str *taken, size_t n)
{
	struct str id = words;
	unsigned i;

	if (id.n == 0 || (id.s[0] >= '0' && id.s[0] <= '9') || among(id, taken, n))
		id = arena_join(a->arena, (struct str[]){before, words.n > 0 ? LITERAL("_") : nothing, words}, 3);
	for (i = 2, words = id; among(id, taken, n); i++)
		id = str(arena_printf(a->arena, "%.*s_%u", (int)words.n, words.s, i));
	return id;
}

static void
nameregistry(struct adopting *a)
{
	struct str group = word_from(a->arena, a->as->group);

	if (group.n == 0 || (group.s[0] >= '0' && group.s[0] <= '9') || streq(a->as->group, a->as->id))
		group = LITERAL("iana");
	a->id = freeid(a, word_from(a->arena, a->as->id), group, a->adoption->ids, a->adoption->nids);
}

/* fields */

/* What entries have anyway. */
static const struct str entrykeys[] = {{"aliases", 7}, {"deprecated", 10}, {"description", 11}, {"expires", 7},
	{"former_references", 17}, {"name", 4}, {"names", 5}, {"references", 10}, {"replaced_by", 11}, {"status", 6},
	{"text", 4}, {"value", 5}};

/* Make a field of a column; taken has the ids that are taken, and room for one more. */
static struct field
makefield(const struct adopting *a, const struct cells *c, struct str *taken, size_t *ntaken)
{
	struct field f = {.column = c, .form = FORM_ANY};
	enum type type = TYPE_STRING;

	f.id = freeid(a, word_from(a->arena, c->name), LITERAL("iana"), taken, *ntaken);
	taken[(*ntaken)++] = f.id;
	if (c->truths)
		type = TYPE_BOOL;
	else if (c->dates)
		f.form = FORM_DATE;
	else if (c->unsigneds || c->signeds)
		type = type_narrowest(!c->unsigneds, c->least, c->unsigneds ? c->most : c->greatest);
	else if (c->words && c->nwords > 1 && (c->truth || c->filled >= 4 * c->nwords))
		f.form = FORM_ENUM;
	f.type = (unsigned char)type;
	return f;
}

/* All columns but those that are in use as something else. */
static void
makefields(const struct adopting *a, struct draft *d, const struct mapping *used)
{
	struct str taken[LEN(entrykeys)], *all,
		in[ATTRIBUTES] = {used->value, used->name, used->text, used->status, used->references, used->expires};
	struct field *fields = arena_array(a->arena, a->ncolumns, sizeof(*fields));
	size_t i, k, n = LEN(entrykeys);

	memcpy(taken, entrykeys, sizeof(taken));
	all = arena_array(a->arena, n + a->adoption->nfields + a->ncolumns, sizeof(*all));
	memcpy(all, taken, sizeof(taken));
	for (i = 0; i < a->adoption->nfields; i++)
		all[n++] = a->adoption->fields[i];
	d->nfields = 0;
	for (i = 0; i < a->ncolumns; i++) {
		for (k = 0; k < LEN(in) && !(in[k].n > 0 && streq(in[k], a->columns[i].name)); k++)
			;
		if (k == LEN(in) && a->columns[i].filled > 0)
			fields[d->nfields++] = makefield(a, &a->columns[i], all, &n);
	}
	d->fields = fields;
}

static struct cells *
cellsof(const struct adopting *a, struct str name)
{
	size_t i;

	for (i = 0; i < a->ncolumns; i++)
		if (streq(a->columns[i].name, name))
			return &a->columns[i];
	return NULL;
}

/* Find the columns and make fields of all others. What has the same few words again and again is a field, not a text.
 */
static bool
settle(const struct adopting *a, struct draft *d, struct mapping *used)
{
	struct str taken[LEN(entrykeys) + 1];
	struct field *fields = arena_array(a->arena, a->ncolumns, sizeof(*fields));
	const struct cells *text;
	size_t n;

	for (n = 0; n < d->nkey; n++)
		fields[n] = *d->key[n];
	d->fields = fields;
	d->nfields = n;
	while (findcolumns(a, d, used)) {
		text = cellsof(a, used->text);
		if (!text || !text->words || text->filled < (size_t)2 * WORDS * text->nwords ||
			d->nfields == a->ncolumns) {
			makefields(a, d, used);
			return true;
		}
		memcpy(taken, entrykeys, sizeof(entrykeys));
		n = LEN(entrykeys);
		fields[d->nfields++] = makefield(a, text, taken, &n);
	}
	return false;
}

static const char *const attributes[ATTRIBUTES] = {"value", "name", "text", "status", "references", "expires"};

/* Say in the draft which columns are meant where that is not what would be found without. */
static void
tellcolumns(const struct adopting *a, struct draft *d, const struct mapping *want)
{
	struct str in[ATTRIBUTES] = {
		want->value, want->name, want->text, want->status, want->references, want->expires};
	bool *told = arena_array(a->arena, ATTRIBUTES + d->nfields, sizeof(*told)), more = true;
	struct node *columns;
	struct mapping c;
	struct map m;
	size_t i;

	while (more && findcolumns(a, d, &c)) {
		struct str got[ATTRIBUTES] = {c.value, c.name, c.text, c.status, c.references, c.expires};

		more = false;
		m = newmap(a, ATTRIBUTES + d->nfields);
		for (i = 0; i < ATTRIBUTES; i++) {
			if (!told[i] && !streq(got[i], in[i]))
				told[i] = more = true;
			if (told[i])
				put(a, &m, str(attributes[i]), scalar(in[i].n > 0 ? in[i] : LITERAL("false")));
		}
		for (i = 0; i < d->nfields; i++) {
			if (!told[ATTRIBUTES + i] && !streq(c.fields[i], d->fields[i].column->name))
				told[ATTRIBUTES + i] = more = true;
			if (told[ATTRIBUTES + i])
				put(a, &m, d->fields[i].id, scalar(d->fields[i].column->name));
		}
		if (!more)
			return;
		columns = arena_alloc(a->arena, sizeof(*columns));
		*columns = mapnode(a, &m);
		d->columns = columns;
	}
}

/* the type and the key */

/* Whether a text is words rather than one that stands for a value. */
static bool
isprose(struct str s)
{
	size_t i, words = 0;
	bool inside = false;

	for (i = 0; i < s.n; i++) {
		bool letter = (s.s[i] | 0x20) >= 'a' && (s.s[i] | 0x20) <= 'z';

		words += letter && !inside && i + 2 < s.n && (s.s[i + 1] | 0x20) >= 'a' && (s.s[i + 1] | 0x20) <= 'z';
		inside = s.s[i] != ' ' && (inside || letter);
	}
	return words > 1;
}

/* Whether a registry is one of numbers although some record has none: most have one, and what another has is words. */
static bool
isnumeric(const struct adopting *a, const struct draft *d)
{
	struct mapping c;
	struct extents e;
	size_t numbers = 0, prose = 0;
	uint32_t i, k;

	if (!findcolumns(a, d, &c) || c.value.n == 0)
		return false;
	for (i = 0; i < a->as->nrecords; i++)
		for (k = 0; k < a->as->records[i].ncells; k++) {
			const struct cell *cell = &a->as->records[i].cells[k];

			if (!streq(cell->column, c.value) || cell->text.n == 0)
				continue;
			if (extent_read(d->type, type_least(d->type), type_greatest(d->type), cell->text, &e))
				numbers++;
			else
				prose += isprose(cell->text);
		}
	return numbers > a->as->nrecords / 2 && prose > 0;
}

/* The fields of a draft that may be a part of a key: those with few words, or numbers. */
static size_t
keyfields(const struct draft *d, const struct field **found, size_t most)
{
	size_t i, n = 0;

	for (i = 0; i < d->nfields && n < most; i++)
		if (d->fields[i].form == FORM_ENUM ||
			(d->fields[i].form == FORM_ANY && d->fields[i].type < TYPE_STRING))
			found[n++] = &d->fields[i];
	return n;
}

/* Try keys of more columns than the value, with the name or without; keep the best, of as good ones the shortest. */
static void
trykeys(const struct adopting *a, struct draft *best, size_t *count, bool named)
{
	const struct field *fields[KEYS];
	struct mapping used;
	struct draft d = *best;
	struct facts facts;
	size_t n, i, k, more;

	d.named = named;
	d.nkey = 0;
	if (!settle(a, &d, &used) || (named && used.name.n == 0))
		return;
	n = d.nkey = keyfields(&d, fields, KEYS);
	memcpy(d.key, fields, n * sizeof(struct field *));
	if (!tries(a, &d, &facts))
		return;
	/* no field, each of them, each two */
	for (i = 0; i <= n; i++) {
		for (k = i; k <= (i == 0 ? 0 : n); k++) {
			d.nkey = 0;
			if (i > 0)
				d.key[d.nkey++] = fields[i - 1];
			if (k > i)
				d.key[d.nkey++] = fields[k - 1];
			more = twice(a, &d, &facts);
			if (more >= *count)
				continue;
			*count = more;
			*best = d;
		}
	}
}

/* Find the key: where many values stand twice, or some record has none but a name, one of more columns. Returns how
 * many records stand twice, SIZE_MAX if they cannot be read. */
static size_t
findkey(const struct adopting *a, struct draft *d, size_t few)
{
	struct draft best = *d;
	struct facts facts;
	bool alone = tries(a, d, &facts);
	size_t count = alone ? twice(a, d, &facts) : SIZE_MAX, one = count;

	if (count <= few)
		return count;
	if (alone)
		trykeys(a, &best, &count, false);
	if (count > few && d->type != TYPE_STRING)
		trykeys(a, &best, &count, true);
	if (count > few || !tries(a, &best, &facts))
		return one;
	*d = best;
	return count;
}

/* What is valid, where IANA says something of every value from the least to the greatest. */
struct hull {
	uint64_t first, last;
	struct spelling spelling;
	bool gaps, any;
	bool open; /* IANA has rules for values without a limit */
};

static int
orderextents(const void *a, const void *b)
{
	const struct extent *x = a, *y = b;

	return (x->first > y->first) - (x->first < y->first);
}

/* Take in the values that a rule is for. They may stand behind other words: "permanent, greater than 0x3f". */
static void
stretch(struct hull *h, enum type type, struct str values)
{
	struct extents e;
	struct extent *x;
	size_t from, to, k;

	for (from = 0; from < values.n; from = to + 1) {
		for (to = from; to < values.n && !(values.s[to] == ',' && to + 1 < values.n && values.s[to + 1] == ' ');
			to++)
			;
		if (!extent_read(
			    type, type_least(type), type_greatest(type), (struct str){values.s + from, to - from}, &e))
			continue;
		for (k = 0; k < e.n; k++) {
			x = &e.list[k];
			h->open = h->open || x->last == type_greatest(type) ||
				(type_signed(type) && x->first == type_least(type));
			if (h->open)
				continue;
			h->gaps = h->gaps || !h->any || x->first < h->first || x->last > h->last;
			h->first = h->any && h->first < x->first ? h->first : x->first;
			h->last = h->any && h->last > x->last ? h->last : x->last;
			h->any = true;
		}
	}
}

static struct hull
findhull(const struct adopting *a, enum type type, const struct facts *facts)
{
	struct extent *all = xmalloc((size_t)facts->n + facts->nranges + 1, sizeof(*all));
	struct hull h = {.gaps = facts->nranges == 0};
	size_t n = 0, i;

	for (i = 0; i < facts->n; i++)
		if (facts->list[i].value.n > 0)
			all[n++] = (struct extent){facts->list[i].number, facts->list[i].number};
	for (i = 0; i < facts->nranges; i++)
		all[n++] = (struct extent){facts->ranges[i].first, facts->ranges[i].last};
	if (n > 0)
		qsort(all, n, sizeof(*all), orderextents);
	for (i = 0; i < n; i++) {
		if (i == 0)
			h.first = all[i].first;
		else if (all[i].first > h.last && all[i].first - h.last > 1)
			h.gaps = true;
		if (i == 0 || all[i].last > h.last)
			h.last = all[i].last;
		h.any = true;
	}
	free(all);
	for (i = 0; i < a->as->nprocedures; i++)
		stretch(&h, type, a->as->procedures[i].values);
	return h;
}

/* How the first value is spelled. */
static struct spelling
spelled(const struct facts *facts, enum type type)
{
	struct extents e;
	struct str s = facts->n > 0 ? facts->list[0].value : nothing;

	if (s.n == 0 && facts->nranges > 0)
		s = facts->ranges[0].values;
	if (!extent_read(type, type_least(type), type_greatest(type), s, &e))
		e.spelling = (struct spelling){0};
	return e.spelling;
}

/* Give a draft of numbers the type that they need, and what is valid. */
static void
narrow(const struct adopting *a, struct draft *d, const struct facts *facts)
{
	bool minus = type_signed(d->type);
	struct hull h = findhull(a, d->type, facts);
	enum type type = h.any ? type_narrowest(minus, h.first, h.last) : TYPE_U8;

	if (h.open)
		return;
	d->type = type;
	if (h.gaps || !h.any || (h.first == type_least(type) && h.last == type_greatest(type)))
		return;
	d->valid = extent_range(
		a->arena, type, (struct extent){h.first, h.last}, nothing, spelled(facts, minus ? TYPE_I64 : TYPE_U64));
}

/* Find the type and the key. If nothing can be read, *d is what comes nearest. */
static bool
findtype(const struct adopting *a, struct draft *d)
{
	static const enum type types[] = {TYPE_U64, TYPE_I64, TYPE_STRING};
	size_t i, count, least = SIZE_MAX, few = 1 + a->as->nrecords / TWICE;
	struct draft one = {.duplicates = true};

	for (i = 0; i < LEN(types); i++) {
		one = (struct draft){.type = types[i], .duplicates = true};
		if (types[i] == TYPE_STRING && least == SIZE_MAX && isnumeric(a, d))
			return false;
		count = findkey(a, &one, few);
		if (count < least || i == 0) {
			least = count;
			*d = one;
		}
		/* a value that some have in common is one all the same */
		if (count <= few + a->as->nrecords / 4)
			return true;
	}
	if (least == SIZE_MAX)
		*d = one;
	return least != SIZE_MAX;
}

bool
adopt(struct diag *diag, struct arena *arena, struct tree *tree, const struct assignments *as,
	const struct adoption *adoption, struct node *to)
{
	struct adopting a = {.diag = diag, .arena = arena, .tree = tree, .as = as, .adoption = adoption};
	struct mapping columns;
	struct facts facts;
	struct draft d;

	if (as->nrecords == 0) {
		diag_error(diag, (struct span){as->at, 1},
			"'%.*s' has no records, so nothing tells what its values are", (int)adoption->iana.n,
			adoption->iana.s);
		return false;
	}
	nameregistry(&a);
	findall(&a);
	if (!findtype(&a, &d) || !tries(&a, &d, &facts) || !settle(&a, &d, &columns)) {
		reads(&a, diag, &d, &facts);
		return false;
	}
	if (d.type != TYPE_STRING)
		narrow(&a, &d, &facts);
	tellcolumns(&a, &d, &columns);
	d.duplicates = false;
	d.duplicates = !tries(&a, &d, &facts);
	if (!reads(&a, diag, &d, &facts))
		return false;
	*to = draftnode(&a, &d);
	return true;
}
