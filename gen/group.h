/* group.h - the members of a list or map: those that are written there, and those that are to be added. */
struct context;
struct node;
struct place;
struct site;
struct splicer;
struct str;

/* A member of a list or map that is written there. */
struct part {
	uint32_t head; /* its dash, or what its key begins with */
	uint32_t mark; /* the end of the dash or colon; in a list in brackets, its head */
	uint32_t end;
	struct place *place; /* NULL for a merge key */
	bool removed, colon;
};

/* A member to be put before part number index, or behind the one before. */
struct newpart {
	size_t index, order;
	struct str key;
	const struct node *node;
};

/* A list or map that is being written. */
struct group {
	struct place *place;
	const struct site *site;
	struct part *parts;
	struct newpart *news;
	size_t n, nnews;
	uint32_t column; /* of what stands in a block */
	bool map;
};

/* Find the members of a group whose place and site are set. */
void group_find(struct splicer *, struct group *);
/* Where the value of part number i stands. */
struct context group_context(const struct group *, size_t i);
/* Whether a key goes from a map that a merge key brings, or would bring again: then what that brings must be written
 * out. */
bool group_unmerged(const struct splicer *, const struct place *);
