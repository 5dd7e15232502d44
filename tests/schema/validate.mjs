// Ask ajv. Standard input: {schema, mutants, cases}, as JSON. A case is {at, data}: the pointer of a definition, or "" for
// the whole, and what it is to judge; a mutant is {path, put} or {path}: what to put at a place in the schema, or to leave
// out. Standard output: {problems, noticed}: the complaints about each case, and of each mutant the first case whose
// verdict it changes, or -1; -2 if it is no schema any more.
import { readFileSync } from "node:fs";
import Ajv from "ajv";

const options = { allowUnionTypes: true, strictTypes: false, strictRequired: false, logger: false, inlineRefs: false, code: { optimize: false } };

function validators(schema, cases, more) {
  const ajv = new Ajv({ ...options, ...more }).addSchema(schema, "registry");
  const places = new Set(cases.map(({ at }) => at));
  return new Map([...places].map((at) => [at, ajv.getSchema(`registry#${at}`)]));
}

function mutate(schema, { path, put }) {
  const mutant = structuredClone(schema);
  const last = path[path.length - 1];
  const parent = path.slice(0, -1).reduce((place, key) => place[key], mutant);
  if (put !== undefined) parent[last] = put;
  else if (Array.isArray(parent)) parent.splice(last, 1);
  else delete parent[last];
  return mutant;
}

const { schema, mutants, cases } = JSON.parse(readFileSync(0, "utf8"));

const whole = validators(schema, cases, { allErrors: true });
const problems = cases.map(({ at, data }) => {
  const valid = whole.get(at);
  return valid(data) ? [] : valid.errors.map((e) => `${e.instancePath || "/"} ${e.message}`);
});

const noticed = mutants.map((mutant) => {
  try {
    const places = validators(mutate(schema, mutant), cases, { validateSchema: false });
    return cases.findIndex(({ at, data }, i) => places.get(at)(data) !== (problems[i].length === 0));
  } catch {
    return -2;
  }
});

process.stdout.write(JSON.stringify({ problems, noticed }));
