/* change.h - what a merge of a registry comes to: a list of changes. */
struct alias;
struct arena;
struct cited;
struct entry;
struct fact;
struct facts;
struct range;
struct registry;
struct str;

enum changekind {
	CHANGE_ADD,   /* an entry comes */
	CHANGE_VALUE, /* a string is spelled otherwise */
	CHANGE_TEXT,  /* another text, and with it perhaps another name */
	CHANGE_STATUS,
	CHANGE_EXPIRES,
	CHANGE_REPLACED,  /* what replaces it */
	CHANGE_REFERENCE, /* one comes, goes, or takes the place of another */
	CHANGE_FIELD,
	CHANGE_CHOICE, /* a field has a word that its enumeration has not */
	CHANGE_UNREAD, /* none: a field stays without what IANA has, as its type takes no such word */
	CHANGE_RANGE,  /* a range comes, goes, or has other values */
	CHANGE_RULE,   /* values of a range are registered by another rule */
};

#define NO_INDEX ((size_t)-1)

struct change {
	unsigned char kind;
	bool kept;                 /* ours stays, against theirs: nothing is to be done */
	const struct entry *entry; /* ours; NULL for what has none */
	const struct fact *fact;   /* theirs; NULL for what has none */
	struct str old, new;       /* what ours says, what it is to say or, if kept, what theirs says */

	/* ADD, TEXT, RANGE with an id: the name that the entry gets, empty if none or if it stays as it is; words is
	 * the name before it was made to differ from others */
	struct str name, words, oldname;
	const struct alias *swap; /* TEXT: the entry's alias that has the new name, and gets the old one */

	const struct cited *from, *to; /* REFERENCE: what goes, what comes */
	size_t index; /* ADD, RANGE: before which item of the list it goes; FIELD, CHOICE, UNREAD: the field; REFERENCE:
			 which one goes, or before which it comes */

	const struct range *range;      /* RANGE, RULE: ours; NULL for one that comes */
	struct str values, title, rule; /* RANGE: what it has; no values if it goes */
	unsigned char status;
	bool keeps; /* RANGE: it has an id and stays, without its status */
};

struct merge {
	const struct registry *registry;
	const struct facts *base, *theirs; /* base: NULL if nothing was merged before */
	struct change *list;
	size_t n, cap; /* changes of an entry stand together; those that come, in the order of their places, are last */
	bool norules;  /* theirs does not say by what rules values are registered */
	size_t labels; /* references that only their words changed */
	struct fact *gone; /* what the base has of ours and theirs has not */
	size_t ngone;
	size_t cutoff; /* how many of the base's records theirs lacks, if it lacks the last ones and no others */
	struct nameset *names, *meanings;
	struct arena *arena;
};

/* Add a change to the list. */
struct change *change_add(struct merge *, enum changekind);
/* Give a change a name: these words or, if they are taken, with the value behind. */
void change_name(struct merge *, struct change *, struct str words);
/* Give a change a name with its value behind, as the name that it has is taken in some language. False if it has that
 * already. */
bool change_qualify(struct merge *, struct change *);
/* Whether the registry's key has this column. */
bool change_haskey(const struct registry *, size_t column);
