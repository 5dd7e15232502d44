#include "read.h"
#include "../../gen/csv.h"

static struct assignments a;

static bool
load(struct str text)
{
	return csv_load(&diag, &arena, diag_source(&diag, "a.csv", text), &a);
}

static void
refuse(struct str text)
{
	assert_false(load(text));
}

#define assert_reads(literal, want)                                                                                    \
	do {                                                                                                           \
		assert_true(load(S(literal)));                                                                         \
		assert_str(showall(&a, 1), "/:\n" want);                                                               \
	} while (0)
#define assert_says(literal, want) assert_str(said(refuse, S(literal)), want)

/* Rows end with CRLF, the last one too; LF alone is taken, and a file that ends without. */
static void
lines(void **state)
{
	(void)state;
	assert_reads("Value,Description,Reference\r\n104-199,Unassigned,\r\n",
		"\t- Value=104-199 Description=Unassigned Reference=\n");
	assert_reads("Value,Description\n100,Continue\n102,Processing", "\t- Value=100 Description=Continue\n"
									"\t- Value=102 Description=Processing\n");
	assert_reads("Value\r\n1\r\n\r\n2\r\n \r\n", "\t- Value=1\n\t- Value=2\n");
	assert_reads("Value,Name\r1,a\r", "\t- Value=1 Name=a\n");
	assert_reads("Value,Name\r\n", "");
}

/* tls-parameters-4, websocket's close codes, content-formats. */
static void
quotes(void **state)
{
	(void)state;
	assert_reads("Value,Description,DTLS-OK,Recommended,Reference,Comment\r\n"
		     "\"0x00,0x60-66\",\"Reserved to avoid conflicts with\nwidely deployed "
		     "implementations\",,,[Pasi_Eronen],\r\n",
		"\t- Value=0x00,0x60-66 Description=Reserved to avoid conflicts with widely deployed implementations"
		" DTLS-OK= Recommended= Reference=[Pasi_Eronen] {label 'Pasi_Eronen} Comment=\n");
	assert_reads("Media Type,ID\r\n\"application/cose; cose-type=\"\"cose-encrypt0\"\"\",16\r\n",
		"\t- Media Type=application/cose; cose-type=\"cose-encrypt0\" ID=16\n");
	assert_reads("A,B\r\n\"\",\"\"\"\"\r\n", "\t- A= B=\"\n");
	assert_reads("A\n\"received an\n        invalid response\r\n        Status Code.\"\n",
		"\t- A=received an invalid response Status Code.\n");
}

static void
citations(void **state)
{
	(void)state;
	assert_reads("Value,Reference\r\n412,\"[RFC7232, Section 4.2][RFC8144, Section 3.2]\"\r\n",
		"\t- Value=412 Reference=[RFC7232, Section 4.2][RFC8144, Section 3.2]"
		" {label 'RFC7232, Section 4.2} {label 'RFC8144, Section 3.2}\n");
	assert_reads("A,B\n[ RFC 6338: Scheduling Extensions to CalDAV],\"[RFC6903], section 2\"\n",
		"\t- A=[ RFC 6338: Scheduling Extensions to CalDAV] {label 'RFC 6338: Scheduling Extensions to CalDAV}"
		" B=[RFC6903], section 2 {label 'RFC6903}\n");
	assert_reads("A,B\n[RFC3463] (Standards track),\"[\n        RFC-ietf-jose-40, Section 3.2]\"\n",
		"\t- A=[RFC3463] (Standards track) {label 'RFC3463}"
		" B=[ RFC-ietf-jose-40, Section 3.2] {label 'RFC-ietf-jose-40, Section 3.2}\n");
	assert_reads("A,B\n[1][Michael_Patton][http://ana-3.lcs.mit.edu/~jnc/nimrod/dns.txt],[ISO/IEC 10918-5]\n",
		"\t- A=[1][Michael_Patton][http://ana-3.lcs.mit.edu/~jnc/nimrod/dns.txt] {label '1}"
		" {label 'Michael_Patton} {label 'http://ana-3.lcs.mit.edu/~jnc/nimrod/dns.txt}"
		" B=[ISO/IEC 10918-5] {label 'ISO/IEC 10918-5}\n");
	assert_reads("A\n\"Obsoleted by [IESG]\n        [HTTPBIS]\"\n",
		"\t- A=Obsoleted by [IESG] [HTTPBIS] {label 'IESG} {label 'HTTPBIS}\n");
	assert_reads("A\n\"[Pasi Eronen, <pasi.eronen&nokia.com>, 2008-04-04.  2008-04-04]\"\n",
		"\t- A=[Pasi Eronen, <pasi.eronen&nokia.com>, 2008-04-04. 2008-04-04]"
		" {label 'Pasi Eronen, <pasi.eronen&nokia.com>, 2008-04-04. 2008-04-04}\n");
}

