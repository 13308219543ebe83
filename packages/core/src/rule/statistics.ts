/** Values that are kept of a tensor, evenly spaced. */
const SAMPLE = 16_384;
/** Rows or columns of which figures are kept. */
const MOST_LINES = 2_000_000;

/** What one pass over a tensor's values tells. Moments are of the finite values. */
export interface TensorStatistics {
  /** All values. */
  readonly count: number;
  readonly notFinite: number;
  readonly zeros: number;
  /** Smaller than the type's smallest normal number, and not 0. */
  readonly denormals: number;
  readonly mean: number;
  /** The population's standard deviation. */
  readonly std: number;
  /** √(mean of squares), about 0. */
  readonly rms: number;
  /** E[(x − mean)³] / std³. */
  readonly skewness: number;
  /** E[(x − mean)⁴] / std⁴: 3 for a normal, 1.8 for a uniform law. */
  readonly kurtosis: number;
  readonly min: number;
  readonly max: number;
  /** Of all values' float32 bits, in order: tensors of equal values have equal hashes. */
  readonly hash: string;
  /** Every k-th value, at most 16,384 in all, with the same k for tensors of one size. */
  readonly sample: Float64Array;
  /** Units along the axis of outputs: all of them, and those that repeat another one. Units of zeros do not count. */
  readonly units: number;
  readonly tiedUnits: number;
  /** Values of a unit. */
  readonly unitSize: number;
  /** Sums of squares of rows (along the first axis) and columns (along the last); `null` where there are too many. */
  readonly rowSquares: Float64Array | null;
  readonly columnSquares: Float64Array | null;
}

export interface StatisticsOptions {
  readonly shape: readonly number[];
  /** Where units lie: along the first axis, as in PyTorch, or the last, as in Keras. `null`: not known. */
  readonly units?: "first" | "last" | null;
  /** The type's smallest normal number; 0 where small numbers are usual (default: 2⁻¹²⁶). */
  readonly smallestNormal?: number;
}

export interface StatisticsPass {
  /** Takes the next values, in order. */
  add(values: ArrayLike<number>): void;
  finish(): TensorStatistics;
}

const SMALLEST = 1.1754943508222875e-38;

/** Sums of powers of the distances from the mean, of one part. */
interface Moments {
  n: number;
  mean: number;
  m2: number;
  m3: number;
  m4: number;
}

/** Merges moments of two parts. Chan, Golub and LeVeque 1979; Pébay 2008, SAND2008-6212, eq. 2.1. */
const merge = (a: Moments, b: Moments): void => {
  if (b.n === 0) return;
  const n = a.n + b.n;
  const d = b.mean - a.mean;
  const dn = d / n;
  const product = a.n * b.n;
  a.m4 +=
    b.m4 +
    d * dn * dn * dn * product * (a.n * a.n - product + b.n * b.n) +
    6 * dn * dn * (a.n * a.n * b.m2 + b.n * b.n * a.m2) +
    4 * dn * (a.n * b.m3 - b.n * a.m3);
  a.m3 += b.m3 + d * dn * dn * product * (a.n - b.n) + 3 * dn * (a.n * b.m2 - b.n * a.m2);
  a.m2 += b.m2 + d * dn * product;
  a.mean += dn * b.n;
  a.n = n;
};

/**
 * Statistics of a tensor whose values come in parts: one pass, bounded memory. How the values are cut into parts
 * changes moments by rounding alone.
 */
