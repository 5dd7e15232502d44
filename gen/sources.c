#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "decode.h"
#include "tree.h"
#include "registry.h"
#include "sources.h"

struct origin {
	struct str what, address; /* no address: IANA's own */
	bool again;               /* it was listed before */
};

/* Origins that are the same stand together, the first of them first. */
static int
orderorigins(const void *p, const void *q)
{
	const struct origin *a = *(struct origin *const *)p, *b = *(struct origin *const *)q;
	int c = strorder(a->what, b->what);

	if (c == 0)
		c = strorder(a->address, b->address);
	return c ? c : (a > b) - (a < b);
}

static struct origin
originof(const struct registry *r)
{
	struct str iana = node_str(r->source.iana);
	const char *slash = memchr(iana.s, '/', iana.n);

	if (r->source.url)
		return (struct origin){.what = iana, .address = node_str(r->source.url)};
	return (struct origin){.what = {iana.s, slash ? (size_t)(slash - iana.s) : iana.n}};
}

static void
markagain(struct arena *a, struct origin *list, size_t n)
{
	struct origin **sorted = arena_array(a, n, sizeof(struct origin *));
	size_t i;

	for (i = 0; i < n; i++)
		sorted[i] = &list[i];
	if (n > 1)
		qsort(sorted, n, sizeof(*sorted), orderorigins);
	for (i = 1; i < n; i++)
		sorted[i]->again = streq(sorted[i]->what, sorted[i - 1]->what) &&
			streq(sorted[i]->address, sorted[i - 1]->address);
}

size_t
sources_write(struct arena *a, const struct project *p, struct buf *b)
{
	struct origin *list = arena_array(a, p->nregistries, sizeof(*list));
	size_t n = 0, lines = 0, i;

	for (i = 0; i < p->nregistries; i++)
		if (p->registries[i].source.iana)
			list[n++] = originof(&p->registries[i]);
	markagain(a, list, n);
	for (i = 0; i < n; i++) {
		if (list[i].again)
			continue;
		lines++;
		buf_addstr(b, list[i].what);
		buf_addch(b, ' ');
		buf_addstr(b, list[i].address);
		if (list[i].address.n == 0) {
			buf_adds(b, "https://www.iana.org/assignments/");
			buf_addstr(b, list[i].what);
			buf_addch(b, '/');
			buf_addstr(b, list[i].what);
			buf_adds(b, ".xml");
		}
		buf_addch(b, '\n');
	}
	return lines;
}
