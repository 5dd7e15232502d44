#include "util.h"
#include "arena.h"
#include "decode.h"
#include "diag.h"
#include "reference.h"
#include "tree.h"

static void
readsection(struct decoder *d, const struct node *n, void *target)
{
	if (decode_only(d, n, ".-", "a section such as 15.5.14"))
		*(const struct node **)target = n;
}

static void
readrfc(struct decoder *d, const struct node *n, void *target)
{
	const char *s = n->p;
	size_t i;

	for (i = 0; n->kind == NODE_SCALAR && i < n->n && s[i] >= '0' && s[i] <= '9'; i++)
		;
	if (n->kind == NODE_SCALAR && i == n->n && i > 0)
		*(const struct node **)target = n;
	else
		decode_expected(d, n, "the number of an RFC");
}

struct rawreference {
	const struct node *id[REFERENCE_TEXT + 1], *section, *title;
};

#define ID(kind) offsetof(struct rawreference, id) + (kind) * sizeof(const struct node *)

static const struct key referencekeys[] = {
	{"draft", decode_plain, ID(REFERENCE_DRAFT), false, NULL},
	{"errata", readrfc, ID(REFERENCE_ERRATA), false, NULL},
	{"person", decode_text, ID(REFERENCE_PERSON), false, NULL},
	{"rfc", readrfc, ID(REFERENCE_RFC), false, NULL},
	{"section", readsection, offsetof(struct rawreference, section), false, NULL},
	{"text", decode_text, ID(REFERENCE_TEXT), false, NULL},
	{"title", decode_text, offsetof(struct rawreference, title), false, NULL},
	{"url", decode_url, ID(REFERENCE_URL), false, NULL},
};

static void
readreference(struct decoder *d, const struct node *n, struct reference *r)
{
	size_t i, given = 0, before = d->diag->nerrors;
	struct rawreference raw = {0};

	if (!decode(d, n, referencekeys, LEN(referencekeys), &raw))
		return;
	for (i = 0; i < LEN(raw.id); i++) {
		if (!raw.id[i])
			continue;
		given++;
		r->kind = (unsigned char)i;
		r->id = raw.id[i];
	}
	r->section = raw.section;
	r->title = raw.title;
	/* one that is wrong was given, too */
	if (given > 1 || (given == 0 && d->diag->nerrors == before))
		diag_error(d->diag, node_span(n), "a reference has one of rfc, draft, errata, url, person and text");
}

void
references_read(struct decoder *d, const struct node *n, void *target)
{
	struct references *r = target;
	const struct node *list;
	uint32_t i;

	if (n->kind != NODE_LIST) {
		decode_expected(d, n, "a list of references");
		return;
	}
	list = n;
	r->list = arena_array(d->arena, list->n, sizeof(*r->list));
	r->n = list->n;
	for (i = 0; i < list->n; i++)
		readreference(d, node_item(list, i), &r->list[i]);
}

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
