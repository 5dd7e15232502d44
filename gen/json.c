#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "json.h"
#include "tree.h"
#include "utf8.h"

struct reader {
	struct diag *diag;
	struct tree *tree;
	struct str text;
	uint32_t base;
	size_t i;           /* where to read on */
	struct node *nodes; /* members of what is being read */
	struct str *keys;
	uint32_t *keyat;
	size_t n, cap;
	bool report;
};

static bool readvalue(struct reader *, unsigned, struct node *);

static bool
fail(struct reader *r, const char *msg)
{
	if (r->report)
		diag_error(r->diag, (struct span){r->base + (uint32_t)r->i, 1}, "%s", msg);
	return false;
}

static void
skip(struct reader *r)
{
	while (r->i < r->text.n && strchr(" \t\n\r", r->text.s[r->i]) && r->text.s[r->i])
		r->i++;
}

/* Whether the next character is c, which is then behind. */
static bool
take(struct reader *r, char c)
{
	skip(r);
	if (r->i == r->text.n || r->text.s[r->i] != c)
		return false;
	r->i++;
	return true;
}

/* The four digits behind \u; false if they are not there. */
static bool
readhex(struct reader *r, uint32_t *code)
{
	unsigned k;
	char c;

	*code = 0;
	for (k = 0; k < 4; k++) {
		c = r->i < r->text.n ? r->text.s[r->i] : '\0';
		if (c >= '0' && c <= '9')
			*code = *code << 4 | (uint32_t)(c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			*code = *code << 4 | (uint32_t)((c | 0x20) - 'a' + 10);
		else
			return fail(r, "expected four hexadecimal digits");
		r->i++;
	}
	return true;
}

/* An escape behind its backslash. Two of them make a character above U+FFFF: RFC 8259, section 7. */
static bool
readescape(struct reader *r, struct buf *b)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	char c = r->i < r->text.n ? r->text.s[r->i] : '\0', utf8[4];
	const char *p = c ? strchr(from, c) : NULL;
	uint32_t code, low;
	size_t back;

	if (p) {
		r->i++;
		buf_addch(b, to[p - from]);
		return true;
	}
	if (c != 'u')
		return fail(r, "unknown escape");
	r->i++;
	if (!readhex(r, &code))
		return false;
	back = r->i;
	if (code >= 0xd800 && code <= 0xdbff && r->text.n - r->i >= 2 && memcmp(r->text.s + r->i, "\\u", 2) == 0) {
		r->i += 2;
		if (!readhex(r, &low))
			return false;
		if (low >= 0xdc00 && low <= 0xdfff)
			code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
		else
			r->i = back;
	}
	if (code >= 0xd800 && code <= 0xdfff)
		code = 0xfffd;
	buf_add(b, utf8, utf8_encode(code, utf8));
	return true;
}

/* A string behind its first quote; a copy in the arena. */
static bool
readstring(struct reader *r, struct str *s)
{
	struct buf b = {0};
	bool ok = true;
	char c;

	for (;;) {
		c = r->i < r->text.n ? r->text.s[r->i] : '\0';
		if (c == '"')
			break;
		if ((unsigned char)c < 0x20) {
			ok = fail(r,
				r->i == r->text.n ? "a string is not closed" : "a control character must be escaped");
			break;
		}
		r->i++;
		if (c != '\\')
			buf_addch(&b, c);
		else if (!readescape(r, &b)) {
			ok = false;
			break;
		}
	}
	r->i += ok;
	if (ok)
		*s = (struct str){arena_copy(r->tree->arena, b.s, b.n), b.n};
	buf_free(&b);
	if (ok && s->n > NODE_MAX)
		return fail(r, "a string cannot be longer than 512 MiB");
	return ok;
}

static size_t
digits(const struct reader *r, size_t i)
{
	while (i < r->text.n && r->text.s[i] >= '0' && r->text.s[i] <= '9')
		i++;
	return i;
}

/* Where the number that begins here ends, or here if there is none: RFC 8259, section 6. */
static size_t
numberend(const struct reader *r)
{
	const char *s = r->text.s;
	size_t n = r->text.n, i = r->i, start;

	i += i < n && s[i] == '-';
	start = i;
	i = digits(r, i);
	if (i == start || (s[start] == '0' && i > start + 1))
		return r->i;
	if (i + 1 < n && s[i] == '.' && digits(r, i + 1) > i + 1)
		i = digits(r, i + 1);
	if (i + 1 < n && (s[i] | 0x20) == 'e') {
		start = i + 1 + (s[i + 1] == '-' || s[i + 1] == '+');
		if (digits(r, start) > start)
			i = digits(r, start);
	}
	return i;
}

static void
push(struct reader *r, struct node node, struct str key, uint32_t keyat)
{
	size_t cap = r->cap;

	r->nodes = xgrow(r->nodes, r->n, &cap, sizeof(*r->nodes));
	if (cap != r->cap) {
		r->keys = xrealloc(r->keys, cap, sizeof(*r->keys));
		r->keyat = xrealloc(r->keyat, cap, sizeof(*r->keyat));
	}
	r->cap = cap;
	r->nodes[r->n] = node;
	r->keys[r->n] = key;
	r->keyat[r->n++] = keyat;
}

