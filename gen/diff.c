/* Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), on what is left when equal lines at both ends are
 * taken away. Texts that differ in more than LIMIT lines are shown as one removed and one added. */
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "buf.h"
#include "diff.h"

enum { LIMIT = 2000, CONTEXT = 3 };

struct lines {
	struct str *list;
	size_t n;
};

/* The same old line is kept or removed, the same new line is kept or added. */
struct marks {
	bool *removed, *added;
};

static struct lines
split(struct str s)
{
	struct lines l = {0};
	size_t cap = 0, n;
	const char *nl;

	while (s.n > 0) {
		nl = memchr(s.s, '\n', s.n);
		n = nl ? (size_t)(nl - s.s) + 1 : s.n;
		l.list = xgrow(l.list, l.n, &cap, sizeof(*l.list));
		l.list[l.n++] = (struct str){s.s, n};
		s.s += n;
		s.n -= n;
	}
	return l;
}

/* Walk the saved frontiers back from the end and mark what was removed and added. */
static void
backtrack(long *const *frontiers, long d, long x, long y, struct marks m)
{
	const long *v;
	long k, px, py;

	for (; d > 0; d--) {
		v = frontiers[d - 1] + d - 1;
		k = x - y;
		if (k == -d || (k != d && v[k - 1] < v[k + 1])) {
			px = v[k + 1];
			py = px - (k + 1);
			m.added[py] = true;
		} else {
			px = v[k - 1];
			py = px - (k - 1);
			m.removed[px] = true;
		}
		x = px;
		y = py;
	}
}

/* The furthest x on each diagonal after d edits is frontiers[d][d + k]. Returns false if the limit was passed. */
static bool
myers(const struct str *a, long n, const struct str *b, long m, struct marks marks)
{
	long *frontiers[LIMIT + 1];
	long d, k, x = 0, y = 0, i;
	const long *v;
	bool found = false;

	for (d = 0; d <= LIMIT && !found; d++) {
		frontiers[d] = xmalloc((size_t)(2 * d + 1), sizeof(long));
		v = d > 0 ? frontiers[d - 1] + d - 1 : NULL;
		for (k = -d; k <= d; k += 2) {
			if (d == 0)
				x = 0;
			else if (k == -d || (k != d && v[k - 1] < v[k + 1]))
				x = v[k + 1];
			else
				x = v[k - 1] + 1;
			for (y = x - k; x < n && y < m && streq(a[x], b[y]); x++, y++)
				;
			frontiers[d][d + k] = x;
			found = x >= n && y >= m;
			if (found)
				break;
		}
	}
	d--;
	if (found)
		backtrack(frontiers, d, x, y, marks);
	for (i = 0; i <= d; i++)
		free(frontiers[i]);
	return found;
}

static void
addline(struct buf *b, char sign, struct str s)
{
	buf_addch(b, sign);
	buf_addstr(b, s);
	if (s.s[s.n - 1] != '\n')
		buf_adds(b, "\n\\ No newline at end of file\n");
}

static void
range(struct buf *b, char sign, size_t start, size_t n)
{
	if (n == 1)
		buf_printf(b, "%c%zu", sign, start + 1);
	else
		buf_printf(b, "%c%zu,%zu", sign, n ? start + 1 : start, n);
}

/* The hunk that begins at the first change at or behind old line i and new line j; false if there is none. Moves both
 * behind it. */
static bool
hunk(struct buf *b, struct lines old, struct lines new, struct marks m, size_t *i, size_t *j)
{
	size_t a = *i, c = *j, enda, endc, quiet = 0, before, x, y;

	while (a < old.n && c < new.n && !m.removed[a] && !m.added[c])
		a++, c++;
	if (a == old.n && c == new.n)
		return false;
	before = a - *i < CONTEXT ? a - *i : CONTEXT;
	for (enda = a, endc = c; (enda < old.n || endc < new.n) && quiet <= (size_t)2 * CONTEXT;) {
		if (enda < old.n && m.removed[enda])
			enda++, quiet = 0;
		else if (endc < new.n && m.added[endc])
			endc++, quiet = 0;
		else
			enda++, endc++, quiet++;
	}
	if (quiet > CONTEXT)
		enda -= quiet - CONTEXT, endc -= quiet - CONTEXT;
	buf_adds(b, "@@ ");
	range(b, '-', a - before, enda - a + before);
	buf_addch(b, ' ');
	range(b, '+', c - before, endc - c + before);
	buf_adds(b, " @@\n");
	for (x = a - before, y = c - before; x < enda || y < endc;) {
		if (x < enda && m.removed[x])
			addline(b, '-', old.list[x++]);
		else if (y < endc && m.added[y])
			addline(b, '+', new.list[y++]);
		else
			addline(b, ' ', old.list[x++]), y++;
	}
	*i = enda;
	*j = endc;
	return true;
}

void
diff_unified(struct buf *b, const char *oldname, struct str old, const char *newname, struct str new)
{
	struct lines a = split(old), c = split(new);
	struct marks m = {xmalloc(a.n + 1, sizeof(bool)), xmalloc(c.n + 1, sizeof(bool))};
	size_t start = 0, end = 0, i = 0, j = 0, k;

	memset(m.removed, 0, (a.n + 1) * sizeof(bool));
	memset(m.added, 0, (c.n + 1) * sizeof(bool));
	while (start < a.n && start < c.n && streq(a.list[start], c.list[start]))
		start++;
	while (end < a.n - start && end < c.n - start && streq(a.list[a.n - 1 - end], c.list[c.n - 1 - end]))
		end++;
	if (!myers(a.list + start, (long)(a.n - start - end), c.list + start, (long)(c.n - start - end),
		    (struct marks){m.removed + start, m.added + start})) {
		for (k = start; k < a.n - end; k++)
			m.removed[k] = true;
		for (k = start; k < c.n - end; k++)
			m.added[k] = true;
	}
	if (a.n != c.n || start < a.n)
		buf_printf(b, "--- %s\n+++ %s\n", oldname, newname);
	while (hunk(b, a, c, m, &i, &j))
		;
	free(a.list);
	free(c.list);
	free(m.removed);
	free(m.added);
}
