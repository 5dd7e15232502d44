/* facet.h - maps and lists of a view: what each kind has, and how it is taken from the thing that it shows. The parts
 * of a view (fieldview, entryview, registryview) and view itself are made of these. */
struct arena;
struct diag;
struct dialect;
struct entry;
struct names;
struct peers;
struct project;
struct registry;
struct shape;
struct str;
struct target;

/* The kinds of maps, then those of lists. */
enum which {
	MAP_ROOT,
	MAP_REGISTRYROOT,
	MAP_PACKAGE,
	MAP_OPTIONS,
	MAP_SPECIFICATION,
	MAP_REGISTRY,
	MAP_SOURCE,
	MAP_VALID,
	MAP_RANGE,
	MAP_FIELD,
	MAP_ENTRY,
	MAP_BRIEF,
	MAP_ALIAS,
	MAP_NAME,
	MAP_ALIASNAME,
	MAP_CELL,
	MAP_LIST,
	MAP_LISTS,
	MAP_MEMBER,
	MAP_ENUM,
	MAP_CHOICE,
	MAP_REFERENCE,
	MAP_LENGTH,
	MAP_TABLE,
	MAP_HASH,
	MAP_POSITION,
	MAP_WORDHASH,
	MAP_WORD,
	MAP_POOL,
	MAP_CITATIONS,
	MAP_CHUNK,
	MAP_STRING,
	MAP_PIECE,
	MAP_LINES,
	MAP_CUT,
	MAP_TARGET,
	MAP_REGISTRYTARGET,
	MAP_ENTRYTARGET,
	MAP_IMPORT,
	MAP_USE,
	MAP_ALIASUSE,
	LIST_REGISTRIES,
	LIST_SPECIFICATIONS,
	LIST_OBSOLETES,
	LIST_ENTRIES,
	LIST_ROWS,
	LIST_NAMES,
	LIST_ALIASES,
	LIST_REFERENCES,
	LIST_RANGES,
	LIST_PREDICATES,
	LIST_SPANS,
	LIST_FIELDS,
	LIST_CELLS,
	LIST_COLUMN,
	LIST_CHOICES,
	LIST_MEMBERS,
	LIST_EACH,
	LIST_ALL,
	LIST_LINES,
	LIST_POSITIONS,
	LIST_WORDS,
	LIST_CHUNKS,
	LIST_STRINGS,
	LIST_PIECES,
	LIST_LINEGROUPS,
	KINDS,
};

/* A field of an entry, or of a list of a field: all of it, or a member. */
struct cell {
	const struct fielddef *field;
	const struct node *value; /* NULL if the entry does not say */
};

/* A kind of map or list. A map has its members, then the identifiers of a group, then those of statuses. */
struct kind {
	struct class class; /* the first, so that a class leads to its kind */
	const struct context *context;
	struct shape *shape;
	size_t nidentifiers;
	enum group group;
	bool alias; /* it shows an alias */
};

/* A registry as a target shows it, or the package (registry is NULL). */
struct context {
	struct view *view;
	const struct registry *registry;
	struct naming naming;
	struct kind kinds[KINDS];
	uint32_t *nnames;     /* how many names there are, once they have been counted; else UINT32_MAX */
	struct names **names; /* lookupview's, once they have been asked for */
	const struct entry **
		*bynode; /* targetview's: the entries in the order of their nodes, once they have been asked for */
	const uint32_t **repeats; /* of each entry, how many before have its key, once that has been asked for */
};

struct view {
	struct diag *diag;
	struct arena *arena;
	struct tree tree; /* for shapes */
	const struct project *project;
	const struct target *target;
	const struct peers *peers; /* the targets of the registry */
	bool phrasing;             /* a template of lang.yaml is being rendered */
	struct dialect dialect;
	struct context package, *contexts;
	const struct context **bynode; /* the contexts in the order of their registries' nodes */
	const struct registry **registries;
	size_t nregistries;
};

