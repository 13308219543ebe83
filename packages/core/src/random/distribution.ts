import {
  checkKind,
  type Fans,
  type FloatArray,
  InputError,
  KIND,
  type Kind,
  type KindsOf,
  optionsOf,
} from "../base/index.ts";

/** What the variance gain² / fan of the values was made from: libraries differ in how they round on the way. */
export interface Scaling {
  readonly gain: number;
  readonly fan: number;
  /** What `fan` is: fanIn, fanOut, their mean, or √(fanIn · fanOut). */
  readonly mode: "in" | "out" | "average" | "geometric";
}

/**
 * The distribution of one weight, as data. `truncatedNormal` is the normal (mean, std) conditioned
 * on low ≤ x ≤ high, all absolute; `std` is that of the normal before it is cut, and `cut` the bounds as
 * they were given, (low − mean) / std and (high − mean) / std, before any product rounded them. `variance` is
 * that of the values where an initializer begins from it, and `scaling` where it has it from.
 */
export type Distribution =
  | { readonly kind: "constant"; readonly value: number }
  | {
      readonly kind: "uniform";
      readonly low: number;
      readonly high: number;
      readonly variance?: number;
      readonly scaling?: Scaling;
    }
  | {
      readonly kind: "normal";
      readonly mean: number;
      readonly std: number;
      readonly variance?: number;
      readonly scaling?: Scaling;
    }
  | {
      readonly kind: "truncatedNormal";
      readonly mean: number;
      readonly std: number;
      readonly low: number;
      readonly high: number;
      readonly cut?: readonly [number, number];
      readonly variance?: number;
      readonly scaling?: Scaling;
    };

/** What an elementwise initializer is: a distribution for given fans. */
export type DistributionOf = (fans: Fans) => Distribution;

/** gain², and exactly the integer when gain is the root of one: √2 · √2 would be 2.0000000000000004. */
export const squareOf = (gain: number): number => {
  const whole = Math.round(gain * gain);
  return Math.sqrt(whole) === gain ? whole : gain * gain;
};

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

type Fields<K extends Distribution["kind"]> = KindsOf<Omit<Extract<Distribution, { kind: K }>, "kind">>;

/** Parts that a distribution may leave out. */
const ORIGIN = { variance: KIND.number, scaling: KIND.object } as const;

const FIELDS: { readonly [K in Distribution["kind"]]: Fields<K> } = {
  constant: { value: KIND.number },
  uniform: { low: KIND.number, high: KIND.number, ...ORIGIN },
  normal: { mean: KIND.number, std: KIND.number, ...ORIGIN },
  truncatedNormal: {
    mean: KIND.number,
    std: KIND.number,
    low: KIND.number,
    high: KIND.number,
    cut: KIND.numbers,
    ...ORIGIN,
  },
};

const isOptional = (field: string): boolean => field === "cut" || Object.hasOwn(ORIGIN, field);

/** Refuses what is no distribution, or lacks a part of one. */
export const checkDistribution = (who: string, distribution: Distribution): void => {
  checkKind(who, "the distribution", distribution, KIND.object, EXAMPLE);
  const { kind, ...given } = distribution;
  if (!Object.hasOwn(FIELDS, kind)) unknownDistribution(who, distribution as never);
  const fields: Readonly<Record<string, Kind>> = FIELDS[kind];
  optionsOf<object>(who, given, fields as KindsOf<object>);
  for (const [field, one] of Object.entries(fields)) {
    if (!isOptional(field)) checkKind(who, field, given[field as keyof typeof given], one, EXAMPLE);
  }
};

/** Refuses an array that cannot hold draws, and what is no distribution. */
export const checkDrawn = (who: string, out: FloatArray, distribution: Distribution): void => {
  checkKind(who, "what is filled", out, KIND.floats);
  checkDistribution(who, distribution);
};
