#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "number.h"
#include "project.h"
#include "render.h"
#include "folder.h"
#include "template.h"
#include "tree.h"
#include "value.h"
#include "view.h"
#include "word.h"
#include "lang.h"
#include "peers.h"
#include "session.h"
#include "product.h"

/* Find the path of a product. */
static bool
add(struct session *s, struct products *ps, struct product p)
{
	const struct node *where = p.output->path;
	struct buf b = {0};
	const char *wrong;
	bool ok;

	buf_addstr(&b, p.job->out);
	buf_addch(&b, '/');
	ok = render(
		p.job->lang->templates, p.output->pathtemplate, view_value(p.job->view, p.registry), NULL, true, &b);
	p.path = (struct str){arena_copy(&s->arena, b.s, b.n), b.n};
	buf_free(&b);
	if (!ok)
		return false;
	wrong = folder_wrongpath(p.path);
	if (wrong) {
		diag_error(&s->diag, node_span(where), "'%.*s' %s", (int)p.path.n, p.path.s, wrong);
		return false;
	}
	ps->list = xgrow(ps->list, ps->n, &ps->cap, sizeof(*ps->list));
	ps->list[ps->n++] = p;
	return true;
}

static bool
addall(struct session *s, struct products *ps, struct job *j)
{
	const struct registry *const *registries;
	struct product p = {.job = j};
	bool ok = true;
	size_t i, k, n;

	registries = view_registries(j->view, &n);
	for (i = 0; i < j->lang->noutputs; i++) {
		p.output = &j->lang->outputs[i];
		p.registry = NULL;
		if (!p.output->each)
			ok &= add(s, ps, p);
		for (k = 0; p.output->each && k < n; k++) {
			p.registry = registries[k];
			ok &= add(s, ps, p);
		}
	}
	return ok;
}

/* The order of a character of a path: a folder comes right before what is in it, whatever the case. */
static int
rank(char c)
{
	if (c == '/')
		return 0;
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static int
orderpaths(const void *a, const void *b)
{
	const struct product *x = *(const struct product *const *)a, *y = *(const struct product *const *)b;
	size_t i;

	for (i = 0; i < x->path.n && i < y->path.n; i++)
		if (rank(x->path.s[i]) != rank(y->path.s[i]))
			return rank(x->path.s[i]) - rank(y->path.s[i]);
	if (x->path.n != y->path.n)
		return x->path.n < y->path.n ? -1 : 1;
	return (x > y) - (x < y);
}

/* Report a product that cannot be where another is. Where case does not count, two that differ in it are one. */
static bool
checkpaths(struct session *s, const struct product *first, const struct product *next)
{
	const struct product *x = first < next ? first : next, *y = x == first ? next : first;
	struct span where = node_span(y->output->path);
	size_t i, n = first->path.n;

	for (i = 0; i < n && i < next->path.n && rank(first->path.s[i]) == rank(next->path.s[i]); i++)
		;
	if (i < n || (next->path.n > n && next->path.s[n] != '/'))
		return true;
	if (next->path.n > n)
		diag_error(&s->diag, where, "'%.*s' and '%.*s' cannot both be files", (int)x->path.n, x->path.s,
			(int)y->path.n, y->path.s);
	else if (streq(x->path, y->path))
		diag_error(&s->diag, where, "two files would be '%.*s'", (int)n, y->path.s);
	else
		diag_error(&s->diag, where, "'%.*s' and '%.*s' are one file where case does not count", (int)n,
			x->path.s, (int)n, y->path.s);
	diag_note(&s->diag, node_span(x->output->path), "the other comes from here");
	return false;
}

static bool
checkall(struct session *s, const struct products *ps)
{
	const struct product **sorted = xmalloc(ps->n, sizeof(*sorted));
	bool ok = true;
	size_t i;

	for (i = 0; i < ps->n; i++)
		sorted[i] = &ps->list[i];
	qsort(sorted, ps->n, sizeof(*sorted), orderpaths);
	for (i = 1; i < ps->n; i++)
		ok &= checkpaths(s, sorted[i - 1], sorted[i]);
	free(sorted);
	return ok;
}

bool
products_find(struct products *ps, struct session *s)
{
	bool ok = true;
	size_t i;

	*ps = (struct products){0};
	for (i = 0; i < s->njobs; i++)
		ok &= addall(s, ps, &s->jobs[i]);
	return checkall(s, ps) && ok;
}

void
products_free(struct products *ps)
{
	free(ps->list);
	*ps = (struct products){0};
}
