#include "unit.h"
#include "../../gen/utf8.h"

static const struct {
	uint32_t code;
	struct str bytes;
} boundaries[] = {
	{0, {"\0", 1}},
	{0x7f, {"\x7f", 1}},
	{0x80, {"\xc2\x80", 2}},
	{0x7ff, {"\xdf\xbf", 2}},
	{0x800, {"\xe0\xa0\x80", 3}},
	{0xfff, {"\xe0\xbf\xbf", 3}},
	{0x1000, {"\xe1\x80\x80", 3}},
	{0xd7ff, {"\xed\x9f\xbf", 3}},
	{0xe000, {"\xee\x80\x80", 3}},
	{0xfdd0, {"\xef\xb7\x90", 3}},
	{0xfeff, {"\xef\xbb\xbf", 3}},
	{0xfffe, {"\xef\xbf\xbe", 3}},
	{0xffff, {"\xef\xbf\xbf", 3}},
	{0x10000, {"\xf0\x90\x80\x80", 4}},
	{0x3ffff, {"\xf0\xbf\xbf\xbf", 4}},
	{0x40000, {"\xf1\x80\x80\x80", 4}},
	{0x10ffff, {"\xf4\x8f\xbf\xbf", 4}},
};

/* Bytes that are not UTF-8 at their start. */
static const struct str wrong[] = {
	{"\x80", 1},
	{"\xbf", 1}, /* what goes on, alone */
	{"\xc0\x80", 2},
	{"\xc1\xbf", 2}, /* overlong */
	{"\xe0\x80\x80", 3},
	{"\xe0\x9f\xbf", 3},
	{"\xf0\x80\x80\x80", 4},
	{"\xf0\x8f\xbf\xbf", 4},
	{"\xed\xa0\x80", 3},
	{"\xed\xbf\xbf", 3}, /* surrogates */
	{"\xf4\x90\x80\x80", 4},
	{"\xf5\x80\x80\x80", 4}, /* above Unicode */
	{"\xf8\x88\x80\x80\x80", 5},
	{"\xfe", 1},
	{"\xff", 1},
	{"\xc2", 1},
	{"\xe0\xa0", 2},
	{"\xe1", 1},
	{"\xf0\x90\x80", 3},
	{"\xf4", 1}, /* cut off */
	{"\xc2 ", 2},
	{"\xc2\xc2", 2},
	{"\xe0\xa0 ", 3},
	{"\xe1\x80\xc2", 3},
	{"\xf0\x90\x80 ", 4},
};

static void
round_trip(void **state)
{
	uint32_t code;
	char s[4];
	size_t i;

	(void)state;
	for (i = 0; i < LEN(boundaries); i++) {
		assert_int_equal(utf8_encode(boundaries[i].code, s), boundaries[i].bytes.n);
		assert_memory_equal(s, boundaries[i].bytes.s, boundaries[i].bytes.n);
		assert_int_equal(
			utf8_decode(boundaries[i].bytes.s, boundaries[i].bytes.n, &code), boundaries[i].bytes.n);
		assert_int_equal(code, boundaries[i].code);
	}
}

/* Every scalar value there is. */
static void
all(void **state)
{
	uint32_t code, got;
	size_t n;
	char s[4];

	(void)state;
	for (code = 0; code <= 0x10ffff; code++) {
		n = utf8_encode(code, s);
		if (code >= 0xd800 && code <= 0xdfff) {
			if (utf8_decode(s, n, &got) != 0)
				fail_msg("%x is decoded", code);
		} else if (utf8_decode(s, n, &got) != n || got != code || utf8_check(s, n) != n ||
			utf8_count(s, n) != 1) {
			fail_msg("%x is not", code);
		}
	}
}

static void
refused(void **state)
{
	uint32_t code;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(wrong); i++) {
		if (utf8_decode(wrong[i].s, wrong[i].n, &code) != 0)
			fail_msg("case %zu is decoded as %x", i, code);
		assert_int_equal(utf8_check(wrong[i].s, wrong[i].n), 0);
	}
}

/* Where the first wrong byte stands, at every distance from words of eight. */
static void
checked(void **state)
{
	char s[40];
	size_t at, i, n;

	(void)state;
	for (at = 0; at < 30; at++) {
		for (i = 0; i < LEN(wrong); i++) {
			memset(s, 'a', sizeof(s));
			memcpy(s + at, wrong[i].s, wrong[i].n);
			n = at + wrong[i].n;
			assert_int_equal(utf8_check(s, n), at);
			assert_int_equal(utf8_check(s, at), at);
			assert_false(utf8_ascii(s, n));
			assert_true(utf8_ascii(s, at));
		}
	}
	assert_int_equal(utf8_check("", 0), 0);
	assert_true(utf8_ascii("", 0));
	assert_true(utf8_ascii("\0\x7f", 2));
}

static void
counted(void **state)
{
	(void)state;
	assert_int_equal(utf8_count("", 0), 0);
	assert_int_equal(utf8_count("aé日👋", 10), 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip),
		cmocka_unit_test(all),
		cmocka_unit_test(refused),
		cmocka_unit_test(checked),
		cmocka_unit_test(counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
