// main.mjs VECTORS PACKAGE: compares what each module of a package that is installed answers with the lines of VECTORS.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Reference, Status } from "subject";

type Value = number | bigint | string;

/** What a module exports; its predicates, fields and constants have names of their own. */
interface Module extends Partial<Record<string, unknown>> {
  values: readonly Value[];
  has: (value: Value) => boolean;
  canonical: (value: Value) => Value | undefined;
  text: (value: Value) => string | undefined;
  name: (value: Value) => string | undefined;
  fromName: (name: string) => Value | undefined;
  status: (value: Value) => Status | undefined;
  deprecated: (value: Value) => boolean;
  description: (value: Value) => string | undefined;
  references: (value: Value) => readonly Reference[];
  formerReferences: (value: Value) => readonly Reference[];
}

let checks = 0;
let failures = 0;

const json = (value: unknown): string =>
  JSON.stringify(value, (_, it: unknown) => (typeof it === "bigint" ? `${it.toString()}n` : it)) as string | undefined ?? "-";

function same(what: string, got: unknown, want: unknown): void {
  checks += 1;
  if (json(got) !== json(want)) {
    failures += 1;
    console.log(`${what}: got ${json(got)}, want ${json(want)}`);
  }
}

/** The lines of one registry by their kind, without kind and registry; those of strings have the kinds of those of numbers. */
type Lines = Map<string, string[][]>;

const [, , vectors = "", packageName = ""] = process.argv;
const registries = new Map<string, Lines>();
for (const line of readFileSync(vectors, "utf8").split("\n").filter((line) => line !== "" && !line.startsWith("#"))) {
  const fields = line.split("\t").map((field) =>
    field.replace(/\\(.)/g, (_, c: string) => ({ t: "\t", n: "\n", r: "\r" })[c] ?? c),
  );
  const [kind = "", id = "", ...rest] = fields;
  const lines = registries.get(id) ?? new Map<string, string[][]>();
  registries.set(id, lines);
  const plain = kind.replace(/^s_/, "");
  lines.set(plain, [...(lines.get(plain) ?? []), rest]);
}

const show = (value: unknown): string =>
  Array.isArray(value) ? [value.length, ...value].map(String).join("\t") : value === undefined ? "-" : String(value);
const pairs = (list: readonly Reference[]): string[][] => list.map((r) => [r.label, show(r.url)]);
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const camel = (id: string): string => id.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** A function that the module has for a range or a field; a reserved word has a line behind it. */
function accessor(module: Module, name: string): (value: Value) => unknown {
  const found = module[name] ?? module[`${name}_`];
  same(`${name} is a function`, typeof found, "function");
  return found as (value: Value) => unknown;
}

/** What is registered, and a value's place in it. */
interface Book {
  lines: Lines;
  key: (value: string) => string;
  make: (value: string) => Value;
}

const linesOf = (book: Book, kind: string): string[][] => book.lines.get(kind) ?? [];
const linesBy = (book: Book, kind: string): Map<string, string[][]> => {
  const map = new Map<string, string[][]>();
  for (const [value = "", ...rest] of linesOf(book, kind)) {
    map.set(book.key(value), [...(map.get(book.key(value)) ?? []), rest]);
  }
  return map;
};
const inside = (value: Value, first = "", last = ""): boolean =>
  BigInt(value) >= BigInt(first) && BigInt(value) <= BigInt(last);

/** How a value stands that has no entry. */
function unregistered(book: Book, value: Value): string {
  if (typeof value === "string") {
    return "unassigned";
  }
  const span = linesOf(book, "span").find(([first, last]) => inside(value, first, last));
  const [first, last] = linesOf(book, "valid")[0] ?? [];
  return span?.[2] ?? (inside(value, first, last) ? "unassigned" : "-");
}

/** What the module says of these values is what the lines say, or nothing. */
function compare(id: string, book: Book, module: Module, values: Iterable<string>): void {
  const kinds = ["entry", "description", "reference", "former_reference", "field"] as const;
  const [entries, descriptions, references, formers, fields] = kinds.map((kind) => linesBy(book, kind)) as [
    Map<string, string[][]>, Map<string, string[][]>, Map<string, string[][]>, Map<string, string[][]>, Map<string, string[][]>,
  ];
  const spelling = new Map(linesOf(book, "entry").map(([value = ""]) => [book.key(value), value]));
  const predicates = linesOf(book, "predicate").map(
    ([range = "", first, last]) => [accessor(module, `is${capital(camel(range))}`), range, first, last] as const,
  );
  const accessors = linesOf(book, "default").map(
    ([field = "", , standard]) => [accessor(module, camel(field)), field, standard] as const,
  );
  for (const text of values) {
    const key = book.key(text);
    const value = book.make(text);
    const what = (member: string): string => `${id} ${json(text.slice(0, 60))} ${member}`;
    const entry = entries.get(key)?.[0];
    same(what("has"), module.has(value), entry !== undefined);
    if (typeof value === "string") {
      same(what("canonical"), module.canonical(value), spelling.get(key));
    }
    same(what("text"), show(module.text(value)), entry?.[1] ?? "-");
    same(what("name"), show(module.name(value)), entry?.[0]?.toUpperCase() ?? "-");
    same(what("status"), show(module.status(value)), entry?.[2] ?? unregistered(book, value));
    same(what("deprecated"), show(module.deprecated(value)), entry?.[3] ?? "false");
    same(what("description"), show(module.description(value)), descriptions.get(key)?.[0]?.[0] ?? "-");
    same(what("references"), pairs(module.references(value)), references.get(key) ?? []);
    same(what("former references"), pairs(module.formerReferences(value)), formers.get(key) ?? []);
    for (const [predicate, range, first, last] of predicates) {
      same(what(range), predicate(value), inside(value, first, last));
    }
    for (const [field, name, standard] of accessors) {
      same(what(name), show(field(value)), fields.get(key)?.find(([given]) => given === name)?.[1] ?? standard);
    }
  }
}

