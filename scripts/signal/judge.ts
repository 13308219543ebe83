/** Whether a measured sample agrees with a predicted band. */
import type { Band } from "@stepzero/core";

/** Of ln second moment. */
export interface Measured {
  readonly low: number;
  readonly median: number;
  readonly high: number;
  /** Of the median, from the ranks about it. */
  readonly standardError: number;
  /** Share inside the predicted band. */
  readonly inside: number;
}

/** A thousandth of RMS. Where both bands are narrower they are one number and have to agree to it: weights are float32. */
const EXACT = 2e-3;

const at = (sorted: Float64Array, rank: number): number => {
  const place = Math.max(0, Math.min(sorted.length - 1, rank));
  const below = Math.floor(place);
  const [a, b] = [sorted[below]!, sorted[Math.min(sorted.length - 1, below + 1)]!];
  return a === b ? a : a + (place - below) * (b - a);
};

/** A band of ln second moment. */
export type LogBand = Pick<Band, "low" | "median" | "high">;

export const logBand = ({ low, median, high }: Band): LogBand => ({
  low: Math.log(low),
  median: Math.log(median),
  high: Math.log(high),
});

export const summarize = (sample: Float64Array, band: Band): Measured => {
  const sorted = sample.toSorted();
  const last = sorted.length - 1;
  const half = Math.sqrt(sorted.length) / 2;
  const { low, high } = logBand(band);
  return {
    low: at(sorted, 0.05 * last),
    median: at(sorted, 0.5 * last),
    high: at(sorted, 0.95 * last),
    standardError: (at(sorted, 0.5 * last + half) - at(sorted, 0.5 * last - half)) / 2,
    inside: sorted.reduce((sum, value) => sum + Number(value >= low && value <= high), 0) / sorted.length,
  };
};

export interface Verdict {
  readonly inside: boolean;
  readonly median: boolean;
  readonly width: boolean;
}

/** 86–94 % inside; the median within 3 standard errors or 5 %; the band's width within 15 %. */
export const verdict = (measured: Measured, predicted: LogBand): Verdict => {
  const gap = Math.abs(measured.median - predicted.median);
  const [own, seen] = [predicted.high - predicted.low, measured.high - measured.low];
  if (own < EXACT && seen < EXACT) return { inside: true, median: gap < EXACT, width: true };
  return {
    inside: measured.inside >= 0.86 && measured.inside <= 0.94,
    median: gap <= 3 * measured.standardError || Math.exp(gap) <= 1.05,
    width: own / seen >= 0.85 && own / seen <= 1.15,
  };
};

export const holds = ({ inside, median, width }: Verdict): boolean => inside && median && width;
