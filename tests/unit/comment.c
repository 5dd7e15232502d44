#include "unit.h"
#include "../../gen/arena.h"
#include "../../gen/comment.h"
#include "../../gen/escape.h"
#include "../../gen/tree.h"
#include "../../gen/utf8.h"
#include "../../gen/value.h"

#define UNSAFE "\xef\xbf\xbd"

static struct arena a;

static void
squeezed(void **state)
{
	(void)state;
	assert_str(comment_line(&a, NULL, S("")), "");
	assert_str(comment_line(&a, NULL, S("as it is")), "as it is");
	assert_str(comment_line(&a, NULL, S(" a  b ")), "a b");
	assert_str(comment_line(&a, NULL, S("a\nb\r\n\n\tc\v\fd")), "a b c d");
	assert_str(comment_line(&a, NULL,
			   S("a\xc2\x85"
			     "b\xe2\x80\xa8"
			     "c\xe2\x80\xa9"
			     "d\xc2\xa0"
			     "e")),
		"a b c d e");
	assert_str(comment_line(&a, NULL, S(" \n ")), "");
}

static void
unsafe(void **state)
{
	static const struct str characters[] = {
		{"\0", 1},
		{"\x1b", 1},
		{"\x7f", 1},
		{"\xc2\x80", 2},
		{"\xc2\x9f", 2},
		{"\xc2\xad", 2},
		{"\xd8\x9c", 2},
		{"\xe2\x80\x8b", 3},
		{"\xe2\x80\x8e", 3},
		{"\xe2\x80\xaa", 3},
		{"\xe2\x80\xae", 3},
		{"\xe2\x81\xa6", 3},
		{"\xe2\x81\xa9", 3},
		{"\xef\xbb\xbf", 3},
		{"\xef\xb7\x90", 3},
		{"\xef\xbf\xbe", 3},
		{"\xf4\x8f\xbf\xbf", 4},
		{"\xf3\xa0\x80\x81", 4},
		{"\xff", 1},
	};
	struct str line;
	char s[8];
	size_t i;

	(void)state;
	for (i = 0; i < LEN(characters); i++) {
		s[0] = 'a';
		memcpy(s + 1, characters[i].s, characters[i].n);
		s[characters[i].n + 1] = 'b';
		line = comment_line(&a, NULL, (struct str){s, characters[i].n + 2});
		if (!streq(line, S("a" UNSAFE "b")))
			fail_msg("case %zu becomes '%.*s'", i, (int)line.n, line.s);
	}
	assert_str(comment_line(&a, NULL, S("é 日 👋")), "é 日 👋");
}

/* The table sees the line when it is squeezed, so that white space cannot hide a sequence. */
static void
replaced(void **state)
{
	struct escape *e = escape_new(&a);

	(void)state;
	escape_sequence(e, S("*/"), S("* /"));
	escape_sequence(e, S("a b"), S("ab"));
	assert_str(comment_line(&a, e, S("x */ **/ */*/")), "x * / ** / * /* /");
	assert_str(comment_line(&a, e, S("a\n\tb")), "ab");
}

/* Wrap a line and join what comes out with |. */
static struct str
wrapped(struct str line, const char *prefix, size_t width)
{
	struct value list = comment_wrap(&a, line, str(prefix), width), item;
	char *s = arena_bytes(&a, 4096), *p = s;
	struct cursor c = {0};
	uint32_t i;

	assert_int_equal(list.kind, VALUE_LIST);
	for (i = 0; i < list.n; i++) {
		item = list.class->next(&list, &c, &a);
		assert_int_equal(item.kind, VALUE_STRING);
		if (i > 0)
			*p++ = '|';
		memcpy(p, item.p, item.n);
		p += item.n;
	}
	return (struct str){s, (size_t)(p - s)};
}

static void
widths(void **state)
{
	(void)state;
	assert_str(wrapped(S(""), "// ", 20), "");
	assert_str(wrapped(S("a"), "// ", 20), "// a");
	assert_str(wrapped(S("12345678 12345678"), "// ", 20), "// 12345678 12345678");
	assert_str(wrapped(S("12345678 123456789"), "// ", 20), "// 12345678|// 123456789");
	assert_str(wrapped(S("a b c d e f g h i j"), "", 10), "a b c d e|f g h i j");
	/* code points count, not bytes */
	assert_str(wrapped(S("éééééééé éééééééé"), "// ", 20), "// éééééééé éééééééé");
	/* a word that does not fit stands alone */
	assert_str(wrapped(S("a 1234567890123456789012345 b"), "# ", 20), "# a|# 1234567890123456789012345|# b");
	/* however long the prefix, there is some room */
	assert_str(
		wrapped(S("a b c d e f"), "------------------", 20), "------------------a b c d e|------------------f");
}

/* No line but the first begins with what would be taken for a list, a heading or a quotation. */
static void
markers(void **state)
{
	static const char *const starts[] = {
		"-",
		"*",
		"+",
		"#",
		">",
		"|",
		"=",
		"`x`",
		"~",
		":",
		"<b>",
		"1.",
		"23)",
		"\\x",
		"@param",
		"---",
		"##",
	};
	static const char *const plain[] = {"1", "1x", "a.", "(1)", "1.5x", "\"-\"", "x-"};
	char line[64], want[64];
	struct str got;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(starts); i++) {
		snprintf(line, sizeof(line), "aaaa bbbbbbb %s cc", starts[i]);
		snprintf(want, sizeof(want), "aaaa|bbbbbbb %s|cc", starts[i]);
		got = wrapped(str(line), "", 12 + strlen(starts[i]) - 1);
		if (memchr(got.s, '|', got.n) == NULL ||
			strstarts((struct str){(char *)memchr(got.s, '|', got.n) + 1, 8}, starts[i]))
			fail_msg("'%s' begins a line: '%.*s'", starts[i], (int)got.n, got.s);
	}
	for (i = 0; i < LEN(plain); i++) {
		if (streqs(str(plain[i]), "1.5x"))
			continue;
		snprintf(line, sizeof(line), "aaaa bbbbbbb %s cc", plain[i]);
		snprintf(want, sizeof(want), "aaaa bbbbbbb|%s cc", plain[i]);
		got = wrapped(str(line), "", 12);
		if (!streqs(got, want))
			fail_msg("'%.*s' is not '%s'", (int)got.n, got.s, want);
	}
	assert_str(wrapped(S("- a first line may"), "", 20), "- a first line may");
}

/* Every word comes out, in its order, whatever the width. */
static void
complete(void **state)
{
	struct str line = S("one - two # three 1. four > five ~ six * seven"), got;
	size_t width, i;

	(void)state;
	for (width = 20; width < 60; width++) {
		got = wrapped(line, "", width);
		assert_int_equal(got.n, line.n);
		for (i = 0; i < got.n; i++)
			assert_true(got.s[i] == line.s[i] || (got.s[i] == '|' && line.s[i] == ' '));
	}
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
		cmocka_unit_test(squeezed),
		cmocka_unit_test(unsafe),
		cmocka_unit_test(replaced),
		cmocka_unit_test(widths),
		cmocka_unit_test(markers),
		cmocka_unit_test(complete),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
