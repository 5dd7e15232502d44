/* xml.h - IANA's registries in XML, with expat. */
struct arena;
struct diag;
struct iana;

/* Limits on what is read; to pass one is an error with a position. */
enum {
	XML_DEPTH = 64,                /* nesting of elements */
	XML_TEXT = 1 << 20,            /* bytes of one cell */
	XML_COLUMNS = 256,             /* elements of one record */
	XML_RECORDS = 4 * 1000 * 1000, /* in one file */
};

/* Read the source that starts at position base, which is UTF-8. DOCTYPEs and entities of one's own are refused;
 * elements of other namespaces are passed over. Elements of one name in a record are one cell. Reports the first error
 * and returns false. */
bool xml_load(struct diag *, struct arena *, uint32_t base, struct iana *);
