/* ask.h - how the program asks a registry, and how it says what it is told. */
#ifndef ASK_H
#define ASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An answer to each kind of question, in the order of `VNACK`. */
struct adaptor {
	const char *id;
	void (*answer[5])(const char *, size_t);
};

extern const struct adaptor *const adaptors[];

/* A number of any type, in 64 bits. */
uint64_t tonumber(const char *);

/* Each prints a column. */
void put(const char *);
void put_bool(bool);
void put_int(int);
void put_int64_t(int64_t);
void put_uint32_t(uint32_t);
void put_uint64_t(uint64_t);
void putstatus(unsigned);

#endif
