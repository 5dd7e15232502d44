#include <string.h>
#include "util.h"
#include "buf.h"
#include "document.h"
#include "scalar.h"
#include "utf8.h"

/* Whether a character may stand as itself. Those that reorder the text around them are escaped, too. All others are
 * below 0x10000. */
static bool
visible(uint32_t c)
{
	return c >= 0x20 && !(c >= 0x7f && c < 0xa0) && c != 0x61c && !(c >= 0x200e && c <= 0x200f) &&
		!(c >= 0x2028 && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069) && c != 0xfeff && c != 0xfffe &&
		c != 0xffff;
}

/* Whether all characters may stand as themselves, line feeds perhaps. */
static bool
allvisible(struct str s, bool lines)
{
	size_t i, n;
	uint32_t c;

	for (i = 0; i < s.n; i += n) {
		n = utf8_decode(s.s + i, s.n - i, &c);
		if (n == 0 || (!visible(c) && !(lines && c == '\n')))
			return false;
	}
	return true;
}

bool
scalar_plain(struct str s, bool flow)
{
	size_t i;
	char c, next;

	if (s.n == 0 || s.s[0] == ' ' || s.s[s.n - 1] == ' ' || !allvisible(s, false))
		return false;
	next = s.n > 1 ? s.s[1] : ' ';
	if (strchr(",[]{}#&*!|>'\"%@`", s.s[0]) || (strchr("-?:", s.s[0]) && next == ' ') ||
		(flow && (strchr("?:", s.s[0]) || (s.s[0] == '-' && strchr(",[]{}", next)))))
		return false;
	/* a merge key, a default value, the marks of documents */
	if (streqs(s, "<<") || streqs(s, "=") || strstarts(s, "---") || strstarts(s, "..."))
		return false;
	for (i = 0; i < s.n; i++) {
		c = s.s[i];
		next = i + 1 < s.n ? s.s[i + 1] : ' ';
		if ((c == ':' && next == ' ') || (c == ' ' && next == '#'))
			return false;
		if (flow && (strchr(",[]{}?", c) || (c == ':' && strchr(",[]{}?", next))))
			return false;
	}
	return true;
}

bool
scalar_typed(struct str s)
{
	static const char *const words[] = {"~", "null", "y", "yes", "n", "no", "true", "false", "on", "off"};
	size_t i;

	for (i = 0; i < LEN(words); i++)
		if (strfoldorder(s, str(words[i])) == 0)
			return true;
	if (s.n == 0 || !strchr("-+.0123456789", s.s[0]))
		return false;
	for (i = 0; i < s.n; i++)
		if (!strchr("-+.:_ 0123456789abcdefABCDEFxXoOtTzZinIN", s.s[i]))
			return false;
	return true;
}

/* Whether the text, less one line feed at its end, is lines of words. */
static bool
blocky(struct str s, bool lines)
{
	size_t i, start = 0;

	if (s.n > 0 && s.s[s.n - 1] == '\n')
		s.n--;
	if (s.n == 0 || s.s[0] == ' ' || s.s[0] == '\n' || !allvisible(s, lines))
		return false;
	for (i = 0; i <= s.n; i++) {
		if (i < s.n && s.s[i] != '\n')
			continue;
		/* blanks alone, or at the end, are easily lost */
		if (i > start && s.s[i - 1] == ' ')
			return false;
		start = i + 1;
	}
	return s.s[s.n - 1] != '\n';
}

bool
scalar_folds(struct str s)
{
	return blocky(s, false);
}

static void
addblanks(struct buf *b, uint32_t n)
{
	while (n-- > 0)
		buf_addch(b, ' ');
}

static void
addescaped(struct buf *b, const char *s, size_t n, uint32_t c)
{
	static const char from[] = "\"\\\t\n\r", to[] = "\"\\tnr";
	const char *p = c < 0x80 ? strchr(from, (int)c) : NULL;

	if (p && c)
		buf_printf(b, "\\%c", to[p - from]);
	else if (visible(c))
		buf_add(b, s, n);
	else
		buf_printf(b, "\\u%04x", (unsigned)c);
}

