#include "unit.h"
#include "../../gen/buf.h"
#include "../../gen/diff.h"

static struct buf b;

static struct str
diff(const char *old, const char *new)
{
	b.n = 0;
	diff_unified(&b, "old", str(old), "new", str(new));
	return buf_str(&b);
}

#define HEAD "--- old\n+++ new\n"

static void
equal(void **state)
{
	(void)state;
	assert_str(diff("", ""), "");
	assert_str(diff("a\nb\n", "a\nb\n"), "");
	assert_str(diff("a", "a"), "");
}

static void
whole(void **state)
{
	(void)state;
	assert_str(diff("", "a\n"), HEAD "@@ -0,0 +1 @@\n+a\n");
	assert_str(diff("a\n", ""), HEAD "@@ -1 +0,0 @@\n-a\n");
	assert_str(diff("", "a\nb\n"), HEAD "@@ -0,0 +1,2 @@\n+a\n+b\n");
	assert_str(diff("a\n", "b\n"), HEAD "@@ -1 +1 @@\n-a\n+b\n");
}

static void
ends(void **state)
{
	(void)state;
	assert_str(diff("a", "b"),
		HEAD "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n");
	assert_str(diff("a", "a\n"), HEAD "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
	assert_str(diff("a\nb\n", "a\nb"), HEAD "@@ -1,2 +1,2 @@\n a\n-b\n+b\n\\ No newline at end of file\n");
	assert_str(diff("x\na", "y\na"), HEAD "@@ -1,2 +1,2 @@\n-x\n+y\n a\n\\ No newline at end of file\n");
}

/* Three lines of context; changes that are six lines apart or less share a hunk. */
static void
context(void **state)
{
	(void)state;
	assert_str(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
		HEAD "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
	assert_str(diff("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n"),
		HEAD "@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
	assert_str(diff("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n"),
		HEAD "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n");
}

/* The edit is the shortest: Myers's own example. */
static void
shortest(void **state)
{
	struct str s = diff("a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n");
	size_t i, changes = 0;

	(void)state;
	for (i = sizeof(HEAD); i < s.n; i++)
		changes += s.s[i - 1] == '\n' && (s.s[i] == '-' || s.s[i] == '+');
	assert_int_equal(changes, 5);
	assert_str(diff("a\nb\nc\n", "a\nx\nb\nc\n"), HEAD "@@ -1,3 +1,4 @@\n a\n+x\n b\n c\n");
	assert_str(diff("a\nx\nb\nc\n", "a\nb\nc\n"), HEAD "@@ -1,4 +1,3 @@\n a\n-x\n b\n c\n");
}

/* Texts of many lines that have nothing in common are one removed and one added. */
static void
strangers(void **state)
{
	struct buf old = {0}, new = {0};
	size_t i, removed = 0, added = 0;
	struct str s;

	(void)state;
	for (i = 0; i < 3000; i++) {
		buf_printf(&old, "old %zu\n", i);
		buf_printf(&new, "new %zu\n", i);
	}
	b.n = 0;
	diff_unified(&b, "old", buf_str(&old), "new", buf_str(&new));
	s = buf_str(&b);
	assert_true(strstarts(s, HEAD "@@ -1,3000 +1,3000 @@\n-old 0\n"));
	for (i = sizeof(HEAD); i < s.n; i++) {
		removed += s.s[i - 1] == '\n' && s.s[i] == '-';
		added += s.s[i - 1] == '\n' && s.s[i] == '+';
	}
	assert_int_equal(removed, 3000);
	assert_int_equal(added, 3000);
	buf_free(&old);
	buf_free(&new);
}

/* A line of the text that is being read, or {NULL, 0}. */
static struct str
line(const char **p)
{
	const char *nl = strchr(*p, '\n');
	struct str s = {*p, nl ? (size_t)(nl - *p) + 1 : strlen(*p)};

	*p += s.n;
	return s;
}

/* Apply hunks of texts whose lines all end: what comes out must be the new text. */
static void
apply(const char *old, const char *patch, struct buf *out)
{
	unsigned long start, at = 1;
	struct str s;

	for (s = line(&patch); s.n > 0; s = line(&patch)) {
		if (s.s[0] == '@') {
			start = strtoul(s.s + 4, NULL, 10);
			start += strncmp(strpbrk(s.s + 4, ", "), ",0 ", 3) == 0;
			for (; at < start; at++)
				buf_addstr(out, line(&old));
		} else if (s.s[0] == ' ' || s.s[0] == '-') {
			struct str had = line(&old);

			assert_true(streq(had, (struct str){s.s + 1, s.n - 1}));
			at++;
			if (s.s[0] == ' ')
				buf_addstr(out, had);
		} else {
			assert_int_equal(s.s[0], '+');
			buf_add(out, s.s + 1, s.n - 1);
		}
	}
	buf_adds(out, old);
}

/* Texts of few different lines, so that there is much to choose. */
static void
random_text(uint32_t *seed, struct buf *out)
{
	unsigned n;

	*seed = *seed * 1664525 + 1013904223;
	for (n = *seed >> 16 & 31; n > 0; n--) {
		*seed = *seed * 1664525 + 1013904223;
		buf_printf(out, "%c\n", 'a' + (int)(*seed >> 24) % 3);
	}
	buf_addch(out, '\0');
}

static void
applied(void **state)
{
	struct buf old = {0}, new = {0}, out = {0};
	uint32_t seed = 1;
	int i;

	(void)state;
	for (i = 0; i < 2000; i++) {
		old.n = new.n = out.n = 0;
		random_text(&seed, &old);
		random_text(&seed, &new);
		diff(old.s, new.s);
		buf_addch(&b, '\0');
		if (b.n == 1)
			assert_string_equal(old.s, new.s);
		apply(old.s, b.n > 1 ? b.s + strlen(HEAD) : b.s, &out);
		buf_addch(&out, '\0');
		assert_string_equal(out.s, new.s);
	}
	buf_free(&old);
	buf_free(&new);
	buf_free(&out);
}

static int
finish(void **state)
{
	(void)state;
	buf_free(&b);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal),
		cmocka_unit_test(whole),
		cmocka_unit_test(ends),
		cmocka_unit_test(context),
		cmocka_unit_test(shortest),
		cmocka_unit_test(strangers),
		cmocka_unit_test(applied),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
