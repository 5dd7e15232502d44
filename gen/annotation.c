/* What counts is where words stand: they are the whole text, or begin a parenthesis, or follow a dash. The same words
 * elsewhere are part of a name. */
#include <string.h>
#include "util.h"
#include "arena.h"
#include "annotation.h"
#include "buf.h"
#include "decode.h"
#include "status.h"

/* Longer texts are prose, and a text has no more annotations than that. */
enum { LONGEST = 1024, MOST = 8 };

/* What may follow a phrase for it to be an annotation. */
enum follow {
	FOLLOW_END,     /* nothing, or what is set apart: a parenthesis, a comma */
	FOLLOW_CLAUSE,  /* that, or a word that makes a clause: "reserved for ...", "temporary registration" */
	FOLLOW_ANYTHING /* any word */
};

struct phrase {
	const char *words; /* in small letters; with '*' at the end it is the start of a word */
	unsigned char status, follow;
};

/* Whole texts; of those that begin alike the longer stands first. */
static const struct phrase wholes[] = {
	{"removed/unassigned", STATUS_UNASSIGNED, FOLLOW_CLAUSE},
	{"unassigned", STATUS_UNASSIGNED, FOLLOW_CLAUSE},
	{"unallocated", STATUS_UNASSIGNED, FOLLOW_CLAUSE},
	{"not assigned", STATUS_UNASSIGNED, FOLLOW_END},
	{"not allocated", STATUS_UNASSIGNED, FOLLOW_END},
	{"currently unassigned", STATUS_UNASSIGNED, FOLLOW_CLAUSE},
	{"available for assignment", STATUS_UNASSIGNED, FOLLOW_CLAUSE},
	{"available for allocation", STATUS_UNASSIGNED, FOLLOW_CLAUSE},
	{"reserved for private", STATUS_PRIVATE_USE, FOLLOW_ANYTHING},
	{"private use", STATUS_PRIVATE_USE, FOLLOW_CLAUSE},
	{"private/experimental use", STATUS_PRIVATE_USE, FOLLOW_CLAUSE},
	{"private or experimental use", STATUS_PRIVATE_USE, FOLLOW_CLAUSE},
	{"for private use", STATUS_PRIVATE_USE, FOLLOW_CLAUSE},
	{"reserved for experiment*", STATUS_EXPERIMENTAL, FOLLOW_ANYTHING},
	{"reserved for rfc3692-style experiment*", STATUS_EXPERIMENTAL, FOLLOW_ANYTHING},
	{"experimental use", STATUS_EXPERIMENTAL, FOLLOW_CLAUSE},
	{"experimental and private use", STATUS_EXPERIMENTAL, FOLLOW_CLAUSE},
	{"experimental", STATUS_EXPERIMENTAL, FOLLOW_END},
	{"experimentation", STATUS_EXPERIMENTAL, FOLLOW_END},
	{"for experiment*", STATUS_EXPERIMENTAL, FOLLOW_CLAUSE},
	{"use for experiment*", STATUS_EXPERIMENTAL, FOLLOW_CLAUSE},
	{"reserved", STATUS_RESERVED, FOLLOW_CLAUSE},
	{"iana reserved", STATUS_RESERVED, FOLLOW_CLAUSE},
	{"iana-reserved", STATUS_RESERVED, FOLLOW_CLAUSE},
	{"unused", STATUS_RESERVED, FOLLOW_CLAUSE},
	{"not used", STATUS_RESERVED, FOLLOW_CLAUSE},
	{"removed", STATUS_WITHDRAWN, FOLLOW_END},
	{"withdrawn", STATUS_WITHDRAWN, FOLLOW_END},
	{"revoked", STATUS_WITHDRAWN, FOLLOW_END},
	{"deprecated", STATUS_DEPRECATED, FOLLOW_END},
	{"obsoleted", STATUS_OBSOLETED, FOLLOW_END},
	{"obsolete", STATUS_OBSOLETED, FOLLOW_END},
	{"historic", STATUS_OBSOLETED, FOLLOW_END},
};

