#include <inttypes.h>
#include "unit.h"
#include "../../gen/arena.h"
#include "../../gen/slots.h"
#include "../../gen/hash.h"
#include "slotted.h"

static struct arena a;
static struct hash h;

/* The hash as templates/README.md describes it, from the numbers that templates are given. */
static uint32_t
look(struct str name)
{
	uint32_t hash = (uint32_t)name.n * h.factor, i;
	const struct position *p;
	size_t at;

	if (name.n < h.least || name.n > h.greatest)
		return 0;
	for (i = 0; i < h.npositions; i++) {
		p = &h.positions[i];
		if (!p->guard)
			assert_true(p->index < h.least);
		at = p->index < name.n ? p->index : name.n - 1;
		hash += (unsigned char)name.s[p->last ? name.n - 1 - at : at] * p->factor;
	}
	return h.at.slots[slotof(&h.at, hash)];
}

static bool
has(const struct str *names, struct str name)
{
	uint32_t number = look(name);

	assert_int_equal(number, hash_look(&h, name));
	return number > 0 && streq(names[number - 1], name);
}

/* Every name is found where it is, once; and a name with another byte in it is not. */
static void
complete(const struct str *names, uint32_t n)
{
	uint32_t i;
	char other[512];

	assert_true(hash_make(&h, &a, names, n));
	assert_full(&h.at, n);
	for (i = 0; i < n; i++) {
		assert_int_equal(look(names[i]), i + 1);
		assert_int_equal(hash_look(&h, names[i]), i + 1);
		assert_true(names[i].n < sizeof(other));
		memcpy(other, names[i].s, names[i].n);
		other[i % names[i].n] = '\n';
		assert_false(has(names, (struct str){other, names[i].n}));
		assert_false(has(names, (struct str){names[i].s, 0}));
	}
}

static void
few(void **state)
{
	struct str one[] = {S("OK")}, two[] = {S("a"), S("b")}, three[] = {S("A"), S("AA"), S("AAA")};
	struct str bytes[256];
	static char c[256];
	uint32_t i;

	(void)state;
	assert_false(hash_make(&h, &a, NULL, 0));
	complete(one, LEN(one));
	assert_false(has(one, S("KO")));
	assert_false(has(one, S("OKAY")));
	complete(two, LEN(two));
	complete(three, LEN(three));
	for (i = 0; i < LEN(bytes); i++) {
		c[i] = (char)i;
		bytes[i] = (struct str){&c[i], 1};
	}
	assert_true(hash_make(&h, &a, bytes, LEN(bytes)));
	for (i = 0; i < LEN(bytes); i++)
		assert_int_equal(look(bytes[i]), i + 1);
}

/* Names that differ in one place only, wherever it is. */
static void
alike(void **state)
{
	struct str pair[2];
	char x[300], y[300];
	size_t i, n;

	(void)state;
	for (n = 1; n < sizeof(x); n += 7)
		for (i = 0; i < n; i++) {
			memset(x, 'x', n);
			memset(y, 'x', n);
			y[i] = 'y';
			pair[0] = (struct str){x, n};
			pair[1] = (struct str){y, n};
			if (i < 64 || n - i <= 64)
				complete(pair, 2);
			else
				assert_false(hash_make(&h, &a, pair, 2));
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
}

/* Tables are as small as they are said to be, and numbers by the thousand stay narrow. */
static void
compact(void **state)
{
	uint32_t n, i, most;

	(void)state;
	for (n = 1; n < 20000; n += 1 + n / 3) {
		assert_true(hash_make(&h, &a, numbered(&a, "N", n, ""), n));
		if (n < 4096)
			assert_true(h.at.nslots <= 8 * n);
		else
			assert_true(n * 10 >= h.at.nslots * 6);
		for (i = 0, most = 0; i < h.at.ndisplacements; i++)
			most = h.at.displacements[i] > most ? h.at.displacements[i] : most;
		assert_true(most < (n < 4096 ? 256 : 65536));
		assert_true(h.at.ndisplacements <= n);
	}
}

static void
many(void **state)
{
	(void)state;
	complete(numbered(&a, "", 100000, ""), 100000);
	complete(numbered(&a, "A_RATHER_LONG_PREFIX_", 65536, "_AND_A_SUFFIX"), 65536);
}

/* More names than there is a hash for, soon said; and what no position tells apart. */
static void
toomany(void **state)
{
	struct str same[] = {S("same"), S("other"), S("same")};
	struct str *names = numbered(&a, "", 1000000, "");

	(void)state;
	assert_false(hash_make(&h, &a, names, 1000000));
	assert_false(hash_make(&h, &a, same, LEN(same)));
}

/* The same names give the same numbers, whatever was made before. */
static void
again(void **state)
{
	struct str *names = numbered(&a, "N", 5000, "");
	struct hash first;

	(void)state;
	assert_true(hash_make(&first, &a, names, 5000));
	assert_true(hash_make(&h, &a, numbered(&a, "X", 77, ""), 77));
	assert_true(hash_make(&h, &a, names, 5000));
	assert_int_equal(first.at.nslots, h.at.nslots);
	assert_int_equal(first.at.ndisplacements, h.at.ndisplacements);
	assert_memory_equal(first.positions, h.positions, sizeof(h.positions));
	assert_memory_equal(first.at.slots, h.at.slots, h.at.nslots * sizeof(*h.at.slots));
	assert_memory_equal(first.at.displacements, h.at.displacements, h.at.ndisplacements * sizeof(*h.at.slots));
}

/* Names whose bytes make many hashes collide: any two bytes of each are all there is, so 65,536 names leave no byte
 * that tells more than another. */
static void
collisions(void **state)
{
	struct str *names = arena_array(&a, 65536, sizeof(*names));
	uint32_t i, first;
	char *s;

	(void)state;
	for (i = 0; i < 65536; i++) {
		s = arena_bytes(&a, 2);
		s[0] = (char)(i >> 8);
		s[1] = (char)i;
		names[i] = (struct str){s, 2};
	}
	assert_true(hash_make(&h, &a, names, 65536));
	for (i = 0; i < 65536; i++)
		assert_int_equal(look(names[i]), i + 1);
	/* the first factors, which do for one name, put two of these into one slot: others are taken */
	assert_true(hash_make(&h, &a, names, 1));
	first = h.factor;
	for (i = 0; i < 64; i++)
		names[i] = str(arena_printf(&a, "%" PRIX32, (i + 1) * UINT32_C(2654435761)));
	complete(names, 64);
	assert_int_not_equal(h.factor, first);
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
		cmocka_unit_test(compact),
		cmocka_unit_test(many),
		cmocka_unit_test(toomany),
		cmocka_unit_test(again),
		cmocka_unit_test(collisions),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
