#include "unit.h"
#include "../../gen/arena.h"
#include "../../gen/buf.h"
#include "../../gen/escape.h"

static struct arena a;
static struct buf b;

static struct str
escaped(const struct escape *e, struct str s)
{
	b.n = 0;
	escape_add(e, &b, s);
	return buf_str(&b);
}

static void
nothing(void **state)
{
	(void)state;
	assert_str(escaped(NULL, S("a\0\"\n\xff")), "a\0\"\n\xff");
	assert_str(escaped(escape_new(&a), S("a\0\"\n\xff")), "a\0\"\n\xff");
	assert_str(escaped(escape_new(&a), S("")), "");
}

static void
html(void **state)
{
	(void)state;
	assert_str(escaped(escape_html(&a), S("<a href=\"x\">'&amp;'</a>")),
		"&lt;a href=&quot;x&quot;&gt;'&amp;amp;'&lt;/a&gt;");
}

/* The longest sequence that fits comes first, in whatever order they were given; what it wrote is not looked at again.
 */
static void
sequences(void **state)
{
	struct escape *e = escape_new(&a);

	(void)state;
	escape_sequence(e, S("a"), S("1"));
	escape_sequence(e, S("aaa"), S("3"));
	escape_sequence(e, S("aa"), S("aa"));
	escape_sequence(e, S("b"), S(""));
	escape_sequence(e, S("\xc3\xa9"), S("e"));
	assert_str(escaped(e, S("aaaaaxab\xc3\xa9\xc3\xa8")), "3aax1e\xc3\xa8");
	assert_str(escaped(e, S("xx")), "xx");
}

static void
directives(void **state)
{
	struct escape *e = escape_new(&a);

	(void)state;
	assert_true(escape_range(e, 0, 0x1f, S("\\x%02x")));
	assert_true(escape_range(e, 0x7f, 0x7f, S("%x %X %04x %08x %%")));
	assert_true(escape_range(e, 0x80, 0xff, S("\\%03o")));
	assert_true(escape_range(e, 0x100, 0x100, S("")));
	assert_true(escape_range(e, 0x1f44b, 0x10ffff, S("%X")));
	assert_str(escaped(e, S("\0a\x1f")), "\\x00a\\x1f");
	assert_str(escaped(e, S("\x7f")), "7f 7F 007f 0000007f %");
	assert_str(escaped(e, S("\xc3\xa9")), "\\303\\251");
	assert_str(escaped(e, S("\xc4\x80.")), ".");
	assert_str(escaped(e, S("\xf0\x9f\x91\x8a\xf0\x9f\x91\x8b")),
		"\xf0\x9f\x91\x8a"
		"1F44B");
	assert_false(escape_range(e, 1, 2, S("%d")));
	assert_false(escape_range(e, 1, 2, S("100%")));
	assert_false(escape_range(e, 1, 2, S("%")));
	assert_false(escape_range(e, 1, 2, S("%2x")));
}

/* Sequences come before ranges, and the first range before the others. */
static void
precedence(void **state)
{
	struct escape *e = escape_new(&a);

	(void)state;
	assert_true(escape_range(e, 'a', 'z', S("1")));
	assert_true(escape_range(e, 'a', 'b', S("2")));
	escape_sequence(e, S("bc"), S("3"));
	assert_str(escaped(e, S("abcb")), "131");
}

/* Bytes that are not UTF-8 stay as they are. */
static void
not_utf8(void **state)
{
	struct escape *e = escape_new(&a);

	(void)state;
	assert_true(escape_range(e, 0x80, 0x10ffff, S("?")));
	assert_str(escaped(e, S("a\xff\xc3\xa9\xc3")), "a\xff?\xc3");
}

static int
finish(void **state)
{
	(void)state;
	arena_free(&a);
	buf_free(&b);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing),
		cmocka_unit_test(html),
		cmocka_unit_test(sequences),
		cmocka_unit_test(directives),
		cmocka_unit_test(precedence),
		cmocka_unit_test(not_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
