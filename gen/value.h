/* value.h - what templates see: the data model of JSON, member by member when it is asked for. */
struct arena;
struct node;
struct shape;
struct span;
struct str;

enum valuekind { VALUE_FALSE, VALUE_TRUE, VALUE_STRING, VALUE_LIST, VALUE_MAP };

struct value {
	unsigned char kind;
	bool more;     /* another follows in its list */
	uint32_t n;    /* string: bytes; list: members */
	const void *p; /* string: bytes; list and map: for the class */
	const struct class *class;
	const struct shape *shape; /* map: its keys */
};

/* How far a list has been read. {0} is the start. */
struct cursor {
	size_t i, j;
	uint32_t part; /* how many parts are behind it */
};

/* Instead of a function, in a member: the text of the node to which the thing has a pointer at the offset; false if
 * that is NULL. */
#define VALUE_TEXT NULL

/* A name of a map and the function that gives its value; offset is for the function. */
struct member {
	const char *name;
	struct value (*get)(const struct value *map, size_t offset, struct arena *);
	size_t offset;
};

/* A kind of list or map. What get and next make may live in the arena. A map has its members first; get gives the value
 * of a key behind them. */
struct class
{
	const struct member *members;
	size_t nmembers;
	struct value (*get)(const struct value *map, size_t key, struct arena *);
	struct value (*next)(const struct value *list, struct cursor *, struct arena *);
	/* Where the thing that a map shows was written; NULL if it has no place of its own. */
	struct span (*where)(const struct value *map);
	const void *context;
};

/* A list of n values. */
struct value value_list(const struct value *, size_t n);
/* A node of a document: YAML's and JSON's null, true and false are interpreted if they have no quotes. */
struct value value_node(const struct node *);

static inline struct value
value_bool(bool b)
{
	return (struct value){.kind = b ? VALUE_TRUE : VALUE_FALSE};
}

/* A string, which is not copied; false if it is empty. */
static inline struct value
value_str(struct str s)
{
	return (struct value){.kind = s.n > 0 ? VALUE_STRING : VALUE_FALSE, .p = s.s, .n = (uint32_t)s.n};
}

/* The value of key number i of a map. Most are texts. */
static inline struct value
value_get(const struct value *map, size_t i, struct arena *a)
{
	const struct class *c = map->class;
	const struct member *m = &c->members[i];
	const struct node *n;

	if (i >= c->nmembers)
		return c->get(map, i - c->nmembers, a);
	if (m->get)
		return m->get(map, m->offset, a);
	n = *(const struct node *const *)(const void *)((const char *)map->p + m->offset);
	return n ? value_str(node_str(n)) : value_bool(false);
}
