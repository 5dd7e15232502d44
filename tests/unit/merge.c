#include "unit.h"
#include "../../gen/arena.h"
#include "../../gen/diag.h"
#include "../../gen/check.h"
#include "../../gen/document.h"
#include "../../gen/number.h"
#include "../../gen/project.h"
#include "../../gen/reference.h"
#include "../../gen/entry.h"
#include "../../gen/registry.h"
#include "../../gen/status.h"
#include "../../gen/tree.h"
#include "../../gen/word.h"
#include "../../gen/cited.h"
#include "../../gen/ranger.h"
#include "../../gen/fact.h"
#include "../../gen/change.h"
#include "../../gen/merge.h"

static struct arena a;

/* A registry of ours, with a project around it. */
static struct registry *
ours(struct diag *d, const char *yaml)
{
	struct project *p = arena_alloc(&a, sizeof(*p));
	struct tree *t = arena_alloc(&a, sizeof(*t));
	struct node *root = arena_alloc(&a, sizeof(*root));
	const struct node *documents[] = {root};

	tree_init(t, &a);
	assert_true(document_load(d, t, diag_source(d, "registry.yaml", str(yaml)), root));
	project_read(d, &a, documents, 1, p);
	check_project(d, &a, p);
	assert_int_equal(d->nerrors, 0);
	tree_free(t);
	return &p->registries[0];
}

/* A record: its value, text, status and RFCs as "9110 15.2.1, 7231". */
struct record {
	const char *value, *text;
	unsigned char status;
	const char *rfcs, *expires, *replacedby, *field;
};

/* A range: its values, status and rule, or for one of one name its title. */
struct extent {
	const char *values;
	unsigned char status;
	const char *rule;
};

static struct str
text(const char *s)
{
	return s ? str(s) : S("");
}

static void
cite(struct fact *f, const char *s)
{
	f->references = arena_array(&a, 8, sizeof(*f->references));
	while (s && *s) {
		size_t id = strspn(s, "0123456789"), blank = s[id] == ' ', section = strcspn(s + id + blank, ",");

		f->references[f->nreferences++] = (struct cited){
			.id = {s, id}, .section = {s + id + blank, section}, .title = S(""), .kind = REFERENCE_RFC};
		s += id + blank + section;
		s += strspn(s, ", ");
	}
}

static struct facts
facts(const struct registry *r, const struct record *list, size_t n, const struct extent *ranges, size_t nranges)
{
	struct facts f = {.list = arena_array(&a, n, sizeof(*f.list)),
		.ranges = arena_array(&a, nranges, sizeof(*f.ranges)),
		.n = (uint32_t)n,
		.nranges = (uint32_t)nranges};
	bool fits;
	size_t i;

	for (i = 0; i < n; i++) {
		f.list[i] = (struct fact){.value = str(list[i].value),
			.text = text(list[i].text),
			.name = word_from(&a, r->type == TYPE_STRING ? str(list[i].value) : text(list[i].text)),
			.status = list[i].status,
			.expires = text(list[i].expires),
			.replacedby = text(list[i].replacedby)};
		cite(&f.list[i], list[i].rfcs);
		if (r->type != TYPE_STRING)
			number_read(r->type, f.list[i].value, &f.list[i].number, &fits);
		if (list[i].field) {
			f.list[i].fields = arena_alloc(&a, sizeof(struct factfield));
			f.list[i].fields[0] = (struct factfield){S("kind"), str(list[i].field), S("")};
			f.list[i].nfields = 1;
		}
	}
	for (i = 0; i < nranges; i++) {
		f.ranges[i] = (struct factrange){.values = str(ranges[i].values),
			.status = ranges[i].status,
			.title = ranges[i].status == STATUS_NONE ? text(ranges[i].rule) : S(""),
			.rule = ranges[i].status == STATUS_NONE ? S("") : text(ranges[i].rule)};
		assert_true(number_range(r->type, f.ranges[i].values, &f.ranges[i].first, &f.ranges[i].last, &fits));
	}
	return f;
}

