import { expect, test } from "vitest";
import { openDrawKernels } from "../kernels/index.ts";
import { LOG_TABLE } from "../math/index.ts";
import type { Distribution } from "./distribution.ts";
import { fillFast } from "./fast-fill.ts";
import { key } from "./key.ts";
import { fillPlainly } from "./plain-fill.ts";
import { quantileOf } from "./quantile.ts";

const LAWS: Distribution[] = [
  { kind: "uniform", low: -1, high: 3 },
  { kind: "normal", mean: 0, std: 0.05 },
  { kind: "normal", mean: 1, std: 2 },
  { kind: "truncatedNormal", mean: 0, std: 1.1368, low: -2.2736, high: 2.2736 },
  { kind: "truncatedNormal", mean: 0.5, std: 1, low: 3, high: 5 },
  { kind: "truncatedNormal", mean: 0, std: 1, low: -6, high: -2 },
];
const STREAM = { seed: 0xfedcba98, role: 7, pathLow: 0x89abcdef, pathHigh: 0x12345678 };
const bits = (values: Float32Array) => new Uint32Array(values.buffer);

const both = (law: Distribution, start: number, length: number) => {
  const fast = new Float32Array(length);
  const plain = new Float32Array(length);
  expect(fillFast(fast, law, start, STREAM)).toBe(true);
  fillPlainly(plain, law, start, STREAM);
  return [bits(fast), bits(plain)];
};

test("a first small draw does not compile the kernels", () => {
  expect(fillFast(new Float32Array(100), LAWS[1]!, 0, STREAM)).toBe(false);
});

test.each(LAWS)("the fast fill gives the plain one's bits from any start, with every tail: %o", (law) => {
  const [fast, plain] = both(law, 0, 10_000);
  expect(fast).toEqual(plain);
  for (let start = 0; start < 9; start++) {
    for (const length of [1, 2, 3, 4, 5, 15, 16, 17, 2043, 2048, 2049, 4099]) {
      const [part, wanted] = both(law, start, length);
      expect(part).toEqual(wanted);
    }
  }
});

test("shards agree with the whole, however many there are, whether kernels draw them or not", () => {
  const size = 30_011;
  const draw = (start: number, end: number) => {
    const part = new Float32Array(end - start);
    key(5).at("a").fill(part, LAWS[2]!, start);
    return part;
  };
  const whole = draw(0, size);
  for (const shards of [2, 3, 7, 1000]) {
    const edge = (shard: number) => Math.floor((shard * size) / shards);
    const joined = Array.from({ length: shards }, (_, i) => [...draw(edge(i), edge(i + 1))]).flat();
    expect(bits(Float32Array.from(joined))).toEqual(bits(whole));
  }
});

test("a range across the end of the counter's first word carries into the second", () => {
  for (const start of [4 * 2 ** 32 - 5, 4 * 2 ** 32, 12 * 2 ** 32 - 1, 2 ** 52]) {
    const [fast, plain] = both(LAWS[1]!, start, 40);
    expect(fast).toEqual(plain);
  }
});

test("the kernel of the normal distribution is the quantile function at every kind of word", () => {
  const kernels = openDrawKernels();
  const n = 4096;
  const logs = Math.ceil(kernels.HEAP.value / 16) * 16;
  const [words, values, tails] = [logs + LOG_TABLE.byteLength, logs + 20_000, logs + 40_000];
  new Float64Array(kernels.memory.buffer, logs, LOG_TABLE.length).set(LOG_TABLE);
  const input = new Uint32Array(kernels.memory.buffer, words, n);
  const output = new Float32Array(kernels.memory.buffer, values, n);
  const law = { kind: "normal", mean: 0.25, std: 3 } as const;
  const quantile = quantileOf(law);
  // The extreme tails, the borders of the tails (0.075 and 0.925), and the middle.
  for (const first of [0, -n, 322122547 - n / 2, 3972844749 - n / 2, 2 ** 31 - n / 2]) {
    input.forEach((_, i) => {
      input[i] = first + i;
    });
    kernels.normal(words, values, n, tails, logs, 0, 0, 1, law.mean, law.std);
    const wanted = Float32Array.from(input, (word) => quantile((word + 0.5) / 2 ** 32));
    expect(bits(output.slice())).toEqual(bits(wanted));
  }
});

test("float64 tensors get the float32 draws, widened", () => {
  const wide = new Float64Array(5000);
  const narrow = new Float32Array(5000);
  expect(fillFast(wide, LAWS[1]!, 3, STREAM)).toBe(true);
  fillPlainly(narrow, LAWS[1]!, 3, STREAM);
  expect([...wide]).toEqual([...narrow]);
});

test("what the kernels have no branch for is left to the plain fill", () => {
  const out = new Float32Array(5000).fill(9);
  const far: Distribution = { kind: "truncatedNormal", mean: 0, std: 1, low: 7, high: 9 };
  expect(fillFast(out, far, 0, STREAM)).toBe(false);
  expect(fillFast(out, { kind: "constant", value: 1 }, 0, STREAM)).toBe(false);
  expect(out.every((value) => value === 9)).toBe(true);
});
