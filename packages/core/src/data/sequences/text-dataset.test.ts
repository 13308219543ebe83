import { expect, test } from "vitest";
import { checkDataset } from "../check-dataset.ts";
import type { Split } from "../dataset.ts";
import { textDataset } from "./index.ts";

const said = ({ count }: Split, values: Float64Array, vocabulary: readonly string[]): string[] =>
  Array.from({ length: count }, (_, s) =>
    Array.from({ length: values.length / count }, (_, k) => vocabulary[values[k * count + s]!]).join(""),
  );

const TEXT = "The quick brown fox jumps over the lazy dog, and the dog does not mind.";

test("sequences follow one another, each labelled with the next characters; the last ones test", () => {
  const data = textDataset(TEXT, { length: 10, testFraction: 0.3 });
  expect(() => checkDataset("data", data)).not.toThrow();
  const { train, test: held, vocabulary = [] } = data;
  expect(vocabulary).toEqual([...new Set(TEXT)].sort());
  expect(data.input).toEqual({ tokens: vocabulary.length, length: 10 });
  // 71 characters: seven sequences and the character after the last.
  expect([train.count, held!.count]).toEqual([5, 2]);
  const sequences = Array.from({ length: 7 }, (_, s) => TEXT.slice(10 * s, 10 * s + 10));
  const next = Array.from({ length: 7 }, (_, s) => TEXT.slice(10 * s + 1, 10 * s + 11));
  expect(said(train, train.x, vocabulary)).toEqual(sequences.slice(0, 5));
  expect(said(train, train.y, vocabulary)).toEqual(next.slice(0, 5));
  expect(said(held!, held!.x, vocabulary)).toEqual(sequences.slice(5));
  expect(said(held!, held!.y, vocabulary)).toEqual(next.slice(5));
});

test("samples are taken from the start of each part", () => {
  const all = textDataset(TEXT, { length: 5, testFraction: 0.5 });
  const some = textDataset(TEXT, { length: 5, testFraction: 0.5, samples: 2, testSamples: 3 });
  const { vocabulary = [] } = all;
  expect(said(some.train, some.train.x, vocabulary)).toEqual(
    said(all.train, all.train.x, vocabulary).slice(0, 2),
  );
  expect(said(some.test!, some.test!.x, vocabulary)).toEqual(
    said(all.test!, all.test!.x, vocabulary).slice(0, 3),
  );
  expect(textDataset(TEXT, { length: 5, testSamples: 0 }).test).toBeNull();
  expect(() => textDataset(TEXT, { length: 5, samples: 14 })).toThrow(
    "text: expected samples to be an integer from 1 to 13, got 14",
  );
});

test("a text of one sequence trains alone", () => {
  const data = textDataset("abc", { length: 2 });
  expect([data.train.count, data.test]).toEqual([1, null]);
});

test("characters are code points, in the order of Unicode", () => {
  const data = textDataset("😀ﬀé😀", { length: 3 });
  expect(data.vocabulary).toEqual(["é", "ﬀ", "😀"]);
  expect([...data.train.x]).toEqual([2, 1, 0]);
});

test("a vocabulary that is given decides the tokens", () => {
  const data = textDataset("abab", { length: 2, vocabulary: "xba" });
  expect(data.classes).toBe(3);
  expect([...data.train.x]).toEqual([2, 1]);
  expect(() => textDataset("ab\nabcab", { length: 2, vocabulary: "ab\n" })).toThrow(
    'text: expected characters of the vocabulary alone, got "c" at line 2, character 3',
  );
  expect(() => textDataset("abab", { length: 2, vocabulary: "aba" })).toThrow("once, got one twice");
});

test("what is no text to learn from is refused with what to do", () => {
  expect(() => textDataset("", { name: "a.txt" })).toThrow("a.txt: expected a text, got an empty one");
  expect(() => textDataset("x".repeat(64))).toThrow(
    "text: expected at least 65 characters, a sequence of 64 and the one after it, got 64.\n" +
      "  Take a longer text, or a length of at most 63.",
  );
  expect(() => textDataset("aaaaaa", { length: 2 })).toThrow(
    'expected at least 2 different characters, got "a" alone',
  );
  expect(() => textDataset(TEXT, { length: 1 })).toThrow("expected length to be an integer ≥ 2, got 1");
  expect(() => textDataset(TEXT, { testFraction: 1 })).toThrow("expected testFraction from 0 to below 1");
  expect(() => textDataset("ab".repeat(5_000_001), { length: 2 })).toThrow(
    "expected at most 10,000,000 characters, got 10,000,002",
  );
});
