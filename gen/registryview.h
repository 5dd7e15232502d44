/* registryview.h - registries and their ranges. */
struct kindspec;

extern const struct kindspec registryview_kinds[];
extern const size_t registryview_nkinds;
