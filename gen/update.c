#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "decode.h"
#include "diag.h"
#include "diff.h"
#include "adopt.h"
#include "edit.h"
#include "field.h"
#include "file.h"
#include "iana.h"
#include "input.h"
#include "number.h"
#include "options.h"
#include "project.h"
#include "reference.h"
#include "entry.h"
#include "registry.h"
#include "replace.h"
#include "template.h"
#include "tree.h"
#include "value.h"
#include "word.h"
#include "ranger.h"
#include "fact.h"
#include "lang.h"
#include "lock.h"
#include "change.h"
#include "merge.h"
#include "apply.h"
#include "view.h"
#include "peers.h"
#include "session.h"
#include "sources.h"
#include "chapter.h"
#include "report.h"
#include "update.h"

/* How often the result is tried again with other names for those that clash. */
enum { TRIES = 64 };

/* A file of registries. */
struct file {
	const char *path;
	struct str disk, old, new; /* what the file holds, what is edited, what comes of it */
	bool exists;
	uint32_t base;
	struct edits *edits;
};

/* A registry of the project that a source has. */
struct task {
	const struct registry *registry;
	const struct assignments *assignments;
	const struct input *input;
	struct facts theirs;
	struct merge merge;
};

struct updating {
	const struct options *options;
	struct arena kept; /* for the whole run */
	struct session session;
	struct arena *arena; /* the session's, as diag */
	struct diag *diag;
	struct input *inputs;
	struct file *files;
	struct task *jobs;
	size_t ninputs, nfiles, njobs;
	const char *lockpath;
	struct lock lock;
	struct str oldlock, newlock;
	bool haslock;
	struct str disk;      /* what the registry's file holds, if it exists */
	struct overlay begun; /* with add, the registry's file with the new registry, that is still empty */
	bool exists;
};

/* inputs */

/* Read the files, which are kept for the whole run. */
static void
readinputs(struct updating *u)
{
	const struct options *o = u->options;
	unsigned streams = 0;
	size_t i;

	u->ninputs = (size_t)o->nargs;
	u->inputs = arena_array(&u->kept, u->ninputs, sizeof(*u->inputs));
	for (i = 0; i < u->ninputs; i++) {
		input_read(&u->kept, o->args[i], &u->inputs[i]);
		streams += strcmp(u->inputs[i].path, "-") == 0;
		if (streams > 1)
			die("only one SOURCE can be standard input");
	}
}

static void
parseinputs(struct updating *u)
{
	size_t i;

	for (i = 0; i < u->ninputs; i++)
		input_parse(u->diag, u->arena, &u->inputs[i]);
}

/* the lock */

/* registry.yaml's is registry.lock. */
static const char *
lockpath(struct arena *a, const char *config)
{
	size_t n = strlen(config);

	if (n > 5 && strcmp(config + n - 5, ".yaml") == 0)
		n -= 5;
	else if (n > 4 && strcmp(config + n - 4, ".yml") == 0)
		n -= 4;
	return arena_printf(a, "%.*s.lock", (int)n, config);
}

static void
readlock(struct updating *u)
{
	u->lockpath = lockpath(u->arena, u->options->config);
	u->haslock = file_read(u->arena, u->lockpath, &u->oldlock);
	if (!u->haslock && errno != ENOENT)
		die("cannot read '%s':", u->lockpath);
	if (u->haslock)
		lock_read(u->diag, u->arena, &u->session.tree, diag_source(u->diag, u->lockpath, u->oldlock), &u->lock);
}

/* which registry a source has */

static struct str
ianaof(const struct registry *r)
{
	return r->source.iana ? node_str(r->source.iana) : (struct str){"", 0};
}

static bool
isingroup(struct str iana, struct str group)
{
	return iana.n > group.n && memcmp(iana.s, group.s, group.n) == 0 && iana.s[group.n] == '/';
}