#define COUNT(list) (sizeof(list) / sizeof(*(list)))
#define FACTS(r, records, ranges) facts(r, records, COUNT(records), ranges, COUNT(ranges))

static struct str
word(const struct node *n)
{
	return n ? node_str(n) : S("");
}

static const char *
refer(const struct cited *c)
{
	if (!c)
		return "-";
	return arena_printf(&a, "%.*s%s%.*s", (int)c->id.n, c->id.s, c->section.n ? "#" : "", (int)c->section.n, c->section.s);
}

#define P(slice) (int)(slice).n, (slice).s

/* A change as a line of text. */
static const char *
line(const struct merge *m, const struct change *c)
{
	static const char *const kinds[] = {"add", "value", "text", "status", "expires", "replaced", "reference", "field",
		"choice", "unread", "range", "rule"};
	struct str key = c->entry ? word(c->entry->value) : c->fact ? c->fact->value : S(""), range = S("");
	const char *kind = arena_printf(&a, "%s%s", c->kept ? "kept " : "", kinds[c->kind]);

	(void)m;
	if (c->range)
		range = node_str(c->range->values);
	switch (c->kind) {
	case CHANGE_ADD:
		return c->kept ? arena_printf(&a, "%s %.*s", kind, P(key))
			       : arena_printf(&a, "%s %.*s %.*s @%zu", kind, P(key), P(c->name), c->index);
	case CHANGE_REFERENCE:
		return arena_printf(&a, "%s %.*s %s %s @%zd", kind, P(key), refer(c->from), refer(c->to), (ssize_t)c->index);
	case CHANGE_RANGE:
		if (c->kept)
			return arena_printf(&a, "%s %.*s %.*s %.*s", kind, P(c->values), P(c->old), P(c->new));
		return arena_printf(&a, "%s [%.*s] [%.*s] %.*s%.*s%s @%zu", kind, P(range), P(c->values), P(c->name), P(c->rule),
			c->keeps ? "keeps" : "", c->index);
	case CHANGE_TEXT:
		return arena_printf(&a, "%s %.*s '%.*s' '%.*s' %.*s %.*s%s", kind, P(key), P(c->old), P(c->new), P(c->oldname),
			P(c->name), c->swap ? " swap" : "");
	default:
		return arena_printf(&a, "%s %.*s%.*s '%.*s' '%.*s'", kind, P(key), P(range), P(c->old), P(c->new));
	}
}

/* Merge and compare the list of changes, a line each. */
static struct merge
mergesas(const struct registry *r, const struct facts *base, const struct facts *theirs, bool rules, const char *want)
{
	const char *got = "";
	struct diag d = {0};
	struct merge m;
	size_t i;

	merge(&d, &a, r, base, theirs, rules, &m);
	for (i = 0; i < m.n; i++)
		got = arena_printf(&a, "%s%s\n", got, line(&m, &m.list[i]));
	if (strcmp(got, want) != 0)
		fail_msg("changes are\n%snot\n%s", got, want);
	assert_int_equal(d.nerrors, 0);
	diag_free(&d);
	return m;
}

static struct merge
merges(const struct registry *r, const struct facts *base, const struct facts *theirs, const char *want)
{
	return mergesas(r, base, theirs, true, want);
}

static const char codes[] =
	"format: 1\n"
	"registries:\n"
	"- id: codes\n"
	"  type: u16\n"
	"  ranges:\n"
	"  - {id: first, values: 100-199}\n"
	"  - {values: 103-199, status: unassigned, rule: Review}\n"
	"  - {values: 300, status: unassigned, rule: Review}\n"
	"  entries:\n"
	"  - {value: 100, name: go_on, text: Go On, references: [{rfc: 7231, section: 6.2.1}]}\n"
	"  - {value: 102, name: my_own, text: Wait, references: [{rfc: 2518, section: 9.9}]}\n"
	"  - {value: 200, name: ok, text: OK}\n"
	"  - {value: 299, name: private, text: Private}\n"
	"  - {value: 413, name: too_large, text: Too Large, references: [{rfc: 7231}, {rfc: 2616}]}\n";

