/* utf8.h - UTF-8 as RFC 3629 has it: no surrogates, nothing above U+10FFFF, no overlong forms. */

/* Decode the code point at s, of which n bytes are left (n > 0). Returns its length in bytes, or 0 if it is not UTF-8.
 */
size_t utf8_decode(const char *s, size_t n, uint32_t *code);
/* Write code, which is a Unicode scalar value, to s, which has room for 4; returns how many bytes. */
size_t utf8_encode(uint32_t code, char *s);
/* The number of code points in n bytes of UTF-8. */
size_t utf8_count(const char *s, size_t n);
/* Where the first byte that is not UTF-8 stands, or n. */
size_t utf8_check(const char *s, size_t n);
/* Whether all bytes are below 0x80. */
bool utf8_ascii(const char *s, size_t n);