/* Whether a source is not for a registry: it is said to be another's, or another is said to be that registry's. */
static bool
passesover(const struct updating *u, const struct input *in, struct str iana)
{
	size_t i;

	if (u->options->add && !streqs(iana, u->options->add))
		return true;
	if (in->iana.n > 0)
		return !streq(in->iana, iana);
	for (i = 0; i < u->ninputs; i++)
		if (streq(u->inputs[i].iana, iana))
			return true;
	return false;
}

static void
addjob(struct updating *u, const struct registry *r, const struct input *in, const struct assignments *a)
{
	size_t i;

	for (i = 0; i < u->njobs; i++) {
		if (!streq(ianaof(u->jobs[i].registry), ianaof(r)))
			continue;
		if (u->jobs[i].registry == r)
			diag_error(u->diag, (struct span){in->base, 1}, "two sources have '%.*s'", (int)ianaof(r).n,
				ianaof(r).s);
		else
			diag_error(u->diag, node_span(r->source.iana), "two registries have the source '%.*s'",
				(int)ianaof(r).n, ianaof(r).s);
		return;
	}
	u->jobs[u->njobs++] = (struct task){.registry = r, .assignments = a, .input = in};
}

/* The registries of the project that an input has. One that it should have and has not is reported. */
static void
match(struct updating *u, const struct input *in)
{
	const struct project *p = &u->session.project;
	const struct assignments *a;
	const struct registry *r;
	size_t before = u->njobs;
	struct str contents;
	uint32_t k;
	bool missing = false;

	for (k = 0; k < p->nregistries; k++) {
		r = &p->registries[k];
		if (passesover(u, in, ianaof(r)))
			continue;
		a = input_find(in, ianaof(r));
		if (a) {
			addjob(u, r, in, a);
		} else if (in->n > 0 && isingroup(ianaof(r), in->registries[0].group)) {
			missing = true;
			diag_error(u->diag, node_span(r->source.iana), "'%s' has no registry '%.*s'", in->name,
				(int)ianaof(r).n, ianaof(r).s);
		}
	}
	if (u->njobs > before || missing || u->diag->nerrors > 0)
		return;
	contents = input_contents(u->arena, in);
	diag_error(u->diag, (struct span){in->base, 1},
		"no registry of the project has a source that is in this: it holds %.*s", (int)contents.n, contents.s);
}

/* facts and merges */

/* Where IANA has what a registry is read from. */
static struct str
address(struct updating *u, const struct task *j)
{
	const struct assignments *a = j->assignments;

	if (j->registry->source.url)
		return node_str(j->registry->source.url);
	if (j->input->csv)
		return str(arena_printf(u->arena, "https://www.iana.org/assignments/%.*s/%.*s.csv", (int)a->group.n,
			a->group.s, (int)a->id.n, a->id.s));
	return str(arena_printf(u->arena, "https://www.iana.org/assignments/%.*s/%.*s.xml", (int)a->group.n, a->group.s,
		(int)a->group.n, a->group.s));
}

/* Nothing in a CSV says where it ends. */
static void
warncutoff(struct updating *u, const struct task *j)
{
	const struct facts *theirs = &j->theirs;
	struct span at = theirs->n > 0 ? theirs->list[theirs->n - 1].at : (struct span){j->input->base, 1};
	size_t n = j->input->csv ? j->merge.cutoff : 0;

	if (n == 1)
		diag_warning(u->diag, at, "the last record that '%.*s' had does not follow: was this cut off?",
			(int)theirs->iana.n, theirs->iana.s);
	else if (n > 1)
		diag_warning(u->diag, at, "the last %zu records that '%.*s' had do not follow: was this cut off?", n,
			(int)theirs->iana.n, theirs->iana.s);
}

