/* fact.h - what IANA says of a registry, in the terms of registry.yaml: what update merges, and the lock keeps. Strings
 * that are empty are absent. */
struct arena;
struct assignments;
struct diag;
struct registry;
struct span;
struct str;

/* A reference: kind is one of enum referencekind. Two are the same (fact_cites) if they name one place; titles don't
 * count. */
struct cited {
	struct str id;      /* 9110, draft-ietf-..., 3227, https://..., Leo_Tietz, or text */
	struct str section; /* 15.2.1, A.1 */
	struct str title;   /* IANA's words, where they say more than the id and the section */
	unsigned char kind;
};

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

/* Values that IANA speaks of together: with a status, or of one name (then with a title). */
struct factrange {
	uint64_t first, last;
	struct str values; /* as IANA spells them, if number.h reads that */
	struct str title, rule;
	struct span at;
	unsigned char status; /* STATUS_NONE for those of one name */
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

/* Which column of IANA's holds what: registry.yaml's source.columns, completed by what can be told from the columns'
 * names and what is in them. */
struct columns {
	struct str value, name, text, status, references,
		expires;    /* the columns, as the source calls them; empty if there is none */
	struct str more;    /* what says what a value is, for its status, where text is empty or no column */
	struct str *fields; /* for each of the registry's fields; empty if a person writes it */
};

/* Find the columns for a registry: what its source says, else the default. Warns of a column that it names and the
 * source has not; without one for the key that is an error, and returns false. */
bool fact_columns(struct diag *, struct arena *, const struct registry *, const struct assignments *, struct columns *);
/* Make the facts of a registry. Reports every record that can be none (no key, prose where a value should be), naming
 * it. */
bool fact_read(struct diag *, struct arena *, const struct registry *, const struct assignments *, struct facts *);
/* Fill in the numbers of facts that come from a lock, as the registry's type has them. False if one is none: then the
 * lock is another registry's. */
bool fact_number(const struct registry *, struct facts *);
/* Whether two references name the same place. */
bool fact_cites(const struct cited *, const struct cited *);
