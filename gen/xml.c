/* expat's events become registries here and nowhere else, without a tree of the file. The elements that are open are a
 * stack of frames; what an element is depends on its name and on what it stands in. */
#include <expat.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "iana.h"
#include "cell.h"
#include "diag.h"
#include "utf8.h"
#include "xml.h"

/* It parts a name from its namespace, and can stand in neither. */
#define SEPARATOR '\n'
#define NAMESPACE "http://www.iana.org/assignments"

enum place {
	REGISTRY,
	RECORD,
	RANGE,
	COLUMN, /* in a record: a cell */
	NAMED,  /* the same, but its text is told by an attribute */
	LEAF,   /* text of a registry or a range */
	PART,   /* mark-up inside of text */
	XREF,
	SKIPPED,
};

struct frame {
	struct str name;
	struct str *to;     /* LEAF: where its text goes */
	uint32_t at, inner; /* positions of the element and of what is in it */
	enum place place;
};

/* Lists, as a registry's records may stand before, between and behind registries inside of it. */
struct recordlink {
	struct record record;
	struct recordlink *next;
};

struct procedurelink {
	struct procedure procedure;
	struct procedurelink *next;
};

struct registrylink {
	struct assignments a;
	struct registrylink *outer, *next;
	struct recordlink *records, **lastrecord;
	struct procedurelink *procedures, **lastprocedure;
	bool inner; /* there are others in it */
};

struct reader {
	XML_Parser parser;
	struct diag *diag;
	struct arena *arena;
	struct iana *iana;
	struct str text;
	uint32_t base;
	struct frame stack[XML_DEPTH];
	size_t depth;
	struct registrylink *first, **last, *registry;
	size_t nregistries, nrecords;
	struct procedure procedure;
	struct record record;
	struct cell *cells; /* of the record, one for each element */
	size_t ncells, capcells;
	size_t xref;           /* which of them has the record's own citations: index + 1 */
	struct celltext leaf;  /* text of the column or leaf being read */
	struct celltext own;   /* the record's own citations */
	struct citation cited; /* the <xref> being read */
	struct str place;      /* the part of the document that its attributes tell of */
	struct str reviewed;   /* a date */
	struct buf label;      /* its text */
	bool citing, failed;
};

