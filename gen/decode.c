#include <string.h>
#include "util.h"
#include "arena.h"
#include "decode.h"
#include "diag.h"
#include "tree.h"
#include "word.h"

/* In a plan: no key of the table, or one that stood before. */
enum { UNKNOWN = UINT16_MAX, REPEATED = UINT16_MAX - 1 };

void
decode_unknown(struct diag *d, struct span at, const char *what, struct str s, const struct str *words, size_t n)
{
	const struct str *found = nearest(s, words, n);

	if (found)
		diag_error(
			d, at, "unknown %s '%.*s'; did you mean '%.*s'?", what, (int)s.n, s.s, (int)found->n, found->s);
	else
		diag_error(d, at, "unknown %s '%.*s'", what, (int)s.n, s.s);
}

/* Which key of the table each key of the shape is; behind them, whether a required one is missing. */
static const uint16_t *
makeplan(struct decoder *d, struct shape *shape, const struct key *keys, size_t n)
{
	uint16_t *plan = arena_array(d->arena, shape->n + 1, sizeof(*plan));
	size_t i, j, k;

	for (i = 0; i < shape->n; i++) {
		for (j = 0; j < n && !streqs(shape->keys[i], keys[j].name); j++)
			;
		plan[i] = j < n ? (uint16_t)j : UNKNOWN;
		for (k = 0; k < i && j < n; k++)
			if (plan[k] == j)
				plan[i] = REPEATED;
	}
	for (j = 0; j < n; j++) {
		for (i = 0; i < shape->n && plan[i] != j; i++)
			;
		if (i == shape->n && keys[j].required)
			plan[shape->n] = 1;
	}
	shape->table = keys;
	shape->plan = plan;
	return plan;
}

static void
unknownkey(struct decoder *d, const struct node *map, size_t i, const struct key *keys, size_t n)
{
	struct str *names = arena_array(d->arena, n, sizeof(*names));
	size_t j;

	for (j = 0; j < n; j++)
		names[j] = str(keys[j].name);
	decode_unknown(d->diag, node_keyspan(map, i), "key", node_key(map, i), names, n);
}

static void
missingkeys(struct decoder *d, const struct node *map, const struct key *keys, size_t n)
{
	size_t j;

	for (j = 0; j < n; j++)
		if (keys[j].required && !node_get(map, keys[j].name))
			diag_error(d->diag, node_span(map), "missing key '%s'", keys[j].name);
}

bool
decode(struct decoder *d, const struct node *map, const struct key *keys, size_t n, void *object)
{
	struct shape *shape;
	const uint16_t *plan;
	size_t i;

	if (map->kind != NODE_MAP) {
		decode_expected(d, map, "a map");
		return false;
	}
	shape = ((const struct members *)map->p)->shape;
	plan = shape->table == keys ? shape->plan : makeplan(d, shape, keys, n);
	for (i = 0; i < map->n; i++) {
		if (plan[i] == UNKNOWN) {
			unknownkey(d, map, i, keys, n);
			continue;
		}
		if (plan[i] == REPEATED)
			continue;
		d->key = &keys[plan[i]];
		d->key->read(d, node_item(map, i), (char *)object + d->key->offset);
	}
	if (plan[map->n])
		missingkeys(d, map, keys, n);
	return true;
}

void
decode_expected(struct decoder *d, const struct node *n, const char *what)
{
	const char *got = n->kind == NODE_MAP ? "a map" : n->kind == NODE_LIST ? "a list" : NULL;
	struct str s = n->kind == NODE_SCALAR ? node_str(n) : (struct str){"", 0};

	if (got)
		diag_error(d->diag, node_span(n), "expected %s, not %s", what, got);
	else if (s.n == 0)
		diag_error(d->diag, node_span(n), "expected %s, not nothing", what);
	else
		diag_error(d->diag, node_span(n), "expected %s, not '%.*s'", what, s.n > 60 ? 60 : (int)s.n, s.s);
}

void
decode_text(struct decoder *d, const struct node *n, void *target)
{
	if (n->kind == NODE_SCALAR && n->n > 0)
		*(const struct node **)target = n;
	else
		decode_expected(d, n, "text");
}

