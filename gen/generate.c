#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "generate.h"
#include "number.h"
#include "options.h"
#include "project.h"
#include "render.h"
#include "stage.h"
#include "template.h"
#include "tree.h"
#include "value.h"
#include "view.h"
#include "word.h"
#include "worker.h"
#include "lang.h"
#include "peers.h"
#include "session.h"
#include "product.h"

static bool
renderproduct(struct stage *stage, const struct product *p)
{
	struct templates *all = p->job->lang->templates;
	struct template *t = template_get(all, node_str(p->output->template));
	struct buf *b = stage_begin(stage, p->path);

	if (!render(all, t, view_value(p->job->view, p->registry), p->output->escape, true, b))
		return false;
	stage_end(stage);
	return true;
}

static bool
renderall(struct stage *stage, const struct products *ps)
{
	size_t i;

	for (i = 0; i < ps->n; i++) {
		if (i == 0 || ps->list[i - 1].job != ps->list[i].job)
			stage_target(stage, ps->list[i].job->id);
		if (!renderproduct(stage, &ps->list[i]))
			return false;
	}
	return true;
}

/* The products of a target. */
struct share {
	const struct product *first;
	size_t n;
};

struct shares {
	struct share *list;
	const struct share **order; /* in which they are begun */
	size_t n;
	struct stage *stage;
	const struct diag *diag;
	bool check;
};

/* The share with most files is likely to take longest, and is begun first. */
static int
ordershares(const void *a, const void *b)
{
	const struct share *x = *(const struct share *const *)a, *y = *(const struct share *const *)b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return (x > y) - (x < y);
}

static void
findshares(struct shares *shares, const struct products *ps, size_t njobs)
{
	size_t i;

	shares->list = xcalloc(njobs, sizeof(*shares->list));
	shares->order = xmalloc(njobs, sizeof(*shares->order));
	for (i = 0; i < ps->n; i++) {
		if (i == 0 || ps->list[i - 1].job != ps->list[i].job)
			shares->list[shares->n++].first = &ps->list[i];
		shares->list[shares->n - 1].n++;
	}
	for (i = 0; i < shares->n; i++)
		shares->order[i] = &shares->list[i];
	qsort(shares->order, shares->n, sizeof(*shares->order), ordershares);
}

/* Stage a share; b takes how each of its files was staged. False if there is anything to tell. */
static bool
rendershare(void *data, size_t i, struct buf *b)
{
	const struct shares *shares = data;
	const struct share *share = shares->order[i];
	struct staged staged;
	size_t k;

	stage_part(shares->stage);
	stage_target(shares->stage, share->first->job->id);
	for (k = 0; k < share->n; k++) {
		if (!renderproduct(shares->stage, &share->first[k]))
			return false;
		staged = stage_last(shares->stage);
		if (shares->check && staged.changed)
			return false;
		buf_add(b, (const char *)&staged, sizeof(staged));
	}
	return shares->diag->nerrors == 0;
}

/* Take over what the workers staged, in the order of the shares. */
static void
takeshares(const struct shares *shares, const struct buf *results)
{
	const struct share *share;
	struct staged staged;
	size_t i, k, result;

	for (i = 0; i < shares->n; i++) {
		share = &shares->list[i];
		for (result = 0; shares->order[result] != share; result++)
			;
		stage_target(shares->stage, share->first->job->id);
		for (k = 0; k < share->n; k++) {
			memcpy(&staged, results[result].s + k * sizeof(staged), sizeof(staged));
			stage_take(shares->stage, share->first[k].path, &staged);
		}
	}
}

/* Render the targets side by side. If anything is wrong all is dropped, to be done once more by one process, which can
 * tell of it in order. */
static bool
rendershares(struct session *s, struct stage *stage, const struct products *ps, size_t atonce, bool check)
{
	struct shares shares = {.stage = stage, .diag = &s->diag, .check = check};
	struct buf *results;
	bool ok;
	size_t i;

	findshares(&shares, ps, s->njobs);
	results = xcalloc(shares.n, sizeof(*results));
	ok = worker_run(shares.n, atonce, rendershare, &shares, results);
	for (i = 0; i < shares.n; i++)
		ok = ok && results[i].n == shares.order[i]->n * sizeof(struct staged);
	if (ok)
		takeshares(&shares, results);
	else
		stage_drop(stage);
	for (i = 0; i < shares.n; i++)
		buf_free(&results[i]);
	free(results);
	free(shares.order);
	free(shares.list);
	return ok;
}

bool
generate(struct session *s, const struct options *o)
{
	size_t atonce = o->jobs ? strtoul(o->jobs, NULL, 10) : worker_processors();
	struct products ps;
	struct stage *stage;
	bool ok = false;

	if (products_find(&ps, s)) {
		stage = stage_new(&s->arena,
			(struct stageoptions){.dir = o->output,
				.check = o->check,
				.diff = o->diff,
				.prune = o->prune,
				.all = s->all});
		/* to show differences takes one process, as they are shown in order */
		ok = atonce > 1 && s->njobs > 1 && !o->diff && rendershares(s, stage, &ps, atonce, o->check);
		ok = ok || (renderall(stage, &ps) && s->diag.nerrors == 0);
		if (ok)
			ok = stage_commit(stage) || !o->check;
		stage_free(stage);
	}
	products_free(&ps);
	return ok;
}
