import { checkKind, type Fans, type FloatArray, InputError, KIND } from "../base/index.ts";

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

const EXAMPLE = 'Write { kind: "normal", mean: 0, std: 1 }, for example.';

/**
 * Ends a switch over the kinds of distributions. One that the switch leaves out is a type error here; what comes
 * from outside the types is an input error.
 */
export const unknownDistribution = (who: string, distribution: never): never => {
  const { kind } = (distribution ?? {}) as { readonly kind?: unknown };
  throw new InputError(
    who,
    `expected a constant, uniform, normal or truncatedNormal distribution, got the kind ${String(kind)}`,
    EXAMPLE,
  );
};

/** Refuses an array that cannot hold draws, and what is no distribution. */
export const checkDrawn = (who: string, out: FloatArray, distribution: Distribution): void => {
  checkKind(who, "what is filled", out, KIND.floats);
  checkKind(who, "the distribution", distribution, KIND.object, EXAMPLE);
};
