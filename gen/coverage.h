/* coverage.h - the three-way merge of ranges that have a status: for each value, which one it has. */
struct merge;

/* Add to the merge what changes of the registry's ranges; its entries that come are in the list already. */
void coverage_merge(struct merge *);
