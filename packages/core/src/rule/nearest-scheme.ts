import type { Fans } from "../base/index.ts";
import type { TensorStatistics } from "./statistics.ts";

/** σ of a standard normal law that is cut at ±2. */
export const CUT_STD = 0.8796256610342398;

export type Law = "normal" | "uniform" | "truncated";

/** Kurtosis of each law; the spread of its estimate, times √n. */
const LAWS: Readonly<Record<Law, { readonly kurtosis: number; readonly spread: number }>> = {
  normal: { kurtosis: 3, spread: Math.sqrt(24) },
  uniform: { kurtosis: 1.8, spread: Math.sqrt(2.2) },
  truncated: { kurtosis: 2.3656, spread: Math.sqrt(5) },
};

export interface SchemeCandidate {
  readonly name: string;
  readonly std: number;
  readonly law: Law;
  /** What σ follows: a fan, the mean of both, or no fan. `uncorrected`: a cut law whose σ was not restored. */
  readonly follows: "in" | "out" | "both" | "none" | "uncorrected";
  /** Distance of the measured σ in standard errors. */
  readonly distance: number;
}

export interface NearestScheme {
  /** Schemes that the values fit, the nearest first. */
  readonly fitting: readonly SchemeCandidate[];
  /** The nearest of all schemes, whether it fits or not. */
  readonly nearest: SchemeCandidate | null;
  /** Laws whose kurtosis the values have. */
  readonly laws: readonly Law[];
  /** `one` or a `few` schemes fit; more: one `cannotTell`; `none` fits. */
  readonly certainty: "one" | "few" | "cannotTell" | "none";
}

export interface NearestOptions {
  readonly statistics: TensorStatistics;
  readonly fans: Fans;
  /** Width of a recurrent layer's state. */
  readonly hidden?: number | null;
  /** Blocks of the network, for residual branches. */
  readonly blocks?: number;
  /** Significant bits of the stored type: bounds are rounded to them (default: 24). */
  readonly bits?: number;
}

type Scheme = Omit<SchemeCandidate, "distance">;

const schemesOf = ({ fans: { fanIn, fanOut }, hidden, blocks = 0 }: NearestOptions): Scheme[] => {
  const all: Scheme[] = [];
  const add = (name: string, std: number, law: Law, follows: Scheme["follows"]) =>
    all.push({ name, std, law, follows });
  const family = (name: string, std: number, follows: Scheme["follows"], mode = "") => {
    add(`${name}Normal${mode}`, std, "normal", follows);
    add(`${name}Uniform${mode}`, std, "uniform", follows);
    add(`${name}Normal, truncated${mode}`, std, "truncated", follows);
    add(`${name}Normal, truncated, σ not restored${mode}`, std * CUT_STD, "truncated", "uncorrected");
  };
  add("PyTorch's default U(±1/√fan_in)", 1 / Math.sqrt(3 * fanIn), "uniform", "in");
  family("he", Math.sqrt(2 / fanIn), "in");
  family("lecun", Math.sqrt(1 / fanIn), "in");
  family("glorot", Math.sqrt(2 / (fanIn + fanOut)), "both");
  family("glorot", (5 / 3) * Math.sqrt(2 / (fanIn + fanOut)), "both", ", gain 5/3");
  family("he", Math.sqrt(2 / fanOut), "out", ", fan_out");
  family("lecun", Math.sqrt(1 / fanOut), "out", ", fan_out");
  family("small", Math.sqrt(2 / (5 * fanIn)), "in");
  if (hidden) add("PyTorch's recurrent default U(±1/√hidden)", 1 / Math.sqrt(3 * hidden), "uniform", "in");
  for (const std of [0.02, 0.01, 0.05, 0.006, 0.005, 0.001, 0.1, 1]) {
    add(`normal, σ ${std}`, std, "normal", "none");
    add(`truncatedNormal, σ ${std}`, std, "truncated", "none");
    add(`truncatedNormal, σ ${std} before the cut`, std * CUT_STD, "truncated", "none");
    add(`uniform, σ ${std}`, std, "uniform", "none");
  }
  if (blocks > 0) add("normal, σ .02/√(2 · blocks)", 0.02 / Math.sqrt(2 * blocks), "normal", "none");
  return all;
};

/** Values below which kurtosis says nothing. */
const FEW = 40;

/**
 * The schemes that a tensor's values fit: σ within 4 standard errors, SE = √((κ − 1) / 4n) of itself, a kurtosis
 * within 4.5 of the law's, and no value beyond the law's bounds.
 */
export const nearestScheme = (options: NearestOptions): NearestScheme => {
  const { count, rms, kurtosis, min, max } = options.statistics;
  const largest = Math.max(Math.abs(min), Math.abs(max));
  const laws = (Object.keys(LAWS) as Law[]).filter((law) => {
    const { kurtosis: own, spread } = LAWS[law];
    return count < FEW || Math.abs(kurtosis - own) < (4.5 * spread) / Math.sqrt(count);
  });
  const candidates = schemesOf(options)
    .map((scheme) => ({
      ...scheme,
      distance: Math.abs(rms / scheme.std - 1) / Math.sqrt((LAWS[scheme.law].kurtosis - 1) / (4 * count)),
    }))
    .filter(({ distance }) => Number.isFinite(distance))
    .sort(
      (a, b) =>
        Number(a.follows === "uncorrected") - Number(b.follows === "uncorrected") || a.distance - b.distance,
    );
  let rounding = 1;
  for (let bit = 1; bit < (options.bits ?? 24); bit++) rounding /= 2;
  const fitting = candidates.filter(({ law, std, distance }) => {
    if (distance > 4 || !laws.includes(law)) return false;
    if (law === "normal") return true;
    const bound = law === "uniform" ? Math.sqrt(3) * std : (2 * std) / CUT_STD;
    if (largest > bound * (1.0001 + rounding)) return false;
    // The largest of n uniform values is below b with the chance bⁿ; e⁻¹⁴ is a millionth.
    return law !== "uniform" || largest >= bound * (1 - 14 / count);
  });
  const nearest =
    fitting[0] ??
    candidates
      .filter(({ law }) => laws.length === 0 || laws.includes(law))
      .sort((a, b) => a.distance - b.distance)[0] ??
    null;
  // Two names of one σ are one answer.
  const different = new Set(fitting.map(({ std, law }) => `${std.toPrecision(6)} ${law}`)).size;
  const certainty =
    different === 0
      ? "none"
      : different === 1
        ? "one"
        : different <= 3 && count >= FEW
          ? "few"
          : "cannotTell";
  return { fitting, nearest, laws, certainty };
};
