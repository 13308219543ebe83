import { exp, log } from "../math/index.ts";
import { type ActivationLaw, activationLaw, logOf, NOTHING } from "./activation-law.ts";
import { type Cumulants, type CurvedCumulants, NONE } from "./cumulants.ts";
import { atom, type Density, gather, meanOf, pointOf } from "./density.ts";
import { between, projection, shiftedBy } from "./radius.ts";
import { type StandardNodes, standardNodes } from "./skewed.ts";
import { elementVariance, type LayerStart } from "./start.ts";
import { NORMAL, type Tails } from "./unit-law.ts";

/** A layer with what is known of its z before the way back. */
export interface ForwardLayer {
  readonly start: LayerStart;
  /** Of ln v, v = Var z given the layer before. */
  readonly density: Density;
  readonly law: ActivationLaw;
  readonly tails: Tails;
  /** E[z], from biases. */
  readonly shift: number;
  /** How far z has a fixed length: 1 under orthogonal weights without biases, else 0. */
  readonly round: number;
  /** Cumulants of ln (|z|² / (n v)) where it is round: 0 unless the weights project. */
  readonly length: Cumulants;
  /** Share of the biases in Var z. */
  readonly share: number;
  /** ln (Σ φ² / n) at each grid point and node, of the layer's units given ln v. */
  readonly conditional: readonly CurvedCumulants[];
  /** The places of that logarithm, standardised, by grid point. */
  readonly nodes: readonly StandardNodes[];
  /** ln v of the next layer, by grid point and node. */
  readonly next: readonly Float64Array[];
  readonly wide: number;
  readonly approximate: boolean;
}

/** Carries the distribution of ln v, v = Var z given the layer before, from the input's second moment on. */
export const forward = (layers: readonly LayerStart[], inputSquare: number): ForwardLayer[] => {
  const done: ForwardLayer[] = [];
  let unit: UnitFigures = { fourth: 3 / (layers[0]!.inputs + 2), sixth: 0, mean: 0 };
  let density: Density | null = null;
  let wide = 0;
  let approximate = false;
  layers.forEach((start, index) => {
    const square = index === 0 ? inputSquare : exp(wide);
    const factor = start.inputs * elementVariance(start);
    const { weights, bias, outputs } = start;
    if (weights.kind === "other" || (weights.kind === "independent" && weights.mean !== 0))
      approximate = true;
    const pushed = weights.kind === "independent" ? weights.mean * start.inputs * unit.mean : 0;
    const shift = bias.mean + pushed;
    if (density === null) density = atom(logOf(factor * inputSquare + bias.variance));
    const typical = exp(meanOf(density));
    const share = typical > 0 ? Math.min(1, bias.variance / typical) : 0;
    const tails = tailsOf(start, share, unit);
    const law = activationLaw(start.activation, shift, tails);
    const round = weights.kind === "orthogonal" ? (1 - share) * (1 - share) : 0;
    const length = round > 0 ? projection(start.inputs, outputs) : NONE;
    const wideVariance = logOf(factor * square + bias.variance);
    const following = layers[index + 1];
    const normal = law.signal(outputs);
    const fixed = round > 0 ? law.roundSignal(outputs) : normal;
    const conditional = Array.from(density.weights, (_, i): CurvedCumulants => {
      const x = pointOf(density!, i);
      if (round === 0) return normal(x);
      const kept = fixed(x);
      const own = length.variance === 0 ? kept : shiftedBy(kept, length, kept.slope);
      return round === 1 ? own : between(normal(x), own, round);
    });
    const single = conditional.length === 1;
    const nodes = following === undefined ? [] : conditional.map((one) => standardNodes(one, single));
    const next = nodes.map(({ places }) => new Float64Array(places.length));
    done.push({
      start,
      density,
      law,
      tails,
      shift,
      share,
      round,
      length,
      conditional,
      nodes,
      next,
      wide: wideVariance,
      approximate,
    });
    wide = law.wide(wideVariance).signal;
    unit = figuresOf(law, meanOf(density), outputs);
    if (following !== undefined) density = step(done[index]!, following);
  });
  return done;
};

