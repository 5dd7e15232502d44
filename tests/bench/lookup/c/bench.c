/* bench.c - how long a lookup takes: 65,536 random ones, the best of many rounds in which contestants take turns.
 * usage: bench WHAT BYTES... - a line for each contestant; BYTES in the order of the tables below. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "value.h"

enum { QUERIES = 65536, ROUNDS = 41 };

const char *ours_text(value);
const char *switch_text(value);
const char *array_text(value);
const char *bsearch_text(value);
bool ours_parse(const char *, size_t, value *);
bool gperf_parse(const char *, size_t, value *);
bool switch_parse(const char *, size_t, value *);
bool bsearch_parse(const char *, size_t, value *);
bool hsearch_parse(const char *, size_t, value *);
void hsearch_make(void);

extern const value known[];
extern const size_t nknown;
extern const struct named names[];
extern const size_t nnames;

static const struct {
	const char *name;
	const char *(*text)(value);
} texts[] = {{"ours", ours_text}, {"array", array_text}, {"switch", switch_text}, {"bsearch", bsearch_text}};

static const struct {
	const char *name;
	bool (*parse)(const char *, size_t, value *);
} parses[] = {{"ours", ours_parse}, {"gperf", gperf_parse}, {"switch", switch_parse}, {"bsearch", bsearch_parse},
	{"hsearch", hsearch_parse}};

enum {
	TEXTS = sizeof(texts) / sizeof(texts[0]),
	PARSES = sizeof(parses) / sizeof(parses[0]),
};

static struct {
	const char *name;
	size_t length;
} asked[QUERIES];
static value values[QUERIES];
static volatile uint64_t sink;

static uint32_t
draw(void)
{
	static uint32_t state = 2463534242u;

	state ^= state << 13;
	state ^= state >> 17;
	return state ^= state << 5;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Random values and names that are known, or for misses are as long and differ in one place. */
static void
ask(bool hit)
{
	const struct named *e;
	size_t i, k, length;
	char *s;

	for (i = 0; i < QUERIES; i++) {
		k = draw() % nknown;
		values[i] = known[k] + (hit ? 0 : known[nknown - 1] + 1);
		e = &names[draw() % nnames];
		length = strlen(e->name);
		s = malloc(length + 1);
		if (!s)
			exit(2);
		memcpy(s, e->name, length + 1);
		if (!hit)
			s[draw() % length] ^= 0x20;
		asked[i].name = s;
		asked[i].length = length;
	}
}

/* All contestants must say the same. */
static void
agree(bool hit)
{
	value v, w;
	size_t i, k;

	for (i = 0; i < QUERIES; i++) {
		for (k = 0; k < TEXTS; k++)
			if (strcmp(texts[k].text(values[i]), texts[0].text(values[i])) != 0 ||
				(texts[k].text(values[i])[0] != '\0') != hit) {
				fprintf(stderr, "%s: another text\n", texts[k].name);
				exit(1);
			}
		for (k = 0; k < PARSES; k++) {
			v = w = 0;
			if (parses[k].parse(asked[i].name, asked[i].length, &v) != hit ||
				parses[0].parse(asked[i].name, asked[i].length, &w) != hit || v != w) {
				fprintf(stderr, "%s: another value of %s\n", parses[k].name, asked[i].name);
				exit(1);
			}
		}
	}
}

static double
timetext(size_t contestant)
{
	const char *(*text)(value) = texts[contestant].text;
	double start = now();
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < QUERIES; i++)
		sum += (uintptr_t)text(values[i]);
	sink = sum;
	return (now() - start) / QUERIES;
}

static double
timeparse(size_t contestant)
{
	bool (*parse)(const char *, size_t, value *) = parses[contestant].parse;
	double start = now();
	uint64_t sum = 0;
	value v = 0;
	size_t i;

	for (i = 0; i < QUERIES; i++)
		sum += parse(asked[i].name, asked[i].length, &v) + (uint64_t)v;
	sink = sum;
	return (now() - start) / QUERIES;
}

static void
race(const char *what, const char *kind, double (*time)(size_t), char **bytes, bool parse)
{
	double best[TEXTS > PARSES ? TEXTS : PARSES], ns;
	size_t round, i, n = parse ? PARSES : TEXTS;

	for (round = 0; round < ROUNDS; round++)
		for (i = 0; i < n; i++) {
			ns = time(i);
			if (round == 0 || ns < best[i])
				best[i] = ns;
		}
	for (i = 0; i < n; i++)
		printf("c  %s %s  %s  %.2f  %s\n", what, kind, parse ? parses[i].name : texts[i].name, best[i], bytes[i]);
	printf("# %s %s: %.2f times %s\n", what, kind, best[0] / best[1], parse ? parses[1].name : texts[1].name);
}

int
main(int argc, char **argv)
{
	if (argc != 2 + TEXTS + PARSES)
		return 2;
	hsearch_make();
	ask(true);
	agree(true);
	race(argv[1], "text", timetext, argv + 2, false);
	race(argv[1], "parse", timeparse, argv + 2 + TEXTS, true);
	ask(false);
	agree(false);
	race(argv[1], "text-miss", timetext, argv + 2, false);
	race(argv[1], "parse-miss", timeparse, argv + 2 + TEXTS, true);
	return 0;
}
