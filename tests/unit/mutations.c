/* Damaged files are read, or refused with a place: what comes of it lies in the file, and its texts are squeezed.
 * MUTATIONS in the environment is how many, SEED gives others. */
#include "unit.h"
#include "../../gen/arena.h"
#include "../../gen/buf.h"
#include "../../gen/csv.h"
#include "../../gen/diag.h"
#include "../../gen/file.h"
#include "../../gen/iana.h"
#include "../../gen/utf8.h"
#include "../../gen/xml.h"

#define SHARED "../shared/iana/"

static const char *const files[] = {
	SHARED "http-status-codes/2025-09-15.xml",
	SHARED "http-status-codes/2018-09-21.http-status-codes-1.csv",
	SHARED "http-methods/2026-06-17.xml",
	SHARED "http-fields/2023-07-24.field-names.csv",
	SHARED "http3-parameters/2021-03-16.xml",
	SHARED "tls-parameters/2026-01-05.tls-parameters-4.csv",
	SHARED "core-parameters/2023-08-29.response-codes.csv",
	SHARED "websocket/2026-06-10.xml",
};

static const char *const written[] = {
	"<?xml version='1.0' encoding='UTF-8'?>\n<registry xmlns=\"http://www.iana.org/assignments\" id=\"g\"><title>T</title>"
	"<updated>2025-01-01</updated><registration_rule>R <xref type=\"rfc\" data=\"rfc1\"/></registration_rule>"
	"<range><value>0-9</value><registration_rule>E</registration_rule><note>n</note></range>"
	"<registry id=\"r\"><record date=\"2020-01\"><value>1</value><description>a <xref type=\"text\">[x]</xref><br/> "
	"b</description><xref type=\"rfc-errata\" data=\"12\"/><note><paragraph>p</paragraph><list><item>i</item></list>"
	"</note><file type=\"template\" name=\"x\">y</file></record><footnote anchor=\"1\">f</footnote></registry>"
	"<people><person id=\"A\"><name>A</name></person></people></registry>\n",
	"<redirect xmlns=\"http://www.iana.org/assignments\" registry=\"x\"/>",
	"# from IANA\nValue,Description,Reference\r\n\"0x00,0x1C-1D\",\"say \"\"hi\"\"\n  there\",\"[RFC1][RFC 2, Section 3]\"\r\n"
	"104-199,Unassigned,\r\n",
};

static const char *const tokens[] = {"\"", "\"\"", ",", "\r\n", "\n", "\r", "[", "]", "<", ">", "</record>", "<record>",
	"<registry>", "</registry>", "<xref type=\"note\" data=\"1\"/>", "<a>", "</a>", "<br/>", "&amp;", "&x;", "&#0;", "&#x10FFFF;",
	"<![CDATA[", "]]>", "<!--", "-->", "<?x?>", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "xmlns=\"\"", "xmlns=\"a&#10;b\"", "xmlns:a=\"b\"", "\xc3\xa9", "\xff",
	"\xc3", "\xe2\x80\xae", "\x7f", "\x01", "#", "'", "=", " "};

static uint64_t seed;
static FILE *saved; /* what standard error is outside of the test */

/* A number below n: splitmix64. */
static size_t
pick(size_t n)
{
	uint64_t x = seed += 0x9e3779b97f4a7c15;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return (size_t)((x ^ x >> 31) % n);
}

/* Put text in the place of n bytes at i. */
static void
splice(struct buf *b, size_t i, size_t n, struct str text)
{
	struct buf new = {0};

	buf_add(&new, b->s, i);
	buf_addstr(&new, text);
	buf_add(&new, b->s + i + n, b->n - i - n);
	buf_free(b);
	*b = new;
}

/* Change one thing; others are texts that may lend a part. */
static void
mutate(struct buf *b, const struct str *others, size_t n)
{
	size_t i = pick(b->n + 1), m = pick(pick(8) == 0 ? 2000 : 20), j;
	struct str other = others[pick(n)], part;
	char byte = (char)pick(256);

	m = m < b->n - i ? m : b->n - i;
	switch (pick(7)) {
	case 0:
		splice(b, i, 0, (struct str){&byte, 1});
		break;
	case 1:
		if (i < b->n)
			b->s[i] = (char)(b->s[i] ^ 1 << pick(8));
		break;
	case 2:
		splice(b, i, m, S(""));
		break;
	case 3:
		part = (struct str){b->s + i, m};
		splice(b, pick(b->n + 1), 0, part);
		break;
	case 4:
		j = pick(other.n + 1);
		m = pick(400);
		splice(b, i, 0, (struct str){other.s + j, m < other.n - j ? m : other.n - j});
		break;
	case 5:
		splice(b, i, pick(2) == 0 ? m : 0, str(tokens[pick(LEN(tokens))]));
		break;
	case 6:
		if (pick(8) == 0)
			b->n = i;
		break;
	}
}

/* A text has no white space but single blanks, none at the ends, and is UTF-8 without NULs. */
static void
checktext(struct str s)
{
	size_t i;

	assert_int_equal(utf8_check(s.s, s.n), s.n);
	for (i = 0; i < s.n; i++) {
		assert_int_not_equal(s.s[i], '\0');
		assert_null(memchr("\t\r\n", s.s[i], 3));
		if (s.s[i] == ' ')
			assert_true(i > 0 && i + 1 < s.n && s.s[i - 1] != ' ');
	}
}

