#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "file.h"
#include "folder.h"

#define SUFFIX ".regen-tmp"

/* What file systems take for a name, of which the temporary's needs a part; and systems for a path, without its NUL. */
enum { PARTMAX = 255 - (sizeof(SUFFIX) - 1), PATHMAX = 1023 };

/* Whether a path lies inside the folder. */
static bool
isinside(struct str p)
{
	const char *slash;
	size_t n;

	for (;;) {
		slash = memchr(p.s, '/', p.n);
		n = slash ? (size_t)(slash - p.s) : p.n;
		if (n == 0 || memchr(p.s, '\n', n) || memchr(p.s, '\0', n) || (n == 1 && p.s[0] == '.') ||
			(n == 2 && memcmp(p.s, "..", 2) == 0))
			return false;
		if (!slash)
			return true;
		p.s += n + 1;
		p.n -= n + 1;
	}
}

static bool
hassuffix(struct str p)
{
	size_t n = strlen(SUFFIX);

	return p.n >= n && memcmp(p.s + p.n - n, SUFFIX, n) == 0;
}

static bool
istoolong(struct str p)
{
	size_t part = 0, i;

	for (i = 0; i < p.n && part <= PARTMAX; i++)
		part = p.s[i] == '/' ? 0 : part + 1;
	return p.n > PATHMAX || part > PARTMAX;
}

const char *
folder_wrongpath(struct str p)
{
	const char *slash = memchr(p.s, '/', p.n);
	struct str first = {p.s, slash ? (size_t)(slash - p.s) : p.n};

	if (!isinside(p) || hassuffix(p) || streqs(first, FOLDER_LIST) || streqs(first, FOLDER_JOURNAL))
		return "is not a path inside the output folder";
	if (istoolong(p))
		return "is too long: a path has at most 1023 bytes, and a part of it 245";
	return NULL;
}

/* Make a folder that was missing, and open it. */
static int
makefolder(const struct folder *f, int fd, const char *name, const char *path)
{
	struct str line = {path, strlen(path)};

	line = arena_join(f->arena, (struct str[]){line, str("/")}, 2);
	/* another process may be faster */
	if (!folder_note(f, line) || (mkdirat(fd, name, 0777) != 0 && errno != EEXIST))
		return -1;
	return openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static void
closekeeping(int fd)
{
	int saved = errno;

	close(fd);
	errno = saved;
}

/* Open the folder that path lies in; *base is what is left of path. With make, folders that are missing are made.
 * Returns -1 with errno set. */
static int
openparent(const struct folder *f, struct str path, bool make, const char **base)
{
	char *copy = arena_copy(f->arena, path.s, path.n), *part = copy, *slash;
	int fd = dup(f->fd), next;

	while (fd >= 0 && (slash = strchr(part, '/'))) {
		*slash = '\0';
		next = openat(fd, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (next < 0 && errno == ENOENT && make)
			next = makefolder(f, fd, part, copy);
		closekeeping(fd);
		fd = next;
		*slash = '/';
		part = slash + 1;
	}
	*base = part;
	return fd;
}

int
folder_open(const struct folder *f, struct str path)
{
	const char *base;
	int parent = openparent(f, path, false, &base), fd;

	if (parent < 0)
		return -1;
	/* a named pipe must not be waited for */
	fd = openat(parent, base, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	closekeeping(parent);
	return fd;
}

bool
folder_remove(const struct folder *f, struct str path, int flags)
{
	const char *base;
	int parent = openparent(f, path, false, &base), r;

	if (parent < 0)
		return false;
	r = unlinkat(parent, base, flags);
	closekeeping(parent);
	return r == 0;
}

bool
folder_openjournal(struct folder *f, bool make)
{
	int flags = O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;

	if (f->journal >= 0)
		return true;
	f->journal = openat(f->fd, FOLDER_JOURNAL, make ? flags | O_CREAT : flags, 0666);
	if (f->journal < 0)
		return errno == ENOENT && !make;
	if (file_isregular(f->journal))
		return true;
	close(f->journal);
	f->journal = -1;
	errno = EINVAL;
	return false;
}

bool
folder_note(const struct folder *f, struct str path)
{
	return file_write(f->journal, arena_join(f->arena, (struct str[]){path, str("\n")}, 2));
}

struct str
folder_temporary(const struct folder *f, struct str path)
{
	return str(arena_printf(f->arena, "%.*s" SUFFIX, (int)path.n, path.s));
}

int
folder_begin(const struct folder *f, struct str temporary)
{
	const char *base;
	int parent = openparent(f, temporary, true, &base), fd = -1;
	struct stat st;

	if (parent < 0)
		return -1;
	/* the journal names nothing that is somebody's */
	if (fstatat(parent, base, &st, AT_SYMLINK_NOFOLLOW) == 0)
		errno = EEXIST;
	else if (folder_note(f, temporary))
		fd = openat(parent, base, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	closekeeping(parent);
	return fd;
}

bool
folder_rename(const struct folder *f, struct str temporary, struct str path)
{
	const char *base, *from = strrchr(temporary.s, '/');
	int parent = openparent(f, path, false, &base), r;

	if (parent < 0)
		return false;
	r = renameat(parent, from ? from + 1 : temporary.s, parent, base);
	closekeeping(parent);
	return r == 0;
}

/* Remove what a line of the journal names: a temporary, or a folder if nothing is in it. Whether nothing of ours is
 * there any more. */
static bool
undone(const struct folder *f, struct str line)
{
	bool isfolder = line.n > 0 && line.s[line.n - 1] == '/';

	line.n -= isfolder;
	if (!isinside(line) || !(isfolder || hassuffix(line)) || folder_remove(f, line, isfolder ? AT_REMOVEDIR : 0))
		return true;
	return errno == ENOENT || errno == ENOTDIR || errno == ELOOP || errno == ENOTEMPTY || errno == EEXIST ||
		errno == EISDIR || errno == EPERM;
}

const char *
folder_undo(const struct folder *f, struct str *path)
{
	struct buf b = {0};
	size_t start, end;
	struct str line;
	int wrong = 0;

	if (f->journal < 0)
		return NULL;
	*path = str(FOLDER_JOURNAL);
	if (lseek(f->journal, 0, SEEK_SET) != 0 || !file_slurp(f->journal, &b))
		return "read";
	/* the last line may not be whole; folders are named before what is in them */
	for (end = b.n; end > 0 && b.s[end - 1] != '\n'; end--)
		;
	for (; end > 0; end = start) {
		for (start = end - 1; start > 0 && b.s[start - 1] != '\n'; start--)
			;
		line = (struct str){b.s + start, end - 1 - start};
		if (undone(f, line))
			continue;
		wrong = errno;
		*path = (struct str){arena_copy(f->arena, line.s, line.n), line.n};
	}
	buf_free(&b);
	errno = wrong;
	if (wrong)
		return "remove";
	return ftruncate(f->journal, 0) != 0 ? "write" : NULL;
}
