import {
  activations,
  architectures,
  dataCatalogue,
  ENGINES,
  findInitializer,
  findScheme,
  GENERATOR_ALIASES,
  GENERATORS,
  initializers,
  LOSSES,
  loadedDataCatalogue,
  type OptionDescription,
  optimizerCatalogue,
  orderCatalogue,
  reproductions,
  scheduleCatalogue,
  schemes,
} from "@stepzero/core";
import { weightRules } from "@stepzero/core/rule";

/** One thing that has a name, as `list` and `explain` show it. */
export interface Entry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly formula: string;
  readonly text: string;
  readonly references: readonly string[];
  readonly options?: Readonly<Record<string, OptionDescription>>;
  /** What it asks for, in words; left out where it asks for nothing. */
  readonly needs?: string;
}

const plain = (name: string, summary: string, needs?: string): Entry => ({
  name,
  aliases: [],
  summary,
  formula: "",
  text: "",
  references: [],
  ...(needs === undefined ? {} : { needs }),
});

/** A file in place of a generated data set. */
const FILE: Entry = {
  ...plain("FILE.csv", "Your own table: numbers in its columns, and a label.", "a CSV file with a header"),
  text:
    "The last column is the label unless --label names another. Features are standardized by the training part; " +
    "--test-fraction sets the share of test rows.",
};

/** A text, character by character. */
const TEXT: Entry = {
  ...plain(
    "text",
    "Your own text: the next character is to be predicted, in sequences of 64.",
    "a text in UTF-8: --data text:FILE",
  ),
  formula: "x = c₁ … cₙ, y = c₂ … cₙ₊₁",
  text:
    "Characters are Unicode's code points, their tokens the places among the text's characters in order. The text is cut " +
    "into sequences one after another, of --length characters each; the last tenth of them tests, or the share that " +
    "--test-fraction gives. --samples and --test-samples take that many from the start of each part. At most 10,000,000 characters.",
};

/** Data in the form of MNIST, from its four files. */
const FOLDERS: readonly Entry[] = [
  [
    "mnist",
    "Handwritten digits of 28 × 28, 60,000 to train and 10,000 to test.",
    "https://yann.lecun.com/exdb/mnist/",
  ],
  [
    "fashionMnist",
    "Pictures of clothes of 28 × 28, in the form of MNIST.",
    "https://github.com/zalandoresearch/fashion-mnist",
  ],
].map(([name, summary, reference]) => ({
  ...plain(name!, summary!, `its four files in a folder: --data ${name}:FOLDER`),
  formula: "pixel / 255, where pixels are integers from 0 to 255",
  text:
    "Read from train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, " +
    "each as it is or packed (.gz). --samples and --test-samples take that many from the start of each part.",
  references: [reference!],
}));

const fitting = (spec: string | { readonly name: string }): string =>
  typeof spec === "string"
    ? spec
    : Object.entries(spec)
        .map(([key, value]) => (key === "name" ? value : `${key} ${value}`))
        .join(", ");

const ENGINE_TEXT = {
  wasm: "Float32 in WebAssembly SIMD, strict: the same bits on every machine.",
  fast: "Float32 in WebAssembly with relaxed SIMD: faster, but not the same bits everywhere.",
  reference: "Float64 in plain TypeScript: the engine that defines the others.",
} as const;
const GENERATOR_TEXT = {
  stepzero: "Own: Philox 4×32-10 keyed by seed, role and path; draws by quantile functions.",
  pytorch: "PyTorch's on a CPU after manual_seed; trunc_normal_ as from 2.12.",
  "pytorch-2.11": "The same with the trunc_normal_ of 2.11 and before.",
  jax: "JAX's threefry from jax.random.key(seed); partitionable counters, the default since 0.5.",
  "jax-original": "The same with the original layout of counters.",
  "flax-linen": "JAX's with the keys of flax.linen's init(key): hashes of a module's path and a count.",
  numpy: "NumPy's legacy RandomState: the numbers that np.random and scikit-learn draw.",
  "numpy-default-rng": "NumPy's default_rng: PCG64 and the ziggurat.",
  tensorflow: "Keras 3 on TensorFlow and a CPU: stateless Philox, as keras.initializers.X(seed=N).",
  "keras-pytorch": "Keras 3 on PyTorch and a CPU: PyTorch's stream from each initializer's own seed.",
  "keras-jax": "Keras 3 on JAX and a CPU: JAX's threefry with the seed as the first word of the key.",
} as const;
const LOSS_TEXT = {
  bce: [
    "Binary cross-entropy from one logit.",
    "max(z, 0) − y z + ln(1 + e^(−|z|))",
    "one output, two classes",
  ],
  softmax: ["Cross-entropy of several classes from logits.", "ln Σ e^z − z_y", "an output per class"],
  mse: ["Mean squared error over samples and outputs.", "mean (z − y)²", undefined],
} as const;

