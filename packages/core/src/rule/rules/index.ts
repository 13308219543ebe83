import type { Rule } from "../rule.ts";
import { biasLarge } from "./bias-large.ts";
import { constantKernel } from "./constant-kernel.ts";
import { nonzeroMean, outlier } from "./distribution.ts";
import { firstLossHigh, tiedTooLarge } from "./first-loss-high.ts";
import { forgetBias } from "./forget-bias.ts";
import { identicalTensors } from "./identical-tensors.ts";
import { looksTrained } from "./looks-trained.ts";
import { loraFactor } from "./lora-factor.ts";
import { normScale } from "./norm-scale.ts";
import { notFinite } from "./not-finite.ts";
import { scaledCopy } from "./scaled-copy.ts";
import { tiedUnits } from "./tied-units.ts";
import { uninitialized } from "./uninitialized.ts";
import * as variance from "./variance.ts";
import { zeroKernel } from "./zero-kernel.ts";

/** All rules about stored weights, the most consequential first. */
export const weightRules: readonly Rule[] = [
  notFinite,
  uninitialized,
  zeroKernel,
  constantKernel,
  identicalTensors,
  scaledCopy,
  tiedUnits,
  loraFactor,
  normScale,
  firstLossHigh,
  tiedTooLarge,
  variance.tooLarge,
  variance.tooSmall,
  variance.fanSwapped,
  variance.truncationUncorrected,
  variance.depthwiseFan,
  outlier,
  nonzeroMean,
  biasLarge,
  variance.frameworkDefault,
  forgetBias,
  looksTrained,
];