static bool
readarray(struct reader *r, unsigned depth, struct node *node)
{
	size_t start = r->n, n;
	struct node item, *items;

	if (!take(r, ']')) {
		do {
			if (!readvalue(r, depth + 1, &item))
				return false;
			push(r, item, (struct str){NULL, 0}, 0);
		} while (take(r, ','));
		if (!take(r, ']'))
			return fail(r, "expected ',' or ']'");
	}
	n = r->n - start;
	items = arena_array(r->tree->arena, n, sizeof(*items));
	if (n > 0)
		memcpy(items, r->nodes + start, n * sizeof(*items));
	r->n = start;
	*node = (struct node){.p = items, .n = n & NODE_MAX, .kind = NODE_LIST, .at = node->at};
	return true;
}

/* Members of an object from start on, the last of each name, as a map. */
static struct node
makemap(struct reader *r, size_t start, uint32_t at)
{
	struct shape *shape = &r->tree->root;
	struct node map;
	size_t i, k, end = start;

	for (i = start; i < r->n; i++)
		shape = tree_extend(r->tree, shape, r->keys[i]);
	map = tree_map(r->tree, shape, r->nodes + start, r->keyat + start, at);
	if (!shape->repeated)
		return map;
	for (i = start; i < r->n; i++) {
		for (k = start; k < end && !streq(r->keys[k], r->keys[i]); k++)
			;
		r->nodes[k] = r->nodes[i];
		r->keys[k] = r->keys[i];
		end += k == end;
	}
	for (shape = &r->tree->root, i = start; i < end; i++)
		shape = tree_extend(r->tree, shape, r->keys[i]);
	return tree_map(r->tree, shape, r->nodes + start, r->keyat + start, at);
}

static bool
readobject(struct reader *r, unsigned depth, struct node *node)
{
	size_t start = r->n;
	struct node item;
	struct str key;
	uint32_t keyat;

	if (!take(r, '}')) {
		do {
			skip(r);
			keyat = r->base + (uint32_t)r->i;
			if (!take(r, '"'))
				return fail(r, "expected a name in quotes");
			if (!readstring(r, &key))
				return false;
			if (!take(r, ':'))
				return fail(r, "expected ':'");
			if (!readvalue(r, depth + 1, &item))
				return false;
			push(r, item, key, keyat);
		} while (take(r, ','));
		if (!take(r, '}'))
			return fail(r, "expected ',' or '}'");
	}
	*node = makemap(r, start, node->at);
	r->n = start;
	return true;
}

static bool
readvalue(struct reader *r, unsigned depth, struct node *node)
{
	static const char *const literals[] = {"true", "false", "null"};
	struct str s, rest;
	size_t i, end;

	skip(r);
	*node = (struct node){.at = r->base + (uint32_t)r->i};
	if (depth > JSON_DEPTH)
		return fail(r, "nested too deep: the limit is 100");
	if (take(r, '{'))
		return readobject(r, depth, node);
	if (take(r, '['))
		return readarray(r, depth, node);
	if (take(r, '"')) {
		if (!readstring(r, &s))
			return false;
		*node = (struct node){.p = s.s, .n = s.n & NODE_MAX, .kind = NODE_SCALAR, .at = node->at};
		return true;
	}
	rest = (struct str){r->text.s + r->i, r->text.n - r->i};
	end = numberend(r);
	for (i = 0; i < LEN(literals) && end == r->i; i++)
		if (strstarts(rest, literals[i]))
			end += strlen(literals[i]);
	if (end == r->i)
		return fail(r, "expected a value");
	*node = (struct node){
		.p = rest.s, .n = (end - r->i) & NODE_MAX, .kind = NODE_SCALAR, .plain = true, .at = node->at};
	r->i = end;
	return true;
}

bool
json_likely(struct str s)
{
	while (s.n > 0 && strchr(" \t\r\n", s.s[0]) && s.s[0]) {
		s.s++;
		s.n--;
	}
	return s.n > 0 && (s.s[0] == '{' || s.s[0] == '[');
}

bool
json_load(struct diag *d, struct tree *t, uint32_t base, bool report, struct node *node)
{
	struct reader r = {.diag = d, .tree = t, .text = diag_find(d, base)->text, .base = base, .report = report};
	bool ok;

	r.i = utf8_check(r.text.s, r.text.n);
	if (r.i < r.text.n)
		return fail(&r, "a byte is not UTF-8");
	r.i = 0;
	ok = readvalue(&r, 0, node);
	skip(&r);
	if (ok && r.i < r.text.n)
		ok = fail(&r, "expected the end of the text");
	free(r.nodes);
	free(r.keys);
	free(r.keyat);
	return ok;
}
