#include "unit.h"
#include "../../gen/diag.h"

static const struct str words[] = {
	{"aliases", 7},
	{"deprecated", 10},
	{"description", 11},
	{"expires", 7},
	{"former_references", 17},
	{"id", 2},
	{"name", 4},
	{"names", 5},
	{"references", 10},
	{"text", 4},
	{"value", 5},
	{"x", 1},
};

static const char *
near(const char *s)
{
	const struct str *found = nearest(str(s), words, LEN(words));

	return found ? found->s : "";
}

static void
slips(void **state)
{
	(void)state;
	assert_string_equal(near("valeu"), "value");
	assert_string_equal(near("vale"), "value");
	assert_string_equal(near("valuee"), "value");
	assert_string_equal(near("balue"), "value");
	assert_string_equal(near("nmae"), "name");
	assert_string_equal(near("txt"), "text");
	assert_string_equal(near("desciption"), "description");
	assert_string_equal(near("decsripiton"), "description");
	assert_string_equal(near("refrences"), "references");
	assert_string_equal(near("former_refs"), "");
	assert_string_equal(near("value"), "value");
}

/* What has little in common is not suggested, nor anything for what is too short to be like something. */
static void
strangers(void **state)
{
	(void)state;
	assert_string_equal(near(""), "");
	assert_string_equal(near("y"), "");
	assert_string_equal(near("zz"), "");
	assert_string_equal(near("colour"), "");
	assert_string_equal(
		near("a_very_long_name_that_is_longer_than_any_of_the_words_there_are_to_compare_it_with"), "");
	assert_null(nearest(S("name"), words, 0));
}

/* Of two that are as near, the first. */
static void
first(void **state)
{
	static const struct str equal[] = {{"cat", 3}, {"cot", 3}};

	(void)state;
	assert_ptr_equal(nearest(S("cit"), equal, 2), &equal[0]);
}

/* A position says which source it is in, also the one behind the last byte. */
static void
sources(void **state)
{
	struct diag d = {0};
	uint32_t one = diag_source(&d, "one", S("abc")), empty = diag_source(&d, "empty", S("")),
		 two = diag_source(&d, "two", S("d"));

	(void)state;
	assert_string_equal(diag_find(&d, one)->name, "one");
	assert_string_equal(diag_find(&d, one + 3)->name, "one");
	assert_string_equal(diag_find(&d, empty)->name, "empty");
	assert_string_equal(diag_find(&d, two)->name, "two");
	assert_string_equal(diag_find(&d, two + 1)->name, "two");
	diag_free(&d);
	assert_int_equal(d.nsources, 0);
}

/* What a diagnostic prints. */
static struct str
printed(struct diag *d, uint32_t at, uint32_t n)
{
	static char text[2048];
	int saved = dup(STDERR_FILENO);
	FILE *f = tmpfile();
	size_t got;

	assert_non_null(f);
	fflush(stderr);
	dup2(fileno(f), STDERR_FILENO);
	diag_error(d, (struct span){at, n}, "%s", "bad");
	fflush(stderr);
	dup2(saved, STDERR_FILENO);
	close(saved);
	rewind(f);
	got = fread(text, 1, sizeof(text), f);
	fclose(f);
	return (struct str){text, got};
}

static void
places(void **state)
{
	struct diag d = {0};
	uint32_t at = diag_source(&d, "f", S("a\n\tbé c\r\nd\re\n"));

	(void)state;
	assert_str(printed(&d, at, 1), "f:1:1: error: bad\n    1 | a\n      | ^\n");
	assert_str(printed(&d, at + 1, 1), "f:1:2: error: bad\n    1 | a\n      |  ^\n");
	assert_str(printed(&d, at + 3, 3), "f:2:2: error: bad\n    2 | \tbé c\n      | \t^~\n");
	assert_str(printed(&d, at + 7, 1), "f:2:5: error: bad\n    2 | \tbé c\n      | \t   ^\n");
	assert_str(printed(&d, at + 10, 100), "f:3:1: error: bad\n    3 | d\n      | ^\n");
	assert_str(printed(&d, at + 12, 1), "f:4:1: error: bad\n    4 | e\n      | ^\n");
	assert_str(printed(&d, at + 14, 1), "f:5:1: error: bad\n    5 | \n      | ^\n");
	assert_int_equal(d.nerrors, 7);
	diag_free(&d);
}

/* Of a long line the part around the place is shown, cut between characters whatever the bytes are. */
static void
long_lines(void **state)
{
	static char text[1000];
	struct diag d = {0};
	uint32_t at;
	size_t i;

	(void)state;
	for (i = 0; i + 1 < sizeof(text); i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	at = diag_source(&d, "f", (struct str){text, sizeof(text)});
	for (i = 0; i < sizeof(text); i += 2)
		assert_true(printed(&d, at + (uint32_t)i, 2).n < 600);
	diag_free(&d);
	memset(text, '\x80', sizeof(text));
	d.nerrors = 0;
	at = diag_source(&d, "f", (struct str){text, sizeof(text)});
	for (i = 0; i < sizeof(text); i += 50)
		assert_true(printed(&d, at + (uint32_t)i, 1).n < 600);
	diag_free(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slips),
		cmocka_unit_test(strangers),
		cmocka_unit_test(first),
		cmocka_unit_test(sources),
		cmocka_unit_test(places),
		cmocka_unit_test(long_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
