import { positionsOf, windowAxes } from "../../../model/index.ts";
import { averagePool } from "./average-pool.ts";
import type { MakeLayer } from "./definition.ts";
import { maxPool } from "./max-pool.ts";
import { type Taps, tapsOf } from "./taps.ts";

/** The largest or the mean of each window, or the mean over all positions. */
export const pool: MakeLayer<"pool"> = ({ placed: { path, layer, input } }) => {
  if (layer.pool === "global") return averagePool(input.features, oneWindow(positionsOf(input)));
  const taps = tapsOf(windowAxes(path, layer, input));
  return layer.pool === "max" ? maxPool(input.features, taps) : averagePool(input.features, taps);
};

const oneWindow = (positions: number): Taps => ({
  count: positions,
  inputs: positions,
  outputs: 1,
  from: Int32Array.from({ length: positions }, (_, position) => position),
});
