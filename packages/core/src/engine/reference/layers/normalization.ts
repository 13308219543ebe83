import { arrays } from "./definition.ts";
import { centre, meansOf, type NormAxes, project } from "./norm-loops.ts";

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
  let factor: Float64Array = new Float64Array(0);
  const bySet = (name: string): Float64Array => take(name, axes.outer * axes.columns);
  const zeros = (): Float64Array => bySet("zeros");

  return {
    moments: () => moments,
    forward(x, over, given) {
      axes = over;
      own = given === undefined;
      const mean = given?.mean ?? (centred ? meansOf(bySet("mean"), x, null, axes) : zeros());
      xhat = centre(take("normalized", x.length), x, mean, axes);
      const variance = given?.variance ?? meansOf(bySet("variance"), xhat, xhat, axes);
      moments = { mean, variance };
      factor = bySet("factor");
      for (let set = 0; set < factor.length; set++) factor[set] = 1 / Math.sqrt(variance[set]! + epsilon);
      return project(xhat, xhat, xhat, zeros(), factor, axes);
    },
    through(name, change) {
      const out = take(name, change.length);
      if (!own) return project(out, change, xhat, zeros(), factor, axes);
      const along = meansOf(bySet("along"), change, xhat, axes);
      const from = centred
        ? centre(out, change, meansOf(bySet("mean of change"), change, null, axes), axes)
        : change;
      return project(out, from, xhat, along, factor, axes);
    },
  };
};
