#include "unit.h"
#include "../../gen/decode.h"

static void
good(void **state)
{
	static const char *const dates[] = {
		"2025-09-15",
		"2025-09",
		"0000-01-01",
		"9999-12-31",
		"2024-02-29",
		"2000-02-29",
		"2025-01-31",
		"2025-04-30",
		"2025-12-31",
	};
	size_t i;

	(void)state;
	for (i = 0; i < LEN(dates); i++)
		if (!date_valid(str(dates[i])))
			fail_msg("'%s' is refused", dates[i]);
}

static void
bad(void **state)
{
	static const char *const dates[] = {
		"",
		"2025",
		"2025-9-15",
		"2025-09-1",
		"2025-09-151",
		"25-09-15",
		"2025/09/15",
		"20250915",
		"2025-09-15 ",
		" 2025-09-15",
		"2025-00-10",
		"2025-13-10",
		"2025-01-00",
		"2025-01-32",
		"2025-04-31",
		"2025-02-29",
		"1900-02-29",
		"2025-02-30",
		"2025-09-1x",
		"202x-09-15",
		"-025-09-15",
		"2025-09-",
		"2025-0-",
		"2025--9",
		"2025-00",
		"2025-13",
		"2025-+9-15",
		"2025-09+15",
	};
	size_t i;

	(void)state;
	for (i = 0; i < LEN(dates); i++)
		if (date_valid(str(dates[i])))
			fail_msg("'%s' is allowed", dates[i]);
	assert_false(date_valid(S("2025-09-1\0")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good),
		cmocka_unit_test(bad),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
