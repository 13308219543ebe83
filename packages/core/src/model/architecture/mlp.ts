import type { ActivationSpec } from "../../activation/index.ts";
import {
  checkLimit,
  formatShape,
  InputError,
  KIND,
  type KindsOf,
  LIMITS,
  optionsOf,
  shown,
} from "../../base/index.ts";
import { activate, batchNorm, dense, layerNorm, residual } from "../build.ts";
import type { Layer } from "../layer.ts";
import type { LossName } from "../loss.ts";
import type { Model } from "../model.ts";
import { sequential } from "../sequential.ts";
import { checkChoice } from "./options.ts";

export interface MlpOptions {
  /** Of the hidden layers, `"relu"` by default. */
  readonly activation?: ActivationSpec;
  readonly loss?: LossName;
  /** Between a hidden layer's weights and its activation; `"none"` by default. */
  readonly norm?: "none" | "batch" | "layer";
  /** Whether a hidden layer of as many units as it has inputs is added to them; false by default. */
  readonly residual?: boolean;
}

const OPTIONS: KindsOf<MlpOptions> = {
  activation: KIND.spec,
  loss: KIND.text,
  norm: KIND.text,
  residual: KIND.flag,
};

/**
 * A multi-layer perceptron of the sizes given, inputs first; the last layer is linear (logits).
 *
 * ```ts
 * const model = mlp([2, 10, 5, 1], { activation: "relu" });
 * parameterCount(model); // 91
 * ```
 */
export const mlp = (sizes: readonly number[], options: MlpOptions = {}): Model => {
  const {
    activation = "relu",
    loss,
    norm = "none",
    residual: summed = false,
  } = optionsOf("mlp", options, OPTIONS);
  if (
    !KIND.numbers.holds(sizes) ||
    sizes.length < 2 ||
    sizes.some((size) => !Number.isSafeInteger(size) || size < 1)
  ) {
    throw new InputError(
      "mlp",
      `expected at least two layer sizes, integers ≥ 1, got ${KIND.numbers.holds(sizes) ? formatShape(sizes) : shown(sizes)}`,
      "Say the inputs first and the outputs last, as in [2, 10, 5, 1].",
    );
  }
  checkLimit("mlp", "layers", sizes.length - 1, LIMITS.layers);
  checkChoice("mlp", "norm", norm, ["none", "batch", "layer"]);
  const [inputs, ...units] = sizes as [number, ...number[]];
  const hidden = (size: number): Layer[] =>
    norm === "none"
      ? [dense(size, { activation })]
      : [dense(size), norm === "batch" ? batchNorm() : layerNorm(), activate(activation)];
  const layers = units.flatMap((size, index): Layer[] => {
    if (index === units.length - 1) return [dense(size)];
    return summed && size === sizes[index] ? [residual(hidden(size))] : hidden(size);
  });
  return sequential(layers, loss === undefined ? { input: inputs } : { input: inputs, loss });
};
