/* ask.c - answers the questions of a file, line by line, as judge.py writes them. usage: ask questions.tsv */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "ask.h"

void
put(const char *s)
{
	putchar('\t');
	for (; *s; s++) {
		if (*s == '\t' || *s == '\n' || *s == '\r' || *s == '\\')
			printf("\\%c", *s == '\t' ? 't' : *s == '\n' ? 'n' : *s == '\r' ? 'r' : '\\');
		else
			putchar(*s);
	}
}

void
put_bool(bool b)
{
	put(b ? "true" : "false");
}

void
put_int(int n)
{
	printf("\t%d", n);
}

void
put_int64_t(int64_t n)
{
	printf("\t%" PRId64, n);
}

void
put_uint32_t(uint32_t n)
{
	printf("\t%" PRIu32, n);
}

void
put_uint64_t(uint64_t n)
{
	printf("\t%" PRIu64, n);
}

void
putstatus(unsigned status)
{
	static const char *const words[] = {"", "assigned", "provisional", "temporary", "deprecated", "obsoleted", "reserved", "unassigned",
	    "private_use", "experimental", "unofficial", "withdrawn"};

	put(status < sizeof(words) / sizeof(words[0]) ? words[status] : "a status that is none");
}

uint64_t
tonumber(const char *s)
{
	return *s == '-' ? (uint64_t)strtoll(s, NULL, 10) : strtoull(s, NULL, 10);
}

/* In place, with a NUL behind; there may be NULs before, so the length is returned. */
static size_t
unescape(char *s)
{
	char *from = s, *to = s;

	for (; *from; from++) {
		if (*from == '\\') {
			from++;
			*to++ = *from == 't' ? '\t' : *from == 'n' ? '\n' : *from == 'r' ? '\r' : *from == '0' ? '\0' : *from;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return (size_t)(to - s);
}

static const struct adaptor *
find(const char *id)
{
	static const struct adaptor *last;
	size_t i;

	if (last && strcmp(last->id, id) == 0)
		return last;
	for (i = 0; adaptors[i] && strcmp(adaptors[i]->id, id) != 0; i++)
		;
	return last = adaptors[i];
}

int
main(int argc, char *argv[])
{
	static char line[1 << 20];
	static const char kinds[] = "VNACK";
	const struct adaptor *a;
	char *kind, *rest;
	size_t n;
	FILE *f = argc == 2 ? fopen(argv[1], "r") : NULL;

	if (!f) {
		fprintf(stderr, "usage: ask questions.tsv\n");
		return 2;
	}
	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		fputs(line, stdout);
		kind = strchr(line, '\t');
		rest = kind ? strchr(kind + 1, '\t') : NULL;
		if (!rest)
			return 2;
		*kind++ = *rest++ = '\0';
		n = unescape(rest);
		a = find(line);
		if (!a) {
			fprintf(stderr, "%s is not in the package\n", line);
			return 1;
		}
		a->answer[strchr(kinds, *kind) - kinds](rest, n);
		putchar('\n');
	}
	fclose(f);
	return ferror(stdout) != 0 || fflush(stdout) != 0;
}
