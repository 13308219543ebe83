import { type BatchOrder, batchOrder } from "../random/index.ts";
import type { Member, Training } from "./trainer.ts";

/** The order of the samples in epoch 0, 1, … of a member's training. */
export const memberOrder = (
  { order = "stepzero" }: Training,
  { shuffleSeed: seed, words }: Member,
  count: number,
): BatchOrder => batchOrder(order, count, { seed, words });
