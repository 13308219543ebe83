import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { activation } from "../activation/index.ts";
import { mlp } from "../model/index.ts";
import { layerStarts } from "../scheme/index.ts";
import { type Alignment, alignmentOf } from "./alignment.ts";
import { backward } from "./backward.ts";
import { forward } from "./forward.ts";
import { normalNodes } from "./normal-nodes.ts";

const nodesOf = (name: string) => {
  const phi = activation(name);
  const { points, weights } = normalNodes([0], 1);
  const of = (f: (z: number) => number): Float64Array => points.map(f);
  const squares = of((z) => phi.value(z) * phi.value(z));
  const slopes = of((z) => phi.derivative(z) * phi.derivative(z));
  const products = of((z) => phi.value(z) * phi.derivative(z) * z);
  return { points, weights, squares, slopes, products };
};

const normal = { g: false, h: false };
const round = { g: true, h: true };
// What would move κ² where the gradient does not lean.
const MOVES: (keyof Alignment)[] = ["turnedMore", "drift", "excess"];

test.each([
  ["relu", normal],
  ["leakyRelu", normal],
  ["linear", normal],
  ["relu", round],
  ["linear", round],
])("%s keeps a gradient that does not lean as it is: %j", (name, rounds) => {
  const own = alignmentOf(nodesOf(name), rounds);
  expect(own.turned).toBeCloseTo(1, 9);
  expect(own.kept).toBeCloseTo(1, 9);
  if (name === "linear" || rounds === normal) for (const move of MOVES) expect(own[move]).toBeCloseTo(0, 8);
});

test("orthogonal weights alone turn everything alike: nothing is added at any leaning", () => {
  const { turned, kept, ...others } = alignmentOf(nodesOf("linear"), round);
  for (const value of Object.values(others)) expect(value).toBeCloseTo(0, 8);
});

const golden = JSON.parse(readFileSync(new URL("alignment.golden.json", import.meta.url), "utf8")) as {
  cases: { activation: string; kind: string; rows: number[][] }[];
};
const SCHEMES: Record<string, string> = {
  normal: "lecun",
  uniform: "lecunUniform",
  orthogonal: "orthogonal",
};

// Width 16, where 1/n is not small.
test.each(golden.cases)(
  "leaning and gradient of $activation under $kind weights are those of real networks",
  ({ activation: name, kind, rows }) => {
    const model = mlp(Array(21).fill(16), { activation: name });
    const ahead = forward(layerStarts(model, SCHEMES[kind]!), 1);
    const back = backward(ahead);
    for (const row of rows) {
      const [
        layer = 0,
        kappa = 0,
        kappaError = 0,
        fourth = 0,
        log = 0,
        logError = 0,
        variance = 0,
        covariance = 0,
      ] = row;
      const own = back[layer - 1]!;
      const { weights } = ahead[layer - 1]!.density;
      const mean = (f: (i: number) => number): number =>
        weights.reduce((sum, weight, i) => sum + weight * f(i), 0);
      const c = mean((i) => own.alignment[i]!);
      const m = mean((i) => own.mean[i]!);
      const apart = (i: number): number => own.mean[i]! - m;
      const near = (value: number, wanted: number, tolerance: number): void => {
        expect(Math.abs(value - wanted), `layer ${layer}: ${value} for ${wanted}`).toBeLessThan(tolerance);
      };
      near(c, kappa, 0.05 * kappa + 3 * kappaError);
      near(
        mean((i) => own.excess[i]! + 3 * own.alignment[i]! ** 2),
        fourth,
        0.15 * fourth,
      );
      near(m, log, 0.008 + 3 * logError);
      near(
        mean((i) => own.variance[i]! + apart(i) ** 2),
        variance,
        0.07 * variance,
      );
      near(
        mean((i) => own.coupling[i]! + apart(i) * (own.alignment[i]! - c)),
        covariance,
        0.005 + 0.25 * Math.abs(covariance),
      );
    }
  },
);
