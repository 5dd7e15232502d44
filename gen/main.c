#include <stdio.h>
#include <string.h>
#include <time.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "check.h"
#include "decode.h"
#include "diag.h"
#include "document.h"
#include "escape.h"
#include "file.h"
#include "generate.h"
#include "json.h"
#include "dump.h"
#include "number.h"
#include "options.h"
#include "project.h"
#include "registry.h"
#include "render.h"
#include "template.h"
#include "tree.h"
#include "value.h"
#include "view.h"
#include "word.h"
#include "peers.h"
#include "session.h"
#include "update.h"

static void
flushstdout(struct buf *b)
{
	if (b->n > 0)
		fwrite(b->s, 1, b->n, stdout);
	b->n = 0;
}

static bool
rungenerate(const struct options *o)
{
	struct session s;
	bool ok;

	session_open(&s, o);
	check_languages(&s.diag, &s.arena, &s.project, s.langs, s.nlangs, false);
	ok = s.diag.nerrors == 0 && generate(&s, o);
	diag_finish(&s.diag);
	session_close(&s);
	return ok;
}

/* The day by the clock, in UTC. */
static const char *
today(char *s, size_t n)
{
	time_t now = time(NULL);
	struct tm tm;

	if (!gmtime_r(&now, &tm) || strftime(s, n, "%Y-%m-%d", &tm) == 0)
		die("cannot tell the date");
	return s;
}

static bool
runvalidate(const struct options *o)
{
	struct session s;
	char day[32];
	bool ok;

	if (o->today && (!date_valid(str(o->today)) || strlen(o->today) != 10))
		die("'%s' is not a date such as 2025-09-15", o->today);
	session_open(&s, o);
	check_languages(&s.diag, &s.arena, &s.project, s.langs, s.nlangs, o->strict);
	check_expired(&s.diag, &s.project, o->today ? o->today : today(day, sizeof(day)), o->strict);
	diag_finish(&s.diag);
	ok = s.diag.nerrors == 0;
	session_close(&s);
	return ok;
}

static bool
runview(const struct options *o)
{
	const struct registry *const *registries, *r = NULL;
	struct session s;
	struct value v;
	struct buf b = {.flush = flushstdout};
	size_t i, n;
	bool ok;

	session_open(&s, o);
	ok = s.diag.nerrors == 0;
	if (ok && (!o->targets || s.njobs != 1))
		die("view takes one target: -l ID");
	if (ok) {
		registries = view_registries(s.jobs[0].view, &n);
		for (i = 0; o->registry && i < n && !r; i++)
			if (streqs(node_str(registries[i]->id), o->registry))
				r = registries[i];
		if (o->registry && !r)
			die("there is no registry '%s' in target '%s'", o->registry, o->targets);
		v = view_value(s.jobs[0].view, r);
		dump(&b, &v);
		flushstdout(&b);
		buf_free(&b);
	}
	diag_finish(&s.diag);
	session_close(&s);
	return ok;
}

/* The folder that a file is in. */
static const char *
folderof(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_copy(a, path, (size_t)(slash - path) + (slash == path)) : ".";
}

static uint32_t
readsource(struct arena *a, struct diag *d, const char *path, struct str *text)
{
	if (!file_read(a, path, text))
		die("cannot read '%s':", path);
	return diag_source(d, strcmp(path, "-") == 0 ? "<stdin>" : path, *text);
}

/* A file called .json is JSON; another is if it can be read so, else YAML. */
static bool
loaddata(struct diag *d, struct tree *t, uint32_t base, const char *path, struct str text, struct node *data)
{
	size_t n = strlen(path);
	bool named = n > 5 && strcmp(path + n - 5, ".json") == 0;

	if ((named || json_likely(text)) && json_load(d, t, base, named, data))
		return true;
	return !named && document_load(d, t, base, data);
}

static bool
runrender(const struct options *o)
{
	struct arena a = {0};
	struct diag d = {0};
	struct tree tree;
	struct templates set;
	struct template *t;
	struct node data;
	struct str text;
	struct buf b = {0};
	uint32_t base;
	bool ok, html = strcmp(o->escape, "html") == 0;

	if (!html && strcmp(o->escape, "none") != 0)
		die("--escape takes html or none, not '%s'", o->escape);
	if (strcmp(o->args[0], "-") == 0 && strcmp(o->args[1], "-") == 0)
		die("only one of TEMPLATE and DATA can be standard input");
	tree_init(&tree, &a);
	templates_init(&set, &d, &a, o->partials ? o->partials : folderof(&a, o->args[0]));
	base = readsource(&a, &d, o->args[0], &text);
	t = template_compile(&set, (struct str){"", 0}, base, text);
	template_link(&set, o->strict);
	base = readsource(&a, &d, o->args[1], &text);
	ok = loaddata(&d, &tree, base, o->args[1], text, &data) && d.nerrors == 0;
	if (ok)
		ok = render(&set, t, value_node(&data), html ? escape_html(&a) : NULL, o->strict, &b);
	if (ok)
		flushstdout(&b);
	diag_finish(&d);
	buf_free(&b);
	templates_free(&set);
	tree_free(&tree);
	diag_free(&d);
	arena_free(&a);
	return ok;
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		bool (*run)(const struct options *);
	} commands[] = {
		{"generate", rungenerate},
		{"validate", runvalidate},
		{"view", runview},
		{"render", runrender},
		{"update", update},
	};
	struct options o;
	bool ok = false, bad;
	size_t i;

	options_read(&o, argc, argv);
	for (i = 0; i < LEN(commands); i++)
		if (strcmp(commands[i].name, o.command) == 0)
			ok = commands[i].run(&o);
	bad = ferror(stdout) != 0;
	if (fclose(stdout) != 0 || bad)
		die("cannot write to standard output:");
	return ok ? 0 : 1;
}
