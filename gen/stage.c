#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <nettle/sha2.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "diff.h"
#include "file.h"
#include "folder.h"
#include "listing.h"
#include "stage.h"

enum { BLOCK = 1 << 16 };

struct stage {
	struct buf buf; /* first: the text of the file at hand goes through it */
	struct arena *arena;
	struct stageoptions options;
	struct folder folder;
	struct listing old, new;
	struct str *targets;
	size_t ntargets, captargets;
	struct sha256_ctx sha;
	int oldfile, newfile; /* of the file at hand */
	off_t same;           /* how many bytes it has like the old one */
	bool differs, orphans;
	bool part; /* what this process stages is for another to commit or drop */
	bool committed;
	const char **outer; /* the output folder and those around it, if this run made them */
	size_t nouter, capouter;
};

/* A run that ends without coming to stage_free drops what it staged. */
static struct stage *running;

static void
dropall(void)
{
	if (running)
		stage_free(running);
}

static _Noreturn void
fail(struct stage *s, const char *what, struct str path)
{
	int saved = errno;

	stage_free(s);
	errno = saved;
	die("cannot %s '%s/%.*s':", what, s->options.dir, (int)path.n, path.s);
}

/* Remove what the journal names. */
static void
recover(struct stage *s)
{
	struct str path;
	const char *wrong = folder_undo(&s->folder, &path);

	if (wrong)
		fail(s, wrong, path);
}

static void
openjournal(struct stage *s, bool make)
{
	if (!folder_openjournal(&s->folder, make))
		fail(s, "write", str(FOLDER_JOURNAL));
}

/* What an earlier run wrote. */
static void
readlist(struct stage *s)
{
	struct buf b = {0};
	int fd = folder_open(&s->folder, str(FOLDER_LIST));

	if (fd < 0 && errno == ENOENT)
		return;
	if (fd < 0 || !file_isregular(fd) || !file_slurp(fd, &b))
		fail(s, "read", str(FOLDER_LIST));
	close(fd);
	listing_read(&s->old, (struct str){arena_copy(s->arena, b.s, b.n), b.n});
	buf_free(&b);
}

/* Make the output folder and those that it lies in. */
static bool
makeoutput(struct stage *s)
{
	char *path = arena_copy(s->arena, s->options.dir, strlen(s->options.dir)), *slash = path;

	do {
		slash = strchr(slash + 1, '/');
		if (slash)
			*slash = '\0';
		if (mkdir(path, 0777) == 0) {
			s->outer = xgrow(s->outer, s->nouter, &s->capouter, sizeof(*s->outer));
			s->outer[s->nouter++] = arena_copy(s->arena, path, strlen(path));
		} else if (errno != EEXIST) {
			return false;
		}
		if (slash)
			*slash = '/';
	} while (slash);
	return true;
}

