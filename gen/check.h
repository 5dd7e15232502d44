/* check.h - the rules of a registry that span several places. */
struct arena;
struct diag;
struct project;

/* Check the project and fill in what follows from it: numbers, rows, spans, replacements. Reports every error. */
void check_project(struct diag *, struct arena *, struct project *);
/* Report overrides of identifiers for a language that is none of the n, if one of them, or a target, seems to be meant:
 * what is like none of them is somebody else's. As errors if strict, else as warnings. */
void check_languages(struct diag *, struct arena *, const struct project *, const struct str *, size_t n, bool strict);
/* Report what was temporary and expired before today, a date; as errors if strict, else as warnings. */
void check_expired(struct diag *, const struct project *, const char *today, bool strict);
