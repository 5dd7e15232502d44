#include "unit.h"
#include "../../gen/arena.h"
#include "../../gen/slots.h"
#include "../../gen/wordhash.h"
#include "slotted.h"

static struct arena a;
static struct wordhash h;

/* A word as templates/README.md describes it. */
static uint64_t
word(struct str name, uint32_t index)
{
	size_t at = index, i;
	uint64_t n = 0;

	if (name.n < h.width)
		at = 0;
	else if (at > name.n - h.width)
		at = name.n - h.width;
	for (i = h.width; i-- > 0;)
		n = n * 256 + (at + i < name.n ? (unsigned char)name.s[at + i] : 0);
	return n;
}

/* The hash, likewise, from the numbers that templates are given. */
static uint32_t
look(struct str name)
{
	uint64_t sum = name.n * h.factor, mixed;
	uint32_t i, slot;

	if (name.n < h.least || name.n > h.greatest)
		return 0;
	if (name.n < h.width)
		sum += word(name, 0) * wordhash_shortfactor(&h);
	else
		for (i = 0; i < h.nwords; i++)
			sum += word(name, h.words[i].index) * h.words[i].factor;
	mixed = (sum ^ sum >> 32) * h.mixer;
	slot = slotof(&h.at, (uint32_t)(mixed >> 32));
	assert_true(h.tags[slot] < 256);
	return h.tags[slot] == (mixed >> 24 & 0xff) ? h.at.slots[slot] : 0;
}

static bool
has(const struct str *names, struct str name)
{
	uint32_t number = look(name);

	assert_int_equal(number, wordhash_look(&h, name));
	return number > 0 && streq(names[number - 1], name);
}

/* Every byte of every name is in a word, if they are said to have them all. */
static void
covered(void)
{
	uint32_t n, i, end;

	for (n = h.greatest; h.whole && n >= h.least && n >= h.width; n--)
		for (i = 0, end = 0; i < h.nwords; i++) {
			assert_true((h.words[i].index < n - h.width ? h.words[i].index : n - h.width) <= end);
			end = h.words[i].index < n - h.width ? h.words[i].index + h.width : n;
			assert_true(i + 1 < h.nwords || end == n);
		}
}

/* Every name is found where it is, once; one with another byte in it is not, and is rarely compared with any. */
static void
complete(const struct str *names, uint32_t n)
{
	uint32_t i, compared = 0;
	char other[512];

	assert_true(wordhash_make(&h, &a, names, n));
	assert_true(h.width == 4 || h.width == 8);
	assert_true(h.nwords > 0 && h.nwords <= WORDHASH_WORDS);
	covered();
	assert_full(&h.at, n);
	for (i = 0; i < n; i++) {
		assert_int_equal(look(names[i]), i + 1);
		assert_int_equal(wordhash_look(&h, names[i]), i + 1);
		assert_true(names[i].n < sizeof(other));
		memcpy(other, names[i].s, names[i].n);
		other[i % names[i].n] = '\n';
		assert_false(has(names, (struct str){other, names[i].n}));
		assert_false(has(names, (struct str){names[i].s, 0}));
		compared += look((struct str){other, names[i].n}) > 0;
	}
	assert_true(!h.whole || compared <= 40 + n / 64); /* up to ten of the others are one */
}

static void
few(void **state)
{
	struct str one[] = {S("OK")}, two[] = {S("a"), S("b")}, three[] = {S("A"), S("AA"), S("AAA")};
	struct str nought[] = {{"\0", 1}, {"\0\0", 2}, {"\0\0\0\0\0", 5}}, empty[] = {S("a"), S("")};

	(void)state;
	assert_false(wordhash_make(&h, &a, NULL, 0));
	assert_false(wordhash_make(&h, &a, empty, LEN(empty)));
	complete(one, LEN(one));
	assert_false(has(one, S("KO")));
	assert_false(has(one, S("OKAY")));
	complete(two, LEN(two));
	complete(three, LEN(three));
	complete(nought, LEN(nought));
}

/* Names that differ in one place only, wherever it is, up to as many bytes as words have; of longer ones the last word
 * is at their end, the others from their start on. */
static void
alike(void **state)
{
	struct str pair[2];
	char x[90], y[90];
	size_t i, n;

	(void)state;
	for (n = 1; n < sizeof(x); n++)
		for (i = 0; i < n; i++) {
			memset(x, 'x', n);
			memset(y, 'x', n);
			y[i] = 'y';
			pair[0] = (struct str){x, n};
			pair[1] = (struct str){y, n};
			if (n <= 64 || i < 56 || n - i <= 8)
				complete(pair, 2);
			else
				assert_false(wordhash_make(&h, &a, pair, 2));
			assert_int_equal(h.whole, n <= 64);
		}
}

static void
sizes(void **state)
{
	uint32_t n;

	(void)state;
	for (n = 1; n < 400; n++)
		complete(numbered(&a, "", n, ""), n);
	for (n = 400; n < 20000; n += n / 3)
		complete(numbered(&a, "NAME_", n, "_OF_THIS"), n);
	complete(numbered(&a, "A_RATHER_LONG_PREFIX_", 65536, "_AND_A_SUFFIX"), 65536);
	complete(numbered(&a, "", 100000, ""), 100000);
}

/* More names than there is a hash for, and two that are equal. */
static void
none(void **state)
{
	struct str same[] = {S("same"), S("other"), S("same")};
	struct str *names = numbered(&a, "", SLOTS_MOST + 1, "");

	(void)state;
	assert_false(wordhash_make(&h, &a, names, SLOTS_MOST + 1));
	assert_false(wordhash_make(&h, &a, same, LEN(same)));
}

/* The same names give the same numbers, whatever was made before. */
static void
again(void **state)
{
	struct str *names = numbered(&a, "N", 5000, "");
	struct wordhash first;

	(void)state;
	assert_true(wordhash_make(&first, &a, names, 5000));
	assert_true(wordhash_make(&h, &a, numbered(&a, "X", 77, ""), 77));
	assert_true(wordhash_make(&h, &a, names, 5000));
	assert_int_equal(first.at.nslots, h.at.nslots);
	assert_memory_equal(first.words, h.words, sizeof(h.words));
	assert_memory_equal(first.tags, h.tags, h.at.nslots * sizeof(*h.tags));
	assert_memory_equal(first.at.slots, h.at.slots, h.at.nslots * sizeof(*h.at.slots));
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
		cmocka_unit_test(few),
		cmocka_unit_test(alike),
		cmocka_unit_test(sizes),
		cmocka_unit_test(none),
		cmocka_unit_test(again),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
