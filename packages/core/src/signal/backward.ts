import { log1p } from "../math/index.ts";
import { logOf, NOTHING } from "./activation-law.ts";
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
  /** E[(u · δ)²] / (|δ|² Var u), u the z without biases: 1 where the gradient δ does not know of z. */
  readonly alignment: Float64Array;
  readonly wide: number;
  /** Sum of the squared shifts that leaning gives: what a law of first order leaves out grows with it. */
  readonly squares: number;
  /** Sum of what a lasting leaning of 1 more would add under orthogonal weights, whose own spread may be as little. */
  readonly persistent: number;
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
  const done: BackwardLayer[] = [
    {
      mean: new Float64Array(size),
      variance: new Float64Array(size),
      third: new Float64Array(size),
      alignment: new Float64Array(size).fill(1),
      wide: 0,
      squares: 0,
      persistent: 0,
    },
  ];
  const n = last.start.outputs;
  // The direction of the last gradient counts as uniform.
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
    alignment: new Float64Array(size),
    wide: after.wide + factor + law.wide(layer.wide).gradient,
    squares: after.squares,
    persistent: after.persistent,
  };
  let [first, persistent] = [0, 0];
  for (let i = 0; i < size; i++) {
    const x = pointOf(density, i);
    const free = normal(x);
    const usual = roundAbove ? shiftedBy(free, beyond, -1) : free;
    const kept = layer.round > 0 ? shiftedBy(fixed(x), lengthAbove, 1) : usual;
    const own = layer.round === 1 || layer.round === 0 ? kept : between(usual, kept, layer.round);
    const local: Cumulants = { ...own, mean: Math.max(NOTHING, own.mean + factor) };
    const weight = (roundAbove ? free.shared - 1 : free.shared) / n;
    const leaning = combine(
      out,
      i,
      local,
      own.correlation,
      nodes[i]!,
      next[i]!,
      above.density,
      after,
      weight,
      roundAbove,
    );
    const seen = density.weights[i]!;
    first += seen * weight * leaning;
    persistent += seen * weight;
    const turned = (1 - share) * free.turned + share;
    out.alignment[i] = (turned + (1 - share) * free.kept * leaning) / Math.max(0.1, 1 + weight * leaning);
  }
  return {
    ...out,
    squares: out.squares + first * first,
    persistent: out.persistent + (roundAbove ? persistent : 0),
  };
};

const READ = new Float64Array(4);
const [means, variances, thirds] = [0, 1, 2].map(() => new Float64Array(MOST_NODES)) as [
  Float64Array,
  Float64Array,
  Float64Array,
];

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
  weight: number,
  round: boolean,
): number => {
  const spread = Math.sqrt(local.variance);
  const rest = 1 - correlation * correlation;
  const columns = [after.mean, after.variance, after.third, after.alignment];
  let [mean, skew, alignment, more] = [0, 0, 0, 0];
  for (let j = 0; j < nodes.length; j++) {
    readAt(density, columns, next[j]!, READ);
    const leaning = Math.max(0, READ[3]!);
    const part = Math.max(-0.9, weight * (leaning - 1));
    // The square of a normal number of variance `leaning` stands where the local law has one of variance 1.
    const extra = round ? 0 : (2 * weight * weight * (leaning * leaning - 1)) / ((1 + part) * (1 + part));
    const along = log1p(part) - extra / 2;
    more += nodeWeights[j]! * extra;
    means[j] = correlation * spread * nodes[j]! + along + READ[0]!;
    variances[j] = Math.max(0, READ[1]!);
    thirds[j] = READ[2]!;
    alignment += nodeWeights[j]! * leaning;
    mean += nodeWeights[j]! * means[j]!;
    skew += nodeWeights[j]! * nodes[j]! * nodes[j]! * nodes[j]!;
  }
  let [variance, third] = [0, 0];
  for (let j = 0; j < nodes.length; j++) {
    const gap = means[j]! - mean;
    variance += nodeWeights[j]! * (variances[j]! + gap * gap);
    third += nodeWeights[j]! * (thirds[j]! + 3 * variances[j]! * gap + gap * gap * gap);
  }
  const shared = correlation * correlation * correlation * spread * spread * spread * skew;
  out.alignment[i] = alignment;
  out.mean[i] = Math.max(NOTHING, local.mean + mean);
  out.variance[i] = Math.max(0, rest * local.variance + more) + variance;
  out.third[i] = local.third - shared + third;
  return alignment - 1;
};
