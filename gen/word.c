#include <string.h>
#include "util.h"
#include "buf.h"
#include "word.h"

static const struct {
	char sep;         /* between words */
	bool first, rest; /* capitals: the first letter of a word, and the others */
} cases[] = {
	[CASE_SNAKE] = {'_', false, false},
	[CASE_SCREAMING_SNAKE] = {'_', true, true},
	[CASE_CAMEL] = {'\0', true, false},
	[CASE_PASCAL] = {'\0', true, false},
	[CASE_KEBAB] = {'-', false, false},
	[CASE_SCREAMING_KEBAB] = {'-', true, true},
	[CASE_FLAT] = {'\0', false, false},
	[CASE_SCREAMING_FLAT] = {'\0', true, true},
	[CASE_TITLE] = {' ', true, false},
	[CASE_WORDS] = {' ', false, false},
};

const struct str *
word_cases(size_t *n)
{
	static const struct str names[] = {
		[CASE_SNAKE] = {"snake", 5},
		[CASE_SCREAMING_SNAKE] = {"screaming_snake", 15},
		[CASE_CAMEL] = {"camel", 5},
		[CASE_PASCAL] = {"pascal", 6},
		[CASE_KEBAB] = {"kebab", 5},
		[CASE_SCREAMING_KEBAB] = {"screaming_kebab", 15},
		[CASE_FLAT] = {"flat", 4},
		[CASE_SCREAMING_FLAT] = {"screaming_flat", 14},
		[CASE_TITLE] = {"title", 5},
		[CASE_WORDS] = {"words", 5},
	};

	*n = LEN(names);
	return names;
}

int
word_case(struct str name)
{
	size_t i, n;
	const struct str *names = word_cases(&n);

	for (i = 0; i < n; i++)
		if (streq(names[i], name))
			return (int)i;
	return -1;
}

bool
word_valid(struct str s)
{
	size_t i;
	char c, last = '_';

	for (i = 0; i < s.n; i++) {
		c = s.s[i];
		if (!((unsigned char)(c - 'a') < 26 || (unsigned char)(c - '0') < 10 || (c == '_' && last != '_')))
			return false;
		last = c;
	}
	return last != '_';
}

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

uint64_t
word_length(size_t n)
{
	return (uint64_t)1 << (n < 63 ? n : 63);
}

static bool
isinitialism(const struct initialisms *in, struct str word)
{
	size_t i;

	if (!in || !(in->lengths & word_length(word.n)))
		return false;
	for (i = 0; i < in->n; i++)
		if (streq(in->words[i], word))
			return true;
	return false;
}

void
word_join(struct buf *b, enum wordcase c)
{
	if (cases[c].sep)
		buf_addch(b, cases[c].sep);
}

/* Words whose letters are all small or all capitals. Returns the end. */
static char *
addeven(char *p, struct str words, enum wordcase c)
{
	bool capitals = cases[c].rest;
	char sep = cases[c].sep;
	size_t i;

	for (i = 0; i < words.n; i++) {
		if (words.s[i] != '_')
			*p++ = capitals ? upper(words.s[i]) : words.s[i];
		else if (sep)
			*p++ = sep;
	}
	return p;
}

/* Words that begin with capitals, but for the first in camel case. Returns the end. */
static char *
addmixed(char *p, struct str words, enum wordcase c, const struct initialisms *in, bool camel)
{
	const char *s = words.s, *end = s + words.n, *word;

	for (;;) {
		word = s;
		*p++ = camel ? *s : upper(*s);
		while (++s < end && *s != '_')
			*p++ = *s;
		if (!camel && isinitialism(in, (struct str){word, (size_t)(s - word)}))
			for (p -= s - word; word < s; word++)
				*p++ = upper(*word);
		camel = false;
		if (s == end)
			return p;
		s++;
		if (cases[c].sep)
			*p++ = cases[c].sep;
	}
}

void
word_add(struct buf *b, struct str words, enum wordcase c, const struct initialisms *in, enum wordstart start)
{
	char *begin = buf_room(b, words.n + 1), *p = begin;

	if (words.n == 0)
		return;
	if (start == WORDS_BEFORE && cases[c].sep)
		*p++ = cases[c].sep;
	if (cases[c].first == cases[c].rest)
		p = addeven(p, words, c);
	else
		p = addmixed(p, words, c, in, c == CASE_CAMEL && start == WORDS_NONE);
	b->n += (size_t)(p - begin);
}
