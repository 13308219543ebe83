import { type FloatArray, InputError } from "../base/index.ts";
import type { Source } from "../random/index.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";
import { canonicalOptions, checkNonNegative, checkOptions } from "./options.ts";
import { checkMatrix, structured } from "./structured.ts";

export interface SparseOptions {
  /** Share of zeros, 0 to 1. */
  readonly sparsity?: number;
  /** Of the elements that are not zero. */
  readonly std?: number;
}

const DEFAULTS = { sparsity: 0.9, std: 0.01 };

/**
 * Sparse: Gaussian, with ⌈sparsity · out⌉ elements of each column 0, so that an input reaches few units.
 *
 * Few large weights keep units different and unsaturated where many small ones average out. [1]
 *
 * ```ts
 * const w = sparse({ sparsity: 0.75, std: 1 }).draw([4, 1], key(0)).data;
 * w.filter((x) => x === 0).length; // 3
 * sparse({ sparsity: 0.75, std: 1 }).std([4, 1]); // 0.5
 * ```
 *
 * [1] Martens 2010, Deep learning via Hessian-free optimization, §5
 */
export const sparse = (options: SparseOptions = {}): Initializer => {
  const { sparsity = DEFAULTS.sparsity, std = DEFAULTS.std } = checkOptions(sparseEntry, options);
  checkNonNegative("sparse", "std", std);
  if (!(sparsity >= 0 && sparsity <= 1)) {
    throw new InputError("sparse", `expected sparsity from 0 to 1, got ${String(sparsity)}`);
  }
  return structured({
    name: "sparse",
    options: canonicalOptions({ sparsity, std }, DEFAULTS),
    random: std > 0 && sparsity < 1,
    check: (shape) => checkMatrix("sparse", shape),
    std: ([rows]) => (rows === 0 ? null : std * Math.sqrt(1 - Math.ceil(sparsity * rows!) / rows!)),
    fill: (out, [rows, cols], source) => {
      if (source.stateless === true) {
        throw new InputError(
          "sparse",
          `expected a generator of one stream, got ${source.generator}`,
          "Its library has no sparse initializer: use generator stepzero, numpy, numpy-default-rng or pytorch.",
        );
      }
      source.fill(out, { kind: "normal", mean: 0, std });
      const zeros = Math.ceil(sparsity * rows!);
      const order = source.generator === "stepzero" ? keyedOrder(out, source) : streamOrder(source);
      for (let j = 0; j < cols!; j++) {
        const rowsInOrder = order(rows!, j);
        for (let k = 0; k < zeros; k++) out[rowsInOrder[k]! * cols! + j] = 0;
      }
    },
  });
};

/** A random order of the rows, for column after column. */
type RowOrder = (rows: number, column: number) => Uint32Array;

/** By uniforms, which follow on the elements of the tensor. */
const keyedOrder = (out: FloatArray, source: Source): RowOrder => {
  return (rows, column) => {
    const ranks = new Float32Array(rows);
    source.fill(ranks, { kind: "uniform", low: 0, high: 1 }, out.length + column * rows);
    return Uint32Array.from(ranks.keys()).sort((a, b) => ranks[a]! - ranks[b]! || a - b);
  };
};

/** By the stream's own shuffle. */
const streamOrder =
  (source: Source): RowOrder =>
  (rows) => {
    const order = Uint32Array.from({ length: rows }, (_, row) => row);
    source.shuffle(order);
    return order;
  };

export const sparseEntry = initializerEntry({
  name: "sparse",
  aliases: [],
  summary: "Gaussian with most elements of each column 0: an input reaches few units.",
  formula: "⌈sparsity · out⌉ elements of each column 0, the others N(0, std²)",
  text:
    "Each input reaches a fixed number of units, so units differ by which inputs they see, and the weights can be " +
    "large without saturating them.",
  references: ["Martens 2010, Deep learning via Hessian-free optimization, §5"],
  options: {
    sparsity: { summary: "Share of zeros, 0 to 1.", default: DEFAULTS.sparsity },
    std: { summary: "Standard deviation of the other elements.", default: DEFAULTS.std },
  },
  needs: "a dense layer",
  valueOption: null,
  create: (options) => sparse(options),
});
