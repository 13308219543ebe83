import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const ABSENT =
  'const absent = () => { throw new Error("the page trains by gradient descent, from draws of its own"); };';
const functions = (...names: string[]): string =>
  `${ABSENT}\nexport { ${names.map((name) => `absent as ${name}`).join(", ")} };\n`;
const kind = (exported: string): string =>
  `${ABSENT}\nexport const ${exported} = { name: "${exported}", aliases: [], options: {}, rates: [], family: null, random: true, create: absent };\n`;

/** Modules of core that no page can ask for, by the end of their path, with what takes their place. */
const ELSEWHERE: readonly (readonly [RegExp, (name: string, text: () => string) => string])[] = [
  [
    // The generator and the shuffle of NumPy are NumPy's order of batches too.
    /\/random\/compatible\/[\w-]+\.ts$/,
    (_, text) => functions(...[...text().matchAll(/^export const (\w+)/gm)].map(([, name]) => name!)),
  ],
  [/\/random\/order\/(numpy|pytorch)\.ts$/, (name) => kind(`${name}Order`)],
  [
    /\/optimizer\/named\.ts$/,
    () =>
      `${ABSENT}\nimport { sgd } from "./sgd.ts";\nexport const [OPTIMIZERS, optimizerKind] = [[], absent];\n` +
      "const known = ({ name, momentum, weightDecay }) => /^(sgd|gradientDescent)$/.test(name) && !momentum && !weightDecay;\n" +
      "const plain = () => ({ config: { name: 'sgd', momentum: 0, dampening: 0, nesterov: false, weightDecay: 0 }, library: 'pytorch', family: sgd.family, ...sgd.create({ momentum: 0 }, 'pytorch') });\n" +
      "export const [usualRates, usualRate] = [() => sgd.rates, () => sgd.rates[0]];\n" +
      "export const optimizer = (spec) => (known(typeof spec === 'string' ? { name: spec } : spec) ? plain() : absent());\n",
  ],
  [
    /\/optimizer\/schedule\/index\.ts$/,
    () =>
      `${ABSENT}\nconst constant = { config: { name: "constant" }, warmup: 0, factor: () => 1 };\n` +
      'export const schedule = (asked, { warmup }) => (asked === "constant" && !warmup ? constant : absent());\n' +
      "export const [SCHEDULES, scheduleCatalogue] = [[], []];\n",
  ],
  // Links ask for the fast engines alone; points of a boundary come from the reference's network, not its trainer.
  [/\/engine\/reference\/trainer\.ts$/, () => functions("referenceTrainer")],
  // A worker plans the training and refuses what it cannot hold: the page need not plan it a second time.
  [/\/engine\/wasm\/check-holds\.ts$/, () => "export const checkHolds = () => {};\n"],
  [/\/optimizer\/rules\/index\.ts$/, () => functions("applyUpdate", "NEWTON_SCHULZ")],
];

/**
 * Leaves out what draws, shuffles and trains as other libraries do, a tenth of the page: neither a link nor a field
 * of the page can ask for it, and a study that was made so is only shown.
 */
export const pageOnly = (): Plugin => ({
  name: "page-only",
  enforce: "pre",
  load(id) {
    const path = id.replaceAll("\\", "/");
    for (const [pattern, source] of ELSEWHERE) {
      const found = path.match(pattern);
      if (found !== null && path.includes("/core/src/"))
        return source(found[1] ?? "", () => readFileSync(id, "utf8"));
    }
    return null;
  },
});
