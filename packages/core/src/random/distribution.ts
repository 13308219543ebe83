import type { Fans } from "../base/index.ts";

/**
 * The distribution of one weight, as data. `truncatedNormal` is the normal (mean, std) conditioned
 * on low ≤ x ≤ high, all absolute; `std` is that of the normal before it is cut. `variance` is that of the
 * values where an initializer begins from it (gain² / fan): a library may round it before its root.
 */
export type Distribution =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "uniform"; readonly low: number; readonly high: number; readonly variance?: number }
  | {
      readonly kind: "normal";
      readonly mean: number;
      readonly std: number;
      readonly variance?: number;
    }
  | {
      readonly kind: "truncatedNormal";
      readonly mean: number;
      readonly std: number;
      readonly low: number;
      readonly high: number;
      readonly variance?: number;
    };

/** What an elementwise initializer is: a distribution for given fans. */
export type DistributionOf = (fans: Fans) => Distribution;
