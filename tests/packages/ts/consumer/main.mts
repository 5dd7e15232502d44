// Depends on the generated package and compares what it answers with vectors.tsv.
import { readFileSync } from "node:fs";
import type { Reference, Status } from "subject";
import * as httpStatus from "subject/http-status";
import * as httpStatusUnofficial from "subject/http-status-unofficial";
import { NOT_FOUND, type HttpStatus, type KnownHttpStatus } from "subject/http-status";

/** What a module of the package exports, and its predicates and fields by their ids. */
interface Subject {
  module: {
    values: readonly number[];
    has: (value: number) => boolean;
    text: (value: number) => string | undefined;
    name: (value: number) => string | undefined;
    fromName: (name: string) => number | undefined;
    status: (value: number) => Status | undefined;
    description: (value: number) => string | undefined;
    references: (value: number) => readonly Reference[];
    formerReferences: (value: number) => readonly Reference[];
  };
  predicates: Record<string, (value: number) => boolean>;
  fields: Record<string, (value: number) => boolean | number | string | undefined>;
}

const subjects: Partial<Record<string, Subject>> = {
  http_status: {
    module: httpStatus,
    predicates: {
      informational: httpStatus.isInformational,
      success: httpStatus.isSuccess,
      redirection: httpStatus.isRedirection,
      client_error: httpStatus.isClientError,
      server_error: httpStatus.isServerError,
    },
    fields: { cacheable: httpStatus.cacheable, content: httpStatus.content },
  },
  http_status_unofficial: {
    module: httpStatusUnofficial,
    predicates: {},
    fields: { origin: httpStatusUnofficial.origin },
  },
};

// What must compile: literal types, and any number where a value is asked for.
const literal: 404 = NOT_FOUND;
const known: KnownHttpStatus = 404;
const any: HttpStatus = 799;
// @ts-expect-error 799 has no entry
const unknown: KnownHttpStatus = 799;
const narrowed: KnownHttpStatus | undefined = httpStatus.has(any) ? any : undefined;

let checks = 0;
let failures = 0;

function same(what: string, got: unknown, want: unknown): void {
  checks += 1;
  if (JSON.stringify(got) !== JSON.stringify(want)) {
    failures += 1;
    console.log(`${what}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
  }
}

/** The lines of one registry by their kind, without kind and registry. */
type Lines = Map<string, string[][]>;

const registries = new Map<string, Lines>();
const file = readFileSync(process.argv[2] ?? "", "utf8");
for (const line of file.split("\n").filter((line) => line !== "" && !line.startsWith("#"))) {
  const fields = line.split("\t").map((field) =>
    field.replace(/\\(.)/g, (_, c: string) => ({ t: "\t", n: "\n", r: "\r" })[c] ?? c),
  );
  const [kind = "", id = "", ...rest] = fields;
  const lines = registries.get(id) ?? new Map<string, string[][]>();
  registries.set(id, lines);
  lines.set(kind, [...(lines.get(kind) ?? []), rest]);
}

const show = (value: boolean | number | string | undefined): string => value?.toString() ?? "-";
const pairs = (list: readonly Reference[]): string[][] => list.map((r) => [r.label, show(r.url)]);
const inside = (value: number, first?: string, last?: string): boolean =>
  value >= Number(first) && value <= Number(last);

function compare(id: string, lines: Lines, subject: Subject): void {
  const { module, predicates, fields } = subject;
  const all = (kind: string): string[][] => lines.get(kind) ?? [];
  const of = (kind: string, value: number): string[][] =>
    all(kind).filter(([number]) => Number(number) === value);
  const values = all("entry").map(([number]) => Number(number));
  for (const value of new Set([...Array(1001).keys(), ...values])) {
    const what = (member: string): string => `${id} ${value.toString()} ${member}`;
    const entry = of("entry", value)[0];
    const span = all("span").find(([first, last]) => inside(value, first, last));
    const valid = inside(value, ...(all("valid")[0] as [string, string]));
    same(what("has"), module.has(value), entry !== undefined);
    same(what("text"), show(module.text(value)), entry?.[2] ?? "-");
    same(what("name"), show(module.name(value)), entry?.[1]?.toUpperCase() ?? "-");
    same(what("status"), show(module.status(value)), entry?.[3] ?? span?.[2] ?? (valid ? "unassigned" : "-"));
    same(what("description"), show(module.description(value)), of("description", value)[0]?.[1] ?? "-");
    same(what("references"), pairs(module.references(value)), of("reference", value).map((r) => r.slice(1)));
    const former = of("former_reference", value).map((r) => r.slice(1));
    same(what("former references"), pairs(module.formerReferences(value)), former);
    for (const [range = "", first, last] of all("predicate")) {
      same(what(range), predicates[range]?.(value), inside(value, first, last));
    }
    for (const [field = "", , standard] of all("default")) {
      const want = of("field", value).find(([, name]) => name === field)?.[2] ?? standard;
      same(what(field), field in fields ? show(fields[field]?.(value)) : undefined, want);
    }
  }
  for (const [number, name = "-"] of [...all("entry"), ...all("alias")]) {
    if (name !== "-") {
      same(`${id} ${name}`, module.fromName(name.toUpperCase()), Number(number));
    }
  }
  for (const name of ["", "-", "NO_SUCH_NAME", "constructor", "__proto__", "toString", "\0"]) {
    same(`${id} ${name} as a name`, module.fromName(name), undefined);
  }
  for (const value of [NaN, Infinity, -Infinity, -1, 200.5, 1e300]) {
    same(`${id} ${value.toString()}`, [module.text(value), module.name(value), module.has(value)], [undefined, undefined, false]);
  }
  same(`${id} values`, module.values, values);
}

same("literals", [literal, known, any, unknown, narrowed], [404, 404, 799, 799, undefined]);
same("NaN", httpStatus.status(NaN), undefined);
for (const [id, lines] of registries) {
  const subject = subjects[id];
  same(`${id} is tested`, subject !== undefined, true);
  if (subject !== undefined) {
    compare(id, lines, subject);
  }
}
console.log(`${checks.toString()} checks, ${failures.toString()} failures`);
process.exitCode = failures > 0 || registries.size === 0 ? 1 : 0;
