#include <string.h>
#include "util.h"
#include "arena.h"
#include "slots.h"

enum {
	SIZES = 1024,   /* as many sizes of buckets are told apart */
	SPARSE = 4096,  /* so few things that space does not matter */
	DIRECT = 4096,  /* hashes to try for slots without displacements */
	DISPLACED = 64, /* hashes to try for displacements */
	NARROW = 255    /* displacements of few things are bytes */
};

/* The things, and how they are hashed now. */
struct hashed {
	slots_hash *hash;
	void *things;
	uint32_t *hashes, n, state; /* state: of the sequence of numbers */
};

uint32_t
slots_draw(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

/* Which bit of n is the highest, from 0 to 31. */
static uint32_t
highest(uint64_t n)
{
	uint32_t bit = 31;

	while (bit > 0 && n >> bit == 0)
		bit--;
	return bit;
}

static void
drawhashes(struct hashed *s)
{
	s->hash(s->things, &s->state, s->hashes);
}

/* hashes alone */

/* Whether no two hashes fall in one slot; taken is as long as there are slots. */
static bool
scatters(const struct slots *t, const struct hashed *s, uint32_t *taken, uint32_t try)
{
	uint32_t i, slot;

	for (i = 0; i < s->n; i++) {
		slot = s->hashes[i] >> t->shift;
		if (taken[slot] == try)
			return false;
		taken[slot] = try;
	}
	return true;
}

/* Slots by the hash alone: four to eight for each thing. When that is unlikely to be found, it is not searched for. */
static bool
direct(struct slots *t, struct arena *a, struct arena *scratch, struct hashed *s)
{
	uint32_t bits = highest((uint64_t)s->n * 8), try, i, *taken;

	if ((uint64_t)s->n * s->n > UINT64_C(13) << bits)
		return false;
	t->shift = 32 - bits;
	taken = arena_alloc(scratch, sizeof(*taken) << bits);
	for (try = 1; try <= DIRECT; try++) {
		drawhashes(s);
		if (!scatters(t, s, taken, try))
			continue;
		t->nslots = UINT32_C(1) << bits;
		t->slots = arena_array(a, t->nslots, sizeof(*t->slots));
		for (i = 0; i < s->n; i++)
			t->slots[s->hashes[i] >> t->shift] = i + 1;
		return true;
	}
	return false;
}

/* displacements */

/* Things by bucket, and buckets by size, the largest first. */
struct buckets {
	uint32_t *starts, *things, *order;
	uint32_t n, most; /* most: the greatest displacement there may be */
};

static void
fillbuckets(const struct slots *t, const struct hashed *s, struct buckets *b)
{
	uint32_t i, total = 0, n;

	memset(b->starts, 0, (b->n + 1) * sizeof(*b->starts));
	for (i = 0; i < s->n; i++)
		b->starts[s->hashes[i] >> t->bucketshift]++;
	for (i = 0; i < b->n; i++) {
		n = b->starts[i];
		b->starts[i] = total += n;
	}
	b->starts[b->n] = total;
	for (i = s->n; i-- > 0;)
		b->things[--b->starts[s->hashes[i] >> t->bucketshift]] = i;
}

static uint32_t
bucketsize(const struct buckets *b, uint32_t i)
{
	uint32_t n = b->starts[i + 1] - b->starts[i];

	return n < SIZES ? n : SIZES - 1;
}

static void
orderbuckets(struct buckets *b)
{
	uint32_t ends[SIZES] = {0}, i, n, total = 0;

	for (i = 0; i < b->n; i++)
		ends[bucketsize(b, i)]++;
	for (i = SIZES; i-- > 0;) {
		n = ends[i];
		ends[i] = total;
		total += n;
	}
	for (i = 0; i < b->n; i++)
		b->order[ends[bucketsize(b, i)]++] = i;
}

/* Whether the things of a bucket find free slots when they are displaced so. If they do, they take them. */
static bool
fits(const struct slots *t, const struct hashed *s, const uint32_t *things, uint32_t n, uint32_t displacement)
{
	uint32_t i, *slot;

	for (i = 0; i < n; i++) {
		slot = &t->slots[displacement + (s->hashes[things[i]] >> t->shift & t->mask)];
		if (*slot)
			break;
		*slot = things[i] + 1;
	}
	if (i == n)
		return true;
	while (i-- > 0)
		t->slots[displacement + (s->hashes[things[i]] >> t->shift & t->mask)] = 0;
	return false;
}

/* Whether two of the bucket's things would share a slot however they are displaced. */
static bool
stuck(const struct slots *t, const struct hashed *s, const uint32_t *things, uint32_t n)
{
	uint32_t i, j;

	for (i = 1; i < n; i++)
		for (j = 0; j < i; j++)
			if (((s->hashes[things[i]] ^ s->hashes[things[j]]) >> t->shift & t->mask) == 0)
				return true;
	return false;
}

/* Displace a bucket, from anywhere on. There are as many slots as the greatest displacement needs. */
static bool
place(struct slots *t, struct hashed *s, const struct buckets *b, uint32_t bucket)
{
	const uint32_t *things = b->things + b->starts[bucket];
	uint32_t n = b->starts[bucket + 1] - b->starts[bucket], d = slots_draw(&s->state) % (b->most + 1), i;

	for (i = 0; i <= b->most; i++) {
		if (fits(t, s, things, n, d)) {
			t->displacements[bucket] = d;
			if (t->nslots < d + t->mask + 1)
				t->nslots = d + t->mask + 1;
			return true;
		}
		d = d == b->most ? 0 : d + 1;
	}
	return false;
}

static bool
placeall(struct slots *t, struct hashed *s, const struct buckets *b)
{
	uint32_t i;

	for (i = 0; i < b->n; i++)
		if (stuck(t, s, b->things + b->starts[i], b->starts[i + 1] - b->starts[i]))
			return false;
	memset(t->slots, 0, ((size_t)t->mask + 1 + b->most) * sizeof(*t->slots));
	memset(t->displacements, 0, b->n * sizeof(*t->displacements));
	t->nslots = 0;
	for (i = 0; i < b->n && b->starts[b->order[i] + 1] > b->starts[b->order[i]]; i++)
		if (!place(t, s, b, b->order[i]))
			return false;
	return true;
}

/* How many slots and buckets: at most 1.6 slots for each thing when there are many. The bits of a hash that tell bucket
 * and slot are so many that things which agree in all of them are rarely more than one pair. */
static void
layout(struct slots *t, struct buckets *b, uint32_t n)
{
	uint64_t slots = n < SPARSE ? (uint64_t)n * 4 : (uint64_t)n * 8 / 5, pairs = (uint64_t)n * n / 3;
	uint32_t width = highest(slots * 3 / 4), bits = n > 8 ? highest(n - 1) - 1 : 1;

	if (bits + width > 32)
		bits = 32 - width;
	while (bits + width < 32 && pairs >> (bits + width) > 0)
		bits++;
	b->n = UINT32_C(1) << bits;
	b->most = (uint32_t)slots - (UINT32_C(1) << width);
	if (n < SPARSE && b->most > NARROW)
		b->most = NARROW;
	t->mask = (UINT32_C(1) << width) - 1;
	t->bucketshift = 32 - bits;
	t->shift = 32 - bits - width;
}

static bool
displaced(struct slots *t, struct arena *a, struct arena *scratch, struct hashed *s)
{
	struct buckets b;
	uint32_t try;

	if (s->n < 4)
		return false;
	layout(t, &b, s->n);
	t->ndisplacements = b.n;
	t->slots = arena_array(a, (size_t)t->mask + 1 + b.most, sizeof(*t->slots));
	t->displacements = arena_array(a, b.n, sizeof(*t->displacements));
	b.starts = arena_raw(scratch, (b.n + 1) * sizeof(*b.starts));
	b.order = arena_raw(scratch, b.n * sizeof(*b.order));
	b.things = arena_raw(scratch, s->n * sizeof(*b.things));
	for (try = 0; try < DISPLACED; try++) {
		drawhashes(s);
		fillbuckets(t, s, &b);
		orderbuckets(&b);
		if (placeall(t, s, &b))
			return true;
	}
	return false;
}

bool
slots_make(struct slots *t, struct arena *a, struct arena *scratch, uint32_t n, slots_hash *hash, void *things)
{
	struct hashed s = {hash, things, .n = n, .state = UINT32_C(0x9e3779b9)};

	*t = (struct slots){0};
	if (n == 0 || n > SLOTS_MOST)
		return false;
	s.hashes = arena_raw(scratch, n * sizeof(*s.hashes));
	return direct(t, a, scratch, &s) || displaced(t, a, scratch, &s);
}

uint32_t
slots_at(const struct slots *t, uint32_t hash)
{
	if (!t->displacements)
		return hash >> t->shift;
	return t->displacements[hash >> t->bucketshift] + (hash >> t->shift & t->mask);
}
