#include "read.h"
#include "../../gen/xml.h"

#define HEAD                                                                                                           \
	"<?xml version='1.0' encoding='UTF-8'?>\n"                                                                     \
	"<?xml-stylesheet type=\"text/xsl\" href=\"g.xsl\"?>\n"                                                        \
	"<?oxygen RNGSchema=\"g.rng\" type=\"xml\"?>\n"                                                                \
	"<registry xmlns=\"http://www.iana.org/assignments\" id=\"g\">"
#define RECORD(inner) HEAD "<title>T</title><registry id=\"r\"><record>" inner "</record></registry></registry>\n"

static struct iana iana;

static bool
load(struct str text)
{
	return xml_load(&diag, &arena, diag_source(&diag, "a.xml", text), &iana);
}

static void
refuse(struct str text)
{
	assert_false(load(text));
}

#define assert_reads(literal, want)                                                                                    \
	do {                                                                                                           \
		assert_true(load(S(literal)));                                                                         \
		assert_str(showall(iana.registries, iana.n), want);                                                    \
	} while (0)
/* What a record with these elements becomes. */
#define assert_record(inner, want) assert_reads(RECORD(inner), "g/r: T\n\t-" want "\n")
#define assert_says(literal, want) assert_str(said(refuse, S(literal)), want)

/* http-status-codes as it begins. */
static void
group(void **state)
{
	(void)state;
	assert_reads(
		HEAD "\n  <title>Hypertext Transfer Protocol (HTTP) Status Code Registry</title>\n"
		     "  <category>HTTP</category><created>1999-06</created><updated>2025-09-15</updated>\n"
		     "  <registry id=\"http-status-codes-1\">\n"
		     "    <title>HTTP Status Codes</title>\n"
		     "    <xref type=\"rfc\" data=\"rfc9110\">RFC9110, Section 16.2.1</xref>\n"
		     "    <registration_rule>IETF Review</registration_rule>\n"
		     "    <expert>Bilhanan Silverajan (primary)</expert>\n"
		     "    <note title=\"WARNING\">1xx: <xref type=\"note\" data=\"1\"/><br/><artwork>-</artwork></note>\n"
		     "    <record date=\"2024-11-13\" updated=\"2025-09-15\">\n"
		     "      <value>104</value>\n"
		     "      <description>Upload Resumption Supported (TEMPORARY - registered 2024-11-13, extension\n"
		     "      registered 2025-09-15, expires 2026-11-13)</description>\n"
		     "      <xref type=\"draft\" data=\"draft-ietf-httpbis-resumable-upload-05\"/>\n"
		     "    </record>\n"
		     "    <footnote anchor=\"1\">Until <xref type=\"rfc\" data=\"rfc1\"/></footnote>\n"
		     "  </registry>\n"
		     "  <people><person id=\"Chet_Ensign\"><name>Chet</name><uri>mailto:chet&amp;oasis.org</uri>"
		     "<updated>2020</updated></person></people>\n"
		     "</registry>\n",
		"g/http-status-codes-1: HTTP Status Codes @2025-09-15\n"
		"\trule -> IETF Review\n"
		"\t- 2024-11-13 2025-09-15 value=104 description=Upload Resumption Supported (TEMPORARY - registered "
		"2024-11-13, extension registered 2025-09-15, expires 2026-11-13)"
		" xref=[draft-ietf-httpbis-resumable-upload-05] {draft draft-ietf-httpbis-resumable-upload-05}\n");
}

/* Records before and behind registries inside, those without records, without title or date; a title may come late. */
static void
nesting(void **state)
{
	(void)state;
	assert_reads(HEAD "<updated>2020-01-02</updated><registry id=\"a\"><title>A</title>"
			  "<record><value>1</value></record>"
			  "<registry id=\"b\"><updated>2021-01-02</updated>"
			  "<registry id=\"c\"><title>C</title><record><value>2</value></record></registry></registry>"
			  "<record><value>3</value></record></registry>"
			  "<registry id=\"d\"><title/></registry><title>G</title></registry>",
		"g/a: A @2020-01-02\n\t- value=1\n\t- value=3\n"
		"g/b: A @2021-01-02\n"
		"g/c: C @2021-01-02\n\t- value=2\n"
		"g/d: G @2020-01-02\n");
	/* the group itself: with records, as in service-names-port-numbers, or with nothing at all */
	assert_reads(HEAD "<record><value>1</value></record><registry id=\"a\"/></registry>",
		"g/g:\n\t- value=1\ng/a:\n");
	assert_reads(HEAD "<title>G</title></registry>", "g/g: G\n");
	assert_reads("<registry id=\"g\"><registry><record/></registry></registry>", "g/:\n\t-\n");
}

