import { InputError } from "../base/index.ts";
import { findInitializer, type Initializer, initializer, stacked } from "../init/index.ts";
import type { ParameterRole, ParameterSlot } from "../model/index.ts";
import type { Start } from "./roles.ts";

/** What sums its inputs: everything but biases, scales, shifts and tables. */
const WEIGHTS: ReadonlySet<ParameterRole> = new Set([
  "kernel",
  "query",
  "key",
  "value",
  "projection",
  "queryKeyValue",
]);

export const isWeight = ({ role }: ParameterSlot): boolean => WEIGHTS.has(role);

/**
 * An initializer as a parameter takes it: matrices that lie one after another in it are drawn each on its own.
 * Refuses a parameter that it cannot fill, by path.
 */
export const fittedTo = (slot: ParameterSlot, one: Initializer): Initializer => {
  const { path, shape, fans, parts = 1 } = slot;
  const own =
    parts === 1 || one.elementwise || one.parts === parts || "groups" in one.options
      ? one
      : stacked(new Array<Initializer>(parts).fill(one));
  try {
    own.distribution(shape, fans);
    return own;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const fix = error.fix === undefined ? "" : `${error.fix}\n`;
    throw new InputError(
      path,
      `${error.who} does not fit it: ${error.problem}`,
      `${fix}Give it to the parameters that it fits with initializeAt (--init-at "PATTERN=${error.who}"), and name another for the rest.`,
    );
  }
};

const fits = (slot: ParameterSlot, one: Initializer): boolean => {
  try {
    fittedTo(slot, one);
    return true;
  } catch {
    return false;
  }
};

/**
 * One initializer for all weights of a model. Weights that are not what it is made for get what stands in for it,
 * where there is such a thing and any weights of the model fit.
 */
export const oneForAll = (of: (slot: ParameterSlot) => Initializer): Start => {
  const known = new WeakMap<readonly ParameterSlot[], boolean>();
  const anyFits = (slots: readonly ParameterSlot[]): boolean => {
    const found = known.get(slots) ?? slots.some((one) => isWeight(one) && fits(one, of(one)));
    known.set(slots, found);
    return found;
  };
  return (slot, slots) => {
    const own = of(slot);
    const { elsewhere, needs } = findInitializer(own.name) ?? {};
    if (elsewhere === undefined || fits(slot, own) || !anyFits(slots)) {
      return { initializer: fittedTo(slot, own) };
    }
    const other = initializer({ name: elsewhere, ...own.options }, slot.path);
    return {
      initializer: fittedTo(slot, other),
      reason: `${own.name} needs ${needs}: ${other.name} in its place`,
    };
  };
};
