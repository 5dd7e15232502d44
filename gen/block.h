/* block.h - a list or map that is written as lines, one member below the other. */
struct context;
struct place;
struct splicer;

/* Write what is at a place, with its changes. */
void block_render(struct splicer *, struct place *, struct context);
