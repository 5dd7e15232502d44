/* document.h - a YAML document as a tree. */
struct diag;
struct node;
struct tree;

/* Limits on what is read; to pass one is an error with a position. */
enum {
	DOCUMENT_DEPTH = 100,       /* nesting of lists and maps */
	DOCUMENT_ALIASED = 1000000, /* nodes that all aliases together stand for */
};

/* Read the one document in the source that starts at position base. Anchors, aliases and merge keys are resolved; tags,
 * further documents, repeated keys, keys that are not scalars and NULs are errors. Scalars are not interpreted. Returns
 * false when there is no tree: a syntax error ends the reading. */
bool document_load(struct diag *, struct tree *, uint32_t base, struct node *);
