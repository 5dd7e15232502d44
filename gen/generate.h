/* generate.h - a session becomes files. */
struct options;
struct session;

/* Render every output of every job and put the files in place, or with check say what is not current. Returns whether
 * nothing was wrong and nothing was stale. */
bool generate(struct session *, const struct options *);
