/* word.h - names, which are lower-case words joined by _, in the cases that languages use. */
struct arena;
struct buf;
struct str;

enum wordcase {
	CASE_SNAKE,
	CASE_SCREAMING_SNAKE,
	CASE_CAMEL,
	CASE_PASCAL,
	CASE_KEBAB,
	CASE_SCREAMING_KEBAB,
	CASE_FLAT,
	CASE_SCREAMING_FLAT,
	CASE_TITLE,
	CASE_WORDS,
};

/* Words that stand in capitals, in small letters for looking them up. */
struct initialisms {
	const struct str *words;
	size_t n;
	uint64_t lengths; /* the bits of word_length */
};

/* The bit for words of n bytes in a set of lengths: it tells fast that a word is not among others. */
uint64_t word_length(size_t n);
/* The case with this name, or -1. */
int word_case(struct str name);
/* The names of all cases, for messages; *n is how many. */
const struct str *word_cases(size_t *n);
/* Whether s is words: letters a to z and digits, joined by single underscores. */
bool word_valid(struct str s);
/* Words made from a text: letters in small, without accents and apostrophes, and digits; what stands between is one
 * underscore. '*' is "asterisk". Of a long text the first words, until they have WORD_LONGEST bytes. Empty if there is
 * none. */
enum { WORD_LONGEST = 80 };
struct str word_from(struct arena *, struct str text);
/* What stands before words that are appended: nothing, words, or words and what joins them. */
enum wordstart { WORDS_NONE, WORDS_BEFORE, WORDS_JOINED };

/* Append the words in a case. In camel case the first is not the first if others stand before. */
void word_add(struct buf *, struct str words, enum wordcase, const struct initialisms *, enum wordstart);
/* Append what joins words in a case, if anything. */
void word_join(struct buf *, enum wordcase);
