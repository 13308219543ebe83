import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Kind, orthogonalBound, promised } from "../../../../../test/stream-promises.ts";
import { allocate, type Dtype, type FloatArray, InputError, type Shape, sizeOf } from "../../base/index.ts";
import { initializer, initializers } from "../../init/index.ts";
import { singularValues } from "../../math/index.ts";
import { mlp } from "../../model/index.ts";
import { GENERATORS, type Generator, generator, initialize } from "../../scheme/index.ts";
import type { Source } from "../source.ts";

type Draw = [shape: number[], seed: number, dtype: Dtype, values: number[], hash?: string];
type Spec = Readonly<Record<string, number | string>> & { readonly name: string };
interface Case {
  readonly what: string;
  readonly generator?: string;
  readonly initializer: Spec;
  readonly draws: readonly Draw[];
}
interface One {
  readonly generator: string;
  readonly initializer: Spec;
  readonly seed: number;
  readonly dtype: Dtype;
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
  readonly laws?: readonly (One & { size: number; values: number[] })[];
  readonly shares: readonly (One & { shape: number[]; low: string })[];
}
const golden = (name: string): Golden =>
  JSON.parse(readFileSync(new URL(`${name}.golden.json`, import.meta.url), "utf8"));
const LIBRARIES = {
  numpy: golden("numpy"),
  pytorch: golden("pytorch"),
  "pytorch-2.11": golden("pytorch-2.11"),
  jax: golden("jax"),
  tensorflow: golden("tensorflow"),
  "keras-pytorch": golden("keras-pytorch"),
  "keras-jax": golden("keras-jax"),
} as const;
type Library = keyof typeof LIBRARIES;
const NAMES = Object.keys(LIBRARIES) as Library[];

/** Where golden.py has taken its values. */
const places = (size: number): number[] =>
  size <= 12
    ? Array.from({ length: size }, (_, i) => i)
    : [0, 1, 2, 3, 4, 5, 6, ...[0, 1, 2, 3, 4].map((k) => 7 + Math.floor(((size - 8) * k) / 4))];

/** Unit in the last place of `value`. */
const ulpOf = (value: number, dtype: Dtype): number =>
  2 ** (Math.floor(Math.log2(Math.max(value, 1e-300))) - (dtype === "float32" ? 23 : 52));

/** Largest difference, in units in the last place of the largest value, or of `least` where that is larger. */
const ulps = (out: FloatArray, dtype: Dtype, values: readonly number[], least = 0): number => {
  const round = dtype === "float32" ? Math.fround : (value: number) => value;
  let largest = least;
  for (const value of out) largest = Math.max(largest, Math.abs(value));
  return (
    Math.max(
      ...places(out.length).map((at, i) => (i < values.length ? Math.abs(round(values[i]!) - out[at]!) : 0)),
    ) / ulpOf(largest, dtype)
  );
};

const hashOf = (out: FloatArray): string =>
  createHash("sha256").update(new Uint8Array(out.buffer)).digest("hex").slice(0, 16);

const DECOMPOSED = /^(orthogonal|deltaOrthogonal|looksLinear)$/;
const KIND_OF_LAW = {
  constant: "constants",
  uniform: "uniforms",
  normal: "normals",
  truncatedNormal: "truncated normals",
} as const;

/** What docs/streams.md counts the values of an initializer as. */
const kindOf = (spec: Spec, shape: Shape): Kind => {
  if (spec.name === "fanInUniform") return "fanInUniform";
  const law = initializer(spec).distribution(shape);
  if (law !== null) return KIND_OF_LAW[law.kind];
  return spec.name === "sparse" ? "normals" : "constants";
};

/** σ of a truncated normal, which differences are measured by where it is larger than every value. */
const leastOf = (spec: Spec, shape: Shape): number => {
  const law = initializer(spec).distribution(shape);
  return law?.kind === "truncatedNormal" ? law.std : 0;
};

/** What the decomposition may be off by, from the condition of the matrix that it takes. */
const decomposed = (name: string, spec: Spec, shape: Shape, seed: number, dtype: Dtype): number => {
  const [outputs = 0, inputs = 0, ...kernel] = shape;
  const [down, across] = { in: [1, 2], out: [2, 1], both: [2, 2] }[String(spec.mirror ?? "in")]!;
  const [rows, cols] =
    spec.name === "looksLinear"
      ? [outputs / down!, inputs / across!]
      : [outputs, spec.name === "orthogonal" ? inputs * sizeOf(kernel) : inputs];
  const source = generator(name, seed);
  const gaussian = allocate(dtype, rows * cols);
  source.fill(gaussian, { kind: "normal", mean: 0, std: 1 });
  const [length, width] = [Math.max(rows, cols), Math.min(rows, cols)];
  const turned = rows < cols && source.stateless !== true;
  const used = rows === cols ? width - 1 : width;
  if (used === 0) return orthogonalBound(width, 1);
  const matrix = Float64Array.from({ length: length * used }, (_, at) => {
    const [i, j] = [Math.floor(at / used), at % used];
    return gaussian[turned ? j * length + i : i * width + j]!;
  });
  const values = singularValues(matrix, length, used);
  return orthogonalBound(width, Math.max(...values) / Math.min(...values));
};

