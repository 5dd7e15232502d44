/* diff.h - what changed between two texts, line by line. */
struct buf;
struct str;

/* Append a unified diff with three lines of context, headed by the two names; nothing if the texts are equal. */
void diff_unified(struct buf *, const char *oldname, struct str old, const char *newname, struct str new);
