#include <inttypes.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "number.h"
#include "extent.h"

/* What is being read: the text, how much of it is, and the type of the widest numbers of its sign. */
struct reader {
	struct str s;
	size_t i;
	enum type type;
	struct extents *out;
};

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The value of a hexadecimal digit, or 16. */
static unsigned
digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	return lower(c) >= 'a' && lower(c) <= 'f' ? (unsigned)(lower(c) - 'a') + 10 : 16;
}

static char
peek(const struct reader *r, size_t ahead)
{
	return r->i + ahead < r->s.n ? r->s.s[r->i + ahead] : '\0';
}

/* Pass over the words, which are in small letters; false if others stand here. */
static bool
skip(struct reader *r, const char *words)
{
	size_t k;

	for (k = 0; words[k]; k++)
		if (lower(peek(r, k)) != words[k])
			return false;
	r->i += k;
	return true;
}

static bool
skipany(struct reader *r, const char *const *words, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (skip(r, words[i]))
			return true;
	return false;
}

static void
blanks(struct reader *r)
{
	while (peek(r, 0) == ' ')
		r->i++;
}

/* Two hexadecimal digits and no third. */
static bool
octet(const struct reader *r, size_t at, unsigned *v)
{
	*v = digit(peek(r, at)) << 4 | digit(peek(r, at + 1));
	return digit(peek(r, at)) < 16 && digit(peek(r, at + 1)) < 16 && digit(peek(r, at + 2)) == 16;
}

/* A byte: 0x1C, 0x1C-1D, 0x1C-0x1D or *. */
static bool
byte(struct reader *r, unsigned *first, unsigned *last)
{
	size_t n;

	*first = 0;
	*last = 255;
	if (peek(r, 0) == '*') {
		r->i++;
		return true;
	}
	if (peek(r, 0) != '0' || peek(r, 1) != 'x' || !octet(r, 2, first))
		return false;
	r->i += 4;
	*last = *first;
	n = peek(r, 1) == '0' && peek(r, 2) == 'x' ? 2 : 0;
	/* 0x00,0xFF-0x01,0x05 goes from one number to another */
	if (peek(r, 0) == '-' && octet(r, 1 + n, last) && !(n == 2 && peek(r, 5) == ',' && peek(r, 6) == '0'))
		r->i += 3 + n;
	else
		*last = *first;
	return true;
}

/* Bytes that make one number, or several that follow each other. */
static bool
bytes(struct reader *r, struct extent *e, unsigned *n)
{
	unsigned first, last;
	bool several = false;

	*e = (struct extent){0, 0};
	for (*n = 0; *n < 8;) {
		if (!byte(r, &first, &last) || (several && (first != 0 || last != 255)))
			return false;
		several = several || first != last;
		e->first = e->first << 8 | first;
		e->last = e->last << 8 | last;
		++*n;
		if (peek(r, 0) != ',' || (peek(r, 1) != '*' && peek(r, 1) != '0'))
			return *n > 1;
		r->i++;
	}
	return false;
}

/* A number; one that follows a hexadecimal one may lack the prefix. */
static bool
number(struct reader *r, bool hexadecimal, uint64_t *v)
{
	struct str rest = {r->s.s + r->i, r->s.n - r->i};
	char copy[24] = "0x";
	bool fits = true;
	size_t n;

	if (hexadecimal && digit(peek(r, 0)) < 16 && lower(peek(r, 1)) != 'x') {
		for (n = 0; n < 20 && digit(peek(r, n)) < 16; n++)
			copy[n + 2] = peek(r, n);
		if (number_read(r->type, (struct str){copy, n + 2}, v, &fits) != n + 2 || !fits)
			return false;
	} else {
		for (n = 0; n < rest.n && rest.s[n] != ','; n++)
			;
		n = number_read(r->type, (struct str){rest.s, n}, v, &fits);
		if (n == 0 || !fits)
			return false;
	}
	r->i += n;
	/* a word, or a number with a part behind a point */
	return !((unsigned char)(lower(peek(r, 0)) - 'a') < 26 || (unsigned char)peek(r, 0) >= 0x80 ||
		       peek(r, 0) == '_' || (peek(r, 0) == '.' && peek(r, 1) != '.')) ||
		skip(r, "\xe2\x80\x93") || skip(r, "\xe2\x80\x94");
}

/* What stands between the ends of a range. */
static bool
joins(struct reader *r)
{
	static const char *const words[] = {
		"-", "\xe2\x80\x93", "\xe2\x80\x94", "...", "..", "to ", "through ", "thru "};
	size_t start = r->i;

	if (start >= 3 &&
		(memcmp(r->s.s + start - 3, "\xe2\x80\x93", 3) == 0 ||
			memcmp(r->s.s + start - 3, "\xe2\x80\x94", 3) == 0))
		return true;
	blanks(r);
	if (skipany(r, words, LEN(words)))
		return true;
	r->i = start;
	return false;
}