/* What a parenthesis begins with, or what follows a dash. */
static const struct phrase remarks[] = {
	{"temporary", STATUS_TEMPORARY, FOLLOW_CLAUSE},
	{"temporarily registered", STATUS_TEMPORARY, FOLLOW_CLAUSE},
	{"early allocation", STATUS_TEMPORARY, FOLLOW_CLAUSE},
	{"provisional", STATUS_PROVISIONAL, FOLLOW_CLAUSE},
	{"tentatively assigned", STATUS_PROVISIONAL, FOLLOW_CLAUSE},
	{"deprecated", STATUS_DEPRECATED, FOLLOW_ANYTHING},
	{"obsoleted", STATUS_OBSOLETED, FOLLOW_ANYTHING},
	{"obsolete", STATUS_OBSOLETED, FOLLOW_ANYTHING},
	{"historical", STATUS_OBSOLETED, FOLLOW_END},
	{"historic", STATUS_OBSOLETED, FOLLOW_END},
	{"superseded", STATUS_OBSOLETED, FOLLOW_CLAUSE},
	{"replaced by", STATUS_OBSOLETED, FOLLOW_ANYTHING},
	{"withdrawn", STATUS_WITHDRAWN, FOLLOW_CLAUSE},
	{"removed", STATUS_WITHDRAWN, FOLLOW_CLAUSE},
	{"revoked", STATUS_WITHDRAWN, FOLLOW_CLAUSE},
	{"experimental use", STATUS_EXPERIMENTAL, FOLLOW_CLAUSE},
	{"experimental", STATUS_EXPERIMENTAL, FOLLOW_CLAUSE},
	{"reserved for experimental use", STATUS_EXPERIMENTAL, FOLLOW_CLAUSE},
	{"reserved for experiment*", STATUS_EXPERIMENTAL, FOLLOW_ANYTHING},
	{"private use", STATUS_PRIVATE_USE, FOLLOW_CLAUSE},
	{"reserved for private use", STATUS_PRIVATE_USE, FOLLOW_CLAUSE},
	{"reserved for private", STATUS_PRIVATE_USE, FOLLOW_ANYTHING},
	{"reserved", STATUS_RESERVED, FOLLOW_CLAUSE},
	{"unused", STATUS_RESERVED, FOLLOW_CLAUSE},
	{"not used", STATUS_RESERVED, FOLLOW_CLAUSE},
	{"unassigned", STATUS_UNASSIGNED, FOLLOW_CLAUSE},
	{"unallocated", STATUS_UNASSIGNED, FOLLOW_CLAUSE},
};

/* What may stand before a text with a dash or a colon: "DEPRECATED: text". */
static const struct phrase leads[] = {
	{"deprecated", STATUS_DEPRECATED, FOLLOW_END},
	{"obsoleted", STATUS_OBSOLETED, FOLLOW_END},
	{"obsolete", STATUS_OBSOLETED, FOLLOW_END},
	{"historic", STATUS_OBSOLETED, FOLLOW_END},
	{"withdrawn", STATUS_WITHDRAWN, FOLLOW_END},
};

/* Words that make a clause of what stands before them. */
static const char *const clauses[] = {"for", "to", "by", "in", "as", "at", "on", "of", "or", "and", "but", "per", "see",
	"use", "due", "from", "with", "since", "until", "because", "do", "not", "registered", "expires", "registration",
	"assignment", "allocation", "value", "values", "range", "ranges", "block", "blocks", "only"};

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* A byte of a word: letters, digits, those beyond ASCII, and what joins words to one. */
static bool
isword(char c)
{
	return (unsigned char)(lower(c) - 'a') < 26 || (unsigned char)(c - '0') < 10 || c == '_' || c == '-' ||
		c == '\'' || (unsigned char)c >= 0x80;
}

static struct str
head(struct str s, size_t n)
{
	return (struct str){s.s, n};
}

/* How many bytes of s, from its start, are the words; 0 if it does not begin with them. */
static size_t
begins(struct str s, const char *words)
{
	size_t i;

	for (i = 0; words[i] && words[i] != '*'; i++)
		if (i == s.n || lower(s.s[i]) != words[i])
			return 0;
	if (words[i] == '*')
		while (i < s.n && isword(s.s[i]))
			i++;
	return i < s.n && isword(s.s[i]) ? 0 : i;
}

/* The length of the dash between blanks that s begins with, blanks and all; 0 if there is none. */
static size_t
dash(struct str s)
{
	static const char *const dashes[] = {" - ", " -- ", " \xe2\x80\x93 ", " \xe2\x80\x94 "};
	size_t i;

	for (i = 0; i < LEN(dashes); i++)
		if (strstarts(s, dashes[i]))
			return strlen(dashes[i]);
	return 0;
}

/* Where the parenthesis that s begins with ends, behind it; 0 if it does not. */
static size_t
closes(struct str s)
{
	size_t i, depth = 0;

	for (i = 0; i < s.n; i++) {
		depth += s.s[i] == '(' || s.s[i] == '[';
		if ((s.s[i] == ')' || s.s[i] == ']') && --depth == 0)
			return i + 1;
	}
	return 0;
}

