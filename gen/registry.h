/* registry.h - registry.yaml, format 1, as typed data. Names follow design: a registry has ranges, fields and entries.
 * What is optional and absent is NULL. Nodes give both the text and the place. */
struct arena;
struct diag;
struct node;
struct str;

enum status {
	STATUS_ASSIGNED,
	STATUS_PROVISIONAL,
	STATUS_TEMPORARY,
	STATUS_DEPRECATED,
	STATUS_OBSOLETED,
	STATUS_RESERVED,
	STATUS_UNASSIGNED,
	STATUS_PRIVATE_USE,
	STATUS_EXPERIMENTAL,
	STATUS_UNOFFICIAL,
	STATUS_WITHDRAWN,
	STATUS_NONE,
};

enum referencekind {
	REFERENCE_RFC,
	REFERENCE_DRAFT,
	REFERENCE_ERRATA,
	REFERENCE_URL,
	REFERENCE_PERSON,
	REFERENCE_TEXT
};

struct reference {
	const struct node *id, *section;
	const struct node *title; /* of an RFC without one: that of its specification; check.c fills it in */
	unsigned char kind;
};

struct references {
	struct reference *list;
	uint32_t n;
};

struct alias {
	const struct node *node, *name, *text, *from;
	unsigned char deprecated;
	struct entry *entry;
};

struct aliases {
	struct alias *list;
	uint32_t n;
};

#define ROW_NONE UINT32_MAX

struct entry {
	const struct node *node, *value, *name, *text, *description, *expires, *replacedby, *names;
	const struct node **fields; /* in the order of the registry's; NULL if none is given */
	struct references references, former;
	struct aliases aliases;
	uint64_t number; /* number.h says how */
	const struct entry *replacement;
	uint32_t row;                         /* among the registry's rows; ROW_NONE without a value */
	uint32_t firstreference, firstformer; /* among those of all rows */
	unsigned char status, deprecated;     /* deprecated: 0 or 1, or 2 if not said */
	unsigned char extension;              /* it was added to the registry from elsewhere */
	unsigned char again;                  /* its name is that of another entry, which stands for it */
};

struct range {
	const struct node *node, *id, *title, *values, *rule;
	uint64_t first, last;
	unsigned char status; /* STATUS_NONE if it has none */
};

/* What text a field holds, beside any. */
enum form { FORM_ANY, FORM_DATE, FORM_ENUM, FORM_REFERENCE };

struct fielddef {
	const struct node *node, *id, *description;
	const struct node *standard;     /* what an entry has that does not say: a scalar or a list */
	const struct node *choices;      /* FORM_ENUM: the words */
	const struct node *names;        /* FORM_ENUM: a map of some to words for their identifiers, or NULL */
	const struct node *to;           /* FORM_REFERENCE: the id of a registry */
	const struct registry *registry; /* the same; check.c fills it in */
	unsigned char type, form;        /* of the members, if it is a list */
	unsigned char list;
};

struct source_of {
	const struct node *iana, *updated, *url;
	const struct node
		*columns; /* a map: what of ours is in which column of IANA's, by name, several names or false */
};

/* Columns of a key; COLUMN_FIELD + i is field number i. */
enum column { COLUMN_VALUE, COLUMN_NAME, COLUMN_TEXT, COLUMN_FIELD };

struct registry {
	const struct node *node, *id, *title, *description, *valid;
	unsigned char type;
	unsigned char duplicates; /* 0 refuse, 1 allow */
	unsigned char caseless;   /* how strings compare: 0 exact, 1 caseless */
	size_t *key;              /* columns */
	size_t nkey;
	struct source_of source;
	uint64_t least, greatest; /* what a value may be */
	struct range *ranges;
	struct fielddef *fields;
	struct entry *entries;
	uint32_t nranges, nfields, nentries;
	const struct key *keys; /* of entries */
	size_t nkeys;

	/* check.c fills in what follows */
	struct entry **rows;        /* ascending, one for each value */
	const struct range **spans; /* the ranges with a status, ascending */
	uint32_t nrows, nspans, nnames, nreferences, nformer;
};

struct specification {
	struct str id;
	struct span idspan;
	const struct node *title, *obsoletes;
	bool merged; /* one with this id stands before */
};

struct target {
	const struct node *node, *id, *lang, *out, *registries, *include, *exclude, *options;
};

struct package {
	const struct node *name, *version, *license, *repository, *description;
};

struct project {
	struct package package;
	struct specification *specifications;
	struct specification **byid; /* sorted, each id once */
	struct target *targets;
	struct registry *registries;
	const struct node *files; /* a list, or NULL */
	uint32_t nspecifications, nbyid, ntargets, nregistries;
};

/* The types of fields: those of number.h, from FIELD_DATE on those of enum form but the first, and at last lists. */
#define FIELD_DATE (TYPE_BOOL + 1)
#define FIELD_LIST (FIELD_DATE + FORM_REFERENCE)
const struct str *field_types(size_t *n);
/* Which of them a field has, and which its members have if it is a list, else its values. */
size_t field_type(const struct fielddef *);
size_t field_membertype(const struct fielddef *);
/* The words of enum status, without the last. */
const struct str *status_names(size_t *n);
/* Read documents as a project: the first is the project's, the others are the files that it names. Reports every error
 * that can be seen in one place; those between places are check.c's. */
void project_read(struct diag *, struct arena *, const struct node *const *documents, size_t n, struct project *);
/* The specification with this id, or NULL. */
const struct specification *project_specification(const struct project *, struct str id);
