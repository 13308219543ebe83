import * as core from "@stepzero/core";
import "@tensorflow/tfjs-backend-cpu";
import * as tfjsCore from "@tensorflow/tfjs-core";
import * as tfjsLayers from "@tensorflow/tfjs-layers";
import { expect, test } from "vitest";

type Kind = "nothing" | "null" | "number" | "text" | "flag" | "function" | "object" | "list" | "floats";

/** A value of each kind that is right nowhere by chance. */
const PROBES: readonly (readonly [Kind, unknown])[] = [
  ["null", null],
  ["number", -7.5],
  ["number", Number.NaN],
  ["text", "?"],
  ["text", "2,3"],
  ["flag", true],
  ["function", () => undefined],
  ["object", {}],
  ["object", { bogus: 1 }],
  ["list", [null]],
];

/** A good argument, and the kinds that are refused for other reasons than their kind, or not at all. */
interface Argument {
  readonly good: unknown;
  readonly fits: readonly Kind[];
  readonly optional?: boolean;
}
const argument = (good: unknown, ...fits: Kind[]): Argument => ({ good, fits });
const optional = (one: Argument): Argument => ({ ...one, optional: true });
const n = (good: number) => argument(good, "number");
const text = (good: string) => argument(good, "text");
const list = (good: readonly unknown[]) => argument(good, "list");
const spec = (good: string) => argument(good, "text");
/** Options are optional, and each of them is asked for its kind too. */
const options = (good: object): Argument => ({ good, fits: ["object"], optional: true });
const needed = (good: object): Argument => ({ good, fits: ["object"] });

const model = core.mlp([2, 3, 1]);
const data = core.circles({ samples: 20, testSamples: 10 });
const parameters = core.initialize(model);
const phi = core.activation("tanh");
const tf = { ...tfjsCore, ...tfjsLayers };
const training = {
  loss: "bce",
  optimizer: { name: "gradientDescent" },
  steps: 1,
  batch: null,
  logSteps: [0, 1],
};
const short = { learningRates: [0.1], seeds: 1, steps: 1, workers: 0 };
const result = await core.train(model, data, { steps: 1 });
const generated = { samples: 8, testSamples: 0, noise: 0.1, seed: 1, testSeed: 2, generator: "stepzero" };
const idxFile = (...bytes: number[]) => ({ name: "file", bytes: Uint8Array.from(bytes) });
const images = idxFile(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 51);
const labels = idxFile(0, 0, 8, 1, 0, 0, 0, 1, 7);
const idx = { trainImages: images, trainLabels: labels, testImages: images, testLabels: labels };
const m = argument(model);
const d = argument(data);
const a = argument(phi);

