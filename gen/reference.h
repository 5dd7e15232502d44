/* reference.h - what entries refer to: documents and people, what they are called and where they are. */
struct arena;
struct decoder;
struct node;
struct str;

enum referencekind {
	REFERENCE_RFC,
	REFERENCE_DRAFT,
	REFERENCE_ERRATA,
	REFERENCE_URL,
	REFERENCE_PERSON,
	REFERENCE_TEXT
};

struct reference {
	const struct node *id, *section;
	const struct node *title; /* of an RFC without one: that of its specification; check.c fills it in */
	unsigned char kind;
};

struct references {
	struct reference *list;
	uint32_t n;
};

/* A reader for decode.h of a list of them; the target is struct references. */
void references_read(struct decoder *, const struct node *, void *);
/* What a reference is called: "RFC 9110, Section 15.5.14". In the arena, as all of these. */
struct str reference_label(const struct reference *, struct arena *);
/* The title of the document; empty if it is not known. */
struct str reference_title(const struct reference *);
/* Where to read it; empty if that is not known. */
struct str reference_url(const struct reference *, struct arena *);
/* "RFC 9110", or with a section "RFC 9110, Section 15.5.14"; a section that begins with a letter is an appendix. */
struct str rfc_label(struct arena *, struct str number, struct str section);
/* The RFC Editor's page of it. */
struct str rfc_url(struct arena *, struct str number, struct str section);
