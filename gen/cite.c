/* In a CSV only the words tell what is cited; xrefs have a type, and often the same words. */
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "cite.h"
#include "iana.h"
#include "reference.h"

#define NOTHING ((struct str){"", 0})

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
decimal(char c)
{
	return (unsigned char)(c - '0') < 10;
}

static bool
isletter(char c)
{
	return (unsigned char)(lower(c) - 'a') < 26;
}

/* How many bytes of s are the words, which are in small letters; 0 if it does not begin with them. */
static size_t
begins(struct str s, const char *words)
{
	size_t i;

	for (i = 0; words[i]; i++)
		if (i == s.n || lower(s.s[i]) != words[i])
			return 0;
	return i;
}

/* How many bytes of s, from its start, are digits. */
static size_t
digits(struct str s)
{
	size_t i;

	for (i = 0; i < s.n && decimal(s.s[i]); i++)
		;
	return i;
}

/* How many bytes of s are letters, digits and what else the id of a draft has. */
static size_t
plain(struct str s)
{
	size_t i;

	for (i = 0; i < s.n && (isletter(s.s[i]) || decimal(s.s[i]) || strchr(".-_", s.s[i])); i++)
		;
	while (i > 0 && s.s[i - 1] == '.')
		i--;
	return i;
}

/* The word for a section that s begins with, as a length. */
static size_t
keyword(struct str s)
{
	static const char *const words[] = {
		"sections", "section", "sect.", "sec.", "appendices", "appendix", "\xc2\xa7"};
	size_t i, n;

	for (i = 0; i < LEN(words); i++) {
		n = begins(s, words[i]);
		if (n > 0 && (n == s.n || !isletter(s.s[n]) || s.s[n - 1] == '.'))
			return n;
	}
	return 0;
}

/* The length of the section that s begins with: numbers, or a capital letter and perhaps numbers, between dots. */
static size_t
section(struct str s)
{
	size_t i = 0, n;

	if (s.n > 0 && s.s[0] >= 'A' && s.s[0] <= 'Z')
		i = 1;
	else
		i = digits(s);
	while (i > 0 && i + 1 < s.n && (s.s[i] == '.' || s.s[i] == '-')) {
		n = digits(strcut(s, i + 1));
		if (n == 0 && isletter(s.s[i + 1]))
			n = 1;
		if (n == 0)
			break;
		i += 1 + n;
	}
	return i < s.n && (isletter(s.s[i]) || decimal(s.s[i])) ? 0 : i;
}

struct str
cite_section(struct str *sections)
{
	static const char *const between[] = {", and ", ", ", "and ", "& ", "; "};
	struct str s = strtrim(*sections), found;
	size_t i, n;

	for (i = 0; i < LEN(between); i++)
		s = strcut(s, begins(s, between[i]));
	s = strtrim(strcut(s, keyword(s)));
	n = section(s);
	found = (struct str){s.s, n};
	s = strcut(s, n);
	if (strstarts(s, ". ") || streqs(s, "."))
		s = strcut(s, 1);
	*sections = n > 0 ? s : NOTHING;
	return n > 0 ? found : NOTHING;
}

/* The sections that words behind a document name: ", Section 4.1, 4.2", " (Section 3)". */
static struct str
sections(struct str s)
{
	s = strtrim(s);
	while (s.n > 0 && strchr(",(:;", s.s[0]))
		s = strtrim(strcut(s, 1));
	return keyword(s) > 0 ? s : NOTHING;
}

/* What stands behind the first ": ". */
static struct str
title(struct str s)
{
	size_t i;

	for (i = 0; i + 1 < s.n; i++)
		if (s.s[i] == ':' && s.s[i + 1] == ' ')
			return strtrim(strcut(s, i + 2));
	return NOTHING;
}

/* A URL with the characters that it cannot have percent-encoded. */
static struct str
url(struct arena *a, struct str s)
{
	static const char hex[] = "0123456789ABCDEF", others[] = "-._~:/?#[]@!$&()*+,;=%";
	char *copy = arena_bytes(a, 3 * s.n + 1);
	size_t i, n = 0;

	for (i = 0; i < s.n; i++) {
		if (isletter(s.s[i]) || decimal(s.s[i]) || (s.s[i] && strchr(others, s.s[i]))) {
			copy[n++] = s.s[i];
			continue;
		}
		copy[n++] = '%';
		copy[n++] = hex[(unsigned char)s.s[i] >> 4];
		copy[n++] = hex[(unsigned char)s.s[i] & 15];
	}
	return (struct str){copy, n};
}

/* "RFC9110", "RFC 9110", "rfc-9110": the number, which the length of the whole follows. */
static size_t
rfc(struct str s, struct str *number)
{
	size_t n = begins(s, "rfc"), d;

	if (n == 0)
		return 0;
	if (n < s.n && (s.s[n] == ' ' || s.s[n] == '-'))
		n++;
	d = digits(strcut(s, n));
	*number = (struct str){s.s + n, d};
	n += d;
	return d == 0 || (n < s.n && (isletter(s.s[n]) || s.s[n] == '-' || s.s[n] == '_')) ? 0 : n;
}

/* The number of an erratum: "RFC Errata 3227". */
static struct str
erratum(struct str s)
{
	static const char *const before[] = {"rfc errata", "errata", " ", "id", "eid", " "};
	size_t i;

	if (!begins(s, "rfc errata") && !begins(s, "errata"))
		return NOTHING;
	for (i = 0; i < LEN(before); i++)
		s = strcut(s, begins(s, before[i]));
	return s.n > 0 && digits(s) == s.n ? s : NOTHING;
}

