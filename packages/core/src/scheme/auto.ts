import { activation } from "../activation/index.ts";
import { type InitializerSpec, initializer, zeros } from "../init/index.ts";
import type { PlacedLayer } from "../model/index.ts";
import type { SchemeEntry } from "./scheme.ts";

/**
 * What fits the activation after a layer, by the table beside the activations. A linear output layer has
 * none after it: it gets what fits the activation before it, whose signal it has to keep. SIREN's first
 * layer is its own.
 */
export const fittingKernel = (
  { layer }: PlacedLayer,
  index: number,
  layers: readonly PlacedLayer[],
): InitializerSpec => {
  const own = activation(layer.activation);
  const output = index > 0 && index === layers.length - 1 && own.name === "linear";
  const { fitting } = output ? activation(layers[index - 1]!.layer.activation) : own;
  return typeof fitting === "object" && fitting.name === "siren" && index === 0
    ? { ...fitting, layer: "first" }
    : fitting;
};

export const autoEntry: SchemeEntry = {
  name: "auto",
  aliases: [],
  summary: "Gives each layer what fits the activation after it; the default.",
  formula:
    "He for the ReLU family, Glorot for tanh and sigmoid, LeCun for SELU, SIREN for sin, else N(0, gain²/fanIn)",
  text:
    "Where no classic scheme was made for an activation, the gain is 1 / √E[φ(z)²] for standard normal z, by quadrature: " +
    "then the second moment of the signal is kept from layer to layer. A linear output layer gets what fits the activation before it. Biases are zero.",
  references: [
    "He et al. 2015, arXiv:1502.01852",
    "Glorot and Bengio 2010",
    "Klambauer et al. 2017, arXiv:1706.02515",
  ],
  scheme: {
    name: "auto",
    options: {},
    layer: (placed, index, layers) => ({
      kernel: initializer(fittingKernel(placed, index, layers)),
      bias: zeros(),
    }),
  },
};
