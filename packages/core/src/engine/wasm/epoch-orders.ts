import type { BatchOrder } from "../../random/index.ts";
import { memberOrder } from "../member-order.ts";
import type { Member, Training } from "../trainer.ts";

/** Indices that are kept for the members of one seed: 32 MiB. */
const KEPT = 8388608;

/**
 * Orders of `count` samples. Those of our own that belong to the last seed are kept: its members share them. Other
 * orders are a stream, which each member has for itself.
 */
export const epochOrders = (training: Training, count: number): ((member: Member) => BatchOrder) => {
  const kept = new Map<number, Uint32Array>();
  let owner = -1;
  const shared = (training.order ?? "stepzero") === "stepzero";
  return (member) => {
    let stream: BatchOrder | null = null;
    const own: BatchOrder = (epoch) => {
      stream ??= memberOrder(training, member, count);
      return stream(epoch);
    };
    if (!shared) return own;
    return (epoch) => {
      if (member.shuffleSeed !== owner) kept.clear();
      owner = member.shuffleSeed;
      const known = kept.get(epoch);
      if (known !== undefined) return known;
      const order = own(epoch);
      if ((kept.size + 1) * count <= KEPT) kept.set(epoch, order);
      return order;
    };
  };
};
