/* buf.h - growing bytes, with an optional way out. {0} is empty. */
struct str;

struct buf {
	char *s;
	size_t n, cap;
	/* Where the bytes go when the buffer is full, if anywhere: takes all n and sets n to 0. */
	void (*flush)(struct buf *);
};

/* Make room for n bytes behind those that are there; returns where. What is written there counts when n is raised. */
char *buf_room(struct buf *, size_t n);
void buf_add(struct buf *, const char *, size_t);
void buf_addstr(struct buf *, struct str);
void buf_adds(struct buf *, const char *);
void buf_addch(struct buf *, int);
void buf_printf(struct buf *, const char *, ...) __attribute__((format(printf, 2, 3)));
struct str buf_str(const struct buf *);
void buf_free(struct buf *);
