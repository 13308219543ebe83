import { type Band, predictSignal } from "@stepzero/core";
import { expect, test } from "vitest";
import { layersOf, rowsOf } from "../scripts/signal/grid.ts";
import { holds, logBand, summarize, verdict } from "../scripts/signal/judge.ts";
import { sample } from "../scripts/signal/sample.ts";

// A part of the grid of scripts/signal/measure.ts: real weights of stepzero, forward and back.
const WIDTH = 32;
const NETWORKS = 1000;
const rows = rowsOf(WIDTH, {
  activations: ["relu", "tanh", "sigmoid", "silu"],
  initializations: ["he", "lecun", "pytorch"],
  depths: [1, 5, 12],
  inputRms: [1],
});
const samples = sample(WIDTH, rows, NETWORKS);

const scaled = ({ low, median, high, wide }: Band, by: number): Band => ({
  low: low * by,
  median: median * by,
  high: high * by,
  wide: wide * by,
});

/** Configurations outside the prediction, its second moments times `by`. */
const outside = (by: number): string[] =>
  rows.flatMap((row, index) =>
    row.depths.flatMap((depth) => {
      const layers = predictSignal(row.starts.slice(0, depth), { inputSquare: row.inputRms * row.inputRms });
      return layersOf(depth).flatMap((layer) => {
        const { preactivation, gradient } = layers[layer - 1]!;
        const checks: [string, Band, Float64Array][] = [
          ["signal", preactivation, samples.signal(index, layer)],
        ];
        if (layer < depth) checks.push(["gradient", gradient, samples.gradient(index, depth, layer)]);
        return checks.flatMap(([way, band, values]) => {
          const own = scaled(band, by);
          const good = holds(verdict(summarize(values, own), logBand(own)));
          return good ? [] : [`${row.activation} ${row.initialization} ${depth}: ${way} of layer ${layer}`];
        });
      });
    }),
  );

test("1,000 networks lie in their bands as often as predicted, forward and back", () => {
  expect(outside(1)).toEqual([]);
}, 60_000);

test("a law scaled by 1.1 fails", () => {
  expect(outside(1.1).length).toBeGreaterThan(40);
}, 60_000);