static void
checkspan(const struct source *src, uint32_t at, uint32_t n)
{
	assert_true(at >= src->base && at - src->base <= src->text.n);
	assert_true(n <= src->text.n - (at - src->base));
}

static void
checkcell(const struct source *src, const struct cell *c)
{
	uint32_t i;

	checktext(c->column);
	checktext(c->text);
	checkspan(src, c->at, c->n);
	for (i = 0; i < c->ncitations; i++) {
		checktext(c->citations[i].data);
		checktext(c->citations[i].label);
		checktext(c->citations[i].section);
		checkspan(src, c->citations[i].at, 1);
		assert_true(c->citations[i].type <= CITED_LABEL);
		assert_true(c->citations[i].data.n + c->citations[i].label.n > 0);
	}
}

static void
check(const struct source *src, const struct assignments *a)
{
	uint32_t i, j;

	checktext(a->group);
	checktext(a->id);
	checktext(a->title);
	checktext(a->updated);
	checkspan(src, a->at, a->n);
	for (i = 0; i < a->nprocedures; i++) {
		checktext(a->procedures[i].values);
		checktext(a->procedures[i].rule);
		checktext(a->procedures[i].note);
	}
	for (i = 0; i < a->nrecords; i++) {
		checkspan(src, a->records[i].at, a->records[i].n);
		for (j = 0; j < a->records[i].ncells; j++)
			checkcell(src, &a->records[i].cells[j]);
	}
}

/* Messages are places, notes of them or excerpts, at least one line in all. */
static void
checkmessages(FILE *f, bool wanted)
{
	char line[8192];
	unsigned number, column, n = 0;

	rewind(f);
	while (fgets(line, sizeof(line), f)) {
		if (line[0] == ' ')
			continue;
		assert_int_equal(sscanf(line, "m:%u:%u: ", &number, &column), 2);
		assert_true(strstr(line, ": error: ") || strstr(line, ": note: "));
		n++;
	}
	assert_true(wanted == (n > 0));
	rewind(f);
	assert_int_equal(ftruncate(fileno(f), 0), 0);
}

/* Read a text as XML and as CSV; returns which of them it is. */
static unsigned
once(struct str text, FILE *messages)
{
	struct arena arena = {0};
	struct diag diag = {0};
	struct iana iana;
	struct assignments a;
	unsigned got = 0;
	uint32_t base;
	size_t i;

	diag_source(&diag, "before", S("x"));
	base = diag_source(&diag, "m", text);
	if (xml_load(&diag, &arena, base, &iana)) {
		got = 1;
		for (i = 0; i < iana.n; i++)
			check(&diag.sources[1], &iana.registries[i]);
	}
	assert_int_equal(diag.nerrors, got == 0);
	fflush(stderr);
	checkmessages(messages, got == 0);
	diag.nerrors = 0;
	if (csv_load(&diag, &arena, base, &a)) {
		got |= 2;
		check(&diag.sources[1], &a);
	}
	assert_int_equal(diag.nerrors, (got & 2) == 0);
	fflush(stderr);
	checkmessages(messages, (got & 2) == 0);
	arena_free(&arena);
	diag_free(&diag);
	return got;
}

static size_t
number(const char *variable, size_t otherwise)
{
	const char *s = getenv(variable);

	return s && *s ? (size_t)strtoul(s, NULL, 10) : otherwise;
}

static void
damaged(void **state)
{
	struct arena arena = {0};
	struct str texts[LEN(files) + LEN(written)];
	size_t n = 0, i, j, count = number("MUTATIONS", 1000), kinds[4] = {0};
	FILE *messages = tmpfile();
	struct buf b = {0};

	(void)state;
	assert_non_null(messages);
	/* the descriptor stays, for what sanitizers say */
	stderr = messages;
	seed = number("SEED", 1);
	for (i = 0; i < LEN(written); i++)
		texts[n++] = str(written[i]);
	for (i = 0; i < LEN(files); i++)
		if (file_read(&arena, files[i], &texts[n]))
			n++;
	for (i = 0; i < n; i++)
		assert_true(once(texts[i], messages) > 0);
	for (i = 0; i < count; i++) {
		b.n = 0;
		buf_addstr(&b, texts[pick(n)]);
		for (j = 1 + pick(pick(4) == 0 ? 16 : 3); j > 0; j--)
			mutate(&b, texts, n);
		kinds[once(buf_str(&b), messages)]++;
	}
	fclose(messages);
	/* neither all nor none */
	if (count >= 500)
		for (i = 0; i < 3; i++)
			assert_true(kinds[i] >= count / 20);
	buf_free(&b);
	arena_free(&arena);
}

static int
before(void **state)
{
	(void)state;
	saved = stderr;
	return 0;
}

/* A failure is printed behind this. */
static int
after(void **state)
{
	(void)state;
	stderr = saved;
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(damaged, before, after)};

	return cmocka_run_group_tests_name("mutations", tests, NULL, NULL);
}
