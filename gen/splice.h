/* splice.h - the text of a document with the changes that its places have. */
struct buf;
struct places;
struct tree;

/* Append the text. The places that are changed are listed. */
void splice(struct places *, struct tree *, struct place *const *changed, size_t n, struct buf *);
