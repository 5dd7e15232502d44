/* report.h - what an update changed, for people and programs. */
struct buf;
struct merge;
struct registry;
struct session;
struct str;

enum reportform { REPORT_TEXT, REPORT_MARKDOWN, REPORT_JSON };

/* A registry that was merged. */
struct updated {
	const struct registry *registry; /* as it was */
	const struct merge *merge;
	bool adopted;        /* it is new */
	struct str iana;     /* GROUP/REGISTRY */
	struct str was, now; /* the dates of the source; now is empty if IANA gave none */
};

/* Append the report. The session has the project as it is now. */
void report(struct buf *, enum reportform, const struct session *, const struct updated *, size_t n);
/* How many facts were kept against IANA. */
size_t report_kept(const struct updated *, size_t n);
