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
#include "stage.h"

enum { BLOCK = 1 << 16, HEX = 2 * SHA256_DIGEST_SIZE };

#define LISTNAME ".regen"
#define JOURNALNAME ".regen.tmp"
#define SUFFIX ".regen-tmp"

/* What file systems take for a name, of which the temporary's needs a part; and systems for a path, without its NUL. */
enum { PARTMAX = 255 - (sizeof(SUFFIX) - 1), PATHMAX = 1023 };

/* A file of a target, as the list had it or as this run makes it. */
struct item {
	struct str target, path;
	char sha[HEX + 1];
	const char *temporary; /* staged and not yet renamed */
	bool changed;
};

struct items {
	struct item *list;
	size_t n, cap;
	uint32_t *slots; /* hash table by path: index + 1 */
	size_t nslots;
};

struct stage {
	struct buf buf; /* first: the text of the file at hand goes through it */
	struct arena *arena;
	struct stageoptions options;
	int dir, journal; /* -1: none */
	struct items old, new;
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

static void
hexadecimal(char *out, const uint8_t *digest)
{
	size_t i;

	for (i = 0; i < SHA256_DIGEST_SIZE; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

/* Whether a path lies inside the output folder. */
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
stage_wrongpath(struct str p)
{
	const char *slash = memchr(p.s, '/', p.n);
	struct str first = {p.s, slash ? (size_t)(slash - p.s) : p.n};

	if (!isinside(p) || hassuffix(p) || streqs(first, LISTNAME) || streqs(first, JOURNALNAME))
		return "is not a path inside the output folder";
	if (istoolong(p))
		return "is too long: a path has at most 1023 bytes, and a part of it 245";
	return NULL;
}

/* Write into the journal that a temporary, or a folder if that is what end says, is about to come or to go. */
static void
journal(struct stage *s, struct str path, const char *end)
{
	struct str line = arena_join(s->arena, (struct str[]){path, str(end)}, 2);

	if (!file_write(s->journal, line))
		fail(s, "write", str(JOURNALNAME));
}

/* Open the folder that path lies in, below the output folder and through no symbolic link; *base is what is left of
 * path. With make, folders that are missing are made. Returns -1 with errno set. */
static int
openfolder(struct stage *s, struct str path, bool make, const char **base)
{
	char *copy = arena_copy(s->arena, path.s, path.n), *part = copy, *slash;
	int fd = dup(s->dir), next;

	while (fd >= 0 && (slash = strchr(part, '/'))) {
		*slash = '\0';
		next = openat(fd, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (next < 0 && errno == ENOENT && make) {
			journal(s, str(copy), "/\n");
			/* another process may have been faster */
			if (mkdirat(fd, part, 0777) != 0 && errno != EEXIST) {
				close(fd);
				return -1;
			}
			next = openat(fd, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		}
		close(fd);
		fd = next;
		*slash = '/';
		part = slash + 1;
	}
	*base = part;
	return fd;
}

/* Open a file below the output folder; -1 with errno set. */
static int
openfile(struct stage *s, struct str path, int flags)
{
	const char *base;
	int folder = openfolder(s, path, flags & O_CREAT, &base), fd, saved;

	if (folder < 0)
		return -1;
	/* a named pipe must not be waited for */
	fd = openat(folder, base, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
	saved = errno;
	close(folder);
	errno = saved;
	return fd;
}

static int
removefile(struct stage *s, struct str path, int flags)
{
	const char *base;
	int folder = openfolder(s, path, false, &base), r, saved;

	if (folder < 0)
		return -1;
	r = unlinkat(folder, base, flags);
	saved = errno;
	close(folder);
	errno = saved;
	return r;
}

/* All of a file, or false with errno set. */
static bool
slurp(int fd, struct buf *b)
{
	char block[1 << 14];
	ssize_t n;

	while ((n = read(fd, block, sizeof(block))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		buf_add(b, block, (size_t)n);
	}
	return true;
}

/* Remove a temporary, or a folder if nothing is in it. Whether nothing of ours is there any more. */
static bool
dropped(struct stage *s, struct str path, int flags)
{
	return removefile(s, path, flags) == 0 || errno == ENOENT || errno == ENOTDIR || errno == ELOOP ||
		errno == ENOTEMPTY || errno == EEXIST || errno == EISDIR || errno == EPERM;
}

/* Remove what the journal names, and empty it once all is gone. Returns what cannot be done, with which path and errno,
 * or NULL. */
static const char *
undo(struct stage *s, struct str *path)
{
	struct buf b = {0};
	size_t start, end;
	struct str line;
	bool folder;
	int saved = 0;

	*path = str(JOURNALNAME);
	if (lseek(s->journal, 0, SEEK_SET) != 0 || !slurp(s->journal, &b))
		return "read";
	/* the last line may not be whole; folders are named before what is in them */
	for (end = b.n; end > 0 && b.s[end - 1] != '\n'; end--)
		;
	for (; end > 0; end = start) {
		for (start = end - 1; start > 0 && b.s[start - 1] != '\n'; start--)
			;
		line = (struct str){b.s + start, end - 1 - start};
		folder = line.n > 0 && line.s[line.n - 1] == '/';
		line.n -= folder;
		if (!isinside(line) || !(folder || hassuffix(line)) || dropped(s, line, folder ? AT_REMOVEDIR : 0))
			continue;
		saved = errno;
		*path = (struct str){arena_copy(s->arena, line.s, line.n), line.n};
	}
	buf_free(&b);
	errno = saved;
	if (saved)
		return "remove";
	return ftruncate(s->journal, 0) != 0 ? "write" : NULL;
}

static void
recover(struct stage *s)
{
	struct str path;
	const char *wrong = s->journal >= 0 ? undo(s, &path) : NULL;

	if (wrong)
		fail(s, wrong, path);
}

/* Whether an open file is a regular one; else errno says what it is like. */
static bool
isregular(int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return false;
	errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
	return S_ISREG(st.st_mode);
}

/* Open the journal, if it is there or may be made. */
static void
openjournal(struct stage *s, int flags)
{
	if (s->journal >= 0)
		return;
	s->journal = openat(s->dir, JOURNALNAME, O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | flags, 0666);
	if (s->journal < 0 && errno == ENOENT && !(flags & O_CREAT))
		return;
	if (s->journal < 0)
		fail(s, "write", str(JOURNALNAME));
	if (!isregular(s->journal)) {
		close(s->journal);
		s->journal = -1;
		errno = EINVAL;
		fail(s, "write", str(JOURNALNAME));
	}
}

/* The slot of the item with this path, or the free one where it belongs. */
static uint32_t *
findslot(const struct items *l, struct str path)
{
	size_t i = strhash(path) & (l->nslots - 1);

	while (l->slots[i] > 0 && !streq(l->list[l->slots[i] - 1].path, path))
		i = (i + 1) & (l->nslots - 1);
	return &l->slots[i];
}

static void
growslots(struct items *l)
{
	uint32_t *slot;
	size_t i;

	free(l->slots);
	l->nslots = l->nslots ? 2 * l->nslots : 64;
	l->slots = xcalloc(l->nslots, sizeof(*l->slots));
	for (i = 0; i < l->n; i++) {
		slot = findslot(l, l->list[i].path);
		if (*slot == 0)
			*slot = (uint32_t)i + 1;
	}
}

static struct item *
additem(struct items *l, struct str target, struct str path)
{
	uint32_t *slot;

	l->list = xgrow(l->list, l->n, &l->cap, sizeof(*l->list));
	if (2 * l->n >= l->nslots)
		growslots(l);
	l->list[l->n++] = (struct item){.target = target, .path = path};
	slot = findslot(l, path);
	if (*slot == 0)
		*slot = (uint32_t)l->n;
	return &l->list[l->n - 1];
}

/* The first item with this path, or NULL. */
static struct item *
finditem(const struct items *l, struct str path)
{
	uint32_t i = l->nslots > 0 ? *findslot(l, path) : 0;

	return i > 0 ? &l->list[i - 1] : NULL;
}

static void
freeitems(struct items *l)
{
	free(l->list);
	free(l->slots);
	*l = (struct items){0};
}

/* The list of an earlier run: "# target ID", then "SHA-256  PATH" for each file. What is none of these is passed over.
 */
static void
readlist(struct stage *s)
{
	struct str line, target = {"", 0};
	struct buf b = {0};
	const char *nl, *p, *end;
	struct item *item;
	int fd = openat(s->dir, LISTNAME, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT)
		return;
	if (fd < 0 || !isregular(fd) || !slurp(fd, &b))
		fail(s, "read", str(LISTNAME));
	close(fd);
	p = arena_copy(s->arena, b.s, b.n);
	end = p + b.n;
	buf_free(&b);
	for (; (nl = memchr(p, '\n', (size_t)(end - p))); p = nl + 1) {
		line = (struct str){p, (size_t)(nl - p)};
		if (strstarts(line, "# target ")) {
			target = (struct str){line.s + 9, line.n - 9};
		} else if (line.n > HEX + 2 && line.s[0] != '#' &&
			!stage_wrongpath((struct str){line.s + HEX + 2, line.n - HEX - 2})) {
			item = additem(&s->old, target, (struct str){line.s + HEX + 2, line.n - HEX - 2});
			memcpy(item->sha, line.s, HEX);
		}
	}
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

	*s = (struct stage){.arena = a, .options = o, .dir = -1, .journal = -1, .oldfile = -1, .newfile = -1};
	s->dir = open(o.dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->dir < 0 && errno == ENOENT && !o.check) {
		if (!makeoutput(s)) {
			saved = errno;
			stage_free(s);
			errno = saved;
			die("cannot make the output folder '%s':", o.dir);
		}
		s->dir = open(o.dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	if (s->dir < 0 && !(errno == ENOENT && o.check))
		die("cannot open the output folder '%s':", o.dir);
	if (s->dir >= 0) {
		if (!running)
			atexit(dropall);
		running = s;
		/* two runs do not write at once: the second waits. flock(2) is not POSIX's, but POSIX's locks are for
		 * files and need one that stays; a file system without locks goes without. */
		if (!o.check && flock(s->dir, LOCK_EX) != 0 && errno == EINTR)
			fail(s, "lock", str("."));
		if (!o.check) {
			openjournal(s, 0);
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

static const char *
temporary(struct stage *s, struct str path)
{
	return arena_printf(s->arena, "%.*s" SUFFIX, (int)path.n, path.s);
}

/* The file at hand is not like the old one: begin a temporary with what was. */
static void
differ(struct stage *s)
{
	struct item *item = &s->new.list[s->new.n - 1];
	char block[1 << 14];
	off_t left = s->same;
	ssize_t n;
	struct str name;
	const char *base;
	struct stat st;
	bool taken;
	int folder;

	s->differs = true;
	openjournal(s, O_CREAT);
	name = str(temporary(s, item->path));
	/* the journal names folders before what is in them, and nothing that is somebody's */
	folder = openfolder(s, name, true, &base);
	if (folder < 0)
		fail(s, "write", item->path);
	taken = fstatat(folder, base, &st, AT_SYMLINK_NOFOLLOW) == 0;
	close(folder);
	if (taken) {
		errno = EEXIST;
		fail(s, "write", item->path);
	}
	journal(s, name, "\n");
	s->newfile = openfile(s, name, O_WRONLY | O_CREAT | O_EXCL);
	if (s->newfile < 0)
		fail(s, "write", item->path);
	item->temporary = name.s;
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
	struct item *item = &s->new.list[s->new.n - 1];

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
	additem(&s->new, s->targets[s->ntargets - 1], (struct str){arena_copy(s->arena, path.s, path.n), path.n});
	s->oldfile = s->dir < 0 ? -1 : openfile(s, path, O_RDONLY);
	if (s->oldfile < 0 && s->dir >= 0 && errno != ENOENT)
		fail(s, "read", path);
	if (s->oldfile >= 0 && !isregular(s->oldfile))
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
complain(struct stage *s, const struct item *item, struct str old)
{
	const struct item *before = finditem(&s->old, item->path);
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx sha;
	char hex[HEX + 1];
	const char *why = "stale: the inputs have changed since it was generated";

	sha256_init(&sha);
	sha256_update(&sha, old.n, (const uint8_t *)old.s);
	sha256_digest(&sha, sizeof(digest), digest);
	hexadecimal(hex, digest);
	if (s->oldfile < 0)
		why = "missing";
	else if (!before && !streqs(item->path, LISTNAME))
		why = "not regen's: it is not listed in " LISTNAME;
	else if (!before || memcmp(before->sha, hex, HEX) != 0)
		why = "edited by hand";
	warn("%s/%.*s: %s", s->options.dir, (int)item->path.n, item->path.s, why);
}

/* Compare a whole text with the old file; show and say what differs. */
static void
compare(struct stage *s)
{
	struct item *item = &s->new.list[s->new.n - 1];
	struct buf old = {0}, out = {0};
	const char *name = arena_printf(s->arena, "%s/%.*s", s->options.dir, (int)item->path.n, item->path.s);

	if (s->oldfile >= 0 && (lseek(s->oldfile, 0, SEEK_SET) != 0 || !slurp(s->oldfile, &old)))
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
	struct item *item = &s->new.list[s->new.n - 1];
	uint8_t digest[SHA256_DIGEST_SIZE];
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
	sha256_digest(&s->sha, sizeof(digest), digest);
	hexadecimal(item->sha, digest);
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
	const struct item *item = &s->new.list[s->new.n - 1];
	struct staged last = {.changed = item->changed};

	memcpy(last.sha, item->sha, sizeof(last.sha));
	return last;
}

void
stage_take(struct stage *s, struct str path, const struct staged *staged)
{
	struct item *item = additem(&s->new, s->targets[s->ntargets - 1], path);

	memcpy(item->sha, staged->sha, sizeof(item->sha));
	item->changed = staged->changed;
	if (staged->changed) {
		openjournal(s, 0);
		item->temporary = temporary(s, path);
	}
}

void
stage_drop(struct stage *s)
{
	if (s->options.check)
		return;
	openjournal(s, 0);
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
untouched(struct stage *s, const struct item *item)
{
	int fd = openfile(s, item->path, O_RDONLY);
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx sha;
	struct buf b = {0};
	char hex[HEX + 1];
	bool same;

	if (fd < 0)
		return false;
	same = slurp(fd, &b);
	close(fd);
	sha256_init(&sha);
	sha256_update(&sha, b.n, (const uint8_t *)b.s);
	sha256_digest(&sha, sizeof(digest), digest);
	hexadecimal(hex, digest);
	buf_free(&b);
	return same && memcmp(hex, item->sha, HEX) == 0;
}

static bool
exists(struct stage *s, struct str path)
{
	int fd = openfile(s, path, O_RDONLY);

	if (fd >= 0)
		close(fd);
	return fd >= 0 || errno != ENOENT;
}

/* Files that a target had and has no more stay in the list until they are gone. Those that may be removed are added to
 * doomed. */
static void
findorphans(struct stage *s, struct items *doomed)
{
	struct item *item;
	size_t i, n = s->old.n;

	for (i = 0; i < n; i++) {
		item = &s->old.list[i];
		if (finditem(&s->new, item->path))
			continue;
		if (!rendered(s, item->target)) {
			*additem(&s->new, item->target, item->path) = *item;
			continue;
		}
		if (!exists(s, item->path))
			continue;
		if (s->options.prune && !s->options.check && untouched(s, item)) {
			*additem(doomed, item->target, item->path) = *item;
			continue;
		}
		s->orphans = true;
		warn("%s/%.*s: no longer generated%s", s->options.dir, (int)item->path.n, item->path.s,
			s->options.prune ? ", but edited by hand: remove it yourself" : "; --prune removes it");
		*additem(&s->new, item->target, item->path) = *item;
	}
}

static int
orderitems(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int c = strorder(x->target, y->target);

	return c ? c : strorder(x->path, y->path);
}

/* Stage the list of files, as any other file, last. */
static void
writelist(struct stage *s)
{
	size_t n = s->new.n, i;
	struct item *sorted = arena_array(s->arena, n, sizeof(*sorted));
	struct buf *b;

	if (n > 0)
		memcpy(sorted, s->new.list, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), orderitems);
	stage_target(s, str(""));
	b = stage_begin(s, str(LISTNAME));
	buf_adds(b, "# Files that regen wrote, for regen and for sha256sum -c. DO NOT EDIT.\n");
	for (i = 0; i < n; i++) {
		if (i == 0 || !streq(sorted[i - 1].target, sorted[i].target))
			buf_printf(b, "# target %.*s\n", (int)sorted[i].target.n, sorted[i].target.s);
		buf_printf(b, "%s  %.*s\n", sorted[i].sha, (int)sorted[i].path.n, sorted[i].path.s);
	}
	stage_end(s);
}

/* Put the files from first to end in their places. */
static void
renameall(struct stage *s, size_t first, size_t end)
{
	const char *base, *from;
	struct item *item;
	size_t i;
	int folder, r;

	for (i = first; i < end; i++) {
		item = &s->new.list[i];
		if (!item->temporary)
			continue;
		folder = openfolder(s, item->path, false, &base);
		if (folder < 0)
			fail(s, "replace", item->path);
		from = strrchr(item->temporary, '/');
		r = renameat(folder, from ? from + 1 : item->temporary, folder, base);
		close(folder);
		if (r != 0)
			fail(s, "replace", item->path);
		item->temporary = NULL;
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
	journal(s, folder, "/\n");
}

/* Remove orphans, and the folders that they leave empty. */
static void
prune(struct stage *s, const struct items *doomed)
{
	struct str path, folder;
	size_t i;

	for (i = 0; i < doomed->n; i++) {
		openjournal(s, O_CREAT);
		path = doomed->list[i].path;
		/* the innermost folder is named last, so that it is removed first */
		journalparents(s, parent(path));
		if (removefile(s, path, 0) != 0)
			fail(s, "remove", path);
		printf("removed %s/%.*s\n", s->options.dir, (int)path.n, path.s);
		for (folder = parent(path); folder.n > 0 && removefile(s, folder, AT_REMOVEDIR) == 0;
			folder = parent(folder))
			;
	}
}

bool
stage_commit(struct stage *s)
{
	struct items doomed = {0};
	bool current = true;
	size_t i;

	if (s->dir >= 0)
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
	freeitems(&doomed);
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
	if (s->journal >= 0) {
		if (!s->part && (s->committed || !undo(s, &path)))
			unlinkat(s->dir, JOURNALNAME, 0);
		close(s->journal);
	}
	if (s->dir >= 0)
		close(s->dir);
	for (i = s->part ? 0 : s->nouter; i > 0; i--)
		rmdir(s->outer[i - 1]);
	free(s->outer);
	freeitems(&s->old);
	freeitems(&s->new);
	free(s->targets);
	buf_free(&s->buf);
}
