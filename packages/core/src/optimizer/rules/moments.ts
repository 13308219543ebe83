import type { MomentUpdate } from "../update.ts";
import type { UpdatedParameter } from "./parameter.ts";

/** One update of `w` by its gradient's mean and mean square, in float64. See update.ts. */
export const updateByMoments = (
  { amsgrad, numbers }: MomentUpdate,
  { values: w, gradient: g, slots }: UpdatedParameter,
  update: number,
  rate: number,
  clip: (gradient: number) => number,
): void => {
  const { decay, l2, toMean, keep, toSquare, root, epsilon, mean, gradient } = numbers(update, rate);
  const [m, s, largest] = slots as [Float64Array, Float64Array, Float64Array | undefined];
  for (let i = 0; i < w.length; i++) {
    const own = clip(g[i]!) + l2 * w[i]!;
    m[i] = m[i]! + toMean * (own - m[i]!);
    s[i] = keep * s[i]! + toSquare * own * own;
    let square = s[i]!;
    if (amsgrad && largest !== undefined) {
      largest[i] = Math.max(largest[i]!, square);
      square = largest[i]!;
    }
    w[i] = decay * w[i]! - (mean * m[i]! + gradient * own) / (root * Math.sqrt(square) + epsilon);
  }
};
