import { arrays } from "./definition.ts";

/** What is normalized together: x is read as `[outer][inner][columns]`, and each outer and column over its inner. */
export interface NormAxes {
  readonly outer: number;
  readonly inner: number;
  readonly columns: number;
}

/** Of each set of values, `[outer][columns]`; where nothing is centred the mean is 0 and the variance mean x². */
export interface Moments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** x̂ = (x − mean) / √(variance + ε), and what a change of x makes of it. */
export interface Normalization {
  /** x̂ by the moments of x itself, or by those given. */
  forward(x: Float64Array, axes: NormAxes, given?: Moments): Float64Array;
  /** Of the x that `forward` took last. */
  moments(): Moments;
  /** x̂ of the last forward pass. */
  normalized(): Float64Array;
  /**
   * ∂x̂/∂x · change, kept under a name. With moments of x itself this is (change − mean change − x̂ · mean(x̂ · change))
   * / √(variance + ε): the matrix is symmetric, so that it serves the way back as well.
   */
  through(name: string, change: Float64Array): Float64Array;
}

export const normalization = (epsilon: number, centred: boolean): Normalization => {
  const take = arrays();
  let axes: NormAxes = { outer: 0, inner: 0, columns: 0 };
  let moments: Moments = { mean: new Float64Array(0), variance: new Float64Array(0) };
  let own = true;
  let xhat: Float64Array = new Float64Array(0);
  let inverse: Float64Array = new Float64Array(0);

  /** Means over the inner axis of `term(k, group)`, k where it stands in x. */
  const meansOf = (name: string, term: (k: number, group: number) => number): Float64Array => {
    const { outer, inner, columns } = axes;
    const means = take(name, outer * columns).fill(0);
    let k = 0;
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        for (let c = 0; c < columns; c++, k++) {
          const group = o * columns + c;
          means[group] = means[group]! + term(k, group);
        }
      }
    }
    for (let group = 0; group < means.length; group++) means[group] = means[group]! / inner;
    return means;
  };
  const fill = (out: Float64Array, value: (k: number, group: number) => number): Float64Array => {
    const { outer, inner, columns } = axes;
    let k = 0;
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        for (let c = 0; c < columns; c++, k++) out[k] = value(k, o * columns + c);
      }
    }
    return out;
  };

  const momentsOf = (x: Float64Array): Moments => {
    const mean = centred ? meansOf("mean", (k) => x[k]!) : take("mean", axes.outer * axes.columns).fill(0);
    const variance = meansOf("variance", (k, group) => (x[k]! - mean[group]!) * (x[k]! - mean[group]!));
    return { mean, variance };
  };

  return {
    moments: () => moments,
    normalized: () => xhat,
    forward(x, over, given) {
      axes = over;
      own = given === undefined;
      moments = given ?? momentsOf(x);
      const { mean, variance } = moments;
      inverse = take("inverse", variance.length);
      for (let group = 0; group < inverse.length; group++) {
        inverse[group] = 1 / Math.sqrt(variance[group]! + epsilon);
      }
      const by = inverse;
      xhat = fill(take("normalized", x.length), (k, group) => (x[k]! - mean[group]!) * by[group]!);
      return xhat;
    },
    through(name, change) {
      const out = take(name, change.length);
      if (!own) return fill(out, (k, group) => change[k]! * inverse[group]!);
      const along = meansOf("along", (k) => xhat[k]! * change[k]!);
      if (!centred) return fill(out, (k, group) => (change[k]! - xhat[k]! * along[group]!) * inverse[group]!);
      const mean = meansOf("mean of change", (k) => change[k]!);
      return fill(
        out,
        (k, group) => (change[k]! - mean[group]! - xhat[k]! * along[group]!) * inverse[group]!,
      );
    },
  };
};