struct stage *
stage_new(struct arena *a, struct stageoptions o)
{
	struct stage *s = arena_alloc(a, sizeof(*s));
	int saved;

	*s = (struct stage){.arena = a, .options = o, .folder = {a, -1, -1}, .oldfile = -1, .newfile = -1};
	s->folder.fd = open(o.dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->folder.fd < 0 && errno == ENOENT && !o.check) {
		if (!makeoutput(s)) {
			saved = errno;
			stage_free(s);
			errno = saved;
			die("cannot make the output folder '%s':", o.dir);
		}
		s->folder.fd = open(o.dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	if (s->folder.fd < 0 && !(errno == ENOENT && o.check))
		die("cannot open the output folder '%s':", o.dir);
	if (s->folder.fd >= 0) {
		if (!running)
			atexit(dropall);
		running = s;
		/* two runs do not write at once: the second waits. flock(2) is not POSIX's, but POSIX's locks are for
		 * files and need one that stays; a file system without locks goes without. */
		if (!o.check && flock(s->folder.fd, LOCK_EX) != 0 && errno == EINTR)
			fail(s, "lock", str("."));
		if (!o.check) {
			openjournal(s, false);
			recover(s);
		}
		readlist(s);
	}
	return s;
}

void
stage_target(struct stage *s, struct str id)
{
	s->targets = xgrow(s->targets, s->ntargets, &s->captargets, sizeof(*s->targets));
	s->targets[s->ntargets++] = id;
}

/* The file at hand is not like the old one: begin a temporary with what was. */
static void
differ(struct stage *s)
{
	struct listed *item = &s->new.list[s->new.n - 1];
	char block[1 << 14];
	off_t left = s->same;
	ssize_t n;

	s->differs = true;
	openjournal(s, true);
	item->temporary = folder_temporary(&s->folder, item->path);
	s->newfile = folder_begin(&s->folder, item->temporary);
	if (s->newfile < 0)
		fail(s, "write", item->path);
	if (s->oldfile >= 0 && lseek(s->oldfile, 0, SEEK_SET) != 0)
		fail(s, "read", item->path);
	for (; left > 0; left -= n) {
		n = read(s->oldfile, block, left < (off_t)sizeof(block) ? (size_t)left : sizeof(block));
		if (n <= 0)
			fail(s, "read", item->path);
		if (!file_write(s->newfile, (struct str){block, (size_t)n}))
			fail(s, "write", item->path);
	}
}

/* Whether the old file goes on with these bytes. */
static bool
sameblock(struct stage *s, const char *p, size_t n)
{
	char block[1 << 14];
	ssize_t got;

	while (n > 0) {
		got = read(s->oldfile, block, n < sizeof(block) ? n : sizeof(block));
		if (got <= 0 || memcmp(block, p, (size_t)got) != 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

static void
flush(struct buf *b)
{
	struct stage *s = (struct stage *)(void *)b;
	struct listed *item = &s->new.list[s->new.n - 1];

	sha256_update(&s->sha, b->n, (const uint8_t *)b->s);
	if (!s->differs && s->oldfile >= 0 && sameblock(s, b->s, b->n)) {
		s->same += (off_t)b->n;
	} else {
		if (!s->differs)
			differ(s);
		if (!file_write(s->newfile, buf_str(b)))
			fail(s, "write", item->path);
	}
	b->n = 0;
}

struct buf *
stage_begin(struct stage *s, struct str path)
{
	listing_add(&s->new, s->targets[s->ntargets - 1], (struct str){arena_copy(s->arena, path.s, path.n), path.n});
	s->oldfile = s->folder.fd < 0 ? -1 : folder_open(&s->folder, path);
	if (s->oldfile < 0 && s->folder.fd >= 0 && errno != ENOENT)
		fail(s, "read", path);
	if (s->oldfile >= 0 && !file_isregular(s->oldfile))
		fail(s, "replace", path);
	s->newfile = -1;
	s->same = 0;
	s->differs = false;
	sha256_init(&s->sha);
	s->buf.n = 0;
	/* to compare or show the whole, it is kept whole */
	s->buf.flush = s->options.check || s->options.diff ? NULL : flush;
	if (s->buf.cap < BLOCK) {
		s->buf.s = xrealloc(s->buf.s, BLOCK, 1);
		s->buf.cap = BLOCK;
	}
	return &s->buf;
}

/* With check, say in which way a file is not current: as the list knows it, it was written by regen and the inputs have
 * changed; else by hand. */
static void
complain(struct stage *s, const struct listed *item, struct str old)
{
	const struct listed *before = listing_find(&s->old, item->path);
	const char *why = "stale: the inputs have changed since it was generated";
	char sha[LISTING_SHA + 1];

	listing_digest(sha, old);
	if (s->oldfile < 0)
		why = "missing";
	else if (!before && !streqs(item->path, FOLDER_LIST))
		why = "not regen's: it is not listed in " FOLDER_LIST;
	else if (!before || memcmp(before->sha, sha, LISTING_SHA) != 0)
		why = "edited by hand";
	warn("%s/%.*s: %s", s->options.dir, (int)item->path.n, item->path.s, why);
}

/* Compare a whole text with the old file; show and say what differs. */
static void
compare(struct stage *s)
{
	struct listed *item = &s->new.list[s->new.n - 1];
	struct buf old = {0}, out = {0};
	const char *name = arena_printf(s->arena, "%s/%.*s", s->options.dir, (int)item->path.n, item->path.s);

	if (s->oldfile >= 0 && (lseek(s->oldfile, 0, SEEK_SET) != 0 || !file_slurp(s->oldfile, &old)))
		fail(s, "read", item->path);
	item->changed = s->oldfile < 0 || !streq(buf_str(&old), buf_str(&s->buf));
	if (item->changed && s->options.check)
		complain(s, item, buf_str(&old));
	if (item->changed && s->options.diff) {
		diff_unified(&out, s->oldfile < 0 ? "/dev/null" : name, buf_str(&old), name, buf_str(&s->buf));
		if (out.n > 0)
			fwrite(out.s, 1, out.n, stdout);
	}
	buf_free(&old);
	buf_free(&out);
	if (s->oldfile >= 0 && lseek(s->oldfile, 0, SEEK_SET) != 0)
		fail(s, "read", item->path);
}

void
stage_end(struct stage *s)
{
	struct listed *item = &s->new.list[s->new.n - 1];
	char c;

	if (s->options.check || s->options.diff)
		compare(s);
	if (s->options.check) {
		sha256_update(&s->sha, s->buf.n, (const uint8_t *)s->buf.s);
	} else {
		flush(&s->buf);
		if (!s->differs && (s->oldfile < 0 || read(s->oldfile, &c, 1) != 0))
			differ(s);
		item->changed = s->differs;
	}
	listing_end(item->sha, &s->sha);
	if (s->oldfile >= 0)
		close(s->oldfile);
	if (s->newfile >= 0 && close(s->newfile) != 0) {
		s->newfile = -1;
		fail(s, "write", item->path);
	}
	s->oldfile = s->newfile = -1;
}

void
stage_part(struct stage *s)
{
	s->part = true;
}

struct staged
stage_last(const struct stage *s)
{
	const struct listed *item = &s->new.list[s->new.n - 1];
	struct staged last = {.changed = item->changed};

	memcpy(last.sha, item->sha, sizeof(last.sha));
	return last;
}

void
stage_take(struct stage *s, struct str path, const struct staged *staged)
{
	struct listed *item = listing_add(&s->new, s->targets[s->ntargets - 1], path);

	memcpy(item->sha, staged->sha, sizeof(item->sha));
	item->changed = staged->changed;
	if (staged->changed) {
		openjournal(s, false);
		item->temporary = folder_temporary(&s->folder, path);
	}
}

void
stage_drop(struct stage *s)
{
	if (s->options.check)
		return;
	openjournal(s, false);
	recover(s);
}

/* Whether this run would have rendered all of a target. */
static bool
rendered(const struct stage *s, struct str target)
{
	size_t i;

	for (i = 0; i < s->ntargets; i++)
		if (streq(s->targets[i], target))
			return true;
	return s->options.all;
}

/* Whether an orphan still is as regen wrote it. */
static bool
untouched(struct stage *s, const struct listed *item)
{
	int fd = folder_open(&s->folder, item->path);
	struct buf b = {0};
	char sha[LISTING_SHA + 1];
	bool same;

	if (fd < 0)
		return false;
	same = file_slurp(fd, &b);
	close(fd);
	listing_digest(sha, buf_str(&b));
	buf_free(&b);
	return same && memcmp(sha, item->sha, LISTING_SHA) == 0;
}

static bool
exists(struct stage *s, struct str path)
{
	int fd = folder_open(&s->folder, path);

	if (fd >= 0)
		close(fd);
	return fd >= 0 || errno != ENOENT;
}

/* Files that a target had and has no more stay in the list until they are gone. Those that may be removed are added to
 * doomed. */
static void
findorphans(struct stage *s, struct listing *doomed)
{
	struct listed *item;
	size_t i, n = s->old.n;

	for (i = 0; i < n; i++) {
		item = &s->old.list[i];
		if (listing_find(&s->new, item->path))
			continue;
		if (!rendered(s, item->target)) {
			*listing_add(&s->new, item->target, item->path) = *item;
			continue;
		}
		if (!exists(s, item->path))
			continue;
		if (s->options.prune && !s->options.check && untouched(s, item)) {
			*listing_add(doomed, item->target, item->path) = *item;
			continue;
		}
		s->orphans = true;
		warn("%s/%.*s: no longer generated%s", s->options.dir, (int)item->path.n, item->path.s,
			s->options.prune ? ", but edited by hand: remove it yourself" : "; --prune removes it");
		*listing_add(&s->new, item->target, item->path) = *item;
	}
}

/* Stage the list of files, as any other file, last. */
static void
writelist(struct stage *s)
{
	struct buf text = {0};

	listing_write(&s->new, &text);
	stage_target(s, str(""));
	buf_addstr(stage_begin(s, str(FOLDER_LIST)), buf_str(&text));
	buf_free(&text);
	stage_end(s);
}

/* Put the files from first to end in their places. */
static void
renameall(struct stage *s, size_t first, size_t end)
{
	struct listed *item;
	size_t i;

	for (i = first; i < end; i++) {
		item = &s->new.list[i];
		if (item->temporary.n == 0)
			continue;
		if (!folder_rename(&s->folder, item->temporary, item->path))
			fail(s, "replace", item->path);
		item->temporary.n = 0;
		/* what has been renamed needs its folders */
		s->nouter = 0;
	}
}

/* The folder that a path is in; empty if that is the output folder. */
static struct str
parent(struct str path)
{
	while (path.n > 0 && path.s[--path.n] != '/')
		;
	return path;
}

static void
journalparents(struct stage *s, struct str folder)
{
	if (folder.n == 0)
		return;
	journalparents(s, parent(folder));
	if (!folder_note(&s->folder, (struct str){folder.s, folder.n + 1}))
		fail(s, "write", str(FOLDER_JOURNAL));
}

/* Remove orphans, and the folders that they leave empty. */
static void
prune(struct stage *s, const struct listing *doomed)
{
	struct str path, folder;
	size_t i;

	for (i = 0; i < doomed->n; i++) {
		openjournal(s, true);
		path = doomed->list[i].path;
		/* the innermost folder is named last, so that it is removed first */
		journalparents(s, parent(path));
		if (!folder_remove(&s->folder, path, 0))
			fail(s, "remove", path);
		printf("removed %s/%.*s\n", s->options.dir, (int)path.n, path.s);
		for (folder = parent(path); folder.n > 0 && folder_remove(&s->folder, folder, AT_REMOVEDIR);
			folder = parent(folder))
			;
	}
}

bool
stage_commit(struct stage *s)
{
	struct listing doomed = {0};
	bool current = true;
	size_t i;

	if (s->folder.fd >= 0)
		findorphans(s, &doomed);
	for (i = 0; i < s->new.n; i++)
		current = current && !s->new.list[i].changed;
	if (s->options.check) {
		current = current && !s->orphans;
		if (current) {
			/* the list must be what it would be */
			s->options.diff = false;
			writelist(s);
			current = !s->new.list[s->new.n - 1].changed;
		}
	} else {
		/* the list comes last: until then the next run knows of the orphans */
		writelist(s);
		renameall(s, 0, s->new.n - 1);
		prune(s, &doomed);
		renameall(s, s->new.n - 1, s->new.n);
		s->committed = true;
		for (i = 0; i + 1 < s->new.n; i++)
			if (s->new.list[i].changed)
				printf("wrote %s/%.*s\n", s->options.dir, (int)s->new.list[i].path.n,
					s->new.list[i].path.s);
	}
	listing_free(&doomed);
	return current;
}

void
stage_free(struct stage *s)
{
	struct str path;
	size_t i;

	running = NULL;
	if (s->oldfile >= 0)
		close(s->oldfile);
	if (s->newfile >= 0)
		close(s->newfile);
	if (s->folder.journal >= 0) {
		if (!s->part && (s->committed || !folder_undo(&s->folder, &path)))
			unlinkat(s->folder.fd, FOLDER_JOURNAL, 0);
		close(s->folder.journal);
	}
	if (s->folder.fd >= 0)
		close(s->folder.fd);
	for (i = s->part ? 0 : s->nouter; i > 0; i--)
		rmdir(s->outer[i - 1]);
	free(s->outer);
	listing_free(&s->old);
	listing_free(&s->new);
	free(s->targets);
	buf_free(&s->buf);
}
