#include <string.h>
#include "util.h"
#include "utf8.h"

size_t
utf8_decode(const char *s, size_t n, uint32_t *code)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char c = (unsigned char)s[0];
	size_t len, i;
	uint32_t u;

	if (c < 0x80) {
		*code = c;
		return 1;
	}
	len = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
	if (c < 0xc2 || c > 0xf4 || len > n)
		return 0;
	u = c & (0x7fu >> len);
	for (i = 1; i < len; i++) {
		c = (unsigned char)s[i];
		if ((c & 0xc0) != 0x80)
			return 0;
		u = u << 6 | (c & 0x3f);
	}
	if (u < least[len] || u > 0x10ffff || (u >= 0xd800 && u <= 0xdfff))
		return 0;
	*code = u;
	return len;
}

size_t
utf8_encode(uint32_t u, char *s)
{
	if (u < 0x80) {
		s[0] = (char)u;
		return 1;
	}
	if (u < 0x800) {
		s[0] = (char)(0xc0 | u >> 6);
		s[1] = (char)(0x80 | (u & 0x3f));
		return 2;
	}
	if (u < 0x10000) {
		s[0] = (char)(0xe0 | u >> 12);
		s[1] = (char)(0x80 | (u >> 6 & 0x3f));
		s[2] = (char)(0x80 | (u & 0x3f));
		return 3;
	}
	s[0] = (char)(0xf0 | u >> 18);
	s[1] = (char)(0x80 | (u >> 12 & 0x3f));
	s[2] = (char)(0x80 | (u >> 6 & 0x3f));
	s[3] = (char)(0x80 | (u & 0x3f));
	return 4;
}

size_t
utf8_count(const char *s, size_t n)
{
	size_t i, count = 0;

	for (i = 0; i < n; i++)
		count += ((unsigned char)s[i] & 0xc0) != 0x80;
	return count;
}

/* How many bytes at the start are below 0x80. */
static size_t
asciirun(const char *s, size_t n)
{
	size_t i = 0;
	uint64_t w[4];

	for (; n - i >= sizeof(w); i += sizeof(w)) {
		memcpy(w, s + i, sizeof(w));
		if ((w[0] | w[1] | w[2] | w[3]) & 0x8080808080808080)
			break;
	}
	while (i < n && (unsigned char)s[i] < 0x80)
		i++;
	return i;
}

size_t
utf8_check(const char *s, size_t n)
{
	size_t i, len;
	uint32_t code;

	for (i = 0; i < n; i += len) {
		i += asciirun(s + i, n - i);
		if (i == n)
			break;
		len = utf8_decode(s + i, n - i, &code);
		if (len == 0)
			break;
	}
	return i;
}

bool
utf8_ascii(const char *s, size_t n)
{
	return asciirun(s, n) == n;
}
