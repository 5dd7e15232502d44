/* cell.h - the text of a cell while it is read: its white space squeezed, its citations noted. */
struct arena;
struct cell;
struct citation;
struct str;

struct celltext {
	struct buf text;
	struct citation *list;
	size_t n, cap;
	bool blank; /* white space was read behind the text */
};

/* What XML and IANA's CSV take for white space. */
bool cell_blank(char);
/* Append text. */
void celltext_add(struct celltext *, struct str);
/* Note a citation; its text is not appended. */
void celltext_cite(struct celltext *, const struct citation *);
/* Put text and citations into a cell, in the arena, and begin anew. */
void celltext_take(struct celltext *, struct arena *, struct cell *);
void celltext_free(struct celltext *);
/* The text squeezed, in the arena. */
struct str cell_squeeze(struct arena *, struct str);
