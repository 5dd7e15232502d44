/* lookupview.h - tables for finding values and names, made when a template asks for them. */
struct arena;
struct kindspec;
struct value;

extern const struct kindspec lookupview_kinds[];
extern const size_t lookupview_nkinds;

/* Members of registries. */
struct value lookupview_getslots(const struct value *, size_t, struct arena *); /* the lines alone */
struct value lookupview_getlookups(const struct value *, size_t, struct arena *);
struct value lookupview_gethash(const struct value *, size_t ofvalues, struct arena *);
struct value lookupview_getwordhash(const struct value *, size_t, struct arena *);
struct value lookupview_getsearch(const struct value *, size_t bywords, struct arena *);
struct value lookupview_getnameends(const struct value *, size_t, struct arena *);
struct value lookupview_getnamerows(const struct value *, size_t, struct arena *);
struct value lookupview_getrownames(const struct value *, size_t, struct arena *);
struct value lookupview_getsorted(const struct value *, size_t, struct arena *);
struct value lookupview_gettextends(const struct value *, size_t offset, struct arena *); /* node of an entry: text */

/* Whether a table by value is small enough. */
bool lookupview_isdense(const struct registry *);
