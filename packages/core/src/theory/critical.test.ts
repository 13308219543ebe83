import { expect, test } from "vitest";
import { activation } from "../activation/index.ts";
import { critical, fixedPoints, settledLength, theory } from "./index.ts";

// σ_w² = 1 / E[φ′²] and q = σ_w² E[φ²] + σ_b² by SciPy; GELU's and SiLU's are those of Roberts and Yaida.
test.each([
  ["gelu", 0.17292239, 3.5616, 1.98306, "half-stable"],
  ["gelu", 0.2, 4.47095, 1.97067, "stable"],
  ["silu", 0.55514317, 14.3202, 1.988, "half-stable"],
  ["silu", 1, 39.39459, 1.96704, "stable"],
  ["mish", 0.1, 1.77159, 2.00685, "stable"],
  ["hardSwish", 1, 11.30145, 1.88331, "stable"],
  ["tanh", 0.05, 0.57005, 1.76095, "stable"],
  ["sigmoid", 0, 45.62428, 103.00755, "stable"],
  ["elu", 2, 55.14417, 1.89847, "stable"],
  // Length 0, where the slope is the mean of both sides'.
  ["selu", 0, 0, 2 / (1.0507009873554805 ** 2 * (1 + 1.6732632423543772 ** 2)), "stable"],
  ["elu:2", 0, 0, 0.4, "stable"],
  ["softsign", 0, 0, 1, "stable"],
] as const)(
  "%s at bias variance %d settles at %d",
  (name, biasVariance, length, weightVariance, stability) => {
    const { pair } = critical(activation(name), biasVariance);
    expect(pair!.stability).toBe(stability);
    expect(pair!.length).toBeCloseTo(length, 4);
    expect(pair!.weightVariance).toBeCloseTo(weightVariance, 4);
    const { chi1, phase, fixedPoint } = theory(activation(name), { biasVariance });
    expect(chi1).toBeCloseTo(1, 10);
    expect([phase, fixedPoint]).toEqual(["critical", pair!.length]);
  },
);

test.each([
  ["silu", 0.05514317, "0.8977"],
  ["silu", 0.5, "12.11"],
  ["silu", 0, "0 (at weight variance 4)"],
  ["gelu", 0.05, "0.722"],
  ["gelu", 0.1, "1.632"],
  ["mish", 0.01, "0.2632"],
  ["mish", 0.05, "0.9054"],
  ["hardSwish", 0.1, "1.2"],
  ["softplus", 0.1, "no length that stays"],
  ["relu", 0.1, "grows by the bias variance"],
] as const)("%s has no critical pair at bias variance %d, and why is said", (name, biasVariance, why) => {
  const { critical: pair, reason, weightVariance, gains } = theory(activation(name), { biasVariance });
  expect(pair).toBeNull();
  expect(reason).toContain(why);
  expect(weightVariance).toBeCloseTo(gains.derivative ** 2, 12);
});

test.each(["tanh", "gelu", "silu", "mish", "elu", "hardSwish"])(
  "%s: lengths of the range that is said come to the critical pair, and no others",
  (name) => {
    const phi = activation(name);
    for (const biasVariance of [0.02, 0.2, 1]) {
      const { pair } = critical(phi, biasVariance);
      if (pair === null) continue;
      const [low, high] = pair.settlesFrom;
      for (const from of [low * 1.05, pair.length!, Math.min(high * 0.95, 1e3)]) {
        expect(settledLength(phi, pair, from)! / pair.length!).toBeCloseTo(1, 6);
      }
      if (low > 0) expect(settledLength(phi, pair, low * 0.95)).not.toBeCloseTo(pair.length!, 3);
      if (high < Infinity) expect(settledLength(phi, pair, high * 1.05)).not.toBeCloseTo(pair.length!, 3);
    }
  },
);

test("a length map with three fixed points shows them, and what length 1 comes to", () => {
  const phi = activation("gelu");
  const variances = { weightVariance: 2.0767, biasVariance: 0.09 };
  const points = fixedPoints(phi, variances)!;
  expect(points.map(({ stability }) => stability)).toEqual(["stable", "unstable"]);
  const [low, high] = points.map(({ length }) => length) as [number, number];
  expect(settledLength(phi, variances, high * 0.99)).toBe(low);
  expect(settledLength(phi, variances, high * 1.01)).toBe(Infinity);
});
