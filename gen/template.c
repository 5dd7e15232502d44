/* A template is compiled in three steps: scan finds the tags, match joins openings with their ends, and emit writes the
 * ops, leaving out the lines on which a tag stands alone and the indentation of blocks. Sections of the specification
 * are named in comments. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "file.h"
#include "utf8.h"
#include "template.h"

#define SUFFIX ".mustache"

struct tag {
	char kind; /* # ^ / > < $ ! = & or 0 for a variable */
	struct str name;
	size_t start, end;          /* in the text, delimiters included */
	size_t line;                /* where the blanks before it start */
	size_t after;               /* behind the line break that follows it */
	bool clearleft, clearright; /* nothing but blanks on this side of its line */
	size_t match;               /* the other end, or itself */
};

/* The blocks around a line, and the blanks that each takes from the start of it. */
struct margin {
	const struct margin *outer;
	struct str blanks;
};

struct compiler {
	struct templates *set;
	struct template *template;
	struct str text;
	uint32_t base;
	struct tag *tags;
	size_t ntags, captags;
	struct op *ops;
	size_t nops, capops;
	const struct margin *margin;
	enum bol bol;
	bool bad;
};

static bool
isblank2(char c)
{
	return c == ' ' || c == '\t';
}

static bool
isspace2(char c)
{
	return isblank2(c) || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

static struct span
span(const struct compiler *c, size_t start, size_t end)
{
	return (struct span){c->base + (uint32_t)start, (uint32_t)(end - start)};
}

static struct span
tagspan(const struct compiler *c, const struct tag *t)
{
	return span(c, t->start, t->end);
}

static void
fail(struct compiler *c, struct span at, const char *msg)
{
	c->bad = true;
	diag_error(c->set->diag, at, "%s", msg);
}

/* Where needle stands in the text from pos on, or SIZE_MAX. */
static size_t
find(const struct compiler *c, size_t pos, struct str needle)
{
	const char *s = c->text.s + pos, *end = c->text.s + c->text.n, *p;

	for (; needle.n <= (size_t)(end - s); s = p + 1) {
		p = memchr(s, needle.s[0], (size_t)(end - s));
		if (!p || needle.n > (size_t)(end - p))
			break;
		if (memcmp(p, needle.s, needle.n) == 0)
			return (size_t)(p - c->text.s);
	}
	return SIZE_MAX;
}

static struct str
trim(struct str s)
{
	while (s.n > 0 && isspace2(s.s[0])) {
		s.s++;
		s.n--;
	}
	while (s.n > 0 && isspace2(s.s[s.n - 1]))
		s.n--;
	return s;
}

static bool
hasspace(struct str s)
{
	size_t i;

	for (i = 0; i < s.n && !isspace2(s.s[i]); i++)
		;
	return i < s.n;
}

/* Note what stands beside a tag on its line. */
static void
clearance(const struct compiler *c, struct tag *t)
{
	size_t i = t->start;

	while (i > 0 && isblank2(c->text.s[i - 1]))
		i--;
	t->clearleft = i == 0 || c->text.s[i - 1] == '\n';
	t->line = t->clearleft ? i : t->start;
	for (i = t->end; i < c->text.n && isblank2(c->text.s[i]); i++)
		;
	if (i + 1 < c->text.n && c->text.s[i] == '\r' && c->text.s[i + 1] == '\n')
		i++;
	t->clearright = i == c->text.n || c->text.s[i] == '\n';
	t->after = i < c->text.n && t->clearright ? i + 1 : i;
}

/* {{=<% %>=}}: two delimiters, without blanks or = in them. */
static bool
setdelimiters(struct str s, struct str *open, struct str *close)
{
	struct str first, second;
	size_t i;

	s = trim(s);
	for (i = 0; i < s.n && !isspace2(s.s[i]); i++)
		;
	first = (struct str){s.s, i};
	second = trim((struct str){s.s + i, s.n - i});
	if (first.n == 0 || second.n == 0 || hasspace(second) || memchr(first.s, '=', first.n) ||
		memchr(second.s, '=', second.n))
		return false;
	*open = first;
	*close = second;
	return true;
}

static void
checkname(struct compiler *c, const struct tag *t)
{
	struct str name = t->name;
	size_t i;

	if (strchr("><", t->kind) && t->kind && name.n > 0 && name.s[0] == '*')
		name = trim((struct str){name.s + 1, name.n - 1});
	if (name.n == 0) {
		fail(c, tagspan(c, t), "a tag needs a name");
	} else if (hasspace(name)) {
		fail(c, tagspan(c, t), "a name cannot hold blanks");
	} else if (!t->kind || strchr("&#^", t->kind)) {
		for (i = 0; i < name.n; i++)
			if (name.s[i] == '.' && name.n > 1 && (i == 0 || i + 1 == name.n || name.s[i - 1] == '.'))
				break;
		if (i < name.n)
			fail(c, tagspan(c, t), "a part of a dotted name is empty");
	}
}

/* Read the tag whose opening delimiter stands at start. Returns where to go on. */
static size_t
scantag(struct compiler *c, size_t start, struct str *open, struct str *close)
{
	struct tag t = {.start = start};
	size_t inner = start + open->n, end, n;
	char closing[2] = {'\0', '\0'};

	if (inner < c->text.n && strchr("#^/><$!=&{", c->text.s[inner]) && c->text.s[inner])
		t.kind = c->text.s[inner++];
	if (t.kind == '{' || t.kind == '=')
		closing[0] = t.kind == '{' ? '}' : '=';
	for (end = find(c, inner, *close); closing[0] && end != SIZE_MAX; end = find(c, end + 1, *close)) {
		/* of a}}} the first brace belongs to the name's end, the rest to the delimiter */
		if (t.kind == '{' && end < c->text.n && c->text.s[end] == '}' && end + 1 + close->n <= c->text.n &&
			memcmp(c->text.s + end + 1, close->s, close->n) == 0) {
			end++;
			break;
		}
		if (end > inner && c->text.s[end - 1] == closing[0])
			break;
	}
	n = end == SIZE_MAX ? 0 : end - inner;
	t.name = trim((struct str){c->text.s + inner, closing[0] && n > 0 ? n - 1 : n});
	if (end == SIZE_MAX ||
		(t.kind != '!' && t.kind != '=' &&
			(memchr(t.name.s, '\n', t.name.n) || (find(c, inner, *open) < end && !streq(*open, *close))))) {
		fail(c, span(c, start, start + open->n), "unclosed tag");
		return inner;
	}
	t.end = end + close->n;
	t.match = c->ntags;
	clearance(c, &t);
	if (t.kind == '=') {
		if (!setdelimiters(t.name, open, close))
			fail(c, tagspan(c, &t),
				"bad delimiters: two are needed, with a blank between them and without '='");
	} else if (t.kind != '!') {
		checkname(c, &t);
	}
	c->tags = xgrow(c->tags, c->ntags, &c->captags, sizeof(*c->tags));
	c->tags[c->ntags++] = t;
	return t.end;
}

static void
scan(struct compiler *c)
{
	struct str open = str("{{"), close = str("}}");
	size_t pos = 0;

	while ((pos = find(c, pos, open)) != SIZE_MAX)
		pos = scantag(c, pos, &open, &close);
}

static bool
opens(char kind)
{
	return kind && strchr("#^<$", kind);
}

static void
unclosed(struct compiler *c, const struct tag *t)
{
	c->bad = true;
	diag_error(c->set->diag, tagspan(c, t), "unclosed %s '%.*s'",
		t->kind == '<'           ? "parent"
			: t->kind == '$' ? "block"
					 : "section",
		(int)t->name.n, t->name.s);
}

/* Join a closing tag with the innermost opening, or with one farther out if that has its name. */
static void
matchclose(struct compiler *c, size_t *stack, size_t *depth, size_t i)
{
	struct tag *t = &c->tags[i], *top;
	size_t d = *depth;

	while (d > 0 && !streq(c->tags[stack[d - 1]].name, t->name))
		d--;
	if (*depth == 0) {
		c->bad = true;
		diag_error(c->set->diag, tagspan(c, t), "'%.*s' is closed but not open", (int)t->name.n, t->name.s);
		return;
	}
	if (d == 0) {
		top = &c->tags[stack[--*depth]];
		c->bad = true;
		diag_error(c->set->diag, tagspan(c, t), "'%.*s' is closed where '%.*s' is open", (int)t->name.n,
			t->name.s, (int)top->name.n, top->name.s);
		diag_note(c->set->diag, tagspan(c, top), "opened here");
		return;
	}
	while (*depth > d)
		unclosed(c, &c->tags[stack[--*depth]]);
	--*depth;
	t->match = stack[*depth];
	c->tags[t->match].match = i;
}

static void
match(struct compiler *c)
{
	size_t stack[TEMPLATE_DEPTH], depth = 0, i;

	for (i = 0; i < c->ntags; i++) {
		if (c->tags[i].kind == '/') {
			matchclose(c, stack, &depth, i);
		} else if (opens(c->tags[i].kind)) {
			if (depth == LEN(stack)) {
				fail(c, tagspan(c, &c->tags[i]), "nested too deep: the limit is 200");
				return;
			}
			stack[depth++] = i;
		}
	}
	for (i = 0; i < depth; i++)
		unclosed(c, &c->tags[stack[i]]);
}

static struct op *
addop(struct compiler *c, enum opkind kind)
{
	struct op *op;

	c->ops = xgrow(c->ops, c->nops, &c->capops, sizeof(*c->ops));
	op = &c->ops[c->nops++];
	*op = (struct op){.kind = (unsigned char)kind,
		.bol = (unsigned char)c->bol,
		.n = 1,
		.state = UINT32_MAX,
		.known = UINT32_MAX,
		.outer = UINT32_MAX};
	c->bol = BOL_NO;
	return op;
}

/* Where a line that begins at start goes on behind the margin: each of the blocks around it takes the blanks of its own
 * first line, as far as the line has them too. */
static size_t
skipmargin(const struct compiler *c, const struct margin *m, size_t start, size_t end)
{
	size_t i;

	if (!m)
		return start;
	start = skipmargin(c, m->outer, start, end);
	for (i = 0; i < m->blanks.n && start < end && c->text.s[start] == m->blanks.s[i]; i++)
		start++;
	return start;
}

static bool
islinebreak(const struct compiler *c, size_t pos)
{
	return pos < c->text.n &&
		(c->text.s[pos] == '\n' ||
			(pos + 1 < c->text.n && c->text.s[pos] == '\r' && c->text.s[pos + 1] == '\n'));
}

static void
addtext(struct compiler *c, struct str s)
{
	char *copy = arena_bytes(c->set->arena, s.n + TEMPLATE_SPARE);

	if (s.n > 0)
		memcpy(copy, s.s, s.n);
	memset(copy + s.n, 0, TEMPLATE_SPARE);
	addop(c, OP_TEXT)->text = (struct str){copy, s.n};
}

/* A line begins here, with something that may render as nothing. */
static void
emitbol(struct compiler *c)
{
	if (c->bol != BOL_NO)
		addtext(c, str(""));
}

/* Text from start to end. An empty line is not indented. */
static void
emittext(struct compiler *c, size_t start, size_t end)
{
	const char *nl;
	size_t stop;

	while (start < end) {
		nl = c->margin ? memchr(c->text.s + start, '\n', end - start) : NULL;
		stop = nl ? (size_t)(nl - c->text.s) + 1 : end;
		if (c->bol == BOL_YES)
			start = skipmargin(c, c->margin, start, stop);
		if (islinebreak(c, start))
			c->bol = BOL_NO;
		if (start < stop) {
			addtext(c, (struct str){c->text.s + start, stop - start});
			c->bol = c->text.s[stop - 1] == '\n' ? BOL_YES : BOL_NO;
		}
		start = stop;
	}
}

/* The blanks from start to end, which begin a line, behind the margin. */
static struct str
indentation(const struct compiler *c, size_t start, size_t end)
{
	start = skipmargin(c, c->margin, start, end);
	return (struct str){c->text.s + start, end - start};
}

static void
setname(struct compiler *c, struct op *op, const struct tag *t)
{
	struct str rest = t->name;
	const char *dot;
	size_t n;

	op->span = tagspan(c, t);
	if ((t->kind == '>' || t->kind == '<') && rest.n > 0 && rest.s[0] == '*') {
		op->dynamic = true;
		rest = trim((struct str){rest.s + 1, rest.n - 1});
	}
	op->text = rest;
	if (streqs(rest, ".") || t->kind == '$' || ((t->kind == '>' || t->kind == '<') && !op->dynamic))
		return;
	op->parts = arena_array(c->set->arena, rest.n / 2 + 1, sizeof(*op->parts));
	for (;;) {
		dot = memchr(rest.s, '.', rest.n);
		n = dot ? (size_t)(dot - rest.s) : rest.n;
		op->parts[op->nparts++].s = (struct str){rest.s, n};
		if (!dot)
			break;
		rest.s += n + 1;
		rest.n -= n + 1;
	}
}

static void emit(struct compiler *, size_t, size_t, size_t, size_t);

/* Sections: opening and end each may stand alone on a line. */
static size_t
emitsection(struct compiler *c, size_t i)
{
	const struct tag *t = &c->tags[i], *close = &c->tags[t->match];
	bool alone = t->clearleft && t->clearright, closealone = close->clearleft && close->clearright;
	size_t op = c->nops;

	if (alone)
		c->bol = BOL_NO;
	setname(c, addop(c, t->kind == '#' ? OP_SECTION : OP_INVERTED), t);
	c->bol = alone ? BOL_YES : BOL_NO;
	emit(c, i + 1, t->match, alone ? t->after : t->end, closealone ? close->line : close->start);
	if (!closealone)
		emitbol(c);
	c->bol = closealone ? BOL_YES : BOL_NO;
	c->ops[op].n = (uint32_t)(c->nops - op);
	return closealone ? close->after : close->end;
}

/* What a block holds, from start to end, where it begins on a line of its own: without the indentation of its first
 * line. That is added again where the block is shown, if it stands alone there. */
static void
emitlines(struct compiler *c, size_t i, size_t start, size_t end)
{
	struct margin m = {c->margin, {NULL, 0}};
	const struct margin *outer = c->margin;
	struct op *op = &c->ops[c->nops - 1];
	size_t blanks = start;

	while (blanks < end && isblank2(c->text.s[blanks]))
		blanks++;
	m.blanks = indentation(c, start, blanks);
	/* an empty line has no indentation to be taken for that of the block */
	op->flush = m.blanks.n > 0 || !islinebreak(c, blanks);
	op->alone = op->alone && op->flush;
	op->indent = m.blanks;
	if (m.blanks.n > 0)
		c->margin = &m;
	c->bol = BOL_YES;
	emit(c, i + 1, c->tags[i].match, start, end);
	c->margin = outer;
}

/* A block is a small template inside another. It stands alone if nothing but blanks are before its opening and behind
 * its end: "Standalone block". What is shown there has the indentation of what the block holds, or of its opening if
 * that is nothing or stands on the same line: "Block reindentation", "Intrinsic indentation". */
static size_t
emitblock(struct compiler *c, size_t i, bool inparent)
{
	const struct tag *t = &c->tags[i], *close = &c->tags[t->match];
	bool alone = !inparent && t->clearleft && close->clearright;
	bool lines = (alone || inparent) && t->clearright;
	size_t op = c->nops, end = lines && close->clearleft ? close->line : close->start;

	if (alone || inparent)
		c->bol = BOL_NO;
	setname(c, addop(c, OP_BLOCK), t);
	c->ops[op].alone = alone;
	if (alone)
		c->ops[op].indent = indentation(c, t->line, t->start);
	if (lines && t->after < end) {
		emitlines(c, i, t->after, end);
	} else if (!lines) {
		c->bol = BOL_FIRST;
		emit(c, i + 1, t->match, t->end, end);
		c->bol = c->bol == BOL_YES ? BOL_LAST : BOL_NO;
		emitbol(c);
	}
	c->ops[op].n = (uint32_t)(c->nops - op);
	/* the line break behind an end that has something before it on its line is text */
	c->bol = alone && close->clearleft ? BOL_YES : BOL_NO;
	return alone && close->clearleft ? close->after : close->end;
}

/* Parents: only their blocks count. The whole may stand alone on its lines. */
static size_t
emitparent(struct compiler *c, size_t i)
{
	const struct tag *t = &c->tags[i], *close = &c->tags[t->match];
	bool alone = t->clearleft && close->clearright;
	size_t op = c->nops, j;

	if (alone)
		c->bol = BOL_NO;
	setname(c, addop(c, OP_PARENT), t);
	c->ops[op].alone = alone;
	if (alone)
		c->ops[op].indent = indentation(c, t->line, t->start);
	for (j = i + 1; j < t->match; j++) {
		if (c->tags[j].kind == '$')
			emitblock(c, j, true);
		if (opens(c->tags[j].kind))
			j = c->tags[j].match;
	}
	c->ops[op].n = (uint32_t)(c->nops - op);
	c->bol = alone ? BOL_YES : BOL_NO;
	return alone ? close->after : close->end;
}

static size_t
emitpartial(struct compiler *c, const struct tag *t)
{
	bool alone = t->clearleft && t->clearright;
	struct op *op;

	if (alone)
		c->bol = BOL_NO;
	op = addop(c, OP_PARTIAL);
	setname(c, op, t);
	op->alone = alone;
	if (alone)
		op->indent = indentation(c, t->line, t->start);
	c->bol = alone ? BOL_YES : BOL_NO;
	return alone ? t->after : t->end;
}

/* Whether the lines on which the construct that tag i opens stands are left out before it. */
static bool
leftalone(const struct compiler *c, size_t i)
{
	const struct tag *t = &c->tags[i];

	if (!t->clearleft || !t->kind || t->kind == '&' || t->kind == '{')
		return false;
	return t->kind == '<' || t->kind == '$' ? c->tags[t->match].clearright : t->clearright;
}

/* Write the ops of tags i to last, which stand in the text from pos to end. */
static void
emit(struct compiler *c, size_t i, size_t last, size_t pos, size_t end)
{
	const struct tag *t;

	for (; i < last; i++) {
		t = &c->tags[i];
		emittext(c, pos, leftalone(c, i) ? t->line : t->start);
		switch (t->kind) {
		case '#':
		case '^':
			pos = emitsection(c, i);
			i = t->match;
			break;
		case '<':
			pos = emitparent(c, i);
			i = t->match;
			break;
		case '$':
			pos = emitblock(c, i, false);
			i = t->match;
			break;
		case '>':
			pos = emitpartial(c, t);
			break;
		case '!':
		case '=':
			if (!leftalone(c, i))
				emitbol(c);
			c->bol = leftalone(c, i) ? BOL_YES : BOL_NO;
			pos = leftalone(c, i) ? t->after : t->end;
			break;
		default:
			setname(c, addop(c, t->kind ? OP_RAW : OP_ESCAPED), t);
			pos = t->end;
		}
	}
	if (pos < end)
		emittext(c, pos, end);
}

/* Of a template with errors only the names of others are of use: they may be wrong too. */
static void
emitnames(struct compiler *c)
{
	size_t i;

	for (i = 0; i < c->ntags; i++)
		if ((c->tags[i].kind == '>' || c->tags[i].kind == '<') && c->tags[i].name.n > 0 &&
			!hasspace(c->tags[i].name))
			setname(c, addop(c, OP_PARTIAL), &c->tags[i]);
}

static bool
checkbytes(struct compiler *c)
{
	size_t bad = utf8_check(c->text.s, c->text.n);

	if (bad == c->text.n)
		return true;
	c->bad = true;
	diag_error(c->set->diag, span(c, bad, bad + 1), "byte 0x%02x is not UTF-8", (unsigned char)c->text.s[bad]);
	return false;
}

static void
compile(struct compiler *c)
{
	if (checkbytes(c)) {
		scan(c);
		match(c);
	}
	c->bol = BOL_YES;
	if (!c->bad)
		emit(c, 0, c->ntags, 0, c->text.n);
	else
		emitnames(c);
	c->template->bad = c->bad;
	c->template->nops = (uint32_t)c->nops;
	c->template->ops = arena_array(c->set->arena, c->nops, sizeof(*c->ops));
	if (c->nops > 0)
		memcpy(c->template->ops, c->ops, c->nops * sizeof(*c->ops));
	free(c->ops);
	free(c->tags);
}

struct template *
template_compile(struct templates *set, struct str name, uint32_t base, struct str text)
{
	struct template *t = arena_alloc(set->arena, sizeof(*t));
	struct compiler c = {.set = set, .template = t, .base = base, .text = text};

	t->name = (struct str){arena_copy(set->arena, name.s, name.n), name.n};
	set->list = xgrow(set->list, set->n, &set->cap, sizeof(*set->list));
	set->list[set->n++] = t;
	compile(&c);
	return t;
}

void
templates_init(struct templates *set, struct diag *d, struct arena *a, const char *dir)
{
	*set = (struct templates){.diag = d, .arena = a, .dir = dir};
}

/* Whether a name can be that of a file in the folder, and not lead out of it. */
static bool
isinside(struct templates *set, struct str name)
{
	return name.n > 0 && name.s[0] != '/' && !memchr(name.s, '\0', name.n) &&
		!strstr(arena_copy(set->arena, name.s, name.n), "..");
}

/* Read dir/NAME.mustache. Dies if the file is there and cannot be read. */
static bool
readfile(struct templates *set, struct str name, uint32_t *base, struct str *text)
{
	char *path;

	if (!isinside(set, name))
		return false;
	path = arena_printf(set->arena, "%s/%.*s" SUFFIX, set->dir, (int)name.n, name.s);
	if (!file_read(set->arena, path, text)) {
		if (errno != ENOENT && errno != ENOTDIR && errno != ENAMETOOLONG)
			die("cannot read '%s':", path);
		return false;
	}
	*base = diag_source(set->diag, path, *text);
	return true;
}

struct template *
template_get(struct templates *set, struct str name)
{
	struct str text;
	uint32_t base;
	size_t i;

	if (name.n == 0)
		return NULL;
	for (i = 0; i < set->n; i++)
		if (streq(set->list[i]->name, name))
			return set->list[i];
	return readfile(set, name, &base, &text) ? template_compile(set, name, base, text) : NULL;
}

struct str
template_nearest(struct templates *set, struct str name)
{
	struct str *list = NULL, folder = name, stem = name;
	const struct str *found;
	size_t n = 0, i;

	while (folder.n > 0 && folder.s[folder.n - 1] != '/')
		folder.n--;
	if (isinside(set, name))
		list = file_list(set->arena, file_join(set->arena, set->dir, folder), SUFFIX, &n);
	for (i = 0; list && i < n; i++)
		list[i] = arena_join(set->arena, (struct str[]){folder, list[i]}, 2);
	if (name.n > strlen(SUFFIX) && streqs((struct str){name.s + name.n - strlen(SUFFIX), strlen(SUFFIX)}, SUFFIX))
		stem.n -= strlen(SUFFIX);
	found = list ? nearest(stem, list, n) : NULL;
	return found ? *found : (struct str){"", 0};
}

void
template_missing(struct templates *set, struct span at, struct str name)
{
	struct str found = template_nearest(set, name);

	if (found.n > 0)
		diag_error(set->diag, at, "no template '%.*s'; did you mean '%.*s'?", (int)name.n, name.s, (int)found.n,
			found.s);
	else
		diag_error(set->diag, at, "no template '%.*s'", (int)name.n, name.s);
}

void
template_link(struct templates *set, bool report)
{
	struct op *op;
	struct template *t;
	size_t j;

	/* compiling what is named makes the list longer */
	while (set->linked < set->n) {
		t = set->list[set->linked++];
		for (j = 0; j < t->nops; j++) {
			op = &t->ops[j];
			if ((op->kind != OP_PARTIAL && op->kind != OP_PARENT) || op->dynamic || op->template)
				continue;
			op->template = template_get(set, op->text);
			if (!op->template && report)
				template_missing(set, op->span, op->text);
		}
	}
}

void
templates_free(struct templates *set)
{
	free(set->list);
	set->list = NULL;
	set->n = set->cap = set->linked = 0;
}
