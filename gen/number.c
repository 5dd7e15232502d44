#include <inttypes.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "number.h"

#define BIAS (UINT64_C(1) << 63)

static const struct {
	bool sign;
	unsigned bits;
} types[] = {
	[TYPE_U8] = {false, 8},
	[TYPE_U16] = {false, 16},
	[TYPE_U32] = {false, 32},
	[TYPE_U64] = {false, 64},
	[TYPE_I8] = {true, 8},
	[TYPE_I16] = {true, 16},
	[TYPE_I32] = {true, 32},
	[TYPE_I64] = {true, 64},
	[TYPE_STRING] = {false, 0},
	[TYPE_BOOL] = {false, 0},
};

const struct str *
type_names(size_t *n)
{
	static const struct str names[] = {
		[TYPE_U8] = {"u8", 2},
		[TYPE_U16] = {"u16", 3},
		[TYPE_U32] = {"u32", 3},
		[TYPE_U64] = {"u64", 3},
		[TYPE_I8] = {"i8", 2},
		[TYPE_I16] = {"i16", 3},
		[TYPE_I32] = {"i32", 3},
		[TYPE_I64] = {"i64", 3},
		[TYPE_STRING] = {"string", 6},
		[TYPE_BOOL] = {"bool", 4},
	};

	*n = LEN(names);
	return names;
}

bool
type_signed(enum type t)
{
	return types[t].sign;
}

bool
type_integer(enum type t)
{
	return types[t].bits > 0;
}

uint64_t
type_least(enum type t)
{
	return types[t].sign ? BIAS - (UINT64_C(1) << (types[t].bits - 1)) : 0;
}

uint64_t
type_greatest(enum type t)
{
	if (types[t].sign)
		return BIAS + (UINT64_C(1) << (types[t].bits - 1)) - 1;
	return types[t].bits > 0 ? UINT64_MAX >> (64 - types[t].bits) : 0;
}

enum type
type_narrowest(bool minus, uint64_t least, uint64_t greatest)
{
	static const enum type narrow[2][4] = {
		{TYPE_U8, TYPE_U16, TYPE_U32, TYPE_U64}, {TYPE_I8, TYPE_I16, TYPE_I32, TYPE_I64}};
	unsigned i;

	for (i = 0; i < 3; i++)
		if ((!minus || least >= type_least(narrow[1][i])) && greatest <= type_greatest(narrow[minus][i]))
			break;
	return narrow[minus][i];
}

static unsigned
digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	return 16;
}

enum base
number_base(struct str s)
{
	if (s.n > 0 && s.s[0] == '-') {
		s.s++;
		s.n--;
	}
	if (s.n > 2 && s.s[0] == '0' && s.s[1] == 'x')
		return BASE_HEXADECIMAL;
	if (s.n > 2 && s.s[0] == '0' && s.s[1] == 'b')
		return BASE_BINARY;
	return BASE_DECIMAL;
}

/* Whether s begins with a byte that is written as IANA's registries of TLS do: 0x and two digits. */
static bool
isbyte(struct str s)
{
	return s.n >= 4 && s.s[0] == '0' && s.s[1] == 'x' && digit(s.s[2]) < 16 && digit(s.s[3]) < 16 &&
		(s.n == 4 || digit(s.s[4]) == 16);
}

/* Read the bytes that follow the first, each behind a comma; returns where they end. */
static size_t
readbytes(struct str s, size_t i, uint64_t *v, bool *fits)
{
	while (i < s.n && s.s[i] == ',' && isbyte((struct str){s.s + i + 1, s.n - i - 1})) {
		if (*v > UINT64_MAX >> 8)
			*fits = false;
		*v = *v << 8 | digit(s.s[i + 3]) << 4 | digit(s.s[i + 4]);
		i += 5;
	}
	return i;
}

