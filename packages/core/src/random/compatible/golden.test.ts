import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allocate, type Dtype, type FloatArray, InputError } from "../../base/index.ts";
import { initializer, initializers } from "../../init/index.ts";
import { mlp } from "../../model/index.ts";
import { GENERATORS, type Generator, generator, initialize } from "../../scheme/index.ts";

type Draw = [shape: number[], seed: number, dtype: Dtype, values: number[], hash?: string];
interface Case {
  readonly what: string;
  readonly generator?: string;
  readonly initializer: { readonly name: string };
  readonly draws: readonly Draw[];
}
interface Golden {
  readonly cases: readonly Case[];
  readonly models: readonly {
    what: string;
    generator?: Generator;
    sizes: number[];
    initialization: string;
    seed: number;
    values: number[][];
  }[];
  readonly laws?: readonly {
    generator: string;
    law: [number, number, number, number];
    size: number;
    seed: number;
    dtype: Dtype;
    values: number[];
  }[];
}
const golden = (name: string): Golden =>
  JSON.parse(readFileSync(new URL(`${name}.golden.json`, import.meta.url), "utf8"));
const LIBRARIES = {
  numpy: golden("numpy"),
  pytorch: golden("pytorch"),
  jax: golden("jax"),
  tensorflow: golden("keras"),
} as const;
type Library = keyof typeof LIBRARIES;
const NAMES = Object.keys(LIBRARIES) as Library[];

/** Where golden.py has taken its values. */
const places = (size: number): number[] =>
  size <= 12
    ? Array.from({ length: size }, (_, i) => i)
    : [0, 1, 2, 3, 4, 5, 6, ...[0, 1, 2, 3, 4].map((k) => 7 + Math.floor(((size - 8) * k) / 4))];

/** Largest difference, in units in the last place of the largest value. */
const ulps = (out: FloatArray, dtype: Dtype, values: readonly number[]): number => {
  const largest = Math.max(...values.map(Math.abs), 1e-300);
  const unit = largest * (dtype === "float32" ? 2 ** -23 : 2 ** -52);
  const round = dtype === "float32" ? Math.fround : (value: number) => value;
  return Math.max(...places(out.length).map((at, i) => Math.abs(round(values[i]!) - out[at]!))) / unit;
};

const hashOf = (out: FloatArray): string =>
  createHash("sha256").update(new Uint8Array(out.buffer)).digest("hex").slice(0, 16);

/** What docs/streams.md promises, in ulp for float32 and float64; 0 is the same bits. The first that fits counts. */
const PROMISED: Readonly<Record<Library, readonly (readonly [RegExp, float32: number, float64: number])[]>> =
  {
    numpy: [
      [/^(orthogonal|deltaOrthogonal|looksLinear)/, 0, 10],
      [/truncated/, 0, 2.5],
      [/Uniform$/, 0, 1.2],
      [/./, 0, 0],
    ],
    pytorch: [
      [/^(uniform_|ones_|zeros_|constant_|eye_|dirac_)/, 0, 0],
      [/^orthogonal_/, 2.1, 3.3],
      [/./, 0, 2],
    ],
    jax: [
      [/^(uniform|normal|ones|zeros|constant)$/, 0, 0],
      [/orthogonal/, 6, 6],
      [/truncated_normal$|^(lecun|he|glorot)_normal$/, 0, 5.5],
      [/^(lecun|he|glorot|variance_scaling)/, 0, 0],
    ],
    tensorflow: [
      [/[Uu]niform|^(Ones|Zeros|Constant|Identity|unit_forget_bias)/, 0, 0],
      [/^Orthogonal/, 2, 6],
      [/[Nn]ormal/, 2, 2],
    ],
  };
/** The same for a network's layers in sequence. */
const SEQUENCE: Readonly<Record<Library, number>> = { numpy: 0, pytorch: 0, jax: 0, tensorflow: 2 };

