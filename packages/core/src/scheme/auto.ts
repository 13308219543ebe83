import { type Activation, activation } from "../activation/index.ts";
import { findInitializer, type InitializerSpec, initializer } from "../init/index.ts";
import type { ParameterSlot } from "../model/index.ts";
import { byRole } from "./roles.ts";
import { schemeEntry } from "./scheme.ts";

/**
 * The activation that weights have to fit: the one after them. A linear output layer has none: it gets the one
 * before it, whose signal it has to keep.
 */
export const fittedActivation = ({ place }: ParameterSlot): Activation =>
  activation(place.activation ?? (place.output ? place.before : null) ?? "linear");

/** What fits that activation, by the table beside the activations, in a first layer by the rule for it. */
export const fittingKernel = (slot: ParameterSlot): InitializerSpec => {
  const { fitting } = fittedActivation(slot);
  const name = typeof fitting === "string" ? fitting : fitting.name;
  const first = slot.place.first ? findInitializer(name)?.firstLayer : undefined;
  return first === undefined ? fitting : { ...(typeof fitting === "string" ? { name } : fitting), ...first };
};

export const autoEntry = schemeEntry({
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
  options: {},
  create: () => ({
    name: "auto",
    options: {},
    start: byRole((slot) => ({ initializer: initializer(fittingKernel(slot)) })),
  }),
});
