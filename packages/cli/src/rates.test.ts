import { expect, test } from "vitest";
import { rates } from "./rates.ts";

const read = rates("--lr");

test.each<[string, number[] | "auto"]>([
  ["auto", "auto"],
  ["0.1", [0.1]],
  ["0.01, 0.1", [0.01, 0.1]],
  ["0.001..1:4", [0.001, 0.01, 0.1, 1]],
  ["1e-3..1e-1:3", [0.001, 0.01, 0.1]],
  ["0.001..0.1:3,1", [0.001, 0.01, 0.1, 1]],
])("%s are learning rates", (text, expected) => {
  expect(read(text)).toEqual(expected);
});

test.each([
  ["0.001..1", 'expected a range as in 0.001..1:7, got "0.001..1"'],
  ["1..0.001:7", 'expected 0 < low < high, got 1 and 0.001 in "1..0.001:7"'],
  ["0..1:7", "expected 0 < low < high, got 0 and 1"],
  ["0.001..1:1", "expected 2 to 100 rates, got 1"],
  ["0.001..1:2.5", "expected 2 to 100 rates, got 2.5"],
  ["0.001..1:x", 'expected a number, got "x"'],
  ["a..1:3", 'expected a number, got "a"'],
  ["auto,0.1", 'expected a number, got "auto"'],
  ["", "expected a comma-separated list"],
])("%j is refused", (text, message) => {
  expect(() => read(text)).toThrow(`--lr: ${message}`);
});
