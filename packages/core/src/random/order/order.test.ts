import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { fanInUniform } from "../../init/index.ts";
import { pytorch } from "../index.ts";
import { batchOrder, ORDERS } from "./index.ts";
import golden from "./order.golden.json" with { type: "json" };

interface Case {
  readonly order: "pytorch" | "numpy";
  readonly seed: number;
  readonly count: number;
  readonly layers: readonly number[] | null;
  readonly epochs: readonly { readonly first: readonly number[]; readonly sha256: string }[];
}

/** Words that PyTorch's own start takes for the kernels and biases of a stack of linear layers. */
const wordsOf = (seed: number, layers: readonly number[]): number => {
  const source = pytorch(seed);
  layers.slice(1).forEach((outputs, i) => {
    const inputs = layers[i]!;
    fanInUniform().draw([outputs, inputs], source);
    fanInUniform().draw([outputs], source, { fans: { fanIn: inputs, fanOut: outputs } });
  });
  return source.words!();
};

test.each(golden.cases as unknown as Case[])(
  "$order, seed $seed, $count samples after $layers is the library's own in three epochs",
  ({ order, seed, count, layers, epochs }) => {
    const words = layers === null ? 0 : wordsOf(seed, layers);
    const orderOf = batchOrder(order, count, { seed, words });
    // Also backwards: a rewound run begins anew.
    for (const epoch of [0, 1, 2, 0, 2]) {
      const got = orderOf(epoch);
      expect([...got.subarray(0, 20)]).toEqual(epochs[epoch]!.first);
      const bytes = new Uint8Array(got.buffer, got.byteOffset, got.byteLength);
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(epochs[epoch]!.sha256);
    }
  },
);

test.each(ORDERS)("%s gives permutations", (name) => {
  for (const count of [1, 2, 16, 17, 300]) {
    const orderOf = batchOrder(name, count, { seed: 3 });
    for (const epoch of [0, 4, 1])
      expect([...orderOf(epoch)].sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
  }
});

test("an unknown order is refused with the nearest", () => {
  expect(() => batchOrder("pytorhc" as "pytorch", 3, { seed: 0 })).toThrow('Did you mean "pytorch"?');
});