static void
redirect(void **state)
{
	(void)state;
	assert_true(load(S("<?xml version='1.0' encoding='utf-8'?>\n<redirect "
			   "xmlns=\"http://www.iana.org/assignments\" registry=\"idna-tables-12.0.0\"/>")));
	assert_int_equal(iana.n, 0);
	assert_str(iana.redirect, "idna-tables-12.0.0");
	assert_true(load(S("<registry id=\"g\"/>")));
	assert_int_equal(iana.redirect.n, 0);
}

static void
procedures(void **state)
{
	(void)state;
	assert_reads(HEAD "<registry id=\"r\"><registration_rule>Reserved ranges may be allocated in accordance with\n"
			  "section 4.3 of <xref type=\"rfc\" data=\"rfc8126\"/>.</registration_rule>"
			  "<range><value>0-255</value><hex>0x00-0xFF</hex><entry_size>1</entry_size>"
			  "<registration_rule>IETF Review or\nIESG Approval</registration_rule>"
			  "<note>See <xref type=\"note\" data=\"1\"/>, <paragraph>below</paragraph></note>"
			  "<xref type=\"rfc\" data=\"rfc1\"/></range>"
			  "<range><value>\"Recommended\" set to/transitioning from \"Y\" or \"D\"</value>"
			  "<registration_rule/></range><registration_rule/></registry></registry>",
		"g/r:\n"
		"\trule -> Reserved ranges may be allocated in accordance with section 4.3 of [RFC8126].\n"
		"\trule 0-255 -> IETF Review or IESG Approval ; See [1], below\n"
		"\trule \"Recommended\" set to/transitioning from \"Y\" or \"D\"\n");
}

/* The nine types of <xref>, with IANA's words and without. */
static void
citations(void **state)
{
	(void)state;
	assert_record("<xref type=\"rfc\" data=\"rfc8297\"/>", " xref=[RFC8297] {rfc rfc8297}");
	assert_record("<xref type=\"rfc\" data=\"bcp14\"/><xref type=\"rfc\" data=\"rfc9110\">RFC9110, Section 15.2.1</xref>",
		" xref=[BCP14][RFC9110, Section 15.2.1] {rfc bcp14} {rfc rfc9110 'RFC9110, Section 15.2.1}");
	assert_record("<xref type=\"rfc\" data=\"rfc9111\" section=\"5.3\">RFC 9111, Section 5.3: HTTP\nCaching</xref>",
		" xref=[RFC 9111, Section 5.3: HTTP Caching] {rfc rfc9111 'RFC 9111, Section 5.3: HTTP Caching S5.3}");
	assert_record("<xref type=\"rfc\" data=\"rfc9110\" section=\"7\" table=\"2\"/>",
		" xref=[RFC9110, Section 7, Table 2] {rfc rfc9110 S7 T2}");
	assert_record("<xref type=\"rfc\" data=\"rfc9000\" appendix=\"A.1\" anchor=\"sample\"/>",
		" xref=[RFC9000, Appendix A.1] {rfc rfc9000 SA.1 #sample}");
	assert_record("<xref type=\"rfc\" data=\"rfc9000\" figure=\"3\" page=\"9\"/>",
		" xref=[RFC9000, Figure 3, Page 9] {rfc rfc9000}");
	assert_record("<xref type=\"draft\" data=\"RFC-ietf-tls-rfc8446bis-13\"/>",
		" xref=[RFC-ietf-tls-rfc8446bis-13] {draft RFC-ietf-tls-rfc8446bis-13}");
	assert_record("<xref type=\"rfc-errata\" data=\"3227\"/>", " xref=[RFC Errata 3227] {rfc-errata 3227}");
	assert_record("<xref type=\"rfc-errata\" data=\"3227\">3227, held</xref>",
		" xref=[RFC Errata 3227, held] {rfc-errata 3227 '3227, held}");
	assert_record("<xref type=\"uri\" data=\"https://www.w3.org/\"/><xref type=\"uri\" data=\"http://a/\"> W3C\n </xref>",
		" xref=[https://www.w3.org/][ W3C ] {uri https://www.w3.org/} {uri http://a/ 'W3C}");
	assert_record("<xref type=\"person\" data=\"Leo_Tietz\">x</xref><xref type=\"note\" data=\"1\"/>",
		" xref=[Leo_Tietz][1] {person Leo_Tietz 'x} {note 1}");
	assert_record("<xref type=\"text\">[XEROX]</xref>", " xref=[[XEROX]] {text '[XEROX]}");
	assert_record("<xref type=\"registry\" data=\"ipv6-parameters\"/><xref type=\"registry\" data=\"a\">A</xref>",
		" xref=[IANA registry ipv6-parameters][A] {registry ipv6-parameters} {registry a 'A}");
	assert_record("<xref type=\"unicode\" data=\"ucd9.0.0\"/>",
		" xref=[Unicode Character Database 9.0.0] {unicode ucd9.0.0}");
	assert_record("<xref type=\"novel\" data=\"d\"/><xref/>", " xref=[d][] {text d}");
	assert_record("<xref type=\"person\" data=\"Alexey_Melnikov \" lastupdated=\"2008-04\"/>",
		" xref=[Alexey_Melnikov] (2008-04) {person Alexey_Melnikov}");
	assert_record("<xref type=\"rfc\" data=\" rfc1 \" section=\" 3.4.5.2 \"/>",
		" xref=[RFC1, Section 3.4.5.2] {rfc rfc1 S3.4.5.2}");
}

