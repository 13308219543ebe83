import { expect, test } from "vitest";
import { normalQuantile } from "../math/index.ts";
import { key } from "../random/index.ts";
import { CUT_STD, nearestScheme } from "./nearest-scheme.ts";
import { statisticsPass } from "./statistics.ts";

const FANS = { fanIn: 64, fanOut: 128 };
const uniforms = (count: number, seed: number): number[] => {
  const values = new Float64Array(count);
  key(seed).fill(values, { kind: "uniform", low: 0, high: 1 });
  return [...values];
};
const nearest = (values: number[], fans = FANS) => {
  const pass = statisticsPass({ shape: [values.length] });
  pass.add(values);
  return nearestScheme({ statistics: pass.finish(), fans });
};
const normal = (u: number) => normalQuantile(u);
const cut = (u: number) => normalQuantile(0.022750131948179195 + u * 0.9544997361036416);

test.each([
  ["heNormal", (u: number) => normal(u) * Math.sqrt(2 / 64)],
  ["heUniform", (u: number) => (2 * u - 1) * Math.sqrt(6 / 64)],
  ["heNormal, truncated", (u: number) => (cut(u) / CUT_STD) * Math.sqrt(2 / 64)],
  ["heNormal, truncated, σ not restored", (u: number) => cut(u) * Math.sqrt(2 / 64)],
  ["heNormal, fan_out", (u: number) => normal(u) * Math.sqrt(2 / 128)],
  ["glorotUniform", (u: number) => (2 * u - 1) * Math.sqrt(6 / 192)],
  ["PyTorch's default U(±1/√fan_in)", (u: number) => (2 * u - 1) / 8],
  ["normal, σ 0.02", (u: number) => normal(u) * 0.02],
])("8,192 values of %s are told from all others", (name, of) => {
  for (const seed of [1, 77, 4_242]) {
    const found = nearest(uniforms(8_192, seed).map(of));
    // Two schemes of one σ and law are one answer: 2 / 128 is also 1 / 64.
    const std = found.fitting.map((one) => `${one.std.toPrecision(4)} ${one.law}`);
    expect(found.fitting.map((one) => one.name)).toContain(name);
    expect(new Set(std).size).toBeLessThanOrEqual(3);
    expect(found.certainty).toMatch(/one|few/);
  }
});

test("six values fit too many schemes to tell", () => {
  const found = nearest(uniforms(6, 9).map((u) => normal(u) * Math.sqrt(2 / 64)));
  expect(found.certainty).toBe("cannotTell");
  expect(found.fitting.length).toBeGreaterThan(5);
});

test("a σ that no scheme has is none of them", () => {
  const found = nearest(uniforms(8_192, 5).map((u) => normal(u) * 0.29));
  expect(found).toMatchObject({ fitting: [], certainty: "none" });
});
