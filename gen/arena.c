#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"

enum { CHUNK = 1 << 16, ALIGN = 16 };

struct chunk {
	struct chunk *prev;
	size_t cap;
	_Alignas(ALIGN) char data[];
};

static void
addchunk(struct arena *a, size_t n)
{
	size_t cap = n > CHUNK ? n : CHUNK;
	struct chunk *c;

	if (cap > SIZE_MAX - sizeof(*c))
		die("cannot allocate %zu bytes", n);
	c = xmalloc(1, sizeof(*c) + cap);
	c->prev = a->chunk;
	c->cap = cap;
	a->chunk = c;
	a->used = 0;
	a->cap = cap;
}

/* Memory that is not zeroed. */
static void *
take(struct arena *a, size_t n)
{
	char *p;

	if (n > SIZE_MAX - ALIGN)
		die("cannot allocate %zu bytes", n);
	n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (a->cap - a->used < n)
		addchunk(a, n);
	p = a->chunk->data + a->used;
	a->used += n;
	return p;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	return memset(take(a, n), 0, n);
}

void *
arena_array(struct arena *a, size_t n, size_t m)
{
	if (m != 0 && n > SIZE_MAX / m)
		die("cannot allocate %zu objects of %zu bytes", n, m);
	return arena_alloc(a, n * m);
}

char *
arena_bytes(struct arena *a, size_t n)
{
	return take(a, n);
}

char *
arena_copy(struct arena *a, const char *s, size_t n)
{
	char *p = take(a, n + 1);

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
	s = p = take(a, size);
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
	p = take(a, (size_t)n + 1);
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

void
arena_release(struct arena *a, struct mark m)
{
	struct chunk *c;

	while (a->chunk != m.chunk) {
		c = a->chunk;
		a->chunk = c->prev;
		free(c);
	}
	a->used = m.used;
	a->cap = a->chunk ? a->chunk->cap : 0;
}

void
arena_free(struct arena *a)
{
	arena_release(a, (struct mark){NULL, 0});
}
