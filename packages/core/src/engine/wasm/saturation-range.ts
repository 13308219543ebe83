import type { Activation } from "../../activation/index.ts";

const FAR = 1e4;

/** The z nearest to `inside` that counts as saturated, between `inside` and `outside`, as a float32; else ∓∞. */
const edge = (saturated: (z: number) => boolean, inside: number, outside: number): number => {
  if (!saturated(outside)) return outside * Number.POSITIVE_INFINITY;
  let [free, full] = [inside, outside];
  for (;;) {
    const middle = Math.fround((free + full) / 2);
    if (middle === Math.fround(free) || middle === Math.fround(full)) return full;
    if (saturated(middle)) full = middle;
    else free = middle;
  }
};

/** Outputs count as saturated where z ≤ low or z ≥ high; `null` where none ever does. */
export const saturationRange = ({ saturated }: Activation): readonly [low: number, high: number] | null =>
  saturated === null ? null : [edge(saturated, 0, -FAR), edge(saturated, 0, FAR)];
