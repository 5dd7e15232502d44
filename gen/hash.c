#include <string.h>
#include "util.h"
#include "arena.h"
#include "slots.h"
#include "hash.h"

enum {
	REACH = 64,    /* how far from the start or the end a position may be */
	SAMPLE = 2048, /* names by which positions are compared, when there are more */
	SMALL = 1024   /* so few names that time does not matter */
};

/* What the search works with: the names that the positions so far do not tell apart, in classes of equals. */
struct parting {
	const struct str *names;
	uint32_t *left, *starts; /* starts of classes in left, and where the last ends */
	uint32_t nclasses, all;
};

/* What of the names the hash sees. */
struct seen {
	struct hash *hash;
	uint32_t n, *lengths;
	unsigned char *bytes; /* of each name, one for each position */
};

static unsigned char
byteat(struct str s, const struct position *p)
{
	size_t i = p->index < s.n ? p->index : s.n - 1;

	return (unsigned char)s.s[p->last ? s.n - 1 - i : i];
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
see(struct seen *s, struct hash *h, struct arena *scratch, const struct str *names, uint32_t n)
{
	unsigned char *byte;
	uint32_t i, j;

	*s = (struct seen){.hash = h, .n = n};
	s->lengths = arena_raw(scratch, n * sizeof(*s->lengths));
	byte = s->bytes = arena_raw(scratch, (size_t)n * h->npositions + 1);
	for (i = 0; i < n; i++) {
		s->lengths[i] = (uint32_t)names[i].n;
		for (j = 0; j < h->npositions; j++)
			*byte++ = byteat(names[i], &h->positions[j]);
	}
}

static void
drawhashes(void *seen, uint32_t *state, uint32_t *hashes)
{
	const struct seen *s = seen;
	struct hash *h = s->hash;
	const unsigned char *byte = s->bytes;
	uint32_t i, j;

	h->factor = slots_draw(state) | 1;
	for (j = 0; j < h->npositions; j++)
		h->positions[j].factor = slots_draw(state) | 1;
	for (i = 0; i < s->n; i++) {
		hashes[i] = s->lengths[i] * h->factor;
		for (j = 0; j < h->npositions; j++)
			hashes[i] += *byte++ * h->positions[j].factor;
	}
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
	if (n > 0 && n <= SLOTS_MOST && h->least > 0 && choose(h, &scratch, names, n)) {
		see(&s, h, &scratch, names, n);
		found = slots_make(&h->at, a, &scratch, n, drawhashes, &s);
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
	return h->at.slots[slots_at(&h->at, hash)];
}
