/* facts - what regen understands of IANA's files, for tests.
 *
 * facts REGISTRY SOURCE [GROUP/REGISTRY]    print the facts of all registries that SOURCE has, a JSON value a line
 * facts -e REGISTRY SOURCE OTHER GROUP/REGISTRY    print how the facts of two sources differ, a line each
 *
 * A CSV doesn't say which registry it has; its name ends in .csv. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../../gen/util.h"
#include "../../gen/arena.h"
#include "../../gen/diag.h"
#include "../../gen/tree.h"
#include "../../gen/csv.h"
#include "../../gen/document.h"
#include "../../gen/cited.h"
#include "../../gen/ranger.h"
#include "../../gen/fact.h"
#include "../../gen/file.h"
#include "../../gen/iana.h"
#include "../../gen/number.h"
#include "../../gen/project.h"
#include "../../gen/registry.h"
#include "../../gen/status.h"
#include "../../gen/xml.h"

static struct arena a;
static struct diag d;

static void
string(struct str s)
{
	size_t i;

	putchar('"');
	for (i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.s[i];

		if (c == '"' || c == '\\' || c < 0x20)
			printf("\\u%04x", (unsigned)c);
		else
			putchar(c);
	}
	putchar('"');
}

static void
member(const char *key, struct str value, bool more)
{
	printf("\"%s\": ", key);
	string(value);
	if (more)
		fputs(", ", stdout);
}

static struct str
status(unsigned char s)
{
	size_t n;
	const struct str *names = status_names(&n);

	return s < n ? names[s] : LITERAL("");
}

static void
printcited(const struct cited *c)
{
	static const struct str kinds[] = {{"rfc", 3}, {"draft", 5}, {"errata", 6}, {"url", 3}, {"person", 6}, {"text", 4}};

	putchar('[');
	string(kinds[c->kind]);
	fputs(", ", stdout);
	string(c->id);
	fputs(", ", stdout);
	string(c->section);
	fputs(", ", stdout);
	string(c->title);
	putchar(']');
}

static void
printfact(const struct registry *r, const struct fact *f)
{
	uint32_t i;

	putchar('{');
	member("value", f->value, true);
	member("name", f->name, true);
	member("text", f->text, true);
	member("status", status(f->status), true);
	member("expires", f->expires, true);
	member("replaced_by", f->replacedby, true);
	if (r->type != TYPE_STRING && f->value.n > 0)
		printf("\"number\": %s, ", number_decimal(&a, r->type, f->number).s);
	fputs("\"references\": [", stdout);
	for (i = 0; i < f->nreferences; i++) {
		fputs(i ? ", " : "", stdout);
		printcited(&f->references[i]);
	}
	fputs("], \"fields\": {", stdout);
	for (i = 0; i < f->nfields; i++) {
		fputs(i ? ", " : "", stdout);
		string(f->fields[i].id);
		fputs(": ", stdout);
		string(f->fields[i].value);
	}
	fputs("}}", stdout);
}

static void
printfacts(const struct registry *r, const struct facts *facts, bool ok)
{
	uint32_t i;

	putchar('{');
	member("iana", facts->iana, true);
	member("updated", facts->updated, true);
	printf("\"ok\": %s, \"facts\": [", ok ? "true" : "false");
	for (i = 0; i < facts->n; i++) {
		fputs(i ? ", " : "", stdout);
		printfact(r, &facts->list[i]);
	}
	fputs("], \"ranges\": [", stdout);
	for (i = 0; i < facts->nranges; i++) {
		const struct factrange *g = &facts->ranges[i];

		fputs(i ? ", {" : "{", stdout);
		member("values", g->values, true);
		member("title", g->title, true);
		member("rule", g->rule, true);
		member("status", status(g->status), true);
		printf("\"first\": %s, \"last\": %s}", number_decimal(&a, r->type, g->first).s,
			number_decimal(&a, r->type, g->last).s);
	}
	fputs("]}\n", stdout);
}

/* How two facts of one value differ, each difference behind a blank. */
static void
compare(const struct fact *x, const struct fact *y)
{
	const struct {
		const char *what;
		struct str x, y;
	} strings[] = {{"name", x->name, y->name}, {"text", x->text, y->text}, {"expires", x->expires, y->expires},
		{"replaced_by", x->replacedby, y->replacedby}, {"status", status(x->status), status(y->status)}};
	uint32_t i;

	for (i = 0; i < LEN(strings); i++)
		if (!streq(strings[i].x, strings[i].y))
			printf(" %s", strings[i].what);
	if (x->nreferences != y->nreferences)
		printf(" references");
	for (i = 0; i < x->nreferences && i < y->nreferences; i++)
		if (!cited_same(&x->references[i], &y->references[i]) || !cited_same(&y->references[i], &x->references[i]))
			printf(" reference");
	for (i = 0; i < x->nfields && i < y->nfields; i++)
		if (!streq(x->fields[i].value, y->fields[i].value))
			printf(" %.*s", (int)x->fields[i].id.n, x->fields[i].id.s);
	if (x->nfields != y->nfields)
		printf(" fields");
}

