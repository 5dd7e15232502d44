#include "util.h"
#include "arena.h"
#include "diag.h"
#include "reference.h"
#include "registry.h"
#include "tree.h"

/* RFC 7322, section 4.8.6.3: appendices have letters. */
static bool
isappendix(struct str section)
{
	return section.s[0] >= 'A' && section.s[0] <= 'Z';
}

struct str
rfc_label(struct arena *a, struct str number, struct str section)
{
	if (section.n == 0)
		return str(arena_printf(a, "RFC %.*s", (int)number.n, number.s));
	return str(arena_printf(a, "RFC %.*s, %s %.*s", (int)number.n, number.s,
		isappendix(section) ? "Appendix" : "Section", (int)section.n, section.s));
}

struct str
rfc_url(struct arena *a, struct str number, struct str section)
{
	if (section.n == 0)
		return str(arena_printf(a, "https://www.rfc-editor.org/rfc/rfc%.*s.html", (int)number.n, number.s));
	return str(arena_printf(a, "https://www.rfc-editor.org/rfc/rfc%.*s.html#%s-%.*s", (int)number.n, number.s,
		isappendix(section) ? "appendix" : "section", (int)section.n, section.s));
}

struct label
reference_label(const struct project *p, const struct reference *r, struct arena *a)
{
	const struct specification *s;
	struct str id = node_str(r->id), section = r->section ? node_str(r->section) : (struct str){NULL, 0};
	struct label l = {.label = id, .title = r->title ? node_str(r->title) : (struct str){NULL, 0}};

	switch (r->kind) {
	case REFERENCE_RFC:
		l.label = rfc_label(a, id, section);
		l.url = rfc_url(a, id, section);
		s = project_specification(p, str(arena_printf(a, "rfc%.*s", (int)id.n, id.s)));
		if (!r->title && s && s->title)
			l.title = node_str(s->title);
		break;
	case REFERENCE_DRAFT:
		l.url = str(arena_printf(a, "https://datatracker.ietf.org/doc/html/%.*s", (int)id.n, id.s));
		break;
	case REFERENCE_ERRATA:
		l.label = str(arena_printf(a, "RFC Errata %.*s", (int)id.n, id.s));
		l.url = str(arena_printf(a, "https://www.rfc-editor.org/errata/eid%.*s", (int)id.n, id.s));
		break;
	case REFERENCE_URL:
		l.label = r->title ? l.title : id;
		l.url = id;
		break;
	default:
		break;
	}
	return l;
}
