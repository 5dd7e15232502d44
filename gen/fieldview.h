/* fieldview.h - the fields of a registry, and those of an entry. */
struct arena;
struct fielddef;
struct kindspec;
struct node;
struct value;

extern const struct kindspec fieldview_kinds[];
extern const size_t fieldview_nkinds;

/* A member of entries: their fields. */
struct value fieldview_getcells(const struct value *, size_t, struct arena *);

/* What a node says, which is a field's value or a member of its list, or NULL: as it is; as the language writes it if
 * that is a boolean or an integer, else false; the entry that a reference is to, false if there is none, or its
 * registry is not the target's; which of the values of an enumeration it is, else false. */
struct value fieldview_value(const struct fielddef *, const struct node *);
struct value fieldview_literal(const struct value *, const struct fielddef *, const struct node *, struct arena *);
struct value fieldview_referenced(const struct value *, const struct fielddef *, const struct node *);
struct value fieldview_choice(const struct value *, const struct fielddef *, const struct node *, struct arena *);
/* Which of the values of the enumeration it is, from 1; 0 if none. */
uint32_t fieldview_choicenumber(const struct fielddef *, const struct node *);
/* The enumeration of a field, or of the members of its list; false if it has none. */
struct value fieldview_enum(const struct value *, const struct fielddef *);