/* Citations and mark-up inside of text; their cell stands where the first of the record's own does. */
static void
mixed(void **state)
{
	(void)state;
	assert_record("<value>1</value><contact><xref type=\"person\" data=\"IESG_HYBI\"/></contact>",
		" value=1 contact=[IESG_HYBI] {person IESG_HYBI}");
	assert_record("<xref type=\"rfc\" data=\"rfc1\"/><comments>Obsoleted by <xref type=\"uri\" data=\"u\">IESG</xref>\n"
		      "        <xref type=\"uri\" data=\"v\">HTTPBIS</xref></comments><xref type=\"rfc\" data=\"rfc2\"/>",
		" xref=[RFC1][RFC2] {rfc rfc1} {rfc rfc2}"
		" comments=Obsoleted by [IESG] [HTTPBIS] {uri u 'IESG} {uri v 'HTTPBIS}");
	assert_record("<description>array of two arrays <xref type=\"note\" data=\"1\"/></description>",
		" description=array of two arrays [1] {note 1}");
	assert_record("<description>See Section 6.1.1.1 of\n<xref type=\"rfc\" data=\"rfc7285\"/>.</description>",
		" description=See Section 6.1.1.1 of [RFC7285]. {rfc rfc7285}");
	assert_record("<unauthorized>udt_os<br/><br/>\nIANA assigned</unauthorized>", " unauthorized=udt_os IANA assigned");
	assert_record("<note>\n <paragraph>Defined TXT keys:</paragraph>\n <list><item>td: <i>a</i></item>\n <item>b</item></list>"
		      "<artwork>+-+</artwork></note>",
		" note=Defined TXT keys: td: a b+-+");
	assert_record("<a><xref type=\"text\">x<br/>y <b>z</b><xref/></xref></a>", " a=[xy z] {text 'xy z}");
	assert_record("between <value>1</value> them", " value=1");
}

static void
cells(void **state)
{
	(void)state;
	/* a template's name overrides its place */
	assert_record("<file type=\"template\" name=\"image/x-emf\">image/emf</file>", " file=image/x-emf");
	assert_record("<file type=\"template\">perm/accept-post</file>", " file=perm/accept-post");
	/* empty is there, and has no text */
	assert_record("<contentcoding/><note></note><value> 0.01 </value>", " contentcoding= note= value=0.01");
	assert_record("<v>a &amp; b &lt;c&gt; &#x46;&#214;&quot;</v>", " v=a & b <c> F\xc3\x96\"");
	assert_record("<v><![CDATA[<x>&amp;]]> <!-- c -->y<?pi z?></v>", " v=<x>&amp; y");
	assert_record("<description>FORT\xc3\x89 Ari\xe2\x88\x9a\xc2\xb4n</description>",
		" description=FORT\xc3\x89 Ari\xe2\x88\x9a\xc2\xb4n");
	/* of one name: one cell in the place of the first */
	assert_record("<note>a</note><value>1</value><note/><note> b <xref type=\"note\" data=\"2\"/></note>",
		" note=a b [2] {note 2} value=1");
}