static const struct record old[] = {{"100", "Go On", STATUS_ASSIGNED, "7231 6.2.1", NULL, NULL, NULL},
	{"102", "Processing", STATUS_ASSIGNED, "2518", NULL, NULL, NULL},
	{"200", "OK", STATUS_ASSIGNED, "", NULL, NULL, NULL},
	{"413", "Too Large", STATUS_ASSIGNED, "7231, 2616", NULL, NULL, NULL}};
static const struct extent oldranges[] = {{"103-199", STATUS_UNASSIGNED, "Review"}, {"300", STATUS_UNASSIGNED, "Review"}};

/* Nothing has changed, and what a person wrote is not theirs to change. */
static void
quiet(void **state)
{
	struct diag d = {0};
	struct registry *r = ours(&d, codes);
	struct facts base = FACTS(r, old, oldranges), theirs = base;
	struct merge m = merges(r, &base, &theirs, "");

	(void)state;
	merge_free(&m);
	m = merges(r, NULL, &theirs, "");
	assert_int_equal(m.ngone, 0);
	merge_free(&m);
	diag_free(&d);
}

/* Records come, change and go. */
static void
changes(void **state)
{
	static const struct record new[] = {{"100", "Continue", STATUS_ASSIGNED, "9110 15.2.1", NULL, NULL, NULL},
		{"102", "In Process", STATUS_OBSOLETED, "4918", NULL, NULL, NULL},
		{"103", "Early Hints", STATUS_ASSIGNED, "8297", NULL, NULL, NULL},
		{"104", "O.K.", STATUS_TEMPORARY, "", "2026-11-13", NULL, NULL},
		{"413", "TOO large", STATUS_ASSIGNED, "9110, 7231, 1", NULL, NULL, NULL},
		{"500", NULL, STATUS_RESERVED, "", NULL, NULL, NULL}};
	static const struct extent ranges[] = {{"105-199", STATUS_UNASSIGNED, "Review"}, {"300-302", STATUS_UNASSIGNED, "Review"},
		{"400-412", STATUS_UNASSIGNED, "Review"}, {"501-599", STATUS_PRIVATE_USE, ""}};
	struct diag d = {0};
	struct registry *r = ours(&d, codes);
	struct facts base = FACTS(r, old, oldranges), theirs = FACTS(r, new, ranges), lock;
	struct merge m = merges(r, &base, &theirs,
		"text 100 'Go On' 'Continue' go_on continue\n"
		"reference 100 7231#6.2.1 9110#15.2.1 @0\n"
		"kept text 102 'Wait' 'In Process'  \n"
		"status 102 'assigned' 'obsoleted'\n"
		"kept reference 102 2518#9.9 - @-1\n"
		"reference 102 - 4918 @1\n"
		"text 413 'Too Large' 'TOO large'  \n"
		"reference 413 2616 9110 @1\n"
		"reference 413 - 1 @2\n"
		"status 200 'assigned' 'withdrawn'\n"
		"add 103 early_hints @2\n"
		"add 104 o_k_104 @2\n"
		"add 500  @5\n"
		"range [103-199] [105-199]  @1\n"
		"range [300] [300-302]  @2\n"
		"range [] [400-412] Review @3\n"
		"range [] [501-599]  @3\n");

	(void)state;
	lock = merge_facts(&m);
	assert_int_equal(lock.n, 7);
	assert_str(lock.list[6].value, "200");
	assert_int_equal(lock.list[6].status, STATUS_WITHDRAWN);
	merge_free(&m);
	/* without a base only what is missing comes, and ranges lose what it takes */
	m = merges(r, NULL, &theirs,
		"add 103 early_hints @2\n"
		"add 104 o_k_104 @2\n"
		"add 500  @5\n"
		"range [103-199] [105-199]  @1\n");
	merge_free(&m);
	diag_free(&d);
}

