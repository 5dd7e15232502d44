#include <string.h>
#include "util.h"
#include "buf.h"
#include "document.h"
#include "tree.h"
#include "utf8.h"
#include "place.h"
#include "style.h"
#include "splicer.h"
#include "bracket.h"
#include "group.h"

/* What separates a new member from its neighbour: a blank, or a line break if its neighbours have lines of their own.
 */
static void
separate(struct splicer *sp, const struct group *g, uint32_t beside, bool lines)
{
	if (lines) {
		splicer_newline(sp);
		splicer_blanks(sp, text_column(sp->text, beside));
	} else if (g->n > 0 || sp->out->s[sp->out->n - 1] == ',') {
		buf_addch(sp->out, ' ');
	}
}

static void
flownew(struct splicer *sp, const struct group *g, const struct newpart *new, struct buf *b)
{
	struct model m = style_model(
		g->place, g->map ? (new->index < g->place->own ? new->index : g->place->own) : new->index, new->key);

	if (g->map) {
		style_key(sp->style, b, new->key, g->place, true);
		buf_adds(b, ": ");
	}
	style_flow(sp->style, b, new->node, &m);
}

/* Leave out a part that another follows, with its comma. Comments stay, those of a line that goes on one of their own.
 */
static void
removemember(struct splicer *sp, const struct group *g, size_t i)
{
	uint32_t at = g->parts[i].head, next = g->parts[i + 1].head, comma = text_token(sp->text, g->parts[i].end) + 1;
	uint32_t column = text_column(sp->text, at);

	if (sp->cur == at || (!text_hascomment(sp->text, comma, next) && !text_hasbreak(sp->text, comma, next))) {
		/* a new member has taken the line, or there is nothing else to keep */
		splicer_copy(sp, at);
		splicer_inside(sp, at, next, column);
		splicer_skip(sp, next);
	} else if (text_first(sp->text, at) && text_lineend(sp->text, comma) < next) {
		splicer_copy(sp, text_linestart(sp->text, at));
		if (splicer_comments(sp, at, text_lineend(sp->text, comma), column))
			splicer_newline(sp);
		splicer_skip(sp, text_nextline(sp->text, comma));
	} else {
		splicer_copy(sp, at);
		splicer_inside(sp, at, comma, column);
		splicer_skip(sp, comma);
		/* a comment needs the blank before it */
		if (sp->out->s[sp->out->n - 1] == ' ' || !text_commentline(sp->text, comma))
			splicer_skip(sp, text_skipblanks(sp->text, comma));
	}
}

/* Add members behind the last, which stays. */
static void
appendmembers(struct splicer *sp, const struct group *g, size_t k)
{
	const struct part *last = &g->parts[g->n - 1];
	uint32_t after = text_token(sp->text, last->end), close = g->site->end - 1, eol;
	bool comma = sp->text.s[after] == ',', lines;
	struct buf b = {0};

	splicer_copy(sp, comma ? after + 1 : last->end);
	eol = text_lineend(sp->text, sp->cur);
	lines = text_first(sp->text, last->head) || (eol < close && text_hascomment(sp->text, sp->cur, eol));
	/* a comma directly behind a colon would belong to the text */
	if (!comma && sp->text.s[last->end - 1] == ':')
		buf_addch(sp->out, ' ');
	if (!comma)
		buf_addch(sp->out, ',');
	if (lines && eol < close)
		splicer_copy(sp, eol);
	for (; k < g->nnews; k++) {
		b.n = 0;
		flownew(sp, g, &g->news[k], &b);
		separate(sp, g, g->parts[0].head, lines || splicer_column(sp) + 1 + utf8_count(b.s, b.n) > STYLE_WIDTH);
		buf_addstr(sp->out, buf_str(&b));
		if (comma || k + 1 < g->nnews)
			buf_addch(sp->out, ',');
	}
	buf_free(&b);
}

/* Leave out all parts behind number i, which stays. Comments stay, those of lines that go on some of their own. */
static void
removerest(struct splicer *sp, const struct group *g, size_t i)
{
	uint32_t comma = text_token(sp->text, g->parts[i].end), head = g->parts[i + 1].head;
	uint32_t end = g->parts[g->n - 1].end, after = text_token(sp->text, end), column = text_column(sp->text, head);
	bool keep = sp->text.s[after] == ',', gap, lines;

	end = keep ? after + 1 : end;
	lines = text_lineend(sp->text, end) < g->site->end;
	gap = text_hascomment(sp->text, comma + 1, head);
	if (lines)
		end = gap ? text_nextline(sp->text, end) : text_lineend(sp->text, end);
	splicer_copy(sp, comma + keep);
	splicer_skip(sp, comma + 1);
	if (gap)
		splicer_copy(sp, lines ? text_linestart(sp->text, head) : head);
	if (!lines)
		splicer_inside(sp, sp->cur, end, column);
	else if (splicer_comments(sp, sp->cur, end, column) && gap)
		splicer_newline(sp);
	splicer_skip(sp, end);
}

