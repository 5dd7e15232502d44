/* peers.h - all targets of a registry, whichever are rendered, for a view that tells of the others. */
struct view;

/* A target is opened when a template first asks for it. */
struct peers {
	size_t n;
	/* The view of number i; NULL after reporting why there is none. */
	struct view *(*open)(void *session, size_t i);
	void *session;
};