/* What was withdrawn comes back; what a person deleted stays away. */
static void
back(void **state)
{
	static const char yaml[] = "format: 1\n"
				   "registries:\n"
				   "- id: codes\n"
				   "  type: u8\n"
				   "  entries:\n"
				   "  - {value: 1, name: one, text: One, status: withdrawn}\n"
				   "  - {value: 2, name: two, text: Two, status: deprecated}\n";
	static const struct record before[] = {{"2", "Two", STATUS_ASSIGNED, "", NULL, NULL, NULL},
		{"3", "Three", STATUS_ASSIGNED, "", NULL, NULL, NULL}, {"1", "One", STATUS_WITHDRAWN, "", NULL, NULL, NULL}};
	static const struct record again[] = {{"1", "Won", STATUS_ASSIGNED, "", NULL, NULL, NULL},
		{"2", "Two", STATUS_OBSOLETED, "", NULL, NULL, NULL}, {"3", "Three", STATUS_ASSIGNED, "", NULL, NULL, NULL}};
	static const struct record more[] = {{"2", "Two", STATUS_ASSIGNED, "", NULL, NULL, NULL},
		{"3", "Drei", STATUS_ASSIGNED, "", NULL, NULL, NULL}};
	struct diag d = {0};
	struct registry *r = ours(&d, yaml);
	struct facts base = facts(r, before, 3, NULL, 0), theirs = facts(r, again, 3, NULL, 0);
	struct merge m = merges(r, &base, &theirs,
		"text 1 'One' 'Won' one won\n"
		"status 1 'withdrawn' 'assigned'\n"
		"kept status 2 'deprecated' 'obsoleted'\n");

	(void)state;
	merge_free(&m);
	theirs = facts(r, more, 2, NULL, 0);
	m = merges(r, &base, &theirs, "kept add 3\n");
	assert_int_equal(merge_facts(&m).n, 3);
	merge_free(&m);
	diag_free(&d);
}

/* A name goes back to what it was: the alias and the entry change places. */
static void
swaps(void **state)
{
	static const char yaml[] =
		"format: 1\n"
		"registries:\n"
		"- id: codes\n"
		"  type: u8\n"
		"  entries:\n"
		"  - {value: 1, name: new_one, text: New One, aliases: [{name: old_one, text: Old One, deprecated: true}]}\n"
		"  - {value: 2, name: other, text: Other, aliases: [{name: taken}]}\n"
		"  - {value: 3, name: third, text: Third}\n";
	static const struct record before[] = {{"1", "New One", STATUS_ASSIGNED, "", NULL, NULL, NULL},
		{"2", "Other", STATUS_ASSIGNED, "", NULL, NULL, NULL}, {"3", "Third", STATUS_ASSIGNED, "", NULL, NULL, NULL}};
	static const struct record after[] = {{"1", "Old One", STATUS_ASSIGNED, "", NULL, NULL, NULL},
		{"2", "Oth-er", STATUS_ASSIGNED, "", NULL, NULL, NULL}, {"3", "Taken", STATUS_ASSIGNED, "", NULL, NULL, NULL},
		{"0x4", "Third", STATUS_ASSIGNED, "", NULL, NULL, NULL}};
	struct diag d = {0};
	struct registry *r = ours(&d, yaml);
	struct facts base = facts(r, before, 3, NULL, 0), theirs = facts(r, after, 4, NULL, 0);
	struct merge m = merges(r, &base, &theirs,
		"text 1 'New One' 'Old One' new_one old_one swap\n"
		"text 2 'Other' 'Oth-er'  \n"
		"text 3 'Third' 'Taken' third taken_3\n"
		"add 0x4 third_0x4 @3\n");

	(void)state;
	assert_false(change_qualify(&m, &m.list[2]));
	merge_free(&m);
	diag_free(&d);
}

