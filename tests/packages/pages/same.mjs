// same.mjs CHROMIUM FOLDER... - whether the pages in FOLDER/wild differ from those in FOLDER/tame by no more than texts, for which
// FOLDER/words.json has the words that stand in tame. HTML is read by Chromium; Markdown by micromark, which reads it as GitHub does, and
// by marked, and what they make of it by Chromium. What differs is said; the exit status is 1 then.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { marked } from "marked";
import { launch } from "./browser.mjs";

const READERS = {
  micromark: (text) => micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true, allowDangerousProtocol: true }).replaceAll("\r", "&#13;"),
  marked: (text) => marked.parse(text, { async: false }),
};

/** Every element, attribute and text of a document, in order. An address that was taken for a link is the text that it was. */
function tree() {
  const lines = [];
  for (const a of document.querySelectorAll("a[href]")) {
    const text = a.textContent;
    if (document.contentType === "text/html" && document.body.dataset.read && [text, `http://${text}`, `mailto:${text}`].some((t) => a.getAttribute("href") === t || a.href === t)) a.replaceWith(text);
  }
  document.normalize();
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement && ["SCRIPT", "STYLE"].includes(node.parentElement.tagName)) continue;
    let depth = 0;
    for (let up = node.parentNode; up; up = up.parentNode) depth++;
    if (node instanceof Element) lines.push([depth, node.tagName, Array.from(node.attributes, (a) => [a.name, a.value]).sort(([x], [y]) => (x < y ? -1 : 1))]);
    else lines.push([depth, node.nodeName, node.nodeValue ?? ""]);
  }
  return lines;
}

/** As an id and a fragment have it. */
function encoded(text) {
  return [...Buffer.from(text)].map((b) => (/[0-9A-Za-z._-]/.test(String.fromCharCode(b)) ? String.fromCharCode(b) : `%${b.toString(16).toUpperCase().padStart(2, "0")}`)).join("");
}

/** What the tree of the tame page is to be with the texts in the place of words. Markdown has no blanks at the ends of cells and lines; marked takes form feeds for such. */
function wild(lines, words, markdown) {
  const put = (text, encode) => text.replace(/zq\d{4,}qz/g, (word) => (encode ? encoded(words[word]) : words[word]));
  return lines.map(([depth, name, what]) => {
    if (!Array.isArray(what)) return [depth, name, ends(put(what, false), markdown)];
    return [depth, name, what.map(([key, value]) => [key, put(value, key === "id" || (key === "href" && /^[\w.]*#/.test(value)))])];
  });
}

function ends(text, markdown) {
  return markdown ? text.replace(/^[ \f\v]+|[ \f\v]+$/g, "") : text;
}

/** Empty texts come and go with the blanks at their ends. */
function compact(lines, markdown) {
  return markdown ? lines.map(([d, n, w]) => [d, n, Array.isArray(w) ? w : ends(w, true)]).filter(([, name, what]) => name !== "#text" || what !== "") : lines;
}

const [executable, ...folders] = process.argv.slice(2);
const browser = await launch(executable);
const context = await browser.newContext();
const page = await context.newPage();
let wrong = 0;
let current = "";
let compared = 0;
let texts = 0;

page.on("dialog", (dialog) => void dialog.dismiss());
page.on("pageerror", (error) => complain(current, `a script failed: ${error.message}`));

async function read(file, reader) {
  current = file;
  if (reader) await page.setContent(`<!doctype html><body data-read="x">${reader(fs.readFileSync(file, "utf8"))}`, { waitUntil: "domcontentloaded" });
  else await page.goto(pathToFileURL(file).href);
  const lines = await page.evaluate(tree);
  if (!reader && (await page.evaluate(() => "hit" in window))) complain(file, "a script of the registry ran");
  return lines;
}

function complain(file, what) {
  wrong++;
  console.log(`${file}: ${what}`);
}

function compare(file, want, got) {
  compared++;
  texts += got.length;
  const at = want.findIndex((line, i) => JSON.stringify(line) !== JSON.stringify(got[i]));
  if (at >= 0 || want.length !== got.length) {
    const i = at >= 0 ? at : want.length;
    complain(file, `node ${i} is to be ${JSON.stringify(want[i])?.slice(0, 600)}, and is ${JSON.stringify(got[i])?.slice(0, 600)}`);
  }
}

for (const folder of folders) {
  const words = JSON.parse(fs.readFileSync(path.join(folder, "words.json"), "utf8"));
  const list = (f) => fs.readdirSync(f, { recursive: true }).filter((p) => /\.(html|md)$/.test(p)).sort();
  const pages = list(path.join(folder, "tame"));
  if (pages.length === 0 || JSON.stringify(pages) !== JSON.stringify(list(path.join(folder, "wild")))) complain(folder, "the files differ");
  for (const page of pages) {
    const markdown = page.endsWith(".md");
    for (const [name, reader] of markdown ? Object.entries(READERS) : [["", undefined]]) {
      const want = compact(wild(await read(path.join(folder, "tame", page), reader), words, markdown), markdown);
      const got = compact(await read(path.join(folder, "wild", page), reader), markdown);
      compare(`${path.join(folder, page)} ${name}`.trim(), want, got);
    }
  }
}
await browser.close();
console.log(`${compared} pages, ${texts} nodes`);
process.exit(wrong || compared === 0 ? 1 : 0);
