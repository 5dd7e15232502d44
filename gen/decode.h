/* decode.h - maps become structs by tables of keys: each struct has one, and functions beside it read what is not a
 * plain scalar. */
struct arena;
struct decoder;
struct diag;
struct node;
struct span;
struct str;

/* A key that a map may have. read puts what the node says at target, or reports why it cannot. */
struct key {
	const char *name;
	void (*read)(struct decoder *, const struct node *, void *target);
	size_t offset;
	bool required;
	const void *more; /* for read: struct choices of decode_choice */
};

struct decoder {
	struct diag *diag;
	struct arena *arena;
	const struct key *key; /* the one being read */
};

/* Words that a scalar may be; what is read is the index. */
struct choices {
	const char *what; /* for the message: "status" */
	const struct str *words;
	size_t n;
};

/* Read a map by the n keys into object. Keys that are unknown or missing are reported; a node that is not a map is too,
 * and then returns false. */
bool decode(struct decoder *, const struct node *, const struct key *, size_t n, void *object);

/* Readers. The target is a const struct node *, but for the two that say another. */
void decode_text(struct decoder *, const struct node *, void *);   /* a scalar that is not empty */
void decode_words(struct decoder *, const struct node *, void *);  /* lower-case words joined by _ */
void decode_plain(struct decoder *, const struct node *, void *);  /* letters, digits, '.', '-' and '_' */
void decode_url(struct decoder *, const struct node *, void *);    /* https://, http:// or ftp:// */
void decode_date(struct decoder *, const struct node *, void *);   /* YYYY-MM-DD, or YYYY-MM */
void decode_list(struct decoder *, const struct node *, void *);   /* a list */
void decode_map(struct decoder *, const struct node *, void *);    /* a map */
void decode_bool(struct decoder *, const struct node *, void *);   /* unsigned char: 0 or 1 */
void decode_choice(struct decoder *, const struct node *, void *); /* unsigned char: an index of key->more */

/* Whether a node is a scalar of letters, digits and others alone; if not, what was expected is reported. */
bool decode_only(struct decoder *, const struct node *, const char *others, const char *what);
/* Report a node that is not what it should be: "expected ...". */
void decode_expected(struct decoder *, const struct node *, const char *what);
/* "unknown WHAT 'X'", with the nearest of the candidates. */
void decode_unknown(struct diag *, struct span, const char *what, struct str, const struct str *, size_t n);
/* The node as an index of the choices, or -1 after reporting that it is none. */
int decode_index(struct decoder *, const struct node *, const struct choices *);
/* Whether the text is a day, or a month, of the calendar of ISO 8601. */
bool date_valid(struct str);
