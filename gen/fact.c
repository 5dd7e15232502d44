/* Each record is read twice: what its text says of the values' status decides whether they are entries or ranges. */
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "annotation.h"
#include "arena.h"
#include "buf.h"
#include "cite.h"
#include "column.h"
#include "decode.h"
#include "diag.h"
#include "number.h"
#include "extent.h"
#include "iana.h"
#include "fact.h"
#include "registry.h"
#include "tree.h"
#include "word.h"

#define NOTHING ((struct str){"", 0})

/* Of a record for more values than SEVERAL there is no fact of each, nor if there would be more than EXPANDED by such
 * records in all. More rules than RULES, citations in a record than CITATIONS and sections in one than SECTIONS don't
 * count. A citation inside of a text has less bytes than CITED_LONGEST. */
enum { SEVERAL = 256, EXPANDED = 1 << 18, RULES = 256, CITATIONS = 64, SECTIONS = 8, CITED_LONGEST = 200 };

/* A rule of the registry and values that it is for. */
struct ruled {
	struct extent extent;
	struct str rule;
};

/* A range with how its values are spelled. */
struct piece {
	struct factrange range;
	struct spelling spelling;
	bool whole; /* its values are as they were written */
};

struct reader {
	struct diag *diag;
	struct arena *arena;
	const struct registry *registry;
	const struct assignments *as;
	struct columns columns;
	struct ruled *rules;
	size_t nrules;
	struct str rule; /* of the whole registry */
	struct fact *list;
	size_t n, cap;
	uint64_t expanded; /* facts of records for several values */
	struct piece *pieces;
	size_t npieces, cappieces;
};

/* A record as far as all its values have it in common. */
struct reading {
	const struct record *record;
	const struct cell *value, *text;
	struct fact fact; /* without a value */
};

/* The columns. */

static struct str
nameof(struct columnfacts *c)
{
	if (!c)
		return NOTHING;
	c->used = true;
	return c->name;
}

/* Whether the registry's source says anything of a column; *name is its name, or nothing. */
static bool
told(const struct registry *r, const struct columnlist *l, struct diag *d, const char *key, bool needed,
	struct str *name)
{
	const struct node *n = r->source.columns ? node_get(r->source.columns, key) : NULL;
	const struct node *item;
	struct columnfacts *c = NULL;
	size_t i;

	*name = NOTHING;
	if (!n)
		return false;
	if (n->kind == NODE_SCALAR && n->plain && streqs(node_str(n), "false"))
		return true;
	for (i = 0; !c && i < (n->kind == NODE_LIST ? n->n : 1); i++) {
		item = n->kind == NODE_LIST ? node_item(n, i) : n;
		c = column_find(l, node_str(item));
	}
	*name = nameof(c);
	if (!c && needed)
		diag_error(d, node_span(n), "the source has no such column for '%s'", key);
	else if (!c)
		diag_warning(d, node_span(n), "the source has no such column for '%s'", key);
	return true;
}

static bool
inkey(const struct registry *r, size_t column)
{
	size_t i;

	for (i = 0; i < r->nkey; i++)
		if (r->key[i] == column)
			return true;
	return false;
}

/* The column of a field that belongs to the key, where none is called like it: the field's id is one of its words. */
static struct columnfacts *
wordcolumn(const struct columnlist *l, struct str id, struct arena *a)
{
	struct str words;
	size_t i, k;

	for (i = 0; i < l->n; i++) {
		words = word_from(a, l->list[i].name);
		if (l->list[i].used || words.n <= id.n)
			continue;
		k = words.n - id.n;
		if ((words.s[id.n] == '_' && memcmp(words.s, id.s, id.n) == 0) ||
			(words.s[k - 1] == '_' && memcmp(words.s + k, id.s, id.n) == 0))
			return &l->list[i];
	}
	return NULL;
}

static void
fieldcolumns(struct diag *d, struct arena *a, const struct registry *r, const struct columnlist *l, struct columns *c)
{
	const char *id;
	uint32_t i;

	c->fields = arena_array(a, r->nfields + 1, sizeof(*c->fields));
	for (i = 0; i < r->nfields; i++) {
		struct str s = node_str(r->fields[i].id);
		bool needed = inkey(r, COLUMN_FIELD + i);

		if (r->fields[i].list)
			continue; /* which is written by hand */
		id = arena_copy(a, s.s, s.n);
		if (told(r, l, d, id, needed, &c->fields[i]))
			continue;
		c->fields[i] = nameof(column_find(l, s));
		if (c->fields[i].n == 0 && needed)
			c->fields[i] = nameof(wordcolumn(l, s, a));
	}
}

