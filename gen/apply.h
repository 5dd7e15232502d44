/* apply.h - changes of a merge become edits of the file that holds the registry. */
struct arena;
struct edits;
struct merge;
struct project;
struct str;

/* Make the edits for all changes that are not kept, and for the date of the source, if theirs has one. */
void apply(struct arena *, const struct project *, struct merge *, struct edits *);
