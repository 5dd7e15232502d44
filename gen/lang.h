/* lang.h - lang.yaml: the rules of a language, as data. templates/README.md says what they mean. */
struct arena;
struct diag;
struct escape;
struct node;
struct str;
struct template;
struct templates;
struct tree;

enum group {
	GROUP_PACKAGE,
	GROUP_REGISTRY,
	GROUP_RANGE,
	GROUP_FIELD,
	GROUP_LIST,
	GROUP_ENUM,
	GROUP_CHOICE,
	GROUP_ENTRY,
	GROUP_STATUS,
	GROUPS
};

enum scope { SCOPE_NONE, SCOPE_FIELD, SCOPE_REGISTRY, SCOPE_PACKAGE };

struct identifier {
	struct str name;
	struct span span;
	unsigned char wordcase, scope;
	const struct node *words;    /* NULL: the thing itself */
	const struct node *reserved; /* NULL: the language's words */
};

struct typerule {
	const struct node *name, *literal; /* literal: what holds %s, or NULL */
	const struct node *index;          /* the name in tables, if another */
	const struct node *least;          /* the literal of the least value, if another */
	const struct node *decimal;        /* the greatest value that it has in decimal, if not all */
	uint64_t greatestdecimal;
};

/* How much there may be of something in one place of a program. */
struct limits {
	uint32_t literal; /* bytes of a string literal */
	uint32_t names;   /* entries and their aliases */
	uint32_t rows;    /* rows, or ranges */
};

struct option {
	struct str name;
	struct span span;
	const struct node *value;
};

struct output {
	const struct node *node, *template, *path, *escapename;
	unsigned char each; /* 0 package, 1 registry */
	const struct escape *escape;
	struct template *pathtemplate;
};

struct lang {
	struct str id;
	const char *dir;
	struct span span; /* of lang.yaml */
	struct identifier *identifiers[GROUPS];
	uint32_t nidentifiers[GROUPS];
	uint32_t lookup; /* index in those of entries */
	struct initialisms initialisms;
	struct str *reserved;
	uint32_t nreserved;
	uint64_t reservedlengths; /* the bits of word_length */
	struct str reservedprefix, reservedsuffix, digitprefix;
	const struct escape *comment; /* what a comment may not hold */
	struct str commentprefix;
	size_t commentwidth, tablewidth;
	char separator; /* of groups of digits; NUL if none */
	struct typerule types[TYPE_BOOL + 1];
	struct limits limits;
	unsigned bases; /* bits of enum base */
	struct option *options;
	uint32_t noptions;
	struct output *outputs;
	uint32_t noutputs;
	struct templates *templates;
	/* What pages say of it: what it is called, how a program comes to a registry, and how it writes an entry. Their
	 * templates are a set of their own, as they are rendered while others are. */
	const struct node *title, *import, *use;
	struct templates *phrases;
	struct template *importtemplate, *usetemplate;
};

/* The name of a group, as in lang.yaml and in placeholders. */
const struct str *group_names(size_t *n);
/* Read dir/ID/lang.yaml and, with outputs, compile the templates that its outputs name. Reports errors; returns NULL if
 * there is no such language or nothing can be made of it. */
struct lang *lang_load(struct diag *, struct tree *, const char *dir, struct str id, bool outputs);
/* The folders in dir that hold a lang.yaml, sorted by bytes; *n is how many. Dies if dir cannot be read. */
struct str *lang_list(struct arena *, const char *dir, size_t *n);
/* Whether an identifier may not be this word. */
bool lang_isreserved(const struct lang *, const struct identifier *, struct str);
