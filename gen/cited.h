/* cited.h - a reference as IANA gives it, in the terms of registry.yaml. */
struct arena;
struct cell;
struct str;

/* The kind is one of enum referencekind. Strings that are empty are absent. */
struct cited {
	struct str id;      /* 9110, draft-ietf-..., 3227, https://..., Leo_Tietz, or text */
	struct str section; /* 15.2.1, A.1 */
	struct str title;   /* IANA's words, where they say more than the id and the section */
	unsigned char kind;
};

/* What a column of a record cites, each place once; NULL, and none, if it cites nothing or is NULL. */
struct cited *cited_read(struct arena *, const struct cell *, uint32_t *n);
/* Whether two references name the same place; titles don't count. */
bool cited_same(const struct cited *, const struct cited *);