/** ln v of the next layer over all grid points and nodes. */
const step = (
  { start, density, law, conditional, nodes, next }: ForwardLayer,
  following: LayerStart,
): Density => {
  const factor = following.inputs * elementVariance(following);
  const { variance: bias } = following.bias;
  const zero = law.near(meanOf(density)).zero;
  const lost = zero > 0 ? exp(start.outputs * log(zero)) : 0;
  const size = nodes.reduce((sum, own) => sum + own.places.length, 0);
  // One more for networks without a signal, which biases bring back to life.
  const places = new Float64Array(size + 1).fill(logOf(bias));
  const weights = new Float64Array(size + 1);
  let at = 0;
  let dying = 0;
  for (let i = 0; i < conditional.length; i++) {
    const { mean, variance } = conditional[i]!;
    const spread = Math.sqrt(variance);
    const own = nodes[i]!;
    const weight = density.weights[i]!;
    dying += weight * lost;
    for (let j = 0; j < own.places.length; j++, at++) {
      const place = nextLogVariance(mean + spread * own.places[j]!, factor, bias);
      next[i]![j] = place;
      places[at] = place;
      weights[at] = weight * (1 - lost) * own.weights[j]!;
    }
  }
  const dead = Math.max(0, dying) + density.dead;
  weights[size] = bias > 0 ? dead : 0;
  return gather(places, weights, bias > 0 ? 0 : dead);
};

/** ln(factor · eʸ + bias) */
const nextLogVariance = (y: number, factor: number, bias: number): number => {
  if (factor === 0) return logOf(bias);
  const x = Math.max(NOTHING, y + log(factor));
  return bias === 0 ? x : x > 650 ? x : logOf(exp(x) + bias);
};

interface UnitFigures {
  /** E[Σ a⁴ / (Σ a²)²] over the inputs a of a layer. */
  readonly fourth: number;
  /** E[Σ a⁶ / (Σ a²)³] */
  readonly sixth: number;
  readonly mean: number;
}

const figuresOf = (law: ActivationLaw, x: number, n: number): UnitFigures => {
  const { mean, square, fourth, sixth } = law.near(x);
  return { ...concentration(square, fourth, sixth, n), mean: law.scales ? mean * exp(x / 2) : mean };
};

/** E[Σ a⁴ / (Σ a²)²] and E[Σ a⁶ / (Σ a²)³] of n independent a with these moments, to second order in 1/n. */
export const concentration = (
  square: number,
  fourth: number,
  sixth: number,
  n: number,
): { readonly fourth: number; readonly sixth: number } => {
  if (!(square > 0)) return { fourth: 0, sixth: 0 };
  const kurtosis = fourth / (square * square);
  const correction = 1 - (2 * (sixth / (fourth * square) - 1)) / n + (3 * (kurtosis - 1)) / n;
  const factor = Math.max(0.4, correction);
  return {
    fourth: Math.min(1, (kurtosis / n) * factor),
    sixth: Math.min(1, (sixth / (square * square * square) / (n * n)) * factor * factor),
  };
};

/** Cumulants beyond the normal's of z = Σ w a + b, coarse enough that layers share tables. */
const tailsOf = ({ weights, bias }: LayerStart, share: number, unit: UnitFigures): Tails => {
  const own = weights.kind === "independent" ? weights.tails : NORMAL;
  const rest = 1 - share;
  return coarse(
    own.fourth * unit.fourth * rest * rest + bias.tails.fourth * share * share,
    own.sixth * unit.sixth * rest * rest * rest + bias.tails.sixth * share * share * share,
  );
};

/** Rounded to 1/40, and to nothing where it is too small to matter. */
export const coarse = (fourth: number, sixth: number): Tails =>
  Math.abs(fourth) < 0.0125
    ? NORMAL
    : { fourth: Math.round(fourth * 40) / 40, sixth: Math.round(sixth * 40) / 40 };
