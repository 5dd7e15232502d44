// What the tests of pages share: Chromium, and a tree of what a document has.
import { chromium } from "playwright-core";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** @param {string} executablePath */
export function launch(executablePath) {
  return chromium.launch({ executablePath, args: FLAGS });
}

let number = 0;
let failed = 0;

/**
 * A line of TAP: the test fails if it throws or returns something that is wrong.
 * @param {string} name
 * @param {() => unknown} run
 */
export async function test(name, run) {
  let wrong;
  try {
    wrong = await run();
  } catch (error) {
    wrong = error instanceof Error ? error.stack : error;
  }
  number++;
  if (Array.isArray(wrong) ? wrong.length === 0 : wrong === undefined) {
    console.log(`ok ${number} - ${name}`);
    return;
  }
  failed++;
  console.log(`not ok ${number} - ${name}`);
  const text = typeof wrong === "string" ? wrong : JSON.stringify(wrong, null, 1);
  for (const line of text.split("\n").slice(0, 30)) console.log(`# ${line.slice(0, 300)}`);
}

/** The plan; exits. */
export function finish() {
  console.log(`1..${number}`);
  process.exit(failed ? 1 : 0);
}