static void
strings(void **state)
{
	static const char yaml[] = "format: 1\n"
				   "registries:\n"
				   "- id: fields\n"
				   "  type: string\n"
				   "  match: caseless\n"
				   "  fields:\n"
				   "  - {id: kind, type: enum, values: [Item, List], default: Item}\n"
				   "  - {id: mine, type: bool, default: false}\n"
				   "  entries:\n"
				   "  - {value: A-IM, name: a_im}\n"
				   "  - {value: Dict, name: dict, kind: List, mine: true}\n"
				   "  - {value: Cookie, name: cookie}\n"
				   "  - {value: Pep-Info, name: pep_info}\n"
				   "  - {value: Zoo, name: zoo, status: deprecated, replaced_by: cookie}\n"
				   "  - {value: '*', name: asterisk}\n";
	static const struct record before[] = {{"A-IM", NULL, STATUS_ASSIGNED, "", NULL, NULL, "Item"},
		{"Cookie", NULL, STATUS_ASSIGNED, "", NULL, NULL, ""}, {"Dict", NULL, STATUS_ASSIGNED, "", NULL, NULL, "List"},
		{"Pep-Info", NULL, STATUS_ASSIGNED, "", NULL, NULL, ""},
		{"Zoo", NULL, STATUS_DEPRECATED, "", NULL, "Cookie", ""}, {"*", NULL, STATUS_ASSIGNED, "", NULL, NULL, ""}};
	static const struct record after[] = {{"A-IM", NULL, STATUS_ASSIGNED, "", NULL, NULL, "Bytes"},
		{"Cookie", NULL, STATUS_OBSOLETED, "", NULL, "Cookie2", "Item"}, {"Dict", NULL, STATUS_ASSIGNED, "", NULL, NULL, ""},
		{"PEP-Info", NULL, STATUS_ASSIGNED, "", NULL, "pep-info", ""},
		{"zoo", NULL, STATUS_DEPRECATED, "", NULL, "a im", ""}, {"*", NULL, STATUS_ASSIGNED, "", NULL, NULL, ""},
		{"Cookie2", NULL, STATUS_ASSIGNED, "", NULL, NULL, "List"},
		{"Zyx", NULL, STATUS_ASSIGNED, "", NULL, NULL, ""}, {"aim", NULL, STATUS_ASSIGNED, "", NULL, NULL, "Bytes"}};
	struct diag d = {0};
	struct registry *r = ours(&d, yaml);
	struct facts base = facts(r, before, 6, NULL, 0), theirs = facts(r, after, 9, NULL, 0);
	struct merge m = merges(r, &base, &theirs,
		"field A-IM '' 'Bytes'\n"
		"choice  '' 'Bytes'\n"
		"status Cookie 'assigned' 'obsoleted'\n"
		"field Dict 'List' ''\n"
		"value Pep-Info 'Pep-Info' 'PEP-Info'\n"
		"value Zoo 'Zoo' 'zoo'\n"
		"add aim aim_aim @2\n"
		"add Cookie2 cookie2 @3\n"
		"add Zyx zyx @5\n"
		"replaced Cookie '' 'cookie2'\n"
		"replaced Zoo 'cookie' 'a_im'\n");

	(void)state;
	merge_free(&m);
	diag_free(&d);
}

