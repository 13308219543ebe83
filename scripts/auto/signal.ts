/** Signal, gradient, nonlinearity, correlation and first loss of deep networks under one candidate. */
import { activation } from "@stepzero/core";
import { type Column, laboratory } from "../signal/networks.ts";
import { candidate, type LayerLaw } from "./candidates.ts";

/** Whether auto is told the inputs' second moment. */
export type Scale = "known" | "unknown";

/** One candidate at one input size. */
export interface Case {
  readonly candidate: string;
  readonly scale: Scale;
  readonly inputRms: number;
}

export interface Measured extends Case {
  readonly activation: string;
  /** Layers with weights, the linear one at the end included. */
  readonly depth: number;
  readonly networks: number;
  /** Share of networks whose signal and gradient keep within a factor of 10 over all layers, and over the hidden ones. */
  readonly within: number;
  readonly withinHidden: number;
  /** Largest over smallest RMS, 90 % of networks have less. */
  readonly signalSpan: number;
  readonly gradientSpan: number;
  /** The least of a hidden layer over what it is at length 1, median over networks. */
  readonly nonlinear: number;
  /** Of two independent inputs at the last hidden layer, median. */
  readonly correlation: number;
  /** Of ten classes from the first ten outputs, over ln 10, median. */
  readonly firstLossOver: number;
}

const FACTOR = 10;
const CLASSES = 10;

const columnsOf = (name: string, laws: readonly LayerLaw[], inputRms: number): Column[] =>
  ([0, 1] as const).map((input) => ({
    activation: name,
    kind: laws[0]!.orthogonal ? "orthogonal" : "normal",
    inputRms,
    input,
    scale: (layer) => {
      const { weightVariance, orthogonal } = laws[layer]!;
      return orthogonal ? Math.sqrt(weightVariance) : Math.sqrt(weightVariance / WIDTH);
    },
    bias: (layer) => {
      const { biasVariance } = laws[layer]!;
      return biasVariance > 0 ? Math.sqrt(biasVariance) : null;
    },
  }));

export const WIDTH = 256;

/** All cases of an activation and depth at once: they share their weights. */
export const measure = (
  name: string,
  depth: number,
  cases: readonly Case[],
  networks: number,
): Measured[] => {
  const there = cases.flatMap((one) => {
    const square = one.scale === "known" ? one.inputRms * one.inputRms : undefined;
    const laws = candidate(one.candidate).laws(name, depth, square);
    return laws === null ? [] : [{ one, laws }];
  });
  const columns = there.flatMap(({ one, laws }) => columnsOf(name, laws, one.inputRms));
  const seen: { z: Float32Array; a: Float32Array }[] = [];
  const rows = there.map(() => ({
    signal: [] as Span[],
    gradient: [] as Span[],
    nonlinear: [] as number[],
    correlation: [] as number[],
    loss: [] as number[],
  }));
  const linear = linearAt1(name);
  let shares: number[] = [];
  const layers = Array.from({ length: depth }, (_, i) => i + 1);
  const lab = laboratory({
    width: WIDTH,
    depth,
    columns,
    forwardLayers: layers,
    backwards: depth > 1 ? [{ depth, layers: layers.slice(0, -1) }] : [],
    observe: (layer, column, z, a) => {
      seen[column] = { z, a };
      if (column % 2 === 0 && layer < depth - 1)
        shares[column / 2] = Math.min(shares[column / 2]!, shareOf(z, a));
      if (column % 2 === 0) return;
      const row = rows[(column - 1) / 2]!;
      const first = seen[column - 1]!.z;
      if (layer === depth - 2) row.correlation.push(cosine(first, z));
      if (layer === depth - 1) row.loss.push((lossOver(first) + lossOver(z)) / 2);
    },
  });
  for (let seed = 0; seed < networks; seed++) {
    shares = there.map(() => Infinity);
    const { signal, gradient } = lab.run(seed);
    rows.forEach((row, i) => {
      row.signal.push(spanOf(signal.map((layer) => layer[2 * i]!)));
      row.gradient.push(spanOf([...(gradient[0] ?? []).map((layer) => layer[2 * i]!), 0]));
      row.nonlinear.push(shares[i]! / linear);
    });
  }
  return there.map(({ one }, i) => summarized(name, depth, one, rows[i]!));
};

