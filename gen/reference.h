/* reference.h - what documents are called and where they are. */
struct arena;
struct project;
struct reference;
struct str;

/* What is not known is empty. */
struct label {
	struct str label; /* RFC 9110, Section 15.5.14 */
	struct str title; /* of the document */
	struct str url;
};

struct label reference_label(const struct project *, const struct reference *, struct arena *);
/* "RFC 9110", or with a section "RFC 9110, Section 15.5.14"; a section that begins with a letter is an appendix. In the
 * arena. */
struct str rfc_label(struct arena *, struct str number, struct str section);
/* The RFC Editor's page of it. */
struct str rfc_url(struct arena *, struct str number, struct str section);
