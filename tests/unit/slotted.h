/* slotted.h - what the tests of both perfect hashes share: included after gen/arena.h and gen/slots.h. */

/* The slot of a hash as templates/README.md describes it. */
static inline uint32_t
slotof(const struct slots *t, uint32_t hash)
{
	uint32_t slot = hash >> t->shift;

	if (t->displacements) {
		assert_true(hash >> t->bucketshift < t->ndisplacements);
		slot = t->displacements[hash >> t->bucketshift] + (slot & t->mask);
	}
	assert_true(slot < t->nslots);
	return slot;
}

/* Fail unless so many slots are taken. */
static inline void
assert_full(const struct slots *t, uint32_t n)
{
	uint32_t i, full = 0;

	for (i = 0; i < t->nslots; i++)
		full += t->slots[i] > 0;
	assert_int_equal(full, n);
}

/* n names that are numbers, with what stands before and behind. */
static inline struct str *
numbered(struct arena *a, const char *before, uint32_t n, const char *behind)
{
	struct str *names = arena_array(a, n, sizeof(*names));
	uint32_t i;

	for (i = 0; i < n; i++)
		names[i] = str(arena_printf(a, "%s%u%s", before, i, behind));
	return names;
}