for (const library of NAMES) {
  test.each(LIBRARIES[library].cases.map((one) => [one.generator ?? library, one.what, one] as const))(
    "%s: %s is drawn as the library draws it",
    (name, _, { initializer: spec, draws }) => {
      expect(draws.length).toBeGreaterThanOrEqual(2);
      for (const [shape, seed, dtype, values, hash] of draws) {
        const data = initializer(spec).draw(shape, generator(name, seed), { dtype }).data as FloatArray;
        const { ulp } = DECOMPOSED.test(spec.name)
          ? // What is rounded from float64 is the same bits, but for one value in a million.
            {
              ulp:
                name.startsWith("numpy") && dtype === "float32"
                  ? 1
                  : decomposed(name, spec, shape, seed, dtype),
            }
          : promised(name, kindOf(spec, shape), dtype);
        expect(ulps(data, dtype, values, leastOf(spec, shape))).toBeLessThanOrEqual(ulp);
        if (hash !== undefined) expect(hashOf(data)).toBe(hash);
        else if (!DECOMPOSED.test(spec.name)) expect(ulp === 0 && data.length > values.length).toBe(false);
      }
    },
    20_000,
  );

  test.each(
    LIBRARIES[library].models.map(
      (one) => [one.generator ?? library, one.what, one.sizes.join(), one.seed, one] as const,
    ),
  )("%s: %s, %s with seed %d", (name, _, __, seed, { sizes, initialization, values }) => {
    const parameters = initialize(mlp(sizes), { initialization, generator: name as Generator, seed });
    const tensors = Object.values(parameters);
    expect(tensors).toHaveLength(values.length);
    const source = generator(name, seed);
    tensors.forEach(({ shape, data }, i) => {
      const dtype = data instanceof Float32Array ? "float32" : "float64";
      const wanted = places(data.length).map((at) => values[i]![at]!);
      expect(values[i]).toHaveLength(data.length);
      const own = source.at(Object.keys(parameters)[i]!);
      const most =
        initialization === "orthogonal" && shape.length > 1
          ? boundOf(own, shape)
          : name === "tensorflow"
            ? promised(name, "normals", dtype).ulp
            : 0;
      expect(ulps(data as FloatArray, dtype, wanted)).toBeLessThanOrEqual(most);
    });
  });

  test.each(
    (LIBRARIES[library].shares ?? []).map(
      (one) => [one.generator, one.initializer.name, one.dtype, one] as const,
    ),
  )(
    "%s: as many values of %s in %s are the same bits as is said",
    (name, _, dtype, { initializer: spec, shape, seed, low }) => {
      const { data } = initializer(spec).draw(shape, generator(name, seed), { dtype });
      const bytes = new Uint8Array(data.buffer);
      const width = dtype === "float32" ? 4 : 8;
      const theirs = Buffer.from(low, "base64");
      expect(theirs).toHaveLength(data.length);
      const same = theirs.filter((byte, i) => byte === bytes[i * width]).length / data.length;
      const { share } = promised(name, kindOf(spec, shape), dtype);
      expect(same).toBeGreaterThanOrEqual(share);
    },
  );

  test.each(
    (LIBRARIES[library].laws ?? []).map(
      (one) => [one.generator, JSON.stringify(one.initializer), one.size, one.dtype, one] as const,
    ),
  )(
    "%s: %s, %d values in %s, near and far from the mean",
    (name, _, size, dtype, { initializer: spec, seed, values }) => {
      const data = initializer(spec).draw([size], generator(name, seed), { dtype }).data as FloatArray;
      const law = initializer(spec).distribution([size]);
      if (law?.kind !== "truncatedNormal") throw new Error("expected a truncated normal");
      expect(ulps(data, dtype, values, law.std)).toBeLessThanOrEqual(
        promised(name, "truncated normals", dtype).ulp,
      );
      const round = dtype === "float32" ? Math.fround : (value: number) => value;
      expect(data.every((value) => value >= round(law.low) && value <= round(law.high))).toBe(true);
    },
  );
}

