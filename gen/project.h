/* project.h - registry.yaml, format 1, as typed data. What is optional and absent is NULL. Nodes give both the text and
 * the place. */
struct arena;
struct diag;
struct node;
struct registry;
struct str;

struct package {
	const struct node *name, *version, *license, *repository, *description;
};

struct specification {
	struct str id;
	struct span idspan;
	const struct node *title, *obsoletes;
	bool merged; /* one with this id stands before */
};

struct target {
	const struct node *node, *id, *lang, *out, *registries, *include, *exclude, *options;
};

struct project {
	struct package package;
	struct specification *specifications;
	struct specification **byid; /* sorted, each id once */
	struct target *targets;
	struct registry *registries;
	const struct node *files; /* a list, or NULL */
	uint32_t nspecifications, nbyid, ntargets, nregistries;
};

/* Read documents as a project: the first is the project's, the others are the files that it names. Reports every error
 * that can be seen in one place; those between places are check.c's. */
void project_read(struct diag *, struct arena *, const struct node *const *documents, size_t n, struct project *);
/* The specification with this id, or NULL. */
const struct specification *project_specification(const struct project *, struct str id);
