/* sources.h - where IANA's files are that the registries of a project come from. */
struct options;

/* Print a line for each to standard output, in the project's order and each once: "GROUP ADDRESS" for a group's XML,
 * which holds all of its registries, "GROUP/REGISTRY ADDRESS" for a registry whose source tells its address. Returns
 * false, after saying why, if the project is wrong or has no sources. */
bool sources_print(const struct options *);
