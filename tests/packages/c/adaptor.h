/* adaptor.h - ADAPTOR(prefix, PREFIX, registry, REGISTRY, type) defines how the consumer calls a header; PREDICATE and the FIELD_s say what
 * else it has, in registry_predicate and registry_field. */
static const char *
statusword(unsigned status)
{
	static const char *const words[] = {"none", "assigned", "provisional", "temporary", "deprecated", "obsoleted", "reserved", "unassigned",
	    "private_use", "experimental", "unofficial", "withdrawn"};

	return status < sizeof(words) / sizeof(words[0]) ? words[status] : "?";
}

#define PREDICATES(reg) static int reg##_predicate(const char *id, uint64_t v) {
#define PREDICATE(prefix, reg, name) if (strcmp(id, #name) == 0) return prefix##_##reg##_is_##name((reg##_type)v);
#define FIELDS(reg) static int reg##_field(const char *id, uint64_t v, char *s, size_t n) {
#define FIELD_BOOL(prefix, reg, name) \
	if (strcmp(id, #name) == 0) return snprintf(s, n, "%s", prefix##_##reg##_##name((reg##_type)v) ? "true" : "false") >= 0;
#define FIELD_INTEGER(prefix, reg, name) \
	if (strcmp(id, #name) == 0) return snprintf(s, n, "%" PRId64, (int64_t)prefix##_##reg##_##name((reg##_type)v)) >= 0;
#define FIELD_UNSIGNED(prefix, reg, name) \
	if (strcmp(id, #name) == 0) return snprintf(s, n, "%" PRIu64, (uint64_t)prefix##_##reg##_##name((reg##_type)v)) >= 0;
#define FIELD_STRING(prefix, reg, name) \
	if (strcmp(id, #name) == 0) return snprintf(s, n, "%s", prefix##_##reg##_##name((reg##_type)v)) >= 0;

#define MEMBERS(prefix, reg, name, format, type) \
	if (strcmp(id, #name) == 0) { \
		size_t i, count = prefix##_##reg##_##name##_count((reg##_type)v), at = (size_t)snprintf(s, n, "%zu", count); \
		for (i = 0; i < count && at < n; i++) \
			at += (size_t)snprintf(s + at, n - at, "\t" format, (type)prefix##_##reg##_##name((reg##_type)v, i)); \
		return 1; \
	}
#define FIELD_STRINGS(prefix, reg, name) MEMBERS(prefix, reg, name, "%s", const char *)
#define FIELD_INTEGERS(prefix, reg, name) MEMBERS(prefix, reg, name, "%" PRId64, int64_t)
#define FIELD_UNSIGNEDS(prefix, reg, name) MEMBERS(prefix, reg, name, "%" PRIu64, uint64_t)

#define NO_PREDICATES(reg) PREDICATES(reg) (void)id; (void)v; return -1; }
#define NO_FIELDS(reg) FIELDS(reg) (void)id; (void)v; (void)s; (void)n; return 0; }

#define ADAPTOR(prefix, reg) \
	static const char *reg##_text(uint64_t v) { return prefix##_##reg##_text((reg##_type)v); } \
	static const char *reg##_name(uint64_t v) { return prefix##_##reg##_name((reg##_type)v); } \
	static const char *reg##_description(uint64_t v) { return prefix##_##reg##_description((reg##_type)v); } \
	static const char *reg##_status(uint64_t v) { return statusword(prefix##_##reg##_status((reg##_type)v)); } \
	static int reg##_deprecated(uint64_t v) { return prefix##_##reg##_deprecated((reg##_type)v); } \
	static int reg##_parse(const char *name, uint64_t *v) { \
		reg##_type code; \
		if (!prefix##_##reg##_parse(name, strlen(name), &code)) \
			return 0; \
		*v = (uint64_t)code; \
		return 1; \
	} \
	static uint64_t reg##_at(size_t i) { return (uint64_t)prefix##_##reg##_at(i); } \
	static size_t reg##_nreferences(uint64_t v) { return prefix##_##reg##_reference_count((reg##_type)v); } \
	static size_t reg##_nformer(uint64_t v) { return prefix##_##reg##_former_reference_count((reg##_type)v); } \
	static void reg##_reference(uint64_t v, size_t i, const char **label, const char **url) { \
		struct prefix##_reference r = prefix##_##reg##_reference((reg##_type)v, i); \
		*label = r.label; \
		*url = r.url; \
	} \
	static void reg##_former(uint64_t v, size_t i, const char **label, const char **url) { \
		struct prefix##_reference r = prefix##_##reg##_former_reference((reg##_type)v, i); \
		*label = r.label; \
		*url = r.url; \
	}

#define LINE(reg, count) \
	{ #reg, reg##_issigned, count, reg##_text, reg##_name, reg##_description, reg##_status, reg##_deprecated, reg##_parse, reg##_at, \
	    reg##_nreferences, reg##_nformer, reg##_reference, reg##_former, reg##_predicate, reg##_field }
