/* json.h - JSON text, RFC 8259, as a tree. */
struct diag;
struct node;
struct tree;

enum { JSON_DEPTH = 100 }; /* nesting of objects and arrays */

/* Whether a text begins as an object or an array does. */
bool json_likely(struct str);
/* Read the source that starts at position base. Strings are nodes with quotes, numbers and literals without. Of a name
 * that stands twice the last value counts; an escaped surrogate without its other half becomes U+FFFD. With report, the
 * first error is reported; without, the text may be something else. Returns whether it was JSON. */
bool json_load(struct diag *, struct tree *, uint32_t base, bool report, struct node *);
