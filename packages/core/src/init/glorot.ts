import type { Initializer, InitializerEntry } from "./initializer.ts";
import { canonicalOptions, checkOptions } from "./options.ts";
import { describeGain, type FanMode, type ScaledDistribution, scaled } from "./variance-scaling.ts";

export interface GlorotOptions {
  /** 1 by default. */
  readonly gain?: number;
  readonly fan?: FanMode;
}

const DEFAULTS = { gain: 1, fan: "average" } as const;

/** Glorot's scheme with either distribution. */
export const glorot = (name: string, distribution: ScaledDistribution, given: GlorotOptions): Initializer => {
  const { gain = DEFAULTS.gain, fan = DEFAULTS.fan } = checkOptions({ ...GLOROT_ENTRY, name }, given);
  return scaled({ name, gain, fan, distribution, options: canonicalOptions({ gain, fan }, DEFAULTS) });
};

/** What both forms say of themselves in the catalogue. */
export const GLOROT_ENTRY = {
  text:
    "Keeping the signal asks for variance 1 / fanIn, keeping the gradient for 1 / fanOut; this takes the " +
    "mean of the two fans. It suits units that are linear near 0, such as tanh; under ReLU the signal's " +
    "second moment halves at each layer.",
  references: [
    "Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural networks, https://proceedings.mlr.press/v9/glorot10a.html",
  ],
  options: describeGain(DEFAULTS.gain, DEFAULTS.fan),
  valueOption: "gain",
} as const satisfies Partial<InitializerEntry>;
