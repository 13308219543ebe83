import { describe, expect, test } from "vitest";
import type { Dataset, Split } from "../dataset.ts";
import { checkDataset, classFrequencies } from "../index.ts";
import { copy, modularAddition, reversed } from "./index.ts";

/** A sample as it is read: its values or labels position by position. */
const rowsOf = ({ count }: Split, values: Float64Array): number[][] =>
  Array.from({ length: count }, (_, s) =>
    Array.from({ length: values.length / count }, (_, position) => values[position * count + s]!),
  );

describe.each([
  { make: copy, name: "copy", turned: (said: number[]) => said },
  { make: reversed, name: "reversed", turned: (said: number[]) => said.toReversed() },
])("$name", ({ make, name, turned }) => {
  const data = make({ samples: 40, testSamples: 30, length: 5, tokens: 7, seed: 3, testSeed: 3 });

  test("says its tokens, a separator, and the same again in its order; only the second half counts", () => {
    expect(data).toMatchObject({ name, features: 10, positions: 10, classes: 8, task: "classes" });
    expect(data.input).toEqual({ tokens: 8, length: 10 });
    for (const part of [data.train, data.test!]) {
      const labels = rowsOf(part, part.y);
      rowsOf(part, part.x).forEach((tokens, s) => {
        const said = tokens.slice(0, 5);
        expect(said.every((token) => Number.isInteger(token) && token >= 0 && token < 7)).toBe(true);
        expect(tokens.slice(5)).toEqual([7, ...turned(said).slice(0, 4)]);
        expect(labels[s]).toEqual([-1, -1, -1, -1, -1, ...turned(said)]);
      });
    }
    expect(() => checkDataset("data", data)).not.toThrow();
  });

  test("has a test set of its own draw, and the same sequences from the same seed", () => {
    expect(data.test!.x.slice(0, 20)).not.toEqual(data.train.x.slice(0, 20));
    const asked = { samples: 40, length: 5, tokens: 7 };
    expect(make({ ...asked, seed: 3, testSamples: 0 }).train).toEqual(data.train);
    expect(make({ ...asked, seed: 3, testSamples: 0 }).test).toBeNull();
    expect(make({ ...asked, seed: 4 }).train).not.toEqual(data.train);
  });

  test("draws its tokens evenly", () => {
    const counts = classFrequencies(make({ samples: 4000, length: 4, tokens: 5 }));
    // 16,000 draws: 3,200 of each, with a standard deviation of 51; five of them.
    for (const count of counts.slice(0, 5)) expect(Math.abs(count - 3200)).toBeLessThan(253);
    expect(counts[5]).toBe(0);
  });
});

test("modular addition deals out every pair once, and answers at the last position alone", () => {
  const data = modularAddition({ modulus: 7, seed: 2 });
  expect([data.train.count, data.test!.count]).toEqual([37, 12]);
  const seen = new Set<string>();
  for (const part of [data.train, data.test!]) {
    const labels = rowsOf(part, part.y);
    rowsOf(part, part.x).forEach(([a, b, equals], s) => {
      seen.add(`${a}+${b}`);
      expect(equals).toBe(7);
      expect(labels[s]).toEqual([-1, -1, (a! + b!) % 7]);
    });
  }
  expect(seen.size).toBe(49);
  expect(modularAddition({ modulus: 7, seed: 2 }).train).toEqual(data.train);
  expect(modularAddition({ modulus: 7, seed: 3 }).train).not.toEqual(data.train);
});

test("fewer pairs than all leave the rest out", () => {
  const counts = (options: object): (number | undefined)[] => {
    const { train, test } = modularAddition({ modulus: 5, ...options });
    return [train.count, test?.count];
  };
  expect(counts({ samples: 10 })).toEqual([10, 6]);
  expect(counts({ samples: 10, testSamples: 15 })).toEqual([10, 15]);
  expect(counts({ samples: 23 })).toEqual([23, 2]);
  expect(counts({ samples: 25 })).toEqual([25, undefined]);
  expect(counts({ testSamples: 0 })).toEqual([25, undefined]);
  expect(() => counts({ samples: 20, testSamples: 6 })).toThrow("expected at most 25 pairs");
  expect(() => counts({ samples: 26 })).toThrow("expected samples to be an integer from 1 to 25, got 26");
});

test("what cannot be drawn is refused", () => {
  expect(() => copy({ length: 1 })).toThrow("copy: expected length to be an integer from 2 to 512, got 1");
  expect(() => reversed({ length: 2.5 })).toThrow("reversed: expected length");
  expect(() => copy({ tokens: 1 })).toThrow("copy: expected tokens to be an integer from 2 to 1000, got 1");
  expect(() => copy({ samples: 0 })).toThrow("copy: expected samples to be an integer ≥ 1, got 0");
  expect(() => copy({ samples: 1e6 })).toThrow(
    "expected at most 10,000,000 tokens in all sequences of a part, got 16,000,000",
  );
  expect(() => copy({ seed: -1 })).toThrow("copy: expected a seed");
  expect(() => copy({ noise: 0.1 } as object)).toThrow('copy: unknown option "noise"');
  expect(() => modularAddition({ modulus: 1 })).toThrow("modularAddition: expected modulus");
});

describe("sequences of one's own", () => {
  const data = copy({ samples: 2, testSamples: 0, length: 2, tokens: 3 });
  const changed = (change: Partial<Dataset>): (() => void) => {
    return () => checkDataset("data", { ...data, ...change });
  };
  const { train } = data;

  test("a token outside the vocabulary is refused", () => {
    expect(changed({ train: { ...train, x: train.x.with(1, 4) } })).toThrow(
      "expected train.x to hold tokens from 0 to 3, got 4",
    );
    expect(changed({ train: { ...train, x: train.x.with(1, 0.5) } })).toThrow("got 0.5");
    expect(changed({ train: { ...train, x: train.x.with(1, -1) } })).toThrow("got -1");
  });

  test("a label outside the classes, a sample in which nothing counts, and sizes that do not fit are refused", () => {
    expect(changed({ train: { ...train, y: train.y.with(7, 4) } })).toThrow(
      "expected train.y to hold classes from 0 to 3, and −1 where a position does not count, got 4",
    );
    expect(changed({ train: { ...train, y: train.y.map((label, i) => (i % 2 ? -1 : label)) } })).toThrow(
      "expected every sample of train.y to have a position that counts, got 1 without one",
    );
    expect(changed({ input: { tokens: 4, length: 3 } })).toThrow(
      "expected the data's input to be a shape of 4 values",
    );
    expect(changed({ positions: 3 })).toThrow("expected train.y to hold 6 values, got 8");
    expect(changed({ positions: 0 })).toThrow("expected the data's positions to be an integer ≥ 1, got 0");
  });
});
