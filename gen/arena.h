/* arena.h - memory that lives to the end, or to a mark. {0} is empty. */
struct str;

struct arena {
	struct chunk *chunk;
	size_t used;
};

/* A point in the life of an arena. */
struct mark {
	struct chunk *chunk;
	size_t used;
};

/* Zeroed memory, aligned for any object; dies if there is none. */
void *arena_alloc(struct arena *, size_t);
/* n objects of size m; dies if n * m overflows. */
void *arena_array(struct arena *, size_t n, size_t m);
/* Memory for an object, or n bytes, not zeroed. */
void *arena_raw(struct arena *, size_t);
char *arena_bytes(struct arena *, size_t n);
/* A copy of the bytes, followed by a NUL. */
char *arena_copy(struct arena *, const char *, size_t);
/* The parts in one string. */
struct str arena_join(struct arena *, const struct str *, size_t n);
/* A formatted string, NUL-terminated. */
char *arena_printf(struct arena *, const char *, ...) __attribute__((format(printf, 2, 3)));
struct mark arena_mark(const struct arena *);
/* Give back all that was taken since the mark. */
void arena_release(struct arena *, struct mark);
void arena_free(struct arena *);
