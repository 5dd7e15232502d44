/* number.h - the integers of registries, from i64's least to u64's greatest. */
struct arena;
struct node;
struct str;

enum type { TYPE_U8, TYPE_U16, TYPE_U32, TYPE_U64, TYPE_I8, TYPE_I16, TYPE_I32, TYPE_I64, TYPE_STRING, TYPE_BOOL };

enum base { BASE_DECIMAL, BASE_HEXADECIMAL, BASE_BINARY };

/* Names of the types, in the order of the enum; *n is how many. */
const struct str *type_names(size_t *n);
bool type_signed(enum type);
bool type_integer(enum type);

/* Numbers are kept so that the order of the unsigned values is the order of the numbers: signed ones are biased by
 * 2^63. */
uint64_t type_least(enum type);
uint64_t type_greatest(enum type);
/* The narrowest type for numbers from least to greatest: a signed one with minus, else an unsigned one, for which only
 * the greatest counts. */
enum type type_narrowest(bool minus, uint64_t least, uint64_t greatest);

/* Read a number of a type from the start of s: decimal, 0x or 0b, perhaps with a minus sign, or bytes as 0x13,0x01,
 * which are one number, the first byte the highest. Returns how many bytes of s it takes, 0 if there is none; *fits is
 * whether the type holds it. */
size_t number_read(enum type, struct str s, uint64_t *value, bool *fits);
/* Read a whole text as a number, or two joined by '-'. False if it is neither; *fits is whether the type holds both. */
bool number_range(enum type, struct str, uint64_t *first, uint64_t *last, bool *fits);
/* The number in decimal, in the arena. */
struct str number_decimal(struct arena *, enum type, uint64_t);
/* The number in hexadecimal, with 0x. */
struct str number_hexadecimal(struct arena *, enum type, uint64_t);
/* How s, which is a number, is spelled. */
enum base number_base(struct str s);
/* A number with a separator between groups of digits, of 3 in decimal and else of 4, if it has six digits or more; as
 * it is without a separator. */
struct str number_group(struct arena *, struct str, char separator);
/* The spelling in a base that the language has, in the arena: minus sign, prefix, digits. Leading zeros of decimals are
 * left out. */
struct str number_spell(struct arena *, enum type, uint64_t, struct str written, unsigned bases);
