/* report.h - what an update changed, for people and programs. */
struct buf;
struct session;
struct updated;

enum reportform { REPORT_TEXT, REPORT_MARKDOWN, REPORT_JSON };

/* Append the report on n registries. The session has the project as it is now. */
void report(struct buf *, enum reportform, const struct session *, const struct updated *, size_t n);
/* How many facts were kept against IANA. */
size_t report_kept(const struct updated *, size_t n);