/* Brackets in brackets belong to the outermost; those that nothing closes or opens are text. */
static void
brackets(void **state)
{
	(void)state;
	assert_reads("A\n[[XEROX]]\n", "\t- A=[[XEROX]] {label '[XEROX]}\n");
	assert_reads("A\n[ a [b] c\n", "\t- A=[ a [b] c {label 'b}\n");
	assert_reads("A\na] [b] [\n", "\t- A=a] [b] [ {label 'b}\n");
	assert_reads("A\n[a [b] c] [d]\n", "\t- A=[a [b] c] [d] {label 'a [b] c} {label 'd}\n");
	assert_reads("A\n\"[a, [b], [c]] [[[\"\n", "\t- A=[a, [b], [c]] [[[ {label 'a, [b], [c]}\n");
	assert_reads("A,B\n[a,b]\n", "\t- A=[a B=b]\n");
	assert_reads("A\nx[] [ ]\n", "\t- A=x[] [ ]\n");
}

/* A comment of whoever took it from IANA, names that are not plain, a column without one. */
static void
headers(void **state)
{
	(void)state;
	assert_reads("# CSV file retrived from https://www.iana.org/\n\n# again\nValue,\"Transport\n Protocol\"\n1,tcp\n",
		"\t- Value=1 Transport Protocol=tcp\n");
	assert_reads("Value,,Name,,\n1,2,3\n1,2,3,,\n1,2,3,,,,,,\n",
		"\t- Value=1 =2 Name=3\n\t- Value=1 =2 Name=3\n\t- Value=1 =2 Name=3\n");
	assert_reads("# Unicode\nFORT\xc3\x89\n#1\n[Henri\xc3\xabt_Wilkinson]\n",
		"\t- FORT\xc3\x89=#1\n\t- FORT\xc3\x89=[Henri\xc3\xabt_Wilkinson] {label 'Henri\xc3\xabt_Wilkinson}\n");
}

static void
noheader(void **state)
{
	static const char want[] = "expected a line with the names of the columns, like 'Value,Description,Reference'\n";
	static const char *const texts[] = {"", "# only\n", "\r\n\r\n", ",,\n", "100,Continue,\"[RFC9110]\"\r\n",
		"0x00,DATA\n", "Continue,[RFC9110]\n", "<!DOCTYPE html>\n", "\"0x13,0x01\",x\n", "104-199,x\n"};
	char line[200];
	size_t i;

	(void)state;
	for (i = 0; i < LEN(texts); i++) {
		said(refuse, str(texts[i]));
		snprintf(line, sizeof(line), "error: %s", want);
		buf_addch(&shown, '\0');
		assert_non_null(strstr(shown.s, line));
	}
	assert_says("100,Continue\n", "a.csv:1:1: error: expected a line with the names of the columns, like "
				      "'Value,Description,Reference'\n");
	assert_says("# from IANA\n100,Continue\n",
		"a.csv:2:1: error: expected a line with the names of the columns, like "
		"'Value,Description,Reference'\n");
}

