// The strictest sets that there are, with nothing switched off.
import eslint from "@eslint/js";
import jsdoc from "eslint-plugin-jsdoc";
import tsdoc from "eslint-plugin-tsdoc";
import tseslint from "typescript-eslint";

export default tseslint.config(
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  jsdoc.configs["flat/recommended-typescript-error"],
  {
    plugins: { tsdoc },
    rules: {
      // The one tag that TSDoc has and the oldest JSDoc plugin that runs here does not know.
      "jsdoc/check-tag-names": ["error", { typed: true, definedTags: ["packageDocumentation"] }],
      "tsdoc/syntax": "error",
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: {
      parserOptions: { projectService: true },
    },
  },
);