/* Other prefixes, and other namespaces, which are passed over. */
static void
namespaces(void **state)
{
	(void)state;
	assert_reads("<i:registry xmlns:i=\"http://www.iana.org/assignments\" xmlns:o=\"urn:o\" id=\"g\" o:id=\"x\">"
		     "<i:record><i:value>1</i:value><o:value>2<i:xref/></o:value><i:note>a<o:b>c</o:b></i:note>"
		     "</i:record><o:record><i:value>3</i:value></o:record></i:registry>",
		"g/g:\n\t- value=1 note=a\n");
	assert_says("<registry xmlns=\"urn:o\" id=\"g\"/>", "a.xml:1:1: error: <registry> is not a registry of IANA's\n");
	assert_says("<registry xmlns=\"http://www.iana.org/assignmentz\"/>",
		"a.xml:1:1: error: <registry> is not a registry of IANA's\n");
}

static void
errors(void **state)
{
	(void)state;
	assert_says("<?xml version='1.0'?>\n<collation rfc=\"4790\"/>",
		"a.xml:2:1: error: <collation> is not a registry of IANA's\n");
	assert_says("", "a.xml:1:1: error: the file is empty\n");
	assert_says("<registry>\n<record>\n", "a.xml:3:1: error: the file ends inside of an element\n"
					      "a.xml:2:1: note: it starts here\n");
	assert_says("<registry>\n<reco", "a.xml:2:1: error: unclosed token\n");
	assert_says("<registry>\n<record>\n</registry>", "a.xml:3:3: error: mismatched tag\n"
							 "a.xml:2:1: note: it starts here\n");
	assert_says("<registry>\n <a b=c/>", "a.xml:2:7: error: not well-formed (invalid token)\n");
	assert_says("Value,Description\n", "a.xml:1:1: error: syntax error\n");
	assert_says("<registry/><registry/>", "a.xml:1:12: error: junk after document element\n");
	assert_says("<registry>\xe9</registry>", "a.xml:1:11: error: byte 0xe9 is not UTF-8\n");
	assert_says("<registry>\0</registry>", "a.xml:1:11: error: a NUL cannot stand in XML\n");
	assert_says("<registry>\xc3\x89\x01</registry>", "a.xml:1:12: error: not well-formed (invalid token)\n");
	assert_says("\xff\xfe<\0r\0", "a.xml:1:1: error: byte 0xff is not UTF-8\n");
	assert_says("<?xml version='1.0' encoding='ISO-8859-1'?>\n<registry/>",
		"a.xml:1:1: error: the encoding is 'ISO-8859-1': it must be UTF-8\n");
	assert_true(load(S("\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?><registry/>")));
}

static void
entities(void **state)
{
	(void)state;
	assert_says("<?xml version='1.0'?>\n<!DOCTYPE registry SYSTEM \"file:///etc/passwd\">\n<registry/>",
		"a.xml:2:1: error: a DOCTYPE is not supported\n");
	assert_says("<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><registry>&b;</registry>",
		"a.xml:1:1: error: a DOCTYPE is not supported\n");
	assert_says("<!DOCTYPE html>\n<html></html>", "a.xml:1:1: error: a DOCTYPE is not supported\n");
	assert_says("<registry>&nbsp;</registry>", "a.xml:1:11: error: undefined entity\n");
}

/* HEAD, then n times one text and n times another. */
static struct str
nested(struct buf *b, size_t n, const char *open, const char *close)
{
	size_t i;

	b->n = 0;
	buf_adds(b, "<registry>");
	for (i = 0; i < n; i++)
		buf_adds(b, open);
	for (i = 0; i < n; i++)
		buf_adds(b, close);
	buf_adds(b, "</registry>");
	return buf_str(b);
}

static void
limits(void **state)
{
	struct buf b = {0};
	size_t i;

	(void)state;
	assert_true(load(nested(&b, XML_DEPTH - 1, "<registry>", "</registry>")));
	assert_int_equal(iana.n, XML_DEPTH - 1);
	assert_str(said(refuse, nested(&b, XML_DEPTH, "<registry>", "</registry>")),
		"a.xml:1:641: error: nested too deep: the limit is 64\n");
	assert_str(said(refuse, nested(&b, XML_DEPTH, "<a>", "</a>")),
		"a.xml:1:200: error: nested too deep: the limit is 64\n");
	b.n = 0;
	buf_adds(&b, "<registry><record>");
	for (i = 0; i < XML_COLUMNS; i++)
		buf_adds(&b, i % 2 == 0 ? "<a/>" : "<b/>");
	i = b.n;
	buf_adds(&b, "</record></registry>");
	assert_true(load(buf_str(&b)));
	assert_int_equal(iana.registries[0].records[0].ncells, 2);
	b.n = i;
	buf_adds(&b, "<c/></record></registry>");
	assert_str(said(refuse, buf_str(&b)), "a.xml:1:1043: error: a record cannot have more than 256 elements\n");
	buf_free(&b);
}

