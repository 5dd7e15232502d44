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

/** What the module says of values that have entries. */
function rows(module, registry, make) {
  same("values", module.values, registry.rows.map((row) => make(row.number)));
  registry.rows.forEach((row, i) => {
    const value = make(row.number);
    const what = (member) => `${registry.id} ${row.value} ${member}`;
    same(what("has"), module.has(value), true);
    same(what("text"), module.text(value), given(row.text));
    same(what("name"), module.name(value), given(row.constant));
    same(what("status"), module.status(value), row.status);
    same(what("description"), module.description(value), given(row.description));
    same(what("references"), module.references(value), listed(row.references));
    same(what("formerReferences"), module.formerReferences(value), listed(row.former_references));
    for (const field of registry.fields) {
      const told = field.values[i];
      const number = field.type_name === "bigint" ? BigInt : Number;
      const is = field.bool ? told.value : told.value === false ? given(field.default) : told.value;
      const want = field.integer && is !== undefined ? number(is) : is;
      same(what(field.id), module[field.accessor](value), want);
    }
  });
}

/** Names as they are, cut out of a longer string, and all that is nearly one. */
function names(module, registry, make) {
  const all = new Map(registry.names.map((name) => [name.lookup, make(name.entry.number)]));
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
  const make = registry.type_name === "bigint" ? BigInt : Number;
  rows(module, registry, make);
  names(module, registry, make);
  unknown(module, registry, make);
}
console.log(`${checks} checks, ${failures} failures`);
process.exitCode = failures > 0 || checks === 0 ? 1 : 0;
