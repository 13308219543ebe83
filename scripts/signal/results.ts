/** What measure.ts measured, as it lies in results/WIDTH.jsonl. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { ACTIVATIONS, DEPTHS, INITIALIZATIONS, INPUT_RMS, layersOf, type Reading } from "./grid.ts";
import { type Verdict, verdict } from "./judge.ts";

/** One reading: [low, median, high] in ln as predicted, as measured, the median's standard error, share inside. */
export type Figures = readonly [number, number, number, number, number, number, number, number];

export interface Configuration {
  /** Activation, initialization, depth, RMS of the input. */
  readonly key: string;
  readonly approximate: boolean;
  /** In the order of `readingsAt`. */
  readonly readings: readonly Figures[];
}

/** All keys of a width, in the order of the file. */
export const KEYS: readonly string[] = ACTIVATIONS.flatMap((activation) =>
  INITIALIZATIONS.flatMap((initialization) =>
    INPUT_RMS.flatMap((rms) => DEPTHS.map((depth) => `${activation} ${initialization} ${depth} ${rms}`)),
  ),
);

export const partsOf = ({ key }: Configuration) => {
  const [activation = "", initialization = "", depth, inputRms] = key.split(" ");
  return { activation, initialization, depth: Number(depth), inputRms: Number(inputRms) };
};

export const readingsAt = (depth: number): Reading[] =>
  layersOf(depth).flatMap((layer) => [
    { way: "signal" as const, depth, layer },
    ...(layer < depth ? [{ way: "gradient" as const, depth, layer }] : []),
  ]);

export const verdictOf = ([low, median, high, ...seen]: Figures): Verdict =>
  verdict(
    { low: seen[0], median: seen[1], high: seen[2], standardError: seen[3], inside: seen[4] },
    { low, median, high },
  );

const fileOf = (width: number): URL => new URL(`results/${width}.jsonl`, import.meta.url);

export const readResults = (width: number): Configuration[] =>
  existsSync(fileOf(width))
    ? readFileSync(fileOf(width), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Configuration)
    : [];

/** Puts configurations in the place of earlier ones of the same key. */
export const writeResults = (width: number, own: readonly Configuration[]): void => {
  const all = new Map([...readResults(width), ...own].map((one) => [one.key, one]));
  const sorted = KEYS.flatMap((key) => all.get(key) ?? []);
  writeFileSync(fileOf(width), `${sorted.map((one) => JSON.stringify(one)).join("\n")}\n`);
};
