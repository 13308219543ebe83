import { expect, test } from "vitest";
import { type Activation, activation } from "../activation/index.ts";
import { key } from "../random/index.ts";
import { theory } from "./index.ts";

const WIDTH = 192;
const NETWORKS = 5;
const SETTLING = 12;
const MEASURED = 5;
const LAYERS = SETTLING + MEASURED;

/** Standard normals that every point scales by its own variances. */
const drawn = (path: string, size: number): Float32Array[][] =>
  Array.from({ length: NETWORKS }, (_, network) =>
    Array.from({ length: LAYERS }, (_, layer) => {
      const out = new Float32Array(size);
      key(network).at(`${path}${layer}`).fill(out, { kind: "normal", mean: 0, std: 1 });
      return out;
    }),
  );
const WEIGHTS = drawn("weights", WIDTH * WIDTH);
const BIASES = drawn("biases", WIDTH);

/** How much the squared length of a tangent grows a layer, after signals have settled, over an ensemble. */
const measuredSlope = (phi: Activation, weightVariance: number, biasVariance: number): number => {
  const weightStd = Math.sqrt(weightVariance / WIDTH);
  const biasStd = Math.sqrt(biasVariance);
  let [before, after] = [0, 0];
  for (let network = 0; network < NETWORKS; network++) {
    let z = new Float64Array(WIDTH);
    let tangent = new Float64Array(WIDTH);
    key(network).at("input").fill(z, { kind: "normal", mean: 0, std: 1 });
    key(network).at("tangent").fill(tangent, { kind: "normal", mean: 0, std: 1 });
    for (let layer = 0; layer < LAYERS; layer++) {
      const signal = z.map((value) => phi.value(value));
      const turned = tangent.map((value, i) => phi.derivative(z[i]!) * value);
      const weights = WEIGHTS[network]![layer]!;
      const [nextZ, nextTangent] = [new Float64Array(WIDTH), new Float64Array(WIDTH)];
      for (let row = 0; row < WIDTH; row++) {
        let [sum, slope] = [0, 0];
        for (let i = 0; i < WIDTH; i++) {
          sum += weights[row * WIDTH + i]! * signal[i]!;
          slope += weights[row * WIDTH + i]! * turned[i]!;
        }
        nextZ[row] = weightStd * sum + biasStd * BIASES[network]![layer]![row]!;
        nextTangent[row] = weightStd * slope;
      }
      const norm = tangent.reduce((total, value) => total + value * value, 0);
      const nextNorm = nextTangent.reduce((total, value) => total + value * value, 0);
      if (layer >= SETTLING) {
        before += 1;
        after += nextNorm / norm;
      }
      z = nextZ;
      tangent = nextTangent.map((value) => value / Math.sqrt(nextNorm));
    }
  }
  return after / before;
};

const predicted = (phi: Activation, weightVariance: number, biasVariance: number) => {
  const { phase, chi1 } = theory(phi, { weightVariance, biasVariance });
  return { phase, chi1 };
};

const NAMES = [
  "tanh",
  "relu",
  "leakyRelu:0.3",
  "sigmoid",
  "softsign",
  "hardTanh",
  "elu",
  "gelu",
  "silu",
  "sin:1",
];

/**
 * Twenty points an activation: weight variances about its critical one, biases from 0 to 0.3, as many
 * ordered as chaotic where there are. Within 5 % of χ₁ = 1 an ensemble of this width decides nothing.
 */
const POINTS = NAMES.flatMap((name) => {
  const phi = activation(name);
  const centre = theory(phi).weightVariance;
  const points = [0.25, 0.35, 0.5, 0.65, 0.8, 1.5, 2, 3, 4.5, 7].flatMap((factor) =>
    [0, 0.05, 0.15, 0.3].map((biasVariance) => {
      const weightVariance = factor * centre;
      return { name, phi, weightVariance, biasVariance, ...predicted(phi, weightVariance, biasVariance) };
    }),
  );
  const ordered = points.filter(({ chi1 }) => chi1 <= 0.95);
  const chaotic = points.filter(({ chi1 }) => chi1 >= 1.05);
  const shared = Math.max(20 - ordered.length, Math.min(10, chaotic.length));
  return [...chaotic.slice(0, shared), ...ordered.slice(0, 20 - shared)];
});

test("the predicted phase of 200 points is the one that an ensemble of wide networks measures", () => {
  expect(POINTS).toHaveLength(200);
  const phases = { ordered: 0, chaotic: 0, critical: 0 };
  const wrong: string[] = [];
  const unsettled: string[] = [];
  for (const { name, phi, weightVariance, biasVariance, phase, chi1 } of POINTS) {
    const slope = measuredSlope(phi, weightVariance, biasVariance);
    phases[phase]++;
    const line = `${name} ${weightVariance} ${biasVariance}: χ₁ ${chi1} measured ${slope}`;
    if (phase !== (slope < 1 ? "ordered" : "chaotic")) wrong.push(line);
    if (Math.abs(slope / chi1 - 1) > 0.15) unsettled.push(line);
  }
  expect(wrong).toEqual([]);
  expect(unsettled).toEqual([]);
  expect(phases.ordered).toBeGreaterThan(60);
  expect(phases.chaotic).toBeGreaterThan(40);
}, 120_000);
