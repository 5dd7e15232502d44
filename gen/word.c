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

static bool
isinitialism(const struct initialisms *in, struct str word)
{
	size_t i;

	for (i = 0; in && i < in->n; i++)
		if (streq(in->words[i], word))
			return true;
	return false;
}

/* Write a word at p; returns the end. */
static char *
addword(char *p, struct str word, bool first, bool rest)
{
	size_t i;

	*p++ = first ? upper(word.s[0]) : word.s[0];
	for (i = 1; i < word.n; i++)
		*p++ = rest ? upper(word.s[i]) : word.s[i];
	return p;
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
	struct str word;

	for (;;) {
		for (word = (struct str){words.s, 0}; word.n < words.n && words.s[word.n] != '_'; word.n++)
			;
		p = addword(p, word, !camel, !camel && isinitialism(in, word));
		camel = false;
		if (word.n == words.n)
			return p;
		if (cases[c].sep)
			*p++ = cases[c].sep;
		words.s += word.n + 1;
		words.n -= word.n + 1;
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
