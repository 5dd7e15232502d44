#include "read.h"
#include "../../gen/adopt.h"
#include "../../gen/tree.h"
#include "../../gen/xml.h"

static struct str ids[8], fields[8];
static struct adoption adoption = {.ids = ids, .fields = fields};

static void
shownode(const struct node *n)
{
	uint32_t i;

	if (n->kind == NODE_SCALAR)
		buf_addstr(&shown, node_str(n));
	if (n->kind == NODE_SCALAR)
		return;
	buf_addch(&shown, n->kind == NODE_LIST ? '[' : '{');
	for (i = 0; i < n->n; i++) {
		if (i > 0)
			buf_addch(&shown, ' ');
		if (n->kind == NODE_MAP)
			buf_printf(&shown, "%.*s:", (int)node_key(n, i).n, node_key(n, i).s);
		shownode(node_item(n, i));
	}
	buf_addch(&shown, n->kind == NODE_LIST ? ']' : '}');
}

/* Take over the registry "r" with these records; what it is to be is shown, but for the id, the source's id and entries. */
static bool
adopts(struct str records)
{
	struct str parts[] = {S("<registry id=\"g\"><registry id=\"r\">"), records, S("</registry></registry>")};
	struct iana iana;
	struct tree tree;
	struct node node;
	bool ok;

	tree_init(&tree, &arena);
	assert_true(xml_load(&diag, &arena, diag_source(&diag, "a.xml", arena_join(&arena, parts, 3)), &iana));
	adoption.iana = S("g/r");
	ok = adopt(&diag, &arena, &tree, &iana.registries[0], &adoption, &node);
	shown.n = 0;
	if (ok)
		shownode(&node);
	tree_free(&tree);
	return ok;
}

static void
refuse(struct str records)
{
	assert_false(adopts(records));
}

#define R(inner) "<record>" inner "</record>"
#define assert_adopts(records, want)                                                                                   \
	do {                                                                                                           \
		assert_true(adopts(S(records)));                                                                       \
		assert_str(buf_str(&shown), want);                                                                     \
	} while (0)
#define VALUE(v, d) R("<value>" v "</value><description>" d "</description>")

static void
numbers(void **state)
{
	(void)state;
	assert_adopts(VALUE("1", "A") VALUE("2", "B"), "{id:r type:u8 source:{iana:g/r} entries:[]}");
	assert_adopts(VALUE("1", "A") VALUE("256", "B"), "{id:r type:u16 source:{iana:g/r} entries:[]}");
	assert_adopts(VALUE("-1", "A") VALUE("127", "B"), "{id:r type:i8 source:{iana:g/r} entries:[]}");
	assert_adopts(VALUE("-129", "A") VALUE("1", "B"), "{id:r type:i16 source:{iana:g/r} entries:[]}");
	assert_adopts(VALUE("0xffffffffffffffff", "A") VALUE("1", "B"), "{id:r type:u64 source:{iana:g/r} entries:[]}");
	assert_adopts(VALUE("0x13,0x01", "A") VALUE("0x13,0x02", "B"), "{id:r type:u16 source:{iana:g/r} entries:[]}");
}

/* What is valid is said where IANA speaks of all values. */
static void
valid(void **state)
{
	(void)state;
	assert_adopts(VALUE("100", "A") VALUE("101-599", "Unassigned"),
		"{id:r type:u16 valid:100-599 source:{iana:g/r} entries:[]}");
	assert_adopts(VALUE("0x01", "A") VALUE("0x02-0x0f", "Unassigned"),
		"{id:r type:u8 valid:0x01-0x0f source:{iana:g/r} entries:[]}");
	assert_adopts(VALUE("0", "A") VALUE("1-255", "Unassigned"), "{id:r type:u8 source:{iana:g/r} entries:[]}");
	assert_adopts(VALUE("0", "A") VALUE("2-99", "Unassigned"), "{id:r type:u8 source:{iana:g/r} entries:[]}");
	assert_adopts("<range><value>0-65535</value><registration_rule>R</registration_rule></range>" VALUE("0", "A"),
		"{id:r type:u16 source:{iana:g/r} entries:[]}");
}

static void
strings(void **state)
{
	(void)state;
	assert_adopts(R("<value>GET</value>") R("<value>PUT</value>"), "{id:r type:string source:{iana:g/r} entries:[]}");
	assert_adopts(VALUE("2.01", "Created") VALUE("2.02", "Deleted"),
		"{id:r type:string source:{iana:g/r columns:{iana_description:description}} "
		"fields:[{id:iana_description type:string}] entries:[]}");
}