/* What says more where there is no text may be a field, too. */
static void
sharefields(const struct registry *r, const struct columnlist *l, const struct columns *c)
{
	uint32_t i;

	for (i = 0; i < r->nfields; i++)
		if (c->fields[i].n > 0 && !inkey(r, COLUMN_FIELD + i))
			column_find(l, c->fields[i])->used = false;
}

bool
fact_columns(struct diag *d, struct arena *a, const struct registry *r, const struct assignments *as, struct columns *c)
{
	bool string = r->type == TYPE_STRING, said[6];
	unsigned before = d->nerrors;
	struct columnlist l;

	*c = (struct columns){NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NULL};
	column_list(a, r, as, &l);
	if (as->nrecords == 0) {
		c->fields = arena_array(a, r->nfields + 1, sizeof(*c->fields));
		return true;
	}
	said[0] = told(r, &l, d, "value", inkey(r, COLUMN_VALUE), &c->value);
	said[1] = told(r, &l, d, "name", inkey(r, COLUMN_NAME), &c->name);
	said[2] = told(r, &l, d, "text", inkey(r, COLUMN_TEXT), &c->text);
	said[3] = told(r, &l, d, "references", false, &c->references);
	said[4] = told(r, &l, d, "status", false, &c->status);
	said[5] = told(r, &l, d, "expires", false, &c->expires);
	fieldcolumns(d, a, r, &l, c);
	if (!said[3])
		c->references = nameof(column_references(&l));
	if (!said[4])
		c->status = nameof(column_status(&l));
	if (!said[5])
		c->expires = nameof(column_expires(&l));
	if (!said[1] && inkey(r, COLUMN_NAME)) {
		c->name = nameof(column_find(&l, LITERAL("name")));
		if (c->name.n == 0)
			c->name = nameof(wordcolumn(&l, LITERAL("name"), a));
	}
	if (!said[0])
		c->value = nameof(column_value(&l, !string));
	if (!said[2] && (!string || inkey(r, COLUMN_TEXT)))
		c->text = nameof(column_text(&l));
	sharefields(r, &l, c);
	if (!said[2])
		c->more = nameof(string ? column_text(&l) : column_description(&l));
	if (c->value.n == 0 && !said[0] && inkey(r, COLUMN_VALUE))
		diag_error(d, (struct span){as->at, 1},
			"no column tells the values of '%.*s'; 'columns' of its source can say which does",
			(int)r->id->n, (const char *)r->id->p);
	return d->nerrors == before;
}

/* References. */

static struct str
title(const struct cited *c)
{
	return c->kind == REFERENCE_URL && c->title.n > 0 ? c->title : c->id;
}

static bool
islabel(const struct cited *c)
{
	return c->kind == REFERENCE_TEXT || c->kind == REFERENCE_PERSON;
}

bool
fact_cites(const struct cited *x, const struct cited *y)
{
	if (islabel(x) || islabel(y))
		return stralike(x->id, y->id) || stralike(title(x), title(y));
	if (x->kind != y->kind || strfoldorder(x->section, y->section) != 0)
		return false;
	return x->kind == REFERENCE_URL ? streq(x->id, y->id) : strfoldorder(x->id, y->id) == 0;
}

/* Put a reference behind the others, if it isn't there. */
static void
addcited(struct arena *a, struct fact *f, size_t *cap, const struct cited *c)
{
	struct cited *more;
	uint32_t i;

	for (i = 0; i < f->nreferences; i++)
		if (fact_cites(&f->references[i], c))
			return;
	if (f->nreferences == *cap) {
		*cap = *cap ? 2 * *cap : 2;
		more = arena_array(a, *cap, sizeof(*more));
		if (f->nreferences > 0)
			memcpy(more, f->references, f->nreferences * sizeof(*more));
		f->references = more;
	}
	f->references[f->nreferences++] = *c;
}

static void
addplace(struct arena *a, struct fact *f, size_t *cap, const struct place *p)
{
	struct cited c = {.id = p->id, .section = NOTHING, .title = p->title, .kind = p->kind};
	struct str sections = p->sections;
	unsigned i;

	if (p->kind == CITE_NOTHING)
		return;
	c.section = cite_section(&sections);
	for (i = 0; i == 0 || (c.section.n > 0 && i < SECTIONS); i++) {
		addcited(a, f, cap, &c);
		c.section = cite_section(&sections);
	}
}