/* Whether what stands behind a phrase lets it be an annotation. */
static bool
follows(struct str rest, enum follow f)
{
	struct str word = strtrim(rest);
	size_t i;

	while (f != FOLLOW_ANYTHING && word.n > 0 && (word.s[0] == '(' || word.s[0] == '[')) {
		i = closes(word);
		if (i == 0)
			return true;
		rest = strcut(word, i);
		word = strtrim(rest);
	}
	if (f == FOLLOW_ANYTHING || word.n == 0 || dash(rest) || strchr(",;.:/", word.s[0]))
		return true;
	if (f == FOLLOW_END)
		return false;
	if ((unsigned char)(word.s[0] - '0') < 10)
		return true;
	for (i = 0; i < LEN(clauses); i++)
		if (begins(word, clauses[i]))
			return true;
	return begins(word, "rfc*") > 0;
}

/* The phrase that s begins with, or NULL; *n is its length. */
static const struct phrase *
find(struct str s, const struct phrase *phrases, size_t nphrases, size_t *n)
{
	size_t i;

	for (i = 0; i < nphrases; i++) {
		*n = begins(s, phrases[i].words);
		if (*n > 0 && follows(strcut(s, *n), phrases[i].follow))
			return &phrases[i];
	}
	return NULL;
}

/* A date that s begins with; empty if it begins with none. */
static struct str
date(struct str s)
{
	if (s.n >= 10 && date_valid(head(s, 10)) && (s.n == 10 || !isword(s.s[10])))
		return head(s, 10);
	if (s.n >= 7 && date_valid(head(s, 7)) && (s.n == 7 || !isword(s.s[7])))
		return head(s, 7);
	return (struct str){"", 0};
}

/* Dates of a remark: when it was registered first, and when it expires at last. */
static void
dates(struct str remark, struct annotation *a)
{
	bool extension = false;
	struct str s, on;
	size_t i, n;

	for (i = 0; i < remark.n; i++) {
		if (i > 0 && isword(remark.s[i - 1]))
			continue;
		s = strcut(remark, i);
		if (begins(s, "extension"))
			extension = true;
		n = begins(s, "registered");
		on = date(strtrim(strcut(s, n)));
		if (n > 0 && on.n > 0 && !extension && a->registered.n == 0)
			a->registered = on;
		n = begins(s, "expires");
		s = strtrim(strcut(s, n));
		on = date(strtrim(strcut(s, begins(s, "on"))));
		if (n > 0 && on.n > 0)
			a->expires = on;
	}
}

/* The words that say what replaces something, from the start of s; empty if they name nothing, or a document. */
static struct str
replacement(struct str s, bool one)
{
	static const char *const nothing[] = {"request", "the request", "iesg", "registrant", "the registrant", "rfc*"};
	struct str r = strtrim(s);
	size_t i;

	for (i = 0; i < r.n && !strchr(";,()", r.s[i]) && !dash(strcut(r, i)); i++)
		;
	r = strtrim(head(r, i));
	for (i = 0; i + 8 < r.n && !(r.s[i] == ' ' && begins(strcut(r, i + 1), "instead")); i++)
		;
	r = i + 8 < r.n ? head(r, i) : r;
	if (r.n > 8 && begins(strcut(r, r.n - 7), "instead") && r.s[r.n - 8] == ' ')
		r.n -= 8;
	while (r.n > 0 && strchr(".\"'", r.s[r.n - 1]))
		r.n--;
	while (r.n > 0 && strchr("\"'", r.s[0]))
		r = strcut(r, 1);
	for (i = 0; i < LEN(nothing); i++)
		if (begins(r, nothing[i]))
			return (struct str){"", 0};
	if (r.n == 0 || r.s[0] == '[' || (one && memchr(r.s, ' ', r.n)))
		return (struct str){"", 0};
	return r;
}

static void
replaced(struct str remark, struct annotation *a)
{
	static const struct {
		const char *words;
		bool one; /* a single word follows */
	} before[] = {{"in favor of", false}, {"in favour of", false}, {"replaced by", false}, {"superseded by", false},
		{"obsoleted by", false}, {"deprecated by", false}, {"use", true}};
	struct str s, r;
	size_t i, k, n;

	for (i = 0; i < remark.n; i++) {
		if (i > 0 && isword(remark.s[i - 1]))
			continue;
		s = strcut(remark, i);
		for (k = 0; k < LEN(before); k++) {
			n = begins(s, before[k].words);
			r = n > 0 ? replacement(strcut(s, n), before[k].one) : (struct str){"", 0};
			if (r.n > 0 && a->replacedby.n == 0)
				a->replacedby = r;
		}
	}
}

/* Take a remark, which begins with a phrase, into the annotation. */
static void
take(struct annotation *a, const struct phrase *p, struct str remark)
{
	a->status = p->status;
	dates(remark, a);
	replaced(remark, a);
}