/* How to make a kind. A group's identifiers follow the members; statuses' follow where a thing has a status. */
struct kindspec {
	enum which which;
	const struct member *members;
	size_t nmembers;
	enum group group;
	bool identifiers, status, alias;
	struct value (*next)(const struct value *, struct cursor *, struct arena *);
	struct span (*where)(const struct value *);
};

/* What a map or list belongs to. */
const struct context *facet_context(const struct value *);
/* What a view shows of a registry, which may be that of another view; NULL if nothing. */
const struct context *facet_contextin(const struct view *, const struct registry *);
/* Make the index that it is found by, once the contexts have their registries. */
void facet_index(struct view *);
const struct lang *facet_lang(const struct value *);
/* A map of a kind that shows p, a list of a kind that goes through p. */
struct value facet_map(const struct context *, enum which, const void *p);
struct value facet_list(const struct context *, enum which, const void *p, size_t n);

/* The text of a node; false if it is NULL. */
struct value facet_text(const struct node *);
/* A text, or the text of a node, as one line that a comment can hold. */
struct value facet_line(const struct value *, struct str, struct arena *);
struct value facet_doc(const struct value *, const struct node *, struct arena *);
/* A number in decimal. */
struct value facet_count(struct arena *, uint64_t);
/* A number of the registry's type, in decimal and as the language writes it. */
struct value facet_decimal(const struct value *, uint64_t, struct arena *);
struct value facet_numberliteral(const struct value *, uint64_t, struct arena *);
/* A number of a type, which is spelled so, as the language writes it. */
struct value facet_literal(const struct value *, enum type, uint64_t, struct str number, struct arena *);
/* The name that the language has for a type, or false. */
struct value facet_typename(const struct value *, enum type);
/* The name of the narrowest unsigned type that holds n, in tables. */
struct value facet_indextype(const struct value *, uint32_t n);
/* The node to which the thing that a map shows has a pointer at an offset. */
const struct node *facet_node(const struct value *, size_t offset);

/* A map of a list that is cut into parts; part is the number of the part that begins with it, or 0. */
struct value facet_cutmap(const struct context *, enum which, const void *p, uint32_t part);
/* The number of the part of size things that begins with thing number i; 0 if it is the first, or within one. */
uint32_t facet_part(size_t i, uint32_t size);
extern const struct kindspec facet_kinds[];
extern const size_t facet_nkinds;

/* The get of every map with identifiers. */
struct value facet_getidentifier(const struct value *, size_t key, struct arena *);

/* For members of any map: the package, and the target's options. */
struct value facet_getpackage(const struct value *, size_t, struct arena *);
struct value facet_getoptions(const struct value *, size_t, struct arena *);
/* For tables of members: what is at the offset of the thing, and how it is shown. */
struct value facet_getmore(const struct value *, size_t, struct arena *);     /* whether another follows in the list */
struct value facet_getcut(const struct value *, size_t, struct arena *);      /* the part that begins, or false */
struct value facet_getdoc(const struct value *, size_t, struct arena *);      /* node: one line for a comment */
struct value facet_getlines(const struct value *, size_t, struct arena *);    /* node: comment lines */
struct value facet_getlength(const struct value *, size_t, struct arena *);   /* node: bytes */
struct value facet_getsize(const struct value *, size_t, struct arena *);     /* node: bytes and a NUL */
struct value facet_getbool(const struct value *, size_t, struct arena *);     /* unsigned char */
struct value facet_getcount(const struct value *, size_t, struct arena *);    /* uint32_t */
struct value facet_getstatus(const struct value *, size_t, struct arena *);   /* unsigned char: the status' name */
struct value facet_getdecimal(const struct value *, size_t, struct arena *);  /* uint64_t of the registry's type */
struct value facet_getliteral(const struct value *, size_t, struct arena *);  /* the same, as the language writes it */
struct value facet_gettype(const struct value *, size_t, struct arena *);     /* unsigned char: the type's name */
struct value facet_gettypename(const struct value *, size_t, struct arena *); /* the same: the language's name */
struct value
facet_getisinteger(const struct value *, size_t, struct arena *);             /* the same: whether it is an integer's */
struct value facet_getissigned(const struct value *, size_t, struct arena *); /* the same: whether it has a sign */
