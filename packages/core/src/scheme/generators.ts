import { checkKind, InputError, KIND, suggestion } from "../base/index.ts";
import {
  flaxLinen,
  jax,
  kerasJax,
  kerasPytorch,
  key,
  numpy,
  numpyDefaultRng,
  pytorch,
  type Source,
  tensorflow,
} from "../random/index.ts";

export const GENERATORS = [
  "stepzero",
  "numpy",
  "numpy-default-rng",
  "pytorch",
  "pytorch-2.11",
  "jax",
  "jax-original",
  "flax-linen",
  "tensorflow",
  "keras-pytorch",
  "keras-jax",
] as const;
export type Generator = (typeof GENERATORS)[number];

/** Other names, in lower case with `-` for `_`. */
export const GENERATOR_ALIASES: Readonly<Record<string, Generator>> = {
  "default-rng": "numpy-default-rng",
  pcg64: "numpy-default-rng",
  "numpy-pcg64": "numpy-default-rng",
  "numpy-legacy": "numpy",
  randomstate: "numpy",
  torch: "pytorch",
  "torch-2.11": "pytorch-2.11",
  linen: "flax-linen",
  nnx: "jax",
  "flax-nnx": "jax",
  keras: "tensorflow",
  "keras-tensorflow": "tensorflow",
  "keras-tf": "tensorflow",
  "keras-torch": "keras-pytorch",
  tf: "tensorflow",
};

/**
 * The source of a network's parameters: keyed by path, or as another library draws. Case, `-` and `_` do
 * not matter.
 *
 * ```ts
 * generator("default_rng", 1).generator; // "numpy-default-rng"
 * ```
 */
export const generator = (name: Generator | (string & {}), seed: number): Source => {
  checkKind("generator", "the name", name, KIND.text);
  const plain = name.toLowerCase().replaceAll("_", "-");
  const known =
    GENERATORS.find((one) => one === plain) ??
    (Object.hasOwn(GENERATOR_ALIASES, plain) ? GENERATOR_ALIASES[plain] : undefined);
  if (known === undefined) {
    throw new InputError(
      "generator",
      `unknown generator "${name}"`,
      suggestion(name, [...GENERATORS, ...Object.keys(GENERATOR_ALIASES)]),
    );
  }
  return SOURCES[known](seed);
};

const SOURCES: Readonly<Record<Generator, (seed: number) => Source>> = {
  stepzero: (seed) => key(seed),
  numpy,
  "numpy-default-rng": numpyDefaultRng,
  pytorch: (seed) => pytorch(seed),
  "pytorch-2.11": (seed) => pytorch(seed, { truncation: "inverse" }),
  jax: (seed) => jax(seed),
  "jax-original": (seed) => jax(seed, { partitionable: false }),
  "flax-linen": flaxLinen,
  tensorflow,
  "keras-pytorch": kerasPytorch,
  "keras-jax": kerasJax,
};
