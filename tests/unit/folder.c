#include "unit.h"
#include "../../gen/folder.h"

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
		if (folder_wrongpath(str(good[i])))
			fail_msg("'%s' is refused", good[i]);
	for (i = 0; i < LEN(bad); i++)
		if (!folder_wrongpath(str(bad[i])))
			fail_msg("'%s' is allowed", bad[i]);
}

/* A NUL would end the path where the system sees it. */
static void
nul_in_path(void **state)
{
	(void)state;
	assert_non_null(folder_wrongpath(S("a\0b")));
	assert_non_null(folder_wrongpath(S("..\0")));
}

/* A part and a whole of the greatest length are allowed, one byte more of either is not. */
static void
long_paths(void **state)
{
	char path[1024];
	size_t i;

	(void)state;
	memset(path, 'x', sizeof(path));
	assert_null(folder_wrongpath((struct str){path, 245}));
	assert_non_null(folder_wrongpath((struct str){path, 246}));
	path[1] = '/';
	assert_null(folder_wrongpath((struct str){path, 2 + 245}));
	assert_non_null(folder_wrongpath((struct str){path, 2 + 246}));
	path[2 + 246] = '/';
	assert_non_null(folder_wrongpath((struct str){path, 2 + 246 + 2}));
	for (i = 2; i < sizeof(path); i++)
		path[i] = i % 100 == 0 ? '/' : 'x';
	assert_null(folder_wrongpath((struct str){path, 1023}));
	assert_non_null(folder_wrongpath((struct str){path, 1024}));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_paths),
		cmocka_unit_test(nul_in_path),
		cmocka_unit_test(long_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
