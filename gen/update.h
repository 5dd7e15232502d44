/* update.h - the command: what IANA says now goes into the registry and the lock. */
struct options;

/* Read the project, its lock and the sources, merge, and replace the files, or with dryrun print what would change.
 * Returns false if something was wrong, or with strict if something was kept against IANA; dies if the machine failed.
 * Then nothing has changed but in the case of strict. */
bool update(const struct options *);