/** A good call of every public function. */
const CALLS: Readonly<Record<string, readonly Argument[]>> = {
  activate: [spec("relu"), options({ name: "a" })],
  activation: [spec("relu")],
  architecture: [spec("resNet:8"), options({ input: [1, 8, 8], outputs: 3, activation: "tanh" })],
  attention: [n(2), options({ causal: true, bias: false, packed: true, name: "a" })],
  batchNorm: [options({ epsilon: 1e-3, momentum: 0.2, name: "a" })],
  cnn: [
    options({
      input: [1, 8, 8],
      outputs: 3,
      channels: [4],
      kernel: 3,
      activation: "tanh",
      norm: "batch",
      loss: "softmax",
    }),
  ],
  conv: [
    n(4),
    options({
      kernel: 3,
      stride: 1,
      padding: 1,
      dilation: 1,
      groups: 1,
      activation: "relu",
      bias: true,
      kernelInitializer: "he",
      biasInitializer: "zeros",
      name: "a",
    }),
  ],
  dropout: [n(0.5), options({ name: "a" })],
  embedding: [n(4), options({ name: "a" })],
  figuredLayers: [m],
  flatten: [options({ name: "a" })],
  gated: [list([core.dense(2)]), list([core.dense(2)]), options({ name: "a" })],
  hiddenLayers: [m],
  outputLayer: [m],
  unitLayers: [m],
  groupNorm: [n(2), options({ epsilon: 1e-3, name: "a" })],
  inputsOf: [m],
  layerNorm: [options({ epsilon: 1e-3, name: "a" })],
  parameterStarts: [m, spec("he")],
  placedTree: [m],
  plainLayers: [m],
  pool: [text("max"), options({ size: 2, stride: 2, padding: 0, name: "a" })],
  positionEmbedding: [options({ name: "a" })],
  resNet: [
    options({
      depth: 8,
      input: [1, 8, 8],
      outputs: 3,
      width: 4,
      norm: "none",
      activation: "tanh",
      loss: "softmax",
    }),
  ],
  residual: [
    list([core.dense(2)]),
    options({ shortcut: [core.dense(2)], branchScale: 1, skipScale: 1, name: "a" }),
  ],
  rmsNorm: [options({ epsilon: 1e-3, name: "a" })],
  scale: [options({ per: "feature", name: "a" })],
  shift: [options({ per: "feature", name: "a" })],
  transformer: [
    options({
      blocks: 1,
      width: 8,
      heads: 2,
      hidden: 8,
      input: { tokens: 5, length: 4 },
      outputs: 5,
      activation: "tanh",
      norm: "rms",
      order: "post",
      gated: true,
      causal: true,
      tied: true,
      packed: true,
      dropout: 0.1,
      loss: "softmax",
    }),
  ],
  unembed: [needed({ tokens: 5, kernelInitializer: "he", name: "a" })],
  activationOf: [argument((z: number) => z, "function"), optional(text("f"))],
  activationSpec: [spec("relu")],
  blobs: [options({ ...generated, classes: 3 })],
  bootstrapMedian: [list([1, 2, 3]), needed({ uniform: () => 0.5, resamples: 10, confidence: 0.95 })],
  circles: [options({ ...generated, factor: 0.5 })],
  classFrequencies: [d],
  copy: [options({ samples: 4, testSamples: 2, seed: 1, testSeed: 2, length: 3, tokens: 4 })],
  reversed: [options({ samples: 4, testSamples: 2, seed: 1, testSeed: 2, length: 3, tokens: 4 })],
  modularAddition: [options({ modulus: 5, samples: 9, testSamples: 4, seed: 1 })],
  textDataset: [
    text("some text"),
    options({ name: "t", length: 2, testFraction: 0.5, samples: 1, testSamples: 1, vocabulary: "some tx" }),
  ],
  compare: [
    m,
    d,
    options({ ...short, initializations: ["he"], seed: 0, paired: true, onProgress: () => {} }),
  ],
  comparisonPlan: [m, d, options({ initializations: ["he"], seeds: 2 })],
  checkModel: [m],
  constant: [options({ value: 1 })],
  critical: [a, n(0.05)],
  createTrainer: [argument("wasm"), m, d, argument(training)],
  deepNorm: [needed({ encoder: 3, decoder: 2 })],
  tFixup: [needed({ encoder: 3, decoder: 2 })],
  initializationNamesOf: [m],
  initAt: [text("dense1/kernel=he")],
  withInitializersAt: [m, list([{ pattern: "dense1/kernel", initializer: "he" }])],
  deltaOrthogonal: [options({ gain: 1 })],
  describeNetwork: [m, optional(spec("he"))],
  dense: [n(3), options({ activation: "relu", kernelInitializer: "he", biasInitializer: "zeros" })],
  dirac: [options({ groups: 1 })],
  distinctUnits: [list([1, 2]), list([1, 2]), optional(n(0))],
  evaluate: [m, argument(parameters), d, optional(argument("test")), options({ state: {} })],
  expectation: [argument((z: number) => z, "function"), optional(list([0])), optional(text("f"))],
  explainInitialization: [m, optional(spec("he")), options({ inputSquare: 4 })],
  fanInUniform: [],
  fans: [list([4, 3, 2]), optional(needed({ kind: "conv", groups: 2 }))],
  findInitializer: [text("he")],
  findScheme: [text("auto")],
  fixedPoints: [a, argument({ weightVariance: 2, biasVariance: 0 })],
  finiteWidthShift: [n(3), n(4)],
  fixup: [needed({ blocks: 3, layers: 2 })],
  gains: [a],
  generator: [text("numpy"), n(3)],
  glorotNormal: [options({ gain: 1, fan: "in" })],
  glorotUniform: [options({ gain: 1, fan: "in" })],
  gpt2Residual: [needed({ blocks: 3, layers: 2 })],
  layerStarts: [m, spec("he")],
  predictSignal: [needed(core.layerStarts(model, "he")), options({ inputSquare: 1 })],
  loadData: [text("circles"), options({})],
  idxDataset: [text("tiny"), needed(idx), options({ samples: 1, testSamples: 1 })],
  optimizer: [spec("adam")],
  schedule: [spec("cosine"), needed({ updates: 10 })],
  usualRates: [needed({ name: "adam" })],
  batchOrder: [text("numpy"), n(5), needed({ seed: 1 })],
  heNormal: [options({ gain: 1, fan: "in" })],
  heUniform: [options({ negativeSlope: 1, fan: "in" })],
  holm: [list([0.1, 0.2])],
  identity: [options({ gain: 1 })],
  initializationWarnings: [m, spec("he")],
  initialize: [
    m,
    options({ initialization: "he", seed: 1, generator: "numpy", dtype: "float32", initializeAt: [] }),
  ],
  initializer: [spec("he")],
  initializerSpec: [spec("he")],
  jax: [n(3), options({ partitionable: true })],
  key: [n(3), optional(argument("init")), optional(text("a"))],
  lecunNormal: [options({ gain: 1, fan: "in" })],
  lecunUniform: [options({ gain: 1, fan: "in" })],
  liveComparison: [m, d, options({ ...short, initializations: ["he"], seed: 0, paired: true })],
  logSpread: [list([1, 2]), list([2, 3])],
  looksLinear: [options({ gain: 1, mirror: "in" })],
  lossFor: [m, d],
  lstmForget: [options({ value: 1 })],
  mcnemar: [n(3), n(4)],
  mean: [list([1, 2])],
  median: [list([1, 2])],
  mlp: [list([2, 3, 1]), options({ activation: "relu", loss: "bce" })],
  moments: [a, optional(n(1))],
  moons: [options(generated)],
  namedData: [text("circles"), options({ ...generated, factor: 0.5 })],
  numpy: [n(3)],
  numpyDefaultRng: [n(3)],
  ones: [],
  orthogonal: [options({ gain: 1 })],
  outputPrior: [options({ frequencies: [1, 2] })],
  outputsOf: [m],
  parameterCount: [m],
  parametersFrom: [m, list(new Array(13).fill(0))],
  placedLayers: [m],
  predict: [m, argument(parameters), list([[1, 2]]), options({ state: {} })],
  pytorch: [n(3), options({ truncation: "inverse" })],
  quantile: [list([1, 2]), n(0.5)],
  quantileOf: [needed({ kind: "constant", value: 1 })],
  random: [options({ mean: 0, std: 1 })],
  referenceTrainer: [m, d, argument(training)],
  reproduceAnyinitDepth: [options({ signal: AbortSignal.abort() })],
  reproduceCourse: [options({ signal: AbortSignal.abort() })],
  reproduction: [text("course")],
  residualSignal: [a, needed({ depth: 2, branchScale: 1, weightVariance: 1, biasVariance: 0, length: 1 })],
  sameInitializer: [spec("he"), spec("zeros")],
  scheme: [spec("he")],
  schemeSpec: [spec("he")],
  seedsToDecide: [list([[3, 1]]), n(9), optional(n(0.05))],
  sequential: [list([core.dense(1)]), needed({ input: 2, loss: "bce" })],
  settledLength: [a, argument({ weightVariance: 2, biasVariance: 0.1 }), optional(n(1))],
  siren: [options({ omega: 30, layer: "first" })],
  skipInit: [options({ layers: 2, alpha: 0 })],
  sparse: [options({ sparsity: 0.5, std: 1 })],
  spirals: [options({ ...generated, classes: 3 })],
  std: [list([1, 2])],
  stdOfCut: [n(-1), n(1)],
  stepsRatio: [list([1, 2]), list([2, 3]), needed({ uniform: () => 0.5, resamples: 10 })],
  tableDataset: [
    argument({
      name: "x",
      header: ["a", "b"],
      rows: [
        ["1", "x"],
        ["2", "y"],
      ],
      lines: [2, 3],
    }),
    options({ label: "b", testFraction: 0, seed: 1, standardize: true, task: "classes" }),
  ],
  target: [text("accuracy=0.9")],
  tensorflow: [n(3)],
  tfjsInitializers: [argument(tf), options({ seed: 3 })],
  theory: [a, options({ weightVariance: 1.5, biasVariance: 0.1 })],
  toBfloat16: [list([1])],
  toFloat16: [list([1])],
  fromBfloat16: [argument(Uint16Array.of(1))],
  fromFloat16: [argument(Uint16Array.of(1))],
  train: [
    m,
    d,
    options({ initialization: "he", seed: 0, learningRate: 0.1, steps: 1, logEvery: 1, engine: "wasm" }),
  ],
  trainStudy: [argument(result), d, options({ initialization: "he", generator: "stepzero" })],
  truncatedNormal: [options({ mean: 0, std: 1, low: -1, high: 1 })],
  uniform: [options({ limit: 1 })],
  varianceScaling: [options({ gain: 1, fan: "in", distribution: "normal" })],
  wasmTrainer: [m, d, argument(training), options({ mode: "strict" })],
  wilson: [n(3), n(4), optional(n(0.9))],
  withOutputPrior: [m, list([1, 2])],
  xor: [options(generated)],
  zerO: [],
  zeros: [],
  zScore: [n(0.9)],
};

