/* document.h - a YAML document as a tree. */
struct diag;
struct node;
struct str;
struct tree;

/* Limits on what is read; to pass one is an error with a position. */
enum {
	DOCUMENT_DEPTH = 100,       /* nesting of lists and maps */
	DOCUMENT_ALIASED = 1000000, /* nodes that all aliases together stand for */
};

/* Read the one document in the source that starts at position base. Anchors, aliases and merge keys are resolved; tags,
 * further documents, repeated keys, keys that are not scalars and NULs are errors. Scalars are not interpreted. Returns
 * false when there is no tree: a syntax error ends the reading. */
bool document_load(struct diag *, struct tree *, uint32_t base, struct node *);

/* What stands at a site of a document's text. */
enum sitekind { SITE_PLAIN, SITE_SINGLE, SITE_DOUBLE, SITE_LITERAL, SITE_FOLDED, SITE_ALIAS, SITE_LIST, SITE_MAP };

/* A node as it is written. In an outline they stand in the order of the text: behind a list its items, behind a map its
 * keys and values by turns. Merge keys are keys like others. */
struct site {
	struct str text;    /* of a scalar */
	uint32_t at, end;   /* bytes of the source; the end of what is a block is not exact */
	uint32_t next;      /* behind all that is inside */
	uint32_t parent;    /* the first has itself */
	uint32_t target;    /* of an alias: what it stands for */
	unsigned char kind; /* enum sitekind */
	bool flow;          /* a list or map in brackets, or a pair of a list in brackets */
	bool anchored;      /* at is that of the anchor */
};

struct outline {
	struct site *list;
	uint32_t n;
};

/* Read where everything stands in a source that document_load could read. In the tree's arena. */
bool document_outline(struct diag *, struct tree *, uint32_t base, struct outline *);
