/* rows.h - the lines of vectors.tsv, and how often a header said what they say. It comes behind adaptor.h. */
enum { COLUMNS = 8 };

struct row {
	char *column[COLUMNS];    /* those behind the last are empty */
};

static struct row *rows;
static size_t nrows, nchecks, nfailures;

static void
check(int good, const char *id, const char *value, const char *what, const char *got, const char *want)
{
	nchecks++;
	if (good)
		return;
	if (nfailures++ < 20)
		fprintf(stderr, "%s %s: %s is '%s', not '%s'\n", id, value, what, got, want);
}

static void
checktext(const char *id, const char *value, const char *what, const char *got, const char *want)
{
	check(strcmp(got, want) == 0, id, value, what, got, want);
}

/* What is absent is empty here. */
static char *
unescape(char *s)
{
	char *from = s, *to = s;

	if (strcmp(s, "-") == 0)
		return strcpy(s, "");
	for (; *from; from++) {
		if (*from == '\\') {
			from++;
			*to++ = *from == 't' ? '\t' : *from == 'n' ? '\n' : *from == 'r' ? '\r' : *from;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return s;
}

/* All of a file; it ends the program if it cannot be read. */
static char *
readall(const char *path)
{
	FILE *f = fopen(path, "r");
	size_t cap = 1 << 16, len = 0, n;
	char *all = (char *)malloc(cap);

	if (!f || !all) {
		perror(path);
		exit(2);
	}
	while ((n = fread(all + len, 1, cap - len - 1, f)) > 0) {
		len += n;
		if (cap - len < 2 && (all = (char *)realloc(all, cap *= 2)) == NULL)
			exit(2);
	}
	fclose(f);
	all[len] = '\0';
	return all;
}

static void
readrow(struct row *r, char *line, char *end)
{
	char *tab;
	int n = 0;

	while (n < COLUMNS) {
		tab = strchr(line, '\t');
		if (tab)
			*tab = '\0';
		r->column[n++] = unescape(line);
		if (!tab)
			break;
		line = tab + 1;
	}
	while (n < COLUMNS)
		r->column[n++] = end;
}

static void
readvectors(const char *path)
{
	char *all = readall(path), *line, *next;
	size_t n = 0;

	for (line = all; *line; line++)
		n += *line == '\n';
	rows = (struct row *)calloc(n + 1, sizeof(*rows));
	if (!rows)
		exit(2);
	for (line = all; (next = strchr(line, '\n')) != NULL; line = next + 1) {
		*next = '\0';
		if (*line != '#')
			readrow(&rows[nrows++], line, next);
	}
}

static int
is(const struct row *r, const struct adaptor *a, const char *kind)
{
	return strcmp(r->column[0], kind) == 0 && strcmp(r->column[1], a->id) == 0;
}

/* What a field of a type is that would be `want`: an integer that is absent is 0. */
static const char *
orzero(const char *want, const char *type)
{
	return !*want && (type[0] == 'u' || type[0] == 'i') && type[1] >= '0' && type[1] <= '9' ? "0" : want;
}

/* content_too_large is CONTENT_TOO_LARGE in C. */
static const char *
constant(const char *words)
{
	static char s[512];
	size_t i;

	for (i = 0; words[i] && i < sizeof(s) - 2; i++)
		s[i] = words[i] >= 'a' && words[i] <= 'z' ? (char)(words[i] - 'a' + 'A') : words[i];
	s[i] = '\0';
	if (strcmp(s, "MAP") == 0 || strcmp(s, "COUNT") == 0 || strcmp(s, "H") == 0)
		strcat(s, "_");
	return s;
}

/* Whether every registry has lines of this kind, which each of its kind has, and each line of that kind has a registry in the header. */
static int
complete(const struct adaptor *all, size_t n, const char *kind)
{
	size_t i, j;

	for (i = 0; i < n; i++) {
		for (j = 0; j < nrows && !is(&rows[j], &all[i], kind); j++)
			;
		if (j == nrows) {
			fprintf(stderr, "%s has no line '%s' in the vectors\n", all[i].id, kind);
			return 0;
		}
	}
	for (j = 0; j < nrows; j++) {
		for (i = 0; i < n && strcmp(all[i].id, rows[j].column[1]) != 0; i++)
			;
		if (i == n && strcmp(rows[j].column[0], kind) == 0) {
			fprintf(stderr, "%s has no line in " REGISTRIES "\n", rows[j].column[1]);
			return 0;
		}
	}
	return 1;
}
