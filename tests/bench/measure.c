/* measure COMMAND [ARGUMENT...] - run it with its output thrown away, and print seconds, peak kilobytes and exit status. In C, as a
 * child's peak memory counts from the size of the process that made it. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* It is in 4.3BSD, not in POSIX. */
pid_t wait4(pid_t, int *, int, struct rusage *);

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	struct rusage usage;
	double start;
	int status, null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	pid_t child;

	if (argc < 2 || null < 0)
		return 2;
	start = now();
	child = fork();
	if (child == 0) {
		dup2(null, 1);
		execv(argv[1], argv + 1);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) != child)
		return 2;
	printf("%.9f %ld %d\n", now() - start, usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128);
	return 0;
}
