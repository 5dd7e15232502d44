#include "unit.h"
#include "../../gen/arena.h"
#include "../../gen/buf.h"
#include "../../gen/check.h"
#include "../../gen/diag.h"
#include "../../gen/document.h"
#include "../../gen/number.h"
#include "../../gen/project.h"
#include "../../gen/registry.h"
#include "../../gen/tree.h"
#include "../../gen/value.h"
#include "../../gen/word.h"
#include "../../gen/lang.h"
#include "../../gen/peers.h"
#include "../../gen/view.h"

static struct arena arena;
static struct diag diag;
static struct tree tree;
static struct view *view;
static struct buf shown;

static int
setup(void **state)
{
	(void)state;
	tree_init(&tree, &arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	view_free(view);
	tree_free(&tree);
	diag_free(&diag);
	diag = (struct diag){0};
	arena_free(&arena);
	return 0;
}

/* The member of a map. */
static struct value
member(struct value map, const char *name)
{
	uint32_t i;

	assert_int_equal(map.kind, VALUE_MAP);
	for (i = 0; i < map.shape->n; i++)
		if (streqs(map.shape->keys[i], name))
			return value_get(&map, i, &arena);
	fail_msg("there is no '%s'", name);
	return map;
}

/* Number i of a list; each and every one before is made. */
static struct value
nth(struct value list, size_t i)
{
	struct cursor c = {0};
	struct value v = {0};

	assert_int_equal(list.kind, VALUE_LIST);
	assert_true(i < list.n);
	for (i++; i > 0; i--)
		v = list.class->next(&list, &c, &arena);
	return v;
}

/* What the only field of a registry of numbers has, of which fields and entries are given as YAML. */
static struct value
field(const char *fields, const char *entries)
{
	static const struct peers none;
	const struct node *documents[1];
	struct project *p = arena_alloc(&arena, sizeof(*p));
	struct node *root = arena_alloc(&arena, sizeof(*root));
	const char *yaml = arena_printf(&arena, "format: 1\npackage: {name: p}\nregistries:\n"
						"  - {id: r, type: u8, fields: [%s], entries: [%s]}\n",
		fields, entries);
	size_t room = 0;
	struct lang *l;

	documents[0] = root;
	assert_true(document_load(&diag, &tree, diag_source(&diag, "registry.yaml", str(yaml)), root));
	project_read(&diag, &arena, documents, 1, p);
	check_project(&diag, &arena, p);
	l = lang_load(&diag, &tree, "tests/golden/templates", S("dump"), false);
	assert_non_null(l);
	view = view_new(&diag, &arena, p, l, NULL, &none, &room);
	assert_int_equal(diag.nerrors, 0);
	return nth(member(member(view_value(view, &p->registries[0]), "registry"), "fields"), 0);
}

/* A list as its members between brackets. */
static void
showlist(struct value members, const char *name)
{
	struct cursor c = {0};
	struct value v;
	size_t i;

	buf_addch(&shown, '[');
	for (i = 0; i < members.n; i++) {
		v = members.class->next(&members, &c, &arena);
		v = member(v, name);
		buf_printf(&shown, "%s%.*s", i > 0 ? " " : "", (int)v.n, (const char *)v.p);
	}
	buf_addch(&shown, ']');
}

static struct str
list(struct value v)
{
	shown.n = 0;
	showlist(member(v, "members"), "value");
	return buf_str(&shown);
}

/* All the lists that a field has. */
static struct str
each(struct value f)
{
	struct value all = member(member(f, "lists"), "each");
	size_t i;

	shown.n = 0;
	for (i = 0; i < all.n; i++)
		showlist(member(nth(all, i), "members"), "value");
	return buf_str(&shown);
}

/* The numbers of one of their tables. */
static struct str
table(struct value f, const char *name)
{
	struct value t = member(member(f, "lists"), name), lines = member(t, "lines"), line;
	size_t i;

	shown.n = 0;
	for (i = 0; i < lines.n; i++) {
		line = nth(lines, i);
		buf_printf(&shown, "%s%.*s", i > 0 ? " " : "", (int)line.n, (const char *)line.p);
	}
	return buf_str(&shown);
}

static struct str
text(struct value v)
{
	assert_int_equal(v.kind, VALUE_STRING);
	return (struct str){v.p, v.n};
}

/* Rows share the lists that are alike, and what says nothing has the default. */
static void
shared(void **state)
{
	struct value f = field("{id: f, type: list, of: string, default: [x]}",
		"{value: 1, f: [a, b]}, {value: 2}, {value: 3, f: [a, b]}, {value: 4, f: []}, {value: 5, f: [x]}, {value: 6, f: [b, a]}");

	(void)state;
	assert_str(each(f), "[x][a b][][b a]");
	assert_str(table(f, "numbers"), "0, 1, 0, 1, 2, 0, 3,");
	assert_str(table(f, "starts"), "0, 1, 3, 3, 5,");
	assert_str(text(member(member(f, "lists"), "count")), "5");
	assert_str(text(member(member(f, "list"), "count")), "1");
	assert_str(list(member(f, "list")), "[x]");
}

/* Without a default the list is empty, and so is one without members. */
static void
empty(void **state)
{
	struct value f = field("{id: f, type: list, of: u8}", "{value: 1, f: []}, {value: 2}, {value: 3, f: [0x1F, 7]}");
	struct value members = member(member(f, "lists"), "members");

	(void)state;
	assert_str(each(f), "[][0x1F 7]");
	assert_str(table(f, "numbers"), "0, 0, 0, 1,");
	assert_str(table(f, "starts"), "0, 0, 2,");
	assert_int_equal(members.n, 2);
	assert_str(text(member(nth(members, 0), "literal")), "0x1F");
	assert_int_equal(member(member(f, "lists"), "texts").kind, VALUE_FALSE);
	assert_int_equal(member(member(f, "list"), "members").n, 0);
	assert_int_equal(member(member(f, "list"), "integer").kind, VALUE_TRUE);
	assert_int_equal(member(member(f, "list"), "string").kind, VALUE_FALSE);
}

static void
none(void **state)
{
	struct value f = field("{id: f, type: list, of: string}", "");

	(void)state;
	assert_str(each(f), "[]");
	assert_str(table(f, "numbers"), "0,");
	assert_str(table(f, "starts"), "0, 0,");
	assert_str(text(member(member(f, "lists"), "count")), "0");
}

/* Only a field that is a list has any, and it is nothing else. */
static void
scalar(void **state)
{
	struct value f = field("{id: f, type: string}", "{value: 1, f: a}");

	(void)state;
	assert_int_equal(member(f, "list").kind, VALUE_FALSE);
	assert_int_equal(member(f, "lists").kind, VALUE_FALSE);
	assert_int_equal(member(f, "string").kind, VALUE_TRUE);
}

static void
forms(void **state)
{
	struct value f = field("{id: f, type: list, of: enum, values: [one, two]}", "{value: 1, f: [two, two, one]}");
	struct value l = member(f, "list"), members = member(member(f, "lists"), "members");

	(void)state;
	assert_int_equal(member(f, "string").kind, VALUE_FALSE);
	assert_int_equal(member(f, "enum").kind, VALUE_FALSE);
	assert_str(text(member(member(l, "enum"), "count")), "2");
	assert_str(text(member(nth(member(member(l, "enum"), "choices"), 1), "text")), "two");
	assert_str(text(member(member(nth(members, 0), "choice"), "variant")), "Two");
	assert_str(text(member(member(nth(members, 2), "choice"), "number")), "1");
	assert_str(table(f, "choice_numbers"), "0, 2, 2, 1,");
	assert_int_equal(member(f, "default_choice").kind, VALUE_FALSE);
	assert_int_equal(member(f, "choice_numbers").kind, VALUE_FALSE);
	assert_int_equal(member(l, "string").kind, VALUE_TRUE);
	assert_int_equal(member(l, "reference").kind, VALUE_FALSE);
	assert_int_equal(member(l, "date").kind, VALUE_FALSE);
	assert_str(text(member(l, "type")), "enum");
	assert_str(text(member(l, "type_name")), "text");
	assert_str(text(member(l, "counter")), "fCount");
	assert_str(each(f), "[][two two one]");
}

/* A member of a list of references is an entry. */
static void
referenced(void **state)
{
	struct value f = field("{id: f, type: list, of: reference, registry: r}", "{value: 9, name: nine}, {value: 1, f: [9, 9]}");
	struct value members = member(member(f, "lists"), "members");

	(void)state;
	assert_int_equal(members.n, 2);
	assert_str(text(member(member(nth(members, 1), "referenced"), "name")), "nine");
	assert_int_equal(member(nth(members, 0), "literal").kind, VALUE_FALSE);
	assert_int_equal(member(nth(members, 0), "choice").kind, VALUE_FALSE);
	assert_int_equal(member(member(f, "list"), "enum").kind, VALUE_FALSE);
	assert_int_equal(member(member(f, "lists"), "choice_numbers").kind, VALUE_FALSE);
}

/* The order counts, and where a member ends: lists of the same bytes are others. Of many, each is found again. */
static void
others(void **state)
{
	struct buf b = {0};
	struct value f;
	uint32_t i;

	(void)state;
	for (i = 0; i < 120; i++)
		buf_printf(&b, "%s{value: %u, f: [%s%u, %s%u]}", i > 0 ? ", " : "", i, i % 60 % 2 ? "a" : "aa", i % 60 / 2,
			i % 60 % 2 ? "ab" : "b", i % 60 / 2);
	buf_addch(&b, '\0');
	f = field("{id: f, type: list, of: string}", b.s);
	assert_int_equal(member(member(f, "lists"), "each").n, 61);
	assert_str(list(nth(member(member(f, "lists"), "each"), 1)), "[aa0 b0]");
	assert_str(list(nth(member(member(f, "lists"), "each"), 2)), "[a0 ab0]");
	assert_str(list(nth(member(member(f, "lists"), "each"), 60)), "[a29 ab29]");
	buf_free(&b);
}

/* Ten thousand members: they are all there, in their order, and the table of their places ends with their number. */
static void
many(void **state)
{
	struct buf b = {0};
	struct value f, members;
	uint32_t i;

	(void)state;
	buf_adds(&b, "{value: 1, f: [");
	for (i = 0; i < 10000; i++)
		buf_printf(&b, "%s%u", i > 0 ? ", " : "", i * 7919 % 65536);
	buf_adds(&b, "]}, {value: 2, f: [65535]}");
	buf_addch(&b, '\0');
	f = field("{id: f, type: list, of: u16}", b.s);
	members = member(member(f, "lists"), "members");
	assert_int_equal(members.n, 10001);
	assert_str(text(member(nth(members, 9999), "value")), "14593");
	assert_str(text(member(nth(members, 10000), "value")), "65535");
	assert_str(table(f, "starts"), "0, 0, 10000, 10001,");
	assert_str(text(member(member(member(f, "lists"), "starts"), "type_name")), "short");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(shared, setup, teardown),
		cmocka_unit_test_setup_teardown(empty, setup, teardown),
		cmocka_unit_test_setup_teardown(none, setup, teardown),
		cmocka_unit_test_setup_teardown(scalar, setup, teardown),
		cmocka_unit_test_setup_teardown(forms, setup, teardown),
		cmocka_unit_test_setup_teardown(referenced, setup, teardown),
		cmocka_unit_test_setup_teardown(others, setup, teardown),
		cmocka_unit_test_setup_teardown(many, setup, teardown),
	};
	int failed = cmocka_run_group_tests_name("listview", tests, NULL, NULL);

	buf_free(&shown);
	return failed;
}
