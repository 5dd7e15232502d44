/* lock.h - registry.lock: IANA's facts as last merged, the base of the three-way merge. Update writes it and nobody
 * else does. It is YAML, a record a line, so that a merge of two branches touches few lines. */
struct arena;
struct buf;
struct diag;
struct facts;
struct str;
struct tree;

struct lock {
	struct facts *list; /* one for each source, in the order of GROUP/REGISTRY */
	size_t n;
};

/* Read the source that starts at position base. Numbers are not filled in: fact_number does that for a registry's type.
 * Reports what is wrong. */
bool lock_read(struct diag *, struct arena *, struct tree *, uint32_t base, struct lock *);
/* The facts of GROUP/REGISTRY, or NULL. */
struct facts *lock_find(const struct lock *, struct str iana);
/* Put facts in the place of those of the same source, or among the others. */
void lock_put(struct arena *, struct lock *, const struct facts *);
/* Append the lock as text: reading it again gives the same. */
void lock_write(const struct lock *, struct buf *);
