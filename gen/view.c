/* Nothing of a view is made before a template asks for it: a map is a pointer to the thing it shows and a table of
 * functions, one for each name. What a function makes lives in the arena that it is given, until the tag or section
 * that asked for it ends. */
#include "util.h"
#include "arena.h"
#include "decode.h"
#include "diag.h"
#include "number.h"
#include "project.h"
#include "reference.h"
#include "registry.h"
#include "subset.h"
#include "tree.h"
#include "value.h"
#include "word.h"
#include "lang.h"
#include "naming.h"
#include "facet.h"
#include "fieldview.h"
#include "listview.h"
#include "entryview.h"
#include "lookupview.h"
#include "poolview.h"
#include "tableview.h"
#include "targetview.h"
#include "registryview.h"
#include "view.h"

/* the package */

static struct value
getrepositorypath(const struct value *v, size_t offset, struct arena *a)
{
	const struct node *n = facet_node(v, offset);
	struct str s;

	(void)a;
	if (!n)
		return value_bool(false);
	s = node_str(n);
	if (strstarts(s, "https://"))
		s = (struct str){s.s + 8, s.n - 8};
	return value_str(s);
}

/* The package's name and version have defaults, so that every package has them. */
static struct value
getpackagetext(const struct value *v, size_t offset, struct arena *a)
{
	const struct node *n = facet_node(v, offset);

	(void)a;
	if (n)
		return facet_text(n);
	return value_str(str(offset == offsetof(struct package, name) ? "constants" : "0.0.0"));
}

#define PACKAGE(member) offsetof(struct package, member)

static const struct member packagemembers[] = {
	{"description", VALUE_TEXT, PACKAGE(description)},
	{"description_doc", facet_getdoc, PACKAGE(description)},
	{"license", VALUE_TEXT, PACKAGE(license)},
	{"name", getpackagetext, PACKAGE(name)},
	{"repository", VALUE_TEXT, PACKAGE(repository)},
	{"repository_path", getrepositorypath, PACKAGE(repository)},
	{"version", getpackagetext, PACKAGE(version)},
};

static struct value
getspecificationid(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return value_str(((const struct specification *)v->p)->id);
}

/* The label of a specification, or with an offset its address: both follow from the id of an RFC. */
static struct value
getspecificationlabel(const struct value *v, size_t offset, struct arena *a)
{
	struct str id = ((const struct specification *)v->p)->id, none = {NULL, 0};

	if (!strstarts(id, "rfc"))
		return offset ? value_bool(false) : value_str(id);
	id = (struct str){id.s + 3, id.n - 3};
	return value_str(offset ? rfc_url(a, id, none) : rfc_label(a, id, none));
}

static struct value
getobsoletes(const struct value *v, size_t offset, struct arena *a)
{
	const struct specification *s = v->p;

	(void)offset, (void)a;
	return s->obsoletes ? facet_list(facet_context(v), LIST_OBSOLETES, s->obsoletes, s->obsoletes->n)
			    : value_list(NULL, 0);
}

static struct value
nextobsolete(const struct value *v, struct cursor *c, struct arena *a)
{
	(void)a;
	return facet_text(node_item(v->p, c->i++));
}

static const struct member specificationmembers[] = {
	{"id", getspecificationid, 0},
	{"label", getspecificationlabel, 0},
	{"more", facet_getmore, 0},
	{"obsoletes", getobsoletes, 0},
	{"title", VALUE_TEXT, offsetof(struct specification, title)},
	{"url", getspecificationlabel, 1},
};

static struct value
nextspecification(const struct value *v, struct cursor *c, struct arena *a)
{
	const struct specification *s = v->p;

	(void)a;
	while (s[c->i].merged)
		c->i++;
	return facet_map(facet_context(v), MAP_SPECIFICATION, &s[c->i++]);
}

/* the whole: the map shows the package or, for a template for each registry, the registry */

static struct value
getoption(const struct value *v, size_t key, struct arena *a)
{
	const struct node *n = ((const struct view *)v->p)->dialect.options[key];

	(void)a;
	if (streqs(node_str(n), "true") || streqs(node_str(n), "false"))
		return value_bool(n->n == 4);
	return facet_text(n);
}

static struct value
getregistries(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *c = &facet_context(v)->view->package;

	(void)offset, (void)a;
	return facet_list(c, LIST_REGISTRIES, c->view, c->view->nregistries);
}

static struct value
getregistry(const struct value *v, size_t offset, struct arena *a)
{
	(void)offset, (void)a;
	return facet_map(facet_context(v), MAP_REGISTRY, v->p);
}

