/* pairing.h - which entry of ours, which fact of the base and which of theirs are about one thing: those of one key. */
struct arena;
struct entry;
struct fact;
struct facts;
struct registry;

/* What is not there is NULL, but one of them is. */
struct triple {
	const struct entry *ours;
	const struct fact *base, *theirs;
	bool repeated; /* theirs has the key of another of theirs, which the registry refuses */
};

struct triples {
	struct triple *list;
	size_t n;
};

/* Pair all of them: first what they have, in their order, then what else we have in ours, then the rest of the base,
 * which may be NULL. Where a registry allows several of one key, those of one text go together, then each as it
 * stands. */
struct triples
pairing_make(struct arena *, const struct registry *, const struct facts *base, const struct facts *theirs);
/* What a fact has in column i of the registry's key; empty if nothing. */
struct str pairing_column(const struct registry *, const struct fact *, size_t i);
