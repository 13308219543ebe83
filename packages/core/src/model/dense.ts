import { type Fans, InputError } from "../base/index.ts";
import type { DenseLayer, ParameterSlot, Spec } from "./layer.ts";

export interface DenseOptions {
  readonly activation?: Spec;
  readonly kernelInitializer?: Spec;
  readonly biasInitializer?: Spec;
}

/**
 * A fully connected layer: `[units, inputs]` weights, `[units]` biases, linear unless said.
 *
 * ```ts
 * dense(10, { activation: "relu" }); // { kind: "dense", units: 10, activation: "relu" }
 * ```
 */
export const dense = (units: number, options: DenseOptions = {}): DenseLayer => {
  if (!Number.isSafeInteger(units) || units < 1) {
    throw new InputError("dense", `expected units to be an integer ≥ 1, got ${units}`);
  }
  return { kind: "dense", units, activation: "linear", ...options };
};

export const denseParameters = (path: string, layer: DenseLayer, inputs: number): ParameterSlot[] => {
  const fans: Fans = { fanIn: inputs, fanOut: layer.units };
  return [
    { path: `${path}/kernel`, role: "kernel", shape: [layer.units, inputs], fans },
    { path: `${path}/bias`, role: "bias", shape: [layer.units], fans },
  ];
};
