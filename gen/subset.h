/* subset.h - what a target includes of its registries. */
struct arena;
struct diag;
struct registry;
struct target;

/* Replace each of the n registries, of which the target includes or excludes something, by a copy that has the chosen
 * entries alone. A selector is a value, a range of values, a pattern as 4xx, a status, or the id of a range or a name;
 * with REGISTRY/ before it, it counts for that registry only. What no selector of include is meant for stays whole.
 * Reports selectors that choose nothing. */
void subset_make(struct diag *, struct arena *, const struct target *, const struct registry **, size_t n);
