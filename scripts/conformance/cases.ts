import type { Fans } from "@stepzero/core";
import type { Outcome } from "./measurement.ts";

/** Weights of the schemes, `[out, in, ...kernel]`, with their fans. */
export const SHAPES = {
  dense: { shape: [64, 1024], fans: { fanIn: 1024, fanOut: 64 } },
  conv: { shape: [64, 16, 5, 5], fans: { fanIn: 400, fanOut: 1600 } },
} as const;

/** The standard deviation that each scheme is. */
export const SCHEMES: Readonly<Record<string, (fans: Fans) => number>> = {
  heNormal: ({ fanIn }) => Math.sqrt(2 / fanIn),
  heUniform: ({ fanIn }) => Math.sqrt(2 / fanIn),
  glorotNormal: ({ fanIn, fanOut }) => Math.sqrt(2 / (fanIn + fanOut)),
  glorotUniform: ({ fanIn, fanOut }) => Math.sqrt(2 / (fanIn + fanOut)),
  lecunNormal: ({ fanIn }) => Math.sqrt(1 / fanIn),
  lecunUniform: ({ fanIn }) => Math.sqrt(1 / fanIn),
  normal: () => 0.05,
  uniform: () => 0.05 / Math.sqrt(3),
  truncatedNormal: () => 1,
  orthogonal: ({ fanIn }) => Math.sqrt(1 / Math.max(64, fanIn)),
};

export interface Question {
  readonly id: string;
  readonly text: string;
  /** The answer that does no harm; `null` where it is a matter of taste. */
  readonly wanted: string | null;
}

/** About seeds; the answers are `equal`, `scaled copies`, `different`, `refused`. */
export const QUESTIONS: readonly Question[] = [
  {
    id: "twoLayers",
    text: "two layers of one shape, the seed given as the library takes it",
    wanted: "different",
  },
  { id: "twoSchemes", text: "the same, one He and one Glorot", wanted: "different" },
  {
    id: "reused",
    text: "two layers that are given one initializer",
    wanted: "different",
  },
  {
    id: "layerBefore",
    text: "a layer, and that layer when another one stands before it",
    wanted: "equal",
  },
  { id: "range", text: "a [3, 5] weight, and the first 3 rows of an [8, 5] one", wanted: "equal" },
  { id: "unseeded", text: "two draws with no seed given, of Python in two processes", wanted: null },
];

export interface Verdict {
  readonly text: string;
  readonly right: boolean;
}

export interface Edge {
  readonly id: string;
  readonly what: string;
  readonly right: string;
  readonly judge: (outcome: Outcome) => Verdict;
}

export const figure = (value: number, digits = 3): string => String(Number(value.toPrecision(digits)));

/** The standard error of a measured standard deviation. */
export const standardError = ({ std, kurtosis, count }: Extract<Outcome, { kind: "values" }>): number =>
  kurtosis === null ? 0 : std * Math.sqrt((kurtosis - 1) / (4 * count));

/** Five standard errors: of a thousand figures not one falls outside by chance. */
export const TOLERANCE = 5;

const otherwise = (outcome: Outcome): Verdict => {
  switch (outcome.kind) {
    case "error":
      return { text: outcome.message, right: false };
    case "empty":
      return { text: "an empty tensor", right: false };
    case "orthonormal":
      return { text: `off by ${figure(outcome.deviation)}`, right: false };
    case "values":
      return {
        text: `std ${figure(outcome.std)}, ${figure(outcome.min)} to ${figure(outcome.max)}`,
        right: false,
      };
  }
};

/** A fan read off the standard deviation √(square / fan). */
const fan =
  (right: number, square: number) =>
  (outcome: Outcome): Verdict => {
    if (outcome.kind !== "values") return otherwise(outcome);
    const wanted = Math.sqrt(square / right);
    const fits = Math.abs(outcome.std - wanted) <= TOLERANCE * standardError(outcome);
    return fits
      ? { text: `${right}`, right: true }
      : { text: `${figure(square / (outcome.std * outcome.std), 2)}`, right: false };
  };

export const EDGES: readonly Edge[] = [
  {
    id: "oneAxis",
    what: "He on a weight of one axis, [4096]",
    right: "an error",
    judge: (outcome) => {
      if (outcome.kind === "error") return { text: "an error", right: true };
      if (outcome.kind !== "values") return otherwise(outcome);
      return { text: `draws, fan in ${figure(2 / (outcome.std * outcome.std), 2)}`, right: false };
    },
  },
  {
    id: "empty",
    what: "He on an empty weight, [0, 4]",
    right: "an empty tensor",
    judge: (outcome) =>
      outcome.kind === "empty" ? { text: "an empty tensor", right: true } : otherwise(outcome),
  },
  {
    id: "stdZero",
    what: "normal with std 0",
    right: "zeros",
    judge: (outcome) =>
      outcome.kind === "values" && outcome.min === 0 && outcome.max === 0
        ? { text: "zeros", right: true }
        : otherwise(outcome),
  },
  {
    id: "fromZero",
    what: "uniform from 0 to 0.05",
    right: "0 to 0.05",
    judge: (outcome) =>
      outcome.kind === "values" && outcome.min >= 0 && outcome.max <= 0.05 && outcome.max > 0.0499
        ? { text: "0 to 0.05", right: true }
        : otherwise(outcome),
  },
  {
    id: "orthogonal",
    what: "orthogonal without argument, [32, 48]",
    right: "orthonormal rows to 1e-5",
    judge: (outcome) =>
      outcome.kind === "orthonormal" && outcome.deviation < 1e-5
        ? { text: `off by ${figure(outcome.deviation, 1)}`, right: true }
        : otherwise(outcome),
  },
  {
    id: "convFans",
    what: "fan in of a convolution, [64, 16, 5, 5]",
    right: "400 = 16 · 25",
    judge: fan(400, 2),
  },
  {
    id: "grouped",
    what: "fan out of a convolution in 4 groups, [256, 64, 3, 3]",
    right: "576 = 64 · 9",
    judge: fan(576, 2),
  },
  {
    id: "depthwiseIn",
    what: "fan in of a depthwise convolution, [512, 1, 3, 3]",
    right: "9",
    judge: fan(9, 2),
  },
  {
    id: "transposed",
    what: "fan in of a transposed convolution from 64 to 32 channels, 4 × 4, stride 2",
    right: "256 = 64 · 16 / 4",
    judge: fan(256, 2),
  },
  {
    id: "packed",
    what: "mean fan of query, key and value packed into [1536, 512]",
    right: "512",
    judge: fan(512, 1),
  },
];

/** Whether a measured standard deviation is what was claimed. */
export const judgeSpread = (outcome: Outcome, claimed: number): Verdict => {
  if (outcome.kind !== "values") return otherwise(outcome);
  const right = Math.abs(outcome.std - claimed) <= TOLERANCE * standardError(outcome);
  return { text: (outcome.std / claimed).toFixed(3), right };
};
