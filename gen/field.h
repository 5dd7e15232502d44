/* field.h - the fields that a registry adds to its entries: what they are, and what they hold. */
struct decoder;
struct node;
struct str;

/* What text a field holds, beside any. */
enum form { FORM_ANY, FORM_DATE, FORM_ENUM, FORM_REFERENCE };

struct fielddef {
	const struct node *node, *id, *description;
	const struct node *standard;     /* what an entry has that does not say: a scalar or a list */
	const struct node *choices;      /* FORM_ENUM: the words */
	const struct node *names;        /* FORM_ENUM: a map of some to words for their identifiers, or NULL */
	const struct node *to;           /* FORM_REFERENCE: the id of a registry */
	const struct registry *registry; /* the same; check.c fills it in */
	unsigned char type, form;        /* of the members, if it is a list */
	unsigned char list;
};

/* The types of fields: those of number.h, from FIELD_DATE on those of enum form but the first, and at last lists. */
#define FIELD_DATE (TYPE_BOOL + 1)
#define FIELD_LIST (FIELD_DATE + FORM_REFERENCE)
const struct str *field_types(size_t *n);
/* Which of them a field has, and which its members have if it is a list, else its values. */
size_t field_type(const struct fielddef *);
size_t field_membertype(const struct fielddef *);
/* Read a list of fields; *n is how many they are. */
struct fielddef *fields_read(struct decoder *, const struct node *list, uint32_t *n);
/* A reader for decode.h of what an entry has; key->more is the field, and the target a const struct node *. */
void field_value(struct decoder *, const struct node *, void *);
