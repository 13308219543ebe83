import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as math from "./index.ts";

const golden = JSON.parse(readFileSync(new URL("functions.golden.json", import.meta.url), "utf8")) as Record<
  string,
  [number | [number, number], number][]
>;

const ulp = (x: number): number => {
  const bits = new BigInt64Array(1);
  const value = new Float64Array(bits.buffer);
  value[0] = Math.abs(x);
  bits[0]!++;
  return value[0] - Math.abs(x);
};

/** The worst error over the golden points, in units of the last place. */
const worst = (name: string, f: (...x: number[]) => number): number =>
  Math.max(...golden[name]!.map(([x, wanted]) => Math.abs(f(...[x].flat()) - wanted) / ulp(wanted)));

// The functions' documented limits, in ulp, against correctly rounded values.
test.each([
  ["exp", math.exp, 1],
  ["expm1", math.expm1, 1],
  ["log", math.log, 0],
  ["log1p", math.log1p, 1],
  ["tanh", math.tanh, 2],
  ["sin", math.sin, 1],
  ["cos", math.cos, 1],
  ["erf", math.erf, 8],
  ["erfc", math.erfc, 60],
  ["erfinv", math.erfinv, 8],
  ["normalQuantile", math.normalQuantile, 8],
  ["pow", math.pow, 4],
] as const)("%s is within its documented ulp of mpmath", (name, f, limit) => {
  expect(worst(name, f as (...x: number[]) => number)).toBeLessThanOrEqual(limit);
});

test("special values are those of IEEE 754", () => {
  expect([math.exp(-Infinity), math.exp(Infinity), math.exp(710), math.exp(Number.NaN)]).toEqual([
    0,
    Infinity,
    Infinity,
    Number.NaN,
  ]);
  expect([math.log(0), math.log(-1), math.log(Infinity)]).toEqual([-Infinity, Number.NaN, Infinity]);
  expect([math.log1p(-1), math.expm1(-Infinity), math.expm1(-0)]).toEqual([-Infinity, -1, -0]);
  expect([math.tanh(-0), math.tanh(Infinity), math.tanh(Number.NaN)]).toEqual([-0, 1, Number.NaN]);
  expect([math.erf(Infinity), math.erf(-Infinity), math.erfc(Infinity), math.erfc(-Infinity)]).toEqual([
    1, -1, 0, 2,
  ]);
  expect([math.normalQuantile(0), math.normalQuantile(1), math.normalQuantile(2)]).toEqual([
    -Infinity,
    Infinity,
    Number.NaN,
  ]);
  expect([math.pow(0, 2), math.pow(0, -1), math.pow(-2, 3), math.pow(-2, 0.5), math.pow(5, 0)]).toEqual([
    0,
    Infinity,
    -8,
    Number.NaN,
    1,
  ]);
  expect([math.sin(Infinity), math.cos(Number.NaN), math.sin(-0)]).toEqual([Number.NaN, Number.NaN, -0]);
});
