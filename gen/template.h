/* template.h - Mustache templates, compiled: https://mustache.github.io/mustache.5.html and the specification's
 * optional modules for inheritance and dynamic names. Lambdas, which are code in data, are not supported. */
struct arena;
struct diag;
struct shape;
struct span;
struct str;

enum {
	TEMPLATE_DEPTH = 200, /* nesting of sections, parents and blocks in one template */
	TEMPLATE_SPARE = 32,  /* bytes behind each text that may be read, and mean nothing */
};

enum opkind { OP_TEXT, OP_ESCAPED, OP_RAW, OP_SECTION, OP_INVERTED, OP_PARTIAL, OP_PARENT, OP_BLOCK };

/* Whether a line of the template begins where an op stands: then the indentation of what is rendered comes first. */
enum bol {
	BOL_NO,
	BOL_YES,
	BOL_FIRST, /* what a block holds begins, on the line of its opening */
	BOL_LAST,  /* what a block holds ends where a line begins */
};

/* A part of a dotted name and where it was found last. */
struct part {
	struct str s;
	const struct shape *shape;
	uint32_t key;
};

/* Ops stand in one flat array; what is inside a section, parent or block follows it. */
struct op {
	unsigned char kind, bol;
	bool dynamic; /* the name of a partial or parent is in the data */
	bool alone;   /* a partial, parent or block alone on its lines: they indent what is rendered */
	bool flush;   /* a block from whose lines the indentation was taken */
	uint32_t n;   /* how many ops it is, with those inside */
	struct span span;
	struct str text; /* text, or the name as written */
	struct str indent;
	struct part *parts; /* none for the implicit iterator */
	uint32_t nparts;
	uint32_t state, frame; /* render.c: the stack in which the name was looked for, and where its first part is */
	uint32_t known, key;   /* render.c: the stack in which key number `key` of that frame is all of the name */
	uint32_t inner, outer; /* render.c: the state that a map of this shape leads to, and from which */
	const struct shape *shape;
	struct template *template; /* of a partial or parent; NULL before it was looked up */
};

struct template
{
	struct str name;
	struct op *ops;
	uint32_t nops;
	bool bad;
};

/* Templates that may name each other. */
struct templates {
	struct arena *arena;
	struct diag *diag;
	const char *dir; /* NAME is dir/NAME.mustache */
	struct template **list;
	size_t n, cap;
	size_t linked;    /* how many have been given the templates that they name */
	uint32_t nstates; /* render.c: how many stacks have been seen, so that none has the number of an earlier one */
};

void templates_init(struct templates *, struct diag *, struct arena *, const char *dir);
/* The template of this name, compiled when it is first asked for, with all that it names. NULL if there is none.
 * Reports every error in its text; a bad one stays in the set, without ops. */
struct template *template_get(struct templates *, struct str name);
/* The name of a template there is that is most like this one, in the same folder; nothing if none is. */
struct str template_nearest(struct templates *, struct str name);
/* Report that what a tag names is not there, and what may have been meant. */
void template_missing(struct templates *, struct span, struct str name);
/* Compile a text, whose first byte is at position base, under a name. */
struct template *template_compile(struct templates *, struct str name, uint32_t base, struct str text);
/* Find the partials and parents that the templates of the set name, and those that these name. With report, it is an
 * error if there is none. */
void template_link(struct templates *, bool report);
void templates_free(struct templates *);
