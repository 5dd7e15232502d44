#include "unit.h"
#include "../../gen/arena.h"
#include "../../gen/buf.h"
#include "../../gen/diag.h"
#include "../../gen/document.h"
#include "../../gen/cited.h"
#include "../../gen/ranger.h"
#include "../../gen/fact.h"
#include "../../gen/lock.h"
#include "../../gen/reference.h"
#include "../../gen/status.h"
#include "../../gen/tree.h"

static struct arena a;
static struct diag d;
static struct tree t;
static uint32_t seed = 1;

static int
start(void **state)
{
	(void)state;
	tree_init(&t, &a);
	return 0;
}

static int
finish(void **state)
{
	(void)state;
	tree_free(&t);
	diag_free(&d);
	arena_free(&a);
	d = (struct diag){0};
	return 0;
}

static uint32_t
below(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

/* Text that has everything but a NUL; sometimes none. */
static struct str
text(bool empty)
{
	static const char *const parts[] = {"a", "Upload Resumption", "\"", "\\", "'", "\n", "\r\n", "\t", "\x01",
		"\x1f", "\x7f", "\xc2\x85", "\xc2\xa0", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xae", "\xef\xbb\xbf",
		"\xef\xbf\xbf", "\xf0\x9f\x98\x80", "\xf0\x9f\xbf\xbf", "# c", ": ", "- ", "{", "}", "[", "]", ",",
		"*/", "</script>", "%", "@", "null", "\\u0041", " "};
	struct buf b = {0};
	struct str s;
	uint32_t i, n = below(empty ? 4 : 6) + !empty;

	for (i = 0; i < n; i++)
		buf_adds(&b, parts[below(LEN(parts))]);
	s = (struct str){arena_copy(&a, b.n > 0 ? b.s : "", b.n), b.n};
	buf_free(&b);
	return s;
}

static struct fact
fact(void)
{
	struct fact f = {text(true), text(true), text(true), .expires = text(true), .replacedby = text(true)};
	uint32_t i;

	f.status = (unsigned char)below(STATUS_NONE);
	f.nreferences = below(3);
	f.references = arena_array(&a, f.nreferences, sizeof(*f.references));
	for (i = 0; i < f.nreferences; i++)
		f.references[i] =
			(struct cited){text(false), text(true), text(true), (unsigned char)below(REFERENCE_TEXT + 1)};
	f.nfields = below(3);
	f.fields = arena_array(&a, f.nfields, sizeof(*f.fields));
	for (i = 0; i < f.nfields; i++)
		f.fields[i] = (struct factfield){str(i == 0 ? "structured" : "note"), text(true), S("")};
	return f;
}

static struct facts
facts(const char *iana)
{
	struct facts f = {.iana = str(iana), .updated = text(true), .sha256 = text(true), .address = text(true)};
	uint32_t i;

	f.n = below(4);
	f.list = arena_array(&a, f.n, sizeof(*f.list));
	for (i = 0; i < f.n; i++)
		f.list[i] = fact();
	f.nranges = below(3);
	f.ranges = arena_array(&a, f.nranges, sizeof(*f.ranges));
	for (i = 0; i < f.nranges; i++)
		f.ranges[i] = (struct factrange){.values = text(false),
			.title = text(true),
			.rule = text(true),
			.status = (unsigned char)below(STATUS_NONE + 1)};
	return f;
}

static bool
parse(struct str s, struct lock *l)
{
	return lock_read(&d, &a, &t, diag_source(&d, "registry.lock", s), l);
}

#define assert_same(x, y, member) assert_true(streq((x)->member, (y)->member))

static void
samefact(const struct fact *x, const struct fact *y)
{
	uint32_t i;

	assert_same(x, y, value);
	assert_same(x, y, name);
	assert_same(x, y, text);
	assert_same(x, y, expires);
	assert_same(x, y, replacedby);
	assert_int_equal(x->status, y->status);
	assert_int_equal(x->nreferences, y->nreferences);
	for (i = 0; i < x->nreferences; i++) {
		assert_same(&x->references[i], &y->references[i], id);
		assert_same(&x->references[i], &y->references[i], section);
		assert_same(&x->references[i], &y->references[i], title);
		assert_int_equal(x->references[i].kind, y->references[i].kind);
	}
	assert_int_equal(x->nfields, y->nfields);
	for (i = 0; i < x->nfields; i++) {
		assert_same(&x->fields[i], &y->fields[i], id);
		assert_same(&x->fields[i], &y->fields[i], value);
	}
}

static void
samefacts(const struct facts *x, const struct facts *y)
{
	uint32_t i;

	assert_same(x, y, iana);
	assert_same(x, y, updated);
	assert_same(x, y, sha256);
	assert_same(x, y, address);
	assert_int_equal(x->n, y->n);
	for (i = 0; i < x->n; i++)
		samefact(&x->list[i], &y->list[i]);
	assert_int_equal(x->nranges, y->nranges);
	for (i = 0; i < x->nranges; i++) {
		assert_same(&x->ranges[i], &y->ranges[i], values);
		assert_same(&x->ranges[i], &y->ranges[i], title);
		assert_same(&x->ranges[i], &y->ranges[i], rule);
		assert_int_equal(x->ranges[i].status, y->ranges[i].status);
	}
}

/* Write, read and write again. */
static void
roundtrip(const struct lock *l)
{
	struct buf b = {0}, again = {0};
	struct lock got;
	size_t i;

	lock_write(l, &b);
	assert_true(parse((struct str){arena_copy(&a, b.s, b.n), b.n}, &got));
	assert_int_equal(got.n, l->n);
	for (i = 0; i < l->n; i++)
		samefacts(&l->list[i], &got.list[i]);
	lock_write(&got, &again);
	assert_true(streq(buf_str(&b), buf_str(&again)));
	buf_free(&b);
	buf_free(&again);
}

static void
anything(void **state)
{
	static const char *const names[] = {"a/b", "a/c", "http/x", "z/z-1"};
	struct lock l;
	struct facts f;
	unsigned i, k;

	(void)state;
	for (i = 0; i < 2000; i++) {
		l = (struct lock){0};
		for (k = below(5); k > 0; k--) {
			f = facts(names[below(LEN(names))]);
			lock_put(&a, &l, &f);
			samefacts(lock_find(&l, f.iana), &f);
		}
		roundtrip(&l);
	}
}

static void
large(void **state)
{
	size_t n = 1 << 20, i;
	char *s = arena_bytes(&a, n);
	struct fact f = {.value = S("1"), .name = S(""), .expires = S(""), .replacedby = S("")};
	struct facts all = {.iana = S("a/b"), .updated = S(""), .sha256 = S(""), .address = S(""), .list = &f, .n = 1};
	struct lock l = {&all, 1};

	(void)state;
	for (i = 0; i < n; i++)
		s[i] = (char)(1 + below(0x7f));
	f.text = (struct str){s, n};
	roundtrip(&l);
}

static void
aline(void **state)
{
	struct cited c[] = {{S("draft-ietf-httpbis-resumable-upload-05"), S("4"), S(""), REFERENCE_DRAFT},
		{S("9110"), S(""), S(""), REFERENCE_RFC}};
	struct factfield field = {S("structured"), S(""), S("")};
	struct fact f = {.value = S("104"),
		.text = S("Upload \"Resumption\""),
		.expires = S("2026-11-13"),
		.status = STATUS_TEMPORARY};
	struct factrange r = {.values = S("105-199"), .rule = S("IETF Review"), .status = STATUS_UNASSIGNED};
	struct facts all = {
		.iana = S("a/b"), .updated = S("2025-09-15"), .list = &f, .n = 1, .ranges = &r, .nranges = 1};
	struct lock l = {&all, 1};
	struct buf b = {0};

	(void)state;
	f.references = c;
	f.nreferences = 2;
	f.fields = &field;
	f.nfields = 1;
	lock_write(&l, &b);
	assert_str(buf_str(&b),
		"# Written by regen update; not to be edited.\nformat: 1\nsources:\n  - iana: \"a/b\"\n    updated: "
		"\"2025-09-15\"\n"
		"    records:\n    - {\"value\": \"104\", \"text\": \"Upload \\\"Resumption\\\"\", \"status\": "
		"\"temporary\", "
		"\"expires\": \"2026-11-13\", \"references\": [{\"draft\": \"draft-ietf-httpbis-resumable-upload-05\", "
		"\"section\": \"4\"}, "
		"{\"rfc\": \"9110\"}], \"fields\": {\"structured\": \"\"}}\n"
		"    ranges:\n    - {\"values\": \"105-199\", \"status\": \"unassigned\", \"rule\": \"IETF "
		"Review\"}\n");
	buf_free(&b);
	l.n = 0;
	lock_write(&l, &b);
	assert_str(buf_str(&b), "# Written by regen update; not to be edited.\nformat: 1\nsources: []\n");
	assert_null(lock_find(&l, S("a/b")));
	buf_free(&b);
}

/* What is wrong is reported where it stands, and nothing is read then. */
static void
wrong(void **state)
{
	static const struct {
		const char *text;
		uint32_t at;
	} cases[] = {
		{"", 0},
		{"[]", 0},
		{"format: 1", 0},
		{"sources: []", 0},
		{"{format: 2, sources: []}", 9},
		{"{format: 1, sources: [], more: 1}", 25},
		{"{format: 1, sources: {}}", 21},
		{"{format: 1, sources: [x]}", 22},
		{"{format: 1, sources: [{updated: x}]}", 22},
		{"{format: 1, sources: [{iana: ''}]}", 29},
		{"{format: 1, sources: [{iana: a}, {iana: b}, {iana: a}]}", 21},
		{"{format: 1, sources: [{iana: a, sha: b}]}", 32},
		{"{format: 1, sources: [{iana: a, records: {}}]}", 41},
		{"{format: 1, sources: [{iana: a, records: [1]}]}", 42},
		{"{format: 1, sources: [{iana: a, records: [{text: [x]}]}]}", 49},
		{"{format: 1, sources: [{iana: a, records: [{status: odd}]}]}", 51},
		{"{format: 1, sources: [{iana: a, records: [{references: [{section: 1}]}]}]}", 56},
		{"{format: 1, sources: [{iana: a, records: [{references: [{rfc: 1, url: x}]}]}]}", 70},
		{"{format: 1, sources: [{iana: a, records: [{fields: [x]}]}]}", 51},
		{"{format: 1, sources: [{iana: a, records: [{fields: {x: []}}]}]}", 55},
		{"{format: 1, sources: [{iana: a, ranges: [{status: reserved}]}]}", 41},
		{"{format: 1, sources: [{iana: a, ranges: [{values: 1, name: x}]}]}", 53},
		{"{format: 1, sources: [{iana: a, iana: b}]}", 32},
		{"{format: 1, sources: [{iana: a, records: [\n<<<<<<< ours\n]}]}", 43},
	};
	struct lock l;
	uint32_t base;
	unsigned before;
	size_t i;

	(void)state;
	if (!freopen("/dev/null", "w", stderr))
		fail();
	for (i = 0; i < LEN(cases); i++) {
		before = d.nerrors;
		base = diag_source(&d, "registry.lock", str(cases[i].text));
		assert_false(lock_read(&d, &a, &t, base, &l));
		assert_int_equal(d.nerrors, before + 1);
		if (d.lastat != base + cases[i].at)
			print_error("'%s': at %u\n", cases[i].text, (unsigned)(d.lastat - base));
		assert_int_equal(d.lastat, base + cases[i].at);
		assert_int_equal(l.n, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(anything, start, finish),
		cmocka_unit_test_setup_teardown(large, start, finish),
		cmocka_unit_test_setup_teardown(aline, start, finish),
		cmocka_unit_test_setup_teardown(wrong, start, finish),
	};

	return cmocka_run_group_tests_name("lock", tests, NULL, NULL);
}
