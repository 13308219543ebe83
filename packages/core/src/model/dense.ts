import type { ActivationSpec } from "../activation/index.ts";
import { checkKind, type Fans, InputError, KIND, type KindsOf, optionsOf, shown } from "../base/index.ts";
import type { InitializerSpec } from "../init/index.ts";
import type { DenseLayer, ParameterSlot } from "./layer.ts";

export interface DenseOptions {
  readonly activation?: ActivationSpec;
  readonly kernelInitializer?: InitializerSpec;
  readonly biasInitializer?: InitializerSpec;
}

/**
 * A fully connected layer: `[units, inputs]` weights, `[units]` biases, linear by default.
 *
 * ```ts
 * dense(10, { activation: "relu" }); // { kind: "dense", units: 10, activation: "relu" }
 * ```
 */
export const dense = (units: number, options: DenseOptions = {}): DenseLayer =>
  checkDense("dense", {
    kind: "dense",
    units,
    activation: "linear",
    ...optionsOf("dense", options, OPTIONS),
  });

const OPTIONS: KindsOf<DenseOptions> = {
  activation: KIND.spec,
  kernelInitializer: KIND.spec,
  biasInitializer: KIND.spec,
};

/** Refuses a dense layer that cannot be built. */
export const checkDense = (who: string, layer: DenseLayer): DenseLayer => {
  optionsOf(who, layer, { kind: KIND.text, units: KIND.number, ...OPTIONS });
  const { units } = layer;
  if (!Number.isSafeInteger(units) || units < 1) {
    throw new InputError(who, `expected units to be an integer ≥ 1, got ${shown(units)}`);
  }
  checkKind(who, "activation", layer.activation, KIND.spec);
  return layer;
};

export const denseParameters = (path: string, layer: DenseLayer, inputs: number): ParameterSlot[] => {
  const fans: Fans = { fanIn: inputs, fanOut: layer.units };
  return [
    { path: `${path}/kernel`, role: "kernel", shape: [layer.units, inputs], fans },
    { path: `${path}/bias`, role: "bias", shape: [layer.units], fans },
  ];
};
