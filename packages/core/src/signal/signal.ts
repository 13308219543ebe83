import { activation } from "../activation/index.ts";
import { checkKind, InputError, KIND, optionsOf } from "../base/index.ts";
import { exp } from "../math/index.ts";
import { activationLaw, NOTHING } from "./activation-law.ts";
import { type BackwardLayer, backward } from "./backward.ts";
import type { Cumulants } from "./cumulants.ts";
import { type Density, pointOf } from "./density.ts";
import { type ForwardLayer, forward } from "./forward.ts";
import { between } from "./radius.ts";
import { skewedCdf } from "./skewed.ts";
import type { LayerStart } from "./start.ts";

/** Of many networks: half are below `median`, 5 % below `low`, 5 % above `high`. `wide` is the value at infinite width. */
export interface Band {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly wide: number;
}

/** What a network does at one layer, at step zero, at one input. */
export interface LayerSignal {
  /** (1/n) Σ z², z the layer's pre-activations. */
  readonly preactivation: Band;
  /** (1/n) Σ φ(z)² */
  readonly activation: Band;
  /** E[φ(z)] */
  readonly mean: number;
  /** (1/n) Σ (∂L/∂z)² over that of the last layer. */
  readonly gradient: Band;
  /** The bands are no law of these weights, only near. */
  readonly approximate: boolean;
}

export interface SignalOptions {
  /** (1/n) Σ x² of the input; 1 by default. */
  readonly inputSquare?: number;
}

/**
 * Carries second moments forward and the squared gradient back through dense layers, at their actual width:
 * the distribution over networks at one input of that second moment.
 *
 * Given a layer's inputs, its z are independent and nearly normal, so the second moments are a Markov chain.
 * Each step's law (for ReLU-like activations the ratio (2/n) Σ g²·1{g > 0}) enters by its exact first three
 * cumulants; what it is applied to is carried whole.
 *
 * Errors: `InputError` without layers, or on an input that is no positive number.
 */
export const predictSignal = (layers: readonly LayerStart[], options: SignalOptions = {}): LayerSignal[] => {
  const { inputSquare = 1 } = optionsOf("signal", options, { inputSquare: KIND.number });
  checkKind("signal", "the layers", layers, KIND.list, "layerStarts(model, initialization) gives them.");
  for (const layer of layers) checkKind("signal", "a layer", layer?.activation, KIND.object);
  if (layers.length === 0) throw new InputError("signal", "expected at least one layer, got none");
  if (!(inputSquare > 0 && inputSquare < Infinity)) {
    throw new InputError("signal", `expected inputSquare > 0, got ${inputSquare}`);
  }
  const ahead = forward(layers, inputSquare);
  const back = backward(ahead);
  return ahead.map((layer, index) => {
    const { density, law, conditional, wide } = layer;
    const after = back[index]!;
    const approximate = layer.approximate || isDoubtful(after, density);
    const own = lengthLaw(layer);
    return {
      get preactivation() {
        return bandOf(density, (i) => own(pointOf(density, i)), wide);
      },
      get activation() {
        return bandOf(density, (i) => conditional[i]!, law.wide(wide).signal);
      },
      mean: law.near(wide).mean,
      get gradient() {
        return bandOf(
          { ...density, dead: 0 },
          (i) => ({ mean: after.mean[i]!, variance: after.variance[i]!, third: after.third[i]! }),
          after.wide,
        );
      },
      approximate,
    };
  });
};

/** Shift of ln second moment up to which a law of second order is good: 5 %. */
const MOST_LEFT = 0.05;
/** Kurtosis up to which a law may differ from the one that three cumulants give it. */
const MOST_MISFIT = 1;

/** Whether a gradient's law is no longer good: narrow and deep networks, and unstable lengths. */
const isDoubtful = (
  { left, mean, variance, third, fourth }: BackwardLayer,
  { weights }: Density,
): boolean => {
  let [average, square, misfit] = [0, 0, 0];
  for (let i = 0; i < weights.length; i++) {
    const own = variance[i]!;
    average += weights[i]! * mean[i]!;
    square += weights[i]! * (mean[i]! * mean[i]! + own);
    if (own > 1e-9)
      misfit += weights[i]! * Math.abs(fourth[i]! / own - (1.5 * third[i]! * third[i]!) / (own * own));
  }
  const spread = square - average * average;
  // Only as far as the law at one length matters beside the spread of lengths.
  return left > MOST_LEFT || misfit > MOST_MISFIT * spread + 1e-6;
};

const linear = activation("linear");

/** Cumulants of ln (Σ z² / (n v)) at a ln v. */
const lengthLaw = ({ start, tails, shift, round, length }: ForwardLayer): ((x: number) => Cumulants) => {
  const normal = activationLaw(linear, shift, tails).signal(start.outputs);
  if (round === 0) return normal;
  return (x) => between(normal(x), { ...length, mean: length.mean + x, slope: 1, bend: 0 }, round);
};

const TAIL = 0.05;

/** Quantiles of a mixture over a density. */
const bandOf = (density: Density, law: (i: number) => Cumulants, wide: number): Band => {
  const laws = Array.from(density.weights, (_, i) => law(i));
  const parts = laws.flatMap((one, i) => {
    if (Math.abs(density.weights[i]!) < 1e-8) return [];
    // A grid point stands for what lies about it, half way to its neighbours.
    const grain = ((laws[i + 1] ?? one).mean - (laws[i - 1] ?? one).mean) / 4;
    return [{ weight: density.weights[i]!, ...one, variance: one.variance + grain * grain }];
  });
  const ends = parts.map(({ mean, variance }) => [mean, 12 * Math.sqrt(variance)] as const);
  const cdf = (x: number): number => {
    let sum = density.dead;
    for (const part of parts)
      sum += part.weight * (part.variance < 1e-18 ? Number(x >= part.mean) : skewedCdf(x, part));
    return sum;
  };
  const quantile = (p: number): number => {
    if (p <= density.dead || parts.length === 0) return NOTHING;
    let low = Math.min(...ends.map(([mean, far]) => mean - far));
    let high = Math.max(...ends.map(([mean, far]) => mean + far));
    let [below, above] = [-p, 1 - p];
    // False position, with a halving where it does not get on.
    for (let i = 0; high - low > 1e-6 * Math.max(1, Math.abs(low)) && i < 80; i++) {
      const straight = low - (below * (high - low)) / (above - below);
      const place = i % 3 === 2 || i < 3 ? (low + high) / 2 : straight;
      const gap = cdf(place) - p;
      if (gap < 0) [low, below] = [place, gap];
      else [high, above] = [place, gap];
      if (Math.abs(gap) < 1e-6) return place;
    }
    return (low + high) / 2;
  };
  return {
    median: secondMoment(quantile(0.5)),
    low: secondMoment(quantile(TAIL)),
    high: secondMoment(quantile(1 - TAIL)),
    wide: secondMoment(wide),
  };
};

/** eˣ, and 0 for what is as good as −∞. */
const secondMoment = (x: number): number => (x <= NOTHING + 10 ? 0 : exp(Math.min(709, x)));
