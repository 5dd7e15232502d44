#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util.h"

const char *argv0 = "regen";

static void
vwarn(const char *fmt, va_list ap)
{
	int saved = errno;
	size_t n = strlen(fmt);

	fprintf(stderr, "%s: ", argv0);
	vfprintf(stderr, fmt, ap);
	if (n > 0 && fmt[n - 1] == ':')
		fprintf(stderr, " %s", strerror(saved));
	fputc('\n', stderr);
}

void
die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vwarn(fmt, ap);
	va_end(ap);
	exit(2);
}

void
warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vwarn(fmt, ap);
	va_end(ap);
}

void *
xrealloc(void *p, size_t n, size_t m)
{
	if (m != 0 && n > SIZE_MAX / m) {
		errno = ENOMEM;
		die("cannot allocate memory:");
	}
	p = realloc(p, n * m != 0 ? n * m : 1);
	if (!p)
		die("cannot allocate memory:");
	return p;
}

void *
xmalloc(size_t n, size_t m)
{
	return xrealloc(NULL, n, m);
}

void *
xcalloc(size_t n, size_t m)
{
	void *p = calloc(n ? n : 1, m ? m : 1);

	if (!p)
		die("cannot allocate memory:");
	return p;
}

void *
xgrow(void *p, size_t n, size_t *cap, size_t m)
{
	if (n < *cap)
		return p;
	*cap = *cap ? *cap * 2 : 16;
	return xrealloc(p, *cap, m);
}

struct str
str(const char *s)
{
	return (struct str){s, strlen(s)};
}

bool
streq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

bool
streqs(struct str a, const char *b)
{
	return streq(a, str(b));
}

int
strorder(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.s, b.s, n) : 0;

	if (c != 0)
		return c;
	return (a.n > b.n) - (a.n < b.n);
}

static unsigned char
fold(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

int
strfoldorder(struct str a, struct str b)
{
	size_t i, n = a.n < b.n ? a.n : b.n;

	for (i = 0; i < n && fold(a.s[i]) == fold(b.s[i]); i++)
		;
	if (i < n)
		return fold(a.s[i]) - fold(b.s[i]);
	return (a.n > b.n) - (a.n < b.n);
}

/* Letters, digits and what is beyond ASCII. */
static bool
isplain(char c)
{
	return fold(c) >= 0x80 || (unsigned char)(fold(c) - 'a') < 26 || (unsigned char)(c - '0') < 10;
}

bool
stralike(struct str a, struct str b)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < a.n && !isplain(a.s[i]))
			i++;
		while (j < b.n && !isplain(b.s[j]))
			j++;
		if (i == a.n || j == b.n)
			return i == a.n && j == b.n;
		if (fold(a.s[i++]) != fold(b.s[j++]))
			return false;
	}
}

uint32_t
strhash(struct str a)
{
	uint64_t h = 0x9e3779b97f4a7c15 ^ a.n, w;

	for (; a.n >= 8; a.s += 8, a.n -= 8) {
		memcpy(&w, a.s, 8);
		h = (h ^ w) * 0xff51afd7ed558ccd;
		h ^= h >> 32;
	}
	if (a.n > 0) {
		w = 0;
		memcpy(&w, a.s, a.n);
		h = (h ^ w) * 0xff51afd7ed558ccd;
		h ^= h >> 32;
	}
	return (uint32_t)h;
}

bool
strstarts(struct str a, const char *prefix)
{
	size_t n = strlen(prefix);

	return a.n >= n && memcmp(a.s, prefix, n) == 0;
}

struct str
strcut(struct str s, size_t n)
{
	return (struct str){s.s + n, s.n - n};
}

struct str
strtrim(struct str s)
{
	while (s.n > 0 && s.s[0] == ' ')
		s = strcut(s, 1);
	while (s.n > 0 && s.s[s.n - 1] == ' ')
		s.n--;
	return s;
}
