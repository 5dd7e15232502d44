#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "comment.h"
#include "escape.h"
#include "tree.h"
#include "utf8.h"
#include "value.h"

static bool
iswhite(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xa0 || c == 0x1680 ||
		(c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

/* Characters that are not seen, or that change what is seen of others. */
static bool
isunsafe(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
		(c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
		(c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe || (c >= 0xe0000 && c <= 0xe007f);
}

static bool
isplain(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.s[i] < 0x20 || (unsigned char)s.s[i] > 0x7e ||
			(s.s[i] == ' ' && (i == 0 || i + 1 == s.n || s.s[i + 1] == ' ')))
			return false;
	return true;
}

static void
squeeze(struct buf *b, struct str s)
{
	uint32_t c;
	size_t len;
	bool blank = false;

	for (; s.n > 0; s.s += len, s.n -= len) {
		len = utf8_decode(s.s, s.n, &c);
		if (len == 0) {
			len = 1;
			c = 0;
		}
		if (iswhite(c)) {
			blank = b->n > 0;
			continue;
		}
		if (blank)
			buf_addch(b, ' ');
		blank = false;
		if (isunsafe(c))
			buf_adds(b, "\xef\xbf\xbd");
		else
			buf_add(b, s.s, len);
	}
}

/* Without the blanks at the end, which a replacement may bring. */
static struct str
trim(struct str s)
{
	while (s.n > 0 && s.s[s.n - 1] == ' ')
		s.n--;
	return s;
}

struct str
comment_line(struct arena *a, const struct escape *escape, struct str s)
{
	struct buf squeezed = {0}, escaped = {0};
	struct str line;

	if (!isplain(s)) {
		squeeze(&squeezed, s);
		s = buf_str(&squeezed);
	}
	escape_add(escape, &escaped, s);
	line = trim(buf_str(&escaped));
	line.s = arena_copy(a, line.s, line.n);
	buf_free(&squeezed);
	buf_free(&escaped);
	return line;
}

/* Whether a line that begins with this word would be taken for more than text: - * + # > | = ` ~ : < or 1. or 1) */
static bool
ismarker(struct str word)
{
	size_t i = 0;

	if (word.n == 0 || strchr("-*+#>|=`~:<\\@", word.s[0]))
		return true;
	while (i < word.n && word.s[i] >= '0' && word.s[i] <= '9')
		i++;
	return i > 0 && i < word.n && (word.s[i] == '.' || word.s[i] == ')');
}

/* How much of the line, which is not empty, goes on the first line of width code points. */
static size_t
breakpoint(struct str s, size_t width)
{
	size_t end = 0, i = 0, start, count = 0;
	const char *p;
	struct str next;

	for (;;) {
		start = i;
		p = memchr(s.s + i, ' ', s.n - i);
		i = p ? (size_t)(p - s.s) : s.n;
		count += utf8_count(s.s + start, i - start);
		if (end > 0 && count > width)
			return end;
		if (i == s.n)
			return i;
		next = (struct str){s.s + i + 1, s.n - i - 1};
		p = memchr(next.s, ' ', next.n);
		if (!ismarker((struct str){next.s, p ? (size_t)(p - next.s) : next.n}))
			end = i;
		i++;
		count++;
	}
}

struct value
comment_wrap(struct arena *a, struct str s, struct str prefix, size_t width)
{
	size_t room = utf8_count(prefix.s, prefix.n), n = 0, cap, len;
	struct str shown;
	struct value *lines;

	room = width > room + 10 ? width - room : 10;
	for (cap = 1, len = 0; len < s.n; len++)
		cap += s.s[len] == ' ';
	lines = arena_array(a, cap, sizeof(*lines));
	while (s.n > 0) {
		len = breakpoint(s, room);
		shown = trim((struct str){s.s, len});
		lines[n++] = value_str(arena_join(a, (struct str[]){prefix, shown}, 2));
		s.s += len + (len < s.n);
		s.n -= len + (len < s.n);
	}
	return value_list(lines, n);
}
