// bench.mjs CONTESTANT QUERIES: print for each kind of query the nanoseconds that one takes: the best of many rounds through 65,536 random keys.
// Names are interned, as those in a program's text are, or fresh: cut out of a longer buffer for each round. Misses are names with
// one letter changed, and values that nobody registered. Strings whose case does not count are asked for as they are registered, in small
// letters and in any case.
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";

const [, , file, queries] = process.argv;
const contestant = basename(file, ".mjs");
const kind = contestant.split("-")[0];
const all = JSON.parse(readFileSync(queries, "utf8"));
const known = all[contestant] ?? all[kind];
const count = 65536;

let seed = 1;
const random = (below) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const keys = Array.from({ length: count }, () => known[random(known.length)]);

// A property's name is interned, and the same string is its key ever after.
const interned = (list) => {
  const table = Object.fromEntries(list.map((key) => [key, true]));
  const own = new Map(Object.keys(table).map((key) => [key, key]));
  return list.map((key) => own.get(key));
};
const cutter = (list) => {
  const buffer = list.join("\0");
  return () => {
    let end = -1;
    return list.map((key) => buffer.substring(end + 1, (end += key.length + 1)));
  };
};
const changed = (key) => {
  const at = random(key.length);
  return `${key.substring(0, at)}${key[at] === "Q" ? "Z" : "Q"}${key.substring(at + 1)}`;
};
const anyCase = (key) => key.replace(/[A-Za-z]/g, (letter) => (random(2) ? letter.toUpperCase() : letter.toLowerCase()));
const same = (list) => () => list;
const strings = () => ({ interned: same(interned(keys)), fresh: cutter(keys), miss: cutter(keys.map(changed)) });
const kinds = {
  text: () => ({ known: same(keys), miss: same(keys.map(() => Math.max(...known) + 1 + random(1000))) }),
  name: strings,
  value: () => ({ ...strings(), small: cutter(keys.map((key) => key.toLowerCase())), any: cutter(keys.map(anyCase)) }),
}[kind]();

// What throws for what it does not know has no misses.
const { look } = await import(resolve(file));
try {
  look(kinds.miss()[0]);
} catch {
  delete kinds.miss;
}

function round(list) {
  let found = 0;
  for (let i = 0; i < list.length; i += 1) {
    if (look(list[i]) !== undefined) {
      found += 1;
    }
  }
  return found;
}

const best = {};
for (let i = 0; i < 60; i += 1) {
  for (const [name, make] of Object.entries(kinds)) {
    const list = make();
    const start = process.hrtime.bigint();
    const found = round(list);
    const taken = Number(process.hrtime.bigint() - start) / count;
    if (name === "miss" ? found > count / 20 : found !== count) {
      throw new Error(`${contestant} found ${found} of ${count}, ${name}`);
    }
    best[name] = Math.min(best[name] ?? Infinity, taken);
  }
}
for (const [name, ns] of Object.entries(best)) {
  console.log(`${kind}-${name} ${ns.toFixed(2)}`);
}
