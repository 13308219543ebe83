import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mean, std } from "../base/index.ts";
import { type Distribution, key, numpy, philox } from "./index.ts";

const golden = JSON.parse(readFileSync(new URL("random.golden.json", import.meta.url), "utf8"));

// Known answers of the authors' library Random123, file kat_vectors.
test.each([
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
])("Philox gives the published words for counter %o", (counter, keys, words) => {
  const out = new Uint32Array(4);
  philox(out, counter[0]!, counter[1]!, counter[2]!, counter[3]!, keys[0]!, keys[1]!);
  expect([...out]).toEqual(words);
});

const LAWS: Distribution[] = [
  { kind: "uniform", low: -1, high: 3 },
  { kind: "normal", mean: 1, std: 2 },
  { kind: "truncatedNormal", mean: 0, std: 1, low: -2, high: 2 },
  { kind: "truncatedNormal", mean: 0, std: 1, low: 3, high: 5 },
];

test.each(LAWS)("any range of a keyed draw is that range of the whole: %o", (law) => {
  const whole = new Float32Array(41);
  key(7).at("a").fill(whole, law);
  for (const [start, length] of [
    [0, 41],
    [1, 9],
    [5, 0],
    [6, 35],
    [40, 1],
  ] as const) {
    const part = new Float32Array(length);
    key(7).at("a").fill(part, law, start);
    expect(part).toEqual(whole.slice(start, start + length));
  }
});

test("keyed draws are float32, and float64 widens them", () => {
  const narrow = new Float32Array(9);
  const wide = new Float64Array(9);
  key(1).fill(narrow, LAWS[1]!);
  key(1).fill(wide, LAWS[1]!);
  expect([...wide]).toEqual([...narrow]);
});

test("seeds, roles and paths give different draws; equal ones the same", () => {
  const draw = (source: ReturnType<typeof key>) => {
    const out = new Float32Array(8);
    source.fill(out, LAWS[1]!);
    return out.join();
  };
  const draws = [key(1), key(2), key(1, "data"), key(1).at("b"), key(1).at("b").at("c"), key(1).at("é")].map(
    draw,
  );
  expect(new Set(draws).size).toBe(draws.length);
  expect(draw(key(1, "init", "b/c"))).toBe(draw(key(1).at("b").at("c")));
});

// The standard error of a mean of n is σ/√n, of a standard deviation about σ √((κ − 1)/4n): 5 of each.
test.each([
  [LAWS[0]!, 1, 4 / Math.sqrt(12)],
  [LAWS[1]!, 1, 2],
  [LAWS[2]!, 0, 0.8796256610342398],
  [LAWS[3]!, 3.282694379942302, 0.2641922899526647],
] as const)("mean and standard deviation are the distribution's: %o", (law, wantedMean, wantedStd) => {
  const n = 400_000;
  const out = new Float64Array(n);
  key(11).fill(out, law);
  expect(Math.abs(mean(out) - wantedMean)).toBeLessThan((5 * wantedStd) / Math.sqrt(n) + 5e-4);
  expect(Math.abs(std(out) / wantedStd - 1)).toBeLessThan(0.01);
});

test("a keyed shuffle is a permutation, and every order of three is equally likely", () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 6000; seed++) {
    const values = Uint32Array.from([0, 1, 2]);
    key(seed, "shuffle").shuffle(values);
    counts.set(values.join(), (counts.get(values.join()) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // 5 standard deviations of a binomial count, √(6000 · 1/6 · 5/6) ≈ 29.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(145);
});

test.each(["0", "3", "4294967295"])("RandomState(%s) draws what NumPy draws", (seed) => {
  const source = numpy(Number(seed));
  const wanted = golden.seeds[seed];
  expect([...source.randn(5)]).toEqual(wanted.randn);
  expect([...source.uniform(-2, 3, 4)]).toEqual(wanted.uniform);
  source.normal(1, 0.5, 4).forEach((value, i) => {
    expect(Math.abs(value - wanted.normal[i])).toBeLessThanOrEqual(4.5e-16 * Math.abs(value) + 1e-16);
  });
  expect([...source.permutation(10)]).toEqual(wanted.permutation);
  expect([source.randomSample(), source.randomSample()]).toEqual(wanted.then);
});

test("a million normals stay in step with NumPy's", () => {
  const values = numpy(3).randn(1_000_000);
  const wanted: number[] = golden.million["every 10007th"];
  const far = wanted.filter((value, i) => Math.abs(values[i * 10007]! / value - 1) > 4 * 2.3e-16);
  expect(far).toEqual([]);
  expect(std(values)).toBeCloseTo(golden.million.std, 12);
});

test("a stream refuses to be entered in the middle, and seeds out of range are refused", () => {
  expect(() => numpy(1).fill(new Float64Array(2), LAWS[0]!, 3)).toThrow("cannot be entered in the middle");
  for (const seed of [-1, 1.5, 4294967296, Number.NaN]) {
    expect(() => key(seed)).toThrow("expected a seed");
    expect(() => numpy(seed)).toThrow("expected a seed");
  }
});