static void
differences(const struct facts *x, const struct facts *y)
{
	uint32_t i;

	if (x->n != y->n || x->nranges != y->nranges)
		printf("%u facts and %u, %u ranges and %u\n", (unsigned)x->n, (unsigned)y->n, (unsigned)x->nranges,
			(unsigned)y->nranges);
	for (i = 0; i < x->n && i < y->n; i++) {
		if (!streq(x->list[i].value, y->list[i].value)) {
			printf("%.*s and %.*s\n", (int)x->list[i].value.n, x->list[i].value.s, (int)y->list[i].value.n,
				y->list[i].value.s);
			return;
		}
		printf("%.*s:", (int)x->list[i].value.n, x->list[i].value.s);
		compare(&x->list[i], &y->list[i]);
		putchar('\n');
	}
	for (i = 0; i < x->nranges && i < y->nranges; i++)
		if (x->ranges[i].first != y->ranges[i].first || x->ranges[i].last != y->ranges[i].last ||
			x->ranges[i].status != y->ranges[i].status)
			printf("range %.*s\n", (int)x->ranges[i].values.n, x->ranges[i].values.s);
}

static uint32_t
open(const char *path)
{
	struct str text;

	if (!file_read(&a, path, &text))
		die("cannot read '%s':", path);
	return diag_source(&d, path, text);
}

/* The registries of a file; a CSV's is that of the name GROUP/REGISTRY. */
static bool
load(const char *path, const char *name, struct iana *iana)
{
	size_t n = strlen(path);
	const char *slash = name ? strchr(name, '/') : NULL;

	if (n < 4 || strcmp(path + n - 4, ".csv") != 0)
		return xml_load(&d, &a, open(path), iana);
	if (!slash)
		die("which registry is '%s'?", path);
	*iana = (struct iana){.n = 1, .registries = arena_alloc(&a, sizeof(struct assignments))};
	if (!csv_load(&d, &a, open(path), iana->registries))
		return false;
	iana->registries->group = (struct str){name, (size_t)(slash - name)};
	iana->registries->id = str(slash + 1);
	return true;
}

/* The registry that follows one of IANA's, or NULL. */
static const struct registry *
follower(const struct project *p, const struct assignments *as)
{
	struct str name = arena_join(&a, (struct str[]){as->group, LITERAL("/"), as->id}, 3);
	uint32_t i;

	for (i = 0; i < p->nregistries; i++)
		if (p->registries[i].source.iana && streq(node_str(p->registries[i].source.iana), name))
			return &p->registries[i];
	return NULL;
}

static bool
facts(const struct project *p, const struct iana *iana, const char *only, struct facts *out)
{
	const struct registry *r;
	struct facts f;
	bool all = true, ok;
	size_t i;

	for (i = 0; i < iana->n; i++) {
		r = follower(p, &iana->registries[i]);
		if (!r || (only && !streqs(node_str(r->source.iana), only)))
			continue;
		ok = fact_read(&d, &a, r, &iana->registries[i], &f);
		all = all && ok && fact_number(r, &f);
		if (out)
			*out = f;
		else
			printfacts(r, &f, ok);
	}
	return all;
}

int
main(int argc, char **argv)
{
	bool equal = argc == 6 && strcmp(argv[1], "-e") == 0, ok;
	const char *registry = argv[equal + 1], *only = equal ? argv[5] : argc == 4 ? argv[3] : NULL;
	const struct node *root;
	struct facts x = {.n = 0}, y = {.n = 0};
	struct project p;
	struct tree tree;
	struct node node;
	struct iana iana;

	argv0 = "facts";
	if (!equal && argc != 3 && argc != 4)
		die("usage: facts REGISTRY SOURCE [NAME]");
	tree_init(&tree, &a);
	root = &node;
	ok = document_load(&d, &tree, open(registry), &node);
	if (ok)
		project_read(&d, &a, &root, 1, &p);
	ok = ok && d.nerrors == 0 && load(argv[equal + 2], only, &iana) && facts(&p, &iana, only, equal ? &x : NULL);
	if (ok && equal) {
		ok = load(argv[4], only, &iana) && facts(&p, &iana, only, &y);
		differences(&x, &y);
	}
	diag_finish(&d);
	diag_free(&d);
	tree_free(&tree);
	arena_free(&a);
	return ok ? 0 : 1;
}
