/* tree.h - what a YAML or JSON document says: scalars, lists and maps, each with its place. */
struct arena;
struct diag;
struct span;
struct str;

enum { NODE_MAX = (1 << 29) - 1 }; /* bytes of a scalar, members of a list or map */

enum nodekind { NODE_SCALAR, NODE_LIST, NODE_MAP };

/* Sixteen bytes, as there may be millions. */
struct node {
	const void *p;   /* scalar: bytes; list: struct node[]; map: struct members */
	uint32_t n : 29; /* bytes or members */
	uint32_t kind : 2;
	uint32_t plain : 1; /* a scalar without quotes */
	uint32_t at;        /* position */
};

/* The keys of a map in their order. Maps with the same keys share it. */
struct shape {
	const struct shape *parent; /* the shape without the last key */
	struct str key;             /* the last key */
	uint32_t n;
	uint32_t repeated; /* 1 + index of the first key that stands twice, or 0 */
	bool merge;        /* there is a key << */
	const struct str *keys;
	struct shape *next; /* what followed last time */
	const void *table;  /* what decode.c knows of it */
	const uint16_t *plan;
};

struct members {
	struct shape *shape;
	const uint32_t *keyat; /* positions of the keys */
	struct node node[];
};

/* A document that was read, and where its text begins. */
struct document {
	struct node root;
	uint32_t base;
	struct document *next;
};

/* All documents of a run share it: their nodes live as long as the arena. */
struct tree {
	struct arena *arena;
	struct shape **slots; /* hash table of shapes */
	size_t nslots, nshapes;
	struct shape root;
	struct document *documents; /* the last one first */
};

void tree_init(struct tree *, struct arena *);
void tree_free(struct tree *);
/* The shape with one key more. The key is copied if it is new. */
struct shape *tree_extend(struct tree *, struct shape *, struct str key);
/* A map of the nodes, which are copied. Fills in the shape's keys. */
struct node tree_map(struct tree *, struct shape *, const struct node *, const uint32_t *keyat, uint32_t at);

const struct node *node_item(const struct node *, size_t);
struct str node_key(const struct node *, size_t);
struct span node_keyspan(const struct node *, size_t);
/* The value of a key, or NULL. */
const struct node *node_get(const struct node *, const char *key);
struct span node_span(const struct node *);

static inline struct str
node_str(const struct node *n)
{
	return (struct str){n->p, n->n};
}
