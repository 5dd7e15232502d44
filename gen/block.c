#include <string.h>
#include "util.h"
#include "buf.h"
#include "document.h"
#include "tree.h"
#include "utf8.h"
#include "place.h"
#include "style.h"
#include "splicer.h"
#include "block.h"
#include "group.h"

/* Whether a part, or one before it that is not removed, ends with blank lines that are kept: another would be added. */
static bool
keepsblanks(const struct splicer *sp, const struct group *g, size_t i)
{
	const struct site *s;
	uint32_t k, header;

	for (; i > 0 && g->parts[i - 1].removed; i--)
		;
	if (i == 0 || !g->parts[i - 1].place || g->parts[i - 1].place->value)
		return false;
	k = g->parts[i - 1].place->site;
	/* the last in it */
	k = sp->places->sites[k].next - 1;
	s = &sp->places->sites[k];
	if (s->kind != SITE_LITERAL && s->kind != SITE_FOLDED)
		return false;
	for (header = site_body(sp->places, s) + 1; header < sp->text.n && strchr("-123456789", sp->text.s[header]);)
		header++;
	return header < sp->text.n && sp->text.s[header] == '+';
}

/* Where the comment begins that stands directly above a line and is not indented more than column. */
static uint32_t
lead(struct str t, uint32_t line, uint32_t column, uint32_t bound)
{
	uint32_t above;

	while (line > bound) {
		above = text_previousline(t, line);
		if (above < bound || !text_commentline(t, above) || text_commentcolumn(t, above) > column)
			break;
		line = above;
	}
	return line;
}

/* Behind the last line of a part, with the comments that are indented more; at the end of all with those beside it. */
static uint32_t
tail(const struct splicer *sp, const struct group *g, size_t i, bool beside)
{
	struct str t = sp->text;
	uint32_t line = text_nextline(t, g->parts[i].end), end = line, token = text_token(t, line),
		 stop = (uint32_t)t.n;
	bool blank = false;

	if (!text_startsline(t, line))
		return line;
	if (token < t.n)
		stop = lead(t, text_linestart(t, token), text_column(t, token), line);
	for (; line < stop; line = text_nextline(t, line)) {
		if (text_blankline(t, line)) {
			blank = true;
			continue;
		}
		if (text_commentcolumn(t, line) < g->column + !(beside && !blank && i == g->n - 1))
			break;
		end = text_nextline(t, line);
		if (text_nextline(t, line) == line)
			break;
	}
	return end;
}

/* Where lines go that are to stand before part i. */
static uint32_t
before(const struct splicer *sp, const struct group *g, size_t i)
{
	uint32_t line = text_linestart(sp->text, g->parts[i].head);
	uint32_t bound = i > 0 ? tail(sp, g, i - 1, false) : 0;

	return lead(sp->text, line, g->column, bound);
}

/* Whether the gap before part i has a blank line. */
static bool
gapblank(const struct splicer *sp, const struct group *g, size_t i)
{
	uint32_t line, end = g->parts[i].head;

	for (line = text_nextline(sp->text, g->parts[i - 1].end); line < end; line = text_nextline(sp->text, line))
		if (text_blankline(sp->text, line))
			return true;
	return false;
}

/* Whether blank lines are usual here: between all keys of a map, or most of the nearest items. */
static bool
wantsblank(const struct splicer *sp, const struct group *g, size_t i)
{
	size_t k, blank = 0, all = 0, from = i > 2 && !g->map ? i - 2 : 1, to = g->map ? g->n : i + 3;

	for (k = from > 0 ? from : 1; k < to && k < g->n; k++) {
		all++;
		blank += gapblank(sp, g, k);
	}
	return g->map ? all > 0 && blank == all : blank * 2 > all;
}

/* The text of a new member of a block, without its first indentation. */
static void
writenew(struct splicer *sp, const struct group *g, const struct newpart *new, struct buf *b)
{
	struct model m = style_model(
		g->place, g->map ? (new->index < g->place->own ? new->index : g->place->own) : new->index, new->key);
	size_t start = b->n;

	if (g->map) {
		style_key(sp->style, b, new->key, g->place, false);
		buf_addch(b, ':');
	} else {
		buf_addch(b, '-');
	}
	style_value(sp->style, b, new->node, &m, g->column,
		g->column + (uint32_t)utf8_count(b->s + start, b->n - start), !g->map);
}

/* Add lines for a new member. If the line is begun (the first member stands on that of its parent), they go there, and
 * another line is begun. */
static void
insertlines(struct splicer *sp, const struct group *g, const struct newpart *new, bool begun)
{
	size_t i = new->index;
	bool behind = g->map ? i > 0 : i == g->n, blank, end;

	if (begun) {
		splicer_copy(sp, g->parts[0].head);
		writenew(sp, g, new, sp->out);
		splicer_newline(sp);
		splicer_blanks(sp, g->column);
		return;
	}
	blank = wantsblank(sp, g, i);
	splicer_copy(sp, behind ? tail(sp, g, i - 1, true) : before(sp, g, i));
	end = splicer_openend(sp);
	splicer_startline(sp);
	if (blank && i > 0 && !splicer_atblank(sp) && !keepsblanks(sp, g, i))
		splicer_newline(sp);
	splicer_blanks(sp, g->column);
	writenew(sp, g, new, sp->out);
	if (!end || splicer_literal(new->node))
		splicer_newline(sp);
	if (blank && !behind)
		splicer_newline(sp);
}

