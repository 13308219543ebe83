import { expect, test } from "vitest";
import { activation, activationOf } from "../activation/index.ts";
import { fixedPoints, gains, moments, theory } from "./index.ts";

// E[φ²] and E[φ′²] at length 1 by scipy.integrate.quad with the kinks given.
test.each([
  ["x => x * Math.tanh(x)", 0.7578898666788154, 0.8657002193549478],
  ["x => Math.log(1 + Math.exp(x))", 0.9212459088593004, 0.293379035858093],
  ["x => Math.log(1 + x * x)", 0.552908573398187, 0.6227181696751938],
  ["x => Math.atan(5 * x) + 0.1", 1.4429040827238213, 3.0822671357965126],
  ["x => Math.sin(x) + x", 2.6453936778069607, 2.780728961043573],
  ["x => Math.min(6, Math.max(0, x))", 0.4999999980752706, 0.4999999990134124],
  ["x => x < -1 ? -1 : x < 1 ? x : x < 2 ? 1 : 2 * x - 3", 0.5730962682871117, 0.7736900198298028],
  ["x => Math.abs(x) ** 0.75", 0.8600399873245198, 0.9675449857400845],
  ["x => x / Math.sqrt(1 + x * x)", 0.3443204575812015, 0.4139198856046995],
  ["x => Math.exp(-x * x)", 0.44721359549995787, 0.35777087639996646],
  ["x => x * x * x - x", 10, 22],
  ["x => Math.max(0, x) + Math.sin(x) ** 2", 1.3180108950038742, 1.5104688724797417],
] as const)("%s has its moments", (text, square, slope) => {
  const found = moments(activationOf(new Function(`return ${text}`)()));
  expect(Math.abs(found.square / square - 1)).toBeLessThan(1e-9);
  expect(Math.abs(found.slope / slope - 1)).toBeLessThan(1e-8);
});

test("all of them have a theory at a given bias variance, as a critical pair or with the reason why not", () => {
  for (const text of [
    "x * Math.tanh(x)",
    "Math.log(1 + Math.exp(x))",
    "Math.log(1 + x * x)",
    "Math.atan(5 * x) + 0.1",
  ]) {
    const found = theory(activationOf(new Function("x", `return ${text}`) as (x: number) => number), {
      biasVariance: 0.5,
    });
    expect((found.critical === null) !== (found.reason === null)).toBe(true);
    expect(found.chi1).toBeGreaterThan(0);
  }
  const sine = theory(
    activationOf((x) => Math.sin(x) + x),
    { weightVariance: 0.4, biasVariance: 0.1 },
  );
  // E[(x + sin x)²] = q + (1 − e⁻²ᵠ)/2 + 2q e^(−q/2), and E[(1 + cos x)²] = 3/2 + 2 e^(−q/2) + e⁻²ᵠ/2
  const q = sine.fixedPoint!;
  const square = q + (1 - Math.exp(-2 * q)) / 2 + 2 * q * Math.exp(-q / 2);
  expect(0.4 * square + 0.1).toBeCloseTo(q, 10);
  expect(sine.chi1).toBeCloseTo(0.4 * (1.5 + 2 * Math.exp(-q / 2) + Math.exp(-2 * q) / 2), 9);
});

test.each([
  [(x: number) => Math.max(0, x), "relu"],
  [(x: number) => (x > 0 ? x : 0.01 * x), "leakyRelu"],
  [(x: number) => Math.max(x, x / 4), "prelu"],
  [(x: number) => x, "linear"],
])("%o says in every figure what %s says", (f, name) => {
  for (const given of [
    {},
    { biasVariance: 0.1 },
    { weightVariance: 1.5, biasVariance: 0.1 },
    { weightVariance: 3 },
  ]) {
    expect(theory(activationOf(f), given)).toEqual(theory(activation(name), given));
  }
});