/* What stands in a text between the bracket that ends behind *i and the next one, where *i then is. */
static struct str
between(struct str s, size_t *i)
{
	size_t start = *i, end, depth = 0;

	for (end = start; end < s.n && s.s[end] != '['; end++)
		;
	for (*i = end; *i < s.n; ++*i) {
		depth += s.s[*i] == '[';
		if (s.s[*i] == ']' && --depth == 0) {
			++*i;
			break;
		}
	}
	return (struct str){s.s + start, end - start};
}

static void
addreferences(struct arena *a, struct fact *f, const struct cell *cell)
{
	struct citation all = {.type = CITED_LABEL};
	struct place p;
	struct str behind;
	size_t i = 0, cap = 0;
	uint32_t k;

	if (!cell)
		return;
	if (cell->ncitations == 0) {
		all.label = cell->text;
		p = cite_read(a, &all, NOTHING);
		addplace(a, f, &cap, &p);
		return;
	}
	between(cell->text, &i);
	for (k = 0; k < cell->ncitations && k < CITATIONS; k++) {
		behind = between(cell->text, &i);
		p = cite_read(a, &cell->citations[k], behind);
		addplace(a, f, &cap, &p);
	}
}

/* Records. */

static const struct cell *
cellof(const struct record *rec, struct str column)
{
	uint32_t i;

	for (i = 0; column.n > 0 && i < rec->ncells; i++)
		if (streq(rec->cells[i].column, column))
			return &rec->cells[i];
	return NULL;
}

static bool
filled(const struct cell *c)
{
	return c && c->text.n > 0;
}

/* Whether brackets in a text are a citation that tells nothing to whom the text is for: a footnote's number or a
 * document. */
static bool
iscited(struct str inner)
{
	size_t i;

	for (i = 0; i < inner.n && inner.s[i] >= '0' && inner.s[i] <= '9'; i++)
		;
	return i == inner.n || strstarts(inner, "RFC") || strstarts(inner, "draft-") || strstarts(inner, "http:") ||
		strstarts(inner, "https:");
}

/* A byte that makes one word with one beside it. */
static bool
joins(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10 || (unsigned char)c >= 0x80;
}

/* The text of a cell less the citations at its end and the brackets of the others. */
static struct str
plaintext(struct arena *a, const struct cell *cell)
{
	struct str s = cell->text, inner;
	char *p;
	size_t i, k, n = 0;

	if (cell->ncitations == 0)
		return s;
	for (;;) {
		for (i = s.n; i > 0 && s.s[i - 1] != '['; i--)
			;
		if (i == 0 || s.s[s.n - 1] != ']' || !iscited((struct str){s.s + i, s.n - i - 1}))
			break;
		for (s.n = i - 1; s.n > 0 && s.s[s.n - 1] == ' '; s.n--)
			;
	}
	p = arena_bytes(a, s.n + 1);
	for (i = 0; i < s.n; i++) {
		for (k = i + 1; s.s[i] == '[' && k < s.n && k - i < CITED_LONGEST && s.s[k] != ']'; k++)
			;
		inner = (struct str){s.s + i + 1, k - i - 1};
		if (s.s[i] != '[' || k >= s.n || s.s[k] != ']' || !iscited(inner)) {
			p[n++] = s.s[i];
			continue;
		}
		if (inner.n > 0 && inner.s[0] >= '0' && inner.s[0] <= '9') {
			n -= n > 0 && p[n - 1] == ' ';
		} else {
			/* the bracket alone kept them apart */
			if (n > 0 && joins(p[n - 1]))
				p[n++] = ' ';
			memcpy(p + n, inner.s, inner.n);
			n += inner.n;
			if (k + 1 < s.n && (joins(s.s[k + 1]) || s.s[k + 1] == '('))
				p[n++] = ' ';
		}
		i = k;
	}
	return (struct str){p, n};
}

/* A yes or no of IANA's, as a field has it; nothing if it is neither. */
static struct str
truth(struct str s)
{
	static const char *const yes[] = {"yes", "y", "true", "x", "1"}, *const no[] = {"no", "n", "false", "0"};
	size_t i;

	for (i = 0; i < LEN(yes); i++)
		if (stralike(s, str(yes[i])))
			return LITERAL("true");
	for (i = 0; i < LEN(no); i++)
		if (stralike(s, str(no[i])))
			return LITERAL("false");
	return NOTHING;
}