/* Ranges are merged by the values in them. */
static void
ranges(void **state)
{
	static const char yaml[] = "format: 1\n"
				   "registries:\n"
				   "- id: frames\n"
				   "  type: u64\n"
				   "  ranges:\n"
				   "  - {values: 0x05-0x1F, status: unassigned, rule: A}\n"
				   "  - {id: mine, values: 0x20-0x2F, status: private_use}\n"
				   "  - {values: 0x30-0xFF, status: reserved, rule: mine}\n"
				   "  - {values: 0xfffffffffffffff0-0xffffffffffffffff, status: unassigned, rule: A}\n"
				   "  entries:\n"
				   "  - {value: 0x00, name: zero, text: zero}\n"
				   "  - {value: 0x04, text: four}\n";
	static const struct record before[] = {{"0x0", "zero", STATUS_ASSIGNED, "", NULL, NULL, NULL}};
	static const struct extent beforeranges[] = {{"0x05-0x1f", STATUS_UNASSIGNED, "A"}, {"0x20-0x2f", STATUS_PRIVATE_USE, ""},
		{"0x30-0x3f", STATUS_UNASSIGNED, "A"}, {"0x40-0xff", STATUS_RESERVED, "B"},
		{"0xfffffffffffffff0-0xffffffffffffffff", STATUS_UNASSIGNED, "A"}};
	static const struct record after[] = {{"0x0", "zero", STATUS_ASSIGNED, "", NULL, NULL, NULL},
		{"0x10", "ten", STATUS_ASSIGNED, "", NULL, NULL, NULL}, {"0x25", "five", STATUS_ASSIGNED, "", NULL, NULL, NULL},
		{"0x50", "PRIO", STATUS_ASSIGNED, "", NULL, NULL, NULL}, {"0x51", "PRIO", STATUS_ASSIGNED, "", NULL, NULL, NULL},
		{"0xffffffffffffffff", "last", STATUS_ASSIGNED, "", NULL, NULL, NULL}};
	static const struct extent afterranges[] = {{"0x01-0x0f", STATUS_UNASSIGNED, "A"}, {"0x11-0x1f", STATUS_UNASSIGNED, "C"},
		{"0x20-0x24", STATUS_PRIVATE_USE, ""}, {"0x26-0x2f", STATUS_PRIVATE_USE, ""}, {"0x30-0x3f", STATUS_EXPERIMENTAL, "A"},
		{"0x40-0x4f", STATUS_RESERVED, "C"}, {"0x50-0x51", STATUS_NONE, "PRIO"}, {"0x52-0xff", STATUS_RESERVED, "C"},
		{"0xfffffffffffffff0-0xfffffffffffffffe", STATUS_UNASSIGNED, "A"}};
	struct diag d = {0};
	struct registry *r = ours(&d, yaml);
	struct facts base = FACTS(r, before, beforeranges), theirs = FACTS(r, after, afterranges);
	struct merge m = merges(r, &base, &theirs,
		"add 0x10 ten @2\n"
		"add 0x25 five @2\n"
		"add 0x50 prio @2\n"
		"add 0x51 prio_0x51 @2\n"
		"add 0xffffffffffffffff last @2\n"
		"kept range 0x30-0x3F reserved experimental\n"
		"range [] [0x50-0x51] prio @3\n"
		"range [0x05-0x1F] [0x05-0x0F]  @0\n"
		"range [] [0x11-0x1F] C @1\n"
		"range [0x20-0x2F] [0x20-0x2F] keeps @1\n"
		"range [] [0x20-0x24]  @2\n"
		"range [] [0x26-0x2F]  @2\n"
		"range [0x30-0xFF] [0x30-0x4F]  @2\n"
		"range [] [0x52-0xFF] mine @3\n"
		"range [0xfffffffffffffff0-0xffffffffffffffff] [0xfffffffffffffff0-0xfffffffffffffffe]  @3\n"
		"range [] [0x01-0x03] A @0\n");

	(void)state;
	merge_free(&m);
	diag_free(&d);
}

