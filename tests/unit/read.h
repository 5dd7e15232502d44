/* read.h - what the tests of readers of IANA's files share: what was read as text, and what was said of errors. */
#include "unit.h"
#include "../../gen/arena.h"
#include "../../gen/buf.h"
#include "../../gen/diag.h"
#include "../../gen/iana.h"

static struct arena arena;
static struct diag diag;
static struct buf shown;

static const char *const types[] = {
	"rfc", "draft", "rfc-errata", "uri", "person", "text", "note", "registry", "unicode", "label"};

static inline void
show(const char *before, struct str s)
{
	if (s.n > 0)
		buf_printf(&shown, "%s%.*s", before, (int)s.n, s.s);
}

static inline void
showcell(const struct cell *c)
{
	uint32_t i;

	buf_printf(&shown, " %.*s=%.*s", (int)c->column.n, c->column.s, (int)c->text.n, c->text.s);
	for (i = 0; i < c->ncitations; i++) {
		const struct citation *x = &c->citations[i];

		buf_printf(&shown, " {%s", types[x->type]);
		show(" ", x->data);
		show(" '", x->label);
		show(" S", x->section);
		show(" T", x->table);
		show(" #", x->anchor);
		buf_addch(&shown, '}');
	}
}

/* A line for each registry, procedure and record. */
static inline struct str
showall(const struct assignments *list, size_t n)
{
	const struct assignments *a;
	uint32_t i, j;

	shown.n = 0;
	for (a = list; a < list + n; a++) {
		buf_printf(&shown, "%.*s/%.*s:", (int)a->group.n, a->group.s, (int)a->id.n, a->id.s);
		show(" ", a->title);
		show(" @", a->updated);
		buf_addch(&shown, '\n');
		for (i = 0; i < a->nprocedures; i++) {
			buf_adds(&shown, "\trule");
			show(" ", a->procedures[i].values);
			show(" -> ", a->procedures[i].rule);
			show(" ; ", a->procedures[i].note);
			buf_addch(&shown, '\n');
		}
		for (i = 0; i < a->nrecords; i++) {
			buf_adds(&shown, "\t-");
			show(" ", a->records[i].date);
			show(" ", a->records[i].updated);
			for (j = 0; j < a->records[i].ncells; j++)
				showcell(&a->records[i].cells[j]);
			buf_addch(&shown, '\n');
		}
	}
	return buf_str(&shown);
}

/* Run a reader, whose messages go to a file; they are shown without it, each ended by a line break. */
static inline struct str
said(void (*read)(struct str), struct str text)
{
	char line[4096];
	FILE *f = tmpfile();
	int saved = dup(STDERR_FILENO);

	assert_non_null(f);
	fflush(stderr);
	dup2(fileno(f), STDERR_FILENO);
	read(text);
	fflush(stderr);
	dup2(saved, STDERR_FILENO);
	close(saved);
	rewind(f);
	shown.n = 0;
	/* the excerpts are left out */
	while (fgets(line, sizeof(line), f))
		if (line[0] != ' ')
			buf_adds(&shown, line);
	fclose(f);
	return buf_str(&shown);
}
