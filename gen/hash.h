/* hash.h - a perfect hash of names: tables by which a name is found in a few steps, the same in every language.
 *
 * All arithmetic is unsigned, of 32 bits, and wraps around. A name's hash is its length times `factor` plus, for each
 * position, the byte there times the position's factor. Its slot, by slots.h, holds the number of the only name that it
 * may be, plus 1, or 0. */
struct arena;
struct str;

enum { HASH_POSITIONS = 24 };

/* A byte of a name: index from its start, or from its end. With guard, some names are too short to have it: theirs is
 * the last (or, from the end, the first). */
struct position {
	uint32_t index, factor;
	bool last, guard;
};

struct hash {
	uint32_t least, greatest; /* lengths of names */
	uint32_t factor;
	struct position positions[HASH_POSITIONS];
	uint32_t npositions;
	struct slots at;
};

/* Make tables for the names, in the arena. False if there are none, two are equal, or no tables were found within a
 * bound, as may be with more than 100,000 and is with more than 200,000. The same names give the same tables. */
bool hash_make(struct hash *, struct arena *, const struct str *names, uint32_t n);
/* The number, plus 1, of the only name that it may be; 0 if it is none. */
uint32_t hash_look(const struct hash *, struct str name);