/** Names give values, and are what constants are called. */
function compareNames(id: string, book: Book, module: Module): void {
  const names = new Map([...linesOf(book, "entry"), ...linesOf(book, "alias")].map(([value = "", name = "-"]) => [name, value]));
  names.delete("-");
  for (const [name, value] of names) {
    same(`${id} ${name}`, module.fromName(name.toUpperCase()), book.make(value));
    const constant = name.toUpperCase();
    same(`${id} the constant ${name}`, module[constant] ?? module[`${constant}_`], book.make(value));
  }
  for (const name of ["", "-", "NO_SUCH_NAME", "constructor", "__proto__", "toString", "\0"]) {
    same(`${id} ${name} as a name`, module.fromName(name), undefined);
  }
}

/** Numbers that may be registered, and those around them. */
function numbersFor(book: Book): string[] {
  const ends = ["entry", "span", "valid"].flatMap((kind) =>
    linesOf(book, kind).flatMap((line) => line.slice(0, kind === "entry" ? 1 : 2).map(BigInt)),
  );
  const all = [...ends.flatMap((end) => [end - 1n, end, end + 1n]), ...[...Array(1001).keys()].map(BigInt)];
  return [...new Set(all.map(String))];
}

const flip = (text: string): string =>
  text.replace(/[A-Za-z]/g, (letter) => (letter < "a" ? letter.toLowerCase() : letter.toUpperCase()));

/** Strings that are registered, and what is nearly one. */
function stringsFor(book: Book): string[] {
  const members = Object.getOwnPropertyNames(Object.prototype);
  const others = ["", "\0", " ", "\uD800", "\u212A", "k", "\u017F", "x".repeat(100000)];
  const entries = linesOf(book, "entry").map(([value = ""]) => value);
  const near = entries.flatMap((value) => [
    value,
    `<${value}>`.slice(1, -1),
    flip(value),
    value.toLowerCase(),
    value.toUpperCase(),
    value.slice(1),
    value.slice(0, -1),
    `${value}-`,
    `${value}\0`,
    ` ${value}`,
    `${value}\uDC00`,
    value.replace(/k/gi, "\u212A"),
    value.replace(/s/gi, "\u017F"),
    ...[...value].flatMap((_, i) =>
      [1, 32, 128, 256].map((bit) => {
        const changed = String.fromCharCode(value.charCodeAt(i) ^ bit);
        return value.slice(0, i) + changed + value.slice(i + 1);
      }),
    ),
  ]);
  return [...new Set([...members, ...others, ...near])];
}

const { exports } = createRequire(import.meta.url)(`${packageName}/package.json`) as { exports: object };
const modules = Object.keys(exports).filter((path) => path !== "." && path !== "./package.json");
same("modules", modules.sort(), [...registries.keys()].map((id) => `./${id.replaceAll("_", "-")}`).sort());
for (const [id, lines] of registries) {
  const module = (await import(`${packageName}/${id.replaceAll("_", "-")}`)) as Module;
  const strings = lines.get("strings")?.[0]?.[0];
  const big = typeof module.values[0] === "bigint";
  const book: Book = {
    lines,
    key: (value) => (strings === "caseless" ? value.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : value),
    make: strings !== undefined ? String : big ? BigInt : Number,
  };
  same(`${id} values`, module.values, linesOf(book, "entry").map(([value = ""]) => book.make(value)));
  compare(id, book, module, strings === undefined ? numbersFor(book) : stringsFor(book));
  compareNames(id, book, module);
  if (strings === undefined && !big) {
    for (const value of [NaN, Infinity, -Infinity, -1, 200.5, 1e300]) {
      const got = [module.text(value), module.name(value), module.has(value), module.references(value)];
      same(`${id} ${value.toString()}`, got, [undefined, undefined, false, []]);
    }
    same(`${id} NaN`, module.status(NaN), undefined);
  }
}
console.log(`${checks.toString()} checks, ${failures.toString()} failures`);
process.exitCode = failures > 0 || registries.size === 0 ? 1 : 0;
