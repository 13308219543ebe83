import { either, KIND, optionsOf } from "../base/index.ts";
import type { InputSpec } from "./activation-shape.ts";
import type { Layer } from "./layer.ts";
import type { LossName } from "./loss.ts";
import type { Model } from "./model.ts";
import { placedTree } from "./walk.ts";

export interface ModelOptions {
  /** A number of features, `[channels, length]`, `[channels, height, width]`, or `{ tokens, length }`. */
  readonly input?: InputSpec;
  /** The same for features alone. */
  readonly inputs?: number;
  readonly loss?: LossName;
}

/**
 * A model that applies its layers in order. The last layer is linear: every loss is from logits.
 *
 * ```ts
 * const model = sequential([dense(10, { activation: "relu" }), dense(1)], { input: 2 });
 * parameterCount(model); // 41
 * const image = sequential([conv(8, { kernel: 3 }), pool("global"), dense(10)], { input: [1, 28, 28] });
 * parameterCount(image); // 170
 * ```
 *
 * Errors: `InputError` on a layer that cannot be built, or does not fit what comes before it, by path.
 */
export const sequential = (layers: readonly Layer[], options: ModelOptions): Model => {
  const { input, inputs, loss } = optionsOf("sequential", options, {
    input: either(KIND.number, KIND.list, KIND.object),
    inputs: KIND.number,
    loss: KIND.text,
  });
  const model = {
    input: input ?? (inputs as InputSpec),
    layers,
    ...(loss === undefined ? {} : { loss }),
  };
  placedTree(model);
  return model;
};
