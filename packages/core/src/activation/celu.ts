import { exp, expm1 } from "../math/index.ts";
import { named } from "./activation.ts";
import type { AlphaOptions } from "./elu.ts";
import { fittingGain } from "./fitting-gain.ts";

export const celu = ({ alpha = 1 }: AlphaOptions = {}) =>
  named({
    name: "celu",
    aliases: [],
    summary: "ELU whose slope is continuous for every alpha.",
    formula: "φ(z) = z if z > 0, else alpha · (e^(z / alpha) − 1)",
    options: { alpha },
    value: (z) => (z > 0 ? z : alpha * expm1(z / alpha)),
    derivative: (z) => (z > 0 ? 1 : exp(z / alpha)),
    second: (z) => (z > 0 ? 0 : exp(z / alpha) / alpha),
    kinks: [0],
    saturated: (z) => z < 0 && exp(z / alpha) < 0.05,
    get fitting() {
      return fittingGain(this);
    },
  });
