// all.mjs FOLDER VIEW: whether the modules in the folder say of every value, name and reference what the view (`regen view`) has of them, byte
// for byte, and nothing of what is none.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";

const [, , folder, view] = process.argv;
let checks = 0;
let failures = 0;

function same(what, got, want) {
  checks += 1;
  if (!isDeepStrictEqual(got, want)) {
    failures += 1;
    console.log(what, "gives", got, "and not", want);
  }
}

const given = (x) => (x === false ? undefined : x);
const listed = (list) =>
  list.map(({ label, title, url }) => ({ label, ...(title && { title }), ...(url && { url }) }));

/** The value of a row, or of an entry in brief. */
const valueOf = (registry, entry) =>
  ({ number: Number, bigint: BigInt, string: () => entry.value })[registry.type_name](entry.number);

/** What the module says of values that have entries. */
function rows(module, registry) {
  same("values", module.values, registry.rows.map((row) => valueOf(registry, row)));
  registry.rows.forEach((row, i) => {
    const value = valueOf(registry, row);
    const what = (member) => `${registry.id} ${row.value} ${member}`;
    same(what("has"), module.has(value), true);
    if (!registry.numeric) {
      same(what("canonical"), module.canonical(value), value);
    }
    same(what("deprecated"), module.deprecated(value), row.deprecated);
    same(what("text"), module.text(value), given(row.text));
    same(what("name"), module.name(value), given(row.constant));
    same(what("status"), module.status(value), row.status);
    same(what("description"), module.description(value), given(row.description));
    same(what("references"), module.references(value), listed(row.references));
    same(what("formerReferences"), module.formerReferences(value), listed(row.former_references));
    for (const field of registry.fields) {
      const told = field.values[i];
      const number = (field.list || field).type_name === "bigint" ? BigInt : Number;
      const is = field.bool ? told.value : told.value === false ? given(field.default) : told.value;
      const member = (x) => (told.list.integer ? number(x.value) : x.value);
      const want = told.list ? told.list.members.map(member) : field.integer && is !== undefined ? number(is) : is;
      same(what(field.id), module[field.accessor](value), want);
    }
  });
}

/** Names as they are, cut out of a longer string, and all that is nearly one. */
function names(module, registry) {
  const all = new Map(registry.names.map((name) => [name.lookup, valueOf(registry, name.entry)]));
  for (const [name, value] of all) {
    same(`${registry.id} ${name}`, module[name], value);
    same(`${registry.id} fromName ${name}`, module.fromName(name), value);
    same(`${registry.id} fromName a fresh ${name}`, module.fromName(`<${name}>`.slice(1, -1)), value);
    const middle = name.length >> 1;
    for (const other of [
      `${name}_`,
      `_${name}`,
      name.slice(1),
      name.slice(0, -1),
      name.toLowerCase(),
      `${name.slice(0, middle)}\u0100${name.slice(middle + 1)}`,
      `${name.slice(0, middle)}Q${name.slice(middle + 1)}`,
      `\u{1F600}${name.slice(2)}`,
      `${name}\0`,
    ]) {
      same(`${registry.id} fromName ${other}`, module.fromName(other), all.get(other));
    }
  }
  const members = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "length", "made"];
  for (const other of [...members, "", "\0", "\uD800", "undefined", "0", "-1", "A".repeat(100000)]) {
    same(`${registry.id} fromName ${other.slice(0, 20)}`, module.fromName(other), all.get(other));
  }
}

/** Strings that are nearly one. */
function* nearly(value) {
  const middle = value.length >> 1;
  yield value.toUpperCase();
  yield value.toLowerCase();
  yield value.replace(/[A-Za-z]/g, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase());
  yield value.replace(/[a-z]/i, (letter) => String.fromCharCode(letter.charCodeAt(0) ^ 32));
  yield value.slice(1);
  yield value.slice(0, -1);
  yield* ["_", "\0", " ", "\uD800", "\u{1F600}"].flatMap((more) => [value + more, more + value]);
  for (const unit of ["Q", "\0", "@", "[", "`", "{", "\u0100", "\uD800", "\uFFFF"]) {
    yield `${value.slice(0, middle)}${unit}${value.slice(middle + 1)}`;
  }
  yield value.replace(/k/i, "\u212A");
  yield value.replace(/s/i, "\u017F");
  yield value.replace(/[\x20-\x7e]/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
  yield `<${value}>`.slice(1, -1);
}

/** Every spelling that may be one is found where it is one, and only there. */
function spellings(module, registry) {
  const key = (value) => (registry.caseless ? value.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : value);
  const all = new Map(registry.rows.map((row) => [key(row.entry.value), row]));
  const members = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "length", "made"];
  const others = ["", "\0", "\uD800", "undefined", "0", "-1", "A".repeat(100000), "\u212A"];
  const near = registry.rows.flatMap((row) => [...nearly(row.entry.value)]);
  for (const value of [...members, ...others, ...near]) {
    const row = all.get(key(value));
    const what = (member) => `${registry.id} ${JSON.stringify(value.slice(0, 50))} ${member}`;
    same(what("has"), module.has(value), row !== undefined);
    same(what("canonical"), module.canonical(value), row?.entry.value);
    same(what("text"), module.text(value), given(row?.text ?? false));
    same(what("name"), module.name(value), given(row?.constant ?? false));
    same(what("status"), module.status(value), row?.status ?? "unassigned");
    same(what("deprecated"), module.deprecated(value), row?.deprecated ?? false);
    same(what("description"), module.description(value), given(row?.description ?? false));
    same(what("references"), module.references(value), listed(row?.references ?? []));
    same(what("formerReferences"), module.formerReferences(value), listed(row?.former_references ?? []));
  }
}

/** Values that have no entry are values like any other. */
function unknown(module, registry, make) {
  const has = new Set(module.values);
  const ends = registry.rows.flatMap((row) => [make(row.number) - make(1), make(row.number) + make(1)]);
  const others =
    make === BigInt
      ? [-1n, 0n, 2n ** 63n, 2n ** 64n, 2n ** 70n, -(2n ** 70n)]
      : [NaN, Infinity, -Infinity, -1, -0.5, 0.5, 100.5, 404.5, 65536, 2 ** 31, 2 ** 32, 2 ** 53, 1e300];
  for (const value of [...ends, ...others].filter((value) => !has.has(value))) {
    const what = (member) => `${registry.id} ${String(value)} ${member}`;
    same(what("has"), module.has(value), false);
    same(what("deprecated"), module.deprecated(value), false);
    same(what("text"), module.text(value), undefined);
    same(what("name"), module.name(value), undefined);
    same(what("description"), module.description(value), undefined);
    same(what("references"), module.references(value), []);
    same(what("formerReferences"), module.formerReferences(value), []);
    same(what("status"), typeof module.status(value), module.status(value) === undefined ? "undefined" : "string");
  }
}

for (const registry of JSON.parse(readFileSync(view, "utf8")).registries) {
  const module = await import(resolve(join(folder, `${registry.module}.js`)));
  rows(module, registry);
  names(module, registry);
  if (registry.numeric) {
    unknown(module, registry, registry.type_name === "bigint" ? BigInt : Number);
  } else {
    spellings(module, registry);
  }
}
console.log(`${checks} checks, ${failures} failures`);
process.exitCode = failures > 0 || checks === 0 ? 1 : 0;
