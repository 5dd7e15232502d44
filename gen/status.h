/* status.h - where an entry or a range stands: assigned, reserved, withdrawn and the like. */
struct choices;
struct str;

enum status {
	STATUS_ASSIGNED,
	STATUS_PROVISIONAL,
	STATUS_TEMPORARY,
	STATUS_DEPRECATED,
	STATUS_OBSOLETED,
	STATUS_RESERVED,
	STATUS_UNASSIGNED,
	STATUS_PRIVATE_USE,
	STATUS_EXPERIMENTAL,
	STATUS_UNOFFICIAL,
	STATUS_WITHDRAWN,
	STATUS_NONE,
};

/* The words of the enum, without the last. */
const struct str *status_names(size_t *n);
/* The same, for decode_choice. */
extern const struct choices status_choices;
