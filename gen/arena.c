#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"

enum { LEAST = 1 << 12, GREATEST = 1 << 24, ALIGN = 8 };

/* Chunks double in size, so that few are needed however much is taken. What lies behind clean has never been used and
 * is zeroed. */
struct chunk {
	struct chunk *prev;
	size_t cap, clean;
	_Alignas(ALIGN) char data[];
};

static void
addchunk(struct arena *a, size_t n)
{
	size_t cap = a->chunk && a->chunk->cap >= LEAST ? 2 * a->chunk->cap : LEAST;
	struct chunk *c;

	cap = cap > GREATEST ? GREATEST : cap;
	cap = cap > n ? cap : n;
	if (cap > SIZE_MAX - sizeof(*c))
		die("cannot allocate %zu bytes", n);
	c = xcalloc(1, sizeof(*c) + cap);
	c->prev = a->chunk;
	c->cap = cap;
	a->chunk = c;
	a->used = 0;
}

/* n bytes at a multiple of align. */
static char *
take(struct arena *a, size_t n, size_t align)
{
	size_t start = (a->used + align - 1) & ~(align - 1);

	if (!a->chunk || start > a->chunk->cap || n > a->chunk->cap - start) {
		addchunk(a, n);
		start = 0;
	}
	a->used = start + n;
	return a->chunk->data + start;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	char *p = take(a, n, ALIGN);
	size_t end = a->used, start = end - n, clean = a->chunk->clean;

	if (start < clean)
		memset(p, 0, (clean < end ? clean : end) - start);
	if (clean < end)
		a->chunk->clean = end;
	return p;
}

void *
arena_array(struct arena *a, size_t n, size_t m)
{
	if (m != 0 && n > SIZE_MAX / m)
		die("cannot allocate %zu objects of %zu bytes", n, m);
	return arena_alloc(a, n * m);
}

/* n bytes that are not zeroed. */
static char *
takedirty(struct arena *a, size_t n, size_t align)
{
	char *p = take(a, n, align);

	if (a->chunk->clean < a->used)
		a->chunk->clean = a->used;
	return p;
}

void *
arena_raw(struct arena *a, size_t n)
{
	return takedirty(a, n, ALIGN);
}

char *
arena_bytes(struct arena *a, size_t n)
{
	return takedirty(a, n, 1);
}

char *
arena_copy(struct arena *a, const char *s, size_t n)
{
	char *p = takedirty(a, n + 1, 1);

	if (n > 0)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

struct str
arena_join(struct arena *a, const struct str *parts, size_t n)
{
	size_t i, size = 0;
	char *s, *p;

	for (i = 0; i < n; i++)
		size += parts[i].n;
	s = p = arena_bytes(a, size);
	for (i = 0; i < n; i++) {
		if (parts[i].n > 0)
			memcpy(p, parts[i].s, parts[i].n);
		p += parts[i].n;
	}
	return (struct str){s, size};
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		die("cannot format a message");
	p = arena_bytes(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}

struct mark
arena_mark(const struct arena *a)
{
	return (struct mark){a->chunk, a->used};
}

/* Free the chunks that came after one; with NULL, all. */
static void
freeto(struct arena *a, const struct chunk *last)
{
	struct chunk *c;

	while (a->chunk != last) {
		c = a->chunk;
		a->chunk = c->prev;
		free(c);
	}
}

void
arena_release(struct arena *a, struct mark m)
{
	const struct chunk *last = m.chunk;

	/* what was empty keeps one chunk, as more will be taken */
	if (!last && a->chunk)
		for (last = a->chunk; last->prev; last = last->prev)
			;
	freeto(a, last);
	a->used = m.used;
}

void
arena_free(struct arena *a)
{
	freeto(a, NULL);
	a->used = 0;
}
