/* listview.h - fields that are lists: their members, and tables of all the lists that a field has. */
struct kindspec;

extern const struct kindspec listview_kinds[];
extern const size_t listview_nkinds;
