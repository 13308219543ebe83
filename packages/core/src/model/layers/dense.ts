import { activation } from "../../activation/index.ts";
import { KIND } from "../../base/index.ts";
import { positionsOf } from "../activation-shape.ts";
import type { DenseLayer, PlacedLayer } from "../layer.ts";
import type { LayerDefinition } from "./definition.ts";
import { checkInteger, needNumbers } from "./definition.ts";

/** Whether a layer is dense, has a bias and reads features without positions. */
export const isPlainDense = (placed: PlacedLayer): placed is PlacedLayer<DenseLayer> =>
  placed.layer.kind === "dense" && placed.layer.bias !== false && placed.input.positions.length === 0;

export const denseLayer: LayerDefinition<"dense"> = {
  options: {
    units: KIND.number,
    activation: KIND.spec,
    bias: KIND.flag,
    kernelInitializer: KIND.spec,
    biasInitializer: KIND.spec,
  },
  required: ["units", "activation"],
  check: (who, { units }) => checkInteger(who, "units", units),
  output: (who, { units, activation: phi }, input) => {
    needNumbers(who, input);
    activation(phi);
    return { features: units, positions: input.positions };
  },
  parameters: ({ units, bias }, { features }) => {
    const fans = { fanIn: features, fanOut: units };
    return [
      { name: "kernel", role: "kernel", shape: [units, features], fans },
      ...(bias === false ? [] : [{ name: "bias", role: "bias", shape: [units], fans } as const]),
    ];
  },
  multiplyAdds: ({ units }, input) => units * input.features * positionsOf(input),
  activation: ({ activation: phi }) => phi,
  initializer: ({ kernelInitializer, biasInitializer }, role) =>
    role === "bias" ? biasInitializer : kernelInitializer,
  passes: "stop",
  weights: 1,
};