test("jumps, constants and slopes without a square are refused, and it is said why", () => {
  expect(() => theory(activationOf(Math.sign))).toThrow("jumps at 0, so E[φ′²] is infinite");
  expect(() => theory(activationOf(Math.round))).toThrow("jumps at -0.5, 0.5, -1.5 and at 77 more places");
  expect(() => theory(activationOf((x) => (x > 1.25 ? 1 : x / 2)))).toThrow("jumps at 1.25");
  expect(() => theory(activationOf((x) => x - Math.floor(x)))).toThrow("jumps");
  expect(() => theory(activationOf(() => 3))).toThrow("slope 0 over the whole range of the signal");
  expect(() => theory(activationOf(() => 0))).toThrow("is 0 for every input");
  expect(() => theory(activationOf((x) => Math.sqrt(Math.abs(x))))).toThrow(
    "slope of it is not square-integrable",
  );
  expect(() => theory(activationOf(Math.cbrt))).toThrow("slope of it is not square-integrable");
  expect(() => theory(activationOf((x) => Math.log(Math.abs(x))))).toThrow(
    "slope of it is not square-integrable",
  );
  expect(() => theory(activationOf((x) => Math.exp((x * x) / 4)))).toThrow("is not square-integrable");
  expect(() => theory(activationOf((x) => Math.tanh(1e6 * x)))).toThrow("varies too fast");
  expect(() => theory(activationOf(Math.sqrt))).toThrow("got NaN");
  // What jumps has gains of its own value all the same.
  expect(moments(activation("hardTanh")).square).toBeGreaterThan(0);
});

test("no critical pair is claimed at length 0 where the slope there is 0 or infinite", () => {
  for (const f of [
    (x: number) => x * x,
    (x: number) => Math.max(0, x) ** 2,
    (x: number) => Math.abs(x) ** 0.75,
  ]) {
    expect(theory(activationOf(f)).critical).toBeNull();
  }
});

test("a length map that falls has the depth scale of its slope's size", () => {
  // E[exp(−q z²)²] = 1/√(1 + 4q), so the slope of σ_w² / √(1 + 4q) at its fixed point is −2q / (1 + 4q).
  const { fixedPoint, depthScale } = theory(
    activationOf((x) => Math.exp(-x * x)),
    { weightVariance: 3 },
  );
  const slope = (-2 * fixedPoint!) / (1 + 4 * fixedPoint!);
  expect(depthScale.length).toBeCloseTo(-1 / Math.log(-slope), 8);
  expect(depthScale.length).toBeGreaterThan(1);
});

test("lengths that grow for ever have the limit of χ₁, and train to 6 / ln χ₁ layers", () => {
  for (const f of [
    (x: number) => Math.log(1 + Math.exp(x)),
    (x: number) => Math.max(0, x),
    (x: number) => x / (1 + Math.exp(-x)),
  ]) {
    const found = theory(activationOf(f), { weightVariance: 3, biasVariance: 0.1 });
    expect(found.fixedPoint).toBe(Infinity);
    expect(found.chi1).toBeCloseTo(1.5, 8);
    expect(found.depthScale.correlation).toBe(Infinity);
    expect(found.trainableDepth).toBeCloseTo(6 / Math.log(1.5), 6);
  }
});

test("three linear pieces have a critical pair from some lengths only, which are said", () => {
  const phi = activationOf((x) => (x < -1 ? -1 : x < 1 ? x : x < 2 ? 1 : 2 * x - 3));
  const { critical, weightVariance } = theory(phi, { biasVariance: 0.5 });
  const [low, high] = critical!.settlesFrom;
  expect(low).toBe(0);
  const other = fixedPoints(phi, { weightVariance, biasVariance: 0.5 })!.find(
    ({ stability }) => stability === "unstable",
  );
  expect(high).toBeCloseTo(other!.length, 8);
  expect(gains(phi).rms).toBeCloseTo(1 / Math.sqrt(0.5730962682871117), 9);
});
