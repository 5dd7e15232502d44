/* session.h - all that a run reads: the registry, and a language and a view for each target. */
struct arena;
struct diag;
struct options;
struct project;

struct job {
	struct str id, out;          /* out: below the output folder */
	const struct target *target; /* NULL if the registry lists none */
	struct lang *lang;
	struct view *view;
	bool tried; /* to open it for others */
};

/* A text that stands for what a file holds. */
struct overlay {
	const char *path;
	struct str text;
};

struct session {
	struct arena arena;
	struct diag diag;
	struct tree tree;
	struct project project;
	struct job *jobs;
	size_t njobs;
	bool all; /* the jobs are all targets */
	/* All targets: those that are jobs and the others, whose languages are read when a template asks for them. */
	struct job **targets;
	size_t ntargets;
	struct peers peers;
	const char *templates; /* the folder of languages */
	struct str *langs;
	size_t nlangs, room;
	size_t nfiles; /* files of the project: the first sources of diag */
	const struct overlay *overlays;
	size_t noverlays;
};

/* Read what the options name. Every error is in diag.nerrors. */
void session_open(struct session *, const struct options *);
/* The same, with these texts for what their files hold. If silent, errors are not printed; diag has their places. */
void session_try(struct session *, const struct options *, const struct overlay *, size_t n, bool silent);
void session_close(struct session *);
