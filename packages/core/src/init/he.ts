import { InputError } from "../base/index.ts";
import type { Initializer, InitializerEntry } from "./initializer.ts";
import { canonicalOptions, checkFinite, checkOptions } from "./options.ts";
import { describeGain, type FanMode, type ScaledDistribution, scaled } from "./variance-scaling.ts";

export interface HeOptions {
  /** √2 by default. Not together with `negativeSlope`. */
  readonly gain?: number;
  /** Of a leaky ReLU: gain = √(2 / (1 + negativeSlope²)). */
  readonly negativeSlope?: number;
  readonly fan?: FanMode;
}

const DEFAULTS = { gain: Math.SQRT2, fan: "in" } as const;

/** He's scheme with either distribution. */
export const he = (name: string, distribution: ScaledDistribution, given: HeOptions): Initializer => {
  const { gain, negativeSlope, fan = DEFAULTS.fan } = checkOptions({ ...HE_ENTRY, name }, given);
  const one = gainOf(name, gain, negativeSlope);
  const options = canonicalOptions({ gain: one, fan }, DEFAULTS);
  return scaled({ name, gain: one, fan, distribution, options });
};

const gainOf = (name: string, gain: number | undefined, negativeSlope: number | undefined): number => {
  if (negativeSlope === undefined) return gain ?? DEFAULTS.gain;
  if (gain !== undefined) throw new InputError(name, "expected either gain or negativeSlope, got both");
  checkFinite(name, "negativeSlope", negativeSlope);
  return Math.sqrt(2 / (1 + negativeSlope * negativeSlope));
};

/** What both forms say of themselves in the catalogue. */
export const HE_ENTRY = {
  text:
    "ReLU passes on half the second moment of a symmetric input; gain √2 makes up for it, so the signal keeps its " +
    "size at every depth. Not truncated. For a leaky ReLU give negativeSlope: gain = √(2 / (1 + slope²)).",
  references: ["He et al. 2015, Delving Deep into Rectifiers, https://arxiv.org/abs/1502.01852"],
  options: {
    ...describeGain(DEFAULTS.gain, DEFAULTS.fan),
    negativeSlope: { summary: "Slope of a leaky ReLU, in place of gain.", default: null },
  },
  valueOption: "gain",
} as const satisfies Partial<InitializerEntry>;
