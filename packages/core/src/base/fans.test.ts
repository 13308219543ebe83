import { describe, expect, test } from "vitest";
import { InputError } from "./errors.ts";
import { fans, fansOf, type WeightKind } from "./fans.ts";

/**
 * Counts connections of a 1-D layer from its definition, far from the borders: how many (input, tap)
 * pairs feed an output on average, and how many (output, tap) pairs an input feeds.
 */
const count = ({ taps, groupIn, groupOut, stride }: Record<string, number>) => {
  const length = 120;
  const into = new Array<number>(length * stride!).fill(0);
  const from = new Array<number>(length).fill(0);
  for (let i = 0; i < length; i++) {
    for (let t = 0; t < taps!; t++) {
      into[(i * stride! + t) % into.length]! += groupIn!;
      from[i]! += groupOut!;
    }
  }
  return { fanIn: into.reduce((sum, n) => sum + n, 0) / into.length, fanOut: from[60]! };
};

describe("the fans of a kind equal the connections counted", () => {
  const cases: [string, number[], WeightKind, Record<string, number>][] = [
    ["a 1-D convolution", [6, 4, 3], { kind: "conv" }, { taps: 3, groupIn: 4, groupOut: 6, stride: 1 }],
    [
      "a grouped convolution",
      [6, 4, 3],
      { kind: "conv", groups: 2 },
      { taps: 3, groupIn: 4, groupOut: 3, stride: 1 },
    ],
    [
      "a depthwise convolution",
      [10, 1, 5],
      { kind: "depthwise", multiplier: 2 },
      { taps: 5, groupIn: 1, groupOut: 2, stride: 1 },
    ],
    [
      "a transposed convolution with a stride",
      [6, 4, 5],
      { kind: "transposed", stride: 2 },
      { taps: 5, groupIn: 4, groupOut: 6, stride: 2 },
    ],
  ];
  test.each(cases)("%s", (_, shape, kind, layer) => {
    expect(fans(shape, kind)).toEqual(count(layer as never));
  });
});

test("kernels of one to three axes count every position", () => {
  expect(fans([8, 4, 3], { kind: "conv" })).toEqual({ fanIn: 12, fanOut: 24 });
  expect(fans([8, 4, 3, 5], { kind: "conv" })).toEqual({ fanIn: 60, fanOut: 120 });
  expect(fans([8, 4, 3, 5, 7], { kind: "conv" })).toEqual({ fanIn: 420, fanOut: 840 });
});

test("a stride may differ by axis", () => {
  expect(fans([8, 4, 4, 6], { kind: "transposed", stride: [2, 3] })).toEqual({ fanIn: 16, fanOut: 192 });
});

test("a packed projection has the fans of one of its parts", () => {
  expect(fans([1536, 512], { kind: "packed", parts: 3 })).toEqual(fansOf([512, 512]));
});

test.each<[number[], WeightKind | undefined]>([
  [[5], undefined],
  [[], undefined],
  [[-1, 2], undefined],
  [[4, 3, 3], { kind: "dense" }],
  [[4, 3], { kind: "conv" }],
  [[4, 3, 3, 3, 3, 3], { kind: "conv" }],
  [[4, 3, 3], { kind: "conv", groups: 3 }],
  [[4, 3, 3], { kind: "conv", groups: 0 }],
  [[4, 3, 3], { kind: "depthwise" }],
  [[4, 3, 3], { kind: "transposed", stride: [1, 1] }],
  [[4, 3, 3], { kind: "transposed", stride: 0 }],
  [[4], { kind: "embedding" }],
  [[4, 3], { kind: "packed", parts: 3 }],
  [[4, 3], { kind: "toString" as never }],
])("%j as %j is refused", (shape, kind) => {
  expect(() => fans(shape, kind)).toThrow(InputError);
});
