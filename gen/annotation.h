/* annotation.h - what IANA writes into its texts because no column is for it: statuses, dates, what replaces something.
 */
struct arena;
struct str;

struct annotation {
	struct str text;                /* what is left: empty if all was annotation ("(Unused)", "Reserved") */
	struct str registered, expires; /* dates */
	struct str replacedby;          /* the words behind "in favor of", "replaced by", "obsoleted by" */
	unsigned char status;           /* enum status; STATUS_NONE if nothing is said */
};

/* Take the annotations out of a text, in any case, at any place: "(TEMPORARY - registered ..., expires ...)",
 * "(OBSOLETED)", "x - DEPRECATED in favor of y", "Unassigned", "Reserved for Private Use". Words that belong to the
 * thing's own name stay. */
struct annotation annotation_read(struct arena *, struct str);
