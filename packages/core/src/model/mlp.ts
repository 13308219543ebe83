import { formatShape, InputError } from "../base/index.ts";
import { dense } from "./dense.ts";
import type { Spec } from "./layer.ts";
import type { LossName } from "./loss.ts";
import { type Model, sequential } from "./model.ts";

export interface MlpOptions {
  /** Of the hidden layers, `"relu"` unless said. */
  readonly activation?: Spec;
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
export const mlp = (sizes: readonly number[], { activation = "relu", loss }: MlpOptions = {}): Model => {
  if (sizes.length < 2 || sizes.some((size) => !Number.isSafeInteger(size) || size < 1)) {
    throw new InputError(
      "mlp",
      `expected at least two layer sizes, integers ≥ 1, got ${formatShape(sizes)}`,
      "Say the inputs first and the outputs last, as in 2,10,5,1.",
    );
  }
  const [inputs, ...units] = sizes as [number, ...number[]];
  const layers = units.map((size, i) => dense(size, i === units.length - 1 ? {} : { activation }));
  return sequential(layers, loss === undefined ? { inputs } : { inputs, loss });
};
