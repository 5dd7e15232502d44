/* chapter.h - what an update changed in one registry, as tables. */
struct arena;
struct merge;
struct registry;
struct session;

enum { TABLE_COLUMNS = 6 };

enum tablename {
	TABLE_ADDED,
	TABLE_RENAMED,
	TABLE_IDENTIFIERS,
	TABLE_TEXTS,
	TABLE_SPELLED,
	TABLE_STATUSES,
	TABLE_WITHDRAWN,
	TABLE_TEMPORARY,
	TABLE_REPLACED,
	TABLE_REFERENCES,
	TABLE_FIELDS,
	TABLE_UNREAD,
	TABLE_RANGES,
	TABLE_KEPT,
	TABLES
};

struct heading {
	const char *key, *title, *one, *many; /* one, many: for the first line; NULL if it isn't counted there */
	const char *columns[TABLE_COLUMNS];
};

/* A registry that was merged. */
struct updated {
	const struct registry *registry; /* as it was */
	const struct merge *merge;
	bool adopted;        /* it is new */
	struct str iana;     /* GROUP/REGISTRY */
	struct str was, now; /* the dates of the source; now is empty if IANA gave none */
};

struct table {
	struct str (*rows)[TABLE_COLUMNS];
	size_t n, cap;
};

/* One registry's part of the report. */
struct chapter {
	const struct updated *updated;
	struct table tables[TABLES];
	size_t references;          /* entries whose references changed */
	size_t expiries;            /* of what is temporary, how much has another date */
	size_t names, deprecations; /* what consumers see */
};

/* What the tables are called, and their columns. */
extern const struct heading chapter_headings[TABLES];

/* Make the chapter of a registry, which is {0}; if it is whole, nothing is put together or left out. The session has
 * the project as it is now. */
void chapter_make(struct chapter *, struct arena *, const struct session *, const struct updated *, bool whole);
void chapter_free(struct chapter *);
