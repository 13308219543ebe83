import { type Initializer, initializerEntry } from "./initializer.ts";
import { LECUN_ENTRY, type LeCunOptions, lecun } from "./lecun.ts";

/**
 * LeCun normal: zero-mean Gaussian with σ = gain · √(1 / fanIn).
 *
 * A linear unit then passes on the variance of its inputs; SELU is built for it. [1]
 *
 * ```ts
 * lecunNormal().std([300, 100]); // 0.1 = 1 / √100
 * ```
 *
 * [1] LeCun et al. 1998, Efficient BackProp, §4.6
 */
export const lecunNormal = (options: LeCunOptions = {}): Initializer =>
  lecun("lecunNormal", "normal", options);

export const lecunNormalEntry = initializerEntry({
  ...LECUN_ENTRY,
  name: "lecunNormal",
  aliases: ["lecun"],
  summary: "Gaussian with σ = √(1 / fanIn): for linear units and SELU.",
  formula: "w ~ N(0, gain² · 1 / fanIn)",
  create: (options) => lecunNormal(options),
});
