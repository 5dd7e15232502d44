/* column.h - the columns of a source and what is in them, to tell which is which. */
struct arena;
struct assignments;
struct registry;
struct str;

enum { COLUMN_MOST = 256, COLUMN_SAMPLES = 3 };

struct columnfacts {
	struct str name;
	uint32_t filled;  /* cells with text */
	uint32_t numbers; /* of them, those with values of the registry's type, or, for strings, any numbers */
	uint32_t worded;  /* of them, those that begin with a letter */
	struct str samples[COLUMN_SAMPLES];
	unsigned nsamples; /* how many differ: no more than that */
	bool used;
};

struct columnlist {
	struct columnfacts *list; /* in the order in which records have them */
	size_t n;
	uint32_t nrecords;
};

/* Look at all columns of all records, of more than COLUMN_MOST the first. */
void column_list(struct arena *, const struct registry *, const struct assignments *, struct columnlist *);
/* The column of a name, which is compared by letters and digits, or NULL. */
struct columnfacts *column_find(const struct columnlist *, struct str);
/* The column that has the values, or NULL. */
struct columnfacts *column_value(const struct columnlist *, bool numbers);
/* The one that tells in words what a value is, of those that are not used, or NULL. */
struct columnfacts *column_text(const struct columnlist *);
/* The one that says more where that has nothing, or NULL. */
struct columnfacts *column_description(const struct columnlist *);
/* Those of citations, of statuses and of dates when something expires, or NULL. */
struct columnfacts *column_references(const struct columnlist *);
struct columnfacts *column_status(const struct columnlist *);
struct columnfacts *column_expires(const struct columnlist *);
