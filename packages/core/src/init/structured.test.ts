import { describe, expect, test } from "vitest";
import { InputError } from "../base/index.ts";
import type { Source } from "../random/index.ts";
import { initializer } from "./spec.ts";

/** Anything but random: enough to tell places and structure apart. */
const source: Source = {
  generator: "test",
  dtype: "float64",
  at: () => source,
  fill: (out, _, start = 0) => {
    let state = 1 + start;
    for (let i = 0; i < out.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      out[i] = state / 2 ** 31 - 1;
    }
  },
  shuffle: (values) => {
    values.reverse();
  },
};

const draw = (spec: Parameters<typeof initializer>[0], shape: readonly number[]) => [
  ...initializer(spec).draw(shape, source).data,
];

const row = (values: number[], cols: number, i: number) => values.slice(i * cols, (i + 1) * cols);
const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

describe("identity", () => {
  test("has ones on the diagonal of any matrix", () => {
    expect(draw("identity", [3, 2])).toEqual([1, 0, 0, 1, 0, 0]);
    expect(draw({ name: "identity", gain: 2 }, [2, 2])).toEqual([2, 0, 0, 2]);
  });
});

describe("dirac", () => {
  test("hands on its input at the kernel's centre, the later one of an even kernel", () => {
    expect(draw("dirac", [2, 2, 3])).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
    expect(draw("dirac", [1, 1, 4])).toEqual([0, 0, 1, 0]);
    expect(draw("dirac", [1, 1, 2, 4])).toEqual([0, 0, 0, 0, 0, 0, 1, 0]);
  });

  test("with groups hands on the inputs of each", () => {
    expect(draw({ name: "dirac", groups: 2 }, [4, 2, 1])).toEqual([1, 0, 0, 1, 1, 0, 0, 1]);
  });

  test("leaves outputs at 0 for which there is no input", () => {
    expect(draw("dirac", [3, 2, 1])).toEqual([1, 0, 0, 1, 0, 0]);
  });
});

describe("zerO", () => {
  test("is the identity where there are no more outputs than inputs", () => {
    expect(draw("zerO", [2, 3])).toEqual([1, 0, 0, 0, 1, 0]);
  });

  test("is the first columns of a scaled Hadamard matrix where there are more", () => {
    expect(draw("zerO", [3, 2])).toEqual([0.5, 0.5, 0.5, -0.5, 0.5, 0.5]);
    expect(draw("zerO", [4, 3])).toEqual([1, 1, 1, 1, -1, 1, 1, 1, -1, 1, -1, -1].map((x) => x / 2));
  });

  test("keeps the length of inputs where the width is a power of two", () => {
    const w = draw("zerO", [64, 40]);
    for (let a = 0; a < 40; a++) {
      for (let b = 0; b <= a; b++) {
        let sum = 0;
        for (let i = 0; i < 64; i++) sum += w[i * 40 + a]! * w[i * 40 + b]!;
        expect(sum).toBeCloseTo(a === b ? 1 : 0, 12);
      }
    }
  });

  test("stands at the centre of a convolution's kernel", () => {
    expect(draw("zerO", [1, 1, 3])).toEqual([0, 1, 0]);
  });
});

describe("lstmForget", () => {
  test("opens the second quarter", () => {
    expect(draw("lstmForget", [8])).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
  });
});

describe("orthogonal", () => {
  test.each([
    [5, 5],
    [3, 8],
    [8, 3],
  ])("has an orthonormal shorter axis on [%d, %d]", (rows, cols) => {
    const w = draw("orthogonal", [rows, cols]);
    const lines =
      rows <= cols
        ? Array.from({ length: rows }, (_, i) => row(w, cols, i))
        : Array.from({ length: cols }, (_, j) => w.filter((__, at) => at % cols === j));
    for (const [a, x] of lines.entries()) {
      for (const [b, y] of lines.entries()) expect(dot(x, y)).toBeCloseTo(a === b ? 1 : 0, 13);
    }
  });

  test("is the factor of what was drawn whose triangle has a positive diagonal", () => {
    const gaussian = new Float64Array(9);
    source.fill(gaussian, { kind: "normal", mean: 0, std: 1 });
    const w = draw("orthogonal", [3, 3]);
    const triangle = Array.from({ length: 9 }, (_, at) => {
      let sum = 0;
      for (let k = 0; k < 3; k++) sum += w[k * 3 + Math.floor(at / 3)]! * gaussian[k * 3 + (at % 3)]!;
      return sum;
    });
    for (const i of [0, 4, 8]) expect(triangle[i]).toBeGreaterThan(0);
    for (const i of [3, 6, 7]) expect(triangle[i]).toBeCloseTo(0, 13);
  });
});

