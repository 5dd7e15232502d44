#include <string.h>
#include "util.h"
#include "arena.h"
#include "hash.h"

enum {
	REACH = 64,     /* how far from the start or the end a position may be */
	MOST = 200000,  /* more names would collide whatever the factors are */
	SAMPLE = 2048,  /* names by which positions are compared, when there are more */
	SMALL = 1024,   /* so few names that time does not matter */
	SPARSE = 4096,  /* so few that space does not */
	DIRECT = 4096,  /* factors to try for slots without displacements */
	DISPLACED = 64, /* factors to try for displacements */
	NARROW = 255    /* displacements of few names are bytes */
};

/* What the search works with: the names that the positions so far do not tell apart, in classes of equals. */
struct parting {
	const struct str *names;
	uint32_t *left, *starts; /* starts of classes in left, and where the last ends */
	uint32_t nclasses, all;
};

/* What of the names the hash sees. */
struct seen {
	uint32_t n, width;
	uint32_t *lengths, *hashes;
	unsigned char *bytes; /* of each name, one for each position */
	uint32_t state;       /* of the generator of factors */
};

/* A fixed sequence of numbers: xorshift. */
static uint32_t
draw(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static unsigned char
byteat(struct str s, const struct position *p)
{
	size_t i = p->index < s.n ? p->index : s.n - 1;

	return (unsigned char)s.s[p->last ? s.n - 1 - i : i];
}

/* The least number of bits that count up to n - 1. */
static uint32_t
bitsof(uint64_t n)
{
	uint32_t bits = 0;

	while (UINT64_C(1) << bits < n)
		bits++;
	return bits;
}

/* positions */

/* How many classes more there would be, if only a sample of each counts. */
static uint32_t
gain(const struct parting *p, const struct position *q, uint32_t sample)
{
	uint32_t mark[256] = {0}, nleft = p->starts[p->nclasses], taken = 0, more = 0, c, i, n;
	unsigned char byte;

	for (c = 0; c < p->nclasses && taken < sample; c++) {
		n = p->starts[c + 1] - p->starts[c];
		if (nleft > sample)
			n = (uint32_t)((uint64_t)n * sample / nleft) + 2 < n
				? (uint32_t)((uint64_t)n * sample / nleft) + 2
				: n;
		for (i = 0; i < n; i++) {
			byte = byteat(p->names[p->left[p->starts[c] + i]], q);
			more += mark[byte] != c + 1;
			mark[byte] = c + 1;
		}
		more--;
		taken += n;
	}
	return more;
}

/* The position that tells most names apart; one that every name has is taken for a little less. */
static bool
best(const struct hash *h, const struct parting *p, uint32_t sample, struct position *found)
{
	uint32_t reach = h->greatest < REACH ? h->greatest : REACH, most = 0, i, n;
	struct position q;

	for (i = 0; i < reach * 2; i++) {
		q = (struct position){.index = i / 2, .last = i % 2, .guard = i / 2 >= h->least};
		n = gain(p, &q, sample);
		n = q.guard ? n - n / 8 : n;
		if (n > most) {
			most = n;
			*found = q;
		}
	}
	return most > 0;
}

/* Sort n names by their byte at a position. */
static void
sortclass(const struct parting *p, uint32_t *left, uint32_t *spare, uint32_t n, const struct position *q)
{
	uint32_t ends[257] = {0}, i, j, name;

	if (n < 32) {
		for (i = 1; i < n; i++) {
			name = left[i];
			for (j = i; j > 0 && byteat(p->names[left[j - 1]], q) > byteat(p->names[name], q); j--)
				left[j] = left[j - 1];
			left[j] = name;
		}
		return;
	}
	for (i = 0; i < n; i++)
		ends[byteat(p->names[left[i]], q) + 1]++;
	for (i = 1; i < 257; i++)
		ends[i] += ends[i - 1];
	for (i = 0; i < n; i++)
		spare[ends[byteat(p->names[left[i]], q)]++] = left[i];
	memcpy(left, spare, n * sizeof(*left));
}

/* Part the classes by a position. Names that are alone then are told apart, and leave. */
static void
part(struct parting *p, uint32_t *spare, uint32_t *starts, const struct position *q)
{
	uint32_t c, i, j, n, end, nclasses = 0, nleft = 0, *left = p->left;

	for (c = 0; c < p->nclasses; c++) {
		i = p->starts[c];
		end = p->starts[c + 1];
		sortclass(p, left + i, spare, end - i, q);
		for (; i < end; i = j) {
			for (j = i + 1; j < end && byteat(p->names[left[j]], q) == byteat(p->names[left[i]], q); j++)
				;
			n = j - i;
			if (n == 1)
				continue;
			memmove(left + nleft, left + i, n * sizeof(*left));
			starts[nclasses++] = nleft;
			nleft += n;
		}
	}
	starts[nclasses] = nleft;
	memcpy(p->starts, starts, (nclasses + 1) * sizeof(*starts));
	p->nclasses = nclasses;
}

/* Classes of names that are as long as each other. */
static void
partlengths(struct parting *p)
{
	uint32_t ends[257] = {0}, i, length, nclasses = 0, nleft = 0;

	for (i = 0; i < p->all; i++)
		ends[(p->names[i].n < 255 ? p->names[i].n : 255) + 1]++;
	for (length = 0; length < 256; length++) {
		if (ends[length + 1] >= 2)
			p->starts[nclasses++] = nleft;
		i = nleft;
		nleft += ends[length + 1] >= 2 ? ends[length + 1] : 0;
		ends[length] = ends[length + 1] >= 2 ? i : UINT32_MAX;
	}
	for (i = 0; i < p->all; i++) {
		length = p->names[i].n < 255 ? (uint32_t)p->names[i].n : 255;
		if (ends[length] != UINT32_MAX)
			p->left[ends[length]++] = i;
	}
	p->starts[nclasses] = nleft;
	p->nclasses = nclasses;
}

/* Whether the names differ at the positions but one, or in length. */
static bool
dispensable(const struct hash *h, struct parting *p, uint32_t *spare, uint32_t *starts, uint32_t but)
{
	uint32_t i;

	partlengths(p);
	for (i = 0; i < h->npositions; i++)
		if (i != but)
			part(p, spare, starts, &h->positions[i]);
	return p->nclasses == 0;
}

/* Choose positions, the best first, until all names differ; then leave out those that were not needed. */
static bool
choose(struct hash *h, struct arena *scratch, const struct str *names, uint32_t n)
{
	struct parting p = {.names = names, .all = n};
	uint32_t *spare = arena_raw(scratch, n * sizeof(*spare)), i;
	uint32_t *starts = arena_raw(scratch, (n / 2 + 2) * sizeof(*starts));
	struct position *q;

	p.left = arena_raw(scratch, n * sizeof(*p.left));
	p.starts = arena_raw(scratch, (n / 2 + 2) * sizeof(*p.starts));
	h->npositions = 0;
	for (partlengths(&p); p.nclasses > 0; part(&p, spare, starts, q)) {
		if (h->npositions == HASH_POSITIONS)
			return false;
		q = &h->positions[h->npositions];
		if (!best(h, &p, SAMPLE, q) && !best(h, &p, UINT32_MAX, q))
			return false;
		h->npositions++;
	}
	for (i = h->npositions; n <= SMALL && i-- > 0;)
		if (dispensable(h, &p, spare, starts, i)) {
			h->npositions--;
			memmove(&h->positions[i], &h->positions[i + 1], (h->npositions - i) * sizeof(*h->positions));
		}
	return true;
}

/* hashes */

static void
see(struct seen *s, const struct hash *h, struct arena *scratch, const struct str *names, uint32_t n)
{
	unsigned char *byte;
	uint32_t i, j;

	*s = (struct seen){.n = n, .width = h->npositions, .state = UINT32_C(0x9e3779b9)};
	s->lengths = arena_raw(scratch, n * sizeof(*s->lengths));
	s->hashes = arena_raw(scratch, n * sizeof(*s->hashes));
	byte = s->bytes = arena_raw(scratch, (size_t)n * s->width + 1);
	for (i = 0; i < n; i++) {
		s->lengths[i] = (uint32_t)names[i].n;
		for (j = 0; j < s->width; j++)
			*byte++ = byteat(names[i], &h->positions[j]);
	}
}

static void
drawfactors(struct hash *h, struct seen *s)
{
	uint32_t i;

	h->factor = draw(&s->state) | 1;
	for (i = 0; i < h->npositions; i++)
		h->positions[i].factor = draw(&s->state) | 1;
}

static uint32_t
hashof(const struct hash *h, const struct seen *s, uint32_t name)
{
	const unsigned char *bytes = s->bytes + (size_t)name * s->width;
	uint32_t hash = s->lengths[name] * h->factor, i;

	for (i = 0; i < s->width; i++)
		hash += bytes[i] * h->positions[i].factor;
	return hash;
}

/* Whether no two names fall in one slot; taken is as long as there are slots. */
static bool
scatters(const struct hash *h, const struct seen *s, uint32_t *taken, uint32_t try)
{
	uint32_t i, slot;

	for (i = 0; i < s->n; i++) {
		slot = hashof(h, s, i) >> h->shift;
		if (taken[slot] == try)
			return false;
		taken[slot] = try;
	}
	return true;
}

/* Slots by the hash alone: four to eight for each name. When that is unlikely to be found, it is not searched for. */
static bool
direct(struct hash *h, struct arena *a, struct arena *scratch, struct seen *s)
{
	uint32_t bits = bitsof((uint64_t)s->n * 8 + 1) - 1, try, i, *taken;

	if ((uint64_t)s->n * s->n > UINT64_C(13) << bits)
		return false;
	h->shift = 32 - bits;
	taken = arena_alloc(scratch, sizeof(*taken) << bits);
	for (try = 1; try <= DIRECT; try++) {
		drawfactors(h, s);
		if (!scatters(h, s, taken, try))
			continue;
		h->nslots = UINT32_C(1) << bits;
		h->slots = arena_array(a, h->nslots, sizeof(*h->slots));
		for (i = 0; i < s->n; i++)
			h->slots[hashof(h, s, i) >> h->shift] = i + 1;
		return true;
	}
	return false;
}

/* displacements */

/* Names by bucket, and buckets by size, the largest first. */
struct buckets {
	uint32_t *starts, *names, *order;
	uint32_t n, most; /* most: the greatest displacement there may be */
};

static void
fillbuckets(const struct hash *h, struct seen *s, struct buckets *b)
{
	uint32_t i, total = 0, n;

	memset(b->starts, 0, (b->n + 1) * sizeof(*b->starts));
	for (i = 0; i < s->n; i++) {
		s->hashes[i] = hashof(h, s, i);
		b->starts[s->hashes[i] >> h->bucketshift]++;
	}
	for (i = 0; i < b->n; i++) {
		n = b->starts[i];
		b->starts[i] = total += n;
	}
	b->starts[b->n] = total;
	for (i = s->n; i-- > 0;)
		b->names[--b->starts[s->hashes[i] >> h->bucketshift]] = i;
}

static uint32_t
bucketsize(const struct buckets *b, uint32_t i)
{
	uint32_t n = b->starts[i + 1] - b->starts[i];

	return n < SMALL ? n : SMALL - 1;
}

static void
orderbuckets(struct buckets *b)
{
	uint32_t ends[SMALL] = {0}, i, n, total = 0;

	for (i = 0; i < b->n; i++)
		ends[bucketsize(b, i)]++;
	for (i = SMALL; i-- > 0;) {
		n = ends[i];
		ends[i] = total;
		total += n;
	}
	for (i = 0; i < b->n; i++)
		b->order[ends[bucketsize(b, i)]++] = i;
}

/* Whether the names of a bucket find free slots when they are displaced so. If they do, they take them. */
static bool
fits(const struct hash *h, const struct seen *s, const uint32_t *names, uint32_t n, uint32_t displacement)
{
	uint32_t i, *slot;

	for (i = 0; i < n; i++) {
		slot = &h->slots[displacement + (s->hashes[names[i]] >> h->shift & h->mask)];
		if (*slot)
			break;
		*slot = names[i] + 1;
	}
	if (i == n)
		return true;
	while (i-- > 0)
		h->slots[displacement + (s->hashes[names[i]] >> h->shift & h->mask)] = 0;
	return false;
}

/* Whether two of the bucket's names would share a slot however they are displaced. */
static bool
stuck(const struct hash *h, const struct seen *s, const uint32_t *names, uint32_t n)
{
	uint32_t i, j;

	for (i = 1; i < n; i++)
		for (j = 0; j < i; j++)
			if (((s->hashes[names[i]] ^ s->hashes[names[j]]) >> h->shift & h->mask) == 0)
				return true;
	return false;
}

/* Displace a bucket, from anywhere on. There are as many slots as the greatest displacement needs. */
static bool
place(struct hash *h, struct seen *s, const struct buckets *b, uint32_t bucket)
{
	const uint32_t *names = b->names + b->starts[bucket];
	uint32_t n = b->starts[bucket + 1] - b->starts[bucket], d = draw(&s->state) % (b->most + 1), i;

	for (i = 0; i <= b->most; i++) {
		if (fits(h, s, names, n, d)) {
			h->displacements[bucket] = d;
			if (h->nslots < d + h->mask + 1)
				h->nslots = d + h->mask + 1;
			return true;
		}
		d = d == b->most ? 0 : d + 1;
	}
	return false;
}

static bool
placeall(struct hash *h, struct seen *s, const struct buckets *b)
{
	uint32_t i;

	for (i = 0; i < b->n; i++)
		if (stuck(h, s, b->names + b->starts[i], b->starts[i + 1] - b->starts[i]))
			return false;
	memset(h->slots, 0, ((size_t)h->mask + 1 + b->most) * sizeof(*h->slots));
	memset(h->displacements, 0, b->n * sizeof(*h->displacements));
	h->nslots = 0;
	for (i = 0; i < b->n && b->starts[b->order[i] + 1] > b->starts[b->order[i]]; i++)
		if (!place(h, s, b, b->order[i]))
			return false;
	return true;
}

/* How many slots and buckets: at most 1.6 slots for each name when there are many. The bits of a hash that tell bucket
 * and slot are so many that names which agree in all of them are rarely more than one pair. */
static void
layout(struct hash *h, struct buckets *b, uint32_t n)
{
	uint64_t slots = n < SPARSE ? (uint64_t)n * 4 : (uint64_t)n * 8 / 5, pairs = (uint64_t)n * n / 3;
	uint32_t width = bitsof(slots * 3 / 4 + 1) - 1, bits = n > 8 ? bitsof(n) - 2 : 1;

	if (bits + width > 32)
		bits = 32 - width;
	while (bits + width < 32 && pairs >> (bits + width) > 0)
		bits++;
	b->n = UINT32_C(1) << bits;
	b->most = (uint32_t)slots - (UINT32_C(1) << width);
	if (n < SPARSE && b->most > NARROW)
		b->most = NARROW;
	h->mask = (UINT32_C(1) << width) - 1;
	h->bucketshift = 32 - bits;
	h->shift = 32 - bits - width;
}

static bool
displaced(struct hash *h, struct arena *a, struct arena *scratch, struct seen *s)
{
	struct buckets b;
	uint32_t try;

	if (s->n < 4)
		return false;
	layout(h, &b, s->n);
	h->ndisplacements = b.n;
	h->slots = arena_array(a, (size_t)h->mask + 1 + b.most, sizeof(*h->slots));
	h->displacements = arena_array(a, b.n, sizeof(*h->displacements));
	b.starts = arena_raw(scratch, (b.n + 1) * sizeof(*b.starts));
	b.order = arena_raw(scratch, b.n * sizeof(*b.order));
	b.names = arena_raw(scratch, s->n * sizeof(*b.names));
	for (try = 0; try < DISPLACED; try++) {
		drawfactors(h, s);
		fillbuckets(h, s, &b);
		orderbuckets(&b);
		if (placeall(h, s, &b))
			return true;
	}
	return false;
}

static void
measure(struct hash *h, const struct str *names, uint32_t n)
{
	uint32_t i;

	h->least = UINT32_MAX;
	for (i = 0; i < n; i++) {
		if (names[i].n < h->least)
			h->least = (uint32_t)names[i].n;
		if (names[i].n > h->greatest)
			h->greatest = (uint32_t)names[i].n;
	}
}

bool
hash_make(struct hash *h, struct arena *a, const struct str *names, uint32_t n)
{
	struct arena scratch = {0};
	struct seen s;
	bool found = false;

	*h = (struct hash){0};
	measure(h, names, n);
	if (n > 0 && n <= MOST && h->least > 0 && choose(h, &scratch, names, n)) {
		see(&s, h, &scratch, names, n);
		found = direct(h, a, &scratch, &s) || displaced(h, a, &scratch, &s);
	}
	arena_free(&scratch);
	return found;
}

uint32_t
hash_look(const struct hash *h, struct str name)
{
	uint32_t hash = (uint32_t)name.n * h->factor, i;

	if (name.n < h->least || name.n > h->greatest)
		return 0;
	for (i = 0; i < h->npositions; i++)
		hash += byteat(name, &h->positions[i]) * h->positions[i].factor;
	if (!h->displacements)
		return h->slots[hash >> h->shift];
	return h->slots[h->displacements[hash >> h->bucketshift] + (hash >> h->shift & h->mask)];
}
