/* The stack of maps in which names are looked up has a state: a number that stands for the shapes of the maps in it. A
 * tag remembers the state in which it found its name last, and where; in the same state the name is there again. */
#include <stdlib.h>
#include <string.h>
#include "util.h"
#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "escape.h"
#include "render.h"
#include "template.h"
#include "tree.h"
#include "value.h"

#define NOWHERE UINT32_MAX

struct frame {
	struct value value;
	uint32_t state; /* of the stack with this frame on top */
};

/* A state is a shape on top of another state. */
struct state {
	uint32_t below;
	const struct shape *shape;
};

/* The blocks that a parent tag gives, and those given to the template that it stands in. */
struct args {
	const struct args *outer;
	struct op *ops;
	uint32_t first, end;
};

/* A partial, parent or block being rendered. */
struct call {
	const struct call *caller;
	const struct op *op;
	unsigned depth;
};

struct renderer {
	struct templates *set;
	const struct escape *escape;
	struct buf *out;
	struct arena scratch; /* what the view makes for the tag at hand and for the frames */
	struct frame *frames;
	size_t nframes, capframes;
	struct state *states; /* the first has the number `base`, which no state of an earlier run had */
	size_t nstates, capstates;
	uint32_t base;
	uint32_t *slots; /* hash table of states */
	size_t nslots;
	struct str indent;
	bool unit;      /* what is being run is an indented block */
	unsigned depth; /* of run */
	bool strict;
};

static bool run(struct renderer *, struct op *, uint32_t, uint32_t, const struct args *, const struct call *);

static size_t
stateslot(const struct renderer *r, struct state s)
{
	return ((uintptr_t)s.shape >> 4 ^ (uint64_t)s.below * 0x9e3779b1u) & (r->nslots - 1);
}

static void
growstates(struct renderer *r)
{
	size_t i, j;

	free(r->slots);
	r->nslots = r->nslots ? r->nslots * 2 : 64;
	r->slots = xmalloc(r->nslots, sizeof(*r->slots));
	memset(r->slots, 0xff, r->nslots * sizeof(*r->slots));
	for (i = 0; i < r->nstates; i++) {
		for (j = stateslot(r, r->states[i]); r->slots[j] != NOWHERE; j = (j + 1) & (r->nslots - 1))
			;
		r->slots[j] = (uint32_t)i;
	}
}

static uint32_t
getstate(struct renderer *r, struct state s)
{
	size_t i;

	if (r->nstates * 2 >= r->nslots)
		growstates(r);
	for (i = stateslot(r, s); r->slots[i] != NOWHERE; i = (i + 1) & (r->nslots - 1))
		if (r->states[r->slots[i]].below == s.below && r->states[r->slots[i]].shape == s.shape)
			return r->base + r->slots[i];
	r->states = xgrow(r->states, r->nstates, &r->capstates, sizeof(*r->states));
	r->states[r->nstates] = s;
	r->slots[i] = (uint32_t)r->nstates;
	return r->base + (uint32_t)r->nstates++;
}

/* Put a value on the stack; op, if any, remembers the state. */
static void
push(struct renderer *r, struct op *op, struct value v)
{
	uint32_t below = r->nframes ? r->frames[r->nframes - 1].state : NOWHERE, state;

	if (op && op->outer == below && op->shape == v.shape) {
		state = op->inner;
	} else {
		state = getstate(r, (struct state){below, v.shape});
		if (op) {
			op->outer = below;
			op->shape = v.shape;
			op->inner = state;
		}
	}
	if (r->nframes == r->capframes)
		r->frames = xgrow(r->frames, r->nframes, &r->capframes, sizeof(*r->frames));
	r->frames[r->nframes++] = (struct frame){v, state};
}

/* Give back what the view made since the mark. */
static void
release(struct renderer *r, struct mark m)
{
	if (r->scratch.used != m.used || r->scratch.chunk != m.chunk)
		arena_release(&r->scratch, m);
}

/* The index of a key in a shape, or NOWHERE. */
static uint32_t
keyindex(const struct shape *shape, struct str key)
{
	uint32_t i;

	for (i = 0; shape && i < shape->n; i++)
		if (streq(shape->keys[i], key))
			return i;
	return NOWHERE;
}