static void
mergejob(struct updating *u, struct task *j)
{
	static struct facts nothing;
	struct facts *base = u->options->add ? &nothing : lock_find(&u->lock, ianaof(j->registry)), lock;
	struct registry lenient = *j->registry;

	/* of what IANA has twice, the merge takes one */
	lenient.duplicates = 1;
	if (!fact_read(u->diag, u->arena, &lenient, j->assignments, &j->theirs))
		return;
	j->theirs.iana = ianaof(j->registry);
	j->theirs.updated = j->assignments->updated;
	j->theirs.sha256 = j->input->sha256;
	j->theirs.address = address(u, j);
	if (base && !fact_number(j->registry, base)) {
		diag_error(u->diag, node_span(j->registry->source.iana), "what '%s' has of '%.*s' is of another type",
			u->lockpath, (int)base->iana.n, base->iana.s);
		return;
	}
	merge(u->diag, u->arena, j->registry, base, &j->theirs, !j->input->csv, &j->merge);
	warncutoff(u, j);
	lock = merge_facts(&j->merge);
	lock_put(u->arena, &u->lock, &lock);
}

/* files */

static void
listfiles(struct updating *u)
{
	const struct source *sources = u->diag->sources;
	size_t i;

	u->nfiles = u->session.nfiles;
	u->files = arena_array(u->arena, u->nfiles, sizeof(*u->files));
	for (i = 0; i < u->nfiles; i++)
		u->files[i] = (struct file){.path = sources[i].name,
			.disk = sources[i].text,
			.old = sources[i].text,
			.exists = true,
			.base = sources[i].base};
	if (u->options->add) {
		u->files[0].disk = u->disk;
		u->files[0].exists = u->exists;
	}
}

static struct file *
fileof(struct updating *u, const struct registry *r)
{
	uint32_t base = diag_find(u->diag, r->node->at)->base;
	size_t i;

	for (i = 0; u->files[i].base != base; i++)
		;
	return &u->files[i];
}

/* Make the new texts of the files from the merges. */
static void
applymerges(struct updating *u)
{
	struct buf b = {0};
	struct file *f;
	size_t i;

	for (i = 0; i < u->nfiles; i++)
		u->files[i].edits = NULL;
	for (i = 0; i < u->njobs; i++) {
		f = fileof(u, u->jobs[i].registry);
		if (!f->edits)
			f->edits = edit_new(u->diag, u->arena, &u->session.tree, f->base);
		apply(u->arena, &u->session.project, &u->jobs[i].merge, f->edits);
	}
	for (i = 0; i < u->nfiles; i++) {
		f = &u->files[i];
		f->new = f->old;
		if (!f->edits || edit_count(f->edits) == 0)
			continue;
		b.n = 0;
		edit_apply(f->edits, &b);
		f->new = (struct str){arena_copy(u->arena, b.s, b.n), b.n};
	}
	buf_free(&b);
}

static void
writelock(struct updating *u)
{
	struct buf b = {0};

	lock_write(&u->lock, &b);
	u->newlock = (struct str){arena_copy(u->arena, b.n > 0 ? b.s : "", b.n), b.n};
	buf_free(&b);
}

/* Read the result as a project. */
static void
tryresult(struct updating *u, struct session *result, bool silent)
{
	struct overlay *overlays = arena_array(u->arena, u->nfiles, sizeof(*overlays));
	size_t i;

	for (i = 0; i < u->nfiles; i++)
		overlays[i] = (struct overlay){u->files[i].path, u->files[i].new};
	session_try(result, u->options, overlays, u->nfiles, silent);
}

static bool
clashesat(const struct diag *d, const struct node *n)
{
	size_t i;

	for (i = 0; n && i < d->nplaces; i++)
		if (d->places[i] == n->at)
			return true;
	return false;
}

static int
orderstrs(const void *a, const void *b)
{
	return strorder(*(const struct str *)a, *(const struct str *)b);
}

