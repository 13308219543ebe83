import { std } from "../../base/index.ts";
import { distinctUnitsOf } from "../distinct-units.ts";
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

/** The share of features whose output, at each of its positions, is the same on every sample. */
const deadShare = ({ y, placed }: LiveLayer): number => {
  const { features } = placed.output;
  const samples = y.length / placed.outputs;
  const size = y.length / features;
  let dead = 0;
  for (let o = 0; o < features; o++) {
    const [from, end] = [o * size, (o + 1) * size];
    let at = from;
    while (at < end && y[at] === y[at - ((at - from) % samples)]) at++;
    if (at === end) dead++;
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

/** The weights whose change stands for a layer's: the first of its kernels or its table. */
export const weightsOf = (
  { placed }: LiveLayer,
  parameters: ReadonlyMap<string, NetworkParameter>,
): NetworkParameter | null => {
  const slot = placed.parameters.find(({ shape }) => shape.length > 1);
  return slot === undefined ? null : parameters.get(slot.path)!;
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
        const change = weights === null ? undefined : changes?.get(weights.path);
        return [
          layer.placed.path,
          {
            activationRms: rms(layer.y),
            gradientRms: rms(layer.computed.activated?.dz() ?? layer.dy),
            dead: deadShare(layer),
            saturated: saturatedShare(layer),
            updateRatio: change === undefined ? Number.NaN : std(change) / nonZero(std(weights!.values)),
            distinctUnits:
              distinctUnitsOf(layer.placed, (path) => byPath.get(path)!.values, SAME) ?? Number.NaN,
          },
        ];
      }),
  );
};

const nonZero = (value: number): number => (value === 0 ? Number.NaN : value);
