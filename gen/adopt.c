/* What a registry is like is tried: drafts of it are made, its records are read with them, and what is refused or
 * stands twice tells what to try next. */
#include <string.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "iana.h"
#include "number.h"
#include "word.h"
#include "tree.h"
#include "decode.h"
#include "extent.h"
#include "cells.h"
#include "field.h"
#include "reference.h"
#include "entry.h"
#include "mapping.h"
#include "fact.h"
#include "draft.h"
#include "hull.h"
#include "adopt.h"

/* Of records that stand twice, more than one of TWICE are no oversight. */
enum { TWICE = 20 };

static const struct str nothing = {"", 0};

struct adopting {
	struct subject of; /* for drafts */
	const struct adoption *adoption;
	struct cells *columns;
	size_t ncolumns;
};

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
		id = arena_join(a->of.arena, (struct str[]){before, words.n > 0 ? LITERAL("_") : nothing, words}, 3);
	for (i = 2, words = id; among(id, taken, n); i++)
		id = str(arena_printf(a->of.arena, "%.*s_%u", (int)words.n, words.s, i));
	return id;
}

static void
nameregistry(struct adopting *a)
{
	struct str group = word_from(a->of.arena, a->of.as->group);

	if (group.n == 0 || (group.s[0] >= '0' && group.s[0] <= '9') || streq(a->of.as->group, a->of.as->id))
		group = LITERAL("iana");
	a->of.id = freeid(a, word_from(a->of.arena, a->of.as->id), group, a->adoption->ids, a->adoption->nids);
}

/* fields */

/* The names of what entries have anyway, with room for more. */
static struct str *
entrynames(struct arena *a, size_t more, size_t *n)
{
	const struct key *keys = entry_keys(a, NULL, 0, n);
	struct str *names = arena_array(a, *n + more, sizeof(*names));
	size_t i;

	for (i = 0; i < *n; i++)
		names[i] = str(keys[i].name);
	return names;
}

/* Make a field of a column; taken has the ids that are taken, and room for one more. */
static struct draftfield
makefield(const struct adopting *a, const struct cells *c, struct str *taken, size_t *ntaken)
{
	struct draftfield f = {.column = c, .form = FORM_ANY};
	enum type type = TYPE_STRING;

	f.id = freeid(a, word_from(a->of.arena, c->name), LITERAL("iana"), taken, *ntaken);
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
	struct str in[] = {used->value, used->name, used->text, used->status, used->references, used->expires}, *taken;
	struct draftfield *fields = arena_array(a->of.arena, a->ncolumns, sizeof(*fields));
	size_t i, k, n;

	taken = entrynames(a->of.arena, a->adoption->nfields + a->ncolumns, &n);
	for (i = 0; i < a->adoption->nfields; i++)
		taken[n++] = a->adoption->fields[i];
	d->nfields = 0;
	for (i = 0; i < a->ncolumns; i++) {
		for (k = 0; k < LEN(in) && !(in[k].n > 0 && streq(in[k], a->columns[i].name)); k++)
			;
		if (k == LEN(in) && a->columns[i].filled > 0)
			fields[d->nfields++] = makefield(a, &a->columns[i], taken, &n);
	}
	d->fields = fields;
}

/* Find the columns and make fields of all others. What has the same few words again and again is a field, not a text.
 */
static bool
settle(const struct adopting *a, struct draft *d, struct mapping *used)
{
	struct draftfield *fields = arena_array(a->of.arena, a->ncolumns, sizeof(*fields));
	const struct cells *text;
	struct str *taken;
	size_t n;

	for (n = 0; n < d->nkey; n++)
		fields[n] = *d->key[n];
	d->fields = fields;
	d->nfields = n;
	while (draft_columns(&a->of, d, used)) {
		text = cells_named(a->columns, a->ncolumns, used->text);
		if (!text || !text->words || text->filled < (size_t)2 * CELLS_WORDS * text->nwords ||
			d->nfields == a->ncolumns) {
			makefields(a, d, used);
			return true;
		}
		taken = entrynames(a->of.arena, 1, &n);
		fields[d->nfields++] = makefield(a, text, taken, &n);
	}
	return false;
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

	if (!draft_columns(&a->of, d, &c) || c.value.n == 0)
		return false;
	for (i = 0; i < a->of.as->nrecords; i++)
		for (k = 0; k < a->of.as->records[i].ncells; k++) {
			const struct cell *cell = &a->of.as->records[i].cells[k];

			if (!streq(cell->column, c.value) || cell->text.n == 0)
				continue;
			if (extent_read(d->type, type_least(d->type), type_greatest(d->type), cell->text, &e))
				numbers++;
			else
				prose += isprose(cell->text);
		}
	return numbers > a->of.as->nrecords / 2 && prose > 0;
}

