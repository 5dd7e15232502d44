#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "buf.h"
#include "diag.h"
#include "utf8.h"

enum { MAXERRORS = 100, EXCERPT = 160 };

/* A line of a source and a place in it. */
struct line {
	const struct source *src;
	const char *s, *end; /* the line, without its break */
	const char *p;       /* the place */
	unsigned number;
	size_t col; /* code points before the place */
};

uint32_t
diag_source(struct diag *d, const char *name, struct str text)
{
	const struct source *last = d->nsources ? &d->sources[d->nsources - 1] : NULL;
	uint64_t base = last ? (uint64_t)last->base + last->text.n + 1 : 0;

	if (base + text.n >= UINT32_MAX)
		die("cannot read '%s': all files together are larger than 4 GiB", name);
	d->sources = xgrow(d->sources, d->nsources, &d->cap, sizeof(*d->sources));
	d->sources[d->nsources++] = (struct source){name, text, (uint32_t)base};
	return (uint32_t)base;
}

const struct source *
diag_find(const struct diag *d, uint32_t at)
{
	size_t i = d->nsources;

	while (i > 1 && d->sources[i - 1].base > at)
		i--;
	return &d->sources[i - 1];
}

static struct line
find(const struct diag *d, uint32_t at)
{
	struct line l = {0};
	const char *end, *s;

	l.src = diag_find(d, at);
	end = l.src->text.s + l.src->text.n;
	l.p = l.src->text.s + (at - l.src->base);
	if (l.p > end)
		l.p = end;
	l.number = 1;
	for (l.s = s = l.src->text.s; s < l.p; s++) {
		/* a carriage return ends a line unless a newline follows, which then does */
		if (*s == '\n' || (*s == '\r' && (s + 1 == end || s[1] != '\n'))) {
			l.number++;
			l.s = s + 1;
		}
	}
	for (l.end = l.p; l.end < end && *l.end != '\n' && *l.end != '\r'; l.end++)
		;
	l.col = utf8_count(l.s, (size_t)(l.p - l.s));
	return l;
}

/* Bytes that a terminal shows as they are; others become a question mark. */
static void
printable(struct buf *b, const char *s, size_t n)
{
	size_t len;
	uint32_t code;

	for (; n > 0; s += len, n -= len) {
		len = utf8_decode(s, n, &code);
		if (len == 0) {
			buf_addch(b, '?');
			len = 1;
		} else if ((code < 0x20 && code != '\t') || (code >= 0x7f && code < 0xa0) ||
			(code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)) {
			buf_addch(b, '?');
		} else {
			buf_add(b, s, len);
		}
	}
}

/* The line and the caret under the place; of a long line the part around it. */
static void
excerpt(struct buf *b, const struct line *l, uint32_t n)
{
	const char *s = l->s, *end = l->end, *p;

	if (l->p - s > EXCERPT / 2)
		for (s = l->p - EXCERPT / 2; s < l->p && ((unsigned char)*s & 0xc0) == 0x80; s++)
			;
	if (end - s > EXCERPT)
		for (end = s + EXCERPT; end > s + EXCERPT - 3 && ((unsigned char)*end & 0xc0) == 0x80; end--)
			;
	buf_printf(b, "%5u | ", l->number);
	printable(b, s, (size_t)(end - s));
	buf_adds(b, "\n      | ");
	for (p = s; p < l->p; p++)
		if (((unsigned char)*p & 0xc0) != 0x80)
			buf_addch(b, *p == '\t' ? '\t' : ' ');
	buf_addch(b, '^');
	for (p = l->p + 1; p < end && n > 1; p++, n--)
		if (((unsigned char)*p & 0xc0) != 0x80)
			buf_addch(b, '~');
	buf_addch(b, '\n');
}

static void
report(struct diag *d, struct span span, const char *kind, struct str text)
{
	struct line l;
	struct buf b = {0};

	if (d->silent) {
		d->places = xgrow(d->places, d->nplaces, &d->capplaces, sizeof(*d->places));
		d->places[d->nplaces++] = span.at;
		return;
	}
	l = find(d, span.at);
	buf_printf(&b, "%s:%u:%zu: %s: ", l.src->name, l.number, l.col + 1, kind);
	printable(&b, text.s, text.n);
	buf_addch(&b, '\n');
	excerpt(&b, &l, span.n);
	fwrite(b.s, 1, b.n, stderr);
	buf_free(&b);
}