static void
keys(void **state)
{
	(void)state;
	assert_adopts(VALUE("1", "A") VALUE("1", "B") VALUE("2", "C"),
		"{id:r type:u8 duplicates:allow source:{iana:g/r} entries:[]}");
#define P(name, number, protocol)                                                                                      \
	R("<name>" name "</name><protocol>" protocol "</protocol><description>d " name "</description><number>" number    \
	  "</number>")
#define BOTH(name, number) P(name, number, "tcp") P(name, number, "udp")
#define EIGHT(x) \
	BOTH(x "a", "1") BOTH(x "b", "2") BOTH(x "c", "3") BOTH(x "d", "4") BOTH(x "e", "5") BOTH(x "f", "6") BOTH(x "g", "7")
	assert_adopts(EIGHT("k") EIGHT("l") EIGHT("m") EIGHT("n") EIGHT("o") R("<name>z</name><protocol>tcp</protocol>"),
		"{id:r type:u8 key:[name value protocol] source:{iana:g/r} "
		"fields:[{id:protocol type:enum values:[tcp udp]}] entries:[]}");
}

static void
columns(void **state)
{
	(void)state;
	assert_adopts(R("<value>1</value><name>A</name><ok>Y</ok><n>-3</n><day>2020-01-02</day><rec>Y</rec><c>x y</c>")
			R("<value>2</value><name>B</name><ok>N</ok><n>400</n><day>2020-02</day><rec>D</rec><e/>")
				R("<value>3</value><name>C</name><rec>Y</rec>") R("<value>4</value><name>D</name><rec>Y</rec>")
					R("<value>5</value><name>E</name><rec>Y</rec>")
						R("<value>6</value><name>F</name><rec>Y</rec>")
							R("<value>7</value><name>G</name><rec>Y</rec>")
								R("<value>8</value><name>H</name><rec>Y</rec>"),
		"{id:r type:u8 source:{iana:g/r} fields:[{id:ok type:bool} {id:n type:i16} {id:day type:date} "
		"{id:rec type:enum values:[Y D]} {id:c type:string}] entries:[]}");
	/* a third word beside yes and no, however rare */
	assert_adopts(R("<value>1</value><name>A</name><rec>Y</rec>") R("<value>2</value><name>B</name><rec>N</rec>")
			R("<value>3</value><name>C</name><rec>D</rec>"),
		"{id:r type:u8 source:{iana:g/r} fields:[{id:rec type:enum values:[Y N D]}] entries:[]}");
	/* 007 is no number */
	assert_adopts(R("<value>1</value><name>A</name><code>007</code>") R("<value>2</value><name>B</name><code>1</code>"),
		"{id:r type:u8 source:{iana:g/r} fields:[{id:code type:string}] entries:[]}");
}

static void
taken(void **state)
{
	(void)state;
	ids[0] = S("r");
	fields[0] = S("code");
	adoption.nids = adoption.nfields = 1;
	assert_adopts(R("<value>1</value><name>A</name><code>x</code>") R("<value>2</value><name>B</name>"),
		"{id:g_r type:u8 source:{iana:g/r columns:{iana_code:code}} fields:[{id:iana_code type:string}] entries:[]}");
	ids[1] = S("g_r");
	fields[1] = S("iana_code");
	adoption.nids = adoption.nfields = 2;
	assert_adopts(R("<value>1</value><name>A</name><code>x</code>") R("<value>2</value><name>B</name>"),
		"{id:g_r_2 type:u8 source:{iana:g/r columns:{iana_code_2:code}} fields:[{id:iana_code_2 type:string}] "
		"entries:[]}");
	adoption.nids = adoption.nfields = 0;
}

static void
refused(void **state)
{
	(void)state;
	assert_str(said(refuse, S("<title>T</title>")),
		"a.xml:1:18: error: 'g/r' has no records, so nothing tells what its values are\n");
	assert_str(said(refuse, S(VALUE("1", "A") VALUE("2", "B") VALUE("any odd number", "C"))),
		"a.xml:1:172: error: the record 'C' has a value that cannot be read: 'any odd number'\n");
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
		cmocka_unit_test(numbers),
		cmocka_unit_test(valid),
		cmocka_unit_test(strings),
		cmocka_unit_test(keys),
		cmocka_unit_test(columns),
		cmocka_unit_test(taken),
		cmocka_unit_test(refused),
	};

	return cmocka_run_group_tests_name("adopt", tests, NULL, finish);
}
