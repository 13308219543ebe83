/** Where ln v may be: weights on an even grid, and what has no length any more. */
export interface Density {
  readonly low: number;
  readonly step: number;
  readonly weights: Float64Array;
  /** Weight of networks whose signal is exactly 0. */
  readonly dead: number;
}

const POINTS = 110;
/** Rows of empty points at both ends, for the stencil. */
const MARGIN = 2;
/** Weight at each end that may lie outside. */
const NEGLIGIBLE = 1e-9;

export const atom = (x: number): Density => ({ low: x, step: 0, weights: Float64Array.of(1), dead: 0 });

export const pointOf = ({ low, step }: Density, index: number): number => low + step * index;

/** Mean of a density; all dead gives what is as good as −∞. */
export const meanOf = (density: Density): number => {
  let [total, sum] = [0, 0];
  density.weights.forEach((weight, i) => {
    total += weight;
    sum += weight * pointOf(density, i);
  });
  return total > 0 ? sum / total : -700;
};

/** The density of weighted places; each is spread on four points so that its first three moments stay. */
export const gather = (places: Float64Array, weights: Float64Array, dead: number): Density => {
  const [low, high] = range(places, weights);
  if (!(high - low > 1e-12)) {
    let total = 0;
    for (const weight of weights) total += weight;
    return { low, step: 0, weights: Float64Array.of(total), dead };
  }
  const step = (high - low) / (POINTS - 1 - 2 * MARGIN);
  const start = low - MARGIN * step;
  const out = new Float64Array(POINTS);
  for (let i = 0; i < places.length; i++) {
    const base = place4((Math.max(low, Math.min(high, places[i]!)) - start) / step);
    const weight = weights[i]!;
    for (let k = 0; k < 4; k++) out[base + k]! += weight * FACTORS[k]!;
  }
  return { low: start, step, weights: out, dead };
};

/** Reads each of `columns`, values on a density's grid, at a place near it, into `out`. */
export const readAt = (
  { low, step }: Density,
  columns: readonly Float64Array[],
  x: number,
  out: Float64Array,
): void => {
  if (step === 0) {
    for (let c = 0; c < columns.length; c++) out[c] = columns[c]![0]!;
    return;
  }
  const base = place4(Math.max(1, Math.min(POINTS - 2, (x - low) / step)));
  for (let c = 0; c < columns.length; c++) {
    const values = columns[c]!;
    out[c] =
      FACTORS[0]! * values[base]! +
      FACTORS[1]! * values[base + 1]! +
      FACTORS[2]! * values[base + 2]! +
      FACTORS[3]! * values[base + 3]!;
  }
};

/** What `place4` last found: the cubic Lagrange weights of four points in a row. */
const FACTORS = new Float64Array(4);

/** Index of the first of the four points about a place, counted in steps; their weights go to `FACTORS`. */
const place4 = (place: number): number => {
  const base = Math.min(POINTS - 3, Math.floor(place));
  const t = place - base;
  FACTORS[0] = (-t * (t - 1) * (t - 2)) / 6;
  FACTORS[1] = ((t + 1) * (t - 1) * (t - 2)) / 2;
  FACTORS[2] = (-(t + 1) * t * (t - 2)) / 2;
  FACTORS[3] = ((t + 1) * t * (t - 1)) / 6;
  return base - 1;
};

/** The places between which all but negligible weight lies. */
const range = (places: Float64Array, weights: Float64Array): [number, number] => {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < places.length; i++) {
    if (weights[i]! < NEGLIGIBLE) continue;
    low = Math.min(low, places[i]!);
    high = Math.max(high, places[i]!);
  }
  return low <= high ? [low, high] : [-700, -700];
};
