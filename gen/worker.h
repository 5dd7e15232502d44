/* worker.h - pieces of work done side by side, each in a process of its own. */
struct buf;

/* Do pieces 0 to n - 1 in this order, at most so many at once. A worker's memory is a copy, and what it prints is lost:
 * all that comes of a piece is what work adds to the buffer, of which results has one for each, and whether it returns
 * true. Returns whether all did. After the first that does not, or if there cannot be a process for it, no more are
 * begun, and those that run are killed. */
bool worker_run(
	size_t n, size_t atonce, bool (*work)(void *data, size_t piece, struct buf *), void *data, struct buf *results);
/* How many processors there are. */
size_t worker_processors(void);
