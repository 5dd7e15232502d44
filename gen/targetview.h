/* targetview.h - what a view says of the targets of the registry: what their languages are called, and how programs in
 * these write an entry. All of them are there, whichever are rendered, but those whose language has no identifiers of
 * entries. */

/* For members: those of the view, those that have the registry, those in which the entry or alias has an identifier. */
struct value targetview_getall(const struct value *, size_t, struct arena *);
struct value targetview_getofregistry(const struct value *, size_t, struct arena *);
struct value targetview_getofentry(const struct value *, size_t, struct arena *);

extern const struct kindspec targetview_kinds[];
extern const size_t targetview_nkinds;
