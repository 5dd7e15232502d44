/* registry.h - a registry of registry.yaml. Names follow design: it has ranges, fields and entries. */
struct decoder;
struct entry;
struct fielddef;
struct key;
struct node;

struct range {
	const struct node *node, *id, *title, *values, *rule;
	uint64_t first, last;
	unsigned char status; /* STATUS_NONE if it has none */
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

/* Read a registry that extends no other. */
void registry_read(struct decoder *, const struct node *, struct registry *);
/* Read what extends one of several registries: more entries and ranges. */
void registry_extend(struct decoder *, const struct node *, struct registry *, uint32_t nregistries);
