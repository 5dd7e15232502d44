#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "options.h"

#ifndef VERSION
#define VERSION "unknown"
#endif

enum { GENERATE = 1, VALIDATE = 2, VIEW = 4, RENDER = 8, UPDATE = 16, PROJECT = GENERATE | VALIDATE | VIEW };

static const struct command {
	const char *name;
	unsigned bit;
	int nargs, most; /* how many arguments it takes */
	const char *args, *help;
} commands[] = {
	{"generate", GENERATE, 0, 0, "", "write the packages of all targets"},
	{"validate", VALIDATE, 0, 0, "", "report every error and warning; write nothing"},
	{"view", VIEW, 0, 0, "", "print what templates are given, as JSON"},
	{"render", RENDER, 2, 2, " TEMPLATE DATA", "render any Mustache template with YAML or JSON data"},
	{"update", UPDATE, 1, INT_MAX, " SOURCE...", "merge what IANA says now into the registry; say what changed"},
};

static const struct option {
	char letter;
	const char *name, *arg;
	unsigned commands;
	size_t offset;
	const char *help;
} table[] = {
	{'c', "config", "FILE", PROJECT | UPDATE, offsetof(struct options, config), "the registry (registry.yaml)"},
	{'t', "templates", "DIR", PROJECT | UPDATE, offsetof(struct options, templates),
		"the folder of languages (./templates, else the installed one)"},
	{'o', "output", "DIR", GENERATE, offsetof(struct options, output), "the output folder (out)"},
	{'l', "target", "ID,...", PROJECT, offsetof(struct options, targets), "only these targets"},
	{'j', "jobs", "N", GENERATE, offsetof(struct options, jobs),
		"how many targets are rendered at once (one for each processor)"},
	{'r', "registry", "ID", VIEW, offsetof(struct options, registry), "what templates for this registry are given"},
	{'p', "partials", "DIR", RENDER, offsetof(struct options, partials),
		"where partials are (the template's folder)"},
	{0, "check", NULL, GENERATE, offsetof(struct options, check),
		"write nothing; exit 1 and say why if something is not current"},
	{0, "diff", NULL, GENERATE, offsetof(struct options, diff), "print what changes as a unified diff"},
	{0, "prune", NULL, GENERATE, offsetof(struct options, prune),
		"remove files that were generated once and no longer are"},
	{0, "strict", NULL, VALIDATE | RENDER, offsetof(struct options, strict),
		"validate: warnings are errors; render: unknown names are"},
	{0, "add", "GROUP/REGISTRY", UPDATE, offsetof(struct options, add),
		"take this registry over from the SOURCE as a new one"},
	{0, "report", "FORM", UPDATE, offsetof(struct options, report),
		"how to say what changed: text, markdown or json (text)"},
	{0, "dry-run", NULL, UPDATE, offsetof(struct options, dryrun),
		"change nothing; print a unified diff, and the report to standard error"},
	{0, "strict", NULL, UPDATE, offsetof(struct options, strict), "exit 1 if something was kept against IANA"},
	{0, "sources", NULL, UPDATE, offsetof(struct options, sources),
		"take no SOURCE; print where IANA has those of the registry"},
	{0, "today", "DATE", VALIDATE, offsetof(struct options, today),
		"the day that expiry is measured by (the clock's)"},
	{0, "escape", "TABLE", RENDER, offsetof(struct options, escape), "how {{x}} is escaped: html or none (html)"},
};

static _Noreturn void
finish(void)
{
	bool bad = ferror(stdout) != 0;

	if (fclose(stdout) != 0 || bad)
		die("cannot write to standard output:");
	exit(0);
}

static void
usage(FILE *f, const struct command *c)
{
	size_t i;
	int n;

	if (!c) {
		fprintf(f,
			"usage: regen COMMAND [OPTION...]\n\nGenerate packages of constants from a "
			"registry.\n\ncommands:\n");
		for (i = 0; i < LEN(commands); i++)
			fprintf(f, "  %-10s%s\n", commands[i].name, commands[i].help);
		fprintf(f,
			"\n'regen COMMAND --help' tells of a command's options. Exit status: 0 done or current;\n"
			"1 what was written is wrong, or the output is stale; 2 usage, or the machine failed.\n");
		return;
	}
	fprintf(f, "usage: regen %s [OPTION...]%s\n\n%s\n\noptions:\n", c->name, c->args, c->help);
	for (i = 0; i < LEN(table); i++) {
		if (!(table[i].commands & c->bit))
			continue;
		n = table[i].letter ? fprintf(f, "  -%c, --%s", table[i].letter, table[i].name)
				    : fprintf(f, "      --%s", table[i].name);
		if (table[i].arg)
			n += fprintf(f, " %s", table[i].arg);
		fprintf(f, "%*s%s\n", n < 26 ? 26 - n : 1, "", table[i].help);
	}
	fprintf(f, "  -h, --help              this text\n");
}

