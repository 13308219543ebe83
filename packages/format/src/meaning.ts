import { type Generator, type Model, parameterStarts } from "@stepzero/core";

/**
 * Which meaning of each name a study's numbers have: what `auto` gives a layer, how `orthogonal` is drawn, and the
 * stream of each generator. Who changes what one of them draws raises its number: a study is not resumed across it.
 */
const MEANING: Readonly<Record<"auto" | "orthogonal" | Generator, number>> = {
  auto: 1,
  orthogonal: 1,
  stepzero: 1,
  // 2: nearer to the libraries in the last bits, and squares of orthogonal no longer turned (jax, tensorflow).
  numpy: 2,
  "numpy-default-rng": 2,
  pytorch: 2,
  "pytorch-2.11": 2,
  jax: 2,
  "jax-original": 2,
  "flax-linen": 1,
  tensorflow: 2,
  "keras-pytorch": 1,
  "keras-jax": 1,
};

/** 2: deep networks of GELU, SiLU, Mish and hard swish start at the critical pair, with biases. All others are as before. */
const MEANING_OF_SETTLING_AUTO = 2;

/** The meanings that a study of that generator and model has. */
export const meaningOf = (generator: Generator, model: Model): Readonly<Record<string, number>> => ({
  auto: parameterStarts(model, "auto").some(
    ({ slot, initializer }) => slot.role === "bias" && initializer.random,
  )
    ? MEANING_OF_SETTLING_AUTO
    : MEANING.auto,
  orthogonal: MEANING.orthogonal,
  [generator]: MEANING[generator],
});