/* The names of a registry's entries and ranges, as it is to be, at which something is wrong; sorted. */
static struct str *
wrongnames(struct updating *u, const struct session *result, struct str id, size_t *n)
{
	const struct project *p = &result->project;
	const struct registry *r = NULL;
	struct str *names;
	uint32_t i;

	for (i = 0; i < p->nregistries && !r; i++)
		if (p->registries[i].id && streq(node_str(p->registries[i].id), id))
			r = &p->registries[i];
	*n = 0;
	names = arena_array(u->arena, r ? (size_t)r->nentries + r->nranges : 0, sizeof(*names));
	for (i = 0; r && i < r->nentries; i++)
		if (clashesat(&result->diag, r->entries[i].name))
			names[(*n)++] = node_str(r->entries[i].name);
	for (i = 0; r && i < r->nranges; i++)
		if (clashesat(&result->diag, r->ranges[i].id))
			names[(*n)++] = node_str(r->ranges[i].id);
	if (*n > 0)
		qsort(names, *n, sizeof(*names), orderstrs);
	return names;
}

/* Give what comes and clashes a name with its value. Returns whether there was any such. */
static bool
qualify(struct updating *u, const struct session *result)
{
	struct change *c;
	struct str *names;
	size_t i, k, n;
	bool any = false;

	for (i = 0; i < u->njobs; i++) {
		names = wrongnames(u, result, node_str(u->jobs[i].registry->id), &n);
		for (k = 0; n > 0 && k < u->jobs[i].merge.n; k++) {
			c = &u->jobs[i].merge.list[k];
			if (c->name.n > 0 && !c->swap && bsearch(&c->name, names, n, sizeof(*names), orderstrs))
				any = change_qualify(&u->jobs[i].merge, c) || any;
		}
	}
	return any;
}

/* Make the result, with names that are free in all targets. Returns false, after saying why, if that cannot be; *result
 * is then closed. */
static bool
makeresult(struct updating *u, struct session *result)
{
	unsigned i;
	bool again;

	for (i = 0; i < TRIES; i++) {
		applymerges(u);
		tryresult(u, result, true);
		if (result->diag.nerrors == 0)
			return true;
		again = qualify(u, result);
		session_close(result);
		if (!again)
			break;
	}
	warn("what the update would make of the registry is wrong; nothing has been changed");
	tryresult(u, result, false);
	diag_finish(&result->diag);
	session_close(result);
	return false;
}

/* the end */

static void
flushto(FILE *f, const struct buf *b)
{
	if (b->n > 0)
		fwrite(b->s, 1, b->n, f);
}

static void
printdiff(const struct updating *u)
{
	struct buf b = {0};
	size_t i;

	for (i = 0; i < u->nfiles; i++)
		diff_unified(&b, u->files[i].exists ? u->files[i].path : "/dev/null", u->files[i].disk,
			u->files[i].path, u->files[i].new);
	flushto(stdout, &b);
	buf_free(&b);
}

/* The lock comes last: if a run is killed between, the next one finds the registry as theirs and only moves the lock.
 */
static struct replacement *
replacements(const struct updating *u, size_t *n)
{
	struct replacement *list = arena_array(u->arena, u->nfiles + 1, sizeof(*list));
	size_t i;

	for (i = 0; i < u->nfiles; i++)
		list[i] = (struct replacement){u->files[i].path, u->files[i].disk, u->files[i].new, u->files[i].exists};
	list[i] = (struct replacement){u->lockpath, u->oldlock, u->newlock, u->haslock};
	*n = u->nfiles + 1;
	return list;
}

static enum reportform
formof(const char *name)
{
	static const char *const names[] = {
		[REPORT_TEXT] = "text", [REPORT_MARKDOWN] = "markdown", [REPORT_JSON] = "json"};
	size_t i;

	for (i = 0; name && i < LEN(names); i++)
		if (strcmp(name, names[i]) == 0)
			return (enum reportform)i;
	if (name)
		die("--report takes text, markdown or json, not '%s'", name);
	return REPORT_TEXT;
}

