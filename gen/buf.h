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
void buf_adds(struct buf *, const char *);
void buf_addch(struct buf *, int);
void buf_printf(struct buf *, const char *, ...) __attribute__((format(printf, 2, 3)));
struct str buf_str(const struct buf *);
void buf_free(struct buf *);

/* Here, as rendering does little else. */
static inline void
buf_add(struct buf *b, const char *s, size_t n)
{
	if (n == 0)
		return;
	if (b->cap - b->n < n)
		buf_room(b, n);
	memcpy(b->s + b->n, s, n);
	b->n += n;
}

static inline void
buf_addstr(struct buf *b, struct str s)
{
	buf_add(b, s.s, s.n);
}