/** Largest over smallest RMS over all layers, and without the last. */
interface Span {
  readonly all: number;
  readonly hidden: number;
}

/** Of ln second moments. */
const spanOf = (logs: readonly number[]): Span => {
  const of = (list: readonly number[]): number => {
    const size = Math.exp((Math.max(...list) - Math.min(...list)) / 2);
    return Number.isNaN(size) ? Infinity : size;
  };
  return { all: of(logs), hidden: of(logs.length > 1 ? logs.slice(0, -1) : logs) };
};

const summarized = (
  name: string,
  depth: number,
  one: Case,
  { signal, gradient, nonlinear, correlation, loss }: Rows,
): Measured => {
  const share = (key: keyof Span): number =>
    signal.filter((span, i) => span[key] <= FACTOR && gradient[i]![key] <= FACTOR).length / signal.length;
  return {
    activation: name,
    depth,
    ...one,
    networks: signal.length,
    within: share("all"),
    withinHidden: share("hidden"),
    signalSpan: rounded(
      quantile(
        signal.map(({ all }) => all),
        0.9,
      ),
    ),
    gradientSpan: rounded(
      quantile(
        gradient.map(({ all }) => all),
        0.9,
      ),
    ),
    nonlinear: rounded(quantile(nonlinear, 0.5)),
    correlation: Number(quantile(correlation, 0.5).toFixed(4)),
    firstLossOver: rounded(quantile(loss, 0.5)),
  };
};

interface Rows {
  readonly signal: readonly Span[];
  readonly gradient: readonly Span[];
  readonly nonlinear: readonly number[];
  readonly correlation: readonly number[];
  readonly loss: readonly number[];
}

const rounded = (value: number): number => Number(value.toPrecision(3));

const quantile = (values: readonly number[], p: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
};

/** 1 − Cov(z, φ)² / (Var z · Var φ) */
const shareOf = (z: ArrayLike<number>, a: ArrayLike<number>): number => {
  const n = z.length;
  let [mz, ma] = [0, 0];
  for (let i = 0; i < n; i++) {
    mz += z[i]! / n;
    ma += a[i]! / n;
  }
  let [za, zz, aa] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    za += (z[i]! - mz) * (a[i]! - ma);
    zz += (z[i]! - mz) * (z[i]! - mz);
    aa += (a[i]! - ma) * (a[i]! - ma);
  }
  return zz === 0 || aa === 0 ? 0 : 1 - (za * za) / (zz * aa);
};

/** That share for z of length 1, by the midpoints of 4,000 equal steps to ±8. */
const linearAt1 = (name: string): number => {
  const phi = activation(name);
  let [mean, square, cross] = [0, 0, 0];
  for (let i = 0; i < 4000; i++) {
    const z = -8 + (16 * (i + 0.5)) / 4000;
    const weight = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * (16 / 4000);
    const value = phi.value(z);
    mean += weight * value;
    square += weight * value * value;
    cross += weight * value * z;
  }
  return 1 - (cross * cross) / (square - mean * mean);
};

const cosine = (a: Float32Array, b: Float32Array): number => {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return aa === 0 || bb === 0 ? 1 : ab / Math.sqrt(aa * bb);
};

/** Mean cross-entropy over the classes as labels, over that of equal outputs. */
const lossOver = (z: Float32Array): number => {
  const logits = Array.from(z.subarray(0, CLASSES));
  const top = Math.max(...logits);
  const sum = logits.reduce((all, value) => all + Math.exp(value - top), 0);
  const mean = logits.reduce((all, value) => all + value, 0) / CLASSES;
  return top + Math.log(sum) - mean - Math.log(CLASSES);
};