size_t
number_read(enum type t, struct str s, uint64_t *value, bool *fits)
{
	static const unsigned radix[] = {[BASE_DECIMAL] = 10, [BASE_HEXADECIMAL] = 16, [BASE_BINARY] = 2};
	enum base base = number_base(s);
	bool minus = s.n > 0 && s.s[0] == '-';
	size_t start = (size_t)minus + (base == BASE_DECIMAL ? 0 : 2), i;
	uint64_t v = 0, limit;
	unsigned d;

	*fits = true;
	for (i = start; i < s.n && (d = digit(s.s[i])) < radix[base]; i++) {
		if (v > (UINT64_MAX - d) / radix[base])
			*fits = false;
		v = v * radix[base] + d;
	}
	if (i == start)
		return 0;
	if (isbyte(s))
		i = readbytes(s, i, &v, fits);
	limit = types[t].sign ? (UINT64_C(1) << (types[t].bits - 1)) - !minus : type_greatest(t);
	if (v > limit || (minus && !types[t].sign && v > 0))
		*fits = false;
	*value = !types[t].sign ? v : minus ? BIAS - v : BIAS + v;
	return i;
}

bool
number_range(enum type t, struct str s, uint64_t *first, uint64_t *last, bool *fits)
{
	size_t used = number_read(t, s, first, fits);
	bool fitslast = true;

	*last = *first;
	if (used > 0 && used < s.n && s.s[used] == '-') {
		s = (struct str){s.s + used + 1, s.n - used - 1};
		used = number_read(t, s, last, &fitslast);
	}
	*fits = *fits && fitslast;
	return used > 0 && used == s.n;
}

struct str
number_decimal(struct arena *a, enum type t, uint64_t v)
{
	if (!types[t].sign)
		return str(arena_printf(a, "%" PRIu64, v));
	if (v >= BIAS)
		return str(arena_printf(a, "%" PRIu64, v - BIAS));
	return str(arena_printf(a, "-%" PRIu64, BIAS - v));
}

/* How far a number is from nought. */
static uint64_t
magnitudeof(enum type t, uint64_t v)
{
	return !types[t].sign ? v : v < BIAS ? BIAS - v : v - BIAS;
}

struct str
number_hexadecimal(struct arena *a, enum type t, uint64_t v)
{
	return str(arena_printf(a, "%s0x%" PRIX64, types[t].sign && v < BIAS ? "-" : "", magnitudeof(t, v)));
}

struct str
number_spell(struct arena *a, enum type t, uint64_t v, struct str written, unsigned bases)
{
	enum base base = number_base(written);
	bool minus = types[t].sign && v < BIAS;

	if (written.s[0] == '-' && !minus)
		return number_decimal(a, t, v);
	if (base == BASE_DECIMAL && (written.s[0] != '0' || written.n == 1) &&
		!(minus && written.n > 2 && written.s[1] == '0'))
		return written;
	if (memchr(written.s, ',', written.n) && bases & 1u << BASE_HEXADECIMAL)
		return str(arena_printf(a, "0x%0*" PRIX64, (int)(written.n + 1) / 5 * 2, magnitudeof(t, v)));
	if (base != BASE_DECIMAL && bases & 1u << base && !memchr(written.s, ',', written.n))
		return written;
	if (base != BASE_DECIMAL && bases & 1u << BASE_HEXADECIMAL)
		return number_hexadecimal(a, t, v);
	return number_decimal(a, t, v);
}

struct str
number_group(struct arena *a, struct str s, char separator)
{
	enum base base = number_base(s);
	size_t start = (s.n > 0 && s.s[0] == '-') + (base == BASE_DECIMAL ? 0u : 2u);
	size_t group = base == BASE_DECIMAL ? 3 : 4, i;
	char *t, *p;

	if (!separator || s.n - start < 6)
		return s;
	t = p = arena_bytes(a, 2 * s.n);
	for (i = 0; i < s.n; i++) {
		if (i > start && (s.n - i) % group == 0)
			*p++ = separator;
		*p++ = s.s[i];
	}
	return (struct str){t, (size_t)(p - t)};
}
