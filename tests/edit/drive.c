/* drive - edits as they are told. Standard input is any number of cases: a line with two sizes, a document, and a list
 * of edits in JSON, each [verb, path, ...]. For each, standard output gets a line with three numbers: the size of the
 * edited text, how many edits there were, and the size of what the program itself reads in it, as JSON; then both. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../../gen/util.h"
#include "../../gen/arena.h"
#include "../../gen/buf.h"
#include "../../gen/diag.h"
#include "../../gen/document.h"
#include "../../gen/edit.h"
#include "../../gen/json.h"
#include "../../gen/tree.h"

static void
dumpstring(struct buf *b, struct str s)
{
	size_t i;

	buf_addch(b, '"');
	for (i = 0; i < s.n; i++) {
		if ((unsigned char)s.s[i] < 0x20 || s.s[i] == '"' || s.s[i] == '\\')
			buf_printf(b, "\\u%04x", (unsigned char)s.s[i]);
		else
			buf_addch(b, s.s[i]);
	}
	buf_addch(b, '"');
}

static void
dump(struct buf *b, const struct node *n)
{
	size_t i;

	if (n->kind == NODE_SCALAR) {
		dumpstring(b, node_str(n));
		return;
	}
	buf_addch(b, n->kind == NODE_LIST ? '[' : '{');
	for (i = 0; i < n->n; i++) {
		if (i > 0)
			buf_addch(b, ',');
		if (n->kind == NODE_MAP) {
			dumpstring(b, node_key(n, i));
			buf_addch(b, ':');
		}
		dump(b, node_item(n, i));
	}
	buf_addch(b, n->kind == NODE_LIST ? ']' : '}');
}

static size_t
number(const struct node *n)
{
	char digits[32] = "";

	memcpy(digits, n->p, n->n < sizeof(digits) ? n->n : sizeof(digits) - 1);
	return strtoul(digits, NULL, 10);
}

static const struct node *
find(const struct node *root, const struct node *path)
{
	size_t i;

	for (i = 0; i < path->n; i++) {
		const struct node *step = node_item(path, i);
		char *key = strndup(step->p, step->n);

		root = root->kind == NODE_MAP ? node_get(root, key) : node_item(root, strtoul(key, NULL, 10));
		free(key);
		if (!root)
			die("the path of an edit leads nowhere");
	}
	return root;
}

static void
edit(struct edits *e, const struct node *root, const struct node *cmd)
{
	struct str verb = node_str(node_item(cmd, 0)), order[64];
	const struct node *at = find(root, node_item(cmd, 1)), *two = node_item(cmd, 2), *list;
	size_t i, n = 0;

	if (streqs(verb, "scalar")) {
		edit_scalar(e, at, node_str(two));
	} else if (streqs(verb, "replace")) {
		edit_replace(e, at, two);
	} else if (streqs(verb, "set")) {
		list = node_item(cmd, 4);
		for (i = 0; i < list->n && n < LEN(order); i++)
			order[n++] = node_str(node_item(list, i));
		edit_set(e, at, node_str(two), node_item(cmd, 3), order, n);
	} else if (streqs(verb, "unset")) {
		edit_unset(e, at, node_str(two));
	} else if (streqs(verb, "insert")) {
		edit_insert(e, at, number(two), node_item(cmd, 3));
	} else if (streqs(verb, "remove")) {
		edit_remove(e, at, number(two));
	} else {
		die("unknown edit");
	}
}

static void
run(char *text, size_t n, char *cmds, size_t m)
{
	struct arena a = {0};
	struct diag d = {0};
	struct tree t;
	struct node root, list, result;
	struct edits *e;
	struct buf b = {0}, j = {0};
	uint32_t base;
	size_t i;

	tree_init(&t, &a);
	base = diag_source(&d, "document", (struct str){text, n});
	if (!document_load(&d, &t, base, &root) ||
		!json_load(&d, &t, diag_source(&d, "edits", (struct str){cmds, m}), true, &list))
		die("a case cannot be read");
	e = edit_new(&d, &a, &t, base);
	for (i = 0; i < list.n; i++)
		edit(e, &root, node_item(&list, i));
	edit_apply(e, &b);
	base = diag_source(&d, "edited", buf_str(&b));
	if (document_load(&d, &t, base, &result))
		dump(&j, &result);
	printf("%zu %zu %zu\n", b.n, edit_count(e), j.n);
	if (b.n > 0)
		fwrite(b.s, 1, b.n, stdout);
	if (j.n > 0)
		fwrite(j.s, 1, j.n, stdout);
	buf_free(&b);
	buf_free(&j);
	tree_free(&t);
	diag_free(&d);
	arena_free(&a);
}

int
main(void)
{
	size_t n, m;

	while (scanf("%zu %zu", &n, &m) == 2 && getchar() == '\n') {
		char *text = xmalloc(n + 1, 1), *cmds = xmalloc(m + 1, 1);

		if (fread(text, 1, n, stdin) != n || fread(cmds, 1, m, stdin) != m)
			die("a case is cut off");
		text[n] = cmds[m] = '\0';
		run(text, n, cmds, m);
		fflush(stdout);
		free(text);
		free(cmds);
	}
	return 0;
}
