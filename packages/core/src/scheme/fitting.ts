import { type Activation, activation } from "../activation/index.ts";
import { findInitializer, type InitializerSpec } from "../init/index.ts";
import type { ParameterSlot } from "../model/index.ts";

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
