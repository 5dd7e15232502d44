/* diag.h - what is wrong with what the user wrote, and where. */
struct str;

/* A place: all sources share one space of positions, so a position says which file it is in. */
struct span {
	uint32_t at; /* position of the first byte */
	uint32_t n;  /* bytes, for the underline */
};

/* Text that a person wrote. Lives as long as the diag. */
struct source {
	const char *name;
	struct str text;
	uint32_t base; /* position of its first byte */
};

struct diag {
	struct source *sources;
	size_t nsources, cap;
	unsigned nerrors, nwarnings;
	uint32_t lastat, lasthash; /* of the last error: its place, and a hash of its message */
	bool quiet;                /* the last error or warning was over the limit: so are its notes */
	bool silent;               /* nothing is printed, all places are kept */
	uint32_t *places;          /* of errors and their notes, if silent */
	size_t nplaces, capplaces;
};

/* Give text, which must live as long as the diag, a place among the sources; returns the position of its first byte.
 * Dies when all sources together pass 4 GiB. */
uint32_t diag_source(struct diag *, const char *name, struct str text);
/* The source that holds a position. */
const struct source *diag_find(const struct diag *, uint32_t at);
/* Print "name:line:col: error: message", the line and a caret to standard error. Lines and columns are 1-based, columns
 * count code points. After a hundred, errors are only counted. */
void diag_error(struct diag *, struct span, const char *, ...) __attribute__((format(printf, 3, 4)));
void diag_warning(struct diag *, struct span, const char *, ...) __attribute__((format(printf, 3, 4)));
void diag_note(struct diag *, struct span, const char *, ...) __attribute__((format(printf, 3, 4)));
/* Say how many errors were not printed, if any. */
void diag_finish(const struct diag *);
void diag_free(struct diag *);

/* Of n candidates the one most like s, near enough to be a slip of the hand, or NULL. */
const struct str *nearest(struct str s, const struct str *candidates, size_t n);
/* The same where s may as well be right: one that differs in case alone or, if both are longer than two letters, in one
 * letter. */
const struct str *mistyped(struct str s, const struct str *candidates, size_t n);
