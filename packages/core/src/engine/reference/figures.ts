import { std } from "../../base/index.ts";
import { distinctUnits } from "../distinct-units.ts";
import type { LayerColumns } from "../trainer.ts";
import type { LiveLayer } from "./chain.ts";
import type { Network, NetworkParameter } from "./network.ts";

type Writable<T> = { -readonly [K in keyof T]: T[K] };
export type Figures = Writable<Record<keyof LayerColumns, number>>;

/** Two units that differ by rounding alone count as one. */
const SAME = 1e-12;

const rms = (values: Float64Array): number => {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / values.length);
};

/** The share of features that are the same at every position of every sample. */
const deadShare = ({ y, placed }: LiveLayer): number => {
  const { features } = placed.output;
  const count = y.length / features;
  let dead = 0;
  for (let o = 0; o < features; o++) {
    let s = 1;
    while (s < count && y[o * count + s] === y[o * count]) s++;
    if (s >= count) dead++;
  }
  return dead / features;
};

const saturatedShare = ({ computed: { activated } }: LiveLayer): number => {
  const saturated = activated?.activation.saturated ?? null;
  if (saturated === null) return 0;
  const z = activated!.z();
  let count = 0;
  for (const value of z) if (saturated(value)) count++;
  return count / z.length;
};

/** The weights whose figures stand for a layer's, with its bias: the first of its kernels or its table. */
export const weightsOf = (
  { placed }: LiveLayer,
  parameters: ReadonlyMap<string, NetworkParameter>,
): { readonly kernel: NetworkParameter; readonly bias: NetworkParameter | null } | null => {
  const own = placed.parameters.map(({ path }) => parameters.get(path)!);
  const kernel = own.find(({ shape }) => shape.length > 1);
  if (kernel === undefined) return null;
  return { kernel, bias: own.find(({ role }) => role === "bias") ?? null };
};

/** Figures of every layer that has any, after `forward` and a backward pass; `changes` by the last update. */
export const layerFigures = (
  { layers, parameters }: Network,
  changes: ReadonlyMap<string, Float64Array> | null,
): Record<string, Figures> => {
  const byPath = new Map(parameters.map((one) => [one.path, one]));
  return Object.fromEntries(
    layers
      .filter(({ placed }) => placed.figured)
      .map((layer) => {
        const weights = weightsOf(layer, byPath);
        const change = weights === null ? undefined : changes?.get(weights.kernel.path);
        return [
          layer.placed.path,
          {
            activationRms: rms(layer.y),
            gradientRms: rms(layer.computed.activated?.dz() ?? layer.dy),
            dead: deadShare(layer),
            saturated: saturatedShare(layer),
            updateRatio:
              change === undefined ? Number.NaN : std(change) / nonZero(std(weights!.kernel.values)),
            distinctUnits: weights === null ? Number.NaN : distinctOf(weights.kernel, weights.bias),
          },
        ];
      }),
  );
};

const distinctOf = (kernel: NetworkParameter, bias: NetworkParameter | null): number =>
  distinctUnits(kernel.values, bias?.values ?? new Float64Array(kernel.shape[0]!), SAME);

const nonZero = (value: number): number => (value === 0 ? Number.NaN : value);
