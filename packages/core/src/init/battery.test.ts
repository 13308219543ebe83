import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Dtype, InputError, type Shape, sizeOf } from "../base/index.ts";
import { normalCdf } from "../math/index.ts";
import { type Distribution, key } from "../random/index.ts";
import { initializers } from "./catalogue.ts";
import type { Initializer } from "./initializer.ts";
import { type InitializerSpec, initializer } from "./spec.ts";
import { truncatedNormal } from "./truncated-normal.ts";
import { FAN_MODES, SCALED_DISTRIBUTIONS } from "./variance-scaling.ts";

const SHAPES: readonly Shape[] = [[64, 1024], [64, 16, 5, 5], [64, 64, 3, 3], [512]];
const bytes = ({ data }: { readonly data: ArrayLike<number> & ArrayBufferView }): Buffer =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength);
const drawn = (one: Initializer, shape: Shape, seed = 1, path = "a", dtype: Dtype = "float32") =>
  one.draw(shape, key(seed).at(path), { dtype });

/** The shapes that an initializer takes; the others it refuses as an `InputError`. */
const taken = (one: Initializer): Shape[] =>
  SHAPES.filter((shape) => {
    try {
      drawn(one, shape);
      return true;
    } catch (error) {
      if (error instanceof InputError) return false;
      throw error;
    }
  });

/** Beside every initializer as it is: each option that changes what is drawn. */
const VARIANTS: readonly InitializerSpec[] = [
  { name: "random", mean: 1, std: 2 },
  { name: "uniform", low: 0, high: 1 },
  { name: "truncatedNormal", std: 1, low: -1, high: 3 },
  ...FAN_MODES.flatMap((fan) =>
    SCALED_DISTRIBUTIONS.map((distribution) => ({ name: "varianceScaling", gain: 1.5, fan, distribution })),
  ),
  { name: "heNormal", fan: "out" },
  { name: "heUniform", negativeSlope: 0.3 },
  { name: "glorotNormal", gain: 2, fan: "geometric" },
  { name: "lecunUniform", gain: 0.5 },
  { name: "orthogonal", gain: 1.5 },
  { name: "deltaOrthogonal", gain: 0.5 },
  { name: "identity", gain: 2 },
  { name: "dirac", groups: 4 },
  { name: "sparse", sparsity: 0.5, std: 1 },
  { name: "looksLinear", mirror: "both", gain: 2 },
  { name: "siren", layer: "first" },
  { name: "siren", omega: 5 },
  { name: "outputPrior", frequencies: Array.from({ length: 512 }, (_, i) => i + 1).join(",") },
];
const titled = (spec: InitializerSpec) =>
  [typeof spec === "string" ? spec : JSON.stringify(spec).slice(0, 90), spec] as const;

