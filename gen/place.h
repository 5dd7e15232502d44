/* place.h - the nodes of a document and where each is written: what edits are made of. */
struct arena;
struct diag;
struct node;
struct site;
struct str;
struct tree;

#define NOSITE UINT32_MAX

/* A node to be written before the child at index, of a map with its key. */
struct insert {
	size_t index;
	struct str key;
	struct node node;
};

/* A node of the document. */
struct place {
	const struct node *node;
	struct place *parent;     /* NULL for the root */
	struct place *children;   /* node->n of them */
	struct insert *inserts;   /* in the order of the text */
	const struct node *value; /* what is to stand here instead, or NULL */
	uint32_t site;            /* NOSITE if it stands here by an alias or a merge key alone */
	uint32_t own;             /* of a map: keys that no merge key brings, which come first */
	uint32_t ninserts, capinserts;
	bool removed;
	bool listed;  /* among those that are changed */
	bool touched; /* something in it is changed */
};

struct places {
	struct arena *arena;
	struct str text;
	struct site *sites;
	struct place **bysite;
	struct place *root;
	struct place **slots; /* hash table by the node's address */
	size_t nslots;
	uint32_t base, nsites;
};

/* Find the places of the document that starts at position base and has been loaded. */
void places_init(struct places *, struct diag *, struct arena *, struct tree *, uint32_t base);
/* The place of a node; dies if it has none. */
struct place *places_find(const struct places *, const struct node *);
/* The child of a map with this key, or NULL. */
struct place *place_child(const struct place *, struct str key);
size_t place_index(const struct place *);
/* Whether the site is a list or map in a block. */
bool site_block(const struct site *);
/* Whether a list or map has brackets: a pair in a list may have none. */
bool site_braces(const struct places *, const struct site *);
/* Where the node begins, behind its anchor; and where the anchor ends, or the node begins. */
uint32_t site_body(const struct places *, const struct site *);
uint32_t site_anchorend(const struct places *, const struct site *);
/* The next comment from a position to the end, and move the position behind it; nothing if there is none. Neither end
 * is inside a scalar. */
struct str places_comment(const struct places *, uint32_t *at, uint32_t end);

/* The text around: all take and give bytes from the start of the source. */
uint32_t text_break(struct str, uint32_t); /* the length of the line break here, or 0 */
bool text_startsline(struct str, uint32_t);
bool text_first(struct str, uint32_t); /* only blanks stand before it on its line */
uint32_t text_linestart(struct str, uint32_t);
uint32_t text_lineend(struct str, uint32_t); /* where the break stands */
uint32_t text_nextline(struct str, uint32_t);
/* The line above one. */
uint32_t text_previousline(struct str, uint32_t linestart);
uint32_t text_skipblanks(struct str, uint32_t);
/* The next that is not blank, break or comment. */
uint32_t text_token(struct str, uint32_t);
bool text_blankline(struct str, uint32_t linestart);
bool text_commentline(struct str, uint32_t linestart);
/* Whether there is a comment, or a line break, between the two. */
bool text_hascomment(struct str, uint32_t, uint32_t end);
bool text_hasbreak(struct str, uint32_t, uint32_t end);
/* How far the line is indented. */
uint32_t text_indent(struct str, uint32_t linestart);
/* Where the comment on a line stands. */
uint32_t text_commentcolumn(struct str, uint32_t linestart);
uint32_t text_column(struct str, uint32_t);
