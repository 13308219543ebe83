import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { withoutTexts } from "./without-texts.ts";

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
  // Points in a plane and the networks of two inputs that fit them are all that fields and links ask for.
  [/\/data\/check-dataset\.ts$/, () => "export const checkDataset = () => {};\n"],
  [/\/experiment\/check-fit\.ts$/, () => "export const checkFit = () => {};\n"],
  // Schemes of residual blocks, which no network of the page has.
  [
    /\/scheme\/(fixup|skip-init|deep-norm|gpt2-residual|t-fixup|zero-gamma)\.ts$/,
    (name) => {
      const own = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
      return (
        `${ABSENT}\nexport const ${own} = absent;\n` +
        `export const ${own}Entry = { name: "${own}", aliases: [], options: {}, needs: "residual blocks", create: absent };\n`
      );
    },
  ],
  [/\/scheme\/block-start\.ts$/, () => "export const blockStart = () => null;\n"],
  [/\/scheme\/untied\.ts$/, () => "export const needUntied = () => {};\n"],
  [/\/scheme\/library-paths\.ts$/, () => "export const pathsFor = () => (path) => path;\n"],
  [/\/init\/stacked\.ts$/, () => functions("stacked")],
  // A model of the page has no patterns; what a study's had is shown with its configuration.
  [
    /\/scheme\/initialize-at\.ts$/,
    () =>
      `${functions("initAt")}export const withInitializersAt = (model) => model;\nexport const overridesOf = () => () => null;\n`,
  ],
  [/\/optimizer\/rules\/index\.ts$/, () => functions("applyUpdate", "NEWTON_SCHULZ")],
];

/** Before a study is opened the page knows dense layers alone, which are all that its links and fields ask for. */
const DENSE_ALONE =
  'import { denseLayer, isPlainDense } from "./dense.ts";\nimport { NAME } from "./definition.ts";\n' +
  "export const LAYERS = { dense: denseLayer };\nexport const definitionOf = ({ kind }) => LAYERS[kind];\n" +
  "export { isPlainDense, NAME };\n";
const LAYERS = new URL("../core/src/model/layers/index.ts", import.meta.url).pathname;
/** How they compute. */
const DENSE_COMPUTED =
  'import { dense } from "./dense.ts";\nexport const LAYERS = { dense };\n' +
  "export const referenceLayer = (context) => LAYERS[context.placed.layer.kind](context);\n";
const COMPUTED = new URL("../core/src/engine/reference/layers/index.ts", import.meta.url).pathname;

const CATALOGUES = /\/core\/src\/(init|scheme|data|activation)\/[\w-]+\.ts$/;

/** A module that gives the page the other kinds of layers, which `study-screen` imports. */
const ALL_LAYERS = "virtual:all-layers";
const OTHER_LAYERS = [LAYERS, COMPUTED]
  .map(
    (path, n) =>
      `import { LAYERS as known${n} } from ${JSON.stringify(path)};\nimport { LAYERS as all${n} } from ${JSON.stringify(`${path}?all`)};\n` +
      `Object.assign(known${n}, all${n});\n`,
  )
  .join("");

/** What checks a model and a training, which the page does before it tells a worker of them, and what schemes ask for. */
const NOT_IN_WORKER: typeof ELSEWHERE = [
  [
    /\/model\/check-model\.ts$/,
    () => "export const checkModel = (model) => model;\nexport const checkLayer = () => {};\n",
  ],
  [/\/model\/place\.ts$/, () => "export const placesOf = () => new Map();\n"],
  [/\/engine\/check-training\.ts$/, () => "export const checkTraining = () => {};\n"],
  [
    /\/base\/kind\.ts$/,
    () =>
      "const any = { words: '', holds: () => true };\nexport const KIND = new Proxy({}, { get: () => any });\n" +
      "export const checkKind = () => {};\nexport const [optionsOf, either, shown] = [(_, given) => given, () => any, String];\n",
  ],
  [/\/base\/nearest\.ts$/, () => 'export const suggestion = () => "";\nexport const nearest = () => null;\n'],
];

/**
 * Leaves out what draws, shuffles and trains as other libraries do, a tenth of the page: neither a link nor a field
 * of the page can ask for it, and a study that was made so is only shown. Layers other than dense come with the
 * screen that shows studies; a report has them from the start, and every scheme.
 */
export const pageOnly = (of: "page" | "worker" | "report"): Plugin => ({
  name: "page-only",
  enforce: "pre",
  resolveId: (id) => (id === ALL_LAYERS ? `\0${ALL_LAYERS}` : null),
  load(id) {
    if (id === `\0${ALL_LAYERS}`) return of === "page" ? OTHER_LAYERS : "export {};";
    const path = id.replaceAll("\\", "/");
    if (of !== "report" && path.endsWith("/core/src/model/layers/index.ts")) return DENSE_ALONE;
    if (of !== "report" && path.endsWith("/core/src/engine/reference/layers/index.ts")) return DENSE_COMPUTED;
    // A report shows any scheme's study, whose summary asks the scheme what it draws.
    if (of === "report" && /\/core\/src\/(?:scheme|init)\//.test(path)) return null;
    for (const [pattern, source] of of === "worker" ? [...ELSEWHERE, ...NOT_IN_WORKER] : ELSEWHERE) {
      const found = path.match(pattern);
      if (found !== null && path.includes("/core/src/"))
        return source(found[1] ?? "", () => readFileSync(id, "utf8"));
    }
    if (of !== "report" && CATALOGUES.test(path)) return withoutTexts(path, readFileSync(id, "utf8"));
    return null;
  },
});
