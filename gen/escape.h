/* escape.h - what stands for characters that a text may not hold as they are. */
struct arena;
struct buf;
struct str;

struct escape;

/* An empty table: every character stands for itself. It lives in the arena. */
struct escape *escape_new(struct arena *);
/* Every character from first to last is written as format says: %02x %04x %08x %x %X are the code point, %% is a per
 * cent sign, all else is itself; a format with %03o is written once for each byte of the UTF-8. Returns false if the
 * format has another directive. */
bool escape_range(struct escape *, uint32_t first, uint32_t last, struct str format);
/* The sequence is written as the replacement, which is copied. Longer sequences come first. */
void escape_sequence(struct escape *, struct str sequence, struct str replacement);
/* Append the text. A NULL table changes nothing. */
void escape_add(const struct escape *, struct buf *, struct str);
/* The table of the Mustache specification: & " < > */
struct escape *escape_html(struct arena *);
