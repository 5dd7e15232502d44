/* options.h - the command line. */
struct options {
	const char *command;
	const char *config, *templates, *output, *targets, *registry, *partials, *today, *escape, *add, *report;
	const char *jobs; /* a number from 1 on */
	bool check, diff, prune, strict, dryrun, sources;
	char **args;
	int nargs;
};

/* Read the command line; reports a wrong one, or prints the help or version that it asks for, and exits. */
void options_read(struct options *, int argc, char **argv);