static void
errors(void **state)
{
	(void)state;
	assert_says("A,B\n1,2\n1\n", "a.csv:3:2: error: 1 of the 2 cells that the header has\n");
	assert_says("A,B\r\n1,2\r\n1", "a.csv:3:2: error: 1 of the 2 cells that the header has\n");
	assert_says("A,B\n1,2,,x\n", "a.csv:2:6: error: cell 4, where the header has 2\n");
	assert_says("A,B\n1,\"2\n3,4\n", "a.csv:2:3: error: the quote is never closed\n");
	assert_says("A,B\n1,2\"\n", "a.csv:2:4: error: a quote in a cell that does not begin with one\n");
	assert_says("A,B\n1,\"2\" \n",
		"a.csv:2:6: error: expected a comma or the end of the line behind a quoted cell\n");
	assert_says("A,B\n1,\xe9t\xe9\n", "a.csv:2:3: error: byte 0xe9 is not UTF-8\n");
	assert_says("A,B\n1,x\0y\n", "a.csv:2:4: error: a NUL cannot stand in CSV\n");
}

static void
limits(void **state)
{
	struct buf text = {0};
	size_t i;

	(void)state;
	buf_adds(&text, "A,B\n,\"\n");
	for (i = 0; i < CSV_TEXT; i++)
		buf_adds(&text, i % 2 == 0 ? " " : "\n");
	for (i = 0; i < CSV_TEXT; i++)
		buf_addch(&text, 'x');
	buf_adds(&text, "\"\n");
	assert_true(load(buf_str(&text)));
	assert_int_equal(a.records[0].cells[1].text.n, CSV_TEXT);
	text.n -= 2;
	buf_adds(&text, "y\"\n");
	assert_str(said(refuse, buf_str(&text)), "a.csv:2:2: error: a cell of more than a million bytes\n");
	text.n = 0;
	for (i = 0; i < CSV_COLUMNS; i++)
		buf_adds(&text, "c,");
	assert_true(load(buf_str(&text)));
	buf_adds(&text, "d\n");
	assert_str(said(refuse, buf_str(&text)), "a.csv:1:513: error: more than 256 columns\n");
	buf_free(&text);
}

/* Many brackets that do not match are read in one pass. */
static void
manybrackets(void **state)
{
	struct buf text = {0};
	size_t i;

	(void)state;
	buf_adds(&text, "A\n");
	for (i = 0; i < 500000; i++)
		buf_addch(&text, '[');
	buf_adds(&text, "x]\n");
	assert_true(load(buf_str(&text)));
	assert_int_equal(a.records[0].cells[0].ncitations, 1);
	text.n = 2;
	for (i = 0; i < 500000; i++)
		buf_adds(&text, "[]");
	assert_true(load(buf_str(&text)));
	assert_int_equal(a.records[0].cells[0].ncitations, 0);
	buf_free(&text);
}

/* Where a record, a cell and a citation stand in the source. */
static void
places(void **state)
{
	static const char text[] = "A,B\n 1 ,\"x [c]\"\r\n2,\n";
	uint32_t base = diag_source(&diag, "a.csv", S(text));
	const struct cell *c;

	(void)state;
	base = diag.sources[diag.nsources - 1].base;
	assert_true(csv_load(&diag, &arena, base, &a));
	assert_int_equal(a.records[0].at - base, 4);
	assert_int_equal(a.records[0].n, 11);
	c = a.records[0].cells;
	assert_int_equal(c[0].at - base, 4);
	assert_int_equal(c[0].n, 3);
	assert_int_equal(c[1].at - base, 9);
	assert_int_equal(c[1].n, 5);
	assert_int_equal(c[1].citations[0].at - base, 11);
	assert_int_equal(a.records[1].at - base, 17);
	assert_int_equal(a.records[1].cells[1].n, 0);
}

static int
finish(void **state)
{
	(void)state;
	arena_free(&arena);
	diag_free(&diag);
	buf_free(&shown);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(quotes),
		cmocka_unit_test(citations),
		cmocka_unit_test(brackets),
		cmocka_unit_test(headers),
		cmocka_unit_test(noheader),
		cmocka_unit_test(errors),
		cmocka_unit_test(limits),
		cmocka_unit_test(manybrackets),
		cmocka_unit_test(places),
	};

	return cmocka_run_group_tests_name("csv", tests, NULL, finish);
}
