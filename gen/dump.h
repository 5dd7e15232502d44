/* dump.h - values as JSON text, RFC 8259. */
struct buf;
struct value;

/* Append the value, indented by two blanks a level, with a newline behind it. Strings hold no byte that is not UTF-8.
 */
void dump(struct buf *, const struct value *);
