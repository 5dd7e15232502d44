#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "file.h"

/* Read until the end or until n bytes are there; returns how many, or -1. */
static ssize_t
readall(int fd, char *s, size_t n)
{
	size_t got = 0;
	ssize_t r;

	while (got < n) {
		r = read(fd, s + got, n - got);
		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return -1;
		if (r == 0)
			break;
		got += (size_t)r;
	}
	return (ssize_t)got;
}

static bool
readregular(struct arena *a, int fd, size_t size, struct str *text)
{
	char *s = arena_bytes(a, size + 1);
	ssize_t n = readall(fd, s, size);

	if (n < 0)
		return false;
	s[n] = '\0';
	*text = (struct str){s, (size_t)n};
	return true;
}

bool
file_slurp(int fd, struct buf *b)
{
	char s[1 << 14];
	ssize_t n;

	while ((n = readall(fd, s, sizeof(s))) > 0)
		buf_add(b, s, (size_t)n);
	return n == 0;
}

static bool
readstream(struct arena *a, int fd, struct str *text)
{
	struct buf b = {0};
	bool ok = file_slurp(fd, &b);

	if (ok)
		*text = (struct str){arena_copy(a, b.s, b.n), b.n};
	buf_free(&b);
	return ok;
}

bool
file_isregular(int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return false;
	errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
	return S_ISREG(st.st_mode);
}

bool
file_read(struct arena *a, const char *path, struct str *text)
{
	bool input = strcmp(path, "-") == 0, ok;
	int fd = input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC), saved;
	struct stat st;

	if (fd < 0)
		return false;
	ok = fstat(fd, &st) == 0;
	if (ok && S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		ok = false;
	} else if (ok && S_ISREG(st.st_mode) && st.st_size > 0 && !input) {
		ok = readregular(a, fd, (size_t)st.st_size, text);
	} else if (ok) {
		ok = readstream(a, fd, text);
	}
	saved = errno;
	if (!input)
		close(fd);
	errno = saved;
	if (ok && strstarts(*text, "\xef\xbb\xbf")) {
		text->s += 3;
		text->n -= 3;
	}
	return ok;
}

bool
file_write(int fd, struct str s)
{
	ssize_t w;

	while (s.n > 0) {
		w = write(fd, s.s, s.n);
		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0)
			return false;
		s.s += w;
		s.n -= (size_t)w;
	}
	return true;
}

static int
ordernames(const void *a, const void *b)
{
	return strorder(*(const struct str *)a, *(const struct str *)b);
}

struct str *
file_list(struct arena *a, const char *dir, const char *suffix, size_t *n)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	struct str *list = NULL, *copy, name;
	size_t cap = 0, end = strlen(suffix);

	if (!d)
		return NULL;
	*n = 0;
	while ((e = readdir(d))) {
		name = str(e->d_name);
		if (name.s[0] == '.' || name.n < end || strcmp(name.s + name.n - end, suffix) != 0)
			continue;
		list = xgrow(list, *n, &cap, sizeof(*list));
		list[(*n)++] = (struct str){arena_copy(a, name.s, name.n - end), name.n - end};
	}
	closedir(d);
	copy = arena_array(a, *n + 1, sizeof(*copy));
	if (list) {
		memcpy(copy, list, *n * sizeof(*copy));
		qsort(copy, *n, sizeof(*copy), ordernames);
	}
	free(list);
	return copy;
}

char *
file_join(struct arena *a, const char *dir, struct str name)
{
	if (!dir)
		return arena_copy(a, name.s, name.n);
	return arena_printf(a, "%s/%.*s", dir, (int)name.n, name.s);
}
