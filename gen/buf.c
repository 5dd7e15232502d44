#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "buf.h"

/* Make room for n more bytes, unless they had better go out at once. */
static void
room(struct buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : 256;

	if (b->flush && b->n > 0)
		b->flush(b);
	if (n <= b->cap - b->n)
		return;
	while (cap - b->n < n) {
		if (cap > SIZE_MAX / 2)
			die("cannot allocate %zu bytes", n);
		cap *= 2;
	}
	b->s = xrealloc(b->s, cap, 1);
	b->cap = cap;
}

char *
buf_room(struct buf *b, size_t n)
{
	if (b->cap - b->n < n)
		room(b, n);
	return b->s + b->n;
}

void
buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_addch(struct buf *b, int c)
{
	if (b->n == b->cap)
		room(b, 1);
	b->s[b->n++] = (char)c;
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		die("cannot format a message");
	if (b->cap - b->n < (size_t)n + 1)
		room(b, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(b->s + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

struct str
buf_str(const struct buf *b)
{
	return (struct str){b->s ? b->s : "", b->n};
}

void
buf_free(struct buf *b)
{
	free(b->s);
	*b = (struct buf){0};
}
