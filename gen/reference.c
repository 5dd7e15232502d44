#include "util.h"
#include "arena.h"
#include "diag.h"
#include "reference.h"
#include "registry.h"
#include "tree.h"

#define JOIN(a, ...) arena_join(a, (struct str[]){__VA_ARGS__}, LEN(((struct str[]){__VA_ARGS__})))

/* RFC 7322, section 4.8.6.3: appendices have letters. */
static bool
isappendix(struct str section)
{
	return section.s[0] >= 'A' && section.s[0] <= 'Z';
}

/* What a document is called, with the section. */
static struct str
label(struct arena *a, struct str before, struct str id, struct str section)
{
	if (section.n == 0)
		return JOIN(a, before, id);
	return JOIN(a, before, id, isappendix(section) ? LITERAL(", Appendix ") : LITERAL(", Section "), section);
}

struct str
rfc_label(struct arena *a, struct str number, struct str section)
{
	return label(a, LITERAL("RFC "), number, section);
}

struct str
rfc_url(struct arena *a, struct str number, struct str section)
{
	struct str start = LITERAL("https://www.rfc-editor.org/rfc/rfc");

	if (section.n == 0)
		return JOIN(a, start, number, LITERAL(".html"));
	return JOIN(a, start, number, isappendix(section) ? LITERAL(".html#appendix-") : LITERAL(".html#section-"),
		section);
}

static struct str
optional(const struct node *n)
{
	return n ? node_str(n) : (struct str){"", 0};
}

struct str
reference_label(const struct reference *r, struct arena *a)
{
	struct str id = node_str(r->id);

	switch (r->kind) {
	case REFERENCE_RFC:
		return rfc_label(a, id, optional(r->section));
	case REFERENCE_DRAFT:
		return label(a, LITERAL(""), id, optional(r->section));
	case REFERENCE_ERRATA:
		return JOIN(a, LITERAL("RFC Errata "), id);
	case REFERENCE_URL:
		return r->title ? node_str(r->title) : id;
	default:
		return id;
	}
}

struct str
reference_title(const struct reference *r)
{
	return optional(r->title);
}

struct str
reference_url(const struct reference *r, struct arena *a)
{
	struct str id = node_str(r->id);

	switch (r->kind) {
	case REFERENCE_RFC:
		return rfc_url(a, id, optional(r->section));
	case REFERENCE_DRAFT:
		/* an approved draft that is to become an RFC is called RFC-... by IANA */
		if (strstarts(id, "RFC-"))
			return JOIN(a, LITERAL("https://datatracker.ietf.org/doc/html/draft-"),
				(struct str){id.s + 4, id.n - 4});
		return JOIN(a, LITERAL("https://datatracker.ietf.org/doc/html/"), id);
	case REFERENCE_ERRATA:
		return JOIN(a, LITERAL("https://www.rfc-editor.org/errata/eid"), id);
	case REFERENCE_URL:
		return id;
	default:
		return (struct str){"", 0};
	}
}