/* Whether anything is left behind part i. */
static bool
follows(const struct group *g, size_t i)
{
	size_t k;

	for (k = i + 1; k < g->n; k++)
		if (!g->parts[k].removed)
			return true;
	return g->nnews > 0 && g->news[g->nnews - 1].index > i;
}

static void
skipblanklines(struct splicer *sp)
{
	while (sp->cur < sp->text.n && text_blankline(sp->text, sp->cur))
		splicer_skip(sp,
			text_nextline(sp->text, sp->cur) > sp->cur ? text_nextline(sp->text, sp->cur)
								   : (uint32_t)sp->text.n);
}

/* Leave a line that is begun empty but for what it begins with. */
static void
endbegun(struct splicer *sp, bool *begun)
{
	if (!*begun)
		return;
	splicer_trim(sp);
	splicer_startline(sp);
	*begun = false;
}

/* Leave out the lines of a part up to an end but for their comments, which get lines of their own. False if there are
 * none: then nothing is left out. */
static bool
keepcomments(struct splicer *sp, const struct group *g, size_t i, uint32_t end)
{
	uint32_t head = g->parts[i].head, at = head;

	if (places_comment(sp->places, &at, end).n == 0)
		return false;
	splicer_copy(sp, text_linestart(sp->text, head));
	splicer_comments(sp, head, end, g->column);
	if (text_startsline(sp->text, end))
		splicer_newline(sp);
	splicer_skip(sp, end);
	return true;
}

/* Leave out the lines of a part, and with them the blank line that set it apart. Comments stay. */
static void
removelines(struct splicer *sp, const struct group *g, size_t i, bool *begun)
{
	uint32_t line = text_linestart(sp->text, g->parts[i].head), end = tail(sp, g, i, false), above, bound;
	bool blank = false, comment = false;

	if (*begun)
		splicer_copy(sp, g->parts[0].head);
	if (*begun && (i == 0 || !text_hascomment(sp->text, sp->cur, g->parts[i].head))) {
		*begun = !keepcomments(sp, g, i, end);
		splicer_skip(sp, end);
		return;
	}
	endbegun(sp, begun);
	if (keepcomments(sp, g, i, end))
		return;
	bound = i > 0 ? text_nextline(sp->text, g->parts[i - 1].end) : 0;
	bound = bound > sp->cur ? bound : sp->cur;
	if (line > bound) {
		above = text_previousline(sp->text, line);
		blank = text_blankline(sp->text, above);
		comment = text_commentline(sp->text, above);
	}
	/* of the last the blank lines above go, of others those below */
	while (blank && i > 0 && !follows(g, i) && line > bound &&
		text_blankline(sp->text, text_previousline(sp->text, line)))
		line = text_previousline(sp->text, line);
	splicer_copy(sp, line);
	blank = blank || splicer_atblank(sp);
	splicer_skip(sp, end);
	if (!comment && (keepsblanks(sp, g, i) || (i + 1 < g->n && (blank || i == 0))))
		skipblanklines(sp);
}

/* What is left of a list or map in a block without members: brackets where it began. */
static void
emptyblock(struct splicer *sp, const struct group *g, struct context c, bool begun)
{
	const char *brackets = g->map ? "{}" : "[]";
	uint32_t at = g->site->anchored ? site_anchorend(sp->places, g->site) : c.mark, end;
	size_t i;
	bool no = false;

	if (begun || c.mark == NOSITE) {
		end = text_lineend(sp->text, g->parts[0].end);
		splicer_copy(sp, g->parts[0].head);
		buf_adds(sp->out, brackets);
		splicer_comments(sp, g->parts[0].head, end, g->column);
		splicer_skip(sp, end);
	} else {
		splicer_copy(sp, at);
		buf_printf(sp->out, " %s", brackets);
	}
	for (i = 0; i < g->n; i++)
		if (g->parts[i].head >= sp->cur)
			removelines(sp, g, i, &no);
}

void
block_render(struct splicer *sp, struct place *p, struct context c)
{
	struct group g = {.place = p, .site = &sp->places->sites[p->site]};
	size_t i, k = 0, left = 0;
	bool begun;

	group_find(sp, &g);
	for (i = 0; i < g.n; i++)
		left += !g.parts[i].removed;
	begun = !text_first(sp->text, g.parts[0].head);
	if (left + g.nnews == 0) {
		emptyblock(sp, &g, c, begun);
		return;
	}
	for (i = 0;; i++) {
		for (; k < g.nnews && g.news[k].index == i; k++)
			insertlines(sp, &g, &g.news[k], begun);
		if (i == g.n)
			break;
		if (g.parts[i].removed) {
			removelines(sp, &g, i, &begun);
			continue;
		}
		if (begun && sp->cur > g.parts[0].head) {
			/* the place of the first is free */
			if (!text_hascomment(sp->text, sp->cur, g.parts[i].head))
				splicer_skip(sp, g.parts[i].head);
			else
				endbegun(sp, &begun);
		}
		begun = false;
		if (g.parts[i].place && g.parts[i].place->touched)
			sp->render(sp, g.parts[i].place, group_context(&g, i));
	}
	if (begun) {
		splicer_trim(sp);
		if (splicer_openend(sp) && !splicer_literal(g.news[g.nnews - 1].node))
			sp->out->n -= sp->style->newline.n;
	}
}
