import type { ActivationSpec } from "../activation/index.ts";
import { checkLimit, formatShape, InputError, KIND, LIMITS, optionsOf, shown } from "../base/index.ts";
import { dense } from "./dense.ts";
import type { LossName } from "./loss.ts";
import { type Model, sequential } from "./model.ts";

export interface MlpOptions {
  /** Of the hidden layers, `"relu"` by default. */
  readonly activation?: ActivationSpec;
  readonly loss?: LossName;
}

/**
 * A multi-layer perceptron of the sizes given, inputs first; the last layer is linear (logits).
 *
 * ```ts
 * const model = mlp([2, 10, 5, 1], { activation: "relu" });
 * parameterCount(model); // 91
 * ```
 */
export const mlp = (sizes: readonly number[], options: MlpOptions = {}): Model => {
  const { activation = "relu", loss } = optionsOf("mlp", options, { activation: KIND.spec, loss: KIND.text });
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
  const [inputs, ...units] = sizes as [number, ...number[]];
  const layers = units.map((size, i) => dense(size, i === units.length - 1 ? {} : { activation }));
  return sequential(layers, loss === undefined ? { inputs } : { inputs, loss });
};
