#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "options.h"
#include "tree.h"
#include "project.h"
#include "registry.h"
#include "peers.h"
#include "session.h"
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

static void
writeorigin(struct buf *b, const struct origin *o)
{
	buf_addstr(b, o->what);
	buf_addch(b, ' ');
	buf_addstr(b, o->address);
	if (o->address.n == 0) {
		buf_adds(b, "https://www.iana.org/assignments/");
		buf_addstr(b, o->what);
		buf_addch(b, '/');
		buf_addstr(b, o->what);
		buf_adds(b, ".xml");
	}
	buf_addch(b, '\n');
}

static size_t
writeorigins(struct arena *a, const struct project *p, struct buf *b)
{
	struct origin *list = arena_array(a, p->nregistries, sizeof(*list));
	size_t n = 0, i;

	for (i = 0; i < p->nregistries; i++)
		if (p->registries[i].source.iana)
			list[n++] = originof(&p->registries[i]);
	markagain(a, list, n);
	for (i = 0; i < n; i++)
		if (!list[i].again)
			writeorigin(b, &list[i]);
	return n;
}

bool
sources_print(const struct options *o)
{
	struct session s;
	struct buf b = {0};
	bool ok;

	session_open(&s, o);
	ok = s.diag.nerrors == 0;
	if (ok && writeorigins(&s.arena, &s.project, &b) == 0) {
		warn("no registry in '%s' has a source", o->config);
		ok = false;
	}
	if (b.n > 0)
		fwrite(b.s, 1, b.n, stdout);
	buf_free(&b);
	diag_finish(&s.diag);
	session_close(&s);
	return ok;
}
