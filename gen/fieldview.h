/* fieldview.h - the fields of a registry, and those of an entry. */
struct arena;
struct kindspec;
struct value;

extern const struct kindspec fieldview_kinds[];
extern const size_t fieldview_nkinds;

/* A member of entries: their fields. */
struct value fieldview_getcells(const struct value *, size_t, struct arena *);