export const statisticsPass = ({
  shape,
  units = "first",
  smallestNormal = SMALLEST,
}: StatisticsOptions): StatisticsPass => {
  const count = shape.reduce((product, axis) => product * axis, 1);
  const matrix = shape.length > 1 && count > 0;
  const rows = matrix ? shape[0]! : 0;
  const rowSize = matrix ? count / rows : 0;
  const columns = matrix ? shape.at(-1)! : 0;
  const lines = (n: number): Float64Array | null => (n > 0 && n <= MOST_LINES ? new Float64Array(n) : null);
  const [rowSquares, columnSquares] = [lines(rows), lines(columns)];
  const unitCount = units === "first" ? rows : units === "last" ? columns : 0;
  const hashed = unitCount > 1 && unitCount <= MOST_LINES;
  const unitHash = new Uint32Array(hashed ? 2 * unitCount : 0);
  const unitUsed = new Uint8Array(hashed ? unitCount : 0);
  const byRow = units === "first";
  const step = Math.max(1, Math.ceil(count / SAMPLE));
  const sample = new Float64Array(Math.ceil(count / step));
  const all: Moments = { n: 0, mean: 0, m2: 0, m3: 0, m4: 0 };
  const single = new Float32Array(1);
  const bits = new Uint32Array(single.buffer);
  let [at, notFinite, zeros, denormals] = [0, 0, 0, 0];
  let [min, max] = [Infinity, -Infinity];
  let [low, high] = [0x811c9dc5, 0x01234567];

  /** Part of at most so many values: their mean is taken before the powers of the distances from it. */
  const part = (values: ArrayLike<number>, from: number, to: number): void => {
    const own: Moments = { n: 0, mean: 0, m2: 0, m3: 0, m4: 0 };
    let sum = 0;
    for (let i = from; i < to; i++) {
      const x = values[i]!;
      if (Number.isFinite(x)) {
        sum += x;
        own.n++;
      }
    }
    own.mean = own.n === 0 ? 0 : sum / own.n;
    let row = matrix ? Math.floor(at / rowSize) : 0;
    let within = matrix ? at - row * rowSize : 0;
    let column = matrix ? at % columns : 0;
    for (let i = from; i < to; i++, at++) {
      const x = values[i]!;
      single[0] = x;
      const word = bits[0]!;
      low = Math.imul(low ^ word, 0x01000193);
      high = Math.imul((high + word) | 0, 0x9e3779b1) ^ (high >>> 15);
      if (at % step === 0) sample[at / step] = x;
      if (matrix) {
        const square = x * x;
        if (rowSquares !== null) rowSquares[row]! += square;
        if (columnSquares !== null) columnSquares[column]! += square;
        if (hashed) {
          const unit = byRow ? row : column;
          const [a, b] = [unitHash[2 * unit]!, unitHash[2 * unit + 1]!];
          unitHash[2 * unit] = Math.imul(a ^ word, 0x01000193);
          unitHash[2 * unit + 1] = Math.imul((b + word) | 0, 0x85ebca6b) ^ (b >>> 13);
          if (x !== 0) unitUsed[unit] = 1;
        }
        if (++column === columns) column = 0;
        if (++within === rowSize) {
          within = 0;
          row++;
        }
      }
      if (!Number.isFinite(x)) {
        notFinite++;
        continue;
      }
      if (x === 0) zeros++;
      else if (Math.abs(x) < smallestNormal) denormals++;
      if (x < min) min = x;
      if (x > max) max = x;
      const d = x - own.mean;
      const d2 = d * d;
      own.m2 += d2;
      own.m3 += d2 * d;
      own.m4 += d2 * d2;
    }
    merge(all, own);
  };

  return {
    add: (values) => {
      for (let from = 0; from < values.length; from += 65_536) {
        part(values, from, Math.min(values.length, from + 65_536));
      }
    },
    finish: () => {
      const variance = all.n === 0 ? Number.NaN : all.m2 / all.n;
      const std = Math.sqrt(variance);
      const seen = new Set<number>();
      let used = 0;
      for (let unit = 0; unit < unitUsed.length; unit++) {
        if (unitUsed[unit] === 0) continue;
        used++;
        seen.add(unitHash[2 * unit]! * 2_097_152 + (unitHash[2 * unit + 1]! >>> 11));
      }
      return {
        ...{ count, notFinite, zeros, denormals, mean: all.n === 0 ? Number.NaN : all.mean, std },
        rms: Math.sqrt(variance + all.mean * all.mean),
        skewness: variance > 0 ? all.m3 / all.n / (variance * std) : Number.NaN,
        kurtosis: variance > 0 ? all.m4 / all.n / (variance * variance) : Number.NaN,
        ...{ min, max, sample, rowSquares, columnSquares },
        hash: (low >>> 0).toString(16).padStart(8, "0") + (high >>> 0).toString(16).padStart(8, "0"),
        units: unitCount,
        tiedUnits: used - seen.size,
        unitSize: unitCount > 0 ? count / unitCount : 0,
      };
    },
  };
};
