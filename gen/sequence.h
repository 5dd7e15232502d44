/* sequence.h - where new entries go in a list that is in order, more or less. */
struct arena;
struct fact;
struct registry;

struct sequence;

/* Find the order of the registry's own entries; those that stand out of it don't count. */
struct sequence *sequence_new(struct arena *, const struct registry *);
/* Before which of the registry's own entries, by their index in the list, an entry for this fact goes; how many there
 * are if it goes to the end, as all do where there is no order. */
size_t sequence_find(const struct sequence *, const struct fact *);
/* Sort facts as their entries go; where there is no order they stay. */
void sequence_sort(const struct sequence *, const struct fact **, size_t n);
