import { exp, expm1 } from "../math/index.ts";
import { named } from "./activation.ts";
import { fittingGain } from "./fitting-gain.ts";

export interface AlphaOptions {
  /** Minus the level that φ approaches at −∞; above 0. */
  readonly alpha?: number;
}

export const elu = ({ alpha = 1 }: AlphaOptions = {}) =>
  named({
    name: "elu",
    aliases: [],
    summary: "Exponential linear unit: saturates smoothly at −alpha.",
    formula: "φ(z) = z if z > 0, else alpha · (eᶻ − 1)",
    options: { alpha },
    value: (z) => (z > 0 ? z : alpha * expm1(z)),
    derivative: (z) => (z > 0 ? 1 : alpha * exp(z)),
    second: (z) => (z > 0 ? 0 : alpha * exp(z)),
    kinks: [0],
    saturated: (z) => z < 0 && alpha * exp(z) < 0.05 * Math.max(1, alpha),
    get fitting() {
      return fittingGain(this);
    },
  });
