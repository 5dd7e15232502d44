/* csv.h - a registry of IANA's in CSV (RFC 4180). */
struct arena;
struct assignments;
struct diag;

/* Read the source that starts at position base: a header, then a record a line. Lines may end with LF alone; leading
 * lines that start with # and empty ones are passed over. What stands in brackets is a citation. Reports the first
 * error and returns false. */
bool csv_load(struct diag *, struct arena *, uint32_t base, struct assignments *);
