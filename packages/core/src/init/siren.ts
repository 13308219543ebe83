import { InputError } from "../base/index.ts";
import { elementwise } from "./elementwise.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";
import { canonicalOptions, checkChoice, checkFinite, checkOptions } from "./options.ts";

const LAYERS = ["hidden", "first"] as const;

export interface SirenOptions {
  /** ω₀ of sin(ω₀ · z). */
  readonly omega?: number;
  readonly layer?: (typeof LAYERS)[number];
}

/**
 * For networks of sin(ω₀ · z): w ~ U(±√(6 / fanIn) / ω₀), and U(±1 / fanIn) in the first layer.
 *
 * Then ω₀ · z is standard normal and sin(ω₀ · z) arcsine distributed in every layer, at any depth. [1]
 *
 * ```ts
 * siren().distribution([64, 6]); // ≈ { kind: "uniform", low: -0.033333, high: 0.033333 }
 * siren({ layer: "first" }).distribution([64, 2]); // { kind: "uniform", low: -0.5, high: 0.5 }
 * ```
 *
 * [1] Sitzmann et al. 2020, §3.2, https://arxiv.org/abs/2006.09661
 */
export const siren = (options: SirenOptions = {}): Initializer => {
  const { omega = 30, layer = "hidden" } = checkOptions(sirenEntry, options);
  checkFinite("siren", "omega", omega);
  if (omega <= 0) throw new InputError("siren", `expected omega > 0, got ${omega}`);
  checkChoice("siren", "layer", layer, LAYERS);
  const limit = (fanIn: number): number => (layer === "first" ? 1 / fanIn : Math.sqrt(6 / fanIn) / omega);
  return elementwise({
    name: "siren",
    options: canonicalOptions({ omega, layer }, { omega: 30, layer: "hidden" }),
    distribution: ({ fanIn }) => ({ kind: "uniform", low: -limit(fanIn), high: limit(fanIn) }),
    std: ({ fanIn }) => limit(fanIn) / Math.sqrt(3),
  });
};

export const sirenEntry = initializerEntry({
  name: "siren",
  aliases: [],
  summary: "For networks of sin(ω₀ · z), which represent images and shapes.",
  formula: "w ~ U(±√(6 / fanIn) / ω₀); in the first layer w ~ U(±1 / fanIn)",
  text:
    "The pre-activation times ω₀ is standard normal and the activation arcsine distributed in every layer, at any " +
    "the depth. ω₀ = 30 lets the first layer span many periods over inputs in [−1, 1].",
  references: [
    "Sitzmann et al. 2020, Implicit neural representations with periodic activation functions, https://arxiv.org/abs/2006.09661",
  ],
  options: {
    omega: { summary: "ω₀ of sin(ω₀ · z).", default: 30 },
    layer: { summary: "Which layer of the network.", default: "hidden", choices: LAYERS },
  },
  firstLayer: { layer: "first" },
  valueOption: null,
  create: (options) => siren(options as SirenOptions),
});
