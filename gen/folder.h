/* folder.h - the output folder: the files below it, reached through no symbolic link, and a journal of what is
 * temporary there. The journal, .regen.tmp, has a line for each temporary and each folder that is about to come, so
 * that another run removes what a killed one left. */
struct arena;
struct str;

#define FOLDER_LIST ".regen"
#define FOLDER_JOURNAL ".regen.tmp"

struct folder {
	struct arena *arena;
	int fd, journal; /* -1: none */
};

/* Why a path cannot be written, as what is said of it, or NULL if it can: it is relative, without "..", "." or empty
 * parts, no longer than any system allows, and not one of regen's own files. */
const char *folder_wrongpath(struct str path);
/* Open a file to read it; -1 with errno set. */
int folder_open(const struct folder *, struct str path);
/* Remove a file, or with AT_REMOVEDIR a folder. False with errno set, as with all that follow. */
bool folder_remove(const struct folder *, struct str path, int flags);
/* Open the journal if it is there, or make it. What it names is not removed. */
bool folder_openjournal(struct folder *, bool make);
/* Write into the journal that a path is about to come or to go. It ends in a slash if it is a folder. */
bool folder_note(const struct folder *, struct str path);
/* Where a file is until it is complete: in the arena, NUL-terminated. */
struct str folder_temporary(const struct folder *, struct str path);
/* Make such a file, with the folders that are missing, and open it to write; -1 with errno set. The journal is open. */
int folder_begin(const struct folder *, struct str temporary);
bool folder_rename(const struct folder *, struct str temporary, struct str path);
/* Remove what the journal names, if it is open, and empty it once all is gone. Returns what cannot be done, with which
 * path and errno, or NULL. */
const char *folder_undo(const struct folder *, struct str *path);
