#include "unit.h"
#include "../../gen/buf.h"

static void
grows(void **state)
{
	struct buf b = {0};
	int i;

	(void)state;
	assert_str(buf_str(&b), "");
	buf_add(&b, NULL, 0);
	assert_str(buf_str(&b), "");
	buf_adds(&b, "one ");
	buf_addstr(&b, S("t\0wo"));
	buf_addch(&b, ' ');
	buf_printf(&b, "%d%%", 3);
	assert_str(buf_str(&b), "one t\0wo 3%");
	b.n = 0;
	for (i = 0; i < 100000; i++)
		buf_addch(&b, 'a' + i % 26);
	assert_int_equal(b.n, 100000);
	for (i = 0; i < 100000; i++)
		assert_int_equal(b.s[i], 'a' + i % 26);
	buf_free(&b);
	assert_null(b.s);
	assert_int_equal(b.n + b.cap, 0);
}

/* What is added at once may be many times what there is room for. */
static void
large(void **state)
{
	struct buf b = {0};
	char *s = xmalloc(1, 1 << 20);

	(void)state;
	memset(s, 'x', 1 << 20);
	buf_addch(&b, 'a');
	buf_add(&b, s, 1 << 20);
	buf_printf(&b, "%.*s", 1 << 20, s);
	assert_int_equal(b.n, 1 + (2 << 20));
	assert_int_equal(b.s[0], 'a');
	assert_int_equal(b.s[2 << 20], 'x');
	free(s);
	buf_free(&b);
}

static char flushed[4096];
static size_t nflushed;

static void
collect(struct buf *b)
{
	assert_true(nflushed + b->n <= sizeof(flushed));
	if (b->n > 0)
		memcpy(flushed + nflushed, b->s, b->n);
	nflushed += b->n;
	b->n = 0;
}

/* With a way out the bytes leave in their order, and the buffer does not grow without need. */
static void
flushes(void **state)
{
	struct buf b = {.flush = collect};
	char want[3000];
	size_t i, n, done = 0;

	(void)state;
	for (i = 0; i < sizeof(want); i++)
		want[i] = (char)('a' + i % 26);
	nflushed = 0;
	for (n = 1; done < sizeof(want); n = n % 97 + 1) {
		n = n < sizeof(want) - done ? n : sizeof(want) - done;
		buf_add(&b, want + done, n);
		done += n;
	}
	assert_true(b.cap <= 1024);
	collect(&b);
	assert_int_equal(nflushed, sizeof(want));
	assert_memory_equal(flushed, want, sizeof(want));
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows),
		cmocka_unit_test(large),
		cmocka_unit_test(flushes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
