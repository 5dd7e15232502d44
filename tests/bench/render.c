/* render REGISTRY TEMPLATES ROUNDS - render all files of all targets and throw them away; print bytes and the least seconds of a round.
 * The registry is read before and not counted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "../../gen/util.h"
#include "../../gen/arena.h"
#include "../../gen/buf.h"
#include "../../gen/diag.h"
#include "../../gen/number.h"
#include "../../gen/options.h"
#include "../../gen/project.h"
#include "../../gen/render.h"
#include "../../gen/template.h"
#include "../../gen/tree.h"
#include "../../gen/value.h"
#include "../../gen/view.h"
#include "../../gen/word.h"
#include "../../gen/lang.h"
#include "../../gen/peers.h"
#include "../../gen/session.h"

static unsigned long long bytes;

static void
discard(struct buf *b)
{
	bytes += b->n;
	b->n = 0;
}

static bool
renderfile(const struct job *j, const struct output *o, const struct registry *r)
{
	struct template *t = template_get(j->lang->templates, node_str(o->template));
	struct buf b = {.s = xmalloc(1 << 18, 1), .cap = 1 << 18, .flush = discard};
	bool ok = render(j->lang->templates, t, view_value(j->view, r), o->escape, true, &b);

	discard(&b);
	buf_free(&b);
	return ok;
}

static bool
renderall(const struct session *s)
{
	const struct registry *const *registries;
	bool ok = true;
	size_t i, k, n;
	uint32_t o;

	for (i = 0; i < s->njobs; i++) {
		registries = view_registries(s->jobs[i].view, &n);
		for (o = 0; o < s->jobs[i].lang->noutputs; o++) {
			if (!s->jobs[i].lang->outputs[o].each)
				ok &= renderfile(&s->jobs[i], &s->jobs[i].lang->outputs[o], NULL);
			for (k = 0; s->jobs[i].lang->outputs[o].each && k < n; k++)
				ok &= renderfile(&s->jobs[i], &s->jobs[i].lang->outputs[o], registries[k]);
		}
	}
	return ok;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	struct options o = {0};
	struct session s;
	double start, took, best = 1e9;
	int i;

	if (argc != 4)
		return 2;
	o.config = argv[1];
	o.templates = argv[2];
	session_open(&s, &o);
	if (s.diag.nerrors > 0)
		return 1;
	for (i = 0; i < atoi(argv[3]); i++) {
		bytes = 0;
		start = now();
		if (!renderall(&s))
			return 1;
		took = now() - start;
		best = took < best ? took : best;
	}
	printf("%llu %.9f\n", bytes, best);
	session_close(&s);
	return 0;
}
