// other.mjs - render with other engines. Standard input is a JSON list of jobs, standard output one of results.
//
// A job has `templates` (their text by name), `escapes` (tables by name), `outputs` (template, path, each, escape),
// `views` (`package` and, by id, `registries`), `want` (texts by path) and `changes` (of templates or escapes, each to
// be seen in an output). Its result has `files` (path, template, what each engine made of it, and `core`: whether
// mustache is said to be able to do it), `used` (the templates that were asked for) and `seen` (of each change); or
// an `error`.
import fs from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../package.json", import.meta.url));
const underscore = require("underscore");
const wontache = require("wontache");
const mustache = require("mustache");

/** Writes a code point, or a byte, as a format of lang.yaml says. */
function directive(format, code) {
  return format.replace(/%(?:%|(0[248])?x|X|03o)/g, (d) => {
    switch (d.at(-1)) {
      case "%":
        return "%";
      case "X":
        return code.toString(16).toUpperCase();
      case "o":
        return code.toString(8).padStart(3, "0");
      default:
        return code.toString(16).padStart(Number(d.slice(1, -1) || 0), "0");
    }
  });
}

/** A table of lang.yaml as a function: the longest sequence that fits, else the range that the character is in. */
function escaper(table) {
  const sequences = [];
  const ranges = [];
  for (const [from, to] of Object.entries(table)) {
    const range = /^U\+([0-9A-F]{4,6})(?:-U\+([0-9A-F]{4,6}))?$/.exec(from);
    if (range) ranges.push([parseInt(range[1], 16), parseInt(range[2] ?? range[1], 16), to]);
    else sequences.push([from, to]);
  }
  sequences.sort(([a], [b]) => Buffer.byteLength(b) - Buffer.byteLength(a));

  function character(c) {
    const code = c.codePointAt(0);
    const range = ranges.find(([first, last]) => code >= first && code <= last);
    if (!range) return c;
    if (!range[2].includes("%03o")) return directive(range[2], code);
    return [...Buffer.from(c)].map((byte) => directive(range[2], byte)).join("");
  }
  return (value) => {
    const text = String(value);
    let out = "";
    for (let at = 0; at < text.length;) {
      const sequence = sequences.find(([from]) => text.startsWith(from, at));
      const c = String.fromCodePoint(text.codePointAt(at));
      out += sequence ? sequence[1] : character(c);
      at += (sequence ? sequence[0] : c).length;
    }
    return out;
  };
}

/** The templates as partials, which notes those that are asked for. */
function noting(templates, used) {
  return new Proxy(
    { ...templates },
    {
      get(target, name) {
        if (Object.hasOwn(templates, name)) used.add(name);
        return target[name];
      },
    },
  );
}

// What wontache is given as its escaping is underscore's, which is looked up when it is called.
function renderWontache(name, view, partials, escape) {
  underscore.escape = escape;
  return wontache(partials[name])(view, { partials });
}

/**
 * Whether npm's mustache can do a template and all that it shows: no parent, no block, no name from the data, and no partial that shares
 * its line and of which it indents lines all the same, by the blanks that stand before it.
 */
function isCore(name, templates, seen = new Set()) {
  if (seen.has(name) || !Object.hasOwn(templates, name)) return true;
  seen.add(name);
  const text = templates[name];
  const alone = (start, end) => /(^|\n)[ \t]*$/.test(text.slice(0, start)) && /^[ \t]*(\r?\n|$)/.test(text.slice(end));
  const indents = (name, beside) => templates[name]?.split("\n").some((line, i) => line && (i > 0 || !beside));
  const fits = ([type, value, start, end, more, nth, beside]) => {
    // What it does not know, it takes for the name of a variable.
    if (type === "name") return !/^[<$]/.test(value);
    if (type === "#" || type === "^") return more.every(fits);
    if (type !== ">") return true;
    if (value.startsWith("*") || (nth === 0 && more && !alone(start, end) && indents(value, beside))) return false;
    return isCore(value, templates, seen);
  };
  try {
    return mustache.parse(text).every(fits);
  } catch {
    return false; // the end of a parent, of which it knows no beginning
  }
}

function renderMustache(name, view, templates, escape) {
  try {
    return mustache.render(templates[name], view, templates, { escape });
  } catch (error) {
    return String(error);
  }
}

function render(job, used) {
  const escapes = { none: String };
  for (const [name, table] of Object.entries(job.escapes)) escapes[name] = escaper(table);
  const partials = noting(job.templates, used);
  const files = [];
  for (const output of job.outputs) {
    const core = isCore(output.template, job.templates);
    for (const view of output.each === "package" ? [job.views.package] : Object.values(job.views.registries)) {
      underscore.escape = String;
      files.push({
        path: wontache(output.path)(view, { partials: {} }),
        template: output.template,
        core,
        wontache: renderWontache(output.template, view, partials, escapes[output.escape]),
        mustache: renderMustache(output.template, view, job.templates, escapes[output.escape]),
      });
    }
  }
  return files;
}

/** Whether a change of the job makes an output another. */
function differs(job, change) {
  const changed = { ...job };
  for (const [part, values] of Object.entries(change)) changed[part] = { ...job[part], ...values };
  try {
    return render(changed, new Set()).some((f) => f.wontache !== job.want[f.path]);
  } catch {
    return true;
  }
}

function run(job) {
  const used = new Set();
  try {
    const files = render(job, used);
    return { files, used: [...used], seen: job.changes.map((change) => differs(job, change)) };
  } catch (error) {
    return { error: String(error) };
  }
}

const jobs = JSON.parse(fs.readFileSync(0, "utf8"));
fs.writeFileSync(1, JSON.stringify(jobs.map(run)));
