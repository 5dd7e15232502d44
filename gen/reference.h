/* reference.h - what documents are called and where they are. */
struct arena;
struct reference;
struct str;

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
