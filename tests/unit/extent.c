#include "unit.h"
#include "../../gen/arena.h"
#include "../../gen/number.h"
#include "../../gen/extent.h"

static struct arena a;

/* The ranges as number.h reads them, joined by blanks. */
static struct str
spans(enum type t, const char *s)
{
	struct str all = {"", 0};
	struct extents e;
	uint64_t first, last;
	bool fits;
	size_t i;

	if (!extent_read(t, type_least(t), type_greatest(t), str(s), &e))
		return LITERAL("prose");
	for (i = 0; i < e.n; i++) {
		struct str one = extent_range(&a, t, e.list[i], e.n == 1 ? str(s) : S(""), e.spelling);

		assert_true(number_range(t, one, &first, &last, &fits));
		assert_true(fits && first == e.list[i].first && last == e.list[i].last);
		all = arena_join(&a, (struct str[]){all, all.n ? LITERAL(" ") : S(""), one}, 3);
	}
	return all;
}

static void
numbers(void **state)
{
	static const struct {
		enum type type;
		const char *from, *to;
	} table[] = {
		{TYPE_U8, "7", "7"},
		{TYPE_U8, "007", "007"},
		{TYPE_U8, "0x1F", "0x1F"},
		{TYPE_U8, "0x20-2F", "0x20-0x2F"},
		{TYPE_U8, "0x10-20", "0x10-0x20"},
		{TYPE_U16, "0x0e-0xff", "0x0e-0xff"},
		{TYPE_U16, "105 - 199", "105-199"},
		{TYPE_U16, "105\xe2\x80\x93""199", "105-199"},
		{TYPE_U16, "105 \xe2\x80\x93 199", "105-199"},
		{TYPE_U16, "105..199", "105-199"},
		{TYPE_U16, "105 through 199", "105-199"},
		{TYPE_U16, "1014-1014", "1014-1014"},
		{TYPE_I32, "-65528 to -269", "-65528--269"},
		{TYPE_I32, "-5--3", "-5--3"},
		{TYPE_I8, "less than -100", "-128--101"},
		{TYPE_U8, "greater than 0x3f", "0x40-0xff"},
		{TYPE_U8, "250 and above", "250-255"},
		{TYPE_U8, "250+", "250-255"},
		{TYPE_U16, "0-255, 512-65535", "0-255 512-65535"},
		{TYPE_U16, "1,2,5-7", "1 2 5-7"},
		{TYPE_U16, "1 and 3", "1 3"},
		{TYPE_U8, "0-223 (\"Recommended\" set to \"N,\" (or not))", "0-223"},
		{TYPE_U8, "255 (0xFF)", "255"},
		{TYPE_U8, "250-300", "250-255"},
		{TYPE_U8, "300", ""},
		{TYPE_U16, "0x00,0x1C", "0x00,0x1C"},
		{TYPE_U16, "0x00,0x1C-1D", "0x00,0x1C-0x00,0x1D"},
		{TYPE_U16, "0xC0,0x60-0x66", "0xC0,0x60-0xC0,0x66"},
		{TYPE_U16, "0x00,0xFF-0x01,0x05", "0x00,0xFF-0x01,0x05"},
		{TYPE_U16, "0x01-09,*", "0x01,0x00-0x09,0xFF"},
		{TYPE_U16, "0x0A,*", "0x0A,0x00-0x0A,0xFF"},
		{TYPE_U16, "0xc0,0xfe-ff", "0xc0,0xfe-0xc0,0xff"},
		{TYPE_U32, "0x00,0x01,*", "0x00,0x01,0x00-0x00,0x01,0xFF"},
		{TYPE_U64, "18446744073709551615", "18446744073709551615"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < LEN(table); i++)
		if (!streqs(spans(table[i].type, table[i].from), table[i].to))
			fail_msg("'%s' is '%.*s'", table[i].from, (int)spans(table[i].type, table[i].from).n,
				spans(table[i].type, table[i].from).s);
}

static void
prose(void **state)
{
	static const char *const bad[] = {"", " ", "-", "x", "1x", "1.5", "7.01", "2.xx (all)", "0x", "1-", "-1-", "1--", "5-3", "1 2",
		"1,", "all other values", "0x1f * N + 0x21 (for all N)", "241.{13-25}", "00 000001 through 00 001111",
		"18446744073709551616", "less than 0", "greater than x", "0x01,*,0x02", "0x00,", "0x00,0x", "*", "1 (", "3GPP",
		"1\xe2\x80\x93", "greater than 18446744073709551615", "9_9"};
	char many[300];
	size_t i;

	(void)state;
	for (i = 0; i < LEN(bad); i++)
		if (!streqs(spans(TYPE_U64, bad[i]), "prose"))
			fail_msg("'%s' is '%.*s'", bad[i], (int)spans(TYPE_U64, bad[i]).n, spans(TYPE_U64, bad[i]).s);
	for (i = 0; i < EXTENT_MOST + 1; i++)
		memcpy(many + 2 * i, "1,", 2);
	many[2 * EXTENT_MOST - 1] = '\0';
	assert_false(streqs(spans(TYPE_U8, many), "prose"));
	many[2 * EXTENT_MOST - 1] = ',';
	many[2 * EXTENT_MOST + 1] = '\0';
	assert_str(spans(TYPE_U8, many), "prose");
}

static int
finish(void **state)
{
	(void)state;
	arena_free(&a);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(prose),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
