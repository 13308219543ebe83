import {
  type Dataset,
  type InitializationSpec,
  initialize,
  loadData,
  type Model,
  mlp,
  type Parameters,
  train,
} from "@stepzero/core";
import { network } from "../../packages/core/src/engine/index.ts";

/** Two ways to start and train a network of some width. */
export interface Arm {
  readonly name: string;
  readonly initialization: InitializationSpec;
  /** Whether the learning rates that belong to the initialization are used. */
  readonly rates: boolean;
}

const BASE = { name: "mup", baseWidth: 64 } as const;

export const ARMS: readonly Arm[] = [
  { name: "mup", initialization: BASE, rates: true },
  { name: "mup's start, one rate", initialization: BASE, rates: false },
  { name: "he, one rate", initialization: "he", rates: true },
];

export interface Setting {
  readonly widths: readonly number[];
  readonly seeds: number;
  readonly steps: number;
  readonly learningRate: number;
}

/** Digits that are trained on, in full batches, and looked at. */
const SAMPLES = 256;

const firstDigits = async (): Promise<Dataset> => {
  const { defaults: _, ...data } = await loadData("digits");
  const { count, x, y } = data.train;
  const rows = Array.from({ length: data.features }, (_, row) =>
    x.subarray(row * count, row * count + SAMPLES),
  );
  const first = Float64Array.from(rows.flatMap((row) => [...row]));
  return { ...data, train: { count: SAMPLES, x: first, y: y.slice(0, SAMPLES) }, test: null };
};

const preactivations = (
  model: Model,
  parameters: Parameters,
  { train: { x, count } }: Dataset,
): Float64Array[] => {
  const net = network(model, parameters);
  net.forward(x, count);
  return net.layers.map(({ computed }) => computed.activated!.z());
};

/** By width, seed and layer: the mean of |z after the steps − z at the start| over units and samples. */
export type Changes = readonly (readonly (readonly number[])[])[];

export const measureChanges = async (
  { initialization, rates }: Arm,
  { widths, seeds, steps, learningRate }: Setting,
  onWidth: (width: number) => void = () => {},
): Promise<Changes> => {
  const data = await firstDigits();
  const changes: number[][][] = [];
  for (const width of widths) {
    onWidth(width);
    const model = mlp([data.features, width, width, width, data.classes], { activation: "relu" });
    const ofWidth: number[][] = [];
    for (let seed = 0; seed < seeds; seed++) {
      const parameters = initialize(model, { initialization, seed });
      const start = rates ? { initialization } : { parameters };
      const run = await train(model, data, {
        ...start,
        seed,
        optimizer: "adam",
        learningRate,
        steps,
        logEvery: steps,
      });
      const before = preactivations(model, parameters, data);
      const after = preactivations(model, run.parameters, data);
      ofWidth.push(before.map((z, layer) => meanDistance(z, after[layer]!)));
    }
    changes.push(ofWidth);
  }
  return changes;
};

const meanDistance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
