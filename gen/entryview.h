/* entryview.h - entries with their references and aliases, and the names that they are looked up by. */
struct arena;
struct context;
struct cursor;
struct entry;
struct kindspec;
struct registry;
struct str;
struct value;

extern const struct kindspec entryview_kinds[];
extern const size_t entryview_nkinds;

/* How many names there are to look up. */
uint32_t entryview_count(const struct context *);
/* How many parts the entries are cut into. */
uint32_t entryview_parts(const struct registry *, uint32_t limit);
/* The next of them, and the entry that it stands for. There must be one. */
const struct entry *
entryview_next(const struct context *, struct cursor *, struct arena *, struct str *name, bool *alias);
/* Members of registries: all names, and all names grouped by length. */
struct value entryview_getnames(const struct value *, size_t, struct arena *);
struct value entryview_getlengths(const struct value *, size_t, struct arena *);
