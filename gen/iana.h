/* iana.h - what IANA publishes, as it stands there: groups of registries, their records, columns and citations. xml.c
 * and csv.c make it, fact.c says what it means. All strings lie in the arena or the source, their white space squeezed:
 * single blanks, none at the ends. */
struct str;

/* What a citation is: the types of <xref>; CITED_LABEL is what stands in brackets in a CSV, where nothing tells. */
enum citedtype {
	CITED_RFC,
	CITED_DRAFT,
	CITED_ERRATA,
	CITED_URI,
	CITED_PERSON,
	CITED_TEXT,
	CITED_NOTE,
	CITED_REGISTRY,
	CITED_UNICODE,
	CITED_LABEL,
};

struct citation {
	struct str data;                   /* of <xref>; for CITED_LABEL nothing */
	struct str label;                  /* its own text; what stands between the brackets */
	struct str section, table, anchor; /* attributes; an appendix is a section */
	uint32_t at;                       /* position in the source */
	unsigned char type;
};

/* One column of a record: an element or, in a CSV, a cell. */
struct cell {
	struct str column; /* the element's name, or the header of the CSV */
	struct str text;   /* with each citation inside as "[label]", as IANA's CSV has it; a column of citations alone
			      has text too */
	struct citation *citations;
	uint32_t ncitations;
	uint32_t at, n; /* where it stands in the source */
};

struct record {
	struct cell *cells; /* in their order; the citations that stand in the record itself are the cell "xref" */
	uint32_t ncells;
	uint32_t at, n;
	struct str date, updated; /* attributes */
};

/* A <range>: by what rule values are registered. A <registration_rule> of the whole registry is one without values. */
struct procedure {
	struct str values, rule, note;
	uint32_t at;
};

/* A registry, or a group's root if that has records itself. */
struct assignments {
	struct str group, id; /* id is the group's for a root with records */
	struct str title;     /* the nearest above that has one */
	struct str updated;   /* the date of the nearest above that has one; empty if none */
	struct record *records;
	struct procedure *procedures;
	uint32_t nrecords, nprocedures;
	uint32_t at, n;
};

struct iana {
	struct assignments *registries; /* all, at any depth, in document order, those without records too */
	size_t n;
	struct str redirect; /* the group that a <redirect> names; empty if there is none */
};
