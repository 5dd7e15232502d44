#include <signal.h>
#include "unit.h"
#include "../../gen/buf.h"
#include "../../gen/worker.h"

enum { PIECES = 7, LONG = 300000 };

static void
freeall(struct buf *results, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		buf_free(&results[i]);
}

/* As many bytes as a pipe takes several times over, of a letter that goes by the piece; none of the first. */
static bool
letters(void *data, size_t piece, struct buf *b)
{
	size_t i;

	(void)data;
	for (i = 0; i < piece * LONG; i++)
		buf_addch(b, (int)('a' + piece));
	return true;
}

static void
every_result(void **state)
{
	struct buf results[PIECES];
	size_t atonce, i, k;

	(void)state;
	for (atonce = 1; atonce <= PIECES + 1; atonce++) {
		memset(results, 0, sizeof(results));
		assert_true(worker_run(PIECES, atonce, letters, NULL, results));
		for (i = 0; i < PIECES; i++) {
			assert_int_equal(results[i].n, i * LONG);
			for (k = 0; k < results[i].n; k++)
				if (results[i].s[k] != (char)('a' + i))
					fail_msg("piece %zu has a wrong byte at %zu", i, k);
		}
		freeall(results, PIECES);
	}
	assert_true(worker_run(0, 3, letters, NULL, results));
}

/* Pipes that pieces wait for each other with. */
struct meeting {
	int ends[2][2];
};

/* Each tells the other that it is there before it goes on. */
static bool
meet(void *data, size_t piece, struct buf *b)
{
	struct meeting *m = data;
	char c = 'x';

	(void)b;
	return write(m->ends[piece][1], &c, 1) == 1 && read(m->ends[1 - piece][0], &c, 1) == 1;
}

static void
side_by_side(void **state)
{
	struct buf results[2] = {{0}, {0}};
	struct meeting m;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++)
		assert_int_equal(pipe(m.ends[i]), 0);
	assert_true(worker_run(2, 2, meet, &m, results));
	for (i = 0; i < 2; i++) {
		close(m.ends[i][0]);
		close(m.ends[i][1]);
	}
}

/* The number of a piece goes into a pipe when it is done. */
static bool
count(void *data, size_t piece, struct buf *b)
{
	char c = (char)('0' + piece);

	(void)b;
	return write(((int *)data)[1], &c, 1) == 1;
}

static void
one_after_another(void **state)
{
	struct buf results[PIECES];
	char order[PIECES + 1];
	int ends[2];

	(void)state;
	memset(results, 0, sizeof(results));
	assert_int_equal(pipe(ends), 0);
	assert_true(worker_run(PIECES, 1, count, ends, results));
	assert_int_equal(read(ends[0], order, sizeof(order)), PIECES);
	assert_memory_equal(order, "0123456", PIECES);
	close(ends[0]);
	close(ends[1]);
}

/* How the second of three pieces ends; the others would never. */
enum ending { FALSE, EXIT, SIGNAL };

static bool
stop(void *data, size_t piece, struct buf *b)
{
	buf_addch(b, 'x');
	for (; piece != 1;)
		pause();
	if (*(enum ending *)data == EXIT)
		_exit(2);
	if (*(enum ending *)data == SIGNAL)
		raise(SIGKILL);
	return false;
}

static void
one_fails(void **state)
{
	struct buf results[3];
	enum ending how;

	(void)state;
	for (how = FALSE; how <= SIGNAL; how++) {
		memset(results, 0, sizeof(results));
		/* that this returns shows that the first was killed, and the third not begun */
		assert_false(worker_run(3, 2, stop, &how, results));
		freeall(results, 3);
	}
}

static bool
chat(void *data, size_t piece, struct buf *b)
{
	(void)data, (void)piece, (void)b;
	printf("this is not to be seen\n");
	fprintf(stderr, "nor is this\n");
	return fflush(stdout) == 0;
}

/* What a worker prints is lost, and what was printed before it is not printed twice. */
static void
silent(void **state)
{
	struct buf results[2] = {{0}, {0}};
	char said[64];
	int ends[2], out, err;
	ssize_t n;

	(void)state;
	fflush(stdout);
	out = dup(1);
	err = dup(2);
	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], 1);
	dup2(ends[1], 2);
	printf("before");
	assert_true(worker_run(2, 2, chat, NULL, results));
	fflush(stdout);
	dup2(out, 1);
	dup2(err, 2);
	close(ends[1]);
	n = read(ends[0], said, sizeof(said));
	assert_true(n == 6 && memcmp(said, "before", 6) == 0);
	close(ends[0]);
	close(out);
	close(err);
}

/* A parent that does not want to hear of its children's ends is told that the work was not done, as nobody knows. */
static void
children_ignored(void **state)
{
	struct buf results[2] = {{0}, {0}};

	(void)state;
	signal(SIGCHLD, SIG_IGN);
	assert_false(worker_run(2, 2, letters, NULL, results));
	signal(SIGCHLD, SIG_DFL);
	freeall(results, 2);
}

static void
processors(void **state)
{
	(void)state;
	assert_true(worker_processors() >= 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_result),
		cmocka_unit_test(side_by_side),
		cmocka_unit_test(one_after_another),
		cmocka_unit_test(one_fails),
		cmocka_unit_test(silent),
		cmocka_unit_test(children_ignored),
		cmocka_unit_test(processors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
