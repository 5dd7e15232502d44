#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "generate.h"
#include "number.h"
#include "options.h"
#include "registry.h"
#include "render.h"
#include "stage.h"
#include "template.h"
#include "tree.h"
#include "value.h"
#include "view.h"
#include "word.h"
#include "lang.h"
#include "peers.h"
#include "session.h"

/* A file to be made. */
struct product {
	struct job *job;
	const struct output *output;
	const struct registry *registry; /* NULL: for the whole package */
	struct str path;
};

struct products {
	struct product *list;
	size_t n, cap;
};

/* Whether path lies below folder. */
static bool
isfolder(struct str folder, struct str path)
{
	return path.n > folder.n && path.s[folder.n] == '/' && memcmp(path.s, folder.s, folder.n) == 0;
}

/* Find the path of a product, and that no other has it. */
static bool
addproduct(struct session *s, struct products *ps, struct product p)
{
	const struct node *where = p.output->path;
	struct buf b = {0};
	const char *wrong;
	size_t i;
	bool ok;

	buf_addstr(&b, p.job->out);
	buf_addch(&b, '/');
	ok = render(
		p.job->lang->templates, p.output->pathtemplate, view_value(p.job->view, p.registry), NULL, true, &b);
	p.path = (struct str){arena_copy(&s->arena, b.s, b.n), b.n};
	buf_free(&b);
	if (!ok)
		return false;
	wrong = stage_wrongpath(p.path);
	if (wrong) {
		diag_error(&s->diag, node_span(where), "'%.*s' %s", (int)p.path.n, p.path.s, wrong);
		return false;
	}
	for (i = 0; i < ps->n; i++) {
		if (isfolder(ps->list[i].path, p.path) || isfolder(p.path, ps->list[i].path)) {
			diag_error(&s->diag, node_span(where), "'%.*s' and '%.*s' cannot both be files",
				(int)ps->list[i].path.n, ps->list[i].path.s, (int)p.path.n, p.path.s);
			diag_note(&s->diag, node_span(ps->list[i].output->path), "the other comes from here");
			return false;
		}
		if (!streq(ps->list[i].path, p.path))
			continue;
		diag_error(&s->diag, node_span(where), "two files would be '%.*s'", (int)p.path.n, p.path.s);
		diag_note(&s->diag, node_span(ps->list[i].output->path), "the other comes from here");
		return false;
	}
	ps->list = xgrow(ps->list, ps->n, &ps->cap, sizeof(*ps->list));
	ps->list[ps->n++] = p;
	return true;
}

static bool
addproducts(struct session *s, struct products *ps, struct job *j)
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
			ok &= addproduct(s, ps, p);
		for (k = 0; p.output->each && k < n; k++) {
			p.registry = registries[k];
			ok &= addproduct(s, ps, p);
		}
	}
	return ok;
}

static bool
renderall(struct stage *stage, const struct products *ps)
{
	const struct product *p;
	struct template *t;
	struct buf *b;
	size_t i;

	for (i = 0; i < ps->n; i++) {
		p = &ps->list[i];
		if (i == 0 || ps->list[i - 1].job != p->job)
			stage_target(stage, p->job->id);
		t = template_get(p->job->lang->templates, node_str(p->output->template));
		b = stage_begin(stage, p->path);
		if (!render(p->job->lang->templates, t, view_value(p->job->view, p->registry), p->output->escape, true,
			    b))
			return false;
		stage_end(stage);
	}
	return true;
}

bool
generate(struct session *s, const struct options *o)
{
	struct products ps = {0};
	struct stage *stage;
	bool ok = true;
	size_t i;

	for (i = 0; i < s->njobs; i++)
		ok &= addproducts(s, &ps, &s->jobs[i]);
	if (ok) {
		stage = stage_new(&s->arena,
			(struct stageoptions){.dir = o->output,
				.check = o->check,
				.diff = o->diff,
				.prune = o->prune,
				.all = s->all});
		ok = renderall(stage, &ps) && s->diag.nerrors == 0;
		if (ok)
			ok = stage_commit(stage) || !o->check;
		stage_free(stage);
	}
	free(ps.list);
	return ok;
}