for (const library of NAMES) {
  test.each(LIBRARIES[library].cases.map((one) => [one.generator ?? library, one.what, one] as const))(
    "%s: %s is drawn as the library draws it",
    (name, what, { initializer: spec, draws }) => {
      const [, single, double] = PROMISED[library].find(([kind]) => kind.test(what))!;
      expect(draws.length).toBeGreaterThanOrEqual(4);
      for (const [shape, seed, dtype, values, hash] of draws) {
        const data = initializer(spec).draw(shape, generator(name, seed), { dtype }).data as FloatArray;
        expect(ulps(data, dtype, values)).toBeLessThanOrEqual(dtype === "float32" ? single : double);
        if (hash !== undefined) expect(hashOf(data)).toBe(hash);
      }
    },
  );

  test.each(
    LIBRARIES[library].models.map((one) => [one.generator ?? library, one.what, one.seed, one] as const),
  )("%s: %s with seed %d, layers in sequence", (name, _, seed, { sizes, initialization, values }) => {
    const parameters = initialize(mlp(sizes), { initialization, generator: name as Generator, seed });
    const tensors = Object.values(parameters);
    expect(tensors).toHaveLength(values.length);
    tensors.forEach(({ data }, i) => {
      const dtype = data instanceof Float32Array ? "float32" : "float64";
      const wanted = places(data.length).map((at) => values[i]![at]!);
      expect(values[i]).toHaveLength(data.length);
      expect(ulps(data as FloatArray, dtype, wanted)).toBeLessThanOrEqual(SEQUENCE[library]);
    });
  });
}

test("pytorch: what Conv2d, a grouped Conv1d and ConvTranspose2d start from, weight and bias in turn", () => {
  const { convolutions } = LIBRARIES.pytorch as unknown as {
    convolutions: { seed: number; tensors: { shape: number[]; values: number[] }[] }[];
  };
  expect(convolutions).toHaveLength(2);
  for (const { seed, tensors } of convolutions) {
    const source = generator("pytorch", seed);
    tensors.forEach(({ shape, values }, i) => {
      const [, inputs = 0, ...kernel] = tensors[i - (i % 2)]!.shape;
      const fans = { fanIn: kernel.reduce((product, axis) => product * axis, inputs), fanOut: 1 };
      const { data } = initializer("fanInUniform").draw(shape, source, { fans });
      expect(ulps(data as FloatArray, "float32", values)).toBe(0);
    });
  }
});

test("every initializer of the catalogue is held to values of a real installation", () => {
  const held = new Set(NAMES.flatMap((name) => LIBRARIES[name].cases.map((one) => one.initializer.name)));
  expect(initializers.map(({ name }) => name).filter((name) => !held.has(name))).toEqual([]);
});

test("jax: uniforms are the same bits in both layouts, for one, an odd and an even number of values", () => {
  const { uniform } = LIBRARIES.jax as unknown as {
    uniform: { generator: string; size: number; seed: number; dtype: Dtype; values: number[] }[];
  };
  expect(uniform).toHaveLength(24);
  for (const { generator: name, size, seed, dtype, values } of uniform) {
    const out = allocate(dtype, size);
    generator(name, seed).fill(out, { kind: "uniform", low: -0.37, high: 0.3 });
    expect(ulps(out, dtype, values)).toBe(0);
  }
});

test.each([
  ["pytorch", 0, 9],
  ["jax", 14, 14],
] as const)("%s: normals cut at any bounds, near and far from the mean", (library, single, double) => {
  const { laws } = LIBRARIES[library];
  expect(laws!.length).toBeGreaterThanOrEqual(24);
  for (const { generator: name, law, size, seed, dtype, values } of laws!) {
    const [mean, std, low, high] = law;
    const out = allocate(dtype, size);
    generator(name, seed).fill(out, { kind: "truncatedNormal", mean, std, low, high });
    expect(ulps(out, dtype, values)).toBeLessThanOrEqual(dtype === "float32" ? single : double);
    expect(out.every((value) => value >= Math.fround(low) && value <= Math.fround(high))).toBe(true);
  }
});

test.each(GENERATORS)("%s shuffles fairly, and only stepzero starts in the middle", (name) => {
  const source = generator(name, 1);
  const order = Uint32Array.from({ length: 50 }, (_, i) => i);
  source.shuffle(order);
  expect([...order]).not.toEqual([...order].sort((a, b) => a - b));
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  const inTheMiddle = () => source.fill(new Float32Array(2), { kind: "uniform", low: 0, high: 1 }, 1);
  if (name === "stepzero") inTheMiddle();
  else expect(inTheMiddle).toThrow(InputError);
});

test.each(["jax", "tensorflow"])("%s refuses sparse, which its library lacks", (name) => {
  expect(() => initializer("sparse").draw([4, 3], generator(name, 0))).toThrow(/no sparse initializer/);
});

test("tensorflow refuses normals that are not cut at two standard deviations", () => {
  const law = { kind: "truncatedNormal", mean: 0, std: 1, low: -1, high: 3 } as const;
  expect(() => generator("tensorflow", 0).fill(new Float32Array(2), law)).toThrow(InputError);
});

test("generators have other names", () => {
  expect(generator("default_rng", 1).generator).toBe("numpy-default-rng");
  expect(generator("Keras", 1).generator).toBe("tensorflow");
  expect(() => generator("numpyy", 1)).toThrow(/Did you mean "numpy"/);
});
