#include <errno.h>
#include <string.h>
#include <unistd.h>
#include "util.h"
#include "arena.h"
#include "check.h"
#include "decode.h"
#include "diag.h"
#include "document.h"
#include "file.h"
#include "number.h"
#include "options.h"
#include "project.h"
#include "folder.h"
#include "template.h"
#include "tree.h"
#include "view.h"
#include "word.h"
#include "lang.h"
#include "peers.h"
#include "session.h"

#ifndef DATADIR
#define DATADIR "/usr/local/share/regen"
#endif

/* Bytes of identifiers that a run keeps; what is more is derived again where it is needed. */
enum { IDENTIFIERS = 1 << 26 };

static const char *
templatesdir(const struct options *o)
{
	if (o->templates)
		return o->templates;
	return access("templates", F_OK) == 0 ? "templates" : DATADIR "/templates";
}

/* Whether -l names this target, or is not there. */
static bool
wanted(const struct options *o, struct str id)
{
	const char *s = o->targets, *comma;
	size_t n;

	if (!s)
		return true;
	for (;; s = comma + 1) {
		comma = strchr(s, ',');
		n = comma ? (size_t)(comma - s) : strlen(s);
		if (streq((struct str){s, n}, id))
			return true;
		if (!comma)
			return false;
	}
}

/* Every id that -l names must be a target. */
static void
checkwanted(const struct session *s, const struct options *o)
{
	const char *p = o->targets, *comma;
	size_t n, i;

	for (; p; p = comma ? comma + 1 : NULL) {
		comma = strchr(p, ',');
		n = comma ? (size_t)(comma - p) : strlen(p);
		for (i = 0; i < s->njobs && !streq(s->jobs[i].id, (struct str){p, n}); i++)
			;
		if (i == s->njobs)
			die("there is no target '%.*s'", (int)n, p);
	}
}

static bool
readtext(struct session *s, const char *path, struct str *text)
{
	size_t i;

	for (i = 0; i < s->noverlays; i++) {
		if (strcmp(s->overlays[i].path, path) != 0)
			continue;
		*text = s->overlays[i].text;
		return true;
	}
	return file_read(&s->arena, path, text);
}

/* Read a YAML file; NULL after reporting what is wrong with it. *read is whether it could be read at all. */
static const struct node *
readdocument(struct session *s, const char *path, bool *read)
{
	struct node *root = arena_alloc(&s->arena, sizeof(*root));
	struct str text;
	uint32_t base;

	*read = readtext(s, path, &text);
	if (!*read)
		return NULL;
	base = diag_source(&s->diag, strcmp(path, "-") == 0 ? "<stdin>" : path, text);
	return document_load(&s->diag, &s->tree, base, root) ? root : NULL;
}

/* The files that the first document names, beside its own. Returns how many documents there are. */
static size_t
readfiles(struct session *s, const char *path, const struct node **documents, const struct node *files)
{
	const char *slash = strrchr(path, '/'), *dir = NULL;
	const struct node *name;
	size_t n = 1, i;
	char *file;
	bool read;

	if (slash)
		dir = slash == path ? "/" : arena_copy(&s->arena, path, (size_t)(slash - path));
	for (i = 0; files->kind == NODE_LIST && i < files->n; i++) {
		name = node_item(files, i);
		if (name->kind != NODE_SCALAR || name->n == 0) {
			diag_error(&s->diag, node_span(name), "expected the path of a file");
			continue;
		}
		file = *(const char *)name->p == '/' ? arena_copy(&s->arena, name->p, name->n)
						     : file_join(&s->arena, dir, node_str(name));
		documents[n] = readdocument(s, file, &read);
		if (!read)
			diag_error(&s->diag, node_span(name), "cannot read '%s': %s", file, strerror(errno));
		n += documents[n] != NULL;
	}
	return n;
}

static void
readproject(struct session *s, const char *path)
{
	const struct node *root, *files, **documents;
	size_t n = 1;
	bool read;

	root = readdocument(s, path, &read);
	if (!read)
		die("cannot read '%s':", path);
	if (!root)
		return;
	files = node_get(root, "files");
	documents = arena_array(&s->arena, 1 + (files ? (size_t)files->n : 0), sizeof(*documents));
	documents[0] = root;
	if (files)
		n = readfiles(s, path, documents, files);
	project_read(&s->diag, &s->arena, documents, n, &s->project);
	check_project(&s->diag, &s->arena, &s->project);
}

