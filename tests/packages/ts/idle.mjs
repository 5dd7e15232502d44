// idle.mjs FILE...: whether importing these modules does nothing: at their top are only functions, exports, and constants that are literals,
// arrays of literals, empty objects or other constants. What a bundler drops is the same.
import { readFileSync } from "node:fs";
import ts from "typescript";

const { SyntaxKind } = ts;
const literals = new Set([
  SyntaxKind.NumericLiteral,
  SyntaxKind.BigIntLiteral,
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.Identifier,
]);

function isIdle(value) {
  if (ts.isPrefixUnaryExpression(value)) {
    return isIdle(value.operand);
  }
  if (ts.isArrayLiteralExpression(value)) {
    return value.elements.every(isIdle);
  }
  if (ts.isObjectLiteralExpression(value)) {
    return value.properties.length === 0;
  }
  return literals.has(value.kind);
}

function isStatementIdle(statement) {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.every(({ initializer }) => initializer && isIdle(initializer));
  }
  return ts.isFunctionDeclaration(statement) || ts.isExportDeclaration(statement);
}

const files = process.argv.slice(2);
for (const file of files) {
  const tree = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  for (const statement of tree.statements.filter((statement) => !isStatementIdle(statement))) {
    console.log(`${file}: at its top is\n${statement.getText().slice(0, 200)}`);
    process.exitCode = 1;
  }
}
if (files.length === 0) {
  process.exitCode = 1;
}
