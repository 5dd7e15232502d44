/* sources.h - where IANA's files are that the registries of a project come from. */
struct arena;
struct buf;
struct project;

/* Append a line for each, in the project's order and each once: "GROUP ADDRESS" for a group's XML, which holds all of
 * its registries, "GROUP/REGISTRY ADDRESS" for a registry whose source tells its address. Returns how many lines. */
size_t sources_write(struct arena *, const struct project *, struct buf *);
