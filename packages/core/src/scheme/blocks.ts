import { InputError } from "../base/index.ts";
import { heNormal } from "../init/index.ts";
import type { BlockPlace, ParameterSlot } from "../model/index.ts";
import { gains } from "../theory/index.ts";
import { fittedActivation } from "./fitting.ts";
import type { ParameterStart } from "./scheme.ts";

/** The residual branch that a parameter is in; `null` in a shortcut, and outside. */
export const branchOf = ({ place: { block } }: ParameterSlot): BlockPlace | null =>
  block === null || block.shortcut ? null : block;

/** Whether it stands at the end of a branch: its last weights, or a scale or shift after them. */
export const endsBranch = (slot: ParameterSlot): boolean => branchOf(slot)?.last === true;

/** Whether it is a learned factor at the end of a branch, x + αF(x), rather than a normalization's. */
export const isFactor = (slot: ParameterSlot): boolean =>
  slot.role === "scale" && !slot.place.norm && endsBranch(slot);

/** Whether it is the scale of a normalization at the end of a branch. */
export const isLastNorm = (slot: ParameterSlot): boolean =>
  slot.role === "scale" && slot.place.norm && endsBranch(slot);

const known = new WeakMap<readonly ParameterSlot[], number>();

/** How many residual layers a model has. */
export const countBlocks = (slots: readonly ParameterSlot[]): number => {
  const count = known.get(slots) ?? slots.find(({ place }) => place.block !== null)?.place.block?.count ?? 0;
  known.set(slots, count);
  return count;
};

/** Refuses a model without residual blocks. */
export const needBlocks = (who: string, slots: readonly ParameterSlot[]): void => {
  if (countBlocks(slots) > 0) return;
  throw new InputError(
    who,
    "expected a model with residual blocks, got one without",
    `It says how blocks x + F(x) start. Use "auto" here, or the function ${who}() for the figures.`,
  );
};

/** Refuses a model in which a residual branch has no parameter of that sort. */
export const needInEach = (
  who: string,
  slots: readonly ParameterSlot[],
  { sort, words, fix }: { sort(slot: ParameterSlot): boolean; words: string; fix: string },
): void => {
  const branches = new Set(slots.flatMap((slot) => branchOf(slot)?.path ?? []));
  for (const slot of slots) if (sort(slot)) branches.delete(branchOf(slot)?.path ?? "");
  const [lacking] = branches;
  if (lacking !== undefined) {
    throw new InputError(who, `expected residual branches that ${words}, got ${lacking} without`, fix);
  }
};

/** He's gain for the activation after the weights, as they would be anyway, times a factor. */
export const heTimes = (slot: ParameterSlot, factor: number, reason: string): ParameterStart => ({
  initializer: heNormal({ gain: gains(fittedActivation(slot)).rms * factor }),
  reason,
});

/** A figure in a reason. */
export const figure = (value: number): string => String(Number(value.toPrecision(4)));
