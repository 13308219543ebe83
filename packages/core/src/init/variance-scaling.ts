import type { Fans } from "../base/index.ts";
import { type Distribution, type Scaling, squareOf } from "../random/index.ts";
import { elementwise } from "./elementwise.ts";
import { type Initializer, type InitializerOptions, initializerEntry } from "./initializer.ts";
import { canonicalOptions, checkChoice, checkNonNegative, checkOptions } from "./options.ts";
import { truncatedAtTwo } from "./truncated-normal.ts";

export const FAN_MODES = ["in", "out", "average", "geometric"] as const satisfies readonly FanMode[];
export const SCALED_DISTRIBUTIONS = ["normal", "truncatedNormal", "uniform"] as const;

/** Which fan divides the variance: fanIn, fanOut, their mean, or √(fanIn · fanOut). */
export type FanMode = Scaling["mode"];
export type ScaledDistribution = (typeof SCALED_DISTRIBUTIONS)[number];

export interface VarianceScalingOptions {
  readonly gain?: number;
  readonly fan?: FanMode;
  readonly distribution?: ScaledDistribution;
}

/** What the famous names fix. */
export interface VarianceScalingDefinition extends Required<VarianceScalingOptions> {
  readonly name: string;
  readonly options: InitializerOptions;
}

const DEFAULTS = { gain: 1, fan: "in", distribution: "normal" } as const;

/**
 * Zero-mean weights of variance gain² / fan: the scheme that He, Glorot and LeCun are cases of.
 *
 * A sum over fanIn inputs of second moment q has variance fanIn · Var[w] · q, so fan "in" keeps the
 * signal, fan "out" the gradient, and "average" and "geometric" are compromises between the two.
 * The standard deviation is the same whatever the distribution.
 *
 * ```ts
 * varianceScaling({ gain: 2 }).std([64, 16, 5, 5]); // 0.1 = 2 / √400
 * varianceScaling({ fan: "out", distribution: "uniform" }).std([64, 16, 5, 5]); // 0.025 = 1 / √1600
 * ```
 */
export const varianceScaling = (options: VarianceScalingOptions = {}): Initializer => {
  const {
    gain = DEFAULTS.gain,
    fan = DEFAULTS.fan,
    distribution = DEFAULTS.distribution,
  } = checkOptions(varianceScalingEntry, options);
  return scaled({
    name: "varianceScaling",
    gain,
    fan,
    distribution,
    options: canonicalOptions({ gain, fan, distribution }, DEFAULTS),
  });
};

/** The scheme under a name of its own. */
export const scaled = ({
  name,
  gain,
  fan,
  distribution,
  options,
}: VarianceScalingDefinition): Initializer => {
  checkNonNegative(name, "gain", gain);
  checkChoice(name, "fan", fan, FAN_MODES);
  checkChoice(name, "distribution", distribution, SCALED_DISTRIBUTIONS);
  const square = squareOf(gain);
  return elementwise({
    name,
    options,
    distribution: (fans) => {
      const scaling: Scaling = { gain, fan: FAN[fan](fans), mode: fan };
      return { ...LAW[distribution](square / scaling.fan), scaling };
    },
    std: (fans) => Math.sqrt(square / FAN[fan](fans)),
  });
};

const FAN: Readonly<Record<FanMode, (fans: Fans) => number>> = {
  in: ({ fanIn }) => fanIn,
  out: ({ fanOut }) => fanOut,
  average: ({ fanIn, fanOut }) => (fanIn + fanOut) / 2,
  geometric: ({ fanIn, fanOut }) => Math.sqrt(fanIn * fanOut),
};

const LAW: Readonly<Record<ScaledDistribution, (variance: number) => Distribution>> = {
  normal: (variance) => ({ kind: "normal", mean: 0, std: Math.sqrt(variance), variance }),
  truncatedNormal: (variance) => ({ ...truncatedAtTwo(0, Math.sqrt(variance)), variance }),
  uniform: (variance) => {
    const limit = Math.sqrt(3 * variance);
    return { kind: "uniform", low: -limit, high: limit, variance };
  },
};

/** Options that the famous names share, as the catalogue describes them. */
export const describeGain = (gain: number, fan: FanMode) =>
  ({
    gain: { summary: "Multiplies the standard deviation.", default: gain },
    fan: { summary: "Which fan divides the variance.", default: fan, choices: FAN_MODES },
  }) as const;

export const varianceScalingEntry = initializerEntry({
  name: "varianceScaling",
  aliases: [],
  summary: "Zero-mean weights of variance gain² / fan: the general form of He, Glorot and LeCun.",
  formula: "Var[w] = gain² / fan",
  text:
    "A sum over fanIn inputs of second moment q has variance fanIn · Var[w] · q. Fan in keeps the signal, fan out " +
    "the gradient; average and geometric are compromises. The distribution may be normal, truncatedNormal " +
    "(corrected) or uniform; the standard deviation is the same for each.",
  references: ["LeCun et al. 1998, Efficient BackProp, §4.6"],
  options: {
    ...describeGain(DEFAULTS.gain, DEFAULTS.fan),
    distribution: { summary: "Shape of the distribution.", default: "normal", choices: SCALED_DISTRIBUTIONS },
  },
  valueOption: null,
  create: (options) => varianceScaling(options as VarianceScalingOptions),
});
