import { expect, test } from "vitest";
import {
  bits,
  kernels,
  ORDER,
  OUT,
  open,
  P,
  SIZES,
  START,
  same,
  V,
  W,
  WIDTHS,
  X,
  Y,
} from "./against-twin.ts";
import { CODE } from "./codes.ts";
import { hasFastKernels, type KernelMode, kernelBinary, kernelModule } from "./load.ts";
import { expTwin, log1pTwin, logTwin, runTwin, tanhFromTwin } from "./twins/index.ts";

test("the dense kernels equal their twins bit for bit at every tile and tail, all other bytes untouched", () => {
  for (const I of SIZES) {
    for (const O of SIZES) {
      const B = WIDTHS[(I + 3 * O) % WIDTHS.length]!;
      for (const flag of [0, 1]) {
        same([CODE.denseForward, X, W, V, OUT, I, O, B, flag, P]);
        same([CODE.denseBackwardWeights, X, Y, W, V, I, O, B, flag]);
        same([CODE.denseBackwardInput, W, Y, X, OUT, I, O, B, flag * 2]);
        same([CODE.denseBackwardInput, W, Y, X, X, I, O, B, 1]);
      }
    }
  }
});

test.runIf(hasFastKernels())(
  "the fast gradients of two inputs are the twin's but for rounding, at every tile",
  () => {
    const fast = open("fast");
    const floats = new Float32Array(fast.memory.buffer);
    const words = new Int32Array(fast.memory.buffer);
    for (const O of SIZES) {
      for (const add of [0, 1]) {
        for (let i = START / 4; i < floats.length; i++) floats[i] = ((i * 7919) % 2003) / 500 - 2;
        words.fill(0, START / 4, START / 4 + 48);
        words.set([CODE.denseBackwardWeights, X, Y, W, V, 2, O, 304, add], START / 4);
        const twin = fast.memory.buffer.slice(0);
        expect(fast.run(START, 1, START + 160)).toBe(runTwin(twin, START, 1, START + 160));
        const expected = new Float32Array(twin);
        const own = fast.HEAP.value / 4;
        // 304 terms of at most 4: half a spacing of the largest partial sum each.
        const bound = 304 * 1216 * 2 ** -24;
        const wrong = floats.findIndex((value, i) => i >= own && !(Math.abs(value - expected[i]!) <= bound));
        expect(wrong).toBe(-1);
        const untouched = floats.findIndex(
          (value, i) => i >= W / 4 + 2 * O && i < V / 4 && value !== expected[i],
        );
        expect(untouched).toBe(-1);
      }
    }
  },
);

test("the update equals its twin for every tail from 0 to 17", () => {
  for (let n = 0; n <= 17; n++) same([CODE.gradientDescent, W, V, n]);
});

test("the losses and their gradients equal their twins for every tail from 1 to 17", () => {
  for (let n = 1; n <= 17; n++) {
    const B = Math.ceil(n / 8) * 8;
    const k = bits(1 / n);
    const labels = (classes: number) => (floats: Float32Array) => {
      for (let s = 0; s < B; s++) floats[Y / 4 + s] = (s * 5) % classes;
      for (let i = 0; i < 10 * B; i++) floats[X / 4 + i]! *= 2 ** (i % 8);
    };
    same([CODE.bceGradient, X, Y, 1, n, B, k], labels(2));
    same([CODE.bceValue, X, Y, 1, n, B, OUT], labels(2));
    for (const C of [1, 2, 3, 10]) {
      same([CODE.softmaxGradient, X, Y, C, n, B, k], labels(C));
      same([CODE.softmaxValue, X, Y, C, n, B, OUT], labels(C));
      same([CODE.mseGradient, X, Y, C, n, B, k]);
      same([CODE.mseValue, X, Y, C, n, B, OUT]);
    }
  }
});

test("the head equals the four kernels that it joins, for every tail, slope and width", () => {
  for (let n = 1; n <= 17; n++) {
    const B = Math.ceil(n / 8) * 8;
    const labels = (floats: Float32Array) => {
      for (let s = 0; s < B; s++) floats[Y / 4 + s] = (s * 5) % 2;
    };
    for (const I of [1, 2, 3, 4, 5, 9, 10, 11]) {
      for (const flags of [1, 2, 5, 6, 9, 14]) {
        const rest = [I, n, B, bits(1 / n), flags];
        same([CODE.bceHead, X, W, W + 128, W + 1024, Y, W + 256, W + 512, V, ...rest], labels);
      }
    }
  }
});

