import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type FloatArray, InputError } from "../../base/index.ts";
import { initializer } from "../../init/index.ts";
import { mlp } from "../../model/index.ts";
import { generator, initialize } from "../../scheme/index.ts";

type Dtype = "float32" | "float64";
interface Case {
  readonly what: string;
  readonly generator?: string;
  readonly initializer: { readonly name: string };
  readonly shape: readonly number[];
  readonly seed: number;
  readonly dtype: Dtype;
  readonly values: readonly number[];
  readonly last: number;
}
interface Golden {
  readonly cases: readonly Case[];
  readonly uniform?: readonly {
    generator: string;
    size: number;
    seed: number;
    dtype: Dtype;
    values: number[];
  }[];
  readonly truncated?: readonly {
    generator: string;
    law: [number, number, number, number];
    size: number;
    dtype: Dtype;
    values: number[];
    last: number;
  }[];
}
const golden = (
  name: string,
): Golden & { sequence: { generator?: string; seed: number; values: number[][] }[] } =>
  JSON.parse(readFileSync(new URL(`${name}.golden.json`, import.meta.url), "utf8"));
const GOLDEN = { pytorch: golden("pytorch"), jax: golden("jax") };

const array = (dtype: Dtype, size: number): FloatArray =>
  dtype === "float32" ? new Float32Array(size) : new Float64Array(size);

/** Largest difference, in units in the last place of the largest value. */
const ulps = (out: FloatArray, { dtype, values, last }: Pick<Case, "dtype" | "values" | "last">): number => {
  const largest = Math.max(...values.map(Math.abs), 1e-300);
  const unit = largest * (dtype === "float32" ? 2 ** -23 : 2 ** -52);
  const gaps = values.map((value, i) => Math.abs(value - out[i]!));
  return Math.max(...gaps, Math.abs(last - out.at(-1)!)) / unit;
};

/** What docs/streams.md promises: 0 is the same bits. Scaled uniforms differ by the rounding of their limit. */
const PROMISED: Readonly<Record<string, readonly [RegExp, Record<Dtype, number>][]>> = {
  pytorch: [
    [/^(uniform|zeros|ones|constant)$/, { float32: 0, float64: 0 }],
    [/uniform|linear default/, { float32: 1.1, float64: 2 }],
    [/orthogonal/, { float32: 6, float64: 4 }],
    [/normal/, { float32: 3, float64: 2 }],
  ],
  jax: [
    [/^(zeros|ones|constant)$/, { float32: 0, float64: 0 }],
    [/uniform/, { float32: 1.5, float64: 1 }],
    [/^(lecun_normal|he_normal)$/, { float32: 5, float64: 8 }],
    [/normal/, { float32: 48, float64: 9 }],
  ],
};

for (const library of ["pytorch", "jax"] as const) {
  const kinds = [...new Set(GOLDEN[library].cases.map(({ what }) => what))];
  test.each(kinds)(`${library}: %s is drawn as the library draws it`, (what) => {
    const bound = PROMISED[library]!.find(([name]) => name.test(what))![1];
    const cases = GOLDEN[library].cases.filter((one) => one.what === what);
    expect(cases.length).toBeGreaterThanOrEqual(20);
    for (const one of cases) {
      const source = generator(one.generator ?? library, one.seed);
      const { data } = initializer(one.initializer).draw(one.shape, source, { dtype: one.dtype });
      expect(ulps(data as FloatArray, one)).toBeLessThanOrEqual(bound[one.dtype]);
    }
  });
}

test("jax: uniforms are the same bits in both layouts, for one, an odd and an even number of values", () => {
  expect(GOLDEN.jax.uniform).toHaveLength(24);
  for (const { generator: name, size, seed, dtype, values } of GOLDEN.jax.uniform!) {
    const out = array(dtype, size);
    generator(name, seed).fill(out, { kind: "uniform", low: -0.3, high: 0.7 });
    expect([...out]).toEqual(values);
  }
});

test("pytorch: trunc_normal_ before and from 2.12, by rejection of normals and of uniforms", () => {
  expect(GOLDEN.pytorch.truncated).toHaveLength(48);
  for (const one of GOLDEN.pytorch.truncated!) {
    const [mean, std, low, high] = one.law;
    const out = array(one.dtype, one.size);
    generator(one.generator, 5).fill(out, { kind: "truncatedNormal", mean, std, low, high });
    expect(ulps(out, one)).toBeLessThanOrEqual(one.dtype === "float32" ? 6 : 9);
    expect(out.every((value) => value >= Math.fround(low) && value <= Math.fround(high))).toBe(true);
  }
});

test("pytorch: two Linear layers in sequence from one stream, kernel and bias in turn", () => {
  for (const { seed, values } of GOLDEN.pytorch.sequence) {
    const parameters = initialize(mlp([3, 5, 2]), { initialization: "pytorch", generator: "pytorch", seed });
    Object.values(parameters).forEach(({ data }, i) => {
      expect(
        ulps(data as FloatArray, { dtype: "float32", values: values[i]!, last: values[i]!.at(-1)! }),
      ).toBeLessThan(1.1);
    });
  }
});

test("jax: the n-th parameter gets fold_in(key, n), biases counted", () => {
  for (const { generator: name, seed, values } of GOLDEN.jax.sequence) {
    const parameters = initialize(mlp([3, 5, 2]), {
      initialization: "heUniform",
      generator: name as "jax",
      seed,
    });
    ["dense1/kernel", "dense2/kernel"].forEach((path, i) => {
      const { data } = parameters[path]!;
      expect(
        ulps(data as FloatArray, { dtype: "float32", values: values[i]!, last: values[i]!.at(-1)! }),
      ).toBeLessThan(1.5);
    });
  }
});

test.each(["pytorch", "pytorch-2.11", "jax", "jax-original", "numpy"])(
  "%s shuffles fairly and starts at 0 only",
  (name) => {
    const source = generator(name, 1);
    const order = Uint32Array.from({ length: 50 }, (_, i) => i);
    source.shuffle(order);
    expect([...order]).not.toEqual([...order].sort((a, b) => a - b));
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(() => source.fill(new Float32Array(2), { kind: "uniform", low: 0, high: 1 }, 1)).toThrow(
      InputError,
    );
  },
);
