import type { Warning } from "../../base/index.ts";
import type { Split } from "../dataset.ts";
import type { Feature } from "./features.ts";

/** Root mean squares beyond which the rates that suit standardized features are far too large. */
const LARGE = 10;

/** The feature of the largest values, where they are so large that training is likely to diverge by them. */
export const unscaled = (features: readonly Feature[], { count, x }: Split): Warning[] => {
  const sizes = features.map((_, f) => rootMeanSquare(x.subarray(f * count, (f + 1) * count)));
  const most = sizes.indexOf(Math.max(...sizes));
  const size = sizes[most]!;
  if (!(size > LARGE)) return [];
  const { name } = features[most]!;
  const others = sizes.filter((one) => one > LARGE).length - 1;
  return [
    {
      rule: "table/unscaled",
      path: `data/${name}`,
      message:
        `the scale of feature "${name}"${others > 0 ? ` and of ${others} more` : ""} is large, a root mean square of ${Number(size.toPrecision(3))}, and the features are not standardized. ` +
        "A step of gradient descent grows with the square of that scale: training diverges, or units die, at learning rates that suit standardized features. " +
        "Leave out --no-standardize, or divide the columns in the file.",
    },
  ];
};

const rootMeanSquare = (values: Float64Array): number => {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return 0;
  let square = 0;
  for (const value of values) square += ((value / largest) * (value / largest)) / values.length;
  return largest * Math.sqrt(square);
};
