#include "unit.h"
#include "../../gen/arena.h"

static void
zeroed_and_aligned(void **state)
{
	struct arena a = {0};
	unsigned char *p;
	size_t n, i;

	(void)state;
	for (n = 0; n < 200; n++) {
		p = arena_alloc(&a, n);
		assert_int_equal((uintptr_t)p % _Alignof(void *), 0);
		assert_int_equal((uintptr_t)p % _Alignof(uint64_t), 0);
		arena_bytes(&a, n % 3);
		for (i = 0; i < n; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, n);
	}
	arena_free(&a);
}

/* Memory that was given back is zeroed when it is taken again. */
static void
zeroed_again(void **state)
{
	struct arena a = {0};
	struct mark m = arena_mark(&a);
	unsigned char *p = arena_alloc(&a, 100);
	unsigned sum = 0;
	size_t i, n;

	(void)state;
	memset(p, 0xff, 100);
	arena_release(&a, m);
	p = arena_alloc(&a, 50);
	assert_int_equal(p[0] + p[49], 0);
	memset(arena_bytes(&a, 20), 0xff, 20);
	p = arena_alloc(&a, 50);
	assert_int_equal(p[0] + p[49], 0);
	m = arena_mark(&a);
	for (i = 0; i < 100; i++) {
		p = arena_alloc(&a, 5000);
		for (n = 0; n < 5000; n++)
			sum += p[n];
		memset(p, 0xff, 5000);
		if (i % 17 == 16)
			arena_release(&a, m);
	}
	assert_int_equal(sum, 0);
	arena_free(&a);
}

/* More than a chunk holds gets a chunk of its own, and what follows is still apart. */
static void
oversize(void **state)
{
	struct arena a = {0};
	char *small = arena_bytes(&a, 10), *large, *next;

	(void)state;
	memset(small, 1, 10);
	large = arena_bytes(&a, 1 << 20);
	memset(large, 2, 1 << 20);
	next = arena_bytes(&a, 10);
	memset(next, 3, 10);
	assert_int_equal(small[0] + small[9], 2);
	assert_int_equal(large[0] + large[(1 << 20) - 1], 4);
	assert_int_equal(next[0] + next[9], 6);
	arena_free(&a);
}

static void
many_chunks(void **state)
{
	struct arena a = {0};
	char *p[1000];
	int i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		p[i] = arena_bytes(&a, 1000);
		memset(p[i], i & 0x7f, 1000);
	}
	for (i = 0; i < 1000; i++)
		assert_int_equal(p[i][0] + p[i][999], 2 * (i & 0x7f));
	arena_free(&a);
}

/* A mark in the middle of a chunk is come back to, over any number of chunks; what was taken before it stays. */
static void
marks(void **state)
{
	struct arena a = {0};
	char *kept = arena_copy(&a, "kept", 4), *p, *q;
	struct mark m = arena_mark(&a), empty;
	int i;

	(void)state;
	p = arena_bytes(&a, 8);
	for (i = 0; i < 300; i++)
		arena_bytes(&a, 1000);
	arena_bytes(&a, 1 << 20);
	arena_release(&a, m);
	q = arena_bytes(&a, 8);
	assert_ptr_equal(p, q);
	assert_string_equal(kept, "kept");
	arena_release(&a, m);
	arena_release(&a, m);
	arena_free(&a);
	empty = arena_mark(&a);
	assert_null(empty.chunk);
	arena_bytes(&a, 8);
	arena_release(&a, empty);
	arena_bytes(&a, 8);
	arena_free(&a);
	assert_null(a.chunk);
}

static void
copies(void **state)
{
	struct arena a = {0};
	char *p;

	(void)state;
	p = arena_copy(&a, "a\0b", 3);
	assert_memory_equal(p, "a\0b", 4);
	assert_string_equal(arena_copy(&a, NULL, 0), "");
	assert_string_equal(arena_printf(&a, "%d %s", 42, "x"), "42 x");
	p = arena_printf(&a, "%*s", 100000, "x");
	assert_int_equal(strlen(p), 100000);
	assert_str(arena_join(&a, (struct str[]){S("a\0"), S(""), S("bc")}, 3), "a\0bc");
	assert_str(arena_join(&a, NULL, 0), "");
	assert_non_null(arena_array(&a, 0, 8));
	assert_non_null(arena_array(&a, 8, 0));
	arena_free(&a);
}

static void
overflow_of_array(void)
{
	struct arena a = {0};

	arena_array(&a, SIZE_MAX / 2, 3);
}

static void
overflow_of_size(void)
{
	struct arena a = {0};

	arena_bytes(&a, SIZE_MAX - 3);
}

static void
overflow(void **state)
{
	(void)state;
	assert_int_equal(statusof(overflow_of_array), 2);
	assert_int_equal(statusof(overflow_of_size), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zeroed_and_aligned),
		cmocka_unit_test(zeroed_again),
		cmocka_unit_test(oversize),
		cmocka_unit_test(many_chunks),
		cmocka_unit_test(marks),
		cmocka_unit_test(copies),
		cmocka_unit_test(overflow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
