#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "iana.h"
#include "cell.h"
#include "csv.h"
#include "diag.h"
#include "utf8.h"

/* A bracket: where it stands in the text of its cell, and in the source. */
struct bracket {
	size_t offset;
	uint32_t at;
};

/* Brackets that belong together. */
struct pair {
	struct bracket open;
	size_t end; /* offset of the closing one */
};

struct reader {
	struct diag *diag;
	struct arena *arena;
	struct str text;
	uint32_t base;
	size_t i; /* how much of the text is read */
	struct celltext cell;
	struct bracket *open; /* those of the cell that are not closed */
	size_t nopen, capopen;
	struct pair *pairs; /* none within another */
	size_t npairs, cappairs;
	struct cell *row;
	size_t nrow, caprow;
	struct record *records;
	size_t nrecords, caprecords;
	struct str *header;
	size_t nheader;
};

static bool
fail(struct reader *r, size_t i, const char *msg)
{
	diag_error(r->diag, (struct span){r->base + (uint32_t)i, 1}, "%s", msg);
	return false;
}

/* How long the line break is that stands at i, if any; a CR alone is one, too. */
static size_t
linebreak(const struct reader *r, size_t i)
{
	struct str t = r->text;

	if (i == t.n || (t.s[i] != '\r' && t.s[i] != '\n'))
		return 0;
	return t.s[i] == '\r' && i + 1 < t.n && t.s[i + 1] == '\n' ? 2 : 1;
}

static void
openbracket(struct reader *r, size_t i)
{
	r->open = xgrow(r->open, r->nopen, &r->capopen, sizeof(*r->open));
	r->open[r->nopen++] = (struct bracket){r->cell.text.n - 1, r->base + (uint32_t)i};
}

static void
closebracket(struct reader *r)
{
	struct bracket open;

	if (r->nopen == 0)
		return;
	open = r->open[--r->nopen];
	while (r->npairs > 0 && r->pairs[r->npairs - 1].open.offset > open.offset)
		r->npairs--;
	r->pairs = xgrow(r->pairs, r->npairs, &r->cappairs, sizeof(*r->pairs));
	r->pairs[r->npairs++] = (struct pair){open, r->cell.text.n - 1};
}

/* Append the source from one index to another to the cell. */
static void
addtext(struct reader *r, size_t from, size_t to)
{
	size_t start = from;

	for (; from < to; from++) {
		if (r->text.s[from] != '[' && r->text.s[from] != ']')
			continue;
		celltext_add(&r->cell, (struct str){r->text.s + start, from + 1 - start});
		start = from + 1;
		if (r->text.s[from] == '[')
			openbracket(r, from);
		else
			closebracket(r);
	}
	celltext_add(&r->cell, (struct str){r->text.s + start, to - start});
}

/* Make citations of the brackets of the cell. */
static void
cite(struct reader *r)
{
	size_t i;

	for (i = 0; i < r->npairs; i++) {
		const struct pair *p = &r->pairs[i];
		struct str inner = {r->cell.text.s + p->open.offset + 1, p->end - p->open.offset - 1};
		struct citation c = {.type = CITED_LABEL, .at = p->open.at};

		c.label = cell_squeeze(r->arena, inner);
		if (c.label.n > 0)
			celltext_cite(&r->cell, &c);
	}
	r->npairs = r->nopen = 0;
}

/* Read what is in quotes; i is behind the first. */
static bool
readquoted(struct reader *r)
{
	size_t opening = r->i - 1, start = r->i;

	for (;; r->i++) {
		if (r->i == r->text.n)
			return fail(r, opening, "the quote is never closed");
		if (r->text.s[r->i] != '"')
			continue;
		addtext(r, start, r->i);
		start = ++r->i;
		if (r->i == r->text.n || r->text.s[r->i] != '"')
			break;
	}
	if (r->i < r->text.n && r->text.s[r->i] != ',' && linebreak(r, r->i) == 0)
		return fail(r, r->i, "expected a comma or the end of the line behind a quoted cell");
	return true;
}

static bool
readplain(struct reader *r)
{
	size_t start = r->i;

	for (; r->i < r->text.n && r->text.s[r->i] != ',' && linebreak(r, r->i) == 0; r->i++)
		if (r->text.s[r->i] == '"')
			return fail(r, r->i, "a quote in a cell that does not begin with one");
	addtext(r, start, r->i);
	return true;
}

/* Read a cell, up to what ends it, into the row; if it has text, *empty is false. */
static bool
readcell(struct reader *r, bool *empty)
{
	size_t start = r->i;
	bool quoted = r->i < r->text.n && r->text.s[r->i] == '"';
	struct cell *c;

	r->i += quoted;
	if (!(quoted ? readquoted(r) : readplain(r)))
		return false;
	if (r->cell.text.n > CSV_TEXT)
		return fail(r, start, "a cell of more than a million bytes");
	cite(r);
	if (r->cell.text.n > 0)
		*empty = false;
	if (r->nrow == CSV_COLUMNS)
		return r->cell.text.n == 0 || fail(r, start, "more than 256 columns");
	r->row = xgrow(r->row, r->nrow, &r->caprow, sizeof(*r->row));
	c = &r->row[r->nrow++];
	*c = (struct cell){.at = r->base + (uint32_t)(start + quoted), .n = (uint32_t)(r->i - start)};
	if (quoted)
		c->n -= 2;
	celltext_take(&r->cell, r->arena, c);
	return true;
}

