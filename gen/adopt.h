/* adopt.h - a registry that IANA has and the project has not: what registry.yaml is to say of it before its ranges and
 * entries come, which a merge with nothing as its base then adds. */
struct arena;
struct assignments;
struct diag;
struct node;
struct str;
struct tree;

/* Words that are taken. */
struct adoption {
	struct str iana;                /* GROUP/REGISTRY */
	const struct str *ids, *fields; /* what the registry, and what its fields, cannot be called */
	size_t nids, nfields;
};

/* Find out what IANA's registry is: its type, what is valid, its key, its fields and what column of IANA's each thing
 * is in. *to is a map for the list `registries` of a file, with `entries: []`; its nodes have no place. Reports why it
 * cannot be, and at which record. */
bool adopt(struct diag *, struct arena *, struct tree *, const struct assignments *, const struct adoption *,
	struct node *to);
