/* hull.h - what is valid in a registry of numbers, as far as IANA's words tell. */
struct assignments;
struct facts;

/* From the least to the greatest value that IANA says something of. */
struct hull {
	uint64_t first, last;
	struct spelling spelling; /* of the first value */
	bool gaps, any;           /* of some between nothing is said; there is a value */
	bool open;                /* IANA has rules for values without a limit */
};

/* Take in all values of the facts, and those that IANA has rules for. */
struct hull hull_find(const struct assignments *, enum type, const struct facts *);