/* Whether words are like the ids that IANA makes of people's names: Leo_Tietz, Sean_D_Sollé_2. */
static bool
isperson(struct str s)
{
	size_t i, parts = 1;

	if (s.n == 0 || s.s[0] < 'A' || s.s[0] > 'Z')
		return false;
	for (i = 0; i < s.n; i++) {
		if (s.s[i] == '_')
			parts += i + 1 < s.n;
		else if (!isletter(s.s[i]) && (unsigned char)s.s[i] < 0x80 && !strchr("'-", s.s[i]) &&
			!(decimal(s.s[i]) && s.s[i - 1] == '_' && i + 1 == s.n))
			return false;
	}
	return parts > 1;
}

/* An IANA registry, at its address. */
static struct place
registry(struct arena *a, struct str id, struct str label)
{
	struct str full = arena_join(a, (struct str[]){LITERAL("https://www.iana.org/assignments/"), url(a, id)}, 2);

	return (struct place){full, label.n > 0 ? label : id, NOTHING, REFERENCE_URL};
}

/* What words in brackets mean. */
static struct place
words(struct arena *a, struct str s)
{
	static const char *const none[] = {"", "n/a", "na", "none", "-", "tbd"};
	struct str number;
	size_t n;

	s = strtrim(s);
	if (s.n > 2 && s.s[0] == '[' && s.s[s.n - 1] == ']')
		s = strtrim((struct str){s.s + 1, s.n - 2});
	if (digits(s) == s.n)
		return (struct place){.kind = CITE_NOTHING};
	for (n = 0; n < LEN(none); n++)
		if (s.n == strlen(none[n]) && begins(s, none[n]) == s.n)
			return (struct place){.kind = CITE_NOTHING};
	n = rfc(s, &number);
	if (n > 0)
		return (struct place){number, title(strcut(s, n)), sections(strcut(s, n)), REFERENCE_RFC};
	number = erratum(s);
	if (number.n > 0)
		return (struct place){number, NOTHING, NOTHING, REFERENCE_ERRATA};
	n = begins(s, "draft-") || begins(s, "rfc-") ? plain(s) : 0;
	if (n > 6 && (n == s.n || strchr(",:;( ", s.s[n])))
		return (struct place){{s.s, n}, title(strcut(s, n)), sections(strcut(s, n)), REFERENCE_DRAFT};
	if (begins(s, "http://") || begins(s, "https://") || begins(s, "ftp://"))
		return (struct place){url(a, s), NOTHING, NOTHING, REFERENCE_URL};
	n = begins(s, "iana registry ");
	if (n > 0)
		return registry(a, strcut(s, n), NOTHING);
	return (struct place){s, NOTHING, NOTHING, isperson(s) ? REFERENCE_PERSON : REFERENCE_TEXT};
}

/* What an xref of a document means: its data say which, its attributes or its words which section. */
static struct place
document(struct arena *a, const struct citation *c)
{
	struct place said = words(a, c->label), p = words(a, c->data);

	if (c->type == CITED_ERRATA && digits(c->data) == c->data.n && c->data.n > 0)
		p = (struct place){c->data, NOTHING, NOTHING, REFERENCE_ERRATA};
	if (p.kind != REFERENCE_RFC && p.kind != REFERENCE_DRAFT && p.kind != REFERENCE_ERRATA)
		return words(a, c->label.n > 0 ? c->label : c->data);
	if (said.kind == REFERENCE_RFC || said.kind == REFERENCE_DRAFT) {
		p.sections = said.sections;
		p.title = said.title;
	}
	return p;
}

/* What a citation means by itself. */
static struct place
alone(struct arena *a, const struct citation *c)
{
	struct place p;

	switch (c->type) {
	case CITED_RFC:
	case CITED_DRAFT:
	case CITED_ERRATA:
		return document(a, c);
	case CITED_URI:
		if (c->data.n == 0)
			return words(a, c->label);
		p = (struct place){url(a, c->data), NOTHING, NOTHING, REFERENCE_URL};
		if (!streq(c->label, c->data))
			p.title = c->label;
		return p;
	case CITED_PERSON:
		if (c->data.n == 0)
			return words(a, c->label);
		return (struct place){c->data, NOTHING, NOTHING, REFERENCE_PERSON};
	case CITED_REGISTRY:
		return c->data.n > 0 ? registry(a, c->data, c->label) : words(a, c->label);
	case CITED_NOTE:
		return (struct place){.kind = CITE_NOTHING};
	case CITED_UNICODE:
		if (c->label.n > 0)
			return words(a, c->label);
		p.id = arena_join(a,
			(struct str[]){LITERAL("Unicode Character Database "), strcut(c->data, begins(c->data, "ucd"))},
			2);
		return (struct place){p.id, NOTHING, NOTHING, REFERENCE_TEXT};
	default:
		return words(a, c->label.n > 0 ? c->label : c->data);
	}
}

struct place
cite_read(struct arena *a, const struct citation *c, struct str behind)
{
	struct place p = alone(a, c);

	if (p.kind != REFERENCE_RFC && p.kind != REFERENCE_DRAFT)
		return p;
	if (c->section.n > 0)
		p.sections = c->section;
	else if (p.sections.n == 0)
		p.sections = sections(behind);
	return p;
}