static struct value
getspecifications(const struct value *v, size_t offset, struct arena *a)
{
	const struct context *c = &facet_context(v)->view->package;

	(void)offset, (void)a;
	return facet_list(c, LIST_SPECIFICATIONS, c->view->project->specifications, c->view->project->nbyid);
}

static const struct member rootmembers[] = {
	{"options", facet_getoptions, 0},
	{"package", facet_getpackage, 0},
	{"registries", getregistries, 0},
	{"specifications", getspecifications, 0},
	{"targets", targetview_getall, 0},
};

static const struct member registryrootmembers[] = {
	{"options", facet_getoptions, 0},
	{"package", facet_getpackage, 0},
	{"registries", getregistries, 0},
	{"registry", getregistry, 0},
	{"specifications", getspecifications, 0},
	{"targets", targetview_getall, 0},
};

static const struct kindspec view_kinds[] = {
	{.which = MAP_ROOT, .members = rootmembers, .nmembers = LEN(rootmembers)},
	{.which = MAP_REGISTRYROOT, .members = registryrootmembers, .nmembers = LEN(registryrootmembers)},
	{.which = MAP_PACKAGE,
		.members = packagemembers,
		.nmembers = LEN(packagemembers),
		.group = GROUP_PACKAGE,
		.identifiers = true},
	{.which = MAP_SPECIFICATION, .members = specificationmembers, .nmembers = LEN(specificationmembers)},
	{.which = LIST_SPECIFICATIONS, .next = nextspecification},
	{.which = LIST_OBSOLETES, .next = nextobsolete},
};

/* How to make a kind. Options have no members of their own. */
static const struct kindspec *
findspec(enum which which)
{
	const struct {
		const struct kindspec *specs;
		size_t n;
	} parts[] = {
		{view_kinds, LEN(view_kinds)},
		{facet_kinds, facet_nkinds},
		{registryview_kinds, registryview_nkinds},
		{lookupview_kinds, lookupview_nkinds},
		{poolview_kinds, poolview_nkinds},
		{tableview_kinds, tableview_nkinds},
		{targetview_kinds, targetview_nkinds},
		{entryview_kinds, entryview_nkinds},
		{fieldview_kinds, fieldview_nkinds},
		{listview_kinds, listview_nkinds},
	};
	static const struct kindspec none;
	size_t i, j;

	for (i = 0; i < LEN(parts); i++)
		for (j = 0; j < parts[i].n; j++)
			if (parts[i].specs[j].which == which)
				return &parts[i].specs[j];
	return &none;
}

/* The keys of a kind: its members' and identifiers' names. A name that stands twice is lang.yaml's fault. */
static struct shape *
makeshape(struct view *v, enum which which)
{
	const struct kindspec *spec = findspec(which);
	const struct lang *l = v->dialect.lang;
	struct shape *s = &v->tree.root;
	const struct identifier *ids;
	struct node none;
	uint32_t *keyat;
	size_t i, j, n;

	for (i = 0; i < spec->nmembers; i++)
		s = tree_extend(&v->tree, s, str(spec->members[i].name));
	for (j = 0; j < 2; j++) {
		if (!(j == 0 ? spec->identifiers : spec->status))
			continue;
		ids = l->identifiers[j == 0 ? spec->group : GROUP_STATUS];
		n = l->nidentifiers[j == 0 ? spec->group : GROUP_STATUS];
		for (i = 0; i < n; i++)
			s = tree_extend(&v->tree, s, ids[i].name);
	}
	if (which == MAP_OPTIONS)
		for (i = 0; i < l->noptions; i++)
			s = tree_extend(&v->tree, s, l->options[i].name);
	keyat = arena_array(v->arena, s->n, sizeof(*keyat));
	none = tree_map(&v->tree, s, arena_array(v->arena, s->n, sizeof(struct node)), keyat, 0);
	(void)none;
	return s;
}

/* An identifier that is called like a member of the view, or like an identifier of statuses beside it, would hide it.
 */
static void
checkshape(struct view *v, enum which which, const struct shape *s)
{
	const struct kindspec *spec = findspec(which);
	const struct lang *l = v->dialect.lang;
	struct str key;
	uint32_t i;
	size_t g;

	if (s->repeated == 0)
		return;
	key = s->keys[s->repeated - 1];
	for (g = 0; g < GROUPS; g++) {
		if (!(g == spec->group && spec->identifiers) && !(g == GROUP_STATUS && spec->status))
			continue;
		for (i = 0; i < l->nidentifiers[g]; i++) {
			if (!streq(l->identifiers[g][i].name, key))
				continue;
			diag_error(v->diag, l->identifiers[g][i].span,
				"an identifier cannot be called '%.*s': the view has that name", (int)key.n, key.s);
			return;
		}
	}
}

