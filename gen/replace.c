#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "util.h"
#include "arena.h"
#include "file.h"
#include "replace.h"

#define NEW ".regen-new"
#define OLD ".regen-old"

enum { LINKS = 40, LONGEST = 4096 };

/* A file on its way. */
struct item {
	const struct replacement *r;
	const char *path; /* behind all links */
	const char *temporary, *backup;
	bool written, saved, renamed;
};

struct replacing {
	struct arena *arena;
	struct item *items;
	size_t n;
	int lock;
};

/* The folder that a path lies in, and with what it ends in that. */
static const char *
folderof(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_copy(a, path, (size_t)(slash - path) + (slash == path)) : ".";
}

/* What a symbolic link holds, seen from where the link is seen; NULL with errno set. */
static const char *
target(struct arena *a, const char *path, size_t size)
{
	char *s = arena_bytes(a, size + 2);
	ssize_t n = readlink(path, s, size + 1);

	if (n < 0)
		return NULL;
	s[n] = '\0';
	return s[0] == '/' || !strchr(path, '/') ? s : file_join(a, folderof(a, path), (struct str){s, (size_t)n});
}

/* The path behind all symbolic links; of a file that is not there, the path itself. NULL with errno set. */
static const char *
follow(struct arena *a, const char *path)
{
	struct stat st;
	unsigned i;

	for (i = 0; i < LINKS && path; i++) {
		if (lstat(path, &st) != 0)
			return errno == ENOENT && i == 0 ? path : NULL;
		if (!S_ISLNK(st.st_mode))
			return path;
		path = target(a, path, LONGEST);
	}
	if (path)
		errno = ELOOP;
	return NULL;
}

static struct item
makeitem(struct arena *a, const struct replacement *r)
{
	struct item item = {.r = r, .path = follow(a, r->path)};

	if (!item.path)
		die("cannot write '%s':", r->path);
	item.temporary = arena_printf(a, "%s" NEW, item.path);
	item.backup = arena_printf(a, "%s" OLD, item.path);
	return item;
}

/* Put back what was renamed and remove what was made. */
static void
undo(struct replacing *p)
{
	struct item *item;
	size_t i;

	for (i = p->n; i-- > 0;) {
		item = &p->items[i];
		if (item->renamed && item->saved)
			rename(item->backup, item->path);
		else if (item->renamed)
			unlink(item->path);
		else if (item->saved)
			unlink(item->backup);
		if (item->written && !item->renamed)
			unlink(item->temporary);
		item->written = item->saved = item->renamed = false;
	}
}

static _Noreturn void
fail(struct replacing *p, const char *path)
{
	int saved = errno;

	undo(p);
	errno = saved;
	die("cannot write '%s':", path);
}

/* The file is still what was read. */
static void
checksame(struct replacing *p, const struct item *item)
{
	struct str now;

	if (item->r->exists && file_read(p->arena, item->path, &now) && streq(now, item->r->old))
		return;
	if (!item->r->exists && access(item->path, F_OK) != 0 && errno == ENOENT)
		return;
	undo(p);
	die("'%s' was changed by another program in the meantime", item->r->path);
}

/* The byte order mark that a file begins with, if it does: it is no part of what was read. */
static struct str
markof(const char *path)
{
	static const char mark[] = "\xef\xbb\xbf";
	char s[3];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool has = fd >= 0 && read(fd, s, sizeof(s)) == sizeof(s) && memcmp(s, mark, sizeof(s)) == 0;

	if (fd >= 0)
		close(fd);
	return has ? (struct str){mark, 3} : (struct str){"", 0};
}

