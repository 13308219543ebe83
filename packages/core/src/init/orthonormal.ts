import { allocate, type Dtype } from "../base/index.ts";
import { openQrWorkshop } from "../kernels/index.ts";
import { openPlainWorkshop, qr } from "../math/index.ts";
import type { Source } from "../random/index.ts";

/** Values that opening the kernels, of a millisecond or so, pays for. */
const WORTH_OPENING = 16384;

/**
 * A random matrix `[rows, cols]`, row-major, whose shorter axis is orthonormal, uniformly distributed
 * (Haar): Q of a Gaussian matrix, each column times the sign of R's diagonal. Without the signs the
 * distribution would depend on the algorithm of the decomposition. [Mezzadri 2007] The Gaussian is drawn
 * `[rows, cols]` and turned where that is wide; a stateless source's is drawn upright.
 */
export const orthonormal = (rows: number, cols: number, source: Source, dtype: Dtype): Float64Array => {
  const gaussian = allocate(dtype, rows * cols);
  source.fill(gaussian, { kind: "normal", mean: 0, std: 1 });
  const tall = rows >= cols;
  const length = tall ? rows : cols;
  const width = tall ? cols : rows;
  const upright = tall || source.stateless === true;
  const open = rows * cols < WORTH_OPENING ? openPlainWorkshop : openQrWorkshop;
  const { q, r } = qr(upright ? gaussian : transposed(gaussian, rows, cols), length, width, open);
  for (let j = 0; j < width; j++) {
    if (r[j * width + j]! >= 0) continue;
    for (let i = 0; i < length; i++) q[i * width + j]! *= -1;
  }
  return tall ? q : transposed(q, length, width);
};

const transposed = (a: ArrayLike<number>, rows: number, cols: number): Float64Array => {
  const result = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) result[j * rows + i] = a[i * cols + j]!;
  return result;
};

export const dtypeOf = (values: Float32Array | Float64Array): Dtype =>
  values instanceof Float32Array ? "float32" : "float64";