/* The message; a long one is cut. */
static struct str
message(char *text, size_t size, const char *fmt, va_list ap)
{
	if (vsnprintf(text, size, fmt, ap) < 0)
		text[0] = '\0';
	return str(text);
}

void
diag_error(struct diag *d, struct span span, const char *fmt, ...)
{
	char text[2048];
	struct str msg;
	uint32_t hash;
	va_list ap;

	va_start(ap, fmt);
	msg = message(text, sizeof(text), fmt, ap);
	va_end(ap);
	/* what follows from one mistake in several ways is said once */
	hash = strhash(msg);
	d->quiet = d->nerrors > 0 && d->lastat == span.at && d->lasthash == hash;
	if (d->quiet)
		return;
	d->lastat = span.at;
	d->lasthash = hash;
	d->quiet = d->nerrors++ >= MAXERRORS && !d->silent;
	if (!d->quiet)
		report(d, span, "error", msg);
}

void
diag_warning(struct diag *d, struct span span, const char *fmt, ...)
{
	char text[2048];
	va_list ap;

	d->quiet = d->nwarnings++ >= MAXERRORS;
	if (d->quiet)
		return;
	va_start(ap, fmt);
	report(d, span, "warning", message(text, sizeof(text), fmt, ap));
	va_end(ap);
}

void
diag_note(struct diag *d, struct span span, const char *fmt, ...)
{
	char text[2048];
	va_list ap;

	if (d->quiet)
		return;
	va_start(ap, fmt);
	report(d, span, "note", message(text, sizeof(text), fmt, ap));
	va_end(ap);
}

void
diag_finish(const struct diag *d)
{
	if (d->nerrors > MAXERRORS)
		warn("and %u more errors", d->nerrors - MAXERRORS);
	if (d->nwarnings > MAXERRORS)
		warn("and %u more warnings", d->nwarnings - MAXERRORS);
}

void
diag_free(struct diag *d)
{
	free(d->sources);
	free(d->places);
	*d = (struct diag){0};
}

/* How many letters to add, drop, change or swap with a neighbour to make a into b; limit + 1 if more than limit. */
static size_t
distance(struct str a, struct str b, size_t limit)
{
	size_t row[3][64], i, j, best;

	if (a.n >= LEN(row[0]) || b.n >= LEN(row[0]) || a.n > b.n + limit || b.n > a.n + limit)
		return limit + 1;
	for (j = 0; j <= b.n; j++)
		row[0][j] = j;
	for (i = 1; i <= a.n; i++) {
		size_t *cur = row[i % 3], *prev = row[(i + 2) % 3], *before = row[(i + 1) % 3];

		cur[0] = i;
		for (j = 1; j <= b.n; j++) {
			best = prev[j - 1] + (a.s[i - 1] != b.s[j - 1]);
			if (prev[j] + 1 < best)
				best = prev[j] + 1;
			if (cur[j - 1] + 1 < best)
				best = cur[j - 1] + 1;
			if (i > 1 && j > 1 && a.s[i - 1] == b.s[j - 2] && a.s[i - 2] == b.s[j - 1] &&
				before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			cur[j] = best;
		}
	}
	return row[a.n % 3][b.n];
}

const struct str *
nearest(struct str s, const struct str *candidates, size_t n)
{
	size_t i, d, best = s.n / 3 + 1;
	const struct str *found = NULL;

	for (i = 0; i < n; i++) {
		d = distance(s, candidates[i], best);
		if (d < best && d < candidates[i].n) {
			best = d;
			found = &candidates[i];
		}
	}
	return found;
}

const struct str *
mistyped(struct str s, const struct str *candidates, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strfoldorder(s, candidates[i]) == 0)
			return &candidates[i];
	for (i = 0; i < n; i++)
		if (s.n > 2 && candidates[i].n > 2 && distance(s, candidates[i], 1) <= 1)
			return &candidates[i];
	return NULL;
}
