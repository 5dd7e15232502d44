/* render.h - templates with data become text. */
struct buf;
struct escape;
struct template;
struct templates;
struct value;

enum {
	RENDER_DEPTH = 200,    /* nesting of partials, parents and blocks */
	RENDER_NESTING = 2000, /* the same and sections */
};

/* Append the template rendered with the data, which is one map or list or scalar. {{x}} applies the escape table. If
 * strict, unknown names and printing what is false are errors, else they are nothing. Returns false after reporting the
 * first error; what has been appended by then is not complete. Memory beside the output is bounded by the nesting of
 * the data and the templates. */
bool render(struct templates *, struct template *, struct value data, const struct escape *, bool strict, struct buf *);
