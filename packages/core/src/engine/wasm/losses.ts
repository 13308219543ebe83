import type { LossName } from "../../model/index.ts";
import { bitsOf, CODE, type Op } from "./ops.ts";

/** A loss in the plan: both kernels take (z, y, outputs, count, width, …). */
interface LossKernels {
  readonly gradient: number;
  readonly value: number;
  /** Rows of y. */
  rows(outputs: number): number;
  /** Terms a sample that the mean divides by. */
  terms(outputs: number): number;
  /** ∂/∂z of one term is this times what the gradient kernel computes. */
  readonly factor: number;
  readonly classifies: boolean;
}

export const LOSS_KERNELS: Readonly<Record<LossName, LossKernels>> = {
  bce: {
    gradient: CODE.bceGradient,
    value: CODE.bceValue,
    rows: () => 1,
    terms: () => 1,
    factor: 1,
    classifies: true,
  },
  softmax: {
    gradient: CODE.softmaxGradient,
    value: CODE.softmaxValue,
    rows: () => 1,
    terms: () => 1,
    factor: 1,
    classifies: true,
  },
  mse: {
    gradient: CODE.mseGradient,
    value: CODE.mseValue,
    rows: (outputs) => outputs,
    terms: (outputs) => outputs,
    factor: 2,
    classifies: false,
  },
};

/** z ← ∂(mean loss)/∂z, the mean over `of` samples. */
export const lossGradient = (
  loss: LossName,
  [z, y, outputs, count, width]: readonly [number, number, number, number, number],
  of: number,
): Op => {
  const { gradient, terms, factor } = LOSS_KERNELS[loss];
  return [gradient, z, y, outputs, count, width, bitsOf(factor / (of * terms(outputs)))];
};

/** Adds the sum of the losses, and the count of the correct, to the two float64 at `out`. */
export const lossValue = (
  loss: LossName,
  [z, y, outputs, count, width]: readonly [number, number, number, number, number],
  out: number,
): Op => [LOSS_KERNELS[loss].value, z, y, outputs, count, width, out];
