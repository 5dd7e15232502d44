/* stage.h - files that change all together or not at all.
 *
 * A file is written to a temporary beside its place, unless its place holds the same bytes already; when all are
 * complete they are renamed. out/.regen.tmp names the temporaries while a run writes, so that the next run
 * removes what a killed one left. out/.regen names the files and their SHA-256, grouped by target, in the format of
 * sha256sum(1). */
struct arena;
struct buf;
struct str;
struct stage;

struct stageoptions {
	const char *dir;         /* the output folder */
	bool check, diff, prune; /* check: write nothing */
	bool all;                /* every target is rendered: what others had are orphans */
};

/* How a file was staged. */
struct staged {
	char sha[65];
	bool changed; /* it is in a temporary */
};

/* Begin a run. What a killed run left is removed. Dies if the folder cannot be used. */
struct stage *stage_new(struct arena *, struct stageoptions);
/* A target whose files will be given: what it had before and is not given is an orphan. */
void stage_target(struct stage *, struct str id);
/* Begin a file of the last target; what is added to the buffer becomes its text. Dies if it cannot be written. */
struct buf *stage_begin(struct stage *, struct str path);
void stage_end(struct stage *);
/* Several processes may stage files of one run. One that calls stage_part neither commits nor drops what it stages:
 * stage_last tells of each file what the process that began the run is to give stage_take, in the order of the files,
 * or else that one drops all that was staged. */
void stage_part(struct stage *);
struct staged stage_last(const struct stage *);
void stage_take(struct stage *, struct str path, const struct staged *);
void stage_drop(struct stage *);
/* Rename the temporaries and write the list; with check only say what is not current. Returns whether all was current.
 */
bool stage_commit(struct stage *);
/* Drop what was staged and not committed. */
void stage_free(struct stage *);