static void
fail(struct reader *r, struct span at, const char *fmt, ...)
{
	char msg[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	diag_error(r->diag, at, "%s", msg);
	r->failed = true;
	XML_StopParser(r->parser, XML_FALSE);
}

/* The position of the event. */
static uint32_t
here(struct reader *r)
{
	XML_Index i = XML_GetCurrentByteIndex(r->parser);

	return r->base + (uint32_t)(i < 0 || (size_t)i > r->text.n ? r->text.n : (size_t)i);
}

/* A slice of the source. */
static struct str
slice(const struct reader *r, uint32_t from, uint32_t to)
{
	return (struct str){r->text.s + (from - r->base), to - from};
}

/* The span of what stands between the positions, less white space at its ends. */
static struct span
trimmed(const struct reader *r, uint32_t from, uint32_t to)
{
	const char *s = r->text.s;

	while (from < to && cell_blank(s[from - r->base]))
		from++;
	while (from < to && cell_blank(s[to - 1 - r->base]))
		to--;
	return (struct span){from, to - from};
}

static struct span
framespan(const struct frame *f)
{
	return (struct span){f->at, (uint32_t)f->name.n + 1};
}

static struct str
attribute(struct reader *r, const char **attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (strcmp(attributes[0], name) == 0)
			return cell_squeeze(r->arena, str(attributes[1]));
	return (struct str){"", 0};
}

/* The local name as the source has it, which lives longer than expat's. */
static struct str
localname(struct reader *r, const char *local)
{
	struct str s = str(local), tag;
	uint32_t at = here(r), n = (uint32_t)XML_GetCurrentByteCount(r->parser);
	const char *colon;

	tag = slice(r, at, at + n);
	colon = memchr(tag.s, ':', tag.n);
	if (tag.n > s.n && memcmp(tag.s + 1, s.s, s.n) == 0)
		return (struct str){tag.s + 1, s.n};
	if (colon && (size_t)(tag.s + tag.n - colon) > s.n && memcmp(colon + 1, s.s, s.n) == 0)
		return (struct str){colon + 1, s.n};
	return (struct str){arena_copy(r->arena, s.s, s.n), s.n};
}

static void
openregistry(struct reader *r, const char **attributes, uint32_t at)
{
	struct registrylink *l = arena_alloc(r->arena, sizeof(*l));

	l->a.id = attribute(r, attributes, "id");
	l->a.group = r->first ? r->first->a.id : l->a.id;
	l->a.at = at;
	l->outer = r->registry;
	l->lastrecord = &l->records;
	l->lastprocedure = &l->procedures;
	if (r->registry)
		r->registry->inner = true;
	*r->last = l;
	r->last = &l->next;
	r->registry = l;
	r->nregistries++;
}

static void
addprocedure(struct reader *r)
{
	struct procedurelink *l = arena_alloc(r->arena, sizeof(*l));

	l->procedure = r->procedure;
	*r->registry->lastprocedure = l;
	r->registry->lastprocedure = &l->next;
	r->registry->a.nprocedures++;
}

static void
openrecord(struct reader *r, const char **attributes, uint32_t at)
{
	r->record = (struct record){.at = at};
	r->record.date = attribute(r, attributes, "date");
	r->record.updated = attribute(r, attributes, "updated");
	r->ncells = r->xref = 0;
	if (r->nrecords++ == XML_RECORDS)
		fail(r, (struct span){at, 1}, "more than %d records", XML_RECORDS);
}

/* A further element of the record. Its text is not known. */
static struct cell *
addcell(struct reader *r, struct str column, struct span at)
{
	struct cell *c;

	if (r->ncells == XML_COLUMNS) {
		fail(r, at, "a record cannot have more than %d elements", XML_COLUMNS);
		return NULL;
	}
	r->cells = xgrow(r->cells, r->ncells, &r->capcells, sizeof(*r->cells));
	c = &r->cells[r->ncells++];
	*c = (struct cell){.column = column, .at = at.at, .n = at.n};
	return c;
}

/* All cells of one column in the place of the first: their texts, blanks between them, and their citations. */
static void
joincells(struct reader *r, size_t first)
{
	struct cell *c = &r->cells[first];
	struct celltext all = {0};
	size_t i, j;

	for (i = first; i < r->ncells; i++) {
		if (!streq(r->cells[i].column, c->column))
			continue;
		all.blank = true;
		celltext_add(&all, r->cells[i].text);
		for (j = 0; j < r->cells[i].ncitations; j++)
			celltext_cite(&all, &r->cells[i].citations[j]);
	}
	if (all.text.n > XML_TEXT)
		fail(r, (struct span){c->at, c->n}, "text of more than %d bytes", XML_TEXT);
	celltext_take(&all, r->arena, c);
	celltext_free(&all);
}

/* The cells of the record, one for each column. */
static void
mergecells(struct reader *r)
{
	size_t i, j, n = 0;
	bool again;

	for (i = 0; i < r->ncells && !r->failed; i++) {
		for (j = i + 1; j < r->ncells && !streq(r->cells[j].column, r->cells[i].column); j++)
			;
		again = j < r->ncells;
		for (j = 0; j < n && !streq(r->cells[j].column, r->cells[i].column); j++)
			;
		if (j < n)
			continue;
		if (again)
			joincells(r, i);
		r->cells[n++] = r->cells[i];
	}
	r->ncells = n;
}

static void
closerecord(struct reader *r, uint32_t end)
{
	struct recordlink *l = arena_alloc(r->arena, sizeof(*l));

	if (r->xref > 0)
		celltext_take(&r->own, r->arena, &r->cells[r->xref - 1]);
	mergecells(r);
	r->record.n = end - r->record.at;
	r->record.cells = arena_array(r->arena, r->ncells, sizeof(*r->cells));
	r->record.ncells = (uint32_t)r->ncells;
	if (r->ncells > 0)
		memcpy(r->record.cells, r->cells, r->ncells * sizeof(*r->cells));
	l->record = r->record;
	*r->registry->lastrecord = l;
	r->registry->lastrecord = &l->next;
	r->registry->a.nrecords++;
}

/* The types of <xref>, in the order of the enum, and what IANA shows before the data. */
static const struct {
	const char *name, *before;
} types[] = {
	{"rfc", ""},
	{"draft", ""},
	{"rfc-errata", "RFC Errata "},
	{"uri", ""},
	{"person", ""},
	{"text", ""},
	{"note", ""},
	{"registry", "IANA registry "},
	{"unicode", "Unicode Character Database "},
};

/* What tells of a part of a document, and IANA's word for it. */
static const struct {
	const char *name, *word;
} parts[] = {
	{"section", "Section"},
	{"appendix", "Appendix"},
	{"table", "Table"},
	{"figure", "Figure"},
	{"page", "Page"},
};

static void
openxref(struct reader *r, const char **attributes, uint32_t at)
{
	struct str type = attribute(r, attributes, "type"), value;
	unsigned char i;
	size_t p;

	for (i = 0; i < LEN(types) && !streqs(type, types[i].name); i++)
		;
	r->cited = (struct citation){.at = at, .type = i < LEN(types) ? i : CITED_TEXT};
	r->cited.data = attribute(r, attributes, "data");
	r->cited.table = attribute(r, attributes, "table");
	r->cited.anchor = attribute(r, attributes, "anchor");
	r->cited.section = attribute(r, attributes, "section");
	if (r->cited.section.n == 0)
		r->cited.section = attribute(r, attributes, "appendix");
	r->reviewed = attribute(r, attributes, "lastupdated");
	r->place = (struct str){"", 0};
	for (p = 0; p < LEN(parts); p++) {
		value = attribute(r, attributes, parts[p].name);
		if (value.n > 0)
			r->place = str(arena_printf(r->arena, "%.*s, %s %.*s", (int)r->place.n, r->place.s,
				parts[p].word, (int)value.n, value.s));
	}
	r->label.n = 0;
	r->citing = true;
}

static void
addupper(struct celltext *t, struct arena *a, struct str s)
{
	char *p = arena_copy(a, s.s, s.n);
	size_t i;

	for (i = 0; i < s.n; i++)
		if (p[i] >= 'a' && p[i] <= 'z')
			p[i] = (char)(p[i] - 'a' + 'A');
	celltext_add(t, (struct str){p, s.n});
}

/* Append what IANA shows between the brackets: the element's own text, or what its attributes say. */
static void
addlabel(struct reader *r, struct celltext *t)
{
	struct str data = r->cited.data;
	unsigned char type = r->cited.type;

	if (type == CITED_PERSON || type == CITED_NOTE) {
		celltext_add(t, data);
		return;
	}
	if (type == CITED_ERRATA || r->cited.label.n == 0)
		celltext_add(t, str(types[type].before));
	if (r->cited.label.n > 0) {
		celltext_add(t, buf_str(&r->label));
		return;
	}
	if (type == CITED_UNICODE && strstarts(data, "ucd"))
		data = (struct str){data.s + 3, data.n - 3};
	if (type == CITED_RFC)
		addupper(t, r->arena, data);
	else
		celltext_add(t, data);
	celltext_add(t, r->place);
}

static void
closexref(struct reader *r, const struct frame *f, bool own, uint32_t end)
{
	struct celltext *t = own ? &r->own : &r->leaf;
	struct cell *c;

	r->citing = false;
	if (own && r->xref == 0) {
		if (!addcell(r, f->name, (struct span){f->at, 0}))
			return;
		r->xref = r->ncells;
	}
	if (own) {
		c = &r->cells[r->xref - 1];
		c->n = end - c->at;
	}
	r->cited.label = cell_squeeze(r->arena, buf_str(&r->label));
	celltext_add(t, LITERAL("["));
	addlabel(r, t);
	celltext_add(t, LITERAL("]"));
	if (r->reviewed.n > 0)
		celltext_add(t, str(arena_printf(r->arena, " (%s)", r->reviewed.s)));
	if (r->cited.data.n > 0 || r->cited.label.n > 0)
		celltext_cite(t, &r->cited);
	if (t->text.n > XML_TEXT)
		fail(r, framespan(f), "text of more than %d bytes", XML_TEXT);
}

static void
closeleaf(struct reader *r, const struct frame *f)
{
	struct cell c = {0};

	celltext_take(&r->leaf, r->arena, &c);
	if (f->to->n == 0)
		*f->to = c.text;
	if (f->to == &r->procedure.rule && r->stack[r->depth - 1].place == REGISTRY && c.text.n > 0)
		addprocedure(r);
}

static void
closecolumn(struct reader *r, const struct frame *f, uint32_t end)
{
	struct span at = trimmed(r, f->inner, end);
	struct cell *c = addcell(r, f->name, at.n > 0 ? at : framespan(f));

	if (c)
		celltext_take(&r->leaf, r->arena, c);
}

/* What an element is that stands in a registry. */
static enum place
inregistry(struct reader *r, struct frame *f)
{
	if (streqs(f->name, "registry"))
		return REGISTRY;
	if (streqs(f->name, "record"))
		return RECORD;
	r->procedure = (struct procedure){.at = f->at};
	if (streqs(f->name, "range"))
		return RANGE;
	if (streqs(f->name, "title"))
		f->to = &r->registry->a.title;
	else if (streqs(f->name, "updated"))
		f->to = &r->registry->a.updated;
	else if (streqs(f->name, "registration_rule"))
		f->to = &r->procedure.rule;
	return f->to ? LEAF : SKIPPED;
}

static enum place
inrange(struct reader *r, struct frame *f)
{
	if (streqs(f->name, "value"))
		f->to = &r->procedure.values;
	else if (streqs(f->name, "registration_rule"))
		f->to = &r->procedure.rule;
	else if (streqs(f->name, "note"))
		f->to = &r->procedure.note;
	return f->to ? LEAF : SKIPPED;
}

static enum place
placeof(struct reader *r, struct frame *f)
{
	enum place in = r->stack[r->depth - 1].place;

	switch (in) {
	case REGISTRY:
		return inregistry(r, f);
	case RANGE:
		return inrange(r, f);
	case RECORD:
		return streqs(f->name, "xref") ? XREF : COLUMN;
	case COLUMN:
	case LEAF:
	case PART:
		return streqs(f->name, "xref") && !r->citing ? XREF : PART;
	case XREF:
		return PART;
	case NAMED:
	case SKIPPED:
		break;
	}
	return SKIPPED;
}

/* The root: a group of registries, or the name of another file. */
static enum place
placeofroot(struct reader *r, struct frame *f, bool ours, const char **attributes)
{
	if (ours && streqs(f->name, "registry"))
		return REGISTRY;
	if (ours && streqs(f->name, "redirect"))
		r->iana->redirect = attribute(r, attributes, "registry");
	else
		fail(r, framespan(f), "<%.*s> is not a registry of IANA's", (int)f->name.n, f->name.s);
	return SKIPPED;
}

static void XMLCALL
startelement(void *data, const XML_Char *name, const XML_Char **attributes)
{
	struct reader *r = data;
	const char *local = strrchr(name, SEPARATOR);
	bool ours = !local || streq((struct str){name, (size_t)(local - name)}, LITERAL(NAMESPACE));
	struct frame f = {.at = here(r)};

	if (r->failed)
		return;
	f.name = localname(r, local ? local + 1 : name);
	f.inner = f.at + (uint32_t)XML_GetCurrentByteCount(r->parser);
	if (r->depth == XML_DEPTH) {
		fail(r, framespan(&f), "nested too deep: the limit is %d", XML_DEPTH);
		return;
	}
	f.place = SKIPPED;
	if (r->depth == 0)
		f.place = placeofroot(r, &f, ours, attributes);
	else if (ours)
		f.place = placeof(r, &f);
	if (f.place == REGISTRY)
		openregistry(r, attributes, f.at);
	else if (f.place == RECORD)
		openrecord(r, attributes, f.at);
	else if (f.place == XREF)
		openxref(r, attributes, f.at);
	if (f.place == COLUMN && streqs(f.name, "file")) {
		struct str shown = attribute(r, attributes, "name");

		celltext_add(&r->leaf, shown);
		f.place = shown.n > 0 ? NAMED : COLUMN;
	}
	r->stack[r->depth++] = f;
}

static void XMLCALL
endelement(void *data, const XML_Char *name)
{
	struct reader *r = data;
	uint32_t start = here(r), end = start + (uint32_t)XML_GetCurrentByteCount(r->parser);
	struct frame f;

	(void)name;
	if (r->failed)
		return;
	f = r->stack[--r->depth];
	switch (f.place) {
	case REGISTRY:
		r->registry->a.n = end - f.at;
		r->registry = r->registry->outer;
		break;
	case RECORD:
		closerecord(r, end);
		break;
	case RANGE:
		addprocedure(r);
		break;
	case COLUMN:
	case NAMED:
		closecolumn(r, &f, start);
		break;
	case LEAF:
		closeleaf(r, &f);
		break;
	case XREF:
		closexref(r, &f, r->stack[r->depth - 1].place == RECORD, end);
		break;
	case PART:
	case SKIPPED:
		break;
	}
}

static void XMLCALL
characters(void *data, const XML_Char *s, int n)
{
	struct reader *r = data;
	struct str text = {s, (size_t)n};
	enum place in = r->depth > 0 ? r->stack[r->depth - 1].place : SKIPPED;

	if (r->failed || (in != COLUMN && in != LEAF && in != PART && in != XREF))
		return;
	if (r->citing)
		buf_addstr(&r->label, text);
	else
		celltext_add(&r->leaf, text);
	if (r->leaf.text.n > XML_TEXT || r->label.n > XML_TEXT)
		fail(r, framespan(&r->stack[r->depth - 1]), "text of more than %d bytes", XML_TEXT);
}

static void XMLCALL
doctype(void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal)
{
	struct reader *r = data;
	uint32_t at = here(r);

	(void)name, (void)system, (void)public, (void)internal;
	/* the event may stand behind its name */
	while (at > r->base && r->text.s[at - r->base] != '<')
		at--;
	fail(r, (struct span){at, 9}, "a DOCTYPE is not supported");
}

static void XMLCALL
declaration(void *data, const XML_Char *version, const XML_Char *encoding, int standalone)
{
	struct reader *r = data;

	(void)version, (void)standalone;
	if (encoding && strfoldorder(str(encoding), LITERAL("UTF-8")) != 0)
		fail(r, (struct span){here(r), 5}, "the encoding is '%s': it must be UTF-8", encoding);
}

/* Report what expat found wrong. */
static void
syntaxerror(struct reader *r)
{
	enum XML_Error code = XML_GetErrorCode(r->parser);
	uint32_t at = here(r);

	if (code == XML_ERROR_NO_MEMORY)
		die("cannot allocate memory to read '%s'", diag_find(r->diag, r->base)->name);
	if (code == XML_ERROR_NO_ELEMENTS && r->depth > 0)
		fail(r, (struct span){at, 1}, "the file ends inside of an element");
	else if (code == XML_ERROR_NO_ELEMENTS)
		fail(r, (struct span){at, 1}, "the file is empty");
	else
		fail(r, (struct span){at, 1}, "%s", XML_ErrorString(code));
	if (r->depth > 0 && (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_TAG_MISMATCH))
		diag_note(r->diag, framespan(&r->stack[r->depth - 1]), "it starts here");
}

/* Call expat for all of the text. */
static bool
parse(struct reader *r)
{
	struct str left = r->text;
	int n;

	do {
		n = left.n > INT_MAX / 2 ? INT_MAX / 2 : (int)left.n;
		if (XML_Parse(r->parser, left.s, n, (size_t)n == left.n) != XML_STATUS_OK) {
			if (!r->failed)
				syntaxerror(r);
			return false;
		}
		left.s += n;
		left.n -= (size_t)n;
	} while (left.n > 0);
	return !r->failed;
}

/* Make arrays of a registry's lists. A title and a date may come from further out. */
static void
flatten(struct arena *a, const struct registrylink *l, struct assignments *to)
{
	const struct recordlink *record = l->records;
	const struct procedurelink *procedure = l->procedures;
	uint32_t i;

	*to = l->a;
	to->records = arena_array(a, to->nrecords, sizeof(*to->records));
	for (i = 0; i < to->nrecords; i++, record = record->next)
		to->records[i] = record->record;
	to->procedures = arena_array(a, to->nprocedures, sizeof(*to->procedures));
	for (i = 0; i < to->nprocedures; i++, procedure = procedure->next)
		to->procedures[i] = procedure->procedure;
}

static void
finish(struct reader *r)
{
	struct registrylink *l;

	r->iana->registries = arena_array(r->arena, r->nregistries, sizeof(*r->iana->registries));
	for (l = r->first; l; l = l->next) {
		if (l->outer && l->a.title.n == 0)
			l->a.title = l->outer->a.title;
		if (l->outer && l->a.updated.n == 0)
			l->a.updated = l->outer->a.updated;
		if (l->outer || !l->inner || l->a.nrecords > 0)
			flatten(r->arena, l, &r->iana->registries[r->iana->n++]);
	}
}

/* expat takes no NUL, and would say no more than that it is not well-formed. */
static bool
checkbytes(struct diag *d, const struct source *s)
{
	size_t bad = utf8_check(s->text.s, s->text.n);
	const char *nul = memchr(s->text.s, '\0', s->text.n);

	if (bad < s->text.n)
		diag_error(d, (struct span){s->base + (uint32_t)bad, 1}, "byte 0x%02x is not UTF-8",
			(unsigned char)s->text.s[bad]);
	else if (nul)
		diag_error(d, (struct span){s->base + (uint32_t)(nul - s->text.s), 1}, "a NUL cannot stand in XML");
	return bad == s->text.n && !nul;
}

bool
xml_load(struct diag *d, struct arena *a, uint32_t base, struct iana *iana)
{
	const struct source *s = diag_find(d, base);
	struct reader *r;
	bool ok;

	*iana = (struct iana){0};
	if (!checkbytes(d, s))
		return false;
	r = xcalloc(1, sizeof(*r));
	r->diag = d;
	r->arena = a;
	r->iana = iana;
	r->text = s->text;
	r->base = base;
	r->last = &r->first;
	r->parser = XML_ParserCreateNS("UTF-8", SEPARATOR);
	if (!r->parser)
		die("cannot allocate memory to read '%s'", s->name);
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, startelement, endelement);
	XML_SetCharacterDataHandler(r->parser, characters);
	XML_SetStartDoctypeDeclHandler(r->parser, doctype);
	XML_SetXmlDeclHandler(r->parser, declaration);
	ok = parse(r);
	if (ok)
		finish(r);
	XML_ParserFree(r->parser);
	celltext_free(&r->leaf);
	celltext_free(&r->own);
	buf_free(&r->label);
	free(r->cells);
	free(r);
	return ok;
}
