import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Activation, activation, activationOf, activations } from "../activation/index.ts";
import { critical, gains, theory } from "./index.ts";

interface Row {
  readonly name: string;
  readonly expression: string | null;
  /** 1 / rms φ, 1 / rms φ′ */
  readonly gains: readonly [number, number];
  /** At each bias variance: weight variance, length, stability. */
  readonly critical: readonly (readonly [number, number | null, string] | null)[];
  /** Weight and bias variance, length from 1, χ₁, slope of the length map. */
  readonly given: readonly (readonly [number, number, number, number, number])[];
}

const { biases, rows } = JSON.parse(readFileSync(new URL("theory.golden.json", import.meta.url), "utf8")) as {
  biases: number[];
  rows: Row[];
};

const CASES = rows.flatMap((row): [string, Activation, Row][] => [
  [row.name, activation(row.name), row],
  ...(row.expression === null
    ? []
    : [
        [row.expression, activationOf(new Function(`return ${row.expression}`)()), row] as [
          string,
          Activation,
          Row,
        ],
      ]),
]);

test("the golden values hold every activation, at 12 bias variances", () => {
  const held = new Set(rows.map(({ name }) => activation(name).name));
  expect(activations.filter(({ name }) => !held.has(name))).toEqual([]);
  expect(biases).toHaveLength(12);
  expect(CASES.length).toBeGreaterThan(40);
});

const near = (value: number, wanted: number): void =>
  expect(Math.abs(value - wanted)).toBeLessThanOrEqual(2e-7 * Math.max(1e-3, Math.abs(wanted)));

test.each(CASES)("%s: gains and critical pairs agree with SciPy", (_, phi, row) => {
  const { rms, derivative } = gains(phi);
  near(rms, row.gains[0]);
  near(derivative, row.gains[1]);
  biases.forEach((biasVariance, i) => {
    const wanted = row.critical[i]!;
    const { pair } = critical(phi, biasVariance);
    if (wanted === null) {
      expect([biasVariance, pair]).toEqual([biasVariance, null]);
      return;
    }
    near(pair!.weightVariance, wanted[0]);
    if (wanted[1] === null) expect(pair!.length).toBeNull();
    else near(pair!.length!, wanted[1]);
    expect([biasVariance, pair!.stability]).toEqual([biasVariance, wanted[2]]);
  });
});

test.each(CASES)("%s: length, χ₁ and depth scales agree with SciPy", (_, phi, { given }) => {
  for (const [weightVariance, biasVariance, length, chi1, slope] of given) {
    const found = theory(phi, { weightVariance, biasVariance });
    near(found.fixedPoint!, length);
    near(found.chi1, chi1);
    if (slope > 1e-6) near(1 / found.depthScale.length, -Math.log(slope));
    if (chi1 < 1) near(1 / found.depthScale.correlation, -Math.log(chi1));
  }
});

// The slope of the correlation map at its fixed point, by Gauss rules of 1,728² points and brentq.
test.each([
  ["tanh", 3, 0.05, 9.051455725931508],
  ["tanh", 1.8, 0.05, 125.78409],
  ["tanh", 10, 0.3, 3.882642295654098],
  ["sin:1", 4, 0.1, 1.512595059100572],
  ["sin:30", 0.01, 0.1, 0.33976309991089737],
  ["sigmoid", 200, 0.1, 4.339553199891942],
] as const)("%s at (%d, %d) has correlation depth scale %d", (name, weightVariance, biasVariance, scale) => {
  const { depthScale, phase } = theory(activation(name), { weightVariance, biasVariance });
  expect(phase).toBe("chaotic");
  expect(Math.abs(depthScale.correlation / scale - 1)).toBeLessThan(1e-7);
});