static struct updated *
updates(const struct updating *u)
{
	struct updated *list = arena_array(u->arena, u->njobs, sizeof(*list));
	const struct registry *r;
	size_t i;

	for (i = 0; i < u->njobs; i++) {
		r = u->jobs[i].registry;
		list[i] = (struct updated){r, &u->jobs[i].merge, u->options->add != NULL, ianaof(r),
			r->source.updated ? node_str(r->source.updated) : (struct str){"", 0},
			u->jobs[i].theirs.updated};
	}
	return list;
}

/* Write the files and say what has changed. */
static bool
finish(struct updating *u, struct session *result)
{
	const struct options *o = u->options;
	struct updated *list = updates(u);
	struct replacement *files;
	struct buf b = {0};
	size_t n;

	report(&b, formof(o->report), result, list, u->njobs);
	if (o->dryrun) {
		printdiff(u);
	} else {
		files = replacements(u, &n);
		replace_recover(u->arena, files, n);
		replace_files(u->arena, files, n);
	}
	flushto(o->dryrun ? stderr : stdout, &b);
	buf_free(&b);
	return !o->strict || report_kept(list, u->njobs) == 0;
}

/* a new registry */

static void
opensession(struct updating *u, const struct overlay *overlay)
{
	session_try(&u->session, u->options, overlay, overlay ? 1 : 0, false);
	u->arena = &u->session.arena;
	u->diag = &u->session.diag;
	parseinputs(u);
}

/* What the inputs have of the registry that is to be added. */
static const struct assignments *
findadded(struct updating *u, struct str iana)
{
	const struct project *p = &u->session.project;
	const struct assignments *a;
	struct str contents;
	size_t i;
	uint32_t k;

	for (k = 0; k < p->nregistries; k++)
		if (streq(ianaof(&p->registries[k]), iana)) {
			diag_error(u->diag, node_span(p->registries[k].source.iana), "'%.*s' is in the project already",
				(int)iana.n, iana.s);
			return NULL;
		}
	for (i = 0; i < u->ninputs; i++) {
		a = passesover(u, &u->inputs[i], iana) ? NULL : input_find(&u->inputs[i], iana);
		if (a)
			return a;
	}
	contents = input_contents(u->arena, &u->inputs[0]);
	diag_error(u->diag, (struct span){u->inputs[0].base, 1}, "'%.*s' is not in this: it holds %.*s", (int)iana.n,
		iana.s, (int)contents.n, contents.s);
	return NULL;
}

/* Put the registry, without entries, into the first file. */
static struct str
insertregistry(struct updating *u, const struct node *registry)
{
	static const struct str order[] = {{"format", 6}, {"package", 7}, {"specifications", 14}, {"files", 5},
		{"targets", 7}, {"registries", 10}};
	const struct document *doc = u->session.tree.documents;
	struct buf b = {0};
	const struct node *registries;
	struct edits *edits;
	struct node list;
	struct str text;

	while (doc->base != u->diag->sources[0].base)
		doc = doc->next;
	edits = edit_new(u->diag, u->arena, &u->session.tree, doc->base);
	registries = node_get(&doc->root, "registries");
	if (registries) {
		edit_insert(edits, registries, registries->n, registry);
	} else {
		list = edit_list();
		edit_item(edits, &list, *registry);
		edit_set(edits, &doc->root, LITERAL("registries"), &list, order, LEN(order));
	}
	edit_apply(edits, &b);
	text = (struct str){arena_copy(&u->kept, b.s, b.n), b.n};
	buf_free(&b);
	return text;
}

/* Words that the new registry or its fields cannot have. */
struct taken {
	struct str *list;
	size_t n, cap;
};

static void
take(struct updating *u, struct taken *t, struct str word)
{
	t->list = xgrow(t->list, t->n, &t->cap, sizeof(*t->list));
	t->list[t->n++] = (struct str){arena_copy(&u->kept, word.s, word.n), word.n};
}