static bool
lookup(struct renderer *r, const struct value *v, struct part *part, struct value *out)
{
	if (part->shape != v->shape || !v->shape) {
		part->key = keyindex(v->shape, part->s);
		part->shape = v->shape;
	}
	if (part->key == NOWHERE)
		return false;
	*out = value_get(v, part->key, &r->scratch);
	return true;
}

/* Find the first part of a name in the stack, innermost first; the others only inside what was found. Returns false if
 * the name is not there; *missing is then the part that is not. */
static bool
search(struct renderer *r, struct op *op, struct value *v, uint32_t *missing)
{
	uint32_t state = r->frames[r->nframes - 1].state, i;
	struct value inner;

	*missing = 0;
	if (op->nparts == 0) {
		*v = r->frames[r->nframes - 1].value;
		return true;
	}
	if (op->state != state) {
		op->state = state;
		op->frame = NOWHERE;
		for (i = (uint32_t)r->nframes; i > 0 && op->frame == NOWHERE; i--)
			if (keyindex(r->frames[i - 1].value.shape, op->parts[0].s) != NOWHERE)
				op->frame = i - 1;
	}
	if (op->frame == NOWHERE || !lookup(r, &r->frames[op->frame].value, &op->parts[0], v))
		return false;
	for (i = 1; i < op->nparts; i++) {
		*missing = i;
		if (v->kind != VALUE_MAP || !lookup(r, v, &op->parts[i], &inner))
			return false;
		*v = inner;
	}
	return true;
}

/* The same, for most names are where they were. */
static bool
resolve(struct renderer *r, struct op *op, struct value *v, uint32_t *missing)
{
	if (op->nparts != 1 || op->state != r->frames[r->nframes - 1].state || op->frame == NOWHERE)
		return search(r, op, v, missing);
	*v = value_get(&r->frames[op->frame].value, op->parts[0].key, &r->scratch);
	return true;
}

/* Say through which tags the template came to be rendered, and for what. */
static void
trace(struct renderer *r, const struct call *call)
{
	struct value *v;
	size_t i;

	for (; call; call = call->caller)
		if (call->op)
			diag_note(r->set->diag, call->op->span, "rendered from here");
	for (i = r->nframes; i > 1; i--) {
		v = &r->frames[i - 1].value;
		if (v->kind == VALUE_MAP && v->class->where) {
			diag_note(r->set->diag, v->class->where(v), "while rendering this");
			break;
		}
	}
}

/* Report that a part of a name is not there, and which name may have been meant. */
static bool
unknown(struct renderer *r, const struct op *op, uint32_t missing, const struct call *call)
{
	struct str name = op->parts[missing].s;
	const struct str *found = NULL;
	const struct shape *shape;
	struct value v = {0};
	struct op part = *op;
	uint32_t ignored;
	size_t i;

	part.nparts = missing;
	part.state = NOWHERE;
	if (missing > 0) {
		if (resolve(r, &part, &v, &ignored) && v.shape)
			found = nearest(name, v.shape->keys, v.shape->n);
	} else {
		for (i = r->nframes; i > 0 && !found; i--) {
			shape = r->frames[i - 1].value.shape;
			if (shape)
				found = nearest(name, shape->keys, shape->n);
		}
	}
	if (found)
		diag_error(r->set->diag, op->span, "unknown name '%.*s'; did you mean '%.*s'?", (int)op->text.n,
			op->text.s, (int)found->n, found->s);
	else
		diag_error(r->set->diag, op->span, "unknown name '%.*s'", (int)op->text.n, op->text.s);
	trace(r, call);
	return false;
}

static bool
unprintable(struct renderer *r, const struct op *op, const struct value *v, const struct call *call)
{
	const char *what = v->kind == VALUE_LIST ? "a list" : v->kind == VALUE_MAP ? "a map" : "false";

	diag_error(r->set->diag, op->span, "'%.*s' is %s and cannot be printed", (int)op->text.n, op->text.s, what);
	trace(r, call);
	return false;
}

static bool
print(struct renderer *r, struct op *op, const struct call *call)
{
	struct mark m = arena_mark(&r->scratch);
	struct str s = {NULL, 0};
	struct value v;
	uint32_t missing;

	if (!resolve(r, op, &v, &missing))
		return r->strict ? unknown(r, op, missing, call) : true;
	if (v.kind == VALUE_STRING)
		s = (struct str){v.p, v.n};
	else if (v.kind == VALUE_TRUE)
		s = str("true");
	else if (r->strict)
		return unprintable(r, op, &v, call);
	else if (v.kind == VALUE_FALSE && v.n == 5)
		s = str("false"); /* YAML's and JSON's null is no text */
	if (op->kind == OP_ESCAPED && r->escape)
		escape_add(r->escape, r->out, s);
	else
		buf_addstr(r->out, s);
	release(r, m);
	return true;
}

