import { std } from "../../base/index.ts";
import { distinctUnits } from "../distinct-units.ts";
import type { LayerColumns } from "../trainer.ts";
import type { Network, NetworkLayer } from "./network.ts";

type Writable<T> = { -readonly [K in keyof T]: T[K] };
export type Figures = Writable<Record<keyof LayerColumns, number>>;

/** Two units that differ by rounding alone count as one. */
const SAME = 1e-12;

const rms = (values: Float64Array): number => {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / values.length);
};

const deadShare = ({ a, outputs }: NetworkLayer, count: number): number => {
  let dead = 0;
  for (let o = 0; o < outputs; o++) {
    let s = 1;
    while (s < count && a[o * count + s] === a[o * count]) s++;
    if (s >= count) dead++;
  }
  return dead / outputs;
};

const saturatedShare = ({ z, activation: { saturated } }: NetworkLayer): number => {
  if (saturated === null) return 0;
  let count = 0;
  for (const value of z) if (saturated(value)) count++;
  return count / z.length;
};

/** Figures of every layer, after `forward` and `backward` on the full training set; `changes` by the last update. */
export const layerFigures = (
  { layers }: Network,
  count: number,
  changes: readonly Float64Array[] | null,
): Record<string, Figures> =>
  Object.fromEntries(
    layers.map((layer, index) => [
      layer.path,
      {
        activationRms: rms(layer.a),
        gradientRms: rms(layer.dz),
        dead: deadShare(layer, count),
        saturated: saturatedShare(layer),
        updateRatio: changes === null ? Number.NaN : std(changes[index]!) / nonZero(std(layer.kernel)),
        distinctUnits: distinctUnits(layer.kernel, layer.bias, SAME),
      },
    ]),
  );

const nonZero = (value: number): number => (value === 0 ? Number.NaN : value);
