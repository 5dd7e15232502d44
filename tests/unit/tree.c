#include "unit.h"
#include "../../gen/arena.h"
#include "../../gen/diag.h"
#include "../../gen/tree.h"

static struct arena a;
static struct tree t;

static int
start(void **state)
{
	(void)state;
	tree_init(&t, &a);
	return 0;
}

static int
finish(void **state)
{
	(void)state;
	tree_free(&t);
	arena_free(&a);
	return 0;
}

static struct shape *
extend(struct shape *s, const char *keys)
{
	const char *end;

	for (; *keys; keys = end + (*end == ' ')) {
		end = strchr(keys, ' ');
		end = end ? end : keys + strlen(keys);
		s = tree_extend(&t, s, (struct str){keys, (size_t)(end - keys)});
	}
	return s;
}

/* A map of so many nodes, which are scalars with their index as position. */
static struct node
map(struct shape *s)
{
	struct node *nodes = arena_array(&a, s->n, sizeof(*nodes));
	uint32_t *keyat = arena_array(&a, s->n, sizeof(*keyat)), i;

	for (i = 0; i < s->n; i++) {
		nodes[i] = (struct node){.p = "x", .n = 1, .kind = NODE_SCALAR, .at = i};
		keyat[i] = 1000 + i;
	}
	return tree_map(&t, s, nodes, keyat, 42);
}

static void
shared(void **state)
{
	char key[] = "b";
	struct shape *ab = extend(&t.root, "a b"), *ba = extend(&t.root, "b a"), *again;

	(void)state;
	assert_ptr_equal(extend(&t.root, "a b"), ab);
	assert_ptr_not_equal(ab, ba);
	assert_ptr_equal(ab->parent, extend(&t.root, "a"));
	assert_int_equal(ab->n, 2);
	/* a shape keeps a copy of its key */
	again = tree_extend(&t, extend(&t.root, "a"), (struct str){key, 1});
	key[0] = 'z';
	assert_ptr_equal(again, ab);
	assert_str(again->key, "b");
	/* keys may be empty, and one the start of another */
	assert_ptr_not_equal(tree_extend(&t, &t.root, S("")), tree_extend(&t, &t.root, S("a")));
	assert_ptr_not_equal(tree_extend(&t, &t.root, S("aa")), tree_extend(&t, &t.root, S("a")));
}

static void
maps(void **state)
{
	struct node m = map(extend(&t.root, "one two three"));

	(void)state;
	assert_int_equal(m.kind, NODE_MAP);
	assert_int_equal(m.n, 3);
	assert_int_equal(m.at, 42);
	assert_str(node_key(&m, 2), "three");
	assert_int_equal(node_keyspan(&m, 2).at, 1002);
	assert_int_equal(node_keyspan(&m, 2).n, 5);
	assert_int_equal(node_item(&m, 1)->at, 1);
	assert_ptr_equal(node_get(&m, "two"), node_item(&m, 1));
	assert_null(node_get(&m, "four"));
	assert_null(node_get(node_item(&m, 0), "one"));
	m = map(&t.root);
	assert_int_equal(m.n, 0);
}

/* More shapes than the table first had room for are all found again. */
static void
many(void **state)
{
	struct shape *shapes[2000];
	char key[16];
	int i;

	(void)state;
	for (i = 0; i < 2000; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		shapes[i] = extend(i % 3 ? &t.root : extend(&t.root, "a b c"), key);
	}
	for (i = 0; i < 2000; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		assert_ptr_equal(extend(i % 3 ? &t.root : extend(&t.root, "a b c"), key), shapes[i]);
		assert_true(streqs(shapes[i]->key, key));
	}
}

/* The first key that stands a second time. */
static void
repeated(void **state)
{
	static const struct {
		const char *keys;
		uint32_t repeated;
	} table[] = {
		{"a", 0},
		{"a b", 0},
		{"a a", 2},
		{"a b a", 3},
		{"b a a b", 3},
		{"a b b a", 3},
		{"a b c c b a", 4},
		{"a aa aaa", 0},
		{"a a a", 2},
	};
	struct shape *s;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(table); i++) {
		s = extend(&t.root, table[i].keys);
		map(s);
		assert_int_equal(s->repeated, table[i].repeated);
	}
}

static void
repeated_among_many(void **state)
{
	struct shape *s = &t.root;
	char key[16];
	int i;

	(void)state;
	for (i = 0; i < 5000; i++) {
		snprintf(key, sizeof(key), "key%d", i * 7919 % 5000);
		s = extend(s, key);
	}
	map(s);
	assert_int_equal(s->repeated, 0);
	s = extend(extend(s, "last"), "key1234");
	s = extend(s, "key17");
	map(s);
	assert_int_equal(s->repeated, 5002);
}

static void
merges(void **state)
{
	(void)state;
	assert_false(extend(&t.root, "a <")->merge);
	assert_true(extend(&t.root, "a <<")->merge);
	assert_true(extend(&t.root, "a << b")->merge);
	assert_false(extend(&t.root, "a <<<")->merge);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(shared, start, finish),
		cmocka_unit_test_setup_teardown(maps, start, finish),
		cmocka_unit_test_setup_teardown(many, start, finish),
		cmocka_unit_test_setup_teardown(repeated, start, finish),
		cmocka_unit_test_setup_teardown(repeated_among_many, start, finish),
		cmocka_unit_test_setup_teardown(merges, start, finish),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
