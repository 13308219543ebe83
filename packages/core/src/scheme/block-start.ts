import { heNormal, lecunNormal, random } from "../init/index.ts";
import type { BlockPlace, ParameterSlot } from "../model/index.ts";
import { gains } from "../theory/index.ts";
import { branchOf, countBlocks, figure, isFactor } from "./blocks.ts";
import { isWeight } from "./fitted.ts";
import { fittedActivation } from "./fitting.ts";
import { fixupStart } from "./fixup.ts";
import type { ParameterStart } from "./scheme.ts";
import { factorStart } from "./skip-init.ts";

/**
 * What `auto` gives a parameter of a network with residual blocks, where that is not what any network gets: `null`
 * there. docs/decisions/0017-auto-in-blocks.md says why.
 */
export const blockStart = (slot: ParameterSlot, slots: readonly ParameterSlot[]): ParameterStart | null => {
  if (countBlocks(slots) === 0) return null;
  const ends = endsOf(slots);
  if (ends === "fixup") return fixupStart(slot, slots);
  if (slot.role === "embedding" || slot.role === "positionEmbedding") return tableStart(slot, slots);
  if (ends === "factor" && slot.role === "scale") return factorStart(slot, slots);
  if (!isWeight(slot)) return null;
  const branch = branchOf(slot);
  const fitted = fittedActivation(slot);
  if (branch?.last === true && !slot.place.normalized && ends === "plain") return lastWeights(slot, branch);
  if (slot.place.normalized) {
    return fitted.name === "linear"
      ? {
          initializer: lecunNormal(),
          reason: "a norm follows: the size matters only beside that of an update",
        }
      : null;
  }
  if (fitted.name !== "linear") return null;
  return { initializer: lecunNormal(), reason: linearReason(slot) };
};

/** Of every branch: a learned factor, that with the shifts of Fixup, or neither. */
type Ends = "plain" | "factor" | "fixup";
const known = new WeakMap<readonly ParameterSlot[], Ends>();

const endsOf = (slots: readonly ParameterSlot[]): Ends => {
  const before = known.get(slots);
  if (before !== undefined) return before;
  const factor = slots.some(isFactor);
  const shifts = slots.some((slot) => slot.role === "shift" && !slot.place.norm && branchOf(slot) !== null);
  const norms = slots.some(({ place }) => place.norm);
  const ends = !factor ? "plain" : shifts && !norms ? "fixup" : "factor";
  known.set(slots, ends);
  return ends;
};

/**
 * N branches of equal second moment add N times that: each is smaller by the root. The factor is beside the skip's:
 * what counts is the branch over the skip.
 */
const lastWeights = (slot: ParameterSlot, { count, skipScale, branchScale }: BlockPlace): ParameterStart => {
  const own = slot.place.summed || slot.place.activation === null ? 1 : gains(fittedActivation(slot)).rms;
  const beside = branchScale === 0 ? 1 : Math.abs(skipScale / branchScale) || 1;
  const scales = beside === 1 ? "" : `, times skipScale / branchScale = ${figure(beside)}`;
  return {
    initializer: heNormal({ gain: (own * beside) / Math.sqrt(count) }),
    reason:
      `last weights of the branch: gain ${figure(own)} / √${count}${scales}, so that ${count} ` +
      `${count === 1 ? "branch adds" : "branches add"} about as much as the input of the first`,
  };
};

const linearReason = ({ role, place }: ParameterSlot): string => {
  if (role === "query" || role === "key") {
    return "gain 1: query and key of second moment 1 give scores of variance 1";
  }
  if (role === "queryKeyValue")
    return "gain 1, each of query, key and value on its own: scores of variance 1";
  if (place.output)
    return "gain 1: logits of second moment 1, so that the first loss is near that of a constant";
  return "gain 1: no activation follows, so the second moment is kept";
};

/** Rows are looked up: what they hold is what the first block reads, and what the branches add to. */
const tableStart = ({ role, shape }: ParameterSlot, slots: readonly ParameterSlot[]): ParameterStart => {
  const width = shape[1]!;
  if (slots.some(({ place }) => place.tied)) {
    return {
      initializer: random({ std: 1 / Math.sqrt(width) }),
      reason:
        role === "embedding"
          ? "the table is also the output: rows of length 1 give logits of second moment 1"
          : "rows of length 1, as those of the tokens",
    };
  }
  const both = ["embedding", "positionEmbedding"].every((one) => slots.some((slot) => slot.role === one));
  if (role === "positionEmbedding" && !both) {
    return {
      initializer: random({ std: Math.SQRT1_2 }),
      reason: "half as much as the inputs that it is added to, whose second moment is kept at 1",
    };
  }
  return {
    initializer: random({ std: both ? Math.SQRT1_2 : 1 }),
    reason: both
      ? "tokens and positions add up to entries of variance 1, which the branches are measured by"
      : "entries of variance 1, which the branches are measured by",
  };
};