static _Noreturn void
misuse(const struct command *c, const char *what, const char *arg)
{
	warn("%s '%s'", what, arg);
	fprintf(stderr, "'regen %s%s--help' tells what there is\n", c ? c->name : "", c ? " " : "");
	exit(2);
}

/* The option that an argument names; *value is what follows '=' or the letter, if anything does. */
static const struct option *
findoption(const struct command *c, const char *arg, const char **value)
{
	const char *equals = strchr(arg, '=');
	size_t i, n = equals ? (size_t)(equals - arg) : strlen(arg);

	*value = NULL;
	for (i = 0; i < LEN(table); i++) {
		if (!(table[i].commands & c->bit))
			continue;
		if (arg[1] == '-' && strlen(table[i].name) == n - 2 && memcmp(table[i].name, arg + 2, n - 2) == 0) {
			*value = equals ? equals + 1 : NULL;
			return &table[i];
		}
		if (arg[1] != '-' && table[i].letter == arg[1]) {
			*value = arg[2] ? arg + 2 : NULL;
			return &table[i];
		}
	}
	misuse(c, "unknown option", arg);
}

static const struct command *
findcommand(const char *name)
{
	size_t i;

	for (i = 0; i < LEN(commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	if (strcmp(name, "--version") == 0) {
		printf("regen %s\n", VERSION);
		finish();
	}
	if (strcmp(name, "-h") == 0 || strcmp(name, "--help") == 0) {
		usage(stdout, NULL);
		finish();
	}
	misuse(NULL, name[0] == '-' ? "unknown option" : "unknown command", name);
}

/* Read the option at argv[i]; returns the index of its last argument. */
static int
readoption(struct options *o, const struct command *c, int argc, char **argv, int i)
{
	const char *value;
	const struct option *opt;
	char *field = (char *)o;

	if (strcmp(argv[i], "-h") == 0 || strcmp(argv[i], "--help") == 0) {
		usage(stdout, c);
		finish();
	}
	if (strcmp(argv[i], "--version") == 0)
		findcommand(argv[i]);
	opt = findoption(c, argv[i], &value);
	field += opt->offset;
	if (!opt->arg) {
		if (value)
			misuse(c, "no argument goes with", argv[i]);
		*(bool *)field = true;
		return i;
	}
	if (!value) {
		if (i + 1 == argc)
			misuse(c, "an argument is missing after", argv[i]);
		value = argv[++i];
	}
	*(const char **)(void *)field = value;
	return i;
}

void
options_read(struct options *o, int argc, char **argv)
{
	const struct command *c;
	bool operands = false;
	int i, most;

	*o = (struct options){.config = "registry.yaml", .output = "out", .escape = "html", .args = argv};
	if (argc < 2) {
		usage(stderr, NULL);
		exit(2);
	}
	c = findcommand(argv[1]);
	o->command = c->name;
	for (i = 2; i < argc; i++) {
		if (!operands && strcmp(argv[i], "--") == 0)
			operands = true;
		else if (!operands && argv[i][0] == '-' && argv[i][1])
			i = readoption(o, c, argc, argv, i);
		else
			argv[o->nargs++] = argv[i];
	}
	if (o->jobs && (o->jobs[0] == '0' || o->jobs[0] == '\0' || o->jobs[strspn(o->jobs, "0123456789")]))
		misuse(c, "--jobs takes a number from 1 on, not", o->jobs);
	most = o->sources ? 0 : c->most;
	if (o->nargs > most)
		misuse(c, "unexpected argument", argv[most]);
	if (o->nargs < c->nargs && !o->sources) {
		warn("%s takes%s", c->name, c->args);
		exit(2);
	}
}
