#include "unit.h"
#include "../../gen/buf.h"
#include "../../gen/listing.h"

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define NONE "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define HEAD "# Files that regen wrote, for regen and for sha256sum -c. DO NOT EDIT.\n"

/* The examples of FIPS 180-4 that NIST gives. */
static void
digests(void **state)
{
	char sha[LISTING_SHA + 1];

	(void)state;
	listing_digest(sha, S("abc"));
	assert_string_equal(sha, ABC);
	listing_digest(sha, S(""));
	assert_string_equal(sha, NONE);
}

static void
reads_and_writes(void **state)
{
	struct listing l = {0};
	struct buf b = {0};

	(void)state;
	listing_read(&l, S("# target b\n" ABC "  b/x\n# target a\n" NONE "  a/y z\n# a remark\n" ABC "  a/x\n"));
	assert_int_equal(l.n, 3);
	assert_str(l.list[0].target, "b");
	assert_str(l.list[1].path, "a/y z");
	assert_string_equal(listing_find(&l, S("a/x"))->sha, ABC);
	assert_null(listing_find(&l, S("a")));
	listing_write(&l, &b);
	assert_str(buf_str(&b), HEAD "# target a\n" ABC "  a/x\n" NONE "  a/y z\n# target b\n" ABC "  b/x\n");
	buf_free(&b);
	listing_free(&l);
	assert_null(listing_find(&l, S("a/x")));
}

/* What cannot be a line of it: a path that leads outside or to regen's own files, too little before it, no end. */
static void
passes_over(void **state)
{
	struct listing l = {0};

	(void)state;
	listing_read(&l,
		S(ABC "  ../x\n" ABC "  /x\n" ABC "  .regen\n" ABC "  x.regen-tmp\n" ABC "  \nshort  x\n\n" ABC "  x"));
	assert_int_equal(l.n, 0);
	listing_free(&l);
}

/* Many are found, and of two with one path the first. */
static void
finds(void **state)
{
	static char paths[1000][8];
	struct listing l = {0};
	size_t i;

	(void)state;
	for (i = 0; i < LEN(paths); i++) {
		snprintf(paths[i], sizeof(paths[i]), "p%zu", i);
		listing_add(&l, S("t"), str(paths[i]));
		listing_add(&l, S("again"), str(paths[i]));
	}
	for (i = 0; i < LEN(paths); i++)
		assert_ptr_equal(listing_find(&l, str(paths[i])), &l.list[2 * i]);
	listing_free(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digests),
		cmocka_unit_test(reads_and_writes),
		cmocka_unit_test(passes_over),
		cmocka_unit_test(finds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
