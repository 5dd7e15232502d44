/* extent.h - the values that IANA's words name: a number, several, or what lies between two. */
struct arena;
struct str;

enum { EXTENT_MOST = 64 };

struct extent {
	uint64_t first, last; /* number.h */
};

/* How a number is spelled. */
struct spelling {
	unsigned char bytes, width; /* bytes with commas between, or 0; digits of a hexadecimal number, or 0 */
	bool upper;
};

struct extents {
	struct extent list[EXTENT_MOST];
	size_t n;
	struct spelling spelling; /* of the first number */
};

/* Read what a text says for a type: "7", "0x0e-0xff", "-65528 to -269", "0x00,0x1C-1D", "0x01-09,*", "0-255, 512-1023",
 * "greater than 0x3f". What follows in parentheses is passed over, and so are values that are not between least and
 * greatest: perhaps nothing is left. False if the text is anything else. */
bool extent_read(enum type, uint64_t least, uint64_t greatest, struct str, struct extents *);
/* A number, spelled like the others, so that number.h reads it. */
struct str extent_spell(struct arena *, enum type, uint64_t, struct spelling);
/* Values from first to last: as they are written, if number.h reads that, else spelled like the others. */
struct str extent_range(struct arena *, enum type, struct extent, struct str written, struct spelling);
