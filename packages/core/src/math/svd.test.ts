import { describe, expect, test } from "vitest";
import golden from "./svd.golden.json" with { type: "json" };
import { singularValues, svd } from "./svd.ts";

describe.each(golden.cases)("$name", ({ rows, cols, entries, values }) => {
  test("has the singular values of 60 digits, to 1e-14 of the largest", () => {
    const measured = singularValues(entries, rows, cols);
    expect(measured).toHaveLength(values.length);
    for (const [k, value] of values.entries()) {
      expect(Math.abs(measured[k]! - value)).toBeLessThan(1e-14 * values[0]!);
    }
  });

  test("is U · diag(values) · Vᵀ, and so is its transpose", () => {
    const transposed = Float64Array.from(
      { length: entries.length },
      (_, at) => entries[(at % rows) * cols + Math.floor(at / rows)]!,
    );
    for (const [a, m, n] of [
      [entries, rows, cols],
      [transposed, cols, rows],
    ] as const) {
      const { u, values: s, v } = svd(a, m, n);
      const k = Math.min(m, n);
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let l = 0; l < k; l++) sum += u[i * k + l]! * s[l]! * v[j * k + l]!;
          expect(Math.abs(sum - a[i * n + j]!)).toBeLessThan(1e-14 * values[0]!);
        }
      }
    }
  });

  test("has orthonormal vectors on both sides", () => {
    const { u, v } = svd(entries, rows, cols);
    for (const [vectors, length] of [
      [u, rows],
      [v, cols],
    ] as const) {
      for (let p = 0; p < cols; p++) {
        for (let q = 0; q <= p; q++) {
          let dot = 0;
          for (let i = 0; i < length; i++) dot += vectors[i * cols + p]! * vectors[i * cols + q]!;
          expect(Math.abs(dot - (p === q ? 1 : 0))).toBeLessThan(1e-13);
        }
      }
    }
  });
});

test("a matrix of zeros has singular values of zero", () => {
  expect([...singularValues(new Float64Array(6), 2, 3)]).toEqual([0, 0]);
});
