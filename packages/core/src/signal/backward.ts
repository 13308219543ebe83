import { log1p } from "../math/index.ts";
import { logOf, NOTHING } from "./activation-law.ts";
import { leaningBelow } from "./alignment.ts";
import { type Cumulants, NONE } from "./cumulants.ts";
import { type Density, meanOf, pointOf, readAt } from "./density.ts";
import { coarse, concentration, type ForwardLayer } from "./forward.ts";
import { between, lengthBeyond, projection, shiftedBy } from "./radius.ts";
import { MOST_NODES, type StandardNodes } from "./skewed.ts";
import { elementVariance } from "./start.ts";
import { NORMAL, type Tails } from "./unit-law.ts";

/** What a layer's squared gradient is over the last layer's. */
export interface BackwardLayer {
  /** Cumulants of its logarithm, given ln v of the layer, at each grid point. */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly third: Float64Array;
  readonly fourth: Float64Array;
  /** E[(u · δ)²] / (|δ|² Var u), u the z without biases: 1 where the gradient δ does not know of z. */
  readonly alignment: Float64Array;
  /** Covariance of that share with the logarithm. */
  readonly coupling: Float64Array;
  /** E[κ⁴] − 3 E[κ²]², where E[κ²] is the alignment. */
  readonly excess: Float64Array;
  /** The share that it would be if each unit's part of δ leaned by itself: Σ E[u² δ²] / (|δ|² Var u). */
  readonly turned: Float64Array;
  readonly wide: number;
  /** What a law of second order leaves out of the mean, by the ratio of its terms of second and first order. */
  readonly left: number;
}

/**
 * Carries the squared gradient back from the last layer, whose own is 1 per unit: its logarithm's cumulants
 * given ln v of each layer.
 *
 * Given the way forward, with u = W a, the weights are W = u aᵀ/|a|² and drawn again across a. So Wᵀδ is normal but
 * along a, where it has (u · δ)/|a|: units with large a get more of the gradient where δ leans to u
 * (`alignment` above 1) and less below. For ReLU-like activations it stays 1 and the law is exact.
 */
export const backward = (layers: readonly ForwardLayer[]): BackwardLayer[] => {
  const last = layers[layers.length - 1]!;
  const size = last.density.weights.length;
  const n = last.start.outputs;
  const done: BackwardLayer[] = [
    {
      mean: new Float64Array(size),
      variance: new Float64Array(size),
      third: new Float64Array(size),
      fourth: new Float64Array(size),
      alignment: new Float64Array(size).fill(1),
      coupling: new Float64Array(size),
      // The direction of the last gradient counts as uniform.
      excess: new Float64Array(size).fill(-6 / (n + 2)),
      turned: new Float64Array(size).fill(1),
      wide: 0,
      left: 0,
    },
  ];
  let unit = { fourth: 3 / (n + 2), sixth: 15 / ((n + 2) * (n + 4)) };
  for (let index = layers.length - 2; index >= 0; index--) {
    const layer = layers[index]!;
    const above = layers[index + 1]!;
    const { weights } = above.start;
    const own = weights.kind === "independent" ? weights.tails : NORMAL;
    const tails = coarse(own.fourth * unit.fourth, own.sixth * unit.sixth);
    done.unshift(stepBack(layer, above, done[0]!, tails));
    const { slope, slopeFourth, slopeSixth } = layer.law.near(meanOf(layer.density));
    unit = concentration(
      slope,
      slopeFourth * (3 + tails.fourth),
      slopeSixth * (15 + 15 * tails.fourth + tails.sixth),
      layer.start.outputs,
    );
  }
  return done;
};

const stepBack = (
  layer: ForwardLayer,
  above: ForwardLayer,
  after: BackwardLayer,
  tails: Tails,
): BackwardLayer => {
  const { density, law, start, next, nodes, share } = layer;
  const n = start.outputs;
  const { weights, outputs } = above.start;
  const factor = logOf(outputs * elementVariance(above.start));
  const roundAbove = weights.kind === "orthogonal";
  const lengthAbove = roundAbove ? projection(outputs, n) : NONE;
  const normal = law.gradient(n, tails);
  const fixed = layer.round > 0 ? law.roundGradient(n, roundAbove) : normal;
  const beyond = lengthBeyond(n, lengthAbove);
  const size = density.weights.length;
  const out = {
    mean: new Float64Array(size),
    variance: new Float64Array(size),
    third: new Float64Array(size),
    fourth: new Float64Array(size),
    alignment: new Float64Array(size),
    coupling: new Float64Array(size),
    excess: new Float64Array(size),
    turned: new Float64Array(size),
    wide: after.wide + factor + law.wide(layer.wide).gradient,
    left: after.left,
  };
  const leanings = law.alignment({ g: layer.round > 0.5, h: roundAbove });
  for (let i = 0; i < size; i++) {
    const x = pointOf(density, i);
    const free = normal(x);
    const usual = roundAbove ? shiftedBy(free, beyond, -1) : free;
    const kept = layer.round > 0 ? shiftedBy(fixed(x), lengthAbove, 1) : usual;
    const own = layer.round === 1 || layer.round === 0 ? kept : between(usual, kept, layer.round);
    const local: Cumulants = { ...own, mean: Math.max(NOTHING, own.mean + factor) };
    const lean = leanings(x);
    const ahead = combine(out, i, local, own.correlation, nodes[i]!, next[i]!, above.density, after, {
      weight: lean.shared / n,
      more: lean.sharedMore / (n * n),
      tail: weights.kind === "independent" ? weights.tails.fourth / 2 : 0,
      deviation: Math.sqrt(layer.conditional[i]!.variance),
    });
    const seen = density.weights[i]!;
    const ratio = (3 * lean.bent * (1 + Math.abs(ahead.leaning))) / n;
    out.left += ((seen * Math.abs(lean.shared * ahead.leaning)) / n) * ratio * ratio;
    out.mean[i]! += (lean.sharedPull * ahead.turn) / (n * n);
    const below = leaningBelow(lean, ahead, n, share);
    out.turned[i] = below.turned;
    out.alignment[i] = below.alignment;
    const most = Math.sqrt(out.variance[i]! * (2 * below.alignment * below.alignment + below.excess));
    out.coupling[i] = Math.max(-most, Math.min(most, below.coupling));
    out.excess[i] = below.excess;
  }
  return out;
};

