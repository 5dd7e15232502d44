#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "escape.h"
#include "utf8.h"

struct range {
	uint32_t first, last;
	struct str format;
	bool bytes; /* the format is for each byte of the UTF-8 */
};

struct sequence {
	struct str from, to;
	struct sequence *next;
};

struct escape {
	struct arena *arena;
	bool special[256]; /* something may be to do where this byte stands */
	struct range *ranges;
	size_t nranges, cap;
	struct sequence *sequences; /* the longest first */
};

static void
directive(struct buf *b, const char *d, uint32_t code)
{
	if (strcmp(d, "%02x") == 0)
		buf_printf(b, "%02x", code);
	else if (strcmp(d, "%04x") == 0)
		buf_printf(b, "%04x", code);
	else if (strcmp(d, "%08x") == 0)
		buf_printf(b, "%08x", code);
	else if (strcmp(d, "%x") == 0)
		buf_printf(b, "%x", code);
	else if (strcmp(d, "%X") == 0)
		buf_printf(b, "%X", code);
	else
		buf_printf(b, "%03o", code);
}

/* The directive that stands at the start of s, or NULL. */
static const char *
finddirective(struct str s)
{
	static const char *const directives[] = {"%%", "%02x", "%04x", "%08x", "%x", "%X", "%03o"};
	size_t i;

	for (i = 0; i < LEN(directives); i++)
		if (strstarts(s, directives[i]))
			return directives[i];
	return NULL;
}

/* Write one code point, or one byte, as the format says. */
static void
formatted(struct buf *b, struct str f, uint32_t code)
{
	const char *d;
	size_t n;

	for (; f.n > 0; f.s += n, f.n -= n) {
		d = f.s[0] == '%' ? finddirective(f) : NULL;
		n = d ? strlen(d) : 1;
		if (!d || strcmp(d, "%%") == 0)
			buf_addch(b, f.s[0]);
		else
			directive(b, d, code);
	}
}

static void
character(struct buf *b, const struct range *r, uint32_t code, struct str utf8)
{
	size_t i;

	if (!r->bytes) {
		formatted(b, r->format, code);
		return;
	}
	for (i = 0; i < utf8.n; i++)
		formatted(b, r->format, (unsigned char)utf8.s[i]);
}

struct escape *
escape_new(struct arena *a)
{
	struct escape *e = arena_alloc(a, sizeof(*e));

	e->arena = a;
	return e;
}

bool
escape_range(struct escape *e, uint32_t first, uint32_t last, struct str format)
{
	bool bytes = false;
	const char *d;
	uint32_t c;
	size_t i;

	for (i = 0; i < format.n; i++) {
		if (format.s[i] != '%')
			continue;
		d = finddirective((struct str){format.s + i, format.n - i});
		if (!d)
			return false;
		bytes = bytes || strcmp(d, "%03o") == 0;
		i += strlen(d) - 1;
	}
	if (e->nranges == e->cap) {
		struct range *old = e->ranges;

		e->cap = e->cap ? e->cap * 2 : 8;
		e->ranges = arena_array(e->arena, e->cap, sizeof(*e->ranges));
		if (e->nranges > 0)
			memcpy(e->ranges, old, e->nranges * sizeof(*old));
	}
	e->ranges[e->nranges++] =
		(struct range){first, last, {arena_copy(e->arena, format.s, format.n), format.n}, bytes};
	for (c = first; c <= last && c < 0x80; c++)
		e->special[c] = true;
	for (c = 0x80; last >= 0x80 && c < 256; c++)
		e->special[c] = true;
	return true;
}

void
escape_sequence(struct escape *e, struct str from, struct str to)
{
	struct sequence **p = &e->sequences, *s = arena_alloc(e->arena, sizeof(*s));

	while (*p && (*p)->from.n >= from.n)
		p = &(*p)->next;
	s->from = (struct str){arena_copy(e->arena, from.s, from.n), from.n};
	s->to = (struct str){arena_copy(e->arena, to.s, to.n), to.n};
	s->next = *p;
	*p = s;
	e->special[(unsigned char)from.s[0]] = true;
}

/* Write what stands at the start of s, of which something may have to be replaced; returns how many bytes that was. */
static size_t
special(const struct escape *e, struct buf *b, struct str s)
{
	const struct sequence *q;
	uint32_t code;
	size_t i, n;

	for (q = e->sequences; q; q = q->next) {
		if (q->from.n <= s.n && memcmp(q->from.s, s.s, q->from.n) == 0) {
			buf_addstr(b, q->to);
			return q->from.n;
		}
	}
	n = utf8_decode(s.s, s.n, &code);
	for (i = 0; n > 0 && i < e->nranges; i++) {
		if (code >= e->ranges[i].first && code <= e->ranges[i].last) {
			character(b, &e->ranges[i], code, (struct str){s.s, n});
			return n;
		}
	}
	n = n ? n : 1;
	buf_add(b, s.s, n);
	return n;
}

/* Whether something may be special about four bytes. */
static inline bool
anyspecial(const struct escape *e, const unsigned char *p)
{
	return e->special[p[0]] | e->special[p[1]] | e->special[p[2]] | e->special[p[3]];
}

/* How many bytes at the start have nothing special about them. The last four may be looked at twice. */
static size_t
ordinary(const struct escape *e, struct str s)
{
	const unsigned char *p = (const unsigned char *)s.s;
	size_t i = 0;

	while (s.n - i >= 4 && !anyspecial(e, p + i))
		i += 4;
	if (s.n - i < 4 && s.n >= 4 && !anyspecial(e, p + s.n - 4))
		return s.n;
	while (i < s.n && !e->special[p[i]])
		i++;
	return i;
}

void
escape_add(const struct escape *e, struct buf *b, struct str s)
{
	size_t i;

	if (!e) {
		buf_addstr(b, s);
		return;
	}
	while (s.n > 0) {
		i = ordinary(e, s);
		buf_add(b, s.s, i);
		s.s += i;
		s.n -= i;
		if (s.n == 0)
			break;
		i = special(e, b, s);
		s.s += i;
		s.n -= i;
	}
}

struct escape *
escape_html(struct arena *a)
{
	static const char *const table[][2] = {{"&", "&amp;"}, {"\"", "&quot;"}, {"<", "&lt;"}, {">", "&gt;"}};
	struct escape *e = escape_new(a);
	size_t i;

	for (i = 0; i < LEN(table); i++)
		escape_sequence(e, str(table[i][0]), str(table[i][1]));
	return e;
}
