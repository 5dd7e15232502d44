/* entryview.h - entries with their references and aliases, and the names that they are looked up by. */
struct arena;
struct context;
struct cursor;
struct kindspec;
struct value;

extern const struct kindspec entryview_kinds[];
extern const size_t entryview_nkinds;

/* The next name at or behind the cursor, whose i counts entries and j the entry and its aliases; false at the end. */
bool entryview_next(const struct context *, struct cursor *, struct arena *, struct value *);
/* Members of registries: all names, and all names grouped by length. */
struct value entryview_getnames(const struct value *, size_t, struct arena *);
struct value entryview_getlengths(const struct value *, size_t, struct arena *);
