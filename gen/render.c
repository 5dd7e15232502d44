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
	struct op *parent;
	struct str indent; /* of the template that the parent tag stands in */
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
	uint32_t state;       /* of the stack */
	struct state *states; /* the first has the number `base`, which no state of an earlier run had */
	size_t nstates, capstates;
	uint32_t base;
	uint32_t *slots; /* hash table of states */
	size_t nslots;
	struct str indent; /* of each line of the template or block that is being run */
	size_t first;      /* how much of it goes before what a block holds, if that begins inside a line */
	unsigned depth;    /* of run */
	bool strict;
};

/* Run ops from the second to the third; the first, if any, is the tag that they are inside of. */
static bool
run(struct renderer *, const struct op *, struct op *, const struct op *, const struct args *, const struct call *);

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
	uint32_t below = r->state;

	if (op && op->outer == below && op->shape == v.shape) {
		r->state = op->inner;
	} else {
		r->state = getstate(r, (struct state){below, v.shape});
		if (op) {
			op->outer = below;
			op->shape = v.shape;
			op->inner = r->state;
		}
	}
	if (r->nframes == r->capframes)
		r->frames = xgrow(r->frames, r->nframes, &r->capframes, sizeof(*r->frames));
	r->frames[r->nframes++] = (struct frame){v, r->state};
}

static void
pop(struct renderer *r)
{
	r->nframes--;
	r->state = r->frames[r->nframes - 1].state;
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
	struct value inner;
	uint32_t i;

	*missing = 0;
	if (op->nparts == 0) {
		*v = r->frames[r->nframes - 1].value;
		return true;
	}
	if (op->state != r->state) {
		op->state = r->state;
		op->frame = NOWHERE;
		for (i = (uint32_t)r->nframes; i > 0 && op->frame == NOWHERE; i--)
			if (keyindex(r->frames[i - 1].value.shape, op->parts[0].s) != NOWHERE)
				op->frame = i - 1;
	}
	if (op->frame == NOWHERE || !lookup(r, &r->frames[op->frame].value, &op->parts[0], v))
		return false;
	if (op->nparts == 1) {
		op->known = r->state;
		op->key = op->parts[0].key;
	}
	for (i = 1; i < op->nparts; i++) {
		*missing = i;
		if (v->kind != VALUE_MAP || !lookup(r, v, &op->parts[i], &inner))
			return false;
		*v = inner;
	}
	return true;
}