/* Append a piece of a line as its kind has it. */
static void
addpiece(struct buf *b, struct str s, unsigned char kind)
{
	size_t i, n;
	uint32_t c;

	for (i = 0; i < s.n; i += n) {
		n = utf8_decode(s.s + i, s.n - i, &c);
		if (n == 0) {
			n = 1;
			c = 0xfffd;
		}
		if (kind == SITE_DOUBLE)
			addescaped(b, s.s + i, n, c);
		else
			buf_add(b, s.s + i, n);
		if (kind == SITE_SINGLE && c == '\'')
			buf_addch(b, '\'');
	}
}

/* The length of the next word, to a single blank or the end. */
static size_t
wordlength(struct str s)
{
	size_t i;

	for (i = 1; i + 1 < s.n; i++)
		if (s.s[i] == ' ' && s.s[i - 1] != ' ' && s.s[i + 1] != ' ')
			return i;
	return s.n;
}

/* Append words that go over lines. A reader makes one blank of a break and the blanks around it. */
static void
addwrapped(struct buf *b, struct str s, const struct scalarform *f, unsigned char kind, uint32_t column)
{
	size_t n, length, start;
	bool first = true;

	while (s.n > 0) {
		n = wordlength(s);
		length = utf8_count(s.s, n);
		if (!first && column + 1 + length > f->width) {
			buf_addstr(b, f->newline);
			addblanks(b, f->indent);
			column = f->indent;
		} else if (!first) {
			buf_addch(b, ' ');
			column++;
		}
		start = b->n;
		addpiece(b, (struct str){s.s, n}, kind);
		column += (uint32_t)utf8_count(b->s + start, b->n - start);
		first = false;
		n += n < s.n;
		s.s += n;
		s.n -= n;
	}
}

static void
writeblock(struct buf *b, struct str s, const struct scalarform *f, unsigned char kind)
{
	const char *end = s.s + s.n, *eol;

	buf_addch(b, kind == SITE_FOLDED ? '>' : '|');
	if (end[-1] == '\n')
		end--;
	else
		buf_addch(b, '-');
	if (kind == SITE_FOLDED) {
		buf_addstr(b, f->newline);
		addblanks(b, f->indent);
		addwrapped(b, (struct str){s.s, (size_t)(end - s.s)}, f, kind, f->indent);
		return;
	}
	for (; s.s <= end; s.s = eol + 1) {
		eol = memchr(s.s, '\n', (size_t)(end - s.s));
		eol = eol ? eol : end;
		buf_addstr(b, f->newline);
		if (eol > s.s)
			addblanks(b, f->indent);
		buf_add(b, s.s, (size_t)(eol - s.s));
	}
}

/* The kind in which the text can be written that is nearest to the one that is wished. */
static unsigned char
choose(struct str s, const struct scalarform *f)
{
	unsigned char kind = f->kind;

	if (!f->flow && kind == SITE_FOLDED && scalar_folds(s))
		return kind;
	if (!f->flow && kind != SITE_DOUBLE && blocky(s, true) &&
		(kind == SITE_LITERAL || kind == SITE_FOLDED || memchr(s.s, '\n', s.n)))
		return SITE_LITERAL;
	if (kind == SITE_DOUBLE || !allvisible(s, false))
		return SITE_DOUBLE;
	return kind != SITE_SINGLE && scalar_plain(s, f->flow) ? SITE_PLAIN : SITE_SINGLE;
}

void
scalar_write(struct buf *b, struct str s, const struct scalarform *f)
{
	unsigned char kind = choose(s, f);
	const char *quote = kind == SITE_SINGLE ? "'" : kind == SITE_DOUBLE ? "\"" : "";

	if (kind == SITE_LITERAL || kind == SITE_FOLDED) {
		writeblock(b, s, f, kind);
		return;
	}
	buf_adds(b, quote);
	if (f->wrap && !f->flow)
		addwrapped(b, s, f, kind, f->column + (uint32_t)strlen(quote));
	else
		addpiece(b, s, kind);
	buf_adds(b, quote);
}
