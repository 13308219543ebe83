/**
 * @file The operations of a plan, as kernels/run.asm.ts reads them: a code, then arguments. Pointers are
 * byte addresses; a float argument is carried by its bits.
 */

export { CODE } from "../../kernels/index.ts";

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

/** The words of a list of operations, closed by an `end`. */
export const encode = (ops: readonly Op[]): Int32Array => {
  const words = new Int32Array((ops.length + 1) * OP_WORDS);
  ops.forEach((op, index) => {
    words.set(op, index * OP_WORDS);
  });
  return words;
};
