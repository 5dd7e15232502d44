/* listing.h - the files of targets, by path, with their SHA-256: what .regen holds, in the format of sha256sum(1), each
 * target's after a line "# target ID". */
struct arena;
struct buf;
struct str;

enum { LISTING_SHA = 64 };

struct listed {
	struct str target, path;
	char sha[LISTING_SHA + 1];
	struct str temporary; /* where it is while it is staged and not yet renamed; else empty */
	bool changed;
};

/* In the order in which they were added; {0} is empty. */
struct listing {
	struct listed *list;
	size_t n, cap;
	uint32_t *slots; /* hash table by path: index + 1 */
	size_t nslots;
};

struct listed *listing_add(struct listing *, struct str target, struct str path);
/* The first with this path, or NULL. */
struct listed *listing_find(const struct listing *, struct str path);
/* Add what a text lists, which must live as long as the listing. What is not a line of .regen's is passed over. */
void listing_read(struct listing *, struct str text);
/* Write it, sorted by target and path. */
void listing_write(const struct listing *, struct buf *);
void listing_free(struct listing *);
/* The SHA-256 of a text (FIPS 180-4), in hexadecimal. */
void listing_digest(char sha[LISTING_SHA + 1], struct str text);
/* The same of what a context has been given, which is reset. */
struct sha256_ctx;
void listing_end(char sha[LISTING_SHA + 1], struct sha256_ctx *);