/* Read a line, and what ends it, into the row; *empty is whether it has no text. */
static bool
readrow(struct reader *r, bool *empty)
{
	r->nrow = 0;
	*empty = true;
	for (;;) {
		if (!readcell(r, empty))
			return false;
		if (r->i == r->text.n || r->text.s[r->i] != ',')
			break;
		r->i++;
	}
	r->i += linebreak(r, r->i);
	return true;
}

/* Whether a cell holds what no column is called: a number, a citation, mark-up. */
static bool
isdatum(struct str s)
{
	size_t i = 0;

	if (s.n > 2 && (strstarts(s, "0x") || strstarts(s, "0X")))
		return true;
	while (i < s.n && ((s.s[i] >= '0' && s.s[i] <= '9') || (s.s[i] && strchr(" -.,", s.s[i]))))
		i++;
	return s.n > 0 && (i == s.n || s.s[0] == '[' || s.s[0] == '<');
}

static bool
readheader(struct reader *r)
{
	size_t i, start, n = 0;
	bool empty = true;

	do {
		while (r->i < r->text.n && r->text.s[r->i] == '#') {
			while (r->i < r->text.n && linebreak(r, r->i) == 0)
				r->i++;
			r->i += linebreak(r, r->i);
		}
		start = r->i;
		if (r->i == r->text.n)
			break;
		if (!readrow(r, &empty))
			return false;
	} while (empty);
	for (i = 0; i < r->nrow; i++) {
		if (r->row[i].text.n > 0)
			n = i + 1;
		if (isdatum(r->row[i].text))
			n = r->nrow = 0;
	}
	if (empty || n == 0)
		return fail(
			r, start, "expected a line with the names of the columns, like 'Value,Description,Reference'");
	r->nheader = n;
	r->header = arena_array(r->arena, n, sizeof(*r->header));
	for (i = 0; i < n; i++)
		r->header[i] = r->row[i].text;
	return true;
}

/* Make the row a record. */
static bool
addrecord(struct reader *r, size_t start, size_t end)
{
	struct record *record;
	size_t i;

	for (i = r->nheader; i < r->nrow; i++) {
		if (r->row[i].text.n == 0)
			continue;
		diag_error(r->diag, (struct span){r->row[i].at, r->row[i].n}, "cell %zu, where the header has %zu",
			i + 1, r->nheader);
		return false;
	}
	if (r->nrow < r->nheader) {
		diag_error(r->diag, (struct span){r->base + (uint32_t)end, 1},
			"%zu of the %zu cells that the header has", r->nrow, r->nheader);
		return false;
	}
	if (r->nrecords == CSV_RECORDS)
		return fail(r, start, "more than 4000000 records");
	r->records = xgrow(r->records, r->nrecords, &r->caprecords, sizeof(*r->records));
	record = &r->records[r->nrecords++];
	*record = (struct record){.at = r->base + (uint32_t)start, .n = (uint32_t)(end - start)};
	record->cells = arena_array(r->arena, r->nheader, sizeof(*record->cells));
	record->ncells = (uint32_t)r->nheader;
	memcpy(record->cells, r->row, r->nheader * sizeof(*r->row));
	for (i = 0; i < r->nheader; i++)
		record->cells[i].column = r->header[i];
	return true;
}

static bool
readall(struct reader *r)
{
	size_t start, end;
	bool empty;

	if (!readheader(r))
		return false;
	while (r->i < r->text.n) {
		start = r->i;
		if (!readrow(r, &empty))
			return false;
		for (end = r->i; end > start && (r->text.s[end - 1] == '\n' || r->text.s[end - 1] == '\r'); end--)
			;
		if (!empty && !addrecord(r, start, end))
			return false;
	}
	return true;
}

bool
csv_load(struct diag *d, struct arena *a, uint32_t base, struct assignments *to)
{
	const struct source *s = diag_find(d, base);
	struct reader r = {.diag = d, .arena = a, .text = s->text, .base = base};
	size_t bad = utf8_check(r.text.s, r.text.n);
	const char *nul = memchr(r.text.s, '\0', r.text.n);
	bool ok = false;

	*to = (struct assignments){.at = base, .n = (uint32_t)r.text.n};
	if (bad < r.text.n)
		diag_error(d, (struct span){base + (uint32_t)bad, 1}, "byte 0x%02x is not UTF-8",
			(unsigned char)r.text.s[bad]);
	else if (nul)
		fail(&r, (size_t)(nul - r.text.s), "a NUL cannot stand in CSV");
	else
		ok = readall(&r);
	if (ok) {
		to->nrecords = (uint32_t)r.nrecords;
		to->records = arena_array(a, r.nrecords, sizeof(*to->records));
		if (r.nrecords > 0)
			memcpy(to->records, r.records, r.nrecords * sizeof(*to->records));
	}
	celltext_free(&r.cell);
	free(r.open);
	free(r.pairs);
	free(r.row);
	free(r.records);
	return ok;
}