test("the gradient of the cross-entropy equals its twin where a row is longer than what its loops take at a time", () => {
  for (const n of [511, 512, 513, 1030]) {
    const B = Math.ceil(n / 8) * 8;
    same([CODE.bceGradient, X, Y, 1, n, B, bits(1 / n)], (floats) => {
      for (let s = 0; s < B; s++) floats[Y / 4 + s] = (s * 5) % 2;
    });
  }
});

test("the activations equal their twins, over both signs and up to where they saturate", () => {
  const wide = (floats: Float32Array) => {
    for (let i = 0; i < 64; i++) floats[X / 4 + i]! *= 2 ** ((i % 12) - 5);
  };
  for (const n of [4, 8, 20, 64]) {
    same([CODE.leakyRelu, X, Y, n, bits(0.01)], wide);
    same([CODE.tanh, X, Y, n], wide);
    same([CODE.sigmoid, X, Y, n], wide);
    same([CODE.elu, X, Y, n, bits(1.05), bits(1.75), bits(0.5)], wide);
    const plain = [
      CODE.silu,
      CODE.softplus,
      CODE.mish,
      CODE.gelu,
      CODE.geluTanh,
      CODE.hardSwish,
      CODE.softsign,
    ];
    for (const code of plain) same([code, X, Y, n], wide);
    same([CODE.hard, X, Y, n, ...[1 / 6, 0.5, 0, 1, -3, 3].map(bits)], wide);
    same([CODE.multiply, X, Y, n]);
    same([CODE.sin, X, Y, n, bits(3)], wide);
  }
});

test("the kernels that measure equal their twins", () => {
  for (const O of [1, 3, 10]) {
    for (let n = 1; n <= 17; n++) {
      const B = Math.ceil(n / 8) * 8;
      same([CODE.sumSquares, X, O, n, B, OUT]);
      same([CODE.countOutside, X, O, n, B, bits(-1.5), bits(1.5), OUT]);
      for (const flag of [0, 1]) {
        same([CODE.markVarying, X, OUT, O, B], (floats, words) => {
          floats.fill(0.25, X / 4 + B, X / 4 + 2 * B);
          floats.fill(0.25, OUT / 4 + O, OUT / 4 + 2 * O);
          words.fill(flag, OUT / 4, OUT / 4 + O);
        });
      }
      same([CODE.spread, X, OUT, n]);
      for (const tolerance of [0, 1e-5]) {
        same([CODE.distinctUnits, W, V, n, O, bits(tolerance), Y, OUT], (floats) => {
          floats.fill(0.5, V / 4, V / 4 + O);
          floats.copyWithin(W / 4 + n, W / 4, W / 4 + n);
        });
      }
    }
  }
});

test("what is right is counted a class, and a target is met where the sum of the shares says so", () => {
  for (let n = 1; n <= 17; n++) {
    const B = Math.ceil(n / 8) * 8;
    for (const C of [1, 2, 3, 10]) {
      same([CODE.countCorrect, X, Y, C, n, B, OUT], (floats) => {
        for (let s = 0; s < B; s++) floats[Y / 4 + s] = (s * 5) % Math.max(2, C);
        new Float64Array(kernels.memory.buffer).fill(2, OUT / 8, OUT / 8 + 10);
      });
    }
  }
  for (const [goal, most] of [
    [0.6, 0],
    [0.7, 0],
    [0.6, 1],
    [0.7, 1],
  ] as const) {
    const words = new Int32Array(kernels.memory.buffer);
    // (3 / 4 + 3 / 5) / 2 = 0.675
    same([CODE.atTarget, OUT, 2, OUT + 64, most], () => {
      const doubles = new Float64Array(kernels.memory.buffer);
      doubles.set([3, 3], OUT / 8);
      doubles.set([4, 5, 2, goal], OUT / 8 + 8);
      words[START / 4 + 42] = 0;
    });
    expect(words[START / 4 + 42]).toBe(Number(most === 1 ? goal > 0.675 : goal < 0.675));
  }
});

