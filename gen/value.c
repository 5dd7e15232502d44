#include "util.h"
#include "diag.h"
#include "tree.h"
#include "value.h"

static struct value
nodeget(const struct value *map, size_t key, struct arena *a)
{
	(void)a;
	return value_node(node_item(map->p, key));
}

static struct value
nodenext(const struct value *list, struct cursor *c, struct arena *a)
{
	(void)a;
	return value_node(node_item(list->p, c->i++));
}

static struct span
nodewhere(const struct value *map)
{
	return node_span(map->p);
}

static struct value
arraynext(const struct value *list, struct cursor *c, struct arena *a)
{
	(void)a;
	return ((const struct value *)list->p)[c->i++];
}

struct value
value_list(const struct value *items, size_t n)
{
	static const struct class array = {.next = arraynext};

	return (struct value){.kind = VALUE_LIST, .p = items, .n = (uint32_t)n, .class = &array};
}

struct value
value_node(const struct node *n)
{
	static const struct class class = {.get = nodeget, .next = nodenext, .where = nodewhere};
	struct str s;

	if (n->kind == NODE_LIST)
		return (struct value){.kind = VALUE_LIST, .p = n, .n = n->n, .class = &class};
	if (n->kind == NODE_MAP)
		return (struct value){.kind = VALUE_MAP,
			.p = n,
			.n = n->n,
			.class = &class,
			.shape = ((const struct members *)n->p)->shape};
	s = node_str(n);
	if (n->plain && (s.n == 0 || streqs(s, "null") || streqs(s, "~")))
		return value_bool(false);
	if (n->plain && (streqs(s, "false") || streqs(s, "true")))
		return (struct value){.kind = s.n == 4 ? VALUE_TRUE : VALUE_FALSE, .p = s.s, .n = (uint32_t)s.n};
	return (struct value){.kind = VALUE_STRING, .p = s.s, .n = (uint32_t)s.n};
}
