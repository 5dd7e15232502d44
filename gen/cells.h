/* cells.h - what the cells of a column of IANA's are like, which tells what a field of them can be. */
struct arena;
struct assignments;
struct str;

enum { CELLS_WORDS = 16 }; /* a column with more words is no enumeration */

/* What all cells of a column are like that have text. */
struct cells {
	struct str name;
	uint32_t filled;
	bool truths, dates, words, unsigneds, signeds; /* all are */
	bool truth;                                    /* one is */
	uint64_t most;                                 /* of numbers, if none is negative, as u64 */
	uint64_t least, greatest;                      /* of numbers as i64 */
	struct str list[CELLS_WORDS];                  /* different words */
	size_t nwords;
};

/* Look at all cells of all columns, in the order in which records have them; *n is how many columns there are. */
struct cells *cells_find(struct arena *, const struct assignments *, size_t *n);
/* Those of the column with this name, or NULL. */
const struct cells *cells_named(const struct cells *, size_t n, struct str name);
