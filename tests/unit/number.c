#include <inttypes.h>
#include <strings.h>
#include "unit.h"
#include "../../gen/arena.h"
#include "../../gen/number.h"

static struct arena a;

/* Each type's least and greatest number, and those beyond. */
static const struct {
	enum type type;
	const char *name, *below, *least, *greatest, *above, *hexleast, *hexgreatest, *hexabove;
	bool sign;
} types[] = {
	{TYPE_U8, "u8", "-1", "0", "255", "256", "0x0", "0xff", "0x100", false},
	{TYPE_U16, "u16", "-1", "0", "65535", "65536", "0x0", "0xffff", "0x10000", false},
	{TYPE_U32, "u32", "-1", "0", "4294967295", "4294967296", "0x0", "0xffffffff", "0x100000000", false},
	{TYPE_U64, "u64", "-1", "0", "18446744073709551615", "18446744073709551616", "0x0", "0xffffffffffffffff",
		"0x10000000000000000", false},
	{TYPE_I8, "i8", "-129", "-128", "127", "128", "-0x80", "0x7f", "0x80", true},
	{TYPE_I16, "i16", "-32769", "-32768", "32767", "32768", "-0x8000", "0x7fff", "0x8000", true},
	{TYPE_I32, "i32", "-2147483649", "-2147483648", "2147483647", "2147483648", "-0x80000000", "0x7fffffff",
		"0x80000000", true},
	{TYPE_I64, "i64", "-9223372036854775809", "-9223372036854775808", "9223372036854775807", "9223372036854775808",
		"-0x8000000000000000", "0x7fffffffffffffff", "0x8000000000000000", true},
};

static uint64_t
reads(enum type t, const char *s, bool fits)
{
	uint64_t v = 0;
	bool got;

	if (number_read(t, str(s), &v, &got) != strlen(s) || got != fits)
		fail_msg("%s of type %d: %s", s, t, got ? "fits" : "does not fit");
	return v;
}

/* The digits are capitals. */
static void
hexadecimal(enum type t, uint64_t v, const char *want)
{
	struct str s = number_hexadecimal(&a, t, v);

	assert_int_equal(s.n, strlen(want));
	assert_int_equal(strncasecmp(s.s, want, s.n), 0);
}

static void
extremes(void **state)
{
	const struct str *names;
	size_t i, n;

	(void)state;
	names = type_names(&n);
	for (i = 0; i < LEN(types); i++) {
		assert_true(streqs(names[types[i].type], types[i].name));
		assert_true(type_integer(types[i].type));
		assert_int_equal(type_signed(types[i].type), types[i].sign);
		reads(types[i].type, types[i].below, false);
		reads(types[i].type, types[i].above, false);
		reads(types[i].type, types[i].hexabove, false);
		assert_true(reads(types[i].type, types[i].least, true) == type_least(types[i].type));
		assert_true(reads(types[i].type, types[i].greatest, true) == type_greatest(types[i].type));
		assert_true(reads(types[i].type, types[i].hexleast, true) == type_least(types[i].type));
		assert_true(reads(types[i].type, types[i].hexgreatest, true) == type_greatest(types[i].type));
		assert_true(type_least(types[i].type) < type_greatest(types[i].type));
		assert_true(streqs(number_decimal(&a, types[i].type, type_least(types[i].type)), types[i].least));
		assert_true(streqs(number_decimal(&a, types[i].type, type_greatest(types[i].type)), types[i].greatest));
		hexadecimal(types[i].type, type_least(types[i].type), types[i].hexleast);
		hexadecimal(types[i].type, type_greatest(types[i].type), types[i].hexgreatest);
		reads(types[i].type, "99999999999999999999999999999999999999999999", false);
		reads(types[i].type, "-99999999999999999999999999999999999999999999", false);
		reads(types[i].type, "0xffffffffffffffffffffffffffff", false);
	}
	assert_false(type_integer(TYPE_STRING));
	assert_false(type_integer(TYPE_BOOL));
}

/* The order of what is kept is the order of the numbers. */
static void
ordered(void **state)
{
	static const char *const ascending[] = {"-128", "-127", "-0b10", "-1", "0", "0x1", "2", "0b1111111"};
	size_t i;

	(void)state;
	for (i = 1; i < LEN(ascending); i++)
		assert_true(reads(TYPE_I8, ascending[i - 1], true) < reads(TYPE_I8, ascending[i], true));
}

