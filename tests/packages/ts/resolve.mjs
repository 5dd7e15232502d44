// A plugin that lets rollup find packages as node does.
import { createRequire } from "node:module";

export default () => ({
  name: "resolve",
  resolveId: (id, from) => (from && /^[a-z]/.test(id) ? createRequire(from).resolve(id) : null),
});
