/* entry.h - the entries of a registry, with their aliases. */
struct arena;
struct decoder;
struct fielddef;
struct key;
struct node;

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

/* The keys of entries: those that all have, and one for each field; *n is how many. */
const struct key *entry_keys(struct arena *, const struct fielddef *, uint32_t nfields, size_t *n);
/* Read a list of entries by their keys, and return how many they are; there must be room for the whole list. */
uint32_t entries_read(
	struct decoder *, const struct node *list, const struct key *, size_t nkeys, bool extension, struct entry *);