/* What a text says of a field, in the form of its type; nothing if it says nothing of that form. */
static struct str
fieldvalue(const struct fielddef *f, struct str s)
{
	uint64_t v;
	bool fit;
	uint32_t i;

	if (f->type == TYPE_BOOL)
		return truth(s);
	if (f->type != TYPE_STRING)
		return number_read(f->type, s, &v, &fit) == s.n && s.n > 0 && fit ? s : NOTHING;
	if (f->form == FORM_DATE)
		return date_valid(s) ? s : NOTHING;
	for (i = 0; f->form == FORM_ENUM && f->choices && i < f->choices->n; i++)
		if (stralike(node_str(node_item(f->choices, i)), s))
			return node_str(node_item(f->choices, i));
	/* a word that is new */
	return s;
}

/* Whether a text says that there is nothing to say. */
static bool
isnothing(struct str s)
{
	static const char *const words[] = {"-", "--", "n/a", "none", "not applicable", "\xe2\x80\x93", "\xe2\x80\x94"};
	size_t i;

	for (i = 0; i < LEN(words) && !stralike(s, str(words[i])); i++)
		;
	return s.n == 0 || i < LEN(words);
}

static void
addfields(const struct reader *r, struct fact *f, const struct record *rec)
{
	const struct cell *cell;
	struct str s, value;
	uint32_t i;

	f->fields = arena_array(r->arena, r->registry->nfields, sizeof(*f->fields));
	for (i = 0; i < r->registry->nfields; i++) {
		if (r->columns.fields[i].n == 0)
			continue;
		cell = cellof(rec, r->columns.fields[i]);
		s = cell ? plaintext(r->arena, cell) : NOTHING;
		value = fieldvalue(&r->registry->fields[i], s);
		f->fields[f->nfields++] = (struct factfield){
			node_str(r->registry->fields[i].id), value, value.n > 0 || isnothing(s) ? NOTHING : s};
	}
}

/* The status that a column of its own gives. */
static unsigned char
columnstatus(struct arena *a, struct str s)
{
	size_t i, n;
	const struct str *names = status_names(&n);
	struct annotation an;

	for (i = 0; i < n; i++)
		if (stralike(s, names[i]))
			return (unsigned char)i;
	an = annotation_read(a, s);
	if (an.status == STATUS_NONE)
		an = annotation_read(a, arena_join(a, (struct str[]){LITERAL("("), s, LITERAL(")")}, 3));
	return an.status;
}

/* Read what all values of a record have in common. */
static void
readrecord(struct reader *r, const struct record *rec, struct reading *d)
{
	const struct cell *status = cellof(rec, r->columns.status), *expires = cellof(rec, r->columns.expires);
	struct annotation an, key;
	struct fact *f = &d->fact;
	bool string = r->registry->type == TYPE_STRING;

	*d = (struct reading){.record = rec, .value = cellof(rec, r->columns.value)};
	d->text = cellof(rec, r->columns.text);
	if (!filled(d->text))
		d->text = cellof(rec, r->columns.more);
	an = annotation_read(r->arena, filled(d->text) ? plaintext(r->arena, d->text) : NOTHING);
	*f = (struct fact){.name = NOTHING, .text = an.text, .expires = an.expires, .replacedby = an.replacedby};
	f->status = an.status;
	f->value = filled(d->value) ? plaintext(r->arena, d->value) : NOTHING;
	if (string) {
		key = annotation_read(r->arena, f->value);
		if (key.status != STATUS_NONE && key.text.n > 0) {
			f->value = key.text;
			f->status = key.status;
			f->expires = key.expires;
			f->replacedby = key.replacedby;
		}
		if (r->columns.text.n == 0)
			f->text = NOTHING;
	}
	if (f->status == STATUS_NONE && filled(status))
		f->status = columnstatus(r->arena, status->text);
	if (f->status == STATUS_NONE)
		f->status = STATUS_ASSIGNED;
	if (f->expires.n == 0 && filled(expires) && date_valid(expires->text))
		f->expires = expires->text;
	if (f->status != STATUS_TEMPORARY)
		f->expires = NOTHING;
	f->at = (struct span){rec->at, rec->n};
}

/* What is left to do for a record that becomes facts. */
static void
complete(struct reader *r, struct reading *d)
{
	const struct cell *name = cellof(d->record, r->columns.name);
	struct fact *f = &d->fact;

	if (r->columns.name.n > 0)
		f->name = filled(name) ? word_from(r->arena, plaintext(r->arena, name)) : NOTHING;
	else
		f->name = word_from(r->arena, r->registry->type == TYPE_STRING ? f->value : f->text);
	addreferences(r->arena, f, cellof(d->record, r->columns.references));
	addfields(r, f, d->record);
}

