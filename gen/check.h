/* check.h - the rules of a registry that span several places. */
struct arena;
struct diag;
struct project;

/* Check the project and fill in what follows from it: numbers, rows, spans, replacements. Reports every error. */
void check_project(struct diag *, struct arena *, struct project *);
/* Report what was temporary and expired before today, a date; as errors if strict, else as warnings. */
void check_expired(struct diag *, const struct project *, const char *today, bool strict);
