/* mapping.h - which column of IANA's holds what. */
struct arena;
struct assignments;
struct diag;
struct registry;
struct str;

/* registry.yaml's source.columns, completed by what can be told from the columns' names and what is in them. */
struct mapping {
	struct str value, name, text, status, references,
		expires;    /* the columns, as the source calls them; empty if there is none */
	struct str more;    /* what says what a value is, for its status, where text is empty or no column */
	struct str *fields; /* for each of the registry's fields; empty if a person writes it */
};

/* Find the columns for a registry: what its source says, else the default. Warns of a column that it names and the
 * source has not; without one for the key that is an error, and returns false. */
bool mapping_make(struct diag *, struct arena *, const struct registry *, const struct assignments *, struct mapping *);
