import type { Dataset } from "../dataset.ts";
import { type RecallOptions, recall } from "./recall.ts";

/**
 * As `copy`, but the tokens are to be said from the last to the first: how far to look back differs from position to
 * position.
 *
 * ```ts
 * const { train } = reversed({ samples: 1, testSamples: 0, length: 2, tokens: 5, seed: 3 });
 * [...train.x]; // [1, 0, 5, 0]
 * [...train.y]; // [-1, -1, 0, 1]
 * ```
 *
 * Errors: as those of `copy`.
 */
export const reversed = (options: RecallOptions = {}): Dataset =>
  recall("reversed", options, (k, length) => length - 1 - k);
