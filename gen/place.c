#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "diag.h"
#include "document.h"
#include "tree.h"
#include "place.h"

/* YAML 1.1 has five line breaks. */
uint32_t
text_break(struct str t, uint32_t i)
{
	size_t left = i < t.n ? t.n - i : 0;
	const char *s = t.s + i;

	if (left == 0)
		return 0;
	if (s[0] == '\r')
		return left > 1 && s[1] == '\n' ? 2 : 1;
	if (s[0] == '\n')
		return 1;
	if (left > 1 && memcmp(s, "\xc2\x85", 2) == 0)
		return 2;
	return left > 2 && (memcmp(s, "\xe2\x80\xa8", 3) == 0 || memcmp(s, "\xe2\x80\xa9", 3) == 0) ? 3 : 0;
}

bool
text_startsline(struct str t, uint32_t i)
{
	uint32_t k;

	for (k = 1; k <= 3 && k <= i; k++)
		if (text_break(t, i - k) == k)
			return true;
	return i == 0;
}

uint32_t
text_linestart(struct str t, uint32_t i)
{
	while (!text_startsline(t, i))
		i--;
	return i;
}

bool
text_first(struct str t, uint32_t i)
{
	while (i > 0 && t.s[i - 1] == ' ')
		i--;
	return text_startsline(t, i);
}

uint32_t
text_lineend(struct str t, uint32_t i)
{
	while (i < t.n && text_break(t, i) == 0)
		i++;
	return i;
}

uint32_t
text_nextline(struct str t, uint32_t i)
{
	i = text_lineend(t, i);
	return i + text_break(t, i);
}

uint32_t
text_skipblanks(struct str t, uint32_t i)
{
	while (i < t.n && (t.s[i] == ' ' || t.s[i] == '\t'))
		i++;
	return i;
}

uint32_t
text_token(struct str t, uint32_t i)
{
	uint32_t k;

	for (;;) {
		i = text_skipblanks(t, i);
		if (i < t.n && t.s[i] == '#')
			i = text_lineend(t, i);
		k = text_break(t, i);
		if (k == 0)
			return i;
		i += k;
	}
}

bool
text_blankline(struct str t, uint32_t i)
{
	i = text_skipblanks(t, i);
	return i == t.n || text_break(t, i) > 0;
}

bool
text_commentline(struct str t, uint32_t i)
{
	i = text_skipblanks(t, i);
	return i < t.n && t.s[i] == '#';
}

bool
text_hascomment(struct str t, uint32_t i, uint32_t end)
{
	return i < end && memchr(t.s + i, '#', end - i) != NULL;
}

bool
text_hasbreak(struct str t, uint32_t i, uint32_t end)
{
	return text_lineend(t, i) < end;
}

uint32_t
text_indent(struct str t, uint32_t i)
{
	uint32_t start = i;

	while (i < t.n && t.s[i] == ' ')
		i++;
	return i - start;
}

uint32_t
text_previousline(struct str t, uint32_t linestart)
{
	return text_linestart(t, linestart - 1);
}

uint32_t
text_commentcolumn(struct str t, uint32_t linestart)
{
	return text_skipblanks(t, linestart) - linestart;
}

uint32_t
text_column(struct str t, uint32_t i)
{
	return i - text_linestart(t, i);
}

bool
site_block(const struct site *s)
{
	return s->kind >= SITE_LIST && !s->flow;
}

bool
site_braces(const struct places *p, const struct site *s)
{
	uint32_t at = site_body(p, s);

	return s->flow && at < p->text.n && (p->text.s[at] == '{' || p->text.s[at] == '[');
}

uint32_t
site_anchorend(const struct places *p, const struct site *s)
{
	uint32_t i = s->at;

	if (!s->anchored)
		return i;
	while (i < p->text.n && p->text.s[i] != ' ' && p->text.s[i] != '\t' && text_break(p->text, i) == 0 &&
		!strchr(",[]{}", p->text.s[i]))
		i++;
	return i;
}

uint32_t
site_body(const struct places *p, const struct site *s)
{
	uint32_t i = site_anchorend(p, s);

	if (!s->anchored || (s->kind == SITE_PLAIN && s->text.n == 0))
		return i;
	return text_token(p->text, i);
}