/** What the command and the page share with the library, and pass what is checked. */
const SHARED = [
  ...[
    "allocate",
    "bounded",
    "everyNth",
    "fansOf",
    "isRandomInitialization",
    "layerInitializers",
    "layerQuartiles",
  ],
  ...[
    "metricName",
    "plural",
    "printable",
    "sizeOf",
    "splitSpec",
    "suggestion",
    "summarize",
    "warningsByRule",
  ],
  ...["baselineOf", "bornDead", "medianInterval", "isInitializer", "defaultTarget", "checkDataset"],
  ...[
    "columnBuilder",
    "axesOf",
    "formatActivation",
    "inputShape",
    "readNumber",
    "isMissingAmongNumbers",
    "rateRange",
    "isReachedByConstant",
    "checkLimit",
    "columnCount",
    "unitWeights",
  ],
];

const functions = Object.entries(core).filter(
  ([name, value]) => typeof value === "function" && value !== core.InputError && !SHARED.includes(name),
) as [string, (...args: unknown[]) => unknown][];

/** What a call throws, now or later; `null` where it does not. */
const thrownBy = async (f: (...args: unknown[]) => unknown, args: readonly unknown[]): Promise<unknown> => {
  try {
    const made = (await f(...args)) as { close?: () => void } | null;
    made?.close?.();
    return null;
  } catch (error) {
    return error;
  }
};

