/* unit.h - what every unit test includes. Each source here is a program: cmocka prints TAP with
 * CMOCKA_MESSAGE_OUTPUT=TAP. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "../../gen/util.h"

/* A literal as a slice; it may hold NULs. */
#define S(literal) ((struct str){literal, sizeof(literal) - 1})

/* Fail unless the slice is this literal, byte by byte. */
#define assert_str(got, literal) same(got, S(literal), __FILE__, __LINE__)

static inline void
same(struct str got, struct str want, const char *file, int line)
{
	if (streq(got, want))
		return;
	print_error("'%.*s' is not '%.*s'\n", (int)got.n, got.s, (int)want.n, want.s);
	_fail(file, line);
}

/* The exit status of a function that runs in a process of its own, without its messages. */
static inline int
statusof(void (*function)(void))
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(100);
		function();
		_exit(101);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
