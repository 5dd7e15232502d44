// contestants.mjs FOLDER MODULE: write the ways to look up what the module of FOLDER/ts holds as FOLDER/contestants/KIND-NAME.mjs, each of
// which exports `look`, and FOLDER/queries.json with what there is to look up.
import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import http from "node:http";
import httpStatusCodes from "http-status-codes";
import statuses from "statuses";

const [, , folder, module] = process.argv;
const subject = await import(resolve(folder, "ts", `${module}.js`));
const values = subject.values;
const queries = {};

const write = (name, source) => writeFileSync(`${folder}/contestants/${name}.mjs`, `${source}\n`);
const json = JSON.stringify;
const looks = (key, expression) => `export const look = (${key}) => ${expression};`;
const object = (pairs) => `{\n${pairs.map(([key, value]) => `  ${json(key)}: ${json(value)},\n`).join("")}}`;
const map = (pairs) => `const table = new Map(${json(pairs)});\n${looks("key", "table.get(key)")}`;

// Strings whose case does not count: the language's tables have their small letters for keys.
function strings() {
  const spellings = values.map((value) => [value.toLowerCase(), value]);
  const small = "key.toLowerCase()";
  write("value-ours", `export { canonical as look } from "../ts/${module}.js";`);
  write("value-map", `const table = new Map(${json(spellings)});\n${looks("key", `table.get(${small})`)}`);
  write("value-object", `const table = ${object(spellings)};\n${looks("key", `table[${small}]`)}`);
  write("value-null-object", `const table = {\n  __proto__: null,${object(spellings).slice(1)};\n${looks("key", `table[${small}]`)}`);
  queries.value = values;
}

function numbers() {
  const names = Object.keys(subject).filter((name) => typeof subject[name] === "number");
  const texts = values.map((value) => [value, subject.text(value)]).filter(([, text]) => text);
  const pairs = names.map((name) => [name, subject[name]]);
  write("text-ours", `export { text as look } from "../ts/${module}.js";`);
  write("text-map", map(texts));
  write("text-object", `const table = ${object(texts)};\n${looks("key", "table[key]")}`);
  write("name-ours", `export { fromName as look } from "../ts/${module}.js";`);
  write("name-map", map(pairs));
  write("name-object", `const table = ${object(pairs)};\n${looks("key", "table[key]")}`);
  write("name-null-object", `const table = {\n  __proto__: null,${object(pairs).slice(1)};\n${looks("key", "table[key]")}`);
  queries.text = texts.map(([value]) => value);
  queries.name = names;
}

// The packages of npm know but http's codes, and look them up by their texts; what one of them throws for is not asked of it.
function packages() {
  write("text-http", `import http from "node:http";\n${looks("key", "http.STATUS_CODES[key]")}`);
  write("text-statuses", `import statuses from "statuses";\n${looks("key", "statuses.message[key]")}`);
  write("text-http-status-codes", `import codes from "http-status-codes";\n${looks("key", "codes.getReasonPhrase(key)")}`);
  write("name-statuses", `import statuses from "statuses";\n${looks("key", "statuses.code[key.toLowerCase()]")}`);
  write("name-http-status-codes", `import codes from "http-status-codes";\n${looks("key", "codes.getStatusCode(key)")}`);
  queries["text-http"] = Object.keys(http.STATUS_CODES).map(Number);
  queries["text-statuses"] = statuses.codes;
  queries["text-http-status-codes"] = Object.values(httpStatusCodes.StatusCodes).filter(Number.isInteger);
  queries["name-statuses"] = statuses.codes.map((code) => statuses.message[code]);
  queries["name-http-status-codes"] = Object.values(httpStatusCodes.ReasonPhrases);
}

mkdirSync(`${folder}/contestants`);
if (typeof values[0] === "string") {
  strings();
} else {
  numbers();
}
if (module === "http-status") {
  packages();
}
writeFileSync(`${folder}/queries.json`, json(queries));
