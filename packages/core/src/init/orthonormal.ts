import type { FloatArray } from "../base/index.ts";
import { openQrWorkshop } from "../kernels/index.ts";
import { householder, openPlainWorkshop } from "../math/index.ts";
import type { Source } from "../random/index.ts";

/** Values that opening the kernels, of a millisecond or so, pays for. */
const WORTH_OPENING = 16384;

/**
 * A random matrix `[rows, cols]` whose shorter axis is orthonormal, uniformly distributed (Haar): Q of a
 * Gaussian matrix, each column times the sign of R's diagonal. Without the signs the distribution would
 * depend on the algorithm of the decomposition. [Mezzadri 2007] The Gaussian is drawn `[rows, cols]` into
 * `gaussian` and turned where that is wide; a stateless source's is drawn upright. It is read element by
 * element: beside `gaussian` only the decomposition holds it, once.
 */
export const orthonormal = (
  rows: number,
  cols: number,
  source: Source,
  gaussian: FloatArray,
): ((row: number, col: number) => number) => {
  source.fill(gaussian, { kind: "normal", mean: 0, std: 1 });
  // Those libraries decompose [in, out], so that a square matrix is turned where ours stands.
  const tall = source.stateless === true ? rows > cols : rows >= cols;
  const length = tall ? rows : cols;
  const width = tall ? cols : rows;
  const upright = tall || source.stateless === true;
  const open = rows * cols < WORTH_OPENING ? openPlainWorkshop : openQrWorkshop;
  const work = householder(length, width, open);
  for (let i = 0; i < length; i++) {
    for (let j = 0; j < width; j++) work.write(i, j, gaussian[upright ? i * width + j : j * length + i]!);
  }
  work.factor();
  const signs = Float64Array.from({ length: width }, (_, j) => (work.read(j, j) >= 0 ? 1 : -1));
  work.formQ();
  return tall
    ? (row, col) => signs[col]! * work.read(row, col)
    : (row, col) => signs[row]! * work.read(col, row);
};