static void
forms(void **state)
{
	(void)state;
	assert_true(reads(TYPE_U8, "007", true) == 7);
	assert_true(reads(TYPE_U8, "0x0F", true) == 15);
	assert_true(reads(TYPE_U8, "0b101", true) == 5);
	assert_true(reads(TYPE_U8, "-0", true) == 0);
	assert_true(reads(TYPE_I8, "-0", true) == reads(TYPE_I8, "0", true));
	assert_int_equal(number_base(S("10")), BASE_DECIMAL);
	assert_int_equal(number_base(S("0x10")), BASE_HEXADECIMAL);
	assert_int_equal(number_base(S("-0x10")), BASE_HEXADECIMAL);
	assert_int_equal(number_base(S("0b10")), BASE_BINARY);
	assert_int_equal(number_base(S("-0b10")), BASE_BINARY);
	assert_int_equal(number_base(S("0x")), BASE_DECIMAL);
	assert_int_equal(number_base(S("0")), BASE_DECIMAL);
}

/* How much of a text is a number. */
static void
partly(void **state)
{
	static const struct {
		const char *s;
		size_t n;
	} table[] = {
		{"", 0},
		{"-", 0},
		{"x", 0},
		{"+1", 0},
		{" 1", 0},
		{"0xg", 0},
		{"-0xg", 0},
		{"0b2", 0},
		{"--1", 0},
		{"1a", 1},
		{"1-2", 1},
		{"1 ", 1},
		{"0x1g", 3},
		{"0b12", 3},
		{"1_000", 1},
		{"0X1", 1},
		{"0x", 1},
		{"-5--1", 2},
		{"1.0", 1},
	};
	uint64_t v;
	bool fits;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(table); i++)
		assert_int_equal(number_read(TYPE_I32, str(table[i].s), &v, &fits), table[i].n);
}

static struct str
spell(enum type t, const char *written, unsigned bases)
{
	return number_spell(&a, t, reads(t, written, true), str(written), bases);
}

static void
spelling(void **state)
{
	unsigned decimal = 1u << BASE_DECIMAL, hexadecimal = decimal | 1u << BASE_HEXADECIMAL,
		 all = hexadecimal | 1u << BASE_BINARY;

	(void)state;
	assert_str(spell(TYPE_U8, "0x0f", all), "0x0f");
	assert_str(spell(TYPE_U8, "0x0f", decimal), "15");
	assert_str(spell(TYPE_U8, "0b1010", all), "0b1010");
	assert_str(spell(TYPE_U8, "0b1010", hexadecimal), "0xA");
	assert_str(spell(TYPE_U8, "0b1010", decimal), "10");
	assert_str(spell(TYPE_I8, "-0b1010", hexadecimal), "-0xA");
	assert_str(spell(TYPE_I8, "-0x80", decimal), "-128");
	assert_str(spell(TYPE_I8, "-0x80", hexadecimal), "-0x80");
	assert_str(spell(TYPE_U64, "0xffffffffffffffff", decimal), "18446744073709551615");
	assert_str(spell(TYPE_I64, "-0x8000000000000000", decimal), "-9223372036854775808");
	assert_str(spell(TYPE_U8, "10", all), "10");
}

/* A type holds its own extremes, and not what is one beyond them. */
static void
narrowest(void **state)
{
	enum type t;

	(void)state;
	for (t = TYPE_U8; t <= TYPE_I64; t++)
		assert_int_equal(type_narrowest(type_signed(t), type_least(t), type_greatest(t)), t);
	for (t = TYPE_U8; t < TYPE_U64; t++)
		assert_int_equal(type_narrowest(false, 0, type_greatest(t) + 1), t + 1);
	for (t = TYPE_I8; t < TYPE_I64; t++) {
		assert_int_equal(type_narrowest(true, type_least(t), type_greatest(t) + 1), t + 1);
		assert_int_equal(type_narrowest(true, type_least(t) - 1, type_greatest(t)), t + 1);
	}
	assert_int_equal(type_narrowest(false, UINT64_MAX, 0), TYPE_U8);
}

/* A leading nought would make a decimal octal, or nothing, in some language; nought has no sign. */
static void
noughts(void **state)
{
	(void)state;
	assert_str(spell(TYPE_U8, "0", 1u << BASE_DECIMAL), "0");
	assert_str(spell(TYPE_U8, "00", 1u << BASE_DECIMAL), "0");
	assert_str(spell(TYPE_U8, "010", 1u << BASE_DECIMAL), "10");
	assert_str(spell(TYPE_I8, "-007", 1u << BASE_DECIMAL), "-7");
	assert_str(spell(TYPE_I8, "-0", 1u << BASE_DECIMAL), "0");
	assert_str(spell(TYPE_U8, "-0", 1u << BASE_DECIMAL), "0");
	assert_str(spell(TYPE_U8, "-00", 1u << BASE_DECIMAL), "0");
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
		cmocka_unit_test(extremes),
		cmocka_unit_test(ordered),
		cmocka_unit_test(forms),
		cmocka_unit_test(partly),
		cmocka_unit_test(spelling),
		cmocka_unit_test(narrowest),
		cmocka_unit_test(noughts),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
