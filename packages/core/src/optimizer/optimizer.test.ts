import { expect, test } from "vitest";
import { type ClipConfig, clipper, optimizer, schedule } from "./index.ts";
import golden from "./optimizer.golden.json" with { type: "json" };
import { applyUpdate } from "./rules/index.ts";

interface Case {
  readonly optimizer: { readonly name: string };
  readonly schedule: string;
  readonly warmup?: number;
  readonly clip?: ClipConfig;
  /** At each kept step (or at the last alone) the values of the matrix and of the vector (or the first of each). */
  readonly values: readonly (readonly [readonly number[], readonly number[]])[];
}

const SHAPES = [[3, 5], [3]] as const;
const numbers = (count: number, salt: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => ((i * 7919 + salt) % 2003) / 1000 - 1);

/** As in the script. */
const gradient = (w: Float64Array, goal: Float64Array, k: number, n: number): Float64Array =>
  w.map((value, i) => {
    const wobble = ((k * 104729 + i * 7919 + n * 31) % 1009) / 1009 - 0.5;
    return (value - goal[i]!) * (0.3 + 0.1 * (i % 7)) + 0.05 * value * value * value + 0.4 * wobble;
  });

/** The values at the kept steps. */
const trained = ({ optimizer: spec, schedule: name, warmup = 0, clip = {} }: Case): number[][][] => {
  const { matrix, vector, library } = optimizer(spec);
  const { factor } = schedule(name, { updates: golden.steps, warmup });
  const parameters = SHAPES.map((shape, n) => {
    const how = shape.length === 2 ? matrix : vector;
    const count = shape.reduce<number>((product, axis) => product * axis, 1);
    return {
      how,
      shape,
      values: numbers(count, 5 + 311 * n),
      goal: numbers(count, 77 + 91 * n),
      slots: how.slots.map(({ start }) => new Float64Array(count).fill(start)),
    };
  });
  const kept: number[][][] = [];
  for (let k = 0; k < golden.steps; k++) {
    const gradients = parameters.map(({ values, goal }, n) => gradient(values, goal, k, n));
    const limit = clipper(clip, library, gradients);
    parameters.forEach(({ how, ...parameter }, n) => {
      applyUpdate(how, { ...parameter, gradient: gradients[n]! }, k + 1, golden.rate * factor(k), limit);
    });
    if (golden.kept.includes(k + 1)) kept.push(parameters.map(({ values }) => [...values]));
  }
  return kept;
};

/** Differences in units of 1e-12 of the largest value. */
const distance = (ours: readonly number[], theirs: readonly number[]): number =>
  Math.max(...theirs.map((value, i) => Math.abs(ours[i]! - value) / Math.max(1, Math.abs(value)))) / 1e-12;

const cases = golden.cases as unknown as readonly Case[];
const titled = cases.map((one): [string, Case] => {
  const { name, ...options } = one.optimizer;
  const clip = one.clip === undefined ? "" : ` clip ${JSON.stringify(one.clip)}`;
  return [`${name} ${JSON.stringify(options)} ${one.schedule}${one.warmup ? " warm-up" : ""}${clip}`, one];
});

test("every optimizer of every library is among the cases, under every schedule", () => {
  expect(cases.length).toBeGreaterThan(250);
  for (const name of ["sgd", "rmsprop", "adagrad", "adam", "adamW", "nadam", "muon"]) {
    for (const prefix of ["", "keras:", "optax:"]) {
      const own = cases.filter((one) => one.optimizer.name === `${prefix}${name}`);
      expect(new Set(own.map((one) => one.schedule)).size).toBeGreaterThanOrEqual(5);
    }
  }
});

test.each(titled)("%s", (_, one) => {
  const kept = trained(one);
  const ours = one.values.length === 1 ? kept.slice(-1) : kept;
  one.values.forEach((step, at) => {
    step.forEach((values, n) => {
      expect(distance(ours[at]![n]!, values)).toBeLessThan(1);
    });
  });
});

test("the golden values see another library's law", () => {
  const seen = (asked: string, taken: string, options: object = {}): number => {
    const one = cases.find(
      ({ optimizer: { name, ...own }, schedule: plan }) =>
        name === asked && plan === "cosine" && JSON.stringify(own) === JSON.stringify(options),
    )!;
    const ours = trained({ ...one, optimizer: { name: taken, ...options } });
    return distance(ours.at(-1)![0]!, one.values.at(-1)![0]!);
  };
  const nesterov = { momentum: 0.9, nesterov: true };
  expect(seen("keras:sgd", "sgd", nesterov)).toBeGreaterThan(1e6);
  expect(seen("optax:sgd", "sgd", nesterov)).toBeLessThan(1);
  expect(seen("keras:rmsprop", "optax:rmsprop")).toBeGreaterThan(1e3);
  expect(seen("adagrad", "keras:adagrad")).toBeGreaterThan(1e6);
  expect(seen("optax:muon", "muon")).toBeGreaterThan(1e6);
  expect(seen("keras:adam", "adam")).toBeGreaterThan(1e3);
});