/* The first site that begins at a position or behind it. */
static uint32_t
firstsite(const struct places *p, uint32_t at)
{
	uint32_t low = 0, high = p->nsites, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (p->sites[middle].at < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Where a comment can stand no more in what a scalar begins with: its anchor, and the first line of one in a block. */
static uint32_t
textstart(const struct places *p, const struct site *s)
{
	uint32_t at = site_body(p, s);

	return s->kind == SITE_LITERAL || s->kind == SITE_FOLDED ? text_lineend(p->text, at) : at;
}

struct str
places_comment(const struct places *p, uint32_t *at, uint32_t end)
{
	uint32_t k = firstsite(p, *at), i = *at, stop;
	const struct site *s;

	if (k > 0 && p->sites[k - 1].kind <= SITE_ALIAS && p->sites[k - 1].end > i)
		k--;
	for (; i < end; k++) {
		s = k < p->nsites ? &p->sites[k] : NULL;
		if (s && s->kind > SITE_ALIAS)
			continue;
		stop = s ? textstart(p, s) : end;
		for (stop = stop < end ? stop : end; i < stop; i++) {
			if (p->text.s[i] != '#')
				continue;
			*at = text_lineend(p->text, i);
			return (struct str){p->text.s + i, *at - i};
		}
		i = s && s->end > i ? s->end : i;
	}
	return (struct str){NULL, 0};
}

/* Where the text of a block scalar really ends: before the break of its last line. What is blank behind the last line
 * belongs to it only if it is kept. */
static uint32_t
blockscalarend(const struct places *p, const struct site *s)
{
	struct str t = p->text;
	uint32_t at = site_body(p, s), header = text_lineend(t, at), i, end = header, indent = 0;
	bool keep = false, known = true;

	for (i = at + 1; i < header && strchr("+-123456789", t.s[i]); i++) {
		keep = keep || t.s[i] == '+';
		known = known && (t.s[i] == '+' || t.s[i] == '-');
	}
	for (i = text_nextline(t, at); i < s->end; i = text_nextline(t, i)) {
		if (!text_blankline(t, i)) {
			if (indent == 0)
				indent = text_indent(t, i);
			end = text_lineend(t, i);
		} else if (keep || (indent > 0 && text_indent(t, i) > (known ? indent : 0))) {
			end = text_lineend(t, i);
		}
		if (text_nextline(t, i) == i)
			break;
	}
	return end;
}

/* An absent value ends behind the colon, or with its key if there is none. */
static uint32_t
emptyend(const struct places *p, uint32_t key)
{
	const struct site *k = &p->sites[key];
	uint32_t end = k->kind == SITE_LITERAL || k->kind == SITE_FOLDED ? blockscalarend(p, k) : k->end, i;

	i = text_token(p->text, end);
	return i < p->text.n && p->text.s[i] == ':' ? i + 1 : end;
}

/* Make the ends exact. */
static void
setends(struct places *p)
{
	uint32_t *last = xcalloc(p->nsites, sizeof(*last)), *previous = xcalloc(p->nsites, sizeof(*previous)), i, k;
	bool *value = xcalloc(p->nsites, sizeof(*value));
	struct site *s;

	for (i = 0; i < p->nsites; i++) {
		if (p->sites[i].kind != SITE_MAP)
			continue;
		for (k = i + 1; k < p->sites[i].next; k = p->sites[k + 1].next) {
			value[k + 1] = true;
			previous[k + 1] = k;
		}
	}
	for (i = p->nsites; i-- > 0;) {
		s = &p->sites[i];
		if (s->kind == SITE_LITERAL || s->kind == SITE_FOLDED)
			s->end = blockscalarend(p, s);
		else if (s->kind == SITE_PLAIN && s->text.n == 0 && s->anchored)
			s->end = site_anchorend(p, s);
		else if (s->kind == SITE_PLAIN && s->text.n == 0 && value[i])
			s->at = s->end = emptyend(p, previous[i]);
		else if (last[i] && (site_block(s) || !site_braces(p, s)))
			s->end = p->sites[last[i]].end;
		if (i > 0 && last[s->parent] == 0)
			last[s->parent] = i;
	}
	free(last);
	free(previous);
	free(value);
}

static size_t
slotof(const struct places *p, const struct node *n)
{
	uint64_t h = (uint64_t)((uintptr_t)n >> 3) * 0x9e3779b97f4a7c15;

	return (size_t)(h >> 20) & (p->nslots - 1);
}

static void
enter(struct places *p, struct place *place)
{
	size_t i = slotof(p, place->node);

	while (p->slots[i])
		i = (i + 1) & (p->nslots - 1);
	p->slots[i] = place;
}

/* Make the places of all that is in one; returns how many there are. */
static size_t
addchildren(struct places *p, struct place *place)
{
	const struct node *node = place->node;
	const struct site *s = place->site == NOSITE ? NULL : &p->sites[place->site];
	size_t i = 0, count = 1;
	uint32_t k, end = 0;

	if (node->kind == NODE_SCALAR)
		return 1;
	place->children = arena_array(p->arena, node->n, sizeof(*place->children));
	for (i = 0; i < node->n; i++)
		place->children[i] = (struct place){.node = node_item(node, i), .parent = place, .site = NOSITE};
	i = 0;
	if (s && s->kind == SITE_LIST) {
		for (k = place->site + 1, end = s->next; k < end && i < node->n; k = p->sites[k].next)
			place->children[i++].site = k;
	} else if (s && s->kind == SITE_MAP) {
		for (k = place->site + 1, end = s->next; k < end && i < node->n; k = p->sites[k + 1].next)
			if (!streqs(p->sites[k].text, "<<"))
				place->children[i++].site = k + 1;
		place->own = (uint32_t)i;
	}
	for (i = 0; i < node->n; i++) {
		if (place->children[i].site != NOSITE)
			p->bysite[place->children[i].site] = &place->children[i];
		count += addchildren(p, &place->children[i]);
	}
	return count;
}

static void
enterall(struct places *p, struct place *place)
{
	size_t i;

	enter(p, place);
	for (i = 0; place->children && i < place->node->n; i++)
		enterall(p, &place->children[i]);
}

void
places_init(struct places *p, struct diag *d, struct arena *a, struct tree *t, uint32_t base)
{
	struct outline outline = {0};
	const struct document *doc = t->documents;
	size_t n;

	while (doc && doc->base != base)
		doc = doc->next;
	if (!doc || !document_outline(d, t, base, &outline))
		die("'%s' cannot be edited: it has not been read as YAML", diag_find(d, base)->name);
	*p = (struct places){.arena = a, .text = diag_find(d, base)->text, .base = base};
	p->sites = outline.list;
	p->nsites = outline.n;
	setends(p);
	p->bysite = arena_array(a, p->nsites, sizeof(*p->bysite));
	p->root = arena_alloc(a, sizeof(*p->root));
	p->root->node = &doc->root;
	p->bysite[0] = p->root;
	n = addchildren(p, p->root);
	for (p->nslots = 64; p->nslots < 2 * n;)
		p->nslots *= 2;
	p->slots = arena_array(a, p->nslots, sizeof(struct place *));
	enterall(p, p->root);
}

struct place *
places_find(const struct places *p, const struct node *node)
{
	const struct node *root = p->root->node;
	size_t i;

	for (i = slotof(p, node); p->slots[i]; i = (i + 1) & (p->nslots - 1))
		if (p->slots[i]->node == node)
			return p->slots[i];
	/* the caller may have the root anywhere */
	if (node->p != root->p || node->n != root->n || node->kind != root->kind || node->at != root->at)
		die("a node that is to be edited is not of its document");
	return p->root;
}

struct place *
place_child(const struct place *p, struct str key)
{
	size_t i;

	for (i = 0; p->node->kind == NODE_MAP && i < p->node->n; i++)
		if (streq(node_key(p->node, i), key))
			return &p->children[i];
	return NULL;
}

size_t
place_index(const struct place *p)
{
	return (size_t)(p - p->parent->children);
}