static void
makekinds(struct view *v, struct context *c)
{
	const struct kindspec *spec;
	struct kind *k;
	int i;

	for (i = 0; i < KINDS; i++) {
		spec = findspec((enum which)i);
		k = &c->kinds[i];
		*k = (struct kind){
			.class = {.members = spec->members,
				.nmembers = spec->nmembers,
				.get = i == MAP_OPTIONS ? getoption : facet_getidentifier,
				.next = spec->next,
				.where = spec->where},
			.context = c,
			.group = spec->group,
			.alias = spec->alias,
			.nidentifiers = spec->identifiers ? v->dialect.lang->nidentifiers[spec->group] : 0,
		};
		if (i >= LIST_REGISTRIES)
			continue;
		k->shape = c == &v->package ? makeshape(v, (enum which)i) : v->package.kinds[i].shape;
		if (c == &v->package)
			checkshape(v, (enum which)i, k->shape);
	}
}

/* The registries that the target names, or all. */
static void
chooseregistries(struct view *v)
{
	const struct project *p = v->project;
	const struct node *wanted = v->target ? v->target->registries : NULL, *id;
	struct str *ids = arena_array(v->arena, p->nregistries, sizeof(*ids));
	uint32_t i, k;

	v->registries =
		arena_array(v->arena, (size_t)p->nregistries + (wanted ? wanted->n : 0), sizeof(*v->registries));
	for (i = 0; i < p->nregistries; i++) {
		ids[i] = p->registries[i].id ? node_str(p->registries[i].id) : str("");
		if (!wanted && p->registries[i].id)
			v->registries[v->nregistries++] = &p->registries[i];
	}
	for (k = 0; wanted && k < wanted->n; k++) {
		id = node_item(wanted, k);
		for (i = 0; i < p->nregistries && !(id->kind == NODE_SCALAR && streq(ids[i], node_str(id))); i++)
			;
		if (i < p->nregistries)
			v->registries[v->nregistries++] = &p->registries[i];
		else if (id->kind == NODE_SCALAR)
			decode_unknown(v->diag, node_span(id), "registry", node_str(id), ids, p->nregistries);
		else
			diag_error(v->diag, node_span(id), "expected the id of a registry");
	}
}

struct view *
view_new(struct diag *d, struct arena *a, const struct project *p, const struct lang *l, const struct target *t,
	const struct peers *peers, size_t *room)
{
	struct view *v = arena_alloc(a, sizeof(*v));
	const struct naming **namings;
	struct context *c;
	size_t i;

	*v = (struct view){.diag = d, .arena = a, .project = p, .target = t, .peers = peers};
	tree_init(&v->tree, a);
	dialect_init(&v->dialect, d, a, p, l, t);
	chooseregistries(v);
	if (t && (t->include || t->exclude))
		subset_make(d, a, t, v->registries, v->nregistries);
	v->package = (struct context){.view = v};
	naming_init(&v->package.naming, &v->dialect, NULL);
	makekinds(v, &v->package);
	v->contexts = arena_array(a, v->nregistries, sizeof(*v->contexts));
	namings = arena_array(a, v->nregistries, sizeof(*namings));
	for (i = 0; i < v->nregistries; i++) {
		c = &v->contexts[i];
		*c = (struct context){.view = v, .registry = v->registries[i]};
		naming_init(&c->naming, &v->dialect, c->registry);
		makekinds(v, c);
		c->nnames = arena_alloc(a, sizeof(*c->nnames));
		*c->nnames = UINT32_MAX;
		c->names = arena_alloc(a, sizeof(struct names *));
		c->bynode = arena_alloc(a, sizeof(const struct entry **));
		c->repeats = arena_alloc(a, sizeof(const uint32_t *));
		naming_keep(&c->naming, room);
		namings[i] = &c->naming;
	}
	tree_free(&v->tree);
	facet_index(v);
	naming_check(namings, v->nregistries);
	return v;
}

void
view_free(struct view *v)
{
	size_t i;

	for (i = 0; i < v->nregistries; i++)
		naming_free(&v->contexts[i].naming);
}

const struct registry *const *
view_registries(const struct view *v, size_t *n)
{
	*n = v->nregistries;
	return v->registries;
}

struct value
view_value(struct view *v, const struct registry *r)
{
	size_t i;

	for (i = 0; i < v->nregistries; i++)
		if (v->registries[i] == r)
			return facet_map(&v->contexts[i], MAP_REGISTRYROOT, r);
	return facet_map(&v->package, MAP_ROOT, &v->project->package);
}
