/** What the prediction of signal and gradient is held to: see measure.ts. */
import { type LayerStart, layerStarts, mlp } from "@stepzero/core";
import type { Backward, Column, Kind } from "./networks.ts";

export const ACTIVATIONS = [
  "relu",
  "leakyRelu",
  "elu",
  "selu",
  "gelu",
  "silu",
  "mish",
  "tanh",
  "sigmoid",
  "softsign",
] as const;
export const INITIALIZATIONS = ["auto", "he", "lecun", "glorotUniform", "pytorch", "orthogonal"] as const;
export const DEPTHS = [1, 5, 30, 100] as const;
export const WIDTHS = [16, 64, 256] as const;
export const INPUT_RMS = [0.3, 1, 3] as const;
export const NETWORKS = 1000;

/** First, middle and last layer of a depth, counted from 1. */
export const layersOf = (depth: number): readonly number[] => [...new Set([1, Math.ceil(depth / 2), depth])];

/** One figure that is measured: of depth and layer, forward or back. */
export interface Reading {
  readonly way: "signal" | "gradient";
  readonly depth: number;
  readonly layer: number;
}

/** Networks that share their layers but for the last ones: shallow ones are the beginning of deep ones. */
export interface Row {
  readonly activation: string;
  readonly initialization: string;
  readonly inputRms: number;
  readonly depths: readonly number[];
  /** Of the deepest. */
  readonly starts: readonly LayerStart[];
  readonly column: Column;
}

/** Of equal widths; `auto` is told how large the inputs are, as `train` and `compare` tell it. */
export const startsOf = (
  activation: string,
  initialization: string,
  width: number,
  depth: number,
  inputRms: number,
): LayerStart[] =>
  layerStarts(
    mlp(Array(depth + 1).fill(width), { activation }),
    initialization === "auto" ? { name: "auto", inputSquare: inputRms * inputRms } : initialization,
  );

/** The rows of a width: depths fall into one where an initialization does not look at the depth. */
export const rowsOf = (
  width: number,
  grid: {
    readonly activations: readonly string[];
    readonly initializations: readonly string[];
    readonly depths: readonly number[];
    readonly inputRms: readonly number[];
  },
): Row[] =>
  grid.activations.flatMap((activation) =>
    grid.initializations.flatMap((initialization) =>
      grid.inputRms.flatMap((inputRms) => {
        const groups: { depths: number[]; starts: readonly LayerStart[] }[] = [];
        for (const depth of grid.depths.toSorted((a, b) => b - a)) {
          const starts = startsOf(activation, initialization, width, depth, inputRms);
          const group = groups.find((one) => isBeginning(starts, one.starts));
          if (group === undefined) groups.push({ depths: [depth], starts });
          else group.depths.unshift(depth);
        }
        return groups.map(({ depths, starts }) => ({
          activation,
          initialization,
          inputRms,
          depths,
          starts,
          column: columnOf(activation, starts, inputRms),
        }));
      }),
    ),
  );

/** What is read of all rows: of each depth first, middle and last layer, forward and back. */
export const readingsOf = (depths: readonly number[]) => {
  const forward = [...new Set(depths.flatMap((depth) => layersOf(depth)))].sort((a, b) => a - b);
  const backwards: Backward[] = depths
    .filter((depth) => depth > 1)
    .map((depth) => ({ depth, layers: layersOf(depth).filter((layer) => layer < depth) }));
  return { forward, backwards };
};

const lawOf = ({ weights, bias }: LayerStart): string => JSON.stringify([weights, bias]);

const isBeginning = (starts: readonly LayerStart[], of: readonly LayerStart[]): boolean =>
  starts.every((start, i) => lawOf(start) === lawOf(of[i]!));

const columnOf = (activation: string, starts: readonly LayerStart[], inputRms: number): Column => {
  const { weights } = starts[0]!;
  if (weights.kind === "other") throw new Error(`${activation}: weights of no known kind`);
  const kind: Kind =
    weights.kind === "orthogonal" ? "orthogonal" : weights.tails.fourth === 0 ? "normal" : "uniform";
  return {
    activation,
    kind,
    inputRms,
    scale: (layer) => {
      const own = starts[layer]?.weights ?? weights;
      return own.kind === "orthogonal" ? own.gain : own.kind === "independent" ? Math.sqrt(own.variance) : 0;
    },
    bias: (layer) => {
      const variance = starts[layer]?.bias.variance ?? 0;
      return variance > 0 ? Math.sqrt(variance) : null;
    },
  };
};