void
decode_words(struct decoder *d, const struct node *n, void *target)
{
	if (n->kind == NODE_SCALAR && word_valid(node_str(n)))
		*(const struct node **)target = n;
	else
		decode_expected(d, n, "lower-case words joined by '_'");
}

bool
decode_only(struct decoder *d, const struct node *n, const char *others, const char *what)
{
	const char *s = n->p;
	size_t i;

	for (i = 0; n->kind == NODE_SCALAR && i < n->n; i++)
		if (!((unsigned char)(s[i] - '0') < 10 || (unsigned char)((s[i] | 0x20) - 'a') < 26 ||
			    (s[i] && strchr(others, s[i]))))
			break;
	if (n->kind == NODE_SCALAR && i == n->n && n->n > 0)
		return true;
	decode_expected(d, n, what);
	return false;
}

void
decode_plain(struct decoder *d, const struct node *n, void *target)
{
	if (decode_only(d, n, ".-_", "letters, digits, '.', '-' and '_'"))
		*(const struct node **)target = n;
}

/* Pages have it as a link, which must run nothing. */
void
decode_url(struct decoder *d, const struct node *n, void *target)
{
	static const char what[] = "a URL that begins with https://, http:// or ftp://";
	struct str s = {NULL, 0};

	if (!decode_only(d, n, "-._~:/?#[]@!$&()*+,;=%", what))
		return;
	s = node_str(n);
	if (strstarts(s, "https://") || strstarts(s, "http://") || strstarts(s, "ftp://"))
		*(const struct node **)target = n;
	else
		decode_expected(d, n, what);
}

void
decode_list(struct decoder *d, const struct node *n, void *target)
{
	if (n->kind == NODE_LIST)
		*(const struct node **)target = n;
	else
		decode_expected(d, n, "a list");
}

void
decode_map(struct decoder *d, const struct node *n, void *target)
{
	if (n->kind == NODE_MAP)
		*(const struct node **)target = n;
	else
		decode_expected(d, n, "a map");
}

void
decode_bool(struct decoder *d, const struct node *n, void *target)
{
	if (n->kind == NODE_SCALAR && (streqs(node_str(n), "true") || streqs(node_str(n), "false")))
		*(unsigned char *)target = n->n == 4;
	else
		decode_expected(d, n, "true or false");
}

int
decode_index(struct decoder *d, const struct node *n, const struct choices *c)
{
	size_t i;

	if (n->kind != NODE_SCALAR || n->n == 0) {
		decode_expected(d, n, "a word");
		return -1;
	}
	for (i = 0; i < c->n; i++)
		if (streq(c->words[i], node_str(n)))
			return (int)i;
	decode_unknown(d->diag, node_span(n), c->what, node_str(n), c->words, c->n);
	return -1;
}

void
decode_choice(struct decoder *d, const struct node *n, void *target)
{
	int i = decode_index(d, n, d->key->more);

	if (i >= 0)
		*(unsigned char *)target = (unsigned char)i;
}

static int
digits(const char *s, size_t n)
{
	int v = 0;

	for (; n > 0; s++, n--) {
		if (*s < '0' || *s > '9')
			return -1;
		v = v * 10 + (*s - '0');
	}
	return v;
}

bool
date_valid(struct str s)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int y, m, d;
	bool leap;

	if ((s.n != 10 && s.n != 7) || s.s[4] != '-' || (s.n == 10 && s.s[7] != '-'))
		return false;
	y = digits(s.s, 4);
	m = digits(s.s + 5, 2);
	d = s.n == 10 ? digits(s.s + 8, 2) : 1;
	if (y < 0 || m < 1 || m > 12 || d < 1)
		return false;
	leap = m == 2 && y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
	return d <= days[m - 1] + leap;
}

void
decode_date(struct decoder *d, const struct node *n, void *target)
{
	if (n->kind == NODE_SCALAR && date_valid(node_str(n)))
		*(const struct node **)target = n;
	else
		decode_expected(d, n, "a date such as 2025-09-15");
}
