/* rows.h - the entries of a registry in the order of their values, and whether their keys differ. */
struct arena;
struct diag;
struct entry;
struct node;
struct registry;
struct str;

/* Order two strings as the registry compares them: by bytes, or caseless, when letters A to Z count as small ones. */
int rows_order(const struct registry *, struct str, struct str);
/* What an entry has in column i of its key; NULL if nothing. */
const struct node *rows_column(const struct registry *, const struct entry *, size_t i);
/* The entry that has this value or, if none has, this name; NULL if there is none. */
const struct entry *rows_find(const struct registry *, struct str);
/* Fill in the registry's rows and where each entry stands among them; of equal values the first entry has the row. Each
 * entry's number is known, or its row is ROW_NONE. */
void rows_make(struct arena *, struct registry *);
/* Of each entry, how many before it have its key. */
const uint32_t *rows_repeats(struct arena *, const struct registry *);
/* Report entries that have the key of another, unless the registry allows it. */
void rows_check(struct diag *, struct arena *, const struct registry *);
