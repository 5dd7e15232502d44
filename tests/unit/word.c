#include "unit.h"
#include "../../gen/arena.h"
#include "../../gen/buf.h"
#include "../../gen/word.h"

static const struct str http[] = {{"http", 4}, {"id", 2}, {"ok", 2}};
static const struct initialisms some = {http, LEN(http), UINT64_MAX}, none = {NULL, 0, 0};

static struct buf b;

static struct str
cased(const char *words, enum wordcase c, const struct initialisms *in, enum wordstart start)
{
	b.n = 0;
	word_add(&b, str(words), c, in, start);
	return buf_str(&b);
}

static void
cases(void **state)
{
	static const struct {
		enum wordcase c;
		const char *one, *three, *digits;
	} table[] = {
		{CASE_SNAKE, "a", "not_found_id", "2nd_x_11"},
		{CASE_SCREAMING_SNAKE, "A", "NOT_FOUND_ID", "2ND_X_11"},
		{CASE_CAMEL, "a", "notFoundId", "2ndX11"},
		{CASE_PASCAL, "A", "NotFoundId", "2ndX11"},
		{CASE_KEBAB, "a", "not-found-id", "2nd-x-11"},
		{CASE_SCREAMING_KEBAB, "A", "NOT-FOUND-ID", "2ND-X-11"},
		{CASE_FLAT, "a", "notfoundid", "2ndx11"},
		{CASE_SCREAMING_FLAT, "A", "NOTFOUNDID", "2NDX11"},
		{CASE_TITLE, "A", "Not Found Id", "2nd X 11"},
		{CASE_WORDS, "a", "not found id", "2nd x 11"},
	};
	size_t i, n;

	(void)state;
	word_cases(&n);
	assert_int_equal(LEN(table), n);
	for (i = 0; i < n; i++) {
		assert_int_equal(table[i].c, i);
		assert_true(streqs(cased("a", table[i].c, &none, WORDS_NONE), table[i].one));
		assert_true(streqs(cased("not_found_id", table[i].c, &none, WORDS_NONE), table[i].three));
		assert_true(streqs(cased("2nd_x_11", table[i].c, NULL, WORDS_NONE), table[i].digits));
	}
}

/* An initialism is a whole word; where all is small or all is large, it changes nothing. */
static void
initialisms(void **state)
{
	(void)state;
	assert_str(cased("http_id_of_ids", CASE_PASCAL, &some, WORDS_NONE), "HTTPIDOfIds");
	assert_str(cased("http_id", CASE_CAMEL, &some, WORDS_NONE), "httpID");
	assert_str(cased("http_id", CASE_CAMEL, &some, WORDS_BEFORE), "HTTPID");
	assert_str(cased("http_id", CASE_CAMEL, &some, WORDS_JOINED), "HTTPID");
	assert_str(cased("http_ok", CASE_TITLE, &some, WORDS_NONE), "HTTP OK");
	assert_str(cased("https_oks", CASE_PASCAL, &some, WORDS_NONE), "HttpsOks");
	assert_str(cased("http_id", CASE_SNAKE, &some, WORDS_NONE), "http_id");
	assert_str(cased("http_id", CASE_SCREAMING_KEBAB, &some, WORDS_NONE), "HTTP-ID");
	assert_str(cased("http_id", CASE_FLAT, &some, WORDS_NONE), "httpid");
	assert_str(cased("http_id", CASE_WORDS, &some, WORDS_NONE), "http id");
}

