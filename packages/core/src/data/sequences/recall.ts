import { KIND, type KindsOf, optionsOf } from "../../base/index.ts";
import { key } from "../../random/index.ts";
import type { Dataset, Split } from "../dataset.ts";
import {
  checkCount,
  checkSequences,
  SEQUENCE_DEFAULTS,
  SEQUENCE_OPTIONS,
  type SequenceOptions,
} from "./sequence-options.ts";

export interface RecallOptions extends SequenceOptions {
  /** How many tokens are to be said again; 8 by default, which makes sequences of 16. */
  readonly length?: number;
  /** How many tokens there are to draw from, without the separator; 10 by default. */
  readonly tokens?: number;
}

const RECALL_OPTIONS: KindsOf<RecallOptions> = {
  ...SEQUENCE_OPTIONS,
  length: KIND.number,
  tokens: KIND.number,
};

/** Positions of a sequence, and tokens, at most. */
const MOST = { length: 512, tokens: 1000 } as const;

/**
 * n tokens, a separator, and n − 1 of the tokens that are to be said: at the separator and after it the next of them is
 * to be predicted. `said` is the place, among the n, of the k-th that is to be said.
 */
export const recall = (
  name: string,
  given: RecallOptions,
  said: (k: number, length: number) => number,
): Dataset => {
  const { length = 8, tokens = 10, ...rest } = optionsOf(name, given, RECALL_OPTIONS);
  checkCount(name, "length", length, 2, MOST.length);
  checkCount(name, "tokens", tokens, 2, MOST.tokens);
  const positions = 2 * length;
  const { samples, testSamples, seed, testSeed } = checkSequences(name, rest, positions);
  const separator = tokens;

  const split = (part: string, count: number, from: number): Split => {
    const drawn = new Float64Array(length * count);
    key(from, "data", `${name}/${part}`).fill(drawn, { kind: "uniform", low: 0, high: tokens });
    const x = new Float64Array(positions * count);
    const y = new Float64Array(positions * count).fill(-1);
    for (let s = 0; s < count; s++) {
      const token = (place: number): number => Math.min(tokens - 1, Math.floor(drawn[s * length + place]!));
      for (let k = 0; k < length; k++) {
        const after = token(said(k, length));
        x[k * count + s] = token(k);
        y[(length + k) * count + s] = after;
        if (k < length - 1) x[(length + 1 + k) * count + s] = after;
      }
      x[length * count + s] = separator;
    }
    return { count, x, y };
  };

  return {
    name,
    task: "classes",
    features: positions,
    input: { tokens: tokens + 1, length: positions },
    positions,
    classes: tokens + 1,
    outputs: 1,
    train: split("train", samples, seed),
    test: testSamples === 0 ? null : split("test", testSamples, testSeed),
    options: { samples, testSamples, seed, testSeed, length, tokens },
    defaults: SEQUENCE_DEFAULTS,
  };
};
