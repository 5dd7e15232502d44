/* input.h - an argument of update: a file of IANA's and, if that is said, the registry that it holds. */
struct arena;
struct assignments;
struct diag;
struct str;

struct input {
	const char *path, *name; /* name: for messages */
	struct str iana;         /* GROUP/REGISTRY if that is said, else empty */
	struct str text, sha256;
	struct assignments *registries; /* what it holds */
	size_t n;
	uint32_t base;
	bool csv;
};

/* Take FILE or GROUP/REGISTRY=FILE apart and read the file. Dies if it cannot be read. */
void input_read(struct arena *, const char *arg, struct input *);
/* Read the text as XML or, if it is said which registry it holds, as CSV. Reports what is wrong. */
void input_parse(struct diag *, struct arena *, struct input *);
/* What it holds of GROUP/REGISTRY, or NULL. */
const struct assignments *input_find(const struct input *, struct str iana);
/* What it holds, for a message: the first of them. */
struct str input_contents(struct arena *, const struct input *);
