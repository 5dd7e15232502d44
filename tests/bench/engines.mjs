// engines.mjs VIEW WANT - how fast other engines render the bench template, in this process and with the view already read. VIEW is what
// `regen view -r` prints; WANT is what `regen generate` makes of it, and each engine must make the same.
import fs from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";

const require = createRequire(new URL("../package.json", import.meta.url));
const underscore = require("underscore");
const wontache = require("wontache");
const mustache = require("mustache");

const ROUNDS = 30;
const template = fs.readFileSync(new URL("templates/bench/bench.mustache", import.meta.url), "utf8");
// The table of lang.yaml beside it.
const escapes = { '"': '\\"', "\\": "\\\\", "\n": "\\n" };
const escape = (text) => text.replace(/["\\\n]/g, (c) => escapes[c]);

// wontache takes its escaping from underscore. Both have read the template before they are measured.
underscore.escape = escape;
const compiled = wontache(template);
mustache.parse(template);
const engines = {
  mustache: (view) => mustache.render(template, view, {}, { escape }),
  wontache: (view) => compiled(view),
};

/** The least milliseconds of so many runs. */
function least(render, view) {
  let best = Infinity;
  for (let i = 0; i < ROUNDS; i++) {
    const start = process.hrtime.bigint();
    render(view);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6);
  }
  return best;
}

const [view, want] = process.argv.slice(2).map((file) => fs.readFileSync(file, "utf8"));
if (want === undefined) {
  console.error("usage: node engines.mjs VIEW WANT");
  process.exit(2);
}
const data = JSON.parse(view);
const bytes = Buffer.byteLength(want);
for (const [name, render] of Object.entries(engines)) {
  if (render(data) !== want) {
    console.error(`${name} renders something else`);
    process.exit(1);
  }
  const ms = least(render, data);
  console.log(`  ${name.padEnd(34)}${ms.toFixed(2).padStart(10)} ms${(bytes / 1e3 / ms).toFixed(1).padStart(10)} MB/s`);
}