/* A text without the bytes from begin to end, and one blank where they stood. */
static struct str
without(struct arena *a, struct str s, size_t begin, size_t end)
{
	struct str before = strtrim(head(s, begin)), after = strtrim(strcut(s, end));

	if (before.n == 0 || after.n == 0)
		return before.n ? before : after;
	if (strchr(",;.:", after.s[0]))
		return arena_join(a, (struct str[]){before, after}, 2);
	return arena_join(a, (struct str[]){before, LITERAL(" "), after}, 3);
}

/* What a parenthesis may say before the phrase. */
static struct str
skipadverb(struct str s)
{
	static const char *const adverbs[] = {"now", "currently", "has been", "registration", "this is"};
	size_t i;

	for (i = 0; i < LEN(adverbs); i++)
		if (begins(s, adverbs[i]))
			return strtrim(strcut(s, begins(s, adverbs[i])));
	return s;
}

/* Whether a parenthesis of a status counts at the start and end of a text alone: in the middle it may explain a word.
 */
static bool
edges(enum status s)
{
	return s == STATUS_RESERVED || s == STATUS_UNASSIGNED || s == STATUS_EXPERIMENTAL || s == STATUS_PRIVATE_USE;
}

/* A text without the parenthesis that is all of it. */
static struct str
bare(struct str s)
{
	return s.n > 2 && s.s[0] == '(' && closes(s) == s.n ? strtrim((struct str){s.s + 1, s.n - 2}) : s;
}

/* Take the first parenthesis that is an annotation out of the text. False if there is none. */
static bool
parenthesis(struct arena *arena, struct annotation *a)
{
	struct str s = a->text, inner;
	const struct phrase *p;
	size_t i, n, end, favor;

	for (i = 0; i < s.n; i += n) {
		n = s.s[i] == '(' || s.s[i] == '[' ? closes(strcut(s, i)) : 1;
		if (n == 0)
			return false;
		if (n < 3)
			continue;
		inner = skipadverb(strtrim((struct str){s.s + i + 1, n - 2}));
		p = find(inner, remarks, LEN(remarks), &end);
		if (!p || (s.s[i] == '[' && end < inner.n))
			continue;
		if (edges(p->status) && i > 0 && i + n < s.n)
			continue;
		take(a, p, inner);
		end = i + n;
		favor = begins(strtrim(strcut(s, end)), "in favor of");
		if (favor > 0) {
			replaced(strtrim(strcut(s, end)), a);
			end = s.n;
		}
		a->text = without(arena, s, i, end);
		return true;
	}
	return false;
}

/* Take what follows a dash, or a word behind a last comma, from the text. */
static bool
tail(struct annotation *a)
{
	struct str s = a->text, rest;
	const struct phrase *p;
	size_t i, n, end;

	for (i = 1; i < s.n; i++) {
		n = dash(strcut(s, i));
		if (n == 0 && (s.s[i] == ',' || s.s[i] == ';'))
			n = 1;
		if (n == 0)
			continue;
		rest = strtrim(strcut(s, i + n));
		p = find(rest, remarks, LEN(remarks), &end);
		if (!p || (n == 1 && (end < rest.n || p->follow != FOLLOW_ANYTHING)))
			continue;
		take(a, p, rest);
		a->text = strtrim(head(s, i));
		return true;
	}
	return false;
}

/* Take what stands before the text, with a dash or a colon behind it. */
static bool
lead(struct annotation *a)
{
	static const char *const aside[] = {"use", "see", "by", "in favor of", "replaced", "do not", "as", "since"};
	struct str s = a->text, rest;
	const struct phrase *p;
	size_t n, i, width;

	p = find(s, leads, LEN(leads), &n);
	if (!p)
		return false;
	rest = strcut(s, n);
	width = dash(rest);
	if (width == 0 && strstarts(rest, ": "))
		width = 2;
	if (width == 0)
		return false;
	rest = strtrim(strcut(rest, width));
	for (i = 0; i < LEN(aside); i++)
		if (begins(rest, aside[i]))
			return false;
	if (rest.n == 0)
		return false;
	a->status = p->status;
	a->text = rest;
	return true;
}

struct annotation
annotation_read(struct arena *arena, struct str text)
{
	struct str nothing = {"", 0};
	struct annotation a = {strtrim(text), nothing, nothing, nothing, STATUS_NONE};
	const struct phrase *p;
	struct str whole;
	size_t i, n;

	if (a.text.n > LONGEST)
		return a;
	whole = bare(a.text);
	if (find(whole, wholes, LEN(wholes), &n))
		a.text = whole;
	for (i = 0; i < MOST && (lead(&a) || parenthesis(arena, &a)); i++)
		;
	p = find(a.text, wholes, LEN(wholes), &n);
	if (p) {
		take(&a, p, a.text);
		a.text = (struct str){"", 0};
	} else {
		tail(&a);
	}
	return a;
}