/* Text that an indentation goes before on each line that is not empty. */
static void
addlines(struct renderer *r, struct str s, bool start)
{
	const char *nl;
	size_t n;

	for (; s.n > 0; s.s += n, s.n -= n) {
		nl = memchr(s.s, '\n', s.n);
		n = nl ? (size_t)(nl - s.s) + 1 : s.n;
		if (start && s.s[0] != '\n' && s.s[0] != '\r')
			buf_addstr(r->out, r->indent);
		buf_add(r->out, s.s, n);
		start = true;
	}
}

static bool
atstart(const struct renderer *r, const struct op *op)
{
	return op->bol == BOL_YES || (op->bol == BOL_UNIT && r->unit);
}

static bool
truthy(const struct value *v)
{
	if (v->kind == VALUE_STRING || v->kind == VALUE_LIST)
		return v->n > 0;
	return v->kind != VALUE_FALSE;
}

static bool
runlist(struct renderer *r, struct op *ops, uint32_t i, const struct value *list, const struct args *args,
	const struct call *call)
{
	struct op *op = &ops[i];
	struct cursor c = {0, 0};
	struct mark m = arena_mark(&r->scratch);
	struct value item;
	uint32_t k;

	for (k = 0; k < list->n; k++) {
		item = list->class->next(list, &c, &r->scratch);
		item.more = k + 1 < list->n;
		push(r, op, item);
		if (!run(r, ops, i + 1, op->end, args, call))
			return false;
		r->nframes--;
		release(r, m);
	}
	return true;
}

static bool
runsection(struct renderer *r, struct op *ops, uint32_t i, const struct args *args, const struct call *call)
{
	struct mark m = arena_mark(&r->scratch);
	struct op *op = &ops[i];
	struct value v;
	uint32_t missing;
	bool ok = true;

	if (!resolve(r, op, &v, &missing)) {
		if (r->strict)
			return unknown(r, op, missing, call);
		v = value_bool(false);
	}
	if (op->kind == OP_INVERTED) {
		ok = truthy(&v) || run(r, ops, i + 1, op->end, args, call);
	} else if (v.kind == VALUE_LIST) {
		ok = runlist(r, ops, i, &v, args, call);
	} else if (truthy(&v)) {
		push(r, op, v);
		ok = run(r, ops, i + 1, op->end, args, call);
		if (!ok)
			return false;
		r->nframes--;
	}
	release(r, m);
	return ok;
}

/* Run ops from first to end with more indentation. */
static bool
runindented(struct renderer *r, struct op *ops, uint32_t first, uint32_t end, struct str indent,
	const struct args *args, const struct call *call)
{
	struct str saved = r->indent;
	char *s;
	bool ok;

	if (indent.n > 0) {
		s = xmalloc(saved.n + indent.n, 1);
		if (saved.n > 0)
			memcpy(s, saved.s, saved.n);
		memcpy(s + saved.n, indent.s, indent.n);
		r->indent = (struct str){s, saved.n + indent.n};
		ok = run(r, ops, first, end, args, call);
		free(s);
	} else {
		ok = run(r, ops, first, end, args, call);
	}
	r->indent = saved;
	return ok;
}

/* The template that a partial or parent names. *t is NULL if there is none, which is an error only if strict. */
static bool
target(struct renderer *r, struct op *op, const struct call *call, struct template **t)
{
	struct value v;
	uint32_t missing;

	*t = op->template;
	if (*t || !op->dynamic)
		return true;
	if (!resolve(r, op, &v, &missing))
		return r->strict ? unknown(r, op, missing, call) : true;
	if (v.kind != VALUE_STRING)
		return r->strict ? unprintable(r, op, &v, call) : true;
	*t = template_get(r->set, (struct str){v.p, v.n});
	template_link(r->set, r->strict);
	if (*t || !r->strict)
		return r->set->diag->nerrors == 0;
	diag_error(r->set->diag, op->span, "no template '%.*s'", (int)v.n, (const char *)v.p);
	trace(r, call);
	return false;
}

