/* style.h - new nodes in the style of those that stand near: what has the same role is the model. */
struct arena;
struct buf;
struct node;
struct place;
struct places;
struct str;

/* Models to look at, and how wide a line is unless the neighbours say otherwise. */
enum { MODELS = 8, STYLE_WIDTH = 100 };

/* Places of one role: the same key of the items of a list, or items of one list. The nearest is first. */
struct model {
	const struct place *list[MODELS];
	unsigned n;
};

struct style {
	const struct places *places;
	struct str newline;
	/* How much deeper than its parent stands what is in a block: a map under a key, a list under a key, what
	 * stands in an item of a list. */
	uint32_t map, list, item;
	bool oneline; /* no scalar may go over lines */
	bool json;    /* the document is in brackets, with keys in quotes: new text has quotes, too */
};

void style_init(struct style *, const struct places *);
/* The places like what is, or would be, the child of a list at index, or of a map under a key. */
struct model style_model(const struct place *parent, size_t index, struct str key);
/* Put a place before the others. */
void model_first(struct model *, const struct place *);
/* Append what stands behind a key and its colon, or if item is true behind the dash of an item; the key or the dash
 * stands in column parent, and text to be appended begins in column. Lines have no break at the end. */
void style_value(struct style *, struct buf *, const struct node *, const struct model *, uint32_t parent,
	uint32_t column, bool item);
/* The same, inside brackets: on one line, without a blank before it. */
void style_flow(struct style *, struct buf *, const struct node *, const struct model *);
/* Whether a list or map that begins in the column is to stand in brackets. */
bool style_inline(struct style *, const struct node *, const struct model *, uint32_t column);
/* Append a key, in the quotes of the other keys of its map. */
void style_key(const struct style *, struct buf *, struct str key, const struct place *map, bool flow);
/* The kind of a scalar that is to be written as kind, where the document is JSON. */
unsigned char style_kind(const struct style *, unsigned char kind, struct str);
/* How far the lines of a scalar are indented that is the value of a key or an item in column parent. */
uint32_t style_indent(const struct style *, uint32_t parent, bool item);
/* Where text is folded that has these models: 0 if long lines stay as they are. */
uint32_t style_width(const struct style *, const struct model *);
