#include <string.h>
#include "util.h"
#include "arena.h"
#include "decode.h"
#include "diag.h"
#include "field.h"
#include "reference.h"
#include "entry.h"
#include "status.h"
#include "tree.h"

static const struct key aliaskeys[] = {
	{"deprecated", decode_bool, offsetof(struct alias, deprecated), false, NULL},
	{"from", decode_plain, offsetof(struct alias, from), false, NULL},
	{"name", decode_words, offsetof(struct alias, name), true, NULL},
	{"text", decode_text, offsetof(struct alias, text), false, NULL},
};

static void
readaliases(struct decoder *d, const struct node *n, void *target)
{
	struct aliases *a = target;
	uint32_t i;

	if (n->kind != NODE_LIST) {
		decode_expected(d, n, "a list of aliases");
		return;
	}
	a->list = arena_array(d->arena, n->n, sizeof(*a->list));
	a->n = n->n;
	for (i = 0; i < n->n; i++) {
		a->list[i].node = node_item(n, i);
		decode(d, node_item(n, i), aliaskeys, LEN(aliaskeys), &a->list[i]);
	}
}

/* Overrides of identifiers: what is put into a program as it is must be a word of it. */
static void
readnames(struct decoder *d, const struct node *n, void *target)
{
	const struct node *name;
	uint32_t i;

	if (n->kind != NODE_MAP) {
		decode_expected(d, n, "a map of languages");
		return;
	}
	for (i = 0; i < n->n; i++) {
		name = node_item(n, i);
		if (decode_only(d, name, "_", "an identifier") && *(const char *)name->p >= '0' &&
			*(const char *)name->p <= '9')
			decode_expected(d, name, "an identifier");
	}
	*(const struct node **)target = n;
}

static const struct key entrykeys[] = {
	{"aliases", readaliases, offsetof(struct entry, aliases), false, NULL},
	{"deprecated", decode_bool, offsetof(struct entry, deprecated), false, NULL},
	{"description", decode_text, offsetof(struct entry, description), false, NULL},
	{"expires", decode_date, offsetof(struct entry, expires), false, NULL},
	{"former_references", references_read, offsetof(struct entry, former), false, NULL},
	{"name", decode_words, offsetof(struct entry, name), false, NULL},
	{"names", readnames, offsetof(struct entry, names), false, NULL},
	{"references", references_read, offsetof(struct entry, references), false, NULL},
	{"replaced_by", decode_words, offsetof(struct entry, replacedby), false, NULL},
	{"status", decode_choice, offsetof(struct entry, status), false, &status_choices},
	{"text", decode_text, offsetof(struct entry, text), false, NULL},
	{"value", decode_text, offsetof(struct entry, value), false, NULL},
};

const struct key *
entry_keys(struct arena *a, const struct fielddef *fields, uint32_t nfields, size_t *n)
{
	struct key *keys = arena_array(a, LEN(entrykeys) + nfields, sizeof(*keys));
	uint32_t i;

	memcpy(keys, entrykeys, sizeof(entrykeys));
	for (i = 0; i < nfields; i++) {
		if (!fields[i].id)
			continue;
		keys[LEN(entrykeys) + i] = (struct key){
			arena_copy(a, fields[i].id->p, fields[i].id->n),
			field_value,
			sizeof(struct entry) + i * sizeof(const struct node *),
			false,
			&fields[i],
		};
	}
	*n = LEN(entrykeys) + nfields;
	return keys;
}

/* Whether any of the n pointers that begin at p is not NULL. */
static bool
given(const char *p, size_t n)
{
	const struct node *const *field = (const struct node *const *)(const void *)p;
	size_t i;

	for (i = 0; i < n && !field[i]; i++)
		;
	return i < n;
}

uint32_t
entries_read(struct decoder *d, const struct node *list, const struct key *keys, size_t nkeys, bool extension,
	struct entry *entries)
{
	size_t nfields = nkeys - LEN(entrykeys), size = sizeof(struct entry) + nfields * sizeof(const struct node *);
	char *p = arena_alloc(d->arena, size);
	struct entry *e = (struct entry *)(void *)p;
	uint32_t i, n = 0;

	for (i = 0; i < list->n; i++) {
		/* fields are decoded behind the entry, then put away */
		memset(p, 0, size);
		e->deprecated = 2;
		e->extension = extension;
		if (!decode(d, node_item(list, i), keys, nkeys, p))
			continue;
		e->node = node_item(list, i);
		if (given(p + sizeof(*e), nfields)) {
			e->fields = arena_array(d->arena, nfields, sizeof(*e->fields));
			memcpy(e->fields, p + sizeof(*e), nfields * sizeof(*e->fields));
		}
		entries[n++] = *e;
	}
	return n;
}