static bool
toodeep(struct renderer *r, const struct op *op, const struct call *call)
{
	diag_error(r->set->diag, op->span, "templates nested too deep: the limit is %d", RENDER_DEPTH);
	while (call->depth > 4)
		call = call->caller;
	trace(r, call);
	return false;
}

static bool
runpartial(struct renderer *r, struct op *op, const struct call *call)
{
	struct call here = {call, op, call->depth + 1};
	struct template *t;

	if (here.depth > RENDER_DEPTH)
		return toodeep(r, op, call);
	if (!target(r, op, call, &t))
		return false;
	return !t || runindented(r, t->ops, 0, t->nops, op->indent, NULL, &here);
}

static bool
runparent(struct renderer *r, struct op *ops, uint32_t i, const struct args *outer, const struct call *call)
{
	struct op *op = &ops[i];
	struct args args = {outer, ops, i + 1, op->end};
	struct call here = {call, op, call->depth + 1};
	struct template *t;

	if (here.depth > RENDER_DEPTH)
		return toodeep(r, op, call);
	if (!target(r, op, call, &t))
		return false;
	return !t || runindented(r, t->ops, 0, t->nops, op->indent, &args, &here);
}

/* The block of this name that was given farthest out, or NULL; *i is its index in the ops it stands in. */
static struct op *
findblock(const struct args *args, struct str name, uint32_t *i)
{
	struct op *found = NULL;
	uint32_t k;

	for (; args; args = args->outer) {
		for (k = args->first; k < args->end; k = args->ops[k].end) {
			if (streq(args->ops[k].text, name)) {
				found = args->ops;
				*i = k;
			}
		}
	}
	return found;
}

/* A block shows what was given for it, else what it holds. What is given takes the indentation of the block if that
 * stands alone, and none if it does not. */
static bool
runblock(struct renderer *r, struct op *ops, uint32_t i, const struct args *args, const struct call *call)
{
	struct op *op = &ops[i], *given = findblock(args, op->text, &i);
	struct call here = {call, op, call->depth + 1};
	struct str indent = r->indent;
	bool unit = r->unit, ok;

	if (here.depth > RENDER_DEPTH)
		return toodeep(r, op, call);
	r->unit = op->indented;
	if (given && !op->indented)
		r->indent.n = 0;
	ops = given ? given : ops;
	ok = runindented(r, ops, i + 1, ops[i].end, op->indent, args, &here);
	r->unit = unit;
	r->indent = indent;
	return ok;
}

static bool
runop(struct renderer *r, struct op *ops, uint32_t i, const struct args *args, const struct call *call)
{
	struct op *op = &ops[i];

	if (op->kind == OP_TEXT) {
		addlines(r, op->text, atstart(r, op));
		return true;
	}
	if (r->indent.n > 0 && atstart(r, op))
		buf_addstr(r->out, r->indent);
	switch (op->kind) {
	case OP_SECTION:
	case OP_INVERTED:
		return runsection(r, ops, i, args, call);
	case OP_PARTIAL:
		return runpartial(r, op, call);
	case OP_PARENT:
		return runparent(r, ops, i, args, call);
	case OP_BLOCK:
		return runblock(r, ops, i, args, call);
	default:
		return print(r, op, call);
	}
}

static bool
run(struct renderer *r, struct op *ops, uint32_t i, uint32_t end, const struct args *args, const struct call *call)
{
	const struct op *inside = i > 0 ? &ops[i - 1] : call->op;
	bool ok = true;

	if (inside && r->depth == RENDER_NESTING)
		return toodeep(r, inside, call);
	r->depth++;
	for (; i < end && ok; i = ops[i].end) {
		if (ops[i].kind == OP_TEXT && r->indent.n == 0)
			buf_addstr(r->out, ops[i].text);
		else
			ok = runop(r, ops, i, args, call);
	}
	r->depth--;
	return ok;
}

bool
render(struct templates *set, struct template *t, struct value data, const struct escape *escape, bool strict,
	struct buf *out)
{
	struct renderer r = {.set = set, .escape = escape, .out = out, .strict = strict, .base = set->nstates};
	struct call top = {NULL, NULL, 0};
	bool ok;

	push(&r, NULL, data);
	ok = run(&r, t->ops, 0, t->nops, NULL, &top);
	set->nstates += (uint32_t)r.nstates;
	arena_free(&r.scratch);
	free(r.frames);
	free(r.states);
	free(r.slots);
	return ok;
}
