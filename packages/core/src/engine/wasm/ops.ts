/**
 * @file The operations of a plan, as kernels/run.asm.ts reads them: a code, then arguments. Pointers are
 * byte addresses; a float argument is carried by its bits.
 */

/** One operation: a code and up to 15 arguments. */
export type Op = readonly number[];

export const OP_WORDS = 16;
export const OP_BYTES = 4 * OP_WORDS;

const scratch = new DataView(new ArrayBuffer(4));

/** The bits of the float32 nearest to `value`, as an int32. */
export const bitsOf = (value: number): number => {
  scratch.setFloat32(0, value, true);
  return scratch.getInt32(0, true);
};

/** The float32 whose bits an argument carries. */
export const floatOf = (bits: number): number => {
  scratch.setInt32(0, bits, true);
  return scratch.getFloat32(0, true);
};

/** Codes in the order of kernels/run.asm.ts. */
export const CODE = {
  end: 0,
  denseForward: 1,
  denseBackwardWeights: 2,
  sumRows: 3,
  denseBackwardInput: 4,
  bceGradient: 5,
  softmaxGradient: 6,
  mseGradient: 7,
  gradientDescent: 8,
  gather: 9,
  nextBatch: 10,
  clear: 11,
  bceValue: 12,
  softmaxValue: 13,
  mseValue: 14,
  sumSquares: 15,
  markAlive: 16,
  countOutside: 17,
  spread: 18,
  distinctUnits: 19,
  multiply: 20,
  leakyRelu: 32,
  tanh: 33,
  sigmoid: 34,
  elu: 35,
  silu: 36,
  softplus: 37,
  mish: 38,
  gelu: 39,
  geluTanh: 40,
  hard: 41,
  hardSwish: 42,
  softsign: 43,
  sin: 44,
} as const;

/** The words of a list of operations, closed by an `end`. */
export const encode = (ops: readonly Op[]): Int32Array => {
  const words = new Int32Array((ops.length + 1) * OP_WORDS);
  ops.forEach((op, index) => {
    words.set(op, index * OP_WORDS);
  });
  return words;
};
