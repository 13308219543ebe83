import { type CompareOptions, type Dataset, type Model, mlp, namedData, target } from "@stepzero/core";
import type { RateChoice } from "../figures/shown.ts";

/** Everything that decides what the Compare screen shows: what a link holds. */
export interface Settings {
  readonly data: string;
  readonly samples: number;
  readonly noise: number;
  readonly dataSeed: number;
  readonly layers: readonly number[];
  readonly activation: string;
  readonly initializations: readonly string[];
  readonly learningRates: readonly number[];
  readonly seeds: number;
  readonly seed: number;
  readonly target: string;
  readonly steps: number;
  readonly batch: number | "full";
  readonly engine: "wasm" | "fast";
  readonly charts: { readonly rate: RateChoice; readonly logSteps: boolean; readonly logLoss: boolean };
}

/** The course experiment, with fewer seeds, so that all of them can be watched. */
export const DEFAULT_SETTINGS: Settings = {
  data: "circles",
  samples: 300,
  noise: 0.05,
  dataSeed: 1,
  layers: [2, 10, 5, 1],
  activation: "relu",
  initializations: ["zeros", "random", "random:10", "he"],
  learningRates: [0.01, 0.03, 0.1, 0.3],
  seeds: 10,
  seed: 0,
  target: "accuracy=0.95",
  steps: 15_000,
  batch: "full",
  engine: "wasm",
  charts: { rate: "best", logSteps: false, logLoss: true },
};

/** What the library is told. */
export const experimentOf = (
  settings: Settings,
): { readonly model: Model; readonly data: Dataset; readonly options: CompareOptions } => ({
  model: mlp(settings.layers, { activation: settings.activation }),
  data: dataOf(settings),
  options: {
    initializations: settings.initializations,
    learningRates: settings.learningRates,
    seeds: settings.seeds,
    seed: settings.seed,
    target: target(settings.target),
    steps: settings.steps,
    batch: settings.batch,
    engine: settings.engine,
  },
});

const testSamples = (samples: number): number => Math.max(1, Math.round(samples / 3));

export const dataOf = ({ data, samples, noise, dataSeed }: Settings): Dataset =>
  namedData(data, { samples, testSamples: testSamples(samples), noise, seed: dataSeed });

/** The command that does the same, with what differs from its defaults. */
export const commandOf = (settings: Settings): string => {
  const flag = (name: string, value: unknown, left: unknown): string[] =>
    String(value) === String(left) ? [] : [`--${name} ${quoted(String(value))}`];
  return [
    "npx stepzero compare",
    ...flag("data", settings.data, "circles"),
    ...flag("samples", settings.samples, 300),
    ...flag("test-samples", testSamples(settings.samples), 100),
    ...flag("noise", settings.noise, settings.data === "blobs" ? 0.3 : 0.05),
    ...flag("data-seed", settings.dataSeed, 1),
    ...flag("layers", settings.layers.join(","), "2,10,5,1"),
    ...flag("activation", settings.activation, "relu"),
    ...flag("init", settings.initializations.join(","), "zeros,random,random:10,he"),
    ...flag("lr", settings.learningRates.join(","), "0.01,0.03,0.1,0.3"),
    ...flag("seeds", settings.seeds, 50),
    ...flag("seed", settings.seed, 0),
    ...flag("target", settings.target, "accuracy=0.95"),
    ...flag("steps", settings.steps, 15_000),
    ...flag("batch", settings.batch, "full"),
    ...flag("engine", settings.engine, "wasm"),
  ].join(" ");
};

/** As a shell takes it: what is not plain stands between single quotes. */
const quoted = (word: string): string =>
  /^[\w.,:=/@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
