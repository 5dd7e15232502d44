// same.mjs COMPILED PACKAGE: whether each .js and .d.ts of a package means what tsc made of its sources.
// Both are printed from their syntax trees, without comments, and formatted; a string is the same in any quotes and escapes.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import prettier from "prettier";
import ts from "typescript";

const [, , compiled, folder] = process.argv;
const printer = ts.createPrinter({ removeComments: true });

// A string, however it is written, as one in double quotes.
const requote = (context) => (tree) => {
  const visit = (node) =>
    ts.isStringLiteralLike(node) ? ts.factory.createStringLiteral(node.text) : ts.visitEachChild(node, visit, context);
  return ts.visitNode(tree, visit);
};

async function normal(file) {
  // A declaration file declares with or without the word.
  const text = readFileSync(file, "utf8").replace(/^export declare /gm, "export ");
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return prettier.format(printer.printFile(ts.transform(tree, [requote]).transformed[0]), { filepath: file });
}

const files = (from) =>
  readdirSync(from)
    .filter((file) => /\.(js|d\.ts)$/.test(file))
    .sort();
const expected = files(compiled);
let status = 0;
if (expected.length === 0 || expected.join() !== files(folder).join()) {
  console.log(`tsc makes ${expected.join(" ")}; the package has ${files(folder).join(" ")}`);
  status = 1;
}
for (const file of expected) {
  const want = (await normal(join(compiled, file))).split("\n");
  const got = (await normal(join(folder, file))).split("\n");
  const at = want.findIndex((line, i) => line !== got[i]);
  if (at >= 0 || want.length !== got.length) {
    console.log(`${file}: tsc makes\n${want[at]}\nnot\n${got[at]}`);
    status = 1;
  }
}
process.exit(status);
