import type { Plugin } from "vite";

const FOREIGN = ["jax", "numpy", "numpyDefaultRng", "pytorch", "tensorflow"];
const MODULES = /\/core\/src\/random\/compatible\/[\w-]+\.ts$/;

/**
 * Leaves out what draws as other libraries do, a tenth of the page: neither a link nor a field of the page
 * can ask for it, and a study that was drawn so is only shown.
 */
export const ownDraws = (): Plugin => ({
  name: "own-draws",
  enforce: "pre",
  load(id) {
    if (!MODULES.test(id.replaceAll("\\", "/"))) return null;
    const absent = 'const absent = () => { throw new Error("the page draws as stepzero alone"); };';
    return `${absent}\nexport { ${FOREIGN.map((name) => `absent as ${name}`).join(", ")} };\n`;
  },
});