const READ = new Float64Array(8);
const [means, variances, thirds, fourths] = [0, 1, 2, 3].map(() => new Float64Array(MOST_NODES)) as [
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
];

/** How the layer above lays its gradient on the units below. */
interface Laying {
  /** What a leaning of 1 more adds to the squared gradient. */
  readonly weight: number;
  /** And in its logarithm's mean, to second order. */
  readonly more: number;
  /** Half the excess kurtosis of the weights. */
  readonly tail: number;
  /** Standard deviation of ln Σ φ² below. */
  readonly deviation: number;
}

/** One step's own cumulants and what follows from the next layer's ln v, over the nodes of one grid point. */
const combine = (
  out: BackwardLayer,
  i: number,
  local: Cumulants,
  correlation: number,
  { places: nodes, weights: nodeWeights }: StandardNodes,
  next: Float64Array,
  density: Density,
  after: BackwardLayer,
  { weight, more, tail, deviation }: Laying,
) => {
  const spread = Math.sqrt(local.variance);
  const rest = 1 - correlation * correlation;
  const columns = [
    after.mean,
    after.variance,
    after.third,
    after.alignment,
    after.coupling,
    after.turned,
    after.excess,
    after.fourth,
  ];
  let [mean, skew, alignment, spare, rise, turn, coupling, together, excess] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let j = 0; j < nodes.length; j++) {
    readAt(density, columns, next[j]!, READ);
    const seen = nodeWeights[j]!;
    const leaning = Math.max(0, READ[3]!);
    const part = Math.max(-0.9, weight * (leaning - 1 + tail * (READ[5]! - 1)));
    // Var κ² stands where the local law has that of a squared normal number, 2.
    const over = 2 * (leaning * leaning - 1) + READ[6]!;
    const extra = (weight * weight * over) / ((1 + part) * (1 + part));
    const ahead = log1p(part) - extra / 2 + (more * (leaning - 1)) / (1 + part) + READ[0]!;
    spare += seen * extra;
    means[j] = correlation * spread * nodes[j]! + ahead;
    variances[j] = Math.max(0, READ[1]! + (2 * weight * READ[4]!) / (1 + part));
    thirds[j] = READ[2]!;
    fourths[j] = READ[7]!;
    alignment += seen * leaning;
    rise += seen * nodes[j]! * ahead;
    turn += seen * nodes[j]! * leaning;
    coupling += seen * (READ[4]! + 2 * weight * (leaning * leaning - 1));
    excess += seen * (READ[6]! + 3 * leaning * leaning);
    together += seen * leaning * means[j]!;
    mean += seen * means[j]!;
    skew += seen * nodes[j]! * nodes[j]! * nodes[j]!;
  }
  let [variance, third, fourth] = [0, 0, 0];
  for (let j = 0; j < nodes.length; j++) {
    const gap = means[j]! - mean;
    variance += nodeWeights[j]! * (variances[j]! + gap * gap);
    third += nodeWeights[j]! * (thirds[j]! + 3 * variances[j]! * gap + gap * gap * gap);
    const both = variances[j]! + gap * gap;
    fourth +=
      nodeWeights[j]! * (fourths[j]! + 4 * thirds[j]! * gap + 3 * both * both - 2 * gap * gap * gap * gap);
  }
  const shared = correlation * correlation * correlation * spread * spread * spread * skew;
  out.mean[i] = Math.max(NOTHING, local.mean + mean);
  out.variance[i] = Math.max(0, rest * local.variance + spare) + variance;
  out.third[i] = local.third - shared + third;
  const own = local.variance > 0 ? (1.5 * local.third * local.third) / local.variance : 0;
  out.fourth[i] = fourth - 3 * variance * variance + rest * rest * own;
  const unit = deviation > 0 ? 1 / deviation : 0;
  return {
    leaning: alignment - 1,
    excess: excess - 3 * alignment * alignment,
    coupling: coupling + together - alignment * mean,
    rise: rise * unit,
    turn: turn * unit,
  };
};