/* One text of a million bytes is read, of one more is not; of what encloses it, parts of it, or of citations. */
static void
texts(void **state)
{
	static const char *const around[][2] = {
		{"<registry><record><a>", "</a></record></registry>"},
		{"<registry><title>", "</title></registry>"},
		{"<registry><record><a><b>", "</b></a></record></registry>"},
		{"<registry><record><a>", "</a><a/></record></registry>"},
		{"<registry><record><a><xref>", "</xref></a></record></registry>"},
		{"<registry><record><xref>", "</xref></record></registry>"},
		{"<registry><record><xref type=\"rfc\" data=\"", "\"/></record></registry>"},
	};
	struct buf b = {0};
	size_t i, j, brackets, over;

	(void)state;
	for (i = 0; i < LEN(around); i++) {
		for (over = 0;; over = 1) {
			brackets = i >= 4 ? 2 : 0;
			b.n = 0;
			buf_adds(&b, around[i][0]);
			for (j = brackets; j < (size_t)XML_TEXT + over; j++)
				buf_addch(&b, 'x');
			buf_adds(&b, around[i][1]);
			if (over == 1)
				break;
			assert_true(load(buf_str(&b)));
		}
		said(refuse, buf_str(&b));
		buf_addch(&shown, '\0');
		assert_non_null(strstr(shown.s, "error: text of more than 1048576 bytes"));
	}
	b.n = 0;
	buf_adds(&b, "<registry><record><a>");
	for (j = 0; j < XML_TEXT; j++)
		buf_addch(&b, j < XML_TEXT / 2 ? 'x' : ' ');
	buf_adds(&b, "</a><a>");
	for (j = 0; j < XML_TEXT; j++)
		buf_addch(&b, j < XML_TEXT / 2 ? 'x' : '\n');
	buf_adds(&b, "</a></record></registry>");
	assert_str(said(refuse, buf_str(&b)), "a.xml:1:22: error: text of more than 1048576 bytes\n");
	buf_free(&b);
}

/* Where a registry, a record, a cell and a citation stand. */
static void
places(void **state)
{
	static const char text[] = "<registry>\n<registry id='r'>\n<range/><record>\n<value> 1 </value><a/>"
				   "<xref data='x'/>\n<xref data='y'></xref></record></registry></registry>";
	const struct assignments *a;
	const struct cell *c;
	uint32_t base;

	(void)state;
	assert_true(load(S("<registry/>")));
	assert_true(load(S(text)));
	base = diag.sources[diag.nsources - 1].base;
	a = &iana.registries[0];
	c = a->records[0].cells;
#define assert_at(thing, literal)                                                                                      \
	do {                                                                                                           \
		assert_int_equal((thing).n, sizeof(literal) - 1);                                                      \
		assert_memory_equal(text + ((thing).at - base), literal, sizeof(literal) - 1);                         \
	} while (0)
	assert_at(*a, "<registry id='r'>\n<range/><record>\n<value> 1 </value><a/><xref data='x'/>\n"
		      "<xref data='y'></xref></record></registry>");
	assert_at(a->records[0], "<record>\n<value> 1 </value><a/><xref data='x'/>\n<xref data='y'></xref></record>");
	assert_int_equal(a->procedures[0].at - base, 29);
	assert_at(c[0], "1");
	assert_at(c[1], "<a");
	assert_at(c[2], "<xref data='x'/>\n<xref data='y'></xref>");
	assert_memory_equal(text + (c[2].citations[1].at - base), "<xref data='y'>", 15);
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
		cmocka_unit_test(group),
		cmocka_unit_test(nesting),
		cmocka_unit_test(redirect),
		cmocka_unit_test(procedures),
		cmocka_unit_test(citations),
		cmocka_unit_test(mixed),
		cmocka_unit_test(cells),
		cmocka_unit_test(namespaces),
		cmocka_unit_test(errors),
		cmocka_unit_test(entities),
		cmocka_unit_test(limits),
		cmocka_unit_test(texts),
		cmocka_unit_test(places),
	};

	return cmocka_run_group_tests_name("xml", tests, NULL, finish);
}
