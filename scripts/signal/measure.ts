/**
 * Measures signal and gradient of deep networks beside their prediction and writes what came out to
 * results/WIDTH.jsonl: `node scripts/signal/measure.ts 256` (half an hour on one core), `… 16 auto gelu,silu` some rows
 * of it anew. Then `npm run signal-table` writes the page.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { predictSignal } from "@stepzero/core";
import { ACTIVATIONS, DEPTHS, INITIALIZATIONS, INPUT_RMS, NETWORKS, type Row, rowsOf } from "./grid.ts";
import { logBand, summarize } from "./judge.ts";
import { type Configuration, type Figures, readingsAt, writeResults } from "./results.ts";
import { type Keeping, type Samples, sample } from "./sample.ts";

export const keyOf = ({ activation, initialization, inputRms }: Row, depth: number): string =>
  `${activation} ${initialization} ${depth} ${inputRms}`;

const rounded = (value: number): number => Number(value.toFixed(4));

/** What is measured of a row at a depth, beside its prediction. */
export const configuration = (
  rows: readonly Row[],
  index: number,
  depth: number,
  samples: Samples,
): Configuration => {
  const row = rows[index]!;
  const predicted = predictSignal(row.starts.slice(0, depth), { inputSquare: row.inputRms * row.inputRms });
  return {
    key: keyOf(row, depth),
    approximate: predicted.some(({ approximate }) => approximate),
    readings: readingsAt(depth).map(({ way, layer }) => {
      const own = predicted[layer - 1]!;
      const band = way === "signal" ? own.preactivation : own.gradient;
      const values = way === "signal" ? samples.signal(index, layer) : samples.gradient(index, depth, layer);
      const { low, median, high } = logBand(band);
      const seen = summarize(values, band);
      const figures = [low, median, high, seen.low, seen.median, seen.high, seen.standardError, seen.inside];
      return figures.map(rounded) as unknown as Figures;
    }),
  };
};

/** Parts of a measurement in a folder named by SIGNAL_PARTS, so that it can be interrupted. */
const keepingOf = (name: string): Keeping | undefined => {
  const folder = process.env.SIGNAL_PARTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  const fileOfPart = (part: number): string => `${folder}/${name}-${part}.f32`;
  return {
    read: (part) => {
      if (!existsSync(fileOfPart(part))) return null;
      const bytes = readFileSync(fileOfPart(part));
      return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    },
    write: (part, values) => {
      writeFileSync(fileOfPart(part), values);
    },
  };
};

const main = (): void => {
  const [width = "", initializations, activations, networks] = process.argv.slice(2);
  const chosen = (list: string | undefined, all: readonly string[]): readonly string[] =>
    list === undefined || list === "all" ? all : list.split(",");
  const rows = rowsOf(Number(width), {
    activations: chosen(activations, ACTIVATIONS),
    initializations: chosen(initializations, INITIALIZATIONS),
    depths: DEPTHS,
    inputRms: INPUT_RMS,
  });
  const keeping = keepingOf(`${width}-${initializations ?? "all"}-${activations ?? "all"}`);
  const samples = sample(Number(width), rows, Number(networks ?? NETWORKS), keeping);
  const own = rows.flatMap((row, index) =>
    row.depths.map((depth) => configuration(rows, index, depth, samples)),
  );
  writeResults(Number(width), own);
};

if (process.argv[1] === new URL(import.meta.url).pathname) main();