/** What the other libraries' defaults are, where they differ. */
const libraryDefaults = (
  summary: string,
  { pytorch, ...others }: Readonly<Record<string, number | boolean>>,
): string => {
  const other = Object.entries(others).filter(([, value]) => value !== pytorch);
  return other.length === 0
    ? summary
    : `${summary} (${other.map(([library, value]) => `${library}: ${value}`).join(", ")})`;
};

/** Everything with a name, by kind. */
export const CATALOGUE: Readonly<Record<string, readonly Entry[]>> = {
  initializations: [...schemes, ...initializers],
  initializers,
  schemes,
  activations: activations.map(({ options: _, ...activation }) => ({
    ...activation,
    text: `Fitting initialization: ${fitting(activation.fitting)}.`,
    references: [],
  })),
  architectures: architectures.map(({ name, aliases, summary }) => ({ ...plain(name, summary), aliases })),
  data: [...dataCatalogue, ...loadedDataCatalogue, ...FOLDERS, TEXT, FILE],
  losses: LOSSES.map((name) => {
    const [summary, formula, needs] = LOSS_TEXT[name];
    return { ...plain(name, summary, needs), formula };
  }),
  optimizers: optimizerCatalogue.map(({ options, ...entry }) => ({
    ...entry,
    options: Object.fromEntries(
      Object.entries(options).map(([name, { summary, defaults }]) => [
        name,
        {
          summary: libraryDefaults(summary, defaults),
          default: String(defaults.pytorch ?? "none in PyTorch"),
        },
      ]),
    ),
  })),
  schedules: scheduleCatalogue.map(({ options, ...entry }) => ({
    ...entry,
    options: Object.fromEntries(
      Object.entries(options).map(([name, summary]) => [name, { summary, default: null }]),
    ),
  })),
  orders: orderCatalogue,
  engines: ENGINES.map((name) =>
    plain(name, ENGINE_TEXT[name], name === "fast" ? "WebAssembly with relaxed SIMD" : undefined),
  ),
  generators: GENERATORS.map((name) => ({
    ...plain(name, GENERATOR_TEXT[name]),
    aliases: Object.entries(GENERATOR_ALIASES).flatMap(([alias, of]) => (of === name ? [alias] : [])),
  })),
  experiments: reproductions.map(({ name, summary }) => plain(name, summary)),
  rules: weightRules.map(({ name, summary, formula, text, cannotKnow, fix, references, severity }) => ({
    ...plain(name, summary),
    ...{ formula, references },
    text: `${text}\n\nUsual severity: ${severity}.\nFix: ${fix}\nA file does not say: ${cannotKnow}`,
  })),
};

/** Kinds in the order in which a name is looked for; initializations hold two of the others. */
const KINDS = [
  "schemes",
  "initializers",
  "activations",
  "architectures",
  "data",
  "losses",
  "optimizers",
  "schedules",
  "orders",
  "engines",
  "generators",
  "experiments",
  "rules",
];
const SINGULAR: Readonly<Record<string, string>> = {
  data: "data set",
  losses: "loss",
};

/** Kinds whose names may be written one way or another. */
const LOOSELY: Readonly<Record<string, (name: string) => Entry | undefined>> = {
  schemes: findScheme,
  initializers: findInitializer,
};

/** The first entry of a name, with its kind in words. */
export const findEntry = (name: string): { kind: string; entry: Entry } | undefined => {
  for (const kind of KINDS) {
    const own = CATALOGUE[kind]!.find((one) => one.name === name || one.aliases.includes(name));
    const entry = own ?? LOOSELY[kind]?.(name);
    if (entry !== undefined) return { kind: SINGULAR[kind] ?? kind.slice(0, -1), entry };
  }
  return undefined;
};

export const allNames = (): string[] =>
  KINDS.flatMap((kind) => CATALOGUE[kind]!.flatMap(({ name, aliases }) => [name, ...aliases]));
