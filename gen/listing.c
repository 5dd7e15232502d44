#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <nettle/sha2.h>
#include "util.h"
#include "buf.h"
#include "folder.h"
#include "listing.h"

/* The slot of the file with this path, or the free one where it belongs. */
static uint32_t *
findslot(const struct listing *l, struct str path)
{
	size_t i = strhash(path) & (l->nslots - 1);

	while (l->slots[i] > 0 && !streq(l->list[l->slots[i] - 1].path, path))
		i = (i + 1) & (l->nslots - 1);
	return &l->slots[i];
}

static void
growslots(struct listing *l)
{
	uint32_t *slot;
	size_t i;

	free(l->slots);
	l->nslots = l->nslots ? 2 * l->nslots : 64;
	l->slots = xcalloc(l->nslots, sizeof(*l->slots));
	for (i = 0; i < l->n; i++) {
		slot = findslot(l, l->list[i].path);
		if (*slot == 0)
			*slot = (uint32_t)i + 1;
	}
}

struct listed *
listing_add(struct listing *l, struct str target, struct str path)
{
	uint32_t *slot;

	l->list = xgrow(l->list, l->n, &l->cap, sizeof(*l->list));
	if (2 * l->n >= l->nslots)
		growslots(l);
	l->list[l->n++] = (struct listed){.target = target, .path = path};
	slot = findslot(l, path);
	if (*slot == 0)
		*slot = (uint32_t)l->n;
	return &l->list[l->n - 1];
}

struct listed *
listing_find(const struct listing *l, struct str path)
{
	uint32_t i = l->nslots > 0 ? *findslot(l, path) : 0;

	return i > 0 ? &l->list[i - 1] : NULL;
}

void
listing_free(struct listing *l)
{
	free(l->list);
	free(l->slots);
	*l = (struct listing){0};
}

void
listing_read(struct listing *l, struct str text)
{
	const char *nl, *p, *end = text.s + text.n;
	struct str line, path, target = {"", 0};

	for (p = text.s; (nl = memchr(p, '\n', (size_t)(end - p))); p = nl + 1) {
		line = (struct str){p, (size_t)(nl - p)};
		if (strstarts(line, "# target ")) {
			target = (struct str){line.s + 9, line.n - 9};
		} else if (line.n > LISTING_SHA + 2 && line.s[0] != '#') {
			path = strcut(line, LISTING_SHA + 2);
			if (!folder_wrongpath(path))
				memcpy(listing_add(l, target, path)->sha, line.s, LISTING_SHA);
		}
	}
}

static int
order(const void *a, const void *b)
{
	const struct listed *x = *(const struct listed *const *)a, *y = *(const struct listed *const *)b;
	int c = strorder(x->target, y->target);

	return c ? c : strorder(x->path, y->path);
}

void
listing_write(const struct listing *l, struct buf *b)
{
	const struct listed **sorted = xmalloc(l->n, sizeof(*sorted)), *x;
	size_t i;

	for (i = 0; i < l->n; i++)
		sorted[i] = &l->list[i];
	qsort(sorted, l->n, sizeof(*sorted), order);
	buf_adds(b, "# Files that regen wrote, for regen and for sha256sum -c. DO NOT EDIT.\n");
	for (i = 0; i < l->n; i++) {
		x = sorted[i];
		if (i == 0 || !streq(sorted[i - 1]->target, x->target))
			buf_printf(b, "# target %.*s\n", (int)x->target.n, x->target.s);
		buf_printf(b, "%s  %.*s\n", x->sha, (int)x->path.n, x->path.s);
	}
	free(sorted);
}

void
listing_end(char sha[LISTING_SHA + 1], struct sha256_ctx *context)
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	size_t i;

	sha256_digest(context, sizeof(digest), digest);
	for (i = 0; i < sizeof(digest); i++)
		snprintf(sha + 2 * i, 3, "%02x", digest[i]);
}

void
listing_digest(char sha[LISTING_SHA + 1], struct str text)
{
	struct sha256_ctx context;

	sha256_init(&context);
	sha256_update(&context, text.n, (const uint8_t *)text.s);
	listing_end(sha, &context);
}
