/** What drawing came to. */
export type Outcome =
  | {
      readonly kind: "values";
      readonly count: number;
      readonly mean: number;
      readonly std: number;
      /** `null` where the standard deviation is 0. */
      readonly kurtosis: number | null;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: "orthonormal"; readonly deviation: number }
  | { readonly kind: "empty" }
  | { readonly kind: "error"; readonly message: string };

/** What one scheme draws for a dense and for a convolutional weight; `call: null` where a library lacks it. */
export type Spread =
  | { readonly scheme: string; readonly call: null }
  | {
      readonly scheme: string;
      readonly call: string;
      /** What its documentation claims, where that is not what the scheme is. */
      readonly claimed: number | null;
      readonly dense: Outcome;
      readonly conv: Outcome;
    };

/** What a layer of the library starts from, by default. */
export interface Preset {
  /** Our name for it. */
  readonly name: string;
  readonly layer: string;
  readonly kernel: Outcome;
  readonly bias: Outcome;
}

export interface Library {
  readonly name: string;
  readonly version: string;
  readonly spread: readonly Spread[];
  /** Answers by question; see `QUESTIONS`. */
  readonly seeds: Readonly<Record<string, string>>;
  /** Outcomes by case; see `EDGES`. */
  readonly edges: Readonly<Record<string, Outcome>>;
  readonly preset: Preset | null;
}

/** What python.json holds. */
export interface PythonMeasurements {
  readonly "made by": string;
  readonly libraries: readonly Library[];
}

export const SEED = 7;

export const statistics = (values: ArrayLike<number>): Outcome => {
  const count = values.length;
  if (count === 0) return { kind: "empty" };
  let [mean, square, fourth] = [0, 0, 0];
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < count; i++) mean += values[i]! / count;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    const far = (value - mean) * (value - mean);
    square += far / count;
    fourth += (far * far) / count;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const kurtosis = square > 0 ? fourth / (square * square) : null;
  return { kind: "values", count, mean, std: Math.sqrt(square), kurtosis, min, max };
};

const failed = (error: unknown): Outcome => {
  const { name, message } = error as Error;
  return { kind: "error", message: `${name}: ${message.split("\n")[0]!.slice(0, 90)}` };
};

export const outcome = (draw: () => ArrayLike<number>): Outcome => {
  try {
    return statistics(draw());
  } catch (error) {
    return failed(error);
  }
};

/** Largest deviation of W Wᵀ or Wᵀ W, the smaller of them, from the identity. */
export const orthonormality = (draw: () => ArrayLike<number>, rows: number, cols: number): Outcome => {
  try {
    const w = draw();
    const tall = rows > cols;
    const [short, long] = tall ? [cols, rows] : [rows, cols];
    const at = (i: number, k: number): number => (tall ? w[k * cols + i]! : w[i * cols + k]!);
    let deviation = 0;
    for (let a = 0; a < short; a++) {
      for (let b = 0; b <= a; b++) {
        let dot = a === b ? -1 : 0;
        for (let k = 0; k < long; k++) dot += at(a, k) * at(b, k);
        deviation = Math.max(deviation, Math.abs(dot));
      }
    }
    return { kind: "orthonormal", deviation };
  } catch (error) {
    return failed(error);
  }
};

/** How the draws of two layers are related. */
export const relation = (a: ArrayLike<number>, b: ArrayLike<number>): string => {
  let equal = true;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    equal &&= a[i] === b[i];
    ab += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  if (equal) return "equal";
  return ab / Math.sqrt(aa * bb) > 0.999 ? "scaled copies" : "different";
};
