/* hostile.h - the registries of tests/packages/vectors/hostile.yaml, as the consumer knows them. */
#define HOSTILE_NO_DEPRECATED
#include <hostile/bare.h>
#include <hostile/bare_wide.h>
#include <hostile/empty.h>
#include <hostile/empty_wide.h>
#include <hostile/sparse.h>
#include <hostile/type_i16.h>
#include <hostile/type_i32.h>
#include <hostile/type_i64.h>
#include <hostile/type_i8.h>
#include <hostile/type_u16.h>
#include <hostile/type_u32.h>
#include <hostile/type_u64.h>
#include <hostile/type_u8.h>
#include <hostile/words.h>
#include "adaptor.h"

#define TYPE(reg, type, sign, FIELD_NUMBER) \
	typedef type reg##_type; \
	enum { reg##_issigned = sign }; \
	PREDICATES(reg) PREDICATE(hostile, reg, whole) PREDICATE(hostile, reg, one) return -1; } \
	FIELDS(reg) FIELD_BOOL(hostile, reg, flag) FIELD_NUMBER(hostile, reg, number) FIELD_STRING(hostile, reg, words) \
	FIELD_STRINGS(hostile, reg, parts) FIELD_NUMBER##S(hostile, reg, steps) return 0; } \
	ADAPTOR(hostile, reg)

TYPE(type_u8, int, 1, FIELD_INTEGER)
TYPE(type_u16, int, 1, FIELD_INTEGER)
TYPE(type_u32, uint32_t, 0, FIELD_UNSIGNED)
TYPE(type_u64, uint64_t, 0, FIELD_UNSIGNED)
TYPE(type_i8, int, 1, FIELD_INTEGER)
TYPE(type_i16, int, 1, FIELD_INTEGER)
TYPE(type_i32, int, 1, FIELD_INTEGER)
TYPE(type_i64, int64_t, 1, FIELD_INTEGER)

#define BARE(reg, type, sign) \
	typedef type reg##_type; \
	enum { reg##_issigned = sign }; \
	NO_PREDICATES(reg) \
	NO_FIELDS(reg) \
	ADAPTOR(hostile, reg)

BARE(empty, int, 1)
BARE(empty_wide, uint64_t, 0)
BARE(bare, int, 1)
BARE(bare_wide, int64_t, 1)
BARE(sparse, uint32_t, 0)

typedef int words_type;
enum { words_issigned = 1 };

PREDICATES(words)
	PREDICATE(hostile, words, all)
	return -1;
}
FIELDS(words)
	if (strcmp(id, "parse") == 0)
		return snprintf(s, n, "%s", hostile_words_parse_((int)v) ? "true" : "false") >= 0;
	FIELD_STRING(hostile, words, goto)
	FIELD_INTEGER(hostile, words, int)
	return 0;
}
ADAPTOR(hostile, words)

static const struct adaptor adaptors[] = {
	LINE(type_u8, HOSTILE_TYPE_U8_COUNT),
	LINE(type_u16, HOSTILE_TYPE_U16_COUNT),
	LINE(type_u32, HOSTILE_TYPE_U32_COUNT),
	LINE(type_u64, HOSTILE_TYPE_U64_COUNT),
	LINE(type_i8, HOSTILE_TYPE_I8_COUNT),
	LINE(type_i16, HOSTILE_TYPE_I16_COUNT),
	LINE(type_i32, HOSTILE_TYPE_I32_COUNT),
	LINE(type_i64, HOSTILE_TYPE_I64_COUNT),
	LINE(empty, HOSTILE_EMPTY_COUNT),
	LINE(empty_wide, HOSTILE_EMPTY_WIDE_COUNT),
	LINE(bare, HOSTILE_BARE_COUNT),
	LINE(bare_wide, HOSTILE_BARE_WIDE_COUNT),
	LINE(sparse, HOSTILE_SPARSE_COUNT),
	LINE(words, HOSTILE_WORDS_COUNT),
};
