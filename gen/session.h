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
};

struct session {
	struct arena arena;
	struct diag diag;
	struct tree tree;
	struct project project;
	struct job *jobs;
	size_t njobs;
	bool all; /* the jobs are all targets */
};

/* Read what the options name. Every error is in diag.nerrors. */
void session_open(struct session *, const struct options *);
void session_close(struct session *);
