#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "utf8.h"
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

/* The letters that Unicode decomposes into one of a to z and accents: those from U+00C0 to U+024F and from U+1E00 to
 * U+1EFF, a byte each, '.' for others. */
static const char latin[] = "aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.y"
			    "aaaaaaccccccccdd..eeeeeeeeeegggggggghh..iiiiiiiii...jjkk.llllll."
			    "...nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzz."
			    "................................oo.............uu..............."
			    ".............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa...."
			    "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............"
			    "................";
static const char additional[] = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
				 "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
				 "wwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
				 "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

/* The letter or digit that a code point is without case and accents; ' for what joins letters to a word, and a blank
 * for all else. */
static char
plain(uint32_t code)
{
	char c = ' ';

	if (code - 'a' < 26 || code - '0' < 10)
		return (char)code;
	if (code - 'A' < 26)
		return (char)(code - 'A' + 'a');
	if (code == '\'' || code == 0x2018 || code == 0x2019 || code == 0x02bc || (code >= 0x300 && code <= 0x36f))
		return '\'';
	if (code >= 0xc0 && code < 0xc0 + LEN(latin) - 1)
		c = latin[code - 0xc0];
	else if (code >= 0x1e00 && code < 0x1e00 + LEN(additional) - 1)
		c = additional[code - 0x1e00];
	return c == '.' ? ' ' : c;
}

struct str
word_from(struct arena *a, struct str text)
{
	char *words = arena_bytes(a, text.n + 1), c;
	size_t i, len, n = 0;
	bool gap = false;
	uint32_t code;

	if (streqs(text, "*"))
		return LITERAL("asterisk");
	for (i = 0; i < text.n; i += len) {
		len = utf8_decode(text.s + i, text.n - i, &code);
		c = len > 0 ? plain(code) : ' ';
		len = len > 0 ? len : 1;
		if (c == '\'')
			continue;
		if (c == ' ') {
			if (n >= WORD_LONGEST)
				break;
			gap = n > 0;
			continue;
		}
		if (gap)
			words[n++] = '_';
		gap = false;
		words[n++] = c;
	}
	return (struct str){words, n};
}
