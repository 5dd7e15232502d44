/* util.h - dying, memory that cannot fail, slices of text. */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LEN(a) (sizeof(a) / sizeof((a)[0]))

/* A slice of text, not NUL-terminated; equality compares lengths first. */
struct str {
	const char *s;
	size_t n;
};

extern const char *argv0;

/* Print "regen: ..." to standard error and exit with status 2. A format that ends in ':' is followed by
 * strerror(errno). */
_Noreturn void die(const char *, ...) __attribute__((format(printf, 1, 2)));
/* The same message without exiting. */
void warn(const char *, ...) __attribute__((format(printf, 1, 2)));

/* Memory for n objects of size m, which the caller owns; dies when there is none or n * m overflows. */
void *xmalloc(size_t n, size_t m);
void *xrealloc(void *, size_t n, size_t m);
/* The same, zeroed. */
void *xcalloc(size_t n, size_t m);
/* Make room for one more object in an array of *cap that holds n; returns the array, perhaps moved. */
void *xgrow(void *, size_t n, size_t *cap, size_t m);

/* A string literal as a slice. */
#define LITERAL(s) ((struct str){s, sizeof(s) - 1})

struct str str(const char *);
bool streq(struct str, struct str);
bool streqs(struct str, const char *);
/* Order by bytes. */
int strorder(struct str, struct str);
/* The same, with the letters A to Z as small ones. */
int strfoldorder(struct str, struct str);
/* Whether they are the same but for case, blanks and punctuation. */
bool stralike(struct str, struct str);
/* A 32-bit hash of the bytes. */
uint32_t strhash(struct str);
bool strstarts(struct str, const char *prefix);
/* What is left without the first n bytes, and without blanks at both ends. */
struct str strcut(struct str, size_t n);
struct str strtrim(struct str);
