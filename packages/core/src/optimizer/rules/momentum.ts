import type { MomentumUpdate } from "../update.ts";
import type { UpdatedParameter } from "./parameter.ts";

/** One update of `w` by gradient `g` (scaled by `clip`) and slot `v`, in float64. See update.ts. */
export const updateByMomentum = (
  { nesterov, numbers }: MomentumUpdate,
  { values: w, gradient: g, slots }: UpdatedParameter,
  update: number,
  rate: number,
  clip: (gradient: number) => number,
): void => {
  const v = slots[0];
  const { decay, l2, momentum, intake, look, step } = numbers(update, rate);
  for (let i = 0; i < w.length; i++) {
    const gradient = clip(g[i]!) + l2 * w[i]!;
    let change = gradient;
    if (v !== undefined) {
      v[i] = momentum * v[i]! + intake * gradient;
      change = nesterov ? look * gradient + momentum * v[i]! : v[i]!;
    }
    w[i] = decay * w[i]! - step * change;
  }
};
