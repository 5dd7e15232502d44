/* Each record is read twice: what its text says of the values' status decides whether they are entries or ranges. */
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "annotation.h"
#include "arena.h"
#include "buf.h"
#include "cited.h"
#include "decode.h"
#include "diag.h"
#include "number.h"
#include "extent.h"
#include "field.h"
#include "iana.h"
#include "mapping.h"
#include "ranger.h"
#include "registry.h"
#include "status.h"
#include "tree.h"
#include "word.h"
#include "fact.h"

#define NOTHING ((struct str){"", 0})

/* Of a record for more values than SEVERAL there is no fact of each, nor if there would be more than EXPANDED by such
 * records in all. A citation inside of a text has less bytes than CITED_LONGEST. */
enum { SEVERAL = 256, EXPANDED = 1 << 18, CITED_LONGEST = 200 };

struct reader {
	struct diag *diag;
	struct arena *arena;
	const struct registry *registry;
	const struct assignments *as;
	struct mapping columns;
	struct ranger *ranger;
	struct fact *list;
	size_t n, cap;
	uint64_t expanded; /* facts of records for several values */
};

/* A record as far as all its values have it in common. */
struct reading {
	const struct record *record;
	const struct cell *value, *text;
	struct fact fact; /* without a value */
};

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
	f->references = cited_read(r->arena, cellof(d->record, r->columns.references), &f->nreferences);
	addfields(r, f, d->record);
}

static void
addfact(struct reader *r, const struct fact *f)
{
	r->list = xgrow(r->list, r->n, &r->cap, sizeof(*r->list));
	r->list[r->n++] = *f;
}

/* Facts. */

static void
addranges(struct reader *r, const struct reading *d, const struct extents *e, enum status status)
{
	const struct factrange like = {.values = d->fact.value,
		.title = status == STATUS_NONE ? d->fact.text : NOTHING,
		.rule = NOTHING,
		.at = d->fact.at,
		.status = (unsigned char)status};

	ranger_add(r->ranger, e, &like);
}

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

/* The ranges are what the facts leave. */
static void
endranges(struct reader *r, struct facts *facts)
{
	uint64_t *numbers = xmalloc(r->n, sizeof(*numbers));
	size_t i, n = 0;

	for (i = 0; i < r->n; i++)
		if (r->list[i].value.n > 0)
			numbers[n++] = r->list[i].number;
	facts->ranges = ranger_end(r->ranger, numbers, n, &facts->nranges);
	free(numbers);
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
	if (!mapping_make(d, a, g, as, &r.columns))
		return false;
	r.ranger = ranger_new(a, g, as);
	for (i = 0; i < as->nrecords; i++)
		readfact(&r, &as->records[i]);
	checkkeys(&r);
	endranges(&r, facts);
	facts->list = arena_array(a, r.n, sizeof(*facts->list));
	if (r.n > 0)
		memcpy(facts->list, r.list, r.n * sizeof(*facts->list));
	facts->n = (uint32_t)r.n;
	free(r.list);
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
