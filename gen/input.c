#include <stdio.h>
#include <string.h>
#include <nettle/sha2.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "csv.h"
#include "diag.h"
#include "file.h"
#include "iana.h"
#include "xml.h"
#include "input.h"

enum { NAMED = 32 }; /* how many registries a message names */

static bool
isianachar(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._", c));
}

/* The length of the GROUP/REGISTRY that an argument begins with, before '='; 0 if it is a path alone. */
static size_t
prefix(const char *arg)
{
	size_t n, slash = 0;

	for (n = 0; isianachar(arg[n]) || (arg[n] == '/' && slash == 0 && n > 0); n++)
		slash = arg[n] == '/' ? n : slash;
	return arg[n] == '=' && slash > 0 && n > slash + 1 ? n : 0;
}

static struct str
digest(struct arena *a, struct str text)
{
	uint8_t sum[SHA256_DIGEST_SIZE];
	struct sha256_ctx ctx;
	char *hex = arena_bytes(a, 2 * sizeof(sum) + 1);
	size_t i;

	sha256_init(&ctx);
	sha256_update(&ctx, text.n, (const uint8_t *)text.s);
	sha256_digest(&ctx, sizeof(sum), sum);
	for (i = 0; i < sizeof(sum); i++)
		snprintf(hex + 2 * i, 3, "%02x", sum[i]);
	return (struct str){hex, 2 * sizeof(sum)};
}

/* Whether a text is XML rather than CSV. */
static bool
isxml(struct str s)
{
	while (s.n > 0 && (*s.s == ' ' || *s.s == '\t' || *s.s == '\r' || *s.s == '\n'))
		s = (struct str){s.s + 1, s.n - 1};
	return s.n > 0 && *s.s == '<';
}

void
input_read(struct arena *a, const char *arg, struct input *in)
{
	size_t n = prefix(arg);

	*in = (struct input){.path = n > 0 ? arg + n + 1 : arg, .iana = {arg, n}};
	in->name = strcmp(in->path, "-") == 0 ? "<stdin>" : in->path;
	if (!file_read(a, in->path, &in->text))
		die("cannot read '%s':", in->path);
	in->sha256 = digest(a, in->text);
	in->csv = n > 0 && !isxml(in->text);
}

/* A CSV says of itself neither which registry it is nor when it was made. */
static void
parsecsv(struct diag *d, struct arena *a, struct input *in)
{
	struct assignments *as = arena_alloc(a, sizeof(*as));
	const char *slash = memchr(in->iana.s, '/', in->iana.n);

	if (!csv_load(d, a, in->base, as))
		return;
	as->group = (struct str){in->iana.s, (size_t)(slash - in->iana.s)};
	as->id = (struct str){slash + 1, in->iana.n - as->group.n - 1};
	in->registries = as;
	in->n = 1;
}

void
input_parse(struct diag *d, struct arena *a, struct input *in)
{
	struct iana iana = {0};

	in->registries = NULL;
	in->n = 0;
	in->base = diag_source(d, in->name, in->text);
	if (in->csv) {
		parsecsv(d, a, in);
	} else if (!isxml(in->text)) {
		diag_error(d, (struct span){in->base, 1},
			"this is not XML; of a CSV it is said which registry it is: GROUP/REGISTRY=%s", in->path);
	} else if (xml_load(d, a, in->base, &iana)) {
		in->registries = iana.registries;
		in->n = iana.n;
		if (iana.redirect.n > 0)
			diag_error(d, (struct span){in->base, 1}, "IANA has moved this to the group '%.*s'",
				(int)iana.redirect.n, iana.redirect.s);
	}
}

/* Whether GROUP/REGISTRY means these assignments. */
static bool
isof(struct str iana, const struct assignments *a)
{
	return iana.n == a->group.n + 1 + a->id.n && memcmp(iana.s, a->group.s, a->group.n) == 0 &&
		iana.s[a->group.n] == '/' && memcmp(iana.s + a->group.n + 1, a->id.s, a->id.n) == 0;
}

const struct assignments *
input_find(const struct input *in, struct str iana)
{
	size_t i;

	for (i = 0; i < in->n; i++)
		if (isof(iana, &in->registries[i]))
			return &in->registries[i];
	return NULL;
}

struct str
input_contents(struct arena *a, const struct input *in)
{
	struct buf b = {0};
	struct str s;
	size_t i;

	for (i = 0; i < in->n && i < NAMED; i++)
		buf_printf(&b, "%s%.*s/%.*s", i > 0 ? ", " : "", (int)in->registries[i].group.n,
			in->registries[i].group.s, (int)in->registries[i].id.n, in->registries[i].id.s);
	if (in->n > NAMED)
		buf_adds(&b, ", ...");
	s = (struct str){arena_copy(a, b.n > 0 ? b.s : "", b.n), b.n};
	buf_free(&b);
	return s;
}
