import type { ActivationSpec } from "../../activation/index.ts";
import { either, InputError, KIND, type KindsOf, optionsOf, shown } from "../../base/index.ts";
import type { InputSpec } from "../activation-shape.ts";
import { activate, batchNorm, conv, dense, flatten, pool } from "../build.ts";
import type { Layer } from "../layer.ts";
import type { LossName } from "../loss.ts";
import type { Model } from "../model.ts";
import { sequential } from "../sequential.ts";
import { checkChoice, checkCount, checkImage } from "./options.ts";

export interface CnnOptions {
  /** `[3, 32, 32]` by default; `[channels, length]` makes its convolutions one-dimensional. */
  readonly input?: InputSpec;
  /** 10 by default. */
  readonly outputs?: number;
  /** Of the convolutions, one after another; `[32, 64]` by default. */
  readonly channels?: readonly number[];
  /** Odd; 3 by default. */
  readonly kernel?: number;
  /** `"relu"` by default. */
  readonly activation?: ActivationSpec;
  /** Between weights and activation; `"none"` by default. */
  readonly norm?: "none" | "batch";
  readonly loss?: LossName;
}

const OPTIONS: KindsOf<CnnOptions> = {
  input: either(KIND.number, KIND.list, KIND.object),
  outputs: KIND.number,
  channels: KIND.numbers,
  kernel: KIND.number,
  activation: KIND.spec,
  norm: KIND.text,
  loss: KIND.text,
};

/**
 * A convolutional network: convolutions that keep the positions, each with an activation and a pooling that halves
 * them, then a dense layer.
 *
 * ```ts
 * const model = cnn({ input: [1, 8, 8], channels: [8, 16] });
 * placedLayers(model).map(({ path }) => path); // ["conv1", "pool1", "conv2", "pool2", "flatten1", "dense1"]
 * ```
 */
export const cnn = (options: CnnOptions = {}): Model => {
  const {
    input = [3, 32, 32],
    outputs = 10,
    channels = [32, 64],
    kernel = 3,
    activation = "relu",
    norm = "none",
    loss,
  } = optionsOf("cnn", options, OPTIONS);
  checkImage("cnn", input);
  checkChoice("cnn", "norm", norm, ["none", "batch"]);
  checkCount("cnn", "outputs", outputs);
  if (!(Number.isSafeInteger(kernel) && kernel >= 1 && kernel % 2 === 1)) {
    throw new InputError("cnn", `expected an odd kernel ≥ 1, got ${shown(kernel)}`);
  }
  let positions = Math.min(...(input as readonly number[]).slice(1));
  const stages = [...channels].flatMap((count): Layer[] => {
    const padding = (kernel - 1) / 2;
    const weights =
      norm === "none"
        ? [conv(count, { kernel, padding, activation })]
        : [conv(count, { kernel, padding, bias: false }), batchNorm(), activate(activation)];
    if (positions < 2) return weights;
    positions = Math.floor(positions / 2);
    return [...weights, pool("max", { size: 2 })];
  });
  return sequential([...stages, flatten(), dense(outputs)], loss === undefined ? { input } : { input, loss });
};
