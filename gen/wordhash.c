#include "util.h"
#include "arena.h"
#include "slots.h"
#include "wordhash.h"

enum { NARROW = 4, WIDE = 8 }; /* words; narrow ones do for names of up to four */

/* What of the names the hash sees. */
struct seen {
	struct wordhash *hash;
	uint32_t n, *lengths;
	uint64_t *words; /* of each name, one after the other */
	uint64_t *mixed; /* of each name, by the factors drawn last */
};

static uint64_t
wordat(struct str s, uint32_t index, uint32_t width)
{
	size_t at = s.n < width ? 0 : index < s.n - width ? index : s.n - width, i;
	uint64_t word = 0;

	for (i = 0; i < width && at + i < s.n; i++)
		word |= (uint64_t)(unsigned char)s.s[at + i] << i * 8;
	return word;
}

static uint64_t
mix(const struct wordhash *h, uint64_t sum)
{
	return (sum ^ sum >> 32) * h->mixer;
}

static uint32_t
hashof(uint64_t mixed)
{
	return (uint32_t)(mixed >> 32);
}

static uint32_t
tagof(uint64_t mixed)
{
	return mixed >> 24 & 0xff;
}

static void
see(struct seen *s, struct wordhash *h, struct arena *scratch, const struct str *names, uint32_t n)
{
	uint64_t *word;
	uint32_t i, j;

	*s = (struct seen){.hash = h, .n = n};
	s->lengths = arena_raw(scratch, n * sizeof(*s->lengths));
	s->mixed = arena_raw(scratch, n * sizeof(*s->mixed));
	word = s->words = arena_raw(scratch, (size_t)n * h->nwords * sizeof(*s->words));
	for (i = 0; i < n; i++) {
		s->lengths[i] = (uint32_t)names[i].n;
		for (j = 0; j < h->nwords; j++)
			*word++ = wordat(names[i], h->words[j].index, h->width);
	}
}

static uint64_t
drawfactor(uint32_t *state)
{
	uint64_t high = slots_draw(state);

	return high << 32 | slots_draw(state) | 1;
}

static void
drawhashes(void *seen, uint32_t *state, uint32_t *hashes)
{
	const struct seen *s = seen;
	struct wordhash *h = s->hash;
	const uint64_t *word = s->words;
	uint32_t i, j;
	uint64_t sum;

	h->factor = drawfactor(state);
	h->mixer = drawfactor(state);
	for (j = 0; j < h->nwords; j++)
		h->words[j].factor = drawfactor(state);
	for (i = 0; i < s->n; i++) {
		sum = s->lengths[i] * h->factor;
		for (j = 0; j < h->nwords; j++)
			sum += *word++ * h->words[j].factor;
		s->mixed[i] = mix(h, sum);
		hashes[i] = hashof(s->mixed[i]);
	}
}

static void
measure(struct wordhash *h, const struct str *names, uint32_t n)
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

/* As many words as have all bytes of the longest name; if they are too many, the last one is at the end. */
static void
lay(struct wordhash *h)
{
	uint32_t i;

	h->width = h->greatest <= 4 * NARROW ? NARROW : WIDE;
	h->whole = h->greatest <= WORDHASH_WORDS * h->width;
	h->nwords = h->whole ? (h->greatest + h->width - 1) / h->width : WORDHASH_WORDS;
	for (i = 0; i < h->nwords; i++)
		h->words[i].index = i * h->width;
	if (!h->whole)
		h->words[i - 1].index = h->greatest - h->width;
}

bool
wordhash_make(struct wordhash *h, struct arena *a, const struct str *names, uint32_t n)
{
	struct arena scratch = {0};
	struct seen s;
	uint32_t i;
	bool found;

	*h = (struct wordhash){0};
	measure(h, names, n);
	if (n == 0 || n > SLOTS_MOST || h->least == 0)
		return false;
	lay(h);
	see(&s, h, &scratch, names, n);
	found = slots_make(&h->at, a, &scratch, n, drawhashes, &s);
	if (found) {
		h->tags = arena_array(a, h->at.nslots, sizeof(*h->tags));
		for (i = 0; i < n; i++)
			h->tags[slots_at(&h->at, hashof(s.mixed[i]))] = tagof(s.mixed[i]);
	}
	arena_free(&scratch);
	return found;
}

uint32_t
wordhash_look(const struct wordhash *h, struct str name)
{
	uint64_t sum = name.n * h->factor, mixed;
	uint32_t slot, i;

	if (name.n < h->least || name.n > h->greatest)
		return 0;
	for (i = 0; i < h->nwords; i++)
		sum += wordat(name, h->words[i].index, h->width) * h->words[i].factor;
	mixed = mix(h, sum);
	slot = slots_at(&h->at, hashof(mixed));
	return h->tags[slot] == tagof(mixed) ? h->at.slots[slot] : 0;
}

uint64_t
wordhash_shortfactor(const struct wordhash *h)
{
	uint64_t factor = 0;
	uint32_t i;

	for (i = 0; i < h->nwords; i++)
		factor += h->words[i].factor;
	return factor;
}
