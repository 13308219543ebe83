import { cos, sin } from "../math/index.ts";
import { named } from "./activation.ts";

export interface SinOptions {
  /** Angular frequency; SIREN's ω₀ is 30. */
  readonly omega?: number;
}

/** Sitzmann et al. 2020, arXiv:2006.09661. */
export const sinActivation = ({ omega = 1 }: SinOptions = {}) =>
  named({
    name: "sin",
    aliases: ["sine", "siren"],
    summary: "Sine of omega · z, as in SIREN (which has omega 30).",
    formula: "φ(z) = sin(omega · z)",
    options: { omega },
    value: (z) => sin(omega * z),
    derivative: (z) => omega * cos(omega * z),
    second: (z) => -omega * omega * sin(omega * z),
    kinks: [],
    saturated: null,
    fitting: { name: "siren", omega },
  });
