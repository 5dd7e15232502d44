/* replace.h - files that people write, replaced together or not at all.
 *
 * Each new text is complete in a temporary beside its file before the first is renamed, and the old file is kept beside
 * it until the last is. A symbolic link is followed; a file keeps its mode. A killed run leaves each file whole, old or
 * new; what else it leaves the next one removes. */
struct arena;
struct str;

struct replacement {
	const char *path;
	struct str old, new; /* what was read, and what is to be there */
	bool exists;         /* the file was there when it was read */
};

/* Remove what a killed run left beside the n files. */
void replace_recover(struct arena *, const struct replacement *, size_t n);
/* Put the new texts in place, in their order; what is there already is not touched. Dies, with all as it was, if a file
 * cannot be written or is not what was read any more. */
void replace_files(struct arena *, const struct replacement *, size_t n);
