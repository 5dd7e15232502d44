/* tableview.h - tables of numbers, in lines as long as lang.yaml's table_width. */
struct arena;
struct kindspec;
struct value;

extern const struct kindspec tableview_kinds[];
extern const size_t tableview_nkinds;

/* A map that shows a table, and its lines alone. The numbers are not copied. */
struct value tableview_of(const struct value *, const uint32_t *numbers, uint32_t n, struct arena *);
struct value tableview_lines(const struct value *, const uint32_t *numbers, uint32_t n, struct arena *);
