/* file.h - whole files in, whole texts out, and what a folder has. */
struct arena;
struct buf;
struct str;

/* Read a file, or standard input if path is "-". The text lives in the arena and is followed by a NUL that it does not
 * count. A byte order mark at its start is left out. Returns false with errno set. */
bool file_read(struct arena *, const char *path, struct str *);
/* Write all of it to an open file; false with errno set. */
bool file_write(int fd, struct str);
/* Add all that an open file still has; false with errno set. */
bool file_slurp(int fd, struct buf *);
/* Whether an open file is a regular one; else errno says what it is like. */
bool file_isregular(int fd);
/* The names in a folder that end in suffix, without it, in order; those that begin with a dot are left out. NULL with
 * errno set if it cannot be read. */
struct str *file_list(struct arena *, const char *dir, const char *suffix, size_t *n);
/* dir/name in the arena; name alone if dir is NULL. */
char *file_join(struct arena *, const char *dir, struct str name);
