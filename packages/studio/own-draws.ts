import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const MODULES = /\/core\/src\/random\/compatible\/[\w-]+\.ts$/;
const EXPORTED = /^export const (\w+)/gm;

/**
 * Leaves out what draws as other libraries do, a tenth of the page: neither a link nor a field of the page
 * can ask for it, and a study that was drawn so is only shown.
 */
export const ownDraws = (): Plugin => ({
  name: "own-draws",
  enforce: "pre",
  load(id) {
    if (!MODULES.test(id.replaceAll("\\", "/"))) return null;
    const names = [...readFileSync(id, "utf8").matchAll(EXPORTED)].map(([, name]) => name);
    const absent = 'const absent = () => { throw new Error("the page draws as stepzero alone"); };';
    return `${absent}\nexport { ${names.map((name) => `absent as ${name}`).join(", ")} };\n`;
  },
});