/* Most names are where they were the last time: the value of one whose op->known is the state. */
static inline struct value
remembered(struct renderer *r, const struct op *op)
{
	return value_get(&r->frames[op->frame].value, op->key, &r->scratch);
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

static const char *
kind(const struct value *v)
{
	switch (v->kind) {
	case VALUE_LIST:
		return "a list";
	case VALUE_MAP:
		return "a map";
	case VALUE_STRING:
		return "text";
	default:
		return v->kind == VALUE_TRUE ? "true" : "false";
	}
}

/* The name most like this that would be found in the stack, or NULL. */
static const struct str *
nearestname(const struct renderer *r, struct str name)
{
	const struct shape *shape;
	const struct str *found = NULL;
	size_t i;

	for (i = r->nframes; i > 0 && !found; i--) {
		shape = r->frames[i - 1].value.shape;
		if (shape)
			found = nearest(name, shape->keys, shape->n);
	}
	return found;
}

/* What the parts of a name before the one that is missing are. */
static struct value
before(struct renderer *r, const struct op *op, uint32_t missing)
{
	struct op part = *op;
	struct value v = {0};
	uint32_t ignored;

	part.nparts = missing;
	part.state = part.known = NOWHERE;
	search(r, &part, &v, &ignored);
	return v;
}

/* Report that a part of a name is not there, and why, or which name may have been meant. */
static bool
unknown(struct renderer *r, const struct op *op, uint32_t missing, const struct call *call)
{
	struct str part = op->parts[missing].s;
	struct value v = missing > 0 ? before(r, op, missing) : (struct value){.kind = VALUE_MAP};
	const struct str *found = NULL;
	int n = (int)op->text.n;

	if (missing == 0)
		found = nearestname(r, part);
	else if (v.shape)
		found = nearest(part, v.shape->keys, v.shape->n);
	if (found)
		diag_error(r->set->diag, op->span, "unknown name '%.*s'; did you mean '%.*s'?", n, op->text.s,
			(int)found->n, found->s);
	else if (v.kind != VALUE_MAP)
		diag_error(r->set->diag, op->span, "unknown name '%.*s': '%.*s' is %s", n, op->text.s,
			(int)(part.s - op->text.s) - 1, op->text.s, kind(&v));
	else
		diag_error(r->set->diag, op->span, "unknown name '%.*s'", n, op->text.s);
	trace(r, call);
	return false;
}

static bool
unprintable(struct renderer *r, const struct op *op, const struct value *v, const struct call *call)
{
	diag_error(r->set->diag, op->span, "'%.*s' is %s and cannot be printed", (int)op->text.n, op->text.s, kind(v));
	trace(r, call);
	return false;
}

/* Print what is no string: true, or if it may be, nothing or what YAML or JSON call false. */
static bool
printother(struct renderer *r, const struct op *op, struct value v, const struct call *call)
{
	if (v.kind != VALUE_TRUE && r->strict)
		return unprintable(r, op, &v, call);
	if (v.kind == VALUE_TRUE || (v.kind == VALUE_FALSE && v.n == 5)) /* null is no text */
		escape_add(op->kind == OP_ESCAPED ? r->escape : NULL, r->out,
			str(v.kind == VALUE_TRUE ? "true" : "false"));
	return true;
}

/* What a tag that remembers no place names; false if it is not there, which is an error if strict. */
static struct value
searched(struct renderer *r, struct op *op, const struct call *call, bool *ok)
{
	struct value v;
	uint32_t missing;

	if (search(r, op, &v, &missing))
		return v;
	*ok = !r->strict || unknown(r, op, missing, call);
	return value_bool(false);
}

static bool
print(struct renderer *r, struct op *op, const struct call *call)
{
	struct mark m = {r->scratch.chunk, r->scratch.used};
	struct value v; /* nobody has its address, so that it is never copied */
	bool ok = true;

	if (op->known == r->state)
		v = remembered(r, op);
	else
		v = searched(r, op, call, &ok);
	if (ok && v.kind != VALUE_STRING)
		ok = printother(r, op, v, call);
	else if (ok && op->kind == OP_ESCAPED && r->escape)
		escape_add(r->escape, r->out, (struct str){v.p, v.n});
	else if (ok)
		buf_addstr(r->out, (struct str){v.p, v.n});
	release(r, m);
	return ok;
}

/* Text with the indentation before each line that is not empty, but the first. */
static void
addlines(struct renderer *r, struct str s)
{
	const char *nl;
	size_t n;

	for (;; s.s += n, s.n -= n) {
		nl = memchr(s.s, '\n', s.n);
		n = nl ? (size_t)(nl - s.s) + 1 : s.n;
		buf_add(r->out, s.s, n);
		if (n == s.n)
			break;
		if (s.s[n] != '\n' && !(s.s[n] == '\r' && n + 1 < s.n && s.s[n + 1] == '\n'))
			buf_addstr(r->out, r->indent);
	}
}

/* The indentation of the line that begins where an op stands. */
static void
addindent(struct renderer *r, const struct op *op)
{
	if (op->bol == BOL_FIRST)
		buf_add(r->out, r->indent.s, r->first);
	else if (op->bol == BOL_YES || (op->bol == BOL_LAST && r->indent.n > r->first))
		buf_addstr(r->out, r->indent);
}

static bool
truthy(struct value v)
{
	if (v.kind == VALUE_STRING || v.kind == VALUE_LIST)
		return v.n > 0;
	return v.kind != VALUE_FALSE;
}

static bool
runinside(struct renderer *r, struct op *op, const struct args *args, const struct call *call)
{
	return run(r, op, op + 1, op + op->n, args, call);
}

static bool
runlist(struct renderer *r, struct op *op, struct value list, const struct args *args, const struct call *call)
{
	struct cursor c = {0};
	struct mark m = arena_mark(&r->scratch);
	struct value item;
	uint32_t k;

	for (k = 0; k < list.n; k++) {
		item = list.class->next(&list, &c, &r->scratch);
		item.more = k + 1 < list.n;
		push(r, op, item);
		if (!runinside(r, op, args, call))
			return false;
		pop(r);
		release(r, m);
	}
	return true;
}

/* Run what is in a section whose value is not false. */
static bool
runtrue(struct renderer *r, struct op *op, struct value v, const struct args *args, const struct call *call)
{
	if (v.kind == VALUE_LIST)
		return runlist(r, op, v, args, call);
	push(r, op, v);
	if (!runinside(r, op, args, call))
		return false;
	pop(r);
	return true;
}

static bool
runsection(struct renderer *r, struct op *op, const struct args *args, const struct call *call)
{
	struct mark m = arena_mark(&r->scratch);
	struct value v;
	bool ok = true;

	if (op->known == r->state)
		v = remembered(r, op);
	else
		v = searched(r, op, call, &ok);
	if (ok && op->kind == OP_INVERTED)
		ok = truthy(v) || runinside(r, op, args, call);
	else if (ok && truthy(v))
		ok = runtrue(r, op, v, args, call);
	release(r, m);
	return ok;
}

/* Two indentations, of which the second is inside the first. */
static struct str
join(struct renderer *r, struct str a, struct str b)
{
	if (a.n == 0 || b.n == 0)
		return a.n == 0 ? b : a;
	return arena_join(&r->scratch, (struct str[]){a, b}, 2);
}

/* The indentation of what is shown for a partial, parent or block: that of the tag's line, with all that is before the
 * tag on it. Beside something else on its line it gives none. */
static struct str
inner(struct renderer *r, const struct op *op)
{
	return op->alone ? join(r, r->indent, op->indent) : (struct str){NULL, 0};
}

/* Run ops, a template or what a block holds, with the indentation. */
static bool
runindented(struct renderer *r, struct op *op, const struct op *end, struct str indent, const struct args *args,
	const struct call *call)
{
	struct str saved = r->indent;
	bool ok;

	r->indent = indent;
	ok = run(r, call->op, op, end, args, call);
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
	if (!search(r, op, &v, &missing))
		return r->strict ? unknown(r, op, missing, call) : true;
	if (v.kind != VALUE_STRING)
		return r->strict ? unprintable(r, op, &v, call) : true;
	*t = template_get(r->set, (struct str){v.p, v.n});
	template_link(r->set, r->strict);
	if (*t || !r->strict)
		return r->set->diag->nerrors == 0;
	template_missing(r->set, op->span, (struct str){v.p, v.n});
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

/* Run the template that a partial or parent names; args are the blocks that a parent gives. */
static bool
runtemplate(struct renderer *r, struct op *op, const struct args *args, const struct call *call)
{
	struct call here = {call, op, call->depth + 1};
	struct mark m = arena_mark(&r->scratch);
	struct template *t;
	bool ok;

	if (here.depth > RENDER_DEPTH)
		return toodeep(r, op, call);
	if (!target(r, op, call, &t))
		return false;
	ok = !t || runindented(r, t->ops, t->ops + t->nops, inner(r, op), args, &here);
	release(r, m);
	return ok;
}

static bool
runparent(struct renderer *r, struct op *op, const struct args *outer, const struct call *call)
{
	struct args args = {outer, op, r->indent};

	return runtemplate(r, op, &args, call);
}

/* Who gives the block of this name, farthest out, or NULL; *block is then that block. */
static const struct args *
findblock(const struct args *args, struct str name, struct op **block)
{
	const struct args *found = NULL;
	struct op *op;

	for (; args; args = args->outer) {
		for (op = args->parent + 1; op < args->parent + args->parent->n; op += op->n) {
			if (streq(op->text, name)) {
				found = args;
				*block = op;
			}
		}
	}
	return found;
}

/* A block shows what was given for it, else what it holds. The lines of that have the indentation of the template that
 * they are written in, if it was not taken from them, inside that of the place where they are shown. */
static bool
runblock(struct renderer *r, struct op *op, const struct args *args, const struct call *call)
{
	struct op *block = op;
	const struct args *giver = findblock(args, op->text, &block);
	struct call here = {call, op, call->depth + 1};
	struct mark m = arena_mark(&r->scratch);
	struct str indent = inner(r, op), own = giver ? giver->indent : r->indent;
	size_t first = r->first;
	bool ok;

	if (here.depth > RENDER_DEPTH)
		return toodeep(r, op, call);
	r->first = indent.n;
	ok = runindented(r, block + 1, block + block->n, block->flush ? indent : join(r, indent, own), args, &here);
	r->first = first;
	release(r, m);
	return ok;
}

/* Not inlined, so that run keeps its few variables in registers. */
static __attribute__((noinline)) bool
runop(struct renderer *r, struct op *op, const struct args *args, const struct call *call)
{
	if (op->bol != BOL_NO && r->indent.n > 0)
		addindent(r, op);
	switch (op->kind) {
	case OP_TEXT:
		addlines(r, op->text);
		return true;
	case OP_SECTION:
	case OP_INVERTED:
		return runsection(r, op, args, call);
	case OP_PARTIAL:
		return runtemplate(r, op, NULL, call);
	case OP_PARENT:
		return runparent(r, op, args, call);
	case OP_BLOCK:
		return runblock(r, op, args, call);
	default:
		return print(r, op, call);
	}
}

/* Most texts are short: these are copied with what is behind them, in as many steps for each. */
static inline void
addtext(struct buf *b, struct str s)
{
	if (s.n > TEMPLATE_SPARE || b->cap - b->n < TEMPLATE_SPARE) {
		buf_addstr(b, s);
		return;
	}
	memcpy(b->s + b->n, s.s, TEMPLATE_SPARE);
	b->n += s.n;
}

static bool
run(struct renderer *r, const struct op *tag, struct op *op, const struct op *end, const struct args *args,
	const struct call *call)
{
	bool ok = true;

	if (tag && r->depth == RENDER_NESTING)
		return toodeep(r, tag, call);
	r->depth++;
	for (; op < end && ok; op += op->n) {
		if (r->indent.n > 0 || op->kind > OP_RAW)
			ok = runop(r, op, args, call);
		else if (op->kind == OP_TEXT)
			addtext(r->out, op->text);
		else
			ok = print(r, op, call);
	}
	r->depth--;
	return ok;
}

bool
render(struct templates *set, struct template *t, struct value data, const struct escape *escape, bool strict,
	struct buf *out)
{
	struct renderer r = {
		.set = set, .escape = escape, .out = out, .strict = strict, .base = set->nstates, .state = NOWHERE};
	struct call top = {NULL, NULL, 0};
	bool ok;

	push(&r, NULL, data);
	ok = run(&r, NULL, t->ops, t->ops + t->nops, NULL, &top);
	set->nstates += (uint32_t)r.nstates;
	arena_free(&r.scratch);
	free(r.frames);
	free(r.states);
	free(r.slots);
	return ok;
}
