/* wordhash.h - a perfect hash of names that sees all their bytes, some at a time, for languages that can load them so.
 *
 * A word is 4 or 8 bytes as an unsigned number, the first byte the lowest. The word at an index starts there, or so
 * much earlier that it ends with the name; that of a name which is shorter than a word is the name, as if zeros
 * followed. All arithmetic is unsigned, of 64 bits, and wraps around. The sum of a name is its length times `factor`
 * plus each of its words times that word's factor; mixed is `(sum ^ sum >> 32) * mixer`. The name's hash is `mixed >>
 * 32`, of 32 bits, and its slot, by slots.h, holds the number of the only name that it may be, plus 1, or 0; its tag is
 * `mixed >> 24`, of 8 bits, and there is one for each slot: another name has rarely the same. */
struct arena;
struct str;

enum { WORDHASH_WORDS = 8 };

struct wordat {
	uint32_t index;
	uint64_t factor;
};

struct wordhash {
	uint32_t least, greatest; /* lengths of names */
	uint32_t width;           /* of a word, in bytes */
	bool whole;               /* whether the words have all bytes of all names */
	uint64_t factor, mixer;
	struct wordat words[WORDHASH_WORDS]; /* in ascending order; their factors count even if all names are short */
	uint32_t nwords;
	struct slots at;
	uint32_t *tags; /* by slot */
};

/* Make tables for the names, in the arena. False if there are none, one is empty, two are equal, or no tables were
 * found within a bound, as may be with more than 100,000, is with more than SLOTS_MOST, and with two that differ in no
 * word, as only those can that are longer than WORDHASH_WORDS of 8 bytes. The same names give the same tables. */
bool wordhash_make(struct wordhash *, struct arena *, const struct str *names, uint32_t n);
/* The number, plus 1, of the only name that it may be; 0 if it is none. */
uint32_t wordhash_look(const struct wordhash *, struct str name);
/* What the word of a name that is shorter than one is multiplied by: the sum of the words' factors. */
uint64_t wordhash_shortfactor(const struct wordhash *);