static void
addfact(struct reader *r, const struct fact *f)
{
	r->list = xgrow(r->list, r->n, &r->cap, sizeof(*r->list));
	r->list[r->n++] = *f;
}

/* Ranges. */

/* Find the values that the rules are for. Where they are in words there is nothing to find. */
static void
readrules(struct reader *r)
{
	const struct registry *g = r->registry;
	struct extents e;
	uint32_t i;
	size_t k, from, to;

	r->rule = NOTHING;
	r->rules = arena_array(r->arena, RULES, sizeof(*r->rules));
	for (i = 0; i < r->as->nprocedures; i++) {
		const struct procedure *p = &r->as->procedures[i];

		if (p->values.n == 0 && r->rule.n == 0)
			r->rule = p->rule;
		for (from = 0; from < p->values.n && g->type != TYPE_STRING; from = to + 1) {
			for (to = from; to < p->values.n &&
				!(p->values.s[to] == ',' && to + 1 < p->values.n && p->values.s[to + 1] == ' ');
				to++)
				;
			if (!extent_read(
				    g->type, g->least, g->greatest, (struct str){p->values.s + from, to - from}, &e))
				continue;
			for (k = 0; k < e.n && r->nrules < RULES; k++)
				r->rules[r->nrules++] = (struct ruled){e.list[k], p->rule};
		}
	}
}

/* By what rule values are registered: the registry's, or those of its parts. */
static struct str
ruleof(struct reader *r, struct extent e)
{
	struct str found = NOTHING;
	size_t i, k;

	if (r->rule.n > 0)
		return r->rule;
	for (i = 0; i < r->nrules; i++) {
		if (r->rules[i].extent.first > e.last || r->rules[i].extent.last < e.first || r->rules[i].rule.n == 0)
			continue;
		for (k = 0; k < i &&
			!(streq(r->rules[k].rule, r->rules[i].rule) && r->rules[k].extent.first <= e.last &&
				r->rules[k].extent.last >= e.first);
			k++)
			;
		if (k < i)
			continue;
		if (found.n == 0)
			found = r->rules[i].rule;
		else
			found = arena_join(r->arena, (struct str[]){found, LITERAL("; "), r->rules[i].rule}, 3);
	}
	return found;
}

static void
addranges(struct reader *r, const struct reading *d, const struct extents *e, enum status status)
{
	struct piece p = {.spelling = e->spelling, .whole = true};
	size_t i;

	for (i = 0; i < e->n; i++) {
		if (status == STATUS_NONE && e->list[i].first == e->list[i].last)
			continue;
		p.range = (struct factrange){.first = e->list[i].first,
			.last = e->list[i].last,
			.title = NOTHING,
			.rule = NOTHING,
			.at = d->fact.at,
			.status = (unsigned char)status};
		p.range.values = extent_range(
			r->arena, r->registry->type, e->list[i], e->n == 1 ? d->fact.value : NOTHING, e->spelling);
		if (status == STATUS_NONE)
			p.range.title = d->fact.text;
		r->pieces = xgrow(r->pieces, r->npieces, &r->cappieces, sizeof(*r->pieces));
		r->pieces[r->npieces++] = p;
	}
}

static int
orderpieces(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->range.first != y->range.first)
		return x->range.first < y->range.first ? -1 : 1;
	if (x->range.last != y->range.last)
		return x->range.last < y->range.last ? -1 : 1;
	return (x->range.at.at > y->range.at.at) - (x->range.at.at < y->range.at.at);
}