describe.each([...initializers.map(({ name }) => name), ...VARIANTS].map(titled))("%s", (_, spec) => {
  const one = initializer(spec);
  const shapes = taken(one);

  test("takes one of the shapes, and gives the same bytes for the same key", () => {
    expect(shapes.length).toBeGreaterThan(0);
    for (const shape of shapes) {
      expect(bytes(drawn(one, shape)).equals(bytes(drawn(one, shape)))).toBe(true);
      expect(drawn(one, shape).data.every(Number.isFinite)).toBe(true);
    }
  });

  test("depends on seed and path if and only if it says that it is random", () => {
    for (const shape of shapes) {
      const own = bytes(drawn(one, shape));
      expect(own.equals(bytes(drawn(one, shape, 2)))).toBe(!one.random);
      expect(own.equals(bytes(drawn(one, shape, 1, "b")))).toBe(!one.random);
    }
  });

  test("comes back from its canonical form", () => {
    const again = initializer(JSON.parse(JSON.stringify({ name: one.name, ...one.options })));
    expect(again.options).toEqual(one.options);
    for (const shape of shapes)
      expect(bytes(drawn(again, shape)).equals(bytes(drawn(one, shape)))).toBe(true);
  });

  test("has the standard deviation that it claims, within 5 standard errors", () => {
    for (const shape of shapes) {
      const claimed = one.std(shape);
      if (!one.random || claimed === null) continue;
      const { data } = drawn(one, shape);
      let [m1, m2, m4] = [0, 0, 0];
      for (const value of data) m1 += value / data.length;
      for (const value of data) {
        const square = (value - m1) * (value - m1);
        m2 += square / data.length;
        m4 += (square * square) / data.length;
      }
      const error = claimed * Math.sqrt((m4 / (m2 * m2) - 1) / (4 * data.length));
      expect(Math.abs(Math.sqrt(m2) - claimed)).toBeLessThan(5 * error + 1e-6 * claimed);
    }
  });

  test("fills an empty tensor, or refuses it as an input error", () => {
    for (const shape of [[0, 4], [4, 0], [0]]) {
      try {
        expect(drawn(one, shape).data).toHaveLength(0);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }
  });

  test.runIf(one.elementwise)("gives any range drawn alone as that range of the whole", () => {
    const shape = shapes[0]!;
    const whole = drawn(one, shape).data;
    for (const [start, count] of [
      [0, 1],
      [1, 7],
      [1000, 513],
      [sizeOf(shape) - 3, 3],
    ] as const) {
      const part = new Float32Array(count);
      one.fill(part, shape, key(1).at("a"), { start });
      expect([...part]).toEqual([...whole.subarray(start, start + count)]);
    }
  });
});

/** Largest deviation of A Aᵀ (or Aᵀ A, of a tall matrix) from gain² · I. */
const deviation = (element: (i: number, j: number) => number, rows: number, cols: number, gain = 1) => {
  const [short, long] = rows <= cols ? [rows, cols] : [cols, rows];
  const at = rows <= cols ? element : (i: number, j: number) => element(j, i);
  let worst = 0;
  for (let a = 0; a < short; a++) {
    for (let b = 0; b <= a; b++) {
      let dot = 0;
      for (let i = 0; i < long; i++) dot += at(a, i) * at(b, i);
      worst = Math.max(worst, Math.abs(dot - (a === b ? gain * gain : 0)));
    }
  }
  return worst;
};

test.each<[Shape, number]>([
  [[64, 100], 1],
  [[100, 64], 1],
  [[33, 33], 2],
  [[64, 16, 5, 5], 1],
])("orthogonal %j times %d has orthonormal rows or columns to 1e-5", (shape, gain) => {
  const { data } = drawn(initializer({ name: "orthogonal", gain }), shape);
  const cols = sizeOf(shape.slice(1));
  expect(deviation((i, j) => data[i * cols + j]!, shape[0]!, cols, gain)).toBeLessThan(1e-5);
});

test.each<[Shape, number]>([
  [[64, 64, 3, 3], 4],
  [[40, 24, 5], 2],
  [[16, 8, 2, 4], 1],
])(
  "deltaOrthogonal %j is orthonormal at position %d of the kernel to 1e-5, and 0 elsewhere",
  (shape, centre) => {
    const { data } = drawn(initializer("deltaOrthogonal"), shape);
    const [rows = 0, cols = 0, ...kernel] = shape;
    const field = sizeOf(kernel);
    expect(deviation((i, j) => data[(i * cols + j) * field + centre]!, rows, cols)).toBeLessThan(1e-5);
    expect(data.every((value, at) => at % field === centre || value === 0)).toBe(true);
  },
);

test.each<["in" | "out" | "both", Shape, Shape]>([
  ["in", [20, 60], [20, 30]],
  ["out", [60, 20], [30, 20]],
  ["both", [40, 60], [20, 30]],
])(
  "looksLinear mirrored %s repeats an orthonormal block to 1e-5",
  (mirror, shape, [height = 0, width = 0]) => {
    const { data } = drawn(initializer({ name: "looksLinear", mirror }), shape);
    const at = (i: number, j: number): number => data[i * shape[1]! + j]!;
    expect(deviation(at, height, width)).toBeLessThan(1e-5);
    for (let i = 0; i < shape[0]!; i++) {
      for (let j = 0; j < shape[1]!; j++) {
        const sign = i >= height === j >= width ? 1 : -1;
        expect(at(i, j)).toBe(sign * at(i % height, j % width));
      }
    }
  },
);

test("every entry has what explain shows: formula, reason and reference", () => {
  for (const { name, summary, formula, text, references } of initializers) {
    expect([name, /\.$/.test(summary), formula !== "", text.length > 50, references.length > 0]).toEqual([
      name,
      true,
      true,
      true,
      true,
    ]);
  }
});

/** P(X ≤ x), from the distribution's closed form. */
const cdf = (law: Exclude<Distribution, { kind: "constant" }>): ((x: number) => number) => {
  if (law.kind === "uniform") return (x) => (x - law.low) / (law.high - law.low);
  const standard = (x: number): number => normalCdf((x - law.mean) / law.std);
  if (law.kind === "normal") return standard;
  const [low, high] = [standard(law.low), standard(law.high)];
  return (x) => (standard(x) - low) / (high - low);
};

const COUNT = 10_000_000;
const CHUNK = 500_000;
const BINS = 100;

/** χ² of ten million values in a hundred bins of equal probability, and their standard deviation. */
const tenMillion = (one: Initializer, law: Exclude<Distribution, { kind: "constant" }>) => {
  const shape = [2500, 4000];
  const chunk = new Float32Array(CHUNK);
  const bins = new Float64Array(BINS);
  const probability = cdf(law);
  let [sum, square] = [0, 0];
  for (let start = 0; start < COUNT; start += CHUNK) {
    one.fill(chunk, shape, key(5).at("ten"), { start });
    for (const value of chunk) {
      sum += value;
      square += value * value;
      const bin = Math.floor(probability(value) * BINS);
      bins[Math.max(0, Math.min(BINS - 1, bin))]!++;
    }
  }
  const expected = COUNT / BINS;
  const chi2 = bins.reduce((sum, count) => sum + ((count - expected) * (count - expected)) / expected, 0);
  return { chi2, std: Math.sqrt(square / COUNT - (sum / COUNT) * (sum / COUNT)) };
};

const LAWS: readonly InitializerSpec[] = [
  "heNormal",
  "heUniform",
  "truncatedNormal",
  { name: "truncatedNormal", std: 1, low: -1, high: 3 },
];

test.each(LAWS.map(titled))(
  "ten million values of %s follow its distribution",
  (_, spec) => {
    const one = initializer(spec);
    const law = one.distribution([2500, 4000])!;
    if (law.kind === "constant") throw new Error("a constant has no bins");
    const { chi2, std } = tenMillion(one, law);
    // 99 degrees of freedom: mean 99, standard deviation 14.1.
    expect(chi2).toBeLessThan(99 + 5 * 14.1);
    const claimed = one.std([2500, 4000])!;
    expect(Math.abs(std / claimed - 1)).toBeLessThan(5 / Math.sqrt(2 * COUNT));
  },
  60_000,
);

test("the same ten million would show a missing truncation correction", () => {
  const corrected = truncatedNormal({ std: 1 });
  const law = corrected.distribution([2500, 4000])!;
  if (law.kind !== "truncatedNormal") throw new Error("expected a truncated normal");
  const uncorrected = { ...law, std: 1, low: -2, high: 2 };
  const { chi2, std } = tenMillion(corrected, uncorrected);
  expect(chi2).toBeGreaterThan(1000);
  expect(std).toBeCloseTo(1, 3);
}, 60_000);

const PINS = new URL("pinned.json", import.meta.url);
const CHANGELOG = new URL("../../../../CHANGELOG.md", import.meta.url);
const hashed = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);
const drawnPins = (): Record<string, string> =>
  Object.fromEntries(
    initializers.map(({ name }) => {
      const one = initializer(name);
      const hash = createHash("sha256");
      for (const shape of taken(one)) hash.update(bytes(drawn(one, shape, 7, "pinned")));
      return [name, hash.digest("hex")];
    }),
  );

test("every initializer draws the bytes that are pinned", () => {
  if (process.env.PIN === "1") writeFileSync(PINS, `${JSON.stringify(drawnPins(), null, 2)}\n`);
  expect(drawnPins()).toEqual(JSON.parse(readFileSync(PINS, "utf8")));
});

test("the changelog names the pins, so that other bytes need a line in it", () => {
  const pins = readFileSync(PINS, "utf8");
  const last = [...readFileSync(CHANGELOG, "utf8").matchAll(/\(draws ([0-9a-f]{8})\)/g)].at(-1)?.[1];
  expect(last, "end a line of CHANGELOG.md that says what is drawn otherwise with the received words").toBe(
    hashed(pins),
  );
});