/* Keys of several columns, and several records of one key. */
static void
keys(void **state)
{
	static const char yaml[] = "format: 1\n"
				   "registries:\n"
				   "- id: services\n"
				   "  type: u16\n"
				   "  key: [name, value, kind]\n"
				   "  duplicates: allow\n"
				   "  fields:\n"
				   "  - {id: kind, type: string}\n"
				   "  entries:\n"
				   "  - {value: 80, name: http, text: Web, kind: tcp}\n"
				   "  - {value: 80, name: http, text: Web, kind: udp}\n"
				   "  - {name: rdp, text: One}\n"
				   "  - {name: rdp, text: Two}\n";
	static const struct record before[] = {{"80", "Web", STATUS_ASSIGNED, "", NULL, NULL, "tcp"},
		{"80", "Web", STATUS_ASSIGNED, "", NULL, NULL, "udp"}, {"", "One", STATUS_ASSIGNED, "", NULL, NULL, ""},
		{"", "Two", STATUS_ASSIGNED, "", NULL, NULL, ""}};
	static const struct record after[] = {{"80", "World", STATUS_ASSIGNED, "", NULL, NULL, "tcp"},
		{"80", "Web", STATUS_ASSIGNED, "", NULL, NULL, "sctp"}, {"", "Zero", STATUS_ASSIGNED, "", NULL, NULL, ""},
		{"", "Two", STATUS_ASSIGNED, "", NULL, NULL, ""}, {"", "Three", STATUS_ASSIGNED, "", NULL, NULL, ""}};
	struct diag d = {0};
	struct registry *r = ours(&d, yaml);
	struct facts base = facts(r, before, 4, NULL, 0), theirs = facts(r, after, 5, NULL, 0);
	struct merge m;
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++)
		base.list[i].name = i < 2 ? S("http") : S("rdp");
	for (i = 0; i < 5; i++)
		theirs.list[i].name = i < 2 ? S("http") : S("rdp");
	m = merges(r, &base, &theirs,
		"text 80 'Web' 'World'  \n"
		"text  'One' 'Three'  \n"
		"status 80 'assigned' 'withdrawn'\n"
		"add 80 http @0\n"
		"add  rdp @4\n");
	merge_free(&m);
	diag_free(&d);
}

/* A registry that refuses duplicates takes the first; what lies outside of what is valid is an error. */
static void
refused(void **state)
{
	static const char yaml[] = "format: 1\n"
				   "registries:\n"
				   "- {id: codes, type: u8, valid: 0-9, entries: [{value: 1, name: one, text: One}]}\n";
	static const struct record twice[] = {{"2", "Two", STATUS_ASSIGNED, "", NULL, NULL, NULL},
		{"2", "Deux", STATUS_ASSIGNED, "", NULL, NULL, NULL}};
	static const struct record far[] = {{"10", "Ten", STATUS_ASSIGNED, "", NULL, NULL, NULL}};
	struct diag d = {0}, silent = {.silent = true};
	struct registry *r = ours(&d, yaml);
	struct facts none = {0}, theirs = facts(r, twice, 2, NULL, 0);
	struct merge m = merges(r, &none, &theirs, "kept add 2\nadd 2 two @1\n");

	(void)state;
	merge_free(&m);
	/* it is said once */
	m = merges(r, &theirs, &theirs, "");
	merge_free(&m);
	theirs = facts(r, far, 1, NULL, 0);
	merge(&silent, &a, r, &none, &theirs, true, &m);
	assert_int_equal(silent.nerrors, 1);
	assert_int_equal(m.n, 0);
	merge_free(&m);
	diag_free(&silent);
	diag_free(&d);
}

/* Dates of what is temporary. */
static void
temporary(void **state)
{
	static const char yaml[] =
		"format: 1\n"
		"registries:\n"
		"- id: codes\n"
		"  type: u8\n"
		"  entries:\n"
		"  - {value: 1, name: one, text: One, status: temporary, expires: 2025-11-13}\n"
		"  - {value: 2, name: two, text: Two, status: temporary, expires: 2025-11-13}\n"
		"  - {value: 3, name: three, text: Three}\n"
		"  - {value: 4, name: four, text: Four, status: temporary, expires: 2030-01-01}\n";
	static const struct record before[] = {{"1", "One", STATUS_TEMPORARY, "", "2025-11-13", NULL, NULL},
		{"2", "Two", STATUS_TEMPORARY, "", "2025-11-13", NULL, NULL}, {"3", "Three", STATUS_ASSIGNED, "", NULL, NULL, NULL},
		{"4", "Four", STATUS_TEMPORARY, "", "2025-11-13", NULL, NULL}};
	static const struct record after[] = {{"1", "One", STATUS_TEMPORARY, "", "2026-11-13", NULL, NULL},
		{"2", "Two", STATUS_ASSIGNED, "", NULL, NULL, NULL}, {"3", "Three", STATUS_TEMPORARY, "", "2026-01-01", NULL, NULL},
		{"4", "Four", STATUS_TEMPORARY, "", "2026-11-13", NULL, NULL}};
	struct diag d = {0};
	struct registry *r = ours(&d, yaml);
	struct facts base = facts(r, before, 4, NULL, 0), theirs = facts(r, after, 4, NULL, 0);
	struct merge m = merges(r, &base, &theirs,
		"expires 1 '2025-11-13' '2026-11-13'\n"
		"status 2 'temporary' 'assigned'\n"
		"expires 2 '2025-11-13' ''\n"
		"status 3 'assigned' 'temporary'\n"
		"expires 3 '' '2026-01-01'\n"
		"kept expires 4 '2030-01-01' '2026-11-13'\n");

	(void)state;
	merge_free(&m);
	diag_free(&d);
}

