/* scalar.h - scalars as YAML writes them, so that readers of YAML 1.1 and of 1.2 read the same text. */
struct buf;
struct str;

/* How a scalar is to be written. */
struct scalarform {
	struct str newline;
	uint32_t column;    /* where it begins */
	uint32_t indent;    /* of the lines that follow */
	uint32_t width;     /* where lines are folded, if they may be */
	unsigned char kind; /* enum sitekind: how, if that can hold the text */
	bool flow;          /* inside brackets: on one line */
	bool wrap;          /* what is plain or in quotes may go over several lines */
};

/* Whether text can stand without quotes. */
bool scalar_plain(struct str, bool flow);
/* Whether readers that know types could take the text for something else: no, 1.10, 2024-11-13. */
bool scalar_typed(struct str);
/* Whether text can be written as a folded block. */
bool scalar_folds(struct str);
/* Append text. What the form's kind cannot hold is written in the nearest way that can. */
void scalar_write(struct buf *, struct str, const struct scalarform *);
