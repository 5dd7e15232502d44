/* view.h - what the templates of a target are given. templates/README.md lists the names. */
struct arena;
struct diag;
struct lang;
struct peers;
struct project;
struct registry;
struct target;
struct value;
struct view;

/* Prepare the view of a project for a language. The target may be NULL: then the language's id and options are those of
 * lang.yaml. The peers are all targets. Identifiers take what they need of *room bytes. Reports identifiers that clash.
 */
struct view *view_new(struct diag *, struct arena *, const struct project *, const struct lang *, const struct target *,
	const struct peers *, size_t *room);
void view_free(struct view *);
/* The registries of the target; *n is how many. */
const struct registry *const *view_registries(const struct view *, size_t *n);
/* What a template is given; with a registry, that of a template for each registry. */
struct value view_value(struct view *, const struct registry *);
