import type { Dataset } from "../dataset.ts";
import { type RecallOptions, recall } from "./recall.ts";

/**
 * Sequences to copy: `length` tokens drawn evenly from `tokens`, a separator (the highest token), and the same again.
 * The label at each position is the token that follows; the first half counts for nothing (−1), since nothing says it.
 * A network has to look back by a fixed distance, which attention does and a layer at each position alone cannot.
 *
 * ```ts
 * const { train, input } = copy({ samples: 1, testSamples: 0, length: 2, tokens: 5, seed: 3 });
 * input; // { tokens: 6, length: 4 }
 * [...train.x]; // [3, 0, 5, 3]
 * [...train.y]; // [-1, -1, 3, 0]
 * ```
 *
 * Errors: `InputError` on a length below 2, fewer than 2 tokens, and counts that are none.
 */
export const copy = (options: RecallOptions = {}): Dataset => recall("copy", options, (k) => k);
