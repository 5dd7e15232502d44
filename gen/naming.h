/* naming.h - identifiers: what a language, as a target sets it, calls the things of a registry. */
struct alias;
struct arena;
struct diag;
struct entry;
struct fielddef;
struct lang;
struct node;
struct project;
struct registry;
struct str;
struct target;

/* A language with the options of a target. */
struct dialect {
	struct diag *diag;
	struct arena *arena;
	const struct lang *lang;
	struct str id;               /* the target's */
	struct str package;          /* the package's name */
	const struct node **options; /* values, in the order of the language's */
};

/* One of the values that a field may have. */
struct choice {
	const struct fielddef *field;
	const struct node *value;
};

/* The identifiers of a registry and what is in it, or of the package (registry is NULL). */
struct naming {
	const struct dialect *dialect;
	const struct registry *registry;
	struct pattern *patterns[GROUPS];
	struct choice *choices; /* of all fields */
	uint32_t nchoices;
	struct kept *kept; /* identifiers of entries that need not be derived again */
};

/* Take over the target's options, if there is a target, and lang.yaml's for the others. A {package} in them is the
 * package's name. Reports options that the language does not have. */
void dialect_init(struct dialect *, struct diag *, struct arena *, const struct project *, const struct lang *,
	const struct target *);
/* Prepare the names; reports placeholders that the language does not have. */
void naming_init(struct naming *, const struct dialect *, const struct registry *);
/* Derive those identifiers of entries that have a scope, as they are needed several times; *room is how many bytes they
 * may take, and then how many are left. */
void naming_keep(struct naming *, size_t *room);
void naming_free(struct naming *);
/* Report identifiers of one scope that are equal and belong to different things. */
void naming_check(const struct naming *const *, size_t n);

/* The identifier number i of a group for these words, in the arena: what stands before, the cased words or what
 * overrides them, what stands behind, and the affix that a reserved word or a digit takes. */
struct str naming_identifier(
	const struct naming *, enum group, size_t i, struct str words, const struct node *override, struct arena *);
/* An identifier of the package or the registry itself. */
struct str naming_own(const struct naming *, size_t i);
/* An identifier of a value that a field may have. */
struct str naming_choice(const struct naming *, const struct choice *, size_t i, struct arena *);
/* An identifier of an entry; nothing if it has no name. */
struct str naming_entry(const struct naming *, const struct entry *, size_t i, struct arena *);
/* An identifier of an alias; nothing if it is that of its entry. */
struct str naming_alias(const struct naming *, const struct alias *, size_t i, struct arena *);
/* What an entry, or an alias of it if that is not NULL, is looked up by: the identifier without what stands before the
 * thing itself. */
struct str naming_lookup(const struct naming *, const struct entry *, const struct alias *, struct arena *);