/* Put the new registry, in words that are not taken, into the file. */
static bool
beginwith(struct updating *u, const struct overlay *old, struct taken *ids, const struct taken *fields)
{
	const struct project *p = &u->session.project;
	struct adoption adoption = {.iana = str(u->options->add), .fields = fields->list, .nfields = fields->n};
	const struct assignments *a;
	struct node registry;
	uint32_t i;

	opensession(u, old);
	if (u->diag->nerrors > 0)
		return false;
	for (i = 0; i < p->nregistries && ids->n < p->nregistries; i++)
		take(u, ids, node_str(p->registries[i].id));
	adoption.ids = ids->list;
	adoption.nids = ids->n;
	a = findadded(u, adoption.iana);
	if (!a || !adopt(u->diag, u->arena, &u->session.tree, a, &adoption, &registry))
		return false;
	u->begun.text = insertregistry(u, &registry);
	session_close(&u->session);
	return true;
}

/* Take those words of the new registry that clash in some language. Returns whether there are any. */
static bool
takeclashes(struct updating *u, struct taken *ids, struct taken *fields)
{
	const struct project *p = &u->session.project;
	size_t before = ids->n + fields->n;
	uint32_t i, k;

	for (i = 0; i < p->nregistries; i++) {
		const struct registry *r = &p->registries[i];

		if (!streqs(ianaof(r), u->options->add))
			continue;
		if (clashesat(u->diag, r->id))
			take(u, ids, node_str(r->id));
		for (k = 0; k < r->nfields; k++)
			if (clashesat(u->diag, r->fields[k].id))
				take(u, fields, node_str(r->fields[k].id));
	}
	return ids->n + fields->n > before;
}

/* Begin the registry that is to be added. The file is made if there is none. */
static bool
begin(struct updating *u)
{
	struct overlay old = {u->options->config, LITERAL("format: 1\nregistries: []\n")};
	struct taken ids = {.n = 0}, fields = {.n = 0};
	bool ok = true, again = true;
	unsigned i;

	u->begun = old;
	u->exists = file_read(&u->kept, u->options->config, &u->disk);
	if (!u->exists && errno != ENOENT)
		die("cannot read '%s':", u->options->config);
	for (i = 0; again && i < TRIES; i++) {
		ok = beginwith(u, u->exists ? NULL : &old, &ids, &fields);
		if (!ok)
			break;
		session_try(&u->session, u->options, &u->begun, 1, true);
		again = u->diag->nerrors > 0 && takeclashes(u, &ids, &fields);
		session_close(&u->session);
	}
	free(ids.list);
	free(fields.list);
	return ok;
}

/* All that can be wrong before anything is made. */
static bool
prepare(struct updating *u)
{
	size_t i;

	readinputs(u);
	if (u->options->add && !begin(u))
		return false;
	opensession(u, u->options->add ? &u->begun : NULL);
	if (u->diag->nerrors > 0)
		return false;
	listfiles(u);
	readlock(u);
	u->jobs = arena_array(u->arena, u->session.project.nregistries, sizeof(*u->jobs));
	for (i = 0; i < u->ninputs && u->diag->nerrors == 0; i++)
		match(u, &u->inputs[i]);
	for (i = 0; i < u->njobs && u->diag->nerrors == 0; i++)
		mergejob(u, &u->jobs[i]);
	return u->diag->nerrors == 0;
}

bool
update(const struct options *o)
{
	struct updating u = {.options = o};
	struct session result;
	size_t i;
	bool ok;

	if (o->sources)
		return sources_print(o);
	formof(o->report);
	if (strcmp(o->config, "-") == 0)
		die("update writes the registry: it cannot be standard input");
	ok = prepare(&u);
	if (ok) {
		writelock(&u);
		ok = makeresult(&u, &result);
		if (ok) {
			ok = finish(&u, &result);
			session_close(&result);
		}
	}
	diag_finish(u.diag);
	for (i = 0; i < u.njobs; i++)
		if (u.jobs[i].merge.registry)
			merge_free(&u.jobs[i].merge);
	session_close(&u.session);
	arena_free(&u.kept);
	return ok;
}
