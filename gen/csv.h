/* csv.h - a registry of IANA's in CSV (RFC 4180). */
struct arena;
struct assignments;
struct diag;

/* Limits on what is read; to pass one is an error with a position. */
enum {
	CSV_TEXT = 1 << 20,            /* bytes of one cell */
	CSV_COLUMNS = 256,             /* of the header */
	CSV_RECORDS = 4 * 1000 * 1000, /* in one file */
};

/* Read the source that starts at position base: a header, then a record a line. Lines may end with LF alone; leading
 * lines that start with # and lines without text are passed over. What stands in brackets is a citation, of those
 * within each other the outermost. What a CSV does not tell stays empty. Reports the first error and returns false. */
bool csv_load(struct diag *, struct arena *, uint32_t base, struct assignments *);