/* A source of a lesser form: words where the base has places, no rules, a column less. */
static void
lesser(void **state)
{
	static const char yaml[] = "format: 1\n"
				   "registries:\n"
				   "- id: codes\n"
				   "  type: u8\n"
				   "  ranges: [{values: 2-3, status: unassigned, rule: A}, {values: 4-9, status: unassigned, rule: B}]\n"
				   "  fields: [{id: kind, type: string}]\n"
				   "  entries:\n"
				   "  - {value: 0, name: zero, text: Zero, references: [{text: The Words}]}\n"
				   "  - {value: 1, name: one, text: One, kind: odd, references: [{url: 'https://a.example/', title: Words}]}\n";
	static const struct record before[] = {{"0", "Zero", STATUS_ASSIGNED, "", NULL, NULL, "even"},
		{"1", "One", STATUS_ASSIGNED, "", NULL, NULL, "odd"}};
	static const struct record after[] = {{"0", "Zero", STATUS_ASSIGNED, "", NULL, NULL, NULL},
		{"1", "One", STATUS_ASSIGNED, "", NULL, NULL, NULL}};
	static const struct extent beforeranges[] = {{"2-3", STATUS_UNASSIGNED, "A"}, {"4-9", STATUS_UNASSIGNED, "B"}};
	static const struct extent afterranges[] = {{"2-9", STATUS_UNASSIGNED, NULL}};
	struct diag d = {0};
	struct registry *r = ours(&d, yaml);
	struct facts base = FACTS(r, before, beforeranges), theirs = FACTS(r, after, afterranges), lock;
	struct cited url = {S("https://a.example/"), S(""), S("Words"), REFERENCE_URL}, words = {S("Words"), S(""), S(""), REFERENCE_TEXT};
	struct cited thewords = {S("The Words"), S(""), S(""), REFERENCE_TEXT};
	struct cited place = {S("https://b.example/"), S(""), S("The Words"), REFERENCE_URL};
	struct merge m;

	(void)state;
	base.list[0].references = &thewords;
	base.list[1].references = &url;
	theirs.list[0].references = &place;
	theirs.list[1].references = &words;
	base.list[0].nreferences = base.list[1].nreferences = theirs.list[0].nreferences = theirs.list[1].nreferences = 1;
	m = mergesas(r, &base, &theirs, false, "reference 0 The Words https://b.example/ @0\n");
	lock = merge_facts(&m);
	assert_str(lock.list[1].references[0].id, "https://a.example/");
	assert_int_equal(lock.list[1].nfields, 1);
	assert_str(lock.list[1].fields[0].value, "odd");
	assert_str(lock.ranges[0].rule, "A");
	merge_free(&m);
	diag_free(&d);
}

static int
release(void **state)
{
	(void)state;
	arena_free(&a);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(quiet), cmocka_unit_test(changes), cmocka_unit_test(back),
		cmocka_unit_test(swaps), cmocka_unit_test(strings), cmocka_unit_test(ranges), cmocka_unit_test(keys),
		cmocka_unit_test(refused), cmocka_unit_test(temporary), cmocka_unit_test(lesser)};

	return cmocka_run_group_tests(tests, NULL, release);
}
