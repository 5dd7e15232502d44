/* ranger.h - the ranges of a registry, from records of IANA's that are for several values. */
struct arena;
struct assignments;
struct extents;
struct registry;
struct span;
struct str;

/* Values that IANA speaks of together: with a status, or of one name (then with a title). Strings that are empty are
 * absent. */
struct factrange {
	uint64_t first, last;
	struct str values; /* as IANA spells them, if number.h reads that */
	struct str title, rule;
	struct span at;
	unsigned char status; /* STATUS_NONE for those of one name */
};

struct ranger;

/* Begin with the rules by which values are registered. */
struct ranger *ranger_new(struct arena *, const struct registry *, const struct assignments *);
/* Take the ranges that a record is for, with what they have in common; values are all of theirs, as they are written.
 */
void ranger_add(struct ranger *, const struct extents *, const struct factrange *like);
/* End with the numbers of the entries, which are sorted. Returns the ranges, in the arena: ascending, those with a
 * status disjoint of each other and of the entries, neighbours of one status and rule joined. */
struct factrange *ranger_end(struct ranger *, uint64_t *numbers, size_t, uint32_t *n);
