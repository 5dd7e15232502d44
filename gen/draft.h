/* draft.h - a registry as it is thought to be: registry.yaml's words for it, and what IANA's records are with them. */
struct arena;
struct assignments;
struct cells;
struct diag;
struct facts;
struct mapping;
struct node;
struct str;
struct tree;

enum { DRAFT_KEYS = 6 }; /* fields in a key */

/* What the drafts are of. */
struct subject {
	struct diag *diag;
	struct arena *arena;
	struct tree *tree;
	const struct assignments *as;
	struct str iana; /* GROUP/REGISTRY */
	struct str id;   /* what the registry is to be called */
};

struct draftfield {
	const struct cells *column;
	struct str id;
	unsigned char type, form; /* of field.h */
};

struct draft {
	enum type type;
	bool duplicates;
	struct str valid;
	bool named;                               /* the name is in the key */
	const struct draftfield *key[DRAFT_KEYS]; /* what else is, beside the value */
	size_t nkey;
	const struct draftfield *fields; /* all */
	size_t nfields;
	const struct node *columns; /* of the source, or NULL */
};

/* The registry as registry.yaml has it, with `entries: []`; its nodes have no place. */
struct node draft_node(const struct subject *, const struct draft *);
/* Read the records with a draft. Reports what is wrong. */
bool draft_read(const struct subject *, const struct draft *, struct facts *);
/* The same, but nothing is reported. */
bool draft_try(const struct subject *, const struct draft *, struct facts *);
/* The columns that a draft takes. False if it is refused. */
bool draft_columns(const struct subject *, const struct draft *, struct mapping *);
/* Say in the draft which columns are meant where that is not what would be found without. */
void draft_tell(const struct subject *, struct draft *, const struct mapping *want);
/* How many facts have the key of another. */
size_t draft_twice(const struct subject *, const struct draft *, const struct facts *);