/** The bound for the kernel that a source of one parameter draws. */
const boundOf = (source: Source, shape: Shape): number => {
  const [rows = 0, cols = 0] = shape;
  const gaussian = new Float32Array(rows * cols);
  source.fill(gaussian, { kind: "normal", mean: 0, std: 1 });
  const [length, width] = [Math.max(rows, cols), Math.min(rows, cols)];
  const used = rows === cols ? width - 1 : width;
  const values = singularValues(
    Float64Array.from(
      { length: length * used },
      (_, at) => gaussian[Math.floor(at / used) * width + (at % used)]!,
    ),
    length,
    used,
  );
  return orthogonalBound(width, Math.max(...values) / Math.min(...values));
};

test("the files hold squares, 1 to 17 values, 16, more than 65,536, and seeds at both ends", () => {
  // Keras on JAX draws as JAX, whose file has them.
  for (const name of NAMES.filter((one) => one !== "keras-jax")) {
    const draws = LIBRARIES[name].cases.flatMap((one) => one.draws);
    for (const dtype of ["float32", "float64"]) {
      const sizes = new Set(draws.filter(([, , one]) => one === dtype).map(([shape]) => sizeOf(shape)));
      for (let size = 1; size <= 17; size++) expect(sizes).toContain(size);
      expect(sizes).toContain(65_792);
      const seeds = new Set(draws.filter(([, , one]) => one === dtype).map(([, seed]) => seed));
      for (const seed of [0, 1, 2 ** 31 + 5, 2 ** 32 - 1]) expect(seeds).toContain(seed);
    }
    expect(draws.some(([[rows, cols, ...rest]]) => rows === cols && rows! > 2 && rest.length === 0)).toBe(
      true,
    );
  }
});

test("flax-linen: a bias that draws has the second key of its module", () => {
  const { biases } = LIBRARIES.jax as unknown as {
    biases: { path: string; kernel: number[]; bias: number[] }[];
  };
  const source = generator("flax-linen", 3);
  expect(biases).toHaveLength(2);
  for (const { path, kernel, bias } of biases) {
    for (const [parameter, values] of [
      ["kernel", kernel],
      ["bias", bias],
    ] as const) {
      const out = new Float32Array(values.length);
      source.at(`${path}/${parameter}`).fill(out, { kind: "normal", mean: 0, std: 0.5 });
      expect([...out]).toEqual(values.map(Math.fround));
    }
  }
});

test.each(["tensorflow", "keras-pytorch", "keras-jax"] as const)(
  "%s: a Dropout takes a seed of its own",
  (name) => {
    const { dropout } = LIBRARIES[name] as unknown as { dropout: { seed: number; kernels: number[][] }[] };
    const [{ seed, kernels }] = dropout as [{ seed: number; kernels: [number[], number[]] }];
    const source = generator(name, seed);
    const kernel = (shape: [number, number]): number[] => {
      const { data } = initializer("glorotUniform").draw(shape, source.at("kernel"));
      return Array.from(
        { length: data.length },
        (_, i) => data[(i % shape[1]) * shape[0] + Math.floor(i / shape[1])]!,
      );
    };
    const first = kernel([5, 3]);
    source.at("dropout").fill(new Float32Array(1), { kind: "uniform", low: 0, high: 1 });
    expect([first, kernel([2, 5])]).toEqual(kernels.map((values) => values.map(Math.fround)));
  },
);

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

test.each(["jax", "flax-linen", "tensorflow", "keras-pytorch", "keras-jax"])(
  "%s refuses sparse, which its library lacks",
  (name) => {
    expect(() => initializer("sparse").draw([4, 3], generator(name, 0))).toThrow(/no sparse initializer/);
  },
);

test.each(["tensorflow", "keras-pytorch", "keras-jax"])(
  "%s refuses normals that are not cut at two standard deviations",
  (name) => {
    const law = { kind: "truncatedNormal", mean: 0, std: 1, low: -1, high: 3 } as const;
    expect(() => generator(name, 0).fill(new Float32Array(2), law)).toThrow(InputError);
  },
);

test("generators have other names", () => {
  expect(generator("default_rng", 1).generator).toBe("numpy-default-rng");
  expect(generator("Keras", 1).generator).toBe("tensorflow");
  expect(generator("keras_torch", 1).generator).toBe("keras-pytorch");
  expect(generator("nnx", 1).generator).toBe("jax");
  expect(generator("linen", 1).generator).toBe("flax-linen");
  expect(() => generator("numpyy", 1)).toThrow(/Did you mean "numpy"/);
});
