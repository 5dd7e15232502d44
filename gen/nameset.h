/* nameset.h - the names that a registry has, or is to have, and whether another is free: names that differ in '_' alone
 * are one. */
struct arena;
struct registry;
struct str;

struct nameset;

/* The names of the registry's entries and aliases; without a registry, none. */
struct nameset *nameset_new(struct arena *, const struct registry *);
void nameset_free(struct nameset *);
/* Add a name. */
void nameset_take(struct nameset *, struct str);
/* Whether nothing has this name; with aliases, whether no alias has it. */
bool nameset_isfree(const struct nameset *, struct str, bool aliases);
/* Give a name that is free a meaning. */
void nameset_mean(struct nameset *, struct str, struct str meaning);
/* What a name means; empty if nothing. */
struct str nameset_meaning(const struct nameset *, struct str);
/* Whether two names are one. */
bool nameset_same(struct str, struct str);
