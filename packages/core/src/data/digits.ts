import { InputError, KIND, type KindsOf, optionsOf } from "../base/index.ts";
import { key } from "../random/index.ts";
import { REAL_DATA_DEFAULTS } from "./data-defaults.ts";
import type { Dataset, Split } from "./dataset.ts";
import { DIGITS_TEXT } from "./digits-text.ts";

export interface DigitsOptions {
  /** Share of the samples that test, drawn by the seed; 0 for none. */
  readonly testFraction?: number;
  readonly seed?: number;
}

const DIGITS_OPTIONS: KindsOf<DigitsOptions> = { testFraction: KIND.number, seed: KIND.number };

const COUNT = 1797;
const FEATURES = 64;
const CLASSES = 10;
const LARGEST = 16;

/**
 * Optical recognition of handwritten digits [1]: 1,797 images of 8 × 8, each value (0 to 16) divided by 16. The seed
 * shuffles them, and the first `testFraction` (0.25 by default) of them test.
 *
 * [1] Alpaydin and Kaynak 1998, UCI Machine Learning Repository, https://doi.org/10.24432/C50P49, CC BY 4.0
 */
export const digits = async (given: DigitsOptions = {}): Promise<Dataset> => {
  const { testFraction = 0.25, seed = 1 } = optionsOf("digits", given, DIGITS_OPTIONS);
  const tests = Math.round(COUNT * testFraction);
  if (!(testFraction >= 0 && tests < COUNT)) {
    throw new InputError("digits", `expected testFraction from 0 to below 1, got ${testFraction}`);
  }
  const order = Uint32Array.from({ length: COUNT }, (_, i) => i);
  key(seed, "data", "split").shuffle(order);
  const table = await digitsTable();
  const split = (rows: Uint32Array): Split => ({
    count: rows.length,
    x: Float64Array.from(
      { length: FEATURES * rows.length },
      (_, at) => table[rows[at % rows.length]! * FEATURES + Math.floor(at / rows.length)]! / LARGEST,
    ),
    y: Float64Array.from(rows, (row) => table[COUNT * FEATURES + row]!),
  });
  return {
    name: "digits",
    task: "classes",
    features: FEATURES,
    input: [1, 8, 8],
    classes: CLASSES,
    outputs: 1,
    train: split(order.slice(tests)),
    test: tests === 0 ? null : split(order.slice(0, tests)),
    options: { testFraction, seed },
    defaults: REAL_DATA_DEFAULTS,
  };
};

/** 1,797 rows of 64 values, then their labels. */
export const digitsTable = async (): Promise<Uint8Array> => {
  const packed = Uint8Array.from(atob(DIGITS_TEXT), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
};
