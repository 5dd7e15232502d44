// table.mjs FILE... - the first table of each Markdown file as JSON: a list of rows, each a map from the column's heading to what the cell
// has, its `text` and its `links` (address, and the text with what is in parentheses behind it).
import fs from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../package.json", import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { fromMarkdown } = await load("mdast-util-from-markdown");
const { gfm } = await load("micromark-extension-gfm");
const { gfmFromMarkdown } = await load("mdast-util-gfm");

const text = (node) => node.value ?? (node.children ?? []).map(text).join("");

/** The text without the elements in it. */
const seen = (node) => (node.type === "html" ? "" : node.children ? node.children.map(seen).join("") : text(node));

function cell(node) {
  const links = node.children.flatMap((child, i) => (child.type === "link" ? [{ url: child.url, label: seen(child), after: node.children[i + 1]?.value ?? "" }] : []));
  return { text: seen(node), links };
}

const tables = process.argv.slice(2).map((file) => {
  const tree = fromMarkdown(fs.readFileSync(file, "utf8"), { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const [head, ...rows] = tree.children.find((node) => node.type === "table").children;
  const titles = head.children.map(seen);
  return rows.map((row) => Object.fromEntries(row.children.map((node, i) => [titles[i], cell(node)])));
});
process.stdout.write(JSON.stringify(tables));