/* The targets that the registry lists, else one for every language. */
static void
listjobs(struct session *s, const struct options *o)
{
	const struct target *t;
	struct job *j;
	struct str id;
	size_t i, n = s->project.ntargets ? s->project.ntargets : s->nlangs;

	s->jobs = arena_array(&s->arena, n, sizeof(*s->jobs));
	s->targets = arena_array(&s->arena, n, sizeof(*s->targets));
	for (i = 0; i < n; i++) {
		t = s->project.ntargets ? &s->project.targets[i] : NULL;
		if (t && !t->id)
			continue;
		id = t ? node_str(t->id) : s->langs[i];
		if (wanted(o, id)) {
			j = &s->jobs[s->njobs++];
		} else {
			s->all = false;
			j = arena_alloc(&s->arena, sizeof(*j));
		}
		*j = (struct job){.id = id, .out = t && t->out ? node_str(t->out) : id, .target = t};
		s->targets[s->ntargets++] = j;
	}
}

/* Find the language of a target, with its templates if the target is rendered. */
static void
findlang(struct session *s, struct job *j, bool outputs)
{
	const struct node *name = j->target && j->target->lang ? j->target->lang : j->target ? j->target->id : NULL;
	struct str id = name ? node_str(name) : j->id;
	size_t i;

	for (i = 0; i < s->nlangs && !streq(s->langs[i], id); i++)
		;
	if (i == s->nlangs) {
		decode_unknown(&s->diag, node_span(name), "language", id, s->langs, s->nlangs);
		return;
	}
	/* targets of one language share it */
	for (i = 0; i < s->ntargets && !j->lang; i++)
		if (s->targets[i]->lang && streq(s->targets[i]->lang->id, id))
			j->lang = s->targets[i]->lang;
	if (!j->lang)
		j->lang = lang_load(&s->diag, &s->tree, s->templates, id, outputs);
}

static void
openjob(struct session *s, struct job *j)
{
	const struct node *out = j->target ? j->target->out : NULL;

	if (out && folder_wrongpath(node_str(out)))
		diag_error(&s->diag, node_span(out), "'%.*s' %s", (int)out->n, (const char *)out->p,
			folder_wrongpath(node_str(out)));
	findlang(s, j, true);
}

static void
openview(struct session *s, struct job *j)
{
	j->view = view_new(&s->diag, &s->arena, &s->project, j->lang, j->target, &s->peers, &s->room);
}

/* The view of any target, for the views of others. */
static struct view *
openpeer(void *session, size_t i)
{
	struct session *s = session;
	struct job *j = s->targets[i];

	if (!j->view && !j->tried) {
		j->tried = true;
		findlang(s, j, false);
		if (j->lang)
			openview(s, j);
	}
	return j->view;
}

void
session_open(struct session *s, const struct options *o)
{
	session_try(s, o, NULL, 0, false);
}

void
session_try(struct session *s, const struct options *o, const struct overlay *overlays, size_t noverlays, bool silent)
{
	size_t i;

	*s = (struct session){.all = true, .room = IDENTIFIERS, .templates = templatesdir(o)};
	s->diag.silent = silent;
	s->overlays = overlays;
	s->noverlays = noverlays;
	tree_init(&s->tree, &s->arena);
	readproject(s, o->config);
	s->nfiles = s->diag.nsources;
	s->langs = lang_list(&s->arena, s->templates, &s->nlangs);
	listjobs(s, o);
	s->peers = (struct peers){s->ntargets, openpeer, s};
	if (s->diag.nerrors == 0)
		checkwanted(s, o);
	for (i = 0; i < s->njobs; i++)
		openjob(s, &s->jobs[i]);
	if (s->diag.nerrors > 0)
		return;
	for (i = 0; i < s->njobs; i++)
		openview(s, &s->jobs[i]);
}

void
session_close(struct session *s)
{
	size_t i;

	for (i = 0; i < s->ntargets; i++) {
		if (s->targets[i]->view)
			view_free(s->targets[i]->view);
		if (s->targets[i]->lang) {
			templates_free(s->targets[i]->lang->templates);
			templates_free(s->targets[i]->lang->phrases);
		}
	}
	tree_free(&s->tree);
	diag_free(&s->diag);
	arena_free(&s->arena);
}