/* Words that follow others are joined to them, once. */
static void
joined(void **state)
{
	static const struct {
		enum wordcase c;
		const char *before, *joined;
	} table[] = {
		{CASE_SNAKE, "_a_b", "a_b"},
		{CASE_SCREAMING_SNAKE, "_A_B", "A_B"},
		{CASE_CAMEL, "AB", "AB"},
		{CASE_PASCAL, "AB", "AB"},
		{CASE_KEBAB, "-a-b", "a-b"},
		{CASE_SCREAMING_KEBAB, "-A-B", "A-B"},
		{CASE_FLAT, "ab", "ab"},
		{CASE_SCREAMING_FLAT, "AB", "AB"},
		{CASE_TITLE, " A B", "A B"},
		{CASE_WORDS, " a b", "a b"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < LEN(table); i++) {
		assert_true(streqs(cased("a_b", table[i].c, &none, WORDS_BEFORE), table[i].before));
		assert_true(streqs(cased("a_b", table[i].c, &none, WORDS_JOINED), table[i].joined));
		assert_str(cased("", table[i].c, &none, WORDS_BEFORE), "");
		b.n = 0;
		word_join(&b, table[i].c);
		assert_int_equal(b.n, table[i].before[0] == table[i].joined[0] ? 0 : 1);
	}
}

static void
names_of_cases(void **state)
{
	const struct str *names;
	size_t i, n;

	(void)state;
	names = word_cases(&n);
	for (i = 0; i < n; i++)
		assert_int_equal(word_case(names[i]), i);
	assert_int_equal(word_case(S("Pascal")), -1);
	assert_int_equal(word_case(S("")), -1);
	assert_int_equal(word_case(S("camel ")), -1);
}

static void
valid(void **state)
{
	static const char *const good[] = {"a", "0", "a_b", "abc_1_2x", "1st", "a0_0a"};
	static const char *const bad[] = {
		"", "_", "_a", "a_", "a__b", "A", "aB", "a-b", "a b", "a.b", "\xc3\xa9", "a\n", "a/"};
	size_t i;

	(void)state;
	for (i = 0; i < LEN(good); i++)
		assert_true(word_valid(str(good[i])));
	for (i = 0; i < LEN(bad); i++)
		assert_false(word_valid(str(bad[i])));
	assert_false(word_valid(S("a\0b")));
}

static void
from(void **state)
{
	static const struct {
		const char *text, *words;
	} table[] = {
		{"Content Too Large", "content_too_large"},
		{"I'm a teapot", "im_a_teapot"},
		{"I\xe2\x80\x99m", "im"},
		{"HTTP/2.0", "http_2_0"},
		{"FORT\xc3\x89 Vision", "forte_vision"},
		{"Sean_D_Soll\xc3\xa9_2", "sean_d_solle_2"},
		{"e\xcc\x81", "e"},
		{"\xe1\xba\xad\xc7\xbb\xc5\xba", "aaz"},
		{"Stra\xc3\x9f" "e", "stra_e"},
		{"*", "asterisk"},
		{"a*b", "a_b"},
		{"**", ""},
		{"  --A--  ", "a"},
		{"\xff" "a\xc3", "a"},
		{"\xe6\xbc\xa2", ""},
		{"", ""},
		{"'", ""},
	};
	struct arena a = {NULL, 0};
	char text[200];
	struct str got;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(table); i++) {
		got = word_from(&a, str(table[i].text));
		if (!streqs(got, table[i].words))
			fail_msg("'%s' is '%.*s'", table[i].text, (int)got.n, got.s);
		assert_true(got.n == 0 || word_valid(got));
	}
	memset(text, 'a', sizeof(text));
	assert_int_equal(word_from(&a, (struct str){text, sizeof(text)}).n, sizeof(text));
	for (i = 3; i < sizeof(text); i += 4)
		text[i] = ' ';
	got = word_from(&a, (struct str){text, sizeof(text)});
	assert_true(word_valid(got) && got.n >= WORD_LONGEST && got.n < WORD_LONGEST + 4);
	arena_free(&a);
}

static int
finish(void **state)
{
	(void)state;
	buf_free(&b);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases),
		cmocka_unit_test(initialisms),
		cmocka_unit_test(joined),
		cmocka_unit_test(names_of_cases),
		cmocka_unit_test(valid),
		cmocka_unit_test(from),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
