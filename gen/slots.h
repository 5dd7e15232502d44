/* slots.h - where things fall by hashes of 32 bits, so that no two share a slot.
 *
 * The slot is `hash >> shift`; with displacements it is `displacements[hash >> bucketshift] + (hash >> shift & mask)`.
 * It holds the number of the only thing that it may be, plus 1, or 0. */
struct arena;

enum { SLOTS_MOST = 200000 }; /* more would collide whatever the hashes are */

struct slots {
	uint32_t shift, bucketshift, mask;
	uint32_t *slots, *displacements; /* displacements: NULL if there are none */
	uint32_t nslots, ndisplacements;
};

/* Choose how to hash, by what is drawn from the state, and write the hash of each thing. */
typedef void slots_hash(void *things, uint32_t *state, uint32_t *hashes);

/* Make tables for n things, in the arena, with hashes that make them possible: those written last. False if none were
 * found within a bound. What draws the same hashes gets the same tables. */
bool slots_make(struct slots *, struct arena *, struct arena *scratch, uint32_t n, slots_hash *, void *things);
/* The next of a fixed sequence of numbers. */
uint32_t slots_draw(uint32_t *state);
/* The slot of a hash. */
uint32_t slots_at(const struct slots *, uint32_t hash);
