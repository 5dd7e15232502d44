/* edit.h - changes to a YAML file that leave all its other bytes as they are. New things are written in the style of
 * their neighbours: block or flow, indentation, quotes, folding width, the blank line between items. No comment is
 * lost: what was inside, or at the end of a line, of something that goes stands on a line of its own where that stood,
 * and below what takes its place unless it can stand at the end of its line. Edits are collected, then applied
 * together. */
struct arena;
struct buf;
struct diag;
struct edits;
struct node;
struct str;
struct tree;

/* Begin edits of the source that starts at position base, which document_load has read with this tree: the nodes that
 * are given to the others are those it made. */
struct edits *edit_new(struct diag *, struct arena *, struct tree *, uint32_t base);
/* Put another node in the place of one. */
void edit_replace(struct edits *, const struct node *, const struct node *value);
/* Put other text in the place of a scalar. It keeps its style where that can hold the text. */
void edit_scalar(struct edits *, const struct node *, struct str text);
/* Give a map a key, or its key another value. A new key goes behind the last of the n keys of order, up to the key
 * itself, that the map has, else to the front. */
void edit_set(struct edits *, const struct node *map, struct str key, const struct node *value, const struct str *order,
	size_t n);
/* Take a key from a map. */
void edit_unset(struct edits *, const struct node *map, struct str key);
/* Put an item into a list before the one at index, or at the end. Items put at one index follow each other in the order
 * of the calls. */
void edit_insert(struct edits *, const struct node *list, size_t index, const struct node *item);
/* Take an item from a list; a list that this makes empty becomes []. */
void edit_remove(struct edits *, const struct node *list, size_t index);
/* How many edits there are. */
size_t edit_count(const struct edits *);
/* Append the source with all edits. Without any it is the same, byte for byte. */
void edit_apply(struct edits *, struct buf *);

/* Nodes to be written: a scalar of this text, a map with a key more, a list with an item more. A node's own position is
 * 0. */
struct node edit_text(struct str);
struct node edit_map(void);
void edit_key(struct edits *, struct node *map, const char *key, struct node value);
struct node edit_list(void);
void edit_item(struct edits *, struct node *list, struct node item);
