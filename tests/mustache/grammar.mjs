// grammar.mjs - render with npm's wontache. Standard input is a JSON list of [name, templates by name, data]; standard
// output one of texts.
import fs from "node:fs";
import { createRequire } from "node:module";

const wontache = createRequire(new URL("../package.json", import.meta.url))("wontache");

function render([name, templates, data]) {
  try {
    return wontache(templates[name])(data, { partials: { ...templates } });
  } catch (error) {
    return String(error);
  }
}

fs.writeFileSync(1, JSON.stringify(JSON.parse(fs.readFileSync(0, "utf8")).map(render)));