describe("deltaOrthogonal", () => {
  test("is orthonormal at the centre, the earlier one of an even kernel, and 0 elsewhere", () => {
    const w = draw({ name: "deltaOrthogonal", gain: 2 }, [3, 2, 4]);
    expect(w.every((x, at) => at % 4 === 1 || x === 0)).toBe(true);
    const centre = w.filter((_, at) => at % 4 === 1);
    const columns = [0, 1].map((j) => centre.filter((_, at) => at % 2 === j));
    expect(dot(columns[0]!, columns[0]!)).toBeCloseTo(4, 13);
    expect(dot(columns[0]!, columns[1]!)).toBeCloseTo(0, 13);
  });
});

describe("looksLinear", () => {
  test.each([
    [
      "in",
      [3, 6],
      (w: number[]) => w.every((x, at) => x === -w[at - (at % 6) + ((at + 3) % 6)]! || at % 6 >= 3),
    ],
    ["out", [6, 3], (w: number[]) => w.every((x, at) => x === -w[(at + 9) % 18]!)],
    ["both", [6, 6], (w: number[]) => w.every((x, at) => x === -w[(at + 18) % 36]!)],
  ] as const)("mirrors %s", (mirror, shape, mirrored) => {
    const w = draw({ name: "looksLinear", mirror }, shape);
    expect(mirrored(w)).toBe(true);
    expect(w.every((x) => x !== 0)).toBe(true);
  });

  test("makes a layer of concatenated ReLU linear", () => {
    const w = draw("looksLinear", [2, 4]);
    const x = [0.3, -0.7];
    const doubled = [...x, ...x.map((value) => -value)].map((value) => Math.max(0, value));
    for (const i of [0, 1])
      expect(dot(row(w, 4, i), doubled)).toBeCloseTo(dot(row(w, 4, i), [...x, 0, 0]), 14);
  });
});

describe("sparse", () => {
  test("zeroes the share of each column, rounded up", () => {
    const w = draw({ name: "sparse", sparsity: 0.5, std: 1 }, [5, 3]);
    for (const j of [0, 1, 2]) {
      expect(w.filter((x, at) => at % 3 === j && x === 0)).toHaveLength(3);
    }
  });
});

describe("a whole tensor only", () => {
  test("is drawn, since elements depend on each other", () => {
    const whole = initializer("orthogonal");
    expect(() => whole.fill(new Float32Array(2), [2, 2], source)).toThrow(/all 4 elements/);
    expect(() => whole.fill(new Float32Array(4), [2, 2], source, { start: 1 })).toThrow(InputError);
  });
});

test.each([
  ["identity", [2, 2, 3]],
  ["identity", [3]],
  ["dirac", [3, 3]],
  [{ name: "dirac", groups: 2 }, [3, 3, 3]],
  ["zerO", [3]],
  ["orthogonal", [3]],
  ["deltaOrthogonal", [3, 3]],
  ["deltaOrthogonal", [2, 3, 3]],
  ["looksLinear", [2, 3]],
  [{ name: "looksLinear", mirror: "out" }, [3, 2]],
  ["sparse", [2, 2, 2]],
  ["lstmForget", [6]],
  ["lstmForget", [4, 4]],
] as const)("%j refuses the shape %j", (spec, shape) => {
  expect(() => initializer(spec).draw(shape, source)).toThrow(InputError);
});

test.each([
  { name: "orthogonal", gain: -1 },
  { name: "sparse", sparsity: 1.5 },
  { name: "sparse", std: -1 },
  { name: "dirac", groups: 0 },
  { name: "siren", omega: 0 },
  { name: "siren", layer: "last" },
  { name: "looksLinear", mirror: "up" },
])("%j is refused", (spec) => {
  expect(() => initializer(spec)).toThrow(InputError);
});
