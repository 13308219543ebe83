import { inputsOf, type Model, parametersFrom, predict } from "@stepzero/core";
import type { StudyFile } from "@stepzero/format";
import { pointsOf, windowOf } from "../boundaries/plane.ts";
import type { TileSource } from "../charts/boundaries.ts";
import type { Tile, Window } from "../charts/chart.ts";

const RESOLUTION = 48;

/**
 * Tiles of a study's networks as they were after their last step, worked out when they are asked for;
 * `null` where the file has no points in the plane or no parameters.
 */
export const studyTiles = (study: StudyFile, model: Model): TileSource | null => {
  const train = study.data.points?.train;
  if (train === undefined || inputsOf(model) !== 2 || study.data.task === "regression") return null;
  if (!study.runs.some(({ parameters }) => parameters !== undefined)) return null;
  const points = pointsOf(train);
  const window = windowOf(points);
  const grid = gridOf(window);
  const known = new Map<string, Tile | null>();
  return {
    window,
    points,
    tile(initialization, learningRate, seed) {
      const key = `${initialization}/${learningRate}/${seed}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const parameters = study.runs.find(
        (run) =>
          run.initialization === initialization && run.learningRate === learningRate && run.seed === seed,
      )?.parameters;
      const tile = parameters === undefined ? null : tileOf(model, parameters, grid);
      known.set(key, tile);
      return tile;
    },
  };
};

const tileOf = (model: Model, parameters: Float32Array, grid: readonly (readonly number[])[]): Tile => {
  const predictions = predict(model, parametersFrom(model, parameters), grid);
  const classes = predictions[0]!.probabilities.length;
  return {
    resolution: RESOLUTION,
    classes,
    p: Float64Array.from(predictions, ({ probabilities, label }) =>
      classes === 2 ? probabilities[1]! : label,
    ),
  };
};

/** Middles of the cells, row by row from the top. */
const gridOf = ({ x, y }: Window): number[][] => {
  const at = (k: number, [low, high]: readonly [number, number]): number =>
    low + ((k + 0.5) / RESOLUTION) * (high - low);
  return Array.from({ length: RESOLUTION * RESOLUTION }, (_, cell) => [
    at(cell % RESOLUTION, x),
    at(RESOLUTION - 1 - Math.floor(cell / RESOLUTION), y),
  ]);
};
