import type { Fans } from "../base/index.ts";
import type { NearestScheme } from "./nearest-scheme.ts";
import type { TensorStatistics } from "./statistics.ts";

/** What is known of one stored tensor. Names of roles, kinds and purposes are those of the readers. */
export interface WeightEvidence {
  readonly tensor: string;
  readonly shape: readonly number[];
  /** Significant bits of the stored type. */
  readonly bits: number;
  readonly layer: string;
  readonly kind: string;
  readonly role: string;
  readonly fans: Fans | null;
  /** The activation after the layer; `null`: not known. */
  readonly activation: string | null;
  readonly block: { readonly stack: string; readonly index: number; readonly of: number } | null;
  readonly purpose: string | null;
  readonly head: boolean;
  readonly residualLast: boolean | null;
  readonly parts: readonly { readonly name: string; readonly start: number; readonly length: number }[];
  /** The first tensor that lies in the same bytes. */
  readonly sharesWith: string | null;
  readonly statistics: TensorStatistics;
  /** Of kernels that were drawn. */
  readonly nearest: NearestScheme | null;
  readonly orthogonal: boolean;
  /** Largest singular value above that of independent values, in Tracy–Widom units; 0 where it was not computed. */
  readonly spectrumExcess: number;
}

export interface TrainingSign {
  readonly kind: string;
  readonly tensor: string;
}

/** What rules look at. */
export interface Evidence {
  readonly weights: readonly WeightEvidence[];
  /** Names of tensors that are meant to be one. */
  readonly ties: readonly (readonly string[])[];
  readonly hasNorms: boolean;
  readonly hasAttention: boolean;
  /** A norm computes 1 + w, so that w starts at 0. */
  readonly normAddsOne: boolean;
  /** Factor in code before the loss. */
  readonly logitFactor: number;
  readonly looksTrained: boolean;
  readonly signs: readonly TrainingSign[];
  readonly predictedLoss: PredictedLoss | null;
}

export interface PredictedLoss {
  /** Mean cross-entropy before step one. */
  readonly value: number;
  /** ln V: that of equal logits. */
  readonly chance: number;
  readonly logitStd: number;
  readonly classes: number;
  /** The tensor that makes the logits. */
  readonly tensor: string;
  readonly tied: boolean;
}

export const isKernel = ({ role }: WeightEvidence): boolean =>
  role === "kernel" || role === "recurrentKernel";
export const isLora = ({ purpose }: WeightEvidence): boolean => purpose === "loraA" || purpose === "loraB";

export const largest = ({ statistics: { min, max } }: WeightEvidence): number =>
  Math.max(Math.abs(min), Math.abs(max));

/** Its values were drawn: not all equal, not mostly zeros, all finite. */
export const isDrawn = ({ statistics: s }: WeightEvidence): boolean =>
  s.notFinite === 0 && s.std > 1e-3 * Math.abs(s.mean) && s.zeros < 0.5 * s.count;

/** Kernels of layers that were drawn, LoRA's factors apart. */
export const drawnKernels = ({ weights }: Evidence): WeightEvidence[] =>
  weights.filter((one) => isKernel(one) && !isLora(one) && isDrawn(one));

/** σ² · fan_in, by the mean of squares: what a layer multiplies the second moment of its input by. */
export const secondMoment = ({ statistics: { rms }, fans }: WeightEvidence): number =>
  fans === null ? Number.NaN : rms * rms * fans.fanIn;

/** Where the true second moment lies at 4 standard errors, by Wilson and Hilferty's quantiles of χ². */
export const momentBounds = (one: WeightEvidence): readonly [low: number, high: number] => {
  const n = one.statistics.count;
  const k = 2 / (9 * n);
  const cube = (x: number) => Math.max(1e-9, x * x * x);
  const root = Math.sqrt(k);
  const moment = secondMoment(one);
  return [moment / cube(1 - k + 4 * root), moment / cube(Math.max(1e-3, 1 - k - 4 * root))];
};

/** A number in a message: three significant digits. */
export const figure = (value: number): string => String(Number(value.toPrecision(3)));
