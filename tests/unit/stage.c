#include "unit.h"
#include "../../gen/stage.h"

static void
valid_paths(void **state)
{
	static const char *const good[] = {
		"a", "a/b", "a/b/c.txt", ".a", "..a", "a..", "...", "a b", "a/.regen", "\xc3\xa9", "a\\b", "-"};
	static const char *const bad[] = {
		"",
		".",
		"..",
		"/",
		"/a",
		"a/",
		"a//b",
		"./a",
		"a/.",
		"a/./b",
		"../a",
		"a/..",
		"a/../b",
		"a\nb",
		"a/b\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < LEN(good); i++)
		if (!stage_validpath(str(good[i])))
			fail_msg("'%s' is refused", good[i]);
	for (i = 0; i < LEN(bad); i++)
		if (stage_validpath(str(bad[i])))
			fail_msg("'%s' is allowed", bad[i]);
}

/* A NUL would end the path where the system sees it. */
static void
nul_in_path(void **state)
{
	(void)state;
	assert_false(stage_validpath(S("a\0b")));
	assert_false(stage_validpath(S("..\0")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_paths),
		cmocka_unit_test(nul_in_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