/* The fields of a draft that may be a part of a key: those with few words, or numbers. */
static size_t
keyfields(const struct draft *d, const struct draftfield **found, size_t most)
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
	const struct draftfield *fields[DRAFT_KEYS] = {NULL};
	struct mapping used;
	struct draft d = *best;
	struct facts facts;
	size_t n, i, k, more;

	d.named = named;
	d.nkey = 0;
	if (!settle(a, &d, &used) || (named && used.name.n == 0))
		return;
	n = d.nkey = keyfields(&d, fields, DRAFT_KEYS);
	memcpy(d.key, fields, n * sizeof(struct draftfield *));
	if (!draft_try(&a->of, &d, &facts))
		return;
	/* no field, each of them, each two */
	for (i = 0; i <= n; i++) {
		for (k = i; k <= (i == 0 ? 0 : n); k++) {
			d.nkey = 0;
			if (i > 0)
				d.key[d.nkey++] = fields[i - 1];
			if (k > i)
				d.key[d.nkey++] = fields[k - 1];
			more = draft_twice(&a->of, &d, &facts);
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
	bool alone = draft_try(&a->of, d, &facts);
	size_t count = alone ? draft_twice(&a->of, d, &facts) : SIZE_MAX, one = count;

	if (count <= few)
		return count;
	if (alone)
		trykeys(a, &best, &count, false);
	if (count > few && d->type != TYPE_STRING)
		trykeys(a, &best, &count, true);
	if (count > few || !draft_try(&a->of, &best, &facts))
		return one;
	*d = best;
	return count;
}

/* Give a draft of numbers the type that they need, and what is valid. */
static void
narrow(const struct adopting *a, struct draft *d, const struct facts *facts)
{
	bool minus = type_signed(d->type);
	struct hull h = hull_find(a->of.as, d->type, facts);
	enum type type = h.any ? type_narrowest(minus, h.first, h.last) : TYPE_U8;

	if (h.open)
		return;
	d->type = type;
	if (h.gaps || !h.any || (h.first == type_least(type) && h.last == type_greatest(type)))
		return;
	d->valid = extent_range(a->of.arena, type, (struct extent){h.first, h.last}, nothing, h.spelling);
}

/* Find the type and the key. If nothing can be read, *d is what comes nearest. */
static bool
findtype(const struct adopting *a, struct draft *d)
{
	static const enum type types[] = {TYPE_U64, TYPE_I64, TYPE_STRING};
	size_t i, count, least = SIZE_MAX, few = 1 + a->of.as->nrecords / TWICE;
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
		if (count <= few + a->of.as->nrecords / 4)
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
	struct adopting a = {.of = {diag, arena, tree, as, adoption->iana, {"", 0}}, .adoption = adoption};
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
	a.columns = cells_find(arena, as, &a.ncolumns);
	if (!findtype(&a, &d) || !draft_try(&a.of, &d, &facts) || !settle(&a, &d, &columns)) {
		draft_read(&a.of, &d, &facts);
		return false;
	}
	if (d.type != TYPE_STRING)
		narrow(&a, &d, &facts);
	draft_tell(&a.of, &d, &columns);
	d.duplicates = false;
	d.duplicates = !draft_try(&a.of, &d, &facts);
	if (!draft_read(&a.of, &d, &facts))
		return false;
	*to = draft_node(&a.of, &d);
	return true;
}
