import type { Initializer, InitializerEntry } from "./initializer.ts";
import { canonicalOptions, checkOptions } from "./options.ts";
import { describeGain, type FanMode, type ScaledDistribution, scaled } from "./variance-scaling.ts";

export interface LeCunOptions {
  /** 1 by default. */
  readonly gain?: number;
  readonly fan?: FanMode;
}

const DEFAULTS = { gain: 1, fan: "in" } as const;

/** LeCun's scheme with either distribution. */
export const lecun = (name: string, distribution: ScaledDistribution, given: LeCunOptions): Initializer => {
  const { gain = DEFAULTS.gain, fan = DEFAULTS.fan } = checkOptions({ ...LECUN_ENTRY, name }, given);
  return scaled({ name, gain, fan, distribution, options: canonicalOptions({ gain, fan }, DEFAULTS) });
};

/** What both forms say of themselves in the catalogue. */
export const LECUN_ENTRY = {
  text:
    "A linear unit then passes on the variance of its inputs. It is what self-normalizing networks (SELU)" +
    " ask for; under ReLU the signal's second moment halves at each layer.",
  references: ["LeCun et al. 1998, Efficient BackProp, §4.6"],
  options: describeGain(DEFAULTS.gain, DEFAULTS.fan),
  valueOption: "gain",
} as const satisfies Partial<InitializerEntry>;
