import js from "@eslint/js";

const globals = ["addEventListener", "clearTimeout", "console", "CSS", "document", "Element", "Highlight", "history", "HTMLAnchorElement", "HTMLButtonElement", "HTMLDivElement",
  "HTMLElement", "HTMLInputElement", "HTMLLIElement", "HTMLSelectElement", "HTMLTableRowElement", "IntersectionObserver", "localStorage", "location", "navigator", "NodeFilter",
  "Option", "requestAnimationFrame", "setTimeout", "StaticRange", "URLSearchParams"];

export default [js.configs.recommended, {
  languageOptions: { sourceType: "script", globals: Object.fromEntries(globals.map((name) => [name, "readonly"])) },
  rules: {},
}];
