import { exp, log, log1p } from "../../math/index.ts";
import type { LossName } from "../../model/index.ts";

/** A loss from logits z `[outputs, count]` and labels y, always the mean over the samples. */
export interface Loss {
  value(z: Float64Array, y: Float64Array, outputs: number, count: number): number;
  /** Writes ∂loss/∂z. */
  gradient(dz: Float64Array, z: Float64Array, y: Float64Array, outputs: number, count: number): void;
  /** Samples of each class that are classified right, or `null` for regression. */
  correct(z: Float64Array, y: Float64Array, outputs: number, count: number): Float64Array | null;
  /** Their share of all, or `null` for regression. */
  accuracy(z: Float64Array, y: Float64Array, outputs: number, count: number): number | null;
}

function shareOf(
  this: Loss,
  z: Float64Array,
  y: Float64Array,
  outputs: number,
  count: number,
): number | null {
  const correct = this.correct(z, y, outputs, count);
  return correct === null ? null : correct.reduce((sum, right) => sum + right, 0) / count;
}

/** max(z, 0) − y z + ln(1 + e^(−|z|)), which is −y ln σ(z) − (1 − y) ln(1 − σ(z)) and cannot overflow. */
const bce: Loss = {
  value(z, y, _outputs, count) {
    let sum = 0;
    for (let s = 0; s < count; s++) {
      sum += Math.max(z[s]!, 0) - y[s]! * z[s]! + log1p(exp(-Math.abs(z[s]!)));
    }
    return sum / count;
  },
  gradient(dz, z, y, _outputs, count) {
    for (let s = 0; s < count; s++) {
      const e = exp(-Math.abs(z[s]!));
      dz[s] = ((z[s]! >= 0 ? 1 : e) / (1 + e) - y[s]!) / count;
    }
  },
  correct(z, y, _outputs, count) {
    const right = new Float64Array(2);
    for (let s = 0; s < count; s++) if (z[s]! > 0 === (y[s] === 1)) right[y[s]!]!++;
    return right;
  },
  accuracy: shareOf,
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
      const top = z[largest(z, s, outputs, count) * count + s]!;
      let total = 0;
      for (let o = 0; o < outputs; o++) total += exp(z[o * count + s]! - top);
      sum += log(total) + top - z[y[s]! * count + s]!;
    }
    return sum / count;
  },
  gradient(dz, z, y, outputs, count) {
    for (let s = 0; s < count; s++) {
      const top = z[largest(z, s, outputs, count) * count + s]!;
      let total = 0;
      for (let o = 0; o < outputs; o++) total += exp(z[o * count + s]! - top);
      for (let o = 0; o < outputs; o++) {
        const share = exp(z[o * count + s]! - top) / total;
        dz[o * count + s] = (share - (y[s] === o ? 1 : 0)) / count;
      }
    }
  },
  correct(z, y, outputs, count) {
    const right = new Float64Array(outputs);
    for (let s = 0; s < count; s++) if (largest(z, s, outputs, count) === y[s]) right[y[s]!]!++;
    return right;
  },
  accuracy: shareOf,
};

/** The mean over samples and outputs of (z − y)². */
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
};

export const LOSS_FUNCTIONS: Readonly<Record<LossName, Loss>> = { bce, softmax, mse };