/* What stands in parentheses, or a remark that a number goes on from there. */
static bool
remark(struct reader *r)
{
	size_t depth = 0;

	blanks(r);
	if (peek(r, 0) != '(')
		return true;
	for (; r->i < r->s.n; r->i++) {
		depth += r->s.s[r->i] == '(';
		if (r->s.s[r->i] == ')' && --depth == 0) {
			r->i++;
			return true;
		}
	}
	return false;
}

/* How the numbers are spelled: the first says how long, all of them in which letters. */
static void
spelling(struct reader *r, unsigned nbytes)
{
	struct spelling *to = &r->out->spelling;
	size_t i, n = 0;

	for (i = 0; i < r->s.n && r->s.s[i] != 'x'; i++)
		;
	for (i++; i + n < r->s.n && digit(r->s.s[i + n]) < 16; n++)
		;
	to->width = n > 16 ? 16 : (unsigned char)n;
	to->bytes = (unsigned char)nbytes;
	to->upper = nbytes > 0;
	for (i = 0; i < r->s.n && r->s.s[i] != '('; i++)
		if (digit(r->s.s[i]) >= 10 && digit(r->s.s[i]) < 16)
			to->upper = r->s.s[i] <= 'F';
}

/* A number that no other stands before. */
static bool
first(struct reader *r, uint64_t *v)
{
	if (r->out->n == 0 && peek(r, 0) == '0' && peek(r, 1) == 'x')
		spelling(r, 0);
	return number(r, false, v);
}

/* One number, or those from one to another. */
static bool
extent(struct reader *r, uint64_t least, uint64_t greatest, struct extent *e)
{
	static const char *const above[] = {"greater than ", "above ", "> "},
				 *const below[] = {"less than ", "below ", "< "};
	static const char *const on[] = {" and above", " and higher", " and up", " or greater", "+"};
	size_t start = r->i;
	struct extent other;
	unsigned n = 0;
	bool hexadecimal;

	if (skipany(r, above, LEN(above))) {
		e->last = greatest;
		return first(r, &e->first) && e->first++ < UINT64_MAX;
	}
	if (skipany(r, below, LEN(below))) {
		e->first = least;
		return first(r, &e->last) && e->last-- > 0;
	}
	if (bytes(r, e, &n)) {
		if (type_signed(r->type))
			return false;
		if (r->out->n == 0)
			spelling(r, n);
		if (!joins(r))
			return true;
		if (!bytes(r, &other, &n))
			return false;
		e->last = other.last;
		return true;
	}
	r->i = start;
	hexadecimal = peek(r, 0) == '0' && peek(r, 1) == 'x';
	if (!first(r, &e->first))
		return false;
	e->last = e->first;
	if (skipany(r, on, LEN(on)))
		e->last = greatest;
	else if (joins(r)) {
		blanks(r);
		return number(r, hexadecimal, &e->last);
	}
	return true;
}

bool
extent_read(enum type t, uint64_t least, uint64_t greatest, struct str s, struct extents *out)
{
	struct reader r = {.s = s, .type = type_signed(t) ? TYPE_I64 : TYPE_U64, .out = out};
	static const char *const between[] = {", and ", ",", ";", "and ", "& "};
	struct extent e;

	*out = (struct extents){.n = 0};
	for (;;) {
		blanks(&r);
		if (out->n == EXTENT_MOST || !extent(&r, least, greatest, &e) || !remark(&r) || e.first > e.last)
			return false;
		if (e.last >= least && e.first <= greatest) {
			e.first = e.first < least ? least : e.first;
			e.last = e.last > greatest ? greatest : e.last;
			out->list[out->n++] = e;
		}
		blanks(&r);
		if (r.i == s.n)
			return true;
		if (!skipany(&r, between, LEN(between)))
			return false;
	}
}

struct str
extent_spell(struct arena *a, enum type t, uint64_t v, struct spelling like)
{
	const char *fmt = like.upper ? "%s0x%02" PRIX64 : "%s0x%02" PRIx64;
	const char *s = "";
	unsigned i;

	if (like.bytes > 0) {
		for (i = like.bytes; i > 0; i--) {
			s = arena_printf(a, fmt, s, v >> 8 * (i - 1) & 255);
			if (i > 1)
				s = arena_printf(a, "%s,", s);
		}
		return str(s);
	}
	if (like.width == 0 || type_signed(t))
		return number_decimal(a, t, v);
	return str(arena_printf(a, like.upper ? "0x%0*" PRIX64 : "0x%0*" PRIx64, (int)like.width, v));
}

struct str
extent_range(struct arena *a, enum type t, struct extent e, struct str written, struct spelling like)
{
	uint64_t first, last;
	bool fits;

	if (number_range(t, written, &first, &last, &fits) && fits && first == e.first && last == e.last)
		return written;
	if (e.first == e.last)
		return extent_spell(a, t, e.first, like);
	return arena_join(a,
		(struct str[]){extent_spell(a, t, e.first, like), LITERAL("-"), extent_spell(a, t, e.last, like)}, 3);
}