/* Write the new text to the temporary, with the mode that the file has. */
static void
writenew(struct replacing *p, struct item *item)
{
	struct stat st;
	int fd;

	if (item->r->exists && (stat(item->path, &st) != 0 || access(item->path, W_OK) != 0))
		fail(p, item->r->path);
	if (item->r->exists && !S_ISREG(st.st_mode)) {
		errno = EINVAL;
		fail(p, item->r->path);
	}
	fd = open(item->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		fail(p, item->r->path);
	item->written = true;
	/* who may not give a file away keeps it as his own */
	if ((item->r->exists && fchown(fd, st.st_uid, st.st_gid) != 0 && errno != EPERM) ||
		(item->r->exists && fchmod(fd, st.st_mode & 07777) != 0) || !file_write(fd, markof(item->path)) ||
		!file_write(fd, item->r->new) || fsync(fd) != 0) {
		close(fd);
		fail(p, item->r->path);
	}
	if (close(fd) != 0)
		fail(p, item->r->path);
}

/* Keep the old file under another name: as a link or, where there are none, as a copy. */
static void
saveold(struct replacing *p, struct item *item)
{
	int fd;

	if (!item->r->exists)
		return;
	if (link(item->path, item->backup) == 0) {
		item->saved = true;
		return;
	}
	fd = open(item->backup, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		fail(p, item->r->path);
	item->saved = true;
	if (!file_write(fd, markof(item->path)) || !file_write(fd, item->r->old)) {
		close(fd);
		fail(p, item->r->path);
	}
	if (close(fd) != 0)
		fail(p, item->r->path);
}

/* Let the renames reach the disk. A file system that cannot do this has done what it can. */
static void
syncfolder(struct arena *a, const char *path)
{
	int fd = open(folderof(a, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

static void
begin(struct replacing *p, const struct replacement *list, size_t n)
{
	size_t i;

	p->items = arena_array(p->arena, n, sizeof(*p->items));
	for (i = 0; i < n; i++)
		if (!list[i].exists || !streq(list[i].old, list[i].new))
			p->items[p->n++] = makeitem(p->arena, &list[i]);
}

/* Two runs do not write at once: the second waits, and then sees that the files are not what it read. */
static void
lock(struct replacing *p, const struct replacement *r)
{
	p->lock = open(folderof(p->arena, r->path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (p->lock >= 0)
		flock(p->lock, LOCK_EX);
}

static void
clean(struct replacing *p)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		unlink(p->items[i].temporary);
		unlink(p->items[i].backup);
	}
}

void
replace_recover(struct arena *a, const struct replacement *list, size_t n)
{
	struct replacing p = {.arena = a, .lock = -1};
	struct stat st;
	size_t i;

	p.items = arena_array(a, n, sizeof(*p.items));
	for (i = 0; i < n; i++)
		if (follow(a, list[i].path))
			p.items[p.n++] = makeitem(a, &list[i]);
	for (i = 0; i < p.n; i++)
		if (lstat(p.items[i].temporary, &st) == 0 || lstat(p.items[i].backup, &st) == 0)
			break;
	if (i == p.n)
		return;
	lock(&p, &list[0]);
	clean(&p);
	if (p.lock >= 0)
		close(p.lock);
}

void
replace_files(struct arena *a, const struct replacement *list, size_t n)
{
	struct replacing p = {.arena = a, .lock = -1};
	size_t i;

	begin(&p, list, n);
	if (p.n == 0)
		return;
	lock(&p, &list[0]);
	clean(&p);
	for (i = 0; i < p.n; i++)
		checksame(&p, &p.items[i]);
	for (i = 0; i < p.n; i++) {
		writenew(&p, &p.items[i]);
		saveold(&p, &p.items[i]);
	}
	for (i = 0; i < p.n; i++) {
		if (rename(p.items[i].temporary, p.items[i].path) != 0)
			fail(&p, p.items[i].r->path);
		p.items[i].renamed = true;
	}
	for (i = 0; i < p.n; i++) {
		if (p.items[i].saved)
			unlink(p.items[i].backup);
		syncfolder(a, p.items[i].path);
	}
	if (p.lock >= 0)
		close(p.lock);
}
