/* product.h - the files that a session's jobs make, and where they go. */
struct job;
struct output;
struct registry;
struct session;
struct str;

struct product {
	struct job *job;
	const struct output *output;
	const struct registry *registry; /* NULL: for the whole package */
	struct str path;                 /* below the output folder; lives as long as the session */
};

/* In the order of the jobs. */
struct products {
	struct product *list;
	size_t n, cap;
};

/* Find the products of all jobs. Every path that regen cannot write, and every two that cannot both be, is an error of
 * the session's. Returns whether there was none. */
bool products_find(struct products *, struct session *);
void products_free(struct products *);
