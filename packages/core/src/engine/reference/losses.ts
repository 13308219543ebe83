import { exp, log, log1p } from "../../math/index.ts";
import type { LossName } from "../../model/index.ts";

/**
 * A loss from logits z `[outputs, count]` and labels y, count being positions × samples: the mean over those that count.
 * A class of −1 says that a position does not: it adds neither loss nor gradient, nor to what is right, as
 * PyTorch's `ignore_index` does. Numbers to predict, under mse, all count.
 */
export interface Loss {
  value(z: Float64Array, y: Float64Array, outputs: number, count: number): number;
  /** Writes ∂loss/∂z. */
  gradient(dz: Float64Array, z: Float64Array, y: Float64Array, outputs: number, count: number): void;
  /** How many of each class are right, or `null` for regression. */
  correct(z: Float64Array, y: Float64Array, outputs: number, count: number): Float64Array | null;
  /** The share that is right of those that count, or `null` for regression. */
  accuracy(z: Float64Array, y: Float64Array, outputs: number, count: number): number | null;
  /**
   * The share of the `samples` of which every position that counts is right, or `null` for regression. Columns of z and y
   * are `[positions][samples]`.
   */
  sequenceAccuracy(z: Float64Array, y: Float64Array, outputs: number, samples: number): number | null;
}

/** How many of the labels count. */
export const countedOf = (y: Float64Array, count: number): number => {
  let counted = 0;
  for (let s = 0; s < count; s++) if (y[s] !== -1) counted++;
  return counted;
};

/** The class that column s of logits says. */
type Predicted = (z: Float64Array, s: number, outputs: number, count: number) => number;

const judgedBy = (
  predicted: Predicted,
  classes: (outputs: number) => number,
): Pick<Loss, "correct" | "accuracy" | "sequenceAccuracy"> => {
  const correct = (z: Float64Array, y: Float64Array, outputs: number, count: number): Float64Array => {
    const right = new Float64Array(classes(outputs));
    for (let s = 0; s < count; s++) if (predicted(z, s, outputs, count) === y[s]) right[y[s]!]!++;
    return right;
  };
  return {
    correct,
    accuracy: (z, y, outputs, count) =>
      correct(z, y, outputs, count).reduce((sum, right) => sum + right, 0) / countedOf(y, count),
    sequenceAccuracy(z, y, outputs, samples) {
      let whole = 0;
      for (let s = 0; s < samples; s++) {
        let at = s;
        while (at < y.length && (y[at] === -1 || predicted(z, at, outputs, y.length) === y[at]))
          at += samples;
        if (at >= y.length) whole++;
      }
      return whole / samples;
    },
  };
};

/** max(z, 0) − y z + ln(1 + e^(−|z|)), which is −y ln σ(z) − (1 − y) ln(1 − σ(z)) and cannot overflow. */
const bce: Loss = {
  value(z, y, _outputs, count) {
    let sum = 0;
    for (let s = 0; s < count; s++) {
      if (y[s] !== -1) sum += Math.max(z[s]!, 0) - y[s]! * z[s]! + log1p(exp(-Math.abs(z[s]!)));
    }
    return sum / countedOf(y, count);
  },
  gradient(dz, z, y, _outputs, count) {
    const counted = countedOf(y, count);
    for (let s = 0; s < count; s++) {
      const e = exp(-Math.abs(z[s]!));
      dz[s] = y[s] === -1 ? 0 : ((z[s]! >= 0 ? 1 : e) / (1 + e) - y[s]!) / counted;
    }
  },
  ...judgedBy(
    (z, s) => (z[s]! > 0 ? 1 : 0),
    () => 2,
  ),
};

const largest = (z: Float64Array, s: number, outputs: number, count: number): number => {
  let best = 0;
  for (let o = 1; o < outputs; o++) if (z[o * count + s]! > z[best * count + s]!) best = o;
  return best;
};

/** ln Σ e^z − z_y, the largest logit taken out of the sum. */
const softmax: Loss = {
  value(z, y, outputs, count) {
    let sum = 0;
    for (let s = 0; s < count; s++) {
      if (y[s] === -1) continue;
      const top = z[largest(z, s, outputs, count) * count + s]!;
      let total = 0;
      for (let o = 0; o < outputs; o++) total += exp(z[o * count + s]! - top);
      sum += log(total) + top - z[y[s]! * count + s]!;
    }
    return sum / countedOf(y, count);
  },
  gradient(dz, z, y, outputs, count) {
    const counted = countedOf(y, count);
    for (let s = 0; s < count; s++) {
      if (y[s] === -1) {
        for (let o = 0; o < outputs; o++) dz[o * count + s] = 0;
        continue;
      }
      const top = z[largest(z, s, outputs, count) * count + s]!;
      let total = 0;
      for (let o = 0; o < outputs; o++) total += exp(z[o * count + s]! - top);
      for (let o = 0; o < outputs; o++) {
        const share = exp(z[o * count + s]! - top) / total;
        dz[o * count + s] = (share - (y[s] === o ? 1 : 0)) / counted;
      }
    }
  },
  ...judgedBy(largest, (outputs) => outputs),
};

/** The mean over positions, samples and outputs of (z − y)². */
const mse: Loss = {
  value(z, y, outputs, count) {
    let sum = 0;
    for (let i = 0; i < outputs * count; i++) sum += (z[i]! - y[i]!) * (z[i]! - y[i]!);
    return sum / (outputs * count);
  },
  gradient(dz, z, y, outputs, count) {
    for (let i = 0; i < outputs * count; i++) dz[i] = (2 * (z[i]! - y[i]!)) / (outputs * count);
  },
  correct: () => null,
  accuracy: () => null,
  sequenceAccuracy: () => null,
};

export const LOSS_FUNCTIONS: Readonly<Record<LossName, Loss>> = { bce, softmax, mse };