static int
ordernumbers(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

struct output {
	struct reader *reader;
	struct piece *list;
	size_t n, cap;
};

/* Put a part of a range with a status behind the others, or to the last of them if they go on. */
static void
output(struct output *o, size_t *last, const struct piece *from, uint64_t first, uint64_t end)
{
	struct piece p = *from, *before = *last < o->n ? &o->list[*last] : NULL;

	p.whole = p.whole && p.range.first == first && p.range.last == end;
	p.range.first = first;
	p.range.last = end;
	if (p.range.status == STATUS_UNASSIGNED)
		p.range.rule = ruleof(o->reader, (struct extent){first, end});
	if (before && before->range.status == p.range.status && before->range.last + 1 == first &&
		streq(before->range.rule, p.range.rule)) {
		before->range.last = end;
		before->whole = false;
		return;
	}
	*last = o->n;
	o->list = xgrow(o->list, o->n, &o->cap, sizeof(*o->list));
	o->list[o->n++] = p;
}

/* Cut a range with a status where there are entries, of which those before *k lie before it. */
static void
cutrange(struct output *o, size_t *last, const struct piece *p, const uint64_t *numbers, size_t n, size_t *k)
{
	uint64_t first = p->range.first;
	size_t i;

	while (*k < n && numbers[*k] < first)
		++*k;
	for (i = *k; i < n && numbers[i] <= p->range.last; i++) {
		if (numbers[i] > first)
			output(o, last, p, first, numbers[i] - 1);
		if (numbers[i] == UINT64_MAX)
			return;
		if (numbers[i] >= first)
			first = numbers[i] + 1;
	}
	if (first <= p->range.last)
		output(o, last, p, first, p->range.last);
}

/* Make ranges with a status disjoint, of each other and of entries, and join neighbours. */
static void
finishranges(struct reader *r, struct facts *facts)
{
	uint64_t *numbers = xmalloc(r->n + 1, sizeof(*numbers)), end = 0;
	struct output o = {.reader = r};
	size_t i, k = 0, n = 0, last = SIZE_MAX;
	bool any = false;
	struct piece p;

	for (i = 0; i < r->n; i++)
		if (r->list[i].value.n > 0)
			numbers[n++] = r->list[i].number;
	qsort(numbers, n, sizeof(*numbers), ordernumbers);
	if (r->npieces > 0)
		qsort(r->pieces, r->npieces, sizeof(*r->pieces), orderpieces);
	for (i = 0; i < r->npieces; i++) {
		p = r->pieces[i];
		/* records that differ in their keys alone */
		if (i > 0 && p.range.status == STATUS_NONE && r->pieces[i - 1].range.status == STATUS_NONE &&
			r->pieces[i - 1].range.first == p.range.first && r->pieces[i - 1].range.last == p.range.last &&
			streq(r->pieces[i - 1].range.title, p.range.title))
			continue;
		if (p.range.status == STATUS_NONE) {
			o.list = xgrow(o.list, o.n, &o.cap, sizeof(*o.list));
			o.list[o.n++] = p;
			continue;
		}
		if (any && p.range.first <= end) {
			if (p.range.last <= end)
				continue;
			p.range.first = end + 1;
			p.whole = false;
		}
		any = true;
		end = p.range.last;
		cutrange(&o, &last, &p, numbers, n, &k);
	}
	facts->ranges = arena_array(r->arena, o.n, sizeof(*facts->ranges));
	for (i = 0; i < o.n; i++) {
		facts->ranges[i] = o.list[i].range;
		if (!o.list[i].whole)
			facts->ranges[i].values = extent_range(r->arena, r->registry->type,
				(struct extent){o.list[i].range.first, o.list[i].range.last}, NOTHING,
				o.list[i].spelling);
	}
	facts->nranges = (uint32_t)o.n;
	free(o.list);
	free(numbers);
}

/* Facts. */

/* What a record is called in messages. */
static struct str
called(const struct reading *d)
{
	struct str s = filled(d->text) ? d->text->text : NOTHING;

	return s.n > 60 ? (struct str){s.s, 60} : s;
}

static void
refuse(struct reader *r, const struct reading *d, const char *what)
{
	struct span at = d->value && d->value->n > 0 ? (struct span){d->value->at, d->value->n} : d->fact.at;
	struct str name = called(d), value = d->fact.value;

	if (value.n > 60)
		value.n = 60;
	if (name.n > 0)
		diag_error(
			r->diag, at, "the record '%.*s' %s '%.*s'", (int)name.n, name.s, what, (int)value.n, value.s);
	else
		diag_error(r->diag, at, "a record %s '%.*s'", what, (int)value.n, value.s);
}

/* Whether a record says no more than that nobody has its values. */
static bool
nobodys(const struct fact *f)
{
	return f->status == STATUS_UNASSIGNED ||
		(f->text.n == 0 &&
			(f->status == STATUS_RESERVED || f->status == STATUS_PRIVATE_USE ||
				f->status == STATUS_EXPERIMENTAL || f->status == STATUS_WITHDRAWN));
}

/* Whether any column of the key but the value has something. */
static bool
otherkey(const struct reader *r, const struct record *rec)
{
	size_t i, column;

	for (i = 0; i < r->registry->nkey; i++) {
		column = r->registry->key[i];
		if ((column == COLUMN_NAME && filled(cellof(rec, r->columns.name))) ||
			(column == COLUMN_TEXT && filled(cellof(rec, r->columns.text))) ||
			(column >= COLUMN_FIELD && filled(cellof(rec, r->columns.fields[column - COLUMN_FIELD]))))
			return true;
	}
	return false;
}

/* Facts of each of the values of a record. */
static void
addvalues(struct reader *r, struct reading *d, const struct extents *e, uint64_t total)
{
	struct str written = d->fact.value;
	uint64_t v, read;
	bool fit;
	size_t i;

	addranges(r, d, e, d->fact.text.n > 0 ? STATUS_NONE : d->fact.status);
	if (total > SEVERAL || (total > 1 && r->expanded + total > EXPANDED))
		return;
	r->expanded += total > 1 ? total : 0;
	complete(r, d);
	for (i = 0; i < e->n; i++) {
		for (v = e->list[i].first;; v++) {
			d->fact.number = v;
			d->fact.value = written;
			if (number_read(r->registry->type, written, &read, &fit) != written.n || !fit || read != v)
				d->fact.value = extent_spell(r->arena, r->registry->type, v, e->spelling);
			addfact(r, &d->fact);
			if (v == e->list[i].last)
				break;
		}
	}
}

/* How many values there are, but no more than one more than SEVERAL. */
static uint64_t
countvalues(const struct extents *e)
{
	uint64_t total = 0;
	size_t i;

	for (i = 0; i < e->n && total <= SEVERAL; i++)
		total += e->list[i].last - e->list[i].first > SEVERAL ? SEVERAL + 1
								      : e->list[i].last - e->list[i].first + 1;
	return total;
}

static void
addnumbers(struct reader *r, struct reading *d)
{
	const struct registry *g = r->registry;
	struct extents e;
	uint64_t total;

	if (!extent_read(g->type, g->least, g->greatest, d->fact.value, &e)) {
		if (!nobodys(&d->fact))
			refuse(r, d, "has a value that cannot be read:");
		return;
	}
	if (e.n == 0) {
		if (!nobodys(&d->fact))
			refuse(r, d, "has a value that is not valid in the registry:");
		return;
	}
	total = countvalues(&e);
	if (d->fact.status == STATUS_UNASSIGNED ||
		(total > 1 && d->fact.text.n == 0 && d->fact.status != STATUS_ASSIGNED && !otherkey(r, d->record))) {
		addranges(r, d, &e, d->fact.status);
		return;
	}
	addvalues(r, d, &e, total);
}

/* Whether a string stands for several, as "3.00-3.31", "1.xx (all)" and "all other values": a registry of strings has
 * no ranges. */
static bool
several(struct str s)
{
	static const char *const words[] = {"all", "any", "every", "other", "others", "remaining", "values", "to",
		"through", "starting", "beginning", "with"};
	bool digit = s.n > 0 && s.s[0] >= '0' && s.s[0] <= '9';
	size_t i, k, end;

	for (i = 0; i + 1 < s.n; i++)
		if (s.s[i] == '-' && digit && s.s[i + 1] >= '0' && s.s[i + 1] <= '9')
			return true;
	if (s.n == 0 || !memchr(s.s, ' ', s.n))
		return false;
	for (i = 0; !digit && i < s.n; i = end + 1) {
		for (end = i; end < s.n && s.s[end] != ' '; end++)
			;
		for (k = 0; k < LEN(words); k++)
			if (stralike((struct str){s.s + i, end - i}, str(words[k])))
				return true;
	}
	return digit;
}

static void
readfact(struct reader *r, const struct record *rec)
{
	struct reading d;

	readrecord(r, rec, &d);
	if (d.fact.value.n == 0 && otherkey(r, rec)) {
		if (d.fact.status != STATUS_UNASSIGNED) {
			complete(r, &d);
			addfact(r, &d.fact);
		}
	} else if (d.fact.value.n == 0) {
		if (!nobodys(&d.fact) && filled(d.text))
			refuse(r, &d, "has no value");
	} else if (r->registry->type != TYPE_STRING) {
		addnumbers(r, &d);
	} else if (d.fact.status != STATUS_UNASSIGNED && !(nobodys(&d.fact) && several(d.fact.value))) {
		complete(r, &d);
		addfact(r, &d.fact);
	}
}

/* The key of a fact and its index, for finding those that stand twice. */
struct keyed {
	struct str key;
	size_t index;
};

static int
orderkeys(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int c = strorder(x->key, y->key);

	return c ? c : (x->index > y->index) - (x->index < y->index);
}

static struct str
makekey(const struct reader *r, const struct fact *f)
{
	struct buf b = {0};
	struct str key;
	size_t i, column;
	uint32_t k;

	for (i = 0; i < r->registry->nkey; i++) {
		column = r->registry->key[i];
		if (column == COLUMN_VALUE && r->registry->type != TYPE_STRING && f->value.n > 0)
			buf_add(&b, (const char *)&f->number, sizeof(f->number));
		else if (column == COLUMN_VALUE)
			buf_addstr(&b, f->value);
		else if (column == COLUMN_NAME)
			buf_addstr(&b, f->name);
		else if (column == COLUMN_TEXT)
			buf_addstr(&b, f->text);
		for (k = 0; column >= COLUMN_FIELD && k < f->nfields; k++)
			if (streq(f->fields[k].id, node_str(r->registry->fields[column - COLUMN_FIELD].id)))
				buf_addstr(&b, f->fields[k].value);
		buf_addch(&b, '\n');
	}
	for (i = 0; i < b.n && r->registry->caseless; i++)
		if (b.s[i] >= 'A' && b.s[i] <= 'Z')
			b.s[i] = (char)(b.s[i] - 'A' + 'a');
	key = (struct str){arena_copy(r->arena, b.s, b.n), b.n};
	buf_free(&b);
	return key;
}

/* Where a registry refuses duplicates, of two facts with one key one must be nobody's. */
static void
checkkeys(struct reader *r)
{
	struct keyed *keys;
	size_t i, n = 0, last = 0;
	bool *gone;

	if (r->registry->duplicates || r->n == 0)
		return;
	keys = xmalloc(r->n, sizeof(*keys));
	gone = xcalloc(r->n, sizeof(*gone));
	for (i = 0; i < r->n; i++)
		keys[i] = (struct keyed){makekey(r, &r->list[i]), i};
	qsort(keys, r->n, sizeof(*keys), orderkeys);
	for (i = 1; i < r->n; i++) {
		const struct fact *before = &r->list[keys[last].index], *f = &r->list[keys[i].index];

		if (!streq(keys[last].key, keys[i].key)) {
			last = i;
		} else if (nobodys(f)) {
			gone[keys[i].index] = true;
		} else if (nobodys(before)) {
			gone[keys[last].index] = true;
			last = i;
		} else {
			diag_error(r->diag, f->at, "the source has '%.*s' twice, which 'duplicates: allow' takes",
				(int)f->value.n, f->value.s);
			diag_note(r->diag, before->at, "it stands here, too");
		}
	}
	for (i = 0; i < r->n; i++)
		if (!gone[i])
			r->list[n++] = r->list[i];
	r->n = n;
	free(keys);
	free(gone);
}

bool
fact_read(struct diag *d, struct arena *a, const struct registry *g, const struct assignments *as, struct facts *facts)
{
	struct reader r = {.diag = d, .arena = a, .registry = g, .as = as};
	unsigned before = d->nerrors;
	uint32_t i;

	*facts = (struct facts){
		.updated = as->updated.n > 0 ? as->updated : NOTHING, .sha256 = NOTHING, .address = NOTHING};
	if (g->source.iana)
		facts->iana = node_str(g->source.iana);
	else
		facts->iana = arena_join(a, (struct str[]){as->group, LITERAL("/"), as->id}, 3);
	if (!fact_columns(d, a, g, as, &r.columns))
		return false;
	readrules(&r);
	for (i = 0; i < as->nrecords; i++)
		readfact(&r, &as->records[i]);
	checkkeys(&r);
	finishranges(&r, facts);
	facts->list = arena_array(a, r.n, sizeof(*facts->list));
	if (r.n > 0)
		memcpy(facts->list, r.list, r.n * sizeof(*facts->list));
	facts->n = (uint32_t)r.n;
	free(r.list);
	free(r.pieces);
	return d->nerrors == before;
}

bool
fact_number(const struct registry *r, struct facts *facts)
{
	bool fit = true;
	uint32_t i;

	if (r->type == TYPE_STRING)
		return facts->nranges == 0;
	for (i = 0; i < facts->n; i++) {
		struct fact *f = &facts->list[i];

		if (f->value.n > 0 && (number_read(r->type, f->value, &f->number, &fit) != f->value.n || !fit))
			return false;
	}
	for (i = 0; i < facts->nranges; i++) {
		struct factrange *g = &facts->ranges[i];

		if (!number_range(r->type, g->values, &g->first, &g->last, &fit) || !fit || g->first > g->last)
			return false;
	}
	return true;
}
