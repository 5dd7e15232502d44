/* comment.h - text that becomes part of a comment. */
struct arena;
struct escape;
struct str;
struct value;

/* The text as one line in the arena: white space is squeezed; what the table names is replaced; control characters,
 * noncharacters and those that change direction become U+FFFD. */
struct str comment_line(struct arena *, const struct escape *, struct str);
/* Break such a line into lines that begin with prefix and are no wider than width code points, if the words allow;
 * returns a list of strings in the arena. No line but the first begins with what a documentation tool takes for a list
 * or a heading. */
struct value comment_wrap(struct arena *, struct str line, struct str prefix, size_t width);
