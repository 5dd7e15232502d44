/* fact.h - what IANA says of a registry, in the terms of registry.yaml: what update merges, and the lock keeps. Strings
 * that are empty are absent. */
struct arena;
struct assignments;
struct cited;
struct diag;
struct factrange;
struct registry;
struct span;
struct str;

/* A declared field: its id and what IANA has, in the form that the field's type takes. */
struct factfield {
	struct str id, value;
	struct str unread; /* IANA's words, if they have not that form; a lock does not keep them */
};

/* What is said of one value. */
struct fact {
	struct str value; /* as IANA spells it, if number.h reads that; empty where a record of a registry with another
			     key has none */
	struct str name;  /* words made from the text, or from the value of a string; empty if there are none */
	struct str text;  /* without annotations */
	struct str expires, replacedby; /* a date; IANA's words for what replaces it */
	struct cited *references;
	struct factfield *fields; /* those that a column of IANA's gives, in the registry's order, absent values too */
	uint32_t nreferences, nfields;
	uint64_t number;      /* number.h; of a registry of numbers */
	struct span at;       /* where the record stands, for messages */
	unsigned char status; /* enum status */
};

struct facts {
	struct str iana;    /* GROUP/REGISTRY */
	struct str updated; /* IANA's date; empty from a CSV, and information only */
	struct str sha256;  /* of the source, in hexadecimal; who reads the file fills in these two */
	struct str address; /* where the source was found: its URL if it is IANA's, else nothing */
	struct fact *list;
	struct factrange *ranges; /* ascending; neighbours of one status and rule are one */
	uint32_t n, nranges;
};

/* Make the facts of a registry. Reports every record that can be none (no key, prose where a value should be), naming
 * it. */
bool fact_read(struct diag *, struct arena *, const struct registry *, const struct assignments *, struct facts *);
/* Fill in the numbers of facts that come from a lock, as the registry's type has them. False if one is none: then the
 * lock is another registry's. */
bool fact_number(const struct registry *, struct facts *);
