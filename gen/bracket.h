/* bracket.h - a list or map in brackets, its members between commas. */
struct place;
struct splicer;

/* Write what is at a place, with its changes. */
void bracket_render(struct splicer *, struct place *);