/* Leave out all parts. */
static void
removeall(struct splicer *sp, const struct group *g)
{
	uint32_t open = site_body(sp->places, g->site), close = g->site->end - 1;

	splicer_copy(sp, open + 1);
	splicer_inside(sp, open + 1, close, text_column(sp->text, open));
	splicer_skip(sp, close);
}

/* Put members in the place of the parts from number i to the end. */
static void
replacerest(struct splicer *sp, const struct group *g, size_t i, size_t k)
{
	bool first = true;

	splicer_copy(sp, g->parts[i].head);
	splicer_inside(sp, sp->cur, g->parts[g->n - 1].end, text_column(sp->text, g->parts[i].head));
	for (; k < g->nnews; k++) {
		if (!first) {
			buf_addch(sp->out, ',');
			separate(sp, g, g->parts[i].head, text_first(sp->text, g->parts[i].head));
		}
		first = false;
		flownew(sp, g, &g->news[k], sp->out);
	}
	splicer_skip(sp, g->parts[g->n - 1].end);
}

/* Members for brackets that are empty. */
static void
fill(struct splicer *sp, const struct group *g)
{
	uint32_t open = site_body(sp->places, g->site) + 1, close = g->site->end - 1;
	size_t k;

	splicer_copy(sp, open);
	if (text_hascomment(sp->text, open, close))
		splicer_copy(sp, close);
	for (k = 0; k < g->nnews; k++) {
		if (k > 0)
			buf_adds(sp->out, ", ");
		flownew(sp, g, &g->news[k], sp->out);
	}
	splicer_skip(sp, close);
}

/* A pair that is an item of a list without braces: it gets them if another joins it, or it goes. */
static void
renderpair(struct splicer *sp, const struct group *g)
{
	const struct part *part = &g->parts[0];
	bool braces = g->nnews > 0 || part->removed, first = true;
	size_t k;

	splicer_copy(sp, part->head);
	if (braces)
		buf_addch(sp->out, '{');
	for (k = 0; k <= g->nnews; k++) {
		/* the pair has its turn before those that stand behind it */
		if ((k == g->nnews || g->news[k].index > 0) && sp->cur == part->head) {
			if (part->removed) {
				splicer_inside(sp, part->head, part->end, text_column(sp->text, part->head));
				splicer_skip(sp, part->end);
			} else {
				buf_adds(sp->out, first ? "" : ", ");
				if (part->place && part->place->touched)
					sp->render(sp, part->place, group_context(g, 0));
				splicer_copy(sp, part->end);
				first = false;
			}
		}
		if (k == g->nnews)
			break;
		if (!first)
			buf_adds(sp->out, sp->out->s[sp->out->n - 1] == ':' ? " , " : ", ");
		flownew(sp, g, &g->news[k], sp->out);
		first = false;
	}
	if (braces)
		buf_addch(sp->out, '}');
}

void
bracket_render(struct splicer *sp, struct place *p)
{
	struct group g = {.place = p, .site = &sp->places->sites[p->site]};
	size_t i, k = 0, stay = 0;

	group_find(sp, &g);
	if (!site_braces(sp->places, g.site)) {
		renderpair(sp, &g);
		return;
	}
	for (i = 0; i < g.n; i++)
		stay = g.parts[i].removed ? stay : i + 1;
	if (g.n == 0) {
		fill(sp, &g);
		return;
	}
	for (i = 0; i < stay; i++) {
		for (; k < g.nnews && g.news[k].index == i; k++) {
			splicer_copy(sp, g.parts[i].head);
			flownew(sp, &g, &g.news[k], sp->out);
			buf_addch(sp->out, ',');
			separate(sp, &g, g.parts[i].head, text_first(sp->text, g.parts[i].head));
		}
		if (g.parts[i].removed)
			removemember(sp, &g, i);
		else if (g.parts[i].place && g.parts[i].place->touched)
			sp->render(sp, g.parts[i].place, group_context(&g, i));
	}
	if (k < g.nnews && stay == g.n) {
		appendmembers(sp, &g, k);
	} else if (k < g.nnews) {
		replacerest(sp, &g, stay, k);
	} else if (stay == 0) {
		removeall(sp, &g);
	} else if (stay < g.n) {
		removerest(sp, &g, stay - 1);
	}
}
