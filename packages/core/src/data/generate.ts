import { key, numpy, type Source } from "../random/index.ts";
import type { Dataset, Split } from "./dataset.ts";
import { checkGenerated, type Generated, type GeneratedOptions } from "./options.ts";

/** Points before shuffling and noise: coordinates feature-major, one class per point. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface GeneratorDefinition {
  readonly name: string;
  readonly classes: number;
  /** Default standard deviation of the noise. */
  readonly noise?: number;
  /** What the configuration says beyond the options that all generators share. */
  readonly extra?: Readonly<Record<string, number>>;
  /** `count` points in two dimensions, class by class. */
  points(count: number, source: Source): Points;
}

/** A data set in two dimensions: points, shuffled, then noise added; the test set is an independent draw. */
export const generate = (definition: GeneratorDefinition, options: GeneratedOptions): Dataset => {
  const full = checkGenerated(definition.name, options, definition.noise);
  const draw = (part: "train" | "test", count: number, seed: number) =>
    split(definition, count, full, sourceOf(full, seed, `${definition.name}/${part}`));
  return {
    name: definition.name,
    task: definition.classes === 2 ? "binary" : "classes",
    features: 2,
    classes: definition.classes,
    outputs: 1,
    train: draw("train", full.samples, full.seed),
    test: full.testSamples === 0 ? null : draw("test", full.testSamples, full.testSeed),
    options: { ...full, ...definition.extra },
  };
};

const sourceOf = ({ generator }: Generated, seed: number, path: string): Source =>
  generator === "numpy" ? numpy(seed) : key(seed, "data", path);

const split = (
  definition: GeneratorDefinition,
  count: number,
  { noise }: Generated,
  source: Source,
): Split => {
  const points = definition.points(count, source.at("points"));
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  source.at("shuffle").shuffle(order);
  // Row-major, as NumPy fills an array of the points' shape.
  const added = new Float64Array(2 * count);
  source.at("noise").fill(added, { kind: "normal", mean: 0, std: noise });
  const x = new Float64Array(2 * count);
  const y = new Float64Array(count);
  for (let s = 0; s < count; s++) {
    const from = order[s]!;
    x[s] = points.x[from]! + added[2 * s]!;
    x[count + s] = points.x[count + from]! + added[2 * s + 1]!;
    y[s] = points.y[from]!;
  }
  return { count, x, y };
};

/** `linspace(start, stop, count)` as NumPy computes it: i · step + start, the end point exact. */
export const linspace = (start: number, stop: number, count: number, endpoint: boolean): Float64Array => {
  const step = (stop - start) / Math.max(1, endpoint ? count - 1 : count);
  const values = Float64Array.from({ length: count }, (_, i) => i * step + start);
  if (endpoint && count > 1) values[count - 1] = stop;
  return values;
};