test("there is a good call of every public function", () => {
  expect(Object.keys(CALLS).sort()).toEqual(functions.map(([name]) => name).sort());
});

test.each(functions.filter(([name]) => Object.hasOwn(CALLS, name)))(
  "%s refuses values of another kind",
  async (name, f) => {
    const args = CALLS[name]!;
    const good = args.map((one) => one.good);
    expect(await thrownBy(f, good)).toBeNull();
    const wrong: string[] = [];
    const refused = async (what: string, given: readonly unknown[]): Promise<void> => {
      const error = await thrownBy(f, given);
      if (!(error instanceof core.InputError)) wrong.push(`${what}: ${error === null ? "accepted" : error}`);
    };
    for (const [i, { fits, optional, good: own }] of args.entries()) {
      for (const [kind, probe] of PROBES) {
        if (!fits.includes(kind)) await refused(`argument ${i} ${String(probe)}`, good.with(i, probe));
      }
      if (optional !== true) await refused(`argument ${i} left out`, good.with(i, undefined));
      if (!fits.includes("object")) continue;
      await refused(`argument ${i} { bogus }`, good.with(i, { ...(own as object), bogus: 1 }));
      for (const option of Object.keys(own as object)) {
        for (const probe of [null, Symbol("?"), { bogus: 1 }]) {
          await refused(
            `option ${option} ${String(probe)}`,
            good.with(i, { ...(own as object), [option]: probe }),
          );
        }
      }
    }
    expect(wrong).toEqual([]);
  },
);
