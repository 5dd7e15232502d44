/* merge.h - the three-way merge of a registry: what IANA had when it was last merged (base), what IANA has now (theirs)
 * and what the registry says (ours) give a list of changes. */
struct arena;
struct diag;
struct facts;
struct merge;
struct registry;
struct str;

/* Merge; the base is NULL if nothing was merged before: then what is missing comes, and nothing else changes. What is
 * wrong with their facts for this registry (a value that is not valid in it) is reported. Without rules theirs does not
 * say by what rules values are registered. */
void merge(struct diag *, struct arena *, const struct registry *, const struct facts *base, const struct facts *theirs,
	bool rules, struct merge *);
void merge_free(struct merge *);
/* Their words for what replaces something, as a name of ours or of what comes; empty if it is none. */
struct str merge_replacement(struct merge *, struct str words);
/* What the base is to be from now on: their facts and, as withdrawn, those that they no longer have and we do. */
struct facts merge_facts(const struct merge *);
