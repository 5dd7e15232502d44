#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "util.h"
#include "buf.h"
#include "file.h"
#include "worker.h"

struct worker {
	pid_t pid;
	struct buf *result;
};

struct workers {
	struct worker *list;
	struct pollfd *polls; /* of each, the pipe that its result comes through */
	size_t n;
	bool ok;
};

/* What goes wrong is for another to tell, who does the work again. */
static bool
silence(void)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	return null >= 0 && dup2(null, STDOUT_FILENO) >= 0 && dup2(null, STDERR_FILENO) >= 0;
}

/* Begin a piece of work; false if there cannot be a process for it. */
static bool
begin(struct workers *w, bool (*work)(void *, size_t, struct buf *), void *data, size_t piece, struct buf *result)
{
	struct buf b = {0};
	int ends[2];
	pid_t pid;
	bool ok;

	if (pipe(ends) != 0)
		return false;
	pid = fork();
	if (pid == 0) {
		ok = silence() && work(data, piece, &b) && file_write(ends[1], buf_str(&b));
		_exit(ok ? 0 : 1);
	}
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		return false;
	}
	w->list[w->n] = (struct worker){pid, result};
	w->polls[w->n++] = (struct pollfd){.fd = ends[0], .events = POLLIN};
	return true;
}

/* A worker has closed its pipe, so it is about to end. */
static void
end(struct workers *w, size_t i)
{
	int status = 0;
	pid_t pid;

	close(w->polls[i].fd);
	do
		pid = waitpid(w->list[i].pid, &status, 0);
	while (pid < 0 && errno == EINTR);
	if (pid < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		w->ok = false;
	w->list[i] = w->list[--w->n];
	w->polls[i] = w->polls[w->n];
}

/* Take what has come from the workers; those that have ended are no longer among them. */
static void
take(struct workers *w)
{
	char block[1 << 12];
	ssize_t got;
	size_t i;

	if (poll(w->polls, (nfds_t)w->n, -1) < 0)
		return;
	for (i = w->n; i-- > 0;) {
		if (w->polls[i].revents == 0)
			continue;
		got = read(w->polls[i].fd, block, sizeof(block));
		if (got > 0)
			buf_add(w->list[i].result, block, (size_t)got);
		else if (got == 0 || errno != EINTR)
			end(w, i);
	}
}

bool
worker_run(size_t n, size_t atonce, bool (*work)(void *, size_t, struct buf *), void *data, struct buf *results)
{
	struct workers w = {.ok = true};
	size_t piece = 0, i;

	if (atonce > n)
		atonce = n;
	w.list = xmalloc(atonce, sizeof(*w.list));
	w.polls = xmalloc(atonce, sizeof(*w.polls));
	while (w.n > 0 || (w.ok && piece < n)) {
		for (; w.ok && piece < n && w.n < atonce; piece++)
			w.ok = begin(&w, work, data, piece, &results[piece]);
		for (i = 0; !w.ok && i < w.n; i++)
			kill(w.list[i].pid, SIGKILL);
		if (w.n > 0)
			take(&w);
	}
	free(w.list);
	free(w.polls);
	return w.ok;
}

size_t
worker_processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n > 0 ? (size_t)n : 1;
}
