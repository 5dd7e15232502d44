/* adaptor.h - ADAPTOR(prefix, registry) defines how a consumer calls a header; PREDICATE and the FIELD_s say what else it has, in
 * registry_predicate and registry_field. The consumer defines before what it passes as a value: VALUE is its type, PARAMETERS and
 * ARGUMENTS(registry) are how it is declared and how the header takes it, and UNUSED says that a function does not look at it. */

/* A registry; predicate gives -1 and field 0 for what it does not know. */
struct adaptor {
	const char *id;
	int issigned;
	size_t count;
	const char *(*text)(PARAMETERS), *(*name)(PARAMETERS), *(*description)(PARAMETERS), *(*status)(PARAMETERS);
	int (*deprecated)(PARAMETERS), (*parse)(const char *, VALUE *);
	VALUE (*at)(size_t);
	size_t (*nreferences)(PARAMETERS), (*nformer)(PARAMETERS);
	void (*reference)(PARAMETERS, size_t, const char **label, const char **url);
	void (*former)(PARAMETERS, size_t, const char **label, const char **url);
	int (*predicate)(const char *id, PARAMETERS);
	int (*field)(const char *id, PARAMETERS, char *, size_t);
};

static const char *
statusword(unsigned status)
{
	static const char *const words[] = {"none", "assigned", "provisional", "temporary", "deprecated", "obsoleted", "reserved", "unassigned",
	    "private_use", "experimental", "unofficial", "withdrawn"};

	return status < sizeof(words) / sizeof(words[0]) ? words[status] : "?";
}

#define PREDICATES(reg) static int reg##_predicate(const char *id, PARAMETERS) {
#define PREDICATE(prefix, reg, name) if (strcmp(id, #name) == 0) return prefix##_##reg##_is_##name(ARGUMENTS(reg));
#define FIELDS(reg) static int reg##_field(const char *id, PARAMETERS, char *s, size_t n) {
#define FIELD_BOOL(prefix, reg, name) \
	if (strcmp(id, #name) == 0) return snprintf(s, n, "%s", prefix##_##reg##_##name(ARGUMENTS(reg)) ? "true" : "false") >= 0;
#define FIELD_INTEGER(prefix, reg, name) \
	if (strcmp(id, #name) == 0) return snprintf(s, n, "%" PRId64, (int64_t)prefix##_##reg##_##name(ARGUMENTS(reg))) >= 0;
#define FIELD_UNSIGNED(prefix, reg, name) \
	if (strcmp(id, #name) == 0) return snprintf(s, n, "%" PRIu64, (uint64_t)prefix##_##reg##_##name(ARGUMENTS(reg))) >= 0;
#define FIELD_STRING(prefix, reg, name) \
	if (strcmp(id, #name) == 0) return snprintf(s, n, "%s", prefix##_##reg##_##name(ARGUMENTS(reg))) >= 0;

#define MEMBERS(prefix, reg, name, format, type) \
	if (strcmp(id, #name) == 0) { \
		size_t i, count = prefix##_##reg##_##name##_count(ARGUMENTS(reg)), at = (size_t)snprintf(s, n, "%zu", count); \
		for (i = 0; i < count && at < n; i++) \
			at += (size_t)snprintf(s + at, n - at, "\t" format, (type)prefix##_##reg##_##name(ARGUMENTS(reg), i)); \
		return 1; \
	}
#define FIELD_ENUM(prefix, reg, name) \
	if (strcmp(id, #name) == 0) \
		return snprintf(s, n, "%s", prefix##_##reg##_##name##_text(prefix##_##reg##_##name(ARGUMENTS(reg)))) >= 0;
#define FIELD_ENUMS(prefix, reg, name) \
	if (strcmp(id, #name) == 0) { \
		size_t i, count = prefix##_##reg##_##name##_count(ARGUMENTS(reg)), at = (size_t)snprintf(s, n, "%zu", count); \
		for (i = 0; i < count && at < n; i++) \
			at += (size_t)snprintf(s + at, n - at, "\t%s", prefix##_##reg##_##name##_text(prefix##_##reg##_##name(ARGUMENTS(reg), i))); \
		return prefix##_##reg##_##name(ARGUMENTS(reg), i) == 0; \
	}
#define FIELD_STRINGS(prefix, reg, name) MEMBERS(prefix, reg, name, "%s", const char *)
#define FIELD_INTEGERS(prefix, reg, name) MEMBERS(prefix, reg, name, "%" PRId64, int64_t)
#define FIELD_UNSIGNEDS(prefix, reg, name) MEMBERS(prefix, reg, name, "%" PRIu64, uint64_t)

/* By the names that templates/registries/lang.yaml has for types. */
#define FIELD_INT FIELD_INTEGER
#define FIELD_I64 FIELD_INTEGER
#define FIELD_U32 FIELD_UNSIGNED
#define FIELD_U64 FIELD_UNSIGNED
#define FIELD_INTS FIELD_INTEGERS
#define FIELD_I64S FIELD_INTEGERS
#define FIELD_U32S FIELD_UNSIGNEDS
#define FIELD_U64S FIELD_UNSIGNEDS

#define NO_PREDICATES(reg) PREDICATES(reg) (void)id; UNUSED return -1; }
#define NO_FIELDS(reg) FIELDS(reg) (void)id; UNUSED (void)s; (void)n; return 0; }

#define ADAPTOR(prefix, reg) \
	static const char *reg##_text(PARAMETERS) { return prefix##_##reg##_text(ARGUMENTS(reg)); } \
	static const char *reg##_name(PARAMETERS) { return prefix##_##reg##_name(ARGUMENTS(reg)); } \
	static const char *reg##_description(PARAMETERS) { return prefix##_##reg##_description(ARGUMENTS(reg)); } \
	static const char *reg##_status(PARAMETERS) { return statusword(prefix##_##reg##_status(ARGUMENTS(reg))); } \
	static int reg##_deprecated(PARAMETERS) { return prefix##_##reg##_deprecated(ARGUMENTS(reg)); } \
	static int reg##_parse(const char *name, VALUE *v) { \
		reg##_type code; \
		if (!prefix##_##reg##_parse(name, strlen(name), &code)) \
			return 0; \
		*v = (VALUE)code; \
		return 1; \
	} \
	static VALUE reg##_at(size_t i) { return (VALUE)prefix##_##reg##_at(i); } \
	static size_t reg##_nreferences(PARAMETERS) { return prefix##_##reg##_reference_count(ARGUMENTS(reg)); } \
	static size_t reg##_nformer(PARAMETERS) { return prefix##_##reg##_former_reference_count(ARGUMENTS(reg)); } \
	static void reg##_reference(PARAMETERS, size_t i, const char **label, const char **url) { \
		struct prefix##_reference r = prefix##_##reg##_reference(ARGUMENTS(reg), i); \
		*label = r.label; \
		*url = r.url; \
	} \
	static void reg##_former(PARAMETERS, size_t i, const char **label, const char **url) { \
		struct prefix##_reference r = prefix##_##reg##_former_reference(ARGUMENTS(reg), i); \
		*label = r.label; \
		*url = r.url; \
	}

#define LINE(reg, count) \
	{ #reg, reg##_issigned, count, reg##_text, reg##_name, reg##_description, reg##_status, reg##_deprecated, reg##_parse, reg##_at, \
	    reg##_nreferences, reg##_nformer, reg##_reference, reg##_former, reg##_predicate, reg##_field }
