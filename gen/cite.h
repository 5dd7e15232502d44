/* cite.h - what IANA cites, by <xref> or by the words in brackets: a document of registry.yaml's kinds, and sections.
 */
struct arena;
struct citation;
struct str;

enum { CITE_NOTHING = 255 };

/* The kind is one of enum referencekind; CITE_NOTHING for a footnote and for words that say that there is none. */
struct place {
	struct str id;
	struct str title;    /* IANA's words where they say more; else empty */
	struct str sections; /* as they are written, for cite_section; else empty */
	unsigned char kind;
};

/* What a citation means. The text behind it may give the section: "[RFC6903], section 2". */
struct place cite_read(struct arena *, const struct citation *, struct str behind);
/* Take the first section from those that are written: "4.1, 4.2" or "3 and Appendix B.1". Empty when none is left. */
struct str cite_section(struct str *sections);
