/* file.h - whole files in, whole texts out. */
struct arena;
struct str;

/* Read a file, or standard input if path is "-". The text lives in the arena and is followed by a NUL that it does not
 * count. A byte order mark at its start is left out. Returns false with errno set. */
bool file_read(struct arena *, const char *path, struct str *);
/* Write all of it to an open file; false with errno set. */
bool file_write(int fd, struct str);
/* dir/name in the arena; name alone if dir is NULL. */
char *file_join(struct arena *, const char *dir, struct str name);
