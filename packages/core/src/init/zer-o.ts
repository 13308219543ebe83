import { fansOf, sizeOf } from "../base/index.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";
import { centreOf, structured } from "./structured.ts";

/**
 * ZerO: nothing but 0 and ±c, nothing random. No more outputs than inputs: the identity. More: the
 * first columns of a Hadamard matrix, scaled to unit length.
 *
 * An identity with further outputs at 0 would keep those equal for ever; the Hadamard rows differ from
 * each other, so no two units start the same. In a convolution it stands at the kernel's centre, k / 2.
 * [1, algorithm 1]
 *
 * ```ts
 * zerO().draw([2, 3], key(0)).data; // Float32Array [1, 0, 0, 0, 1, 0]
 * zerO().draw([4, 2], key(0)).data; // Float32Array [0.5, 0.5, 0.5, -0.5, 0.5, 0.5, 0.5, -0.5]
 * ```
 *
 * [1] Zhao et al. 2022, https://arxiv.org/abs/2110.12661
 */
export const zerO = (): Initializer =>
  structured({
    name: "zerO",
    random: false,
    check: (shape) => void fansOf(shape, "zerO"),
    fill: (out, [rows, cols, ...kernel]) => {
      const field = sizeOf(kernel);
      const centre = centreOf(kernel, "up");
      const element = rows! <= cols! ? identityElement : hadamardElement(rows!);
      for (let i = 0; i < rows!; i++) {
        for (let j = 0; j < cols!; j++) out[(i * cols! + j) * field + centre] = element(i, j);
      }
    },
  });

const identityElement = (i: number, j: number): number => (i === j ? 1 : 0);

/** Sylvester's H of the next power of two, over the root of its size: −1 where i and j share an odd number of bits. */
const hadamardElement = (rows: number): ((i: number, j: number) => number) => {
  let size = 1;
  while (size < rows) size *= 2;
  const value = 1 / Math.sqrt(size);
  return (i, j) => (hasOddBits(i & j) ? -value : value);
};

const hasOddBits = (word: number): boolean => {
  let bits = word;
  for (let half = 16; half > 0; half >>= 1) bits ^= bits >>> half;
  return (bits & 1) === 1;
};

export const zerOEntry = initializerEntry({
  name: "zerO",
  aliases: [],
  summary: "Identity or Hadamard matrices: nothing is random, yet no two units are the same.",
  formula: "W = I where out ≤ in, else I · H / √p · I with p the next power of two after out",
  text:
    "Shows that training does not need randomness: it needs units that differ. A widening layer that " +
    "repeats its inputs or leaves units at 0 would be confined to the width of its input; the Hadamard matrix is not.",
  references: ["Zhao et al. 2022, ZerO initialization, https://arxiv.org/abs/2110.12661"],
  options: {},
  valueOption: null,
  create: zerO,
});
