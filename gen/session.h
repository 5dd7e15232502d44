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
};

/* Read what the options name. Every error is in diag.nerrors. */
void session_open(struct session *, const struct options *);
void session_close(struct session *);