test("gather brings samples in the order of the epoch, or one after another, and repeats the last", () => {
  for (let n = 1; n <= 17; n++) {
    const order = (_: Float32Array, words: Int32Array) => {
      for (let s = 0; s < n; s++) words[ORDER / 4 + s] = (s * 11) % 29;
    };
    const B = Math.ceil(n / 8) * 8;
    for (const I of [1, 2, 7]) {
      same([CODE.gather, X, OUT, I, n, B, -1], order);
      same([CODE.gather, X, OUT, I, n, B, 5]);
    }
  }
  same([CODE.nextBatch, 7]);
  same([CODE.clear, OUT, 52]);
});

test("a loss or a weight that is not finite ends the run where it is met", () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    for (const at of [0, 5, 16]) {
      const place = START;
      const floats = new Float32Array(kernels.memory.buffer);
      const words = new Int32Array(kernels.memory.buffer);
      const run = (op: readonly number[]): number => {
        floats.fill(0.5, START / 4);
        floats[X / 4 + at] = bad;
        words.fill(0, place / 4, place / 4 + 48);
        words.set(op, place / 4);
        return kernels.run(place, 3, place + 160);
      };
      expect(run([CODE.bceGradient, X, Y, 1, 17, 24, bits(1)])).toBe(0);
      expect(run([CODE.bceHead, X, W, W + 64, W + 128, Y, W, W, X, 1, 17, 24, bits(1), 1])).toBe(0);
      expect(run([CODE.softmaxGradient, X, Y, 3, 17, 24, bits(1)])).toBe(0);
      expect(run([CODE.mseGradient, X, Y, 3, 17, 24, bits(1)])).toBe(0);
      expect(run([CODE.gradientDescent, X, Y, 17])).toBe(-1);
      expect(run([CODE.gradientDescent, W, Y, 17])).toBe(3);
    }
  }
});

test("the elementary functions stay within two units in the last place", () => {
  const ulps = (got: number, want: number): number => {
    const size = 2 ** (Math.floor(Math.log2(Math.abs(want))) - 23);
    return Math.abs(got - want) / size;
  };
  for (let i = -8000; i <= 8000; i++) {
    const x = Math.fround(i / 92);
    expect(ulps(expTwin(x), Math.exp(x))).toBeLessThan(1.01);
    const u = Math.fround(Math.abs(i) / 8000);
    if (u > 0) expect(ulps(log1pTwin(u), Math.log1p(u))).toBeLessThan(2);
    const above = Math.fround(1.0001 + Math.abs(i) / 100);
    expect(ulps(logTwin(above), Math.log(above))).toBeLessThan(2);
    const t = Math.fround(i / 800);
    const e = expTwin(Math.fround(-2 * Math.abs(t)));
    const value = tanhFromTwin(t, e, Math.fround(1 / Math.fround(1 + e)));
    if (t !== 0) expect(ulps(value, Math.tanh(t))).toBeLessThan(2);
  }
});

/** How often an instruction's bytes occur. */
const occurrences = (mode: KernelMode, instruction: readonly number[]): number => {
  const module = Buffer.from(kernelBinary(mode));
  const wanted = Buffer.from(instruction);
  let count = 0;
  for (let at = module.indexOf(wanted); at >= 0; at = module.indexOf(wanted, at + 1)) count++;
  return count;
};

test("the kernels are SIMD: multiply and add apart in the strict module, relaxed and joined in the fast one", () => {
  const [multiply, relaxed] = [
    [0xfd, 0xe6, 0x01],
    [0xfd, 0x85, 0x02],
  ];
  expect(occurrences("strict", multiply!)).toBeGreaterThan(200);
  expect(occurrences("strict", relaxed!)).toBe(0);
  expect(occurrences("fast", relaxed!)).toBeGreaterThan(150);
});

test("a module is compiled once, and fast is there exactly where relaxed SIMD validates", () => {
  expect(kernelModule("strict")).toBe(kernelModule("strict"));
  if (hasFastKernels()) expect(kernelModule("fast")).not.toBe(kernelModule("strict"));
  else expect(() => kernelModule("fast")).toThrow("relaxed SIMD");
});
