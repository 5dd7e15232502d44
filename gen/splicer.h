/* splicer.h - what the parts of splice.c share: a text that is copied from its start to its end but for what is
 * changed. */
struct buf;
struct node;
struct place;
struct places;
struct str;
struct style;
struct tree;

/* Where a node stands. */
struct context {
	uint32_t mark;   /* the end of what it stands behind, or NOSITE for the root */
	uint32_t column; /* of the dash or the key */
	bool item, flow, colon;
};

/* Other text for a part of the source that is copied. */
struct patch {
	uint32_t at, end;
	struct str text;
};

struct splicer {
	struct places *places;
	struct tree *tree;
	struct style *style;
	struct str text;
	struct buf *out;
	uint32_t cur; /* what has been copied or left out */
	struct patch *patches;
	size_t npatches, cappatches, nextpatch;
	/* Write the node at a place, which is changed. */
	void (*render)(struct splicer *, struct place *, struct context);
	bool atend; /* something was put behind a last line that has no break */
};

/* Copy the source up to a position, with its patches; or leave it out. */
void splicer_copy(struct splicer *, uint32_t to);
void splicer_skip(struct splicer *, uint32_t to);
/* Put other text in the place of part of the source, when it is copied. */
void splicer_patch(struct splicer *, uint32_t at, uint32_t end, struct str text);
void splicer_newline(struct splicer *);
void splicer_blanks(struct splicer *, uint32_t n);
/* Take the blanks from the end of what is written so far. */
void splicer_trim(struct splicer *);
/* Whether what is written so far ends a line, and whether that line is blank. */
bool splicer_atstart(const struct splicer *);
bool splicer_atblank(const struct splicer *);
/* The column behind what is written so far; of a long line any that is greater than STYLE_WIDTH. */
uint32_t splicer_column(const struct splicer *);
/* Whether the source ends here, and its last line has no break. */
bool splicer_openend(const struct splicer *);
/* Begin a line behind the last, which may have no break. */
void splicer_startline(struct splicer *);
/* Write the comments of a part of the source that is left out, each on a line of its own in that column; the first goes
 * behind what is written so far, unless that ends a line. The line of the last is not ended. False if there are none.
 */
bool splicer_comments(struct splicer *, uint32_t from, uint32_t to, uint32_t column);
/* The same inside brackets: what follows them there begins in that column of a line, if there are any. */
void splicer_inside(struct splicer *, uint32_t from, uint32_t to, uint32_t column);
/* The node at a place with all changes in it. */
struct node splicer_edited(struct splicer *, const struct place *);
/* Whether a text ends with a line feed that belongs to a literal scalar. */
bool splicer_literal(const struct node *);
