/* poolview.h - strings of a registry in one, for languages that find them there by number; made when a template asks
 * for them. */
struct arena;
struct kindspec;
struct str;
struct value;

extern const struct kindspec poolview_kinds[];
extern const size_t poolview_nkinds;

/* A map that shows the strings, which are not copied, and where each starts. */
struct value poolview_of(const struct value *, const struct str *, uint32_t n, struct arena *);
/* Members of registries: of each row the text that a node at an offset of its entry has; references. */
struct value poolview_gettexts(const struct value *, size_t offset, struct arena *);
struct value poolview_getcitations(const struct value *, size_t former, struct arena *);
