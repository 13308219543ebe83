import type { Axis, Beyond } from "./chart.ts";

/** A value, or what stands for it where it has a row of its own beyond a break of the axis. */
export const standIn = ({ zero, never }: Axis, value: number): number =>
  value === 0 && zero !== undefined ? zero.at : value === Infinity && never !== undefined ? never.at : value;

/** Where a value lies between the ends of an axis, 0 to 1; not finite where a log axis has no place for it. */
export const position = (axis: Axis, value: number): number => {
  const { log, low, high } = axis;
  const shown = standIn(axis, value);
  if (!log) return (shown - low) / (high - low);
  return shown > 0 ? Math.log(shown / low) / Math.log(high / low) : Number.NEGATIVE_INFINITY;
};

/** The value at a place. */
export const valueAt = ({ log, low, high }: Axis, place: number): number =>
  log ? low * Math.exp(place * Math.log(high / low)) : low + place * (high - low);

/**
 * Ends of an axis that hold the values: never equal, and on a log axis never 0 or less, since no
 * logarithm is there.
 *
 * ```ts
 * ends([[1, 1]], true); // [0.5, 2]
 * ends([[0, 100]], true); // [50, 200]
 * ```
 */
export const ends = (
  columns: Iterable<ArrayLike<number>>,
  log: boolean,
): readonly [low: number, high: number] => {
  let low = Infinity;
  let high = -Infinity;
  for (const column of columns) {
    for (let k = 0; k < column.length; k++) {
      const value = column[k]!;
      if (!Number.isFinite(value) || (log && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low > high) return log ? [0.1, 1] : [0, 1];
  if (log) return high / low < 1.5 ? [low / 2, high * 2] : [low / 1.1, high * 1.1];
  const margin = high === low ? Math.max(0.5, Math.abs(high) / 10) : 0.04 * (high - low);
  return [low - margin, high + margin];
};

/** Of the height of a log axis, the row of 0 takes this share, and half of it again lies below. */
const ZERO_ROW = 0.09;

/**
 * Ends of a log axis over columns, with a row for 0 below a break where a column has one.
 *
 * ```ts
 * logEnds([[0, 1, 100]]).zero; // where 0 is drawn: { at: 0.57…, cut: 0.72… }
 * logEnds([[1, 100]]).zero; // undefined
 * ```
 */
export const logEnds = (
  columns: readonly ArrayLike<number>[],
): { readonly low: number; readonly high: number; readonly zero?: Beyond } => {
  const [low, high] = ends(columns, true);
  return columns.some((column) => Array.prototype.includes.call(column, 0))
    ? withZero(low, high)
    : { low, high };
};

/** The ends of a log axis, lengthened by a row for 0 below a break. */
export const withZero = (
  low: number,
  high: number,
): { readonly low: number; readonly high: number; readonly zero: Beyond } => {
  const row = (high / low) ** ZERO_ROW;
  return { low: low / row ** 1.5, high, zero: { at: low / row, cut: low / row ** 0.5 } };
};

const STEPS = [1, 2, 5, 10];

/** Round numbers along an axis, about `wanted` of them, and what lies beyond its breaks. */
export const ticksOf = (axis: Axis, wanted: number): number[] => {
  const { zero, never, ticks } = axis;
  const [low, high] = [zero?.cut ?? axis.low, never?.cut ?? axis.high];
  const inside = { ...axis, low, high };
  const between =
    ticks?.filter((tick) => tick >= low && tick <= high) ??
    (axis.log ? logTicks(inside, wanted) : linearTicks(inside, wanted));
  return [...(zero === undefined ? [] : [0]), ...between, ...(never === undefined ? [] : [Infinity])];
};

const linearTicks = ({ low, high }: Axis, wanted: number): number[] => {
  const rough = (high - low) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * STEPS.find((factor) => factor * power >= rough * 0.999)!;
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
    ticks.push(Number((k * step).toPrecision(12)));
  }
  return ticks;
};

/** Powers of ten; where they are fewer than three also 2 and 5 between, and every so many of too many. */
const logTicks = (axis: Axis, wanted: number): number[] => {
  const { low, high } = axis;
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  const all: number[] = [];
  const within = (tick: number): void => {
    if (tick >= low * 0.999 && tick <= high * 1.001) all.push(Number(tick.toPrecision(12)));
  };
  const every = Math.max(1, Math.ceil((to - from) / Math.max(1, wanted)));
  for (let power = from; power <= to; power += every) within(10 ** power);
  if (all.length >= 3 || every > 1) return all;
  all.length = 0;
  for (let power = from; power <= to; power++) for (const factor of [1, 2, 5]) within(factor * 10 ** power);
  return all.length >= 2 ? all : linearTicks(axis, wanted);
};
