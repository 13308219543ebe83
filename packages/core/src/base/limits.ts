import { InputError } from "./errors.ts";

/**
 * What can be asked for at most. Within these everything works in bounded memory; beyond them it is refused before it
 * is begun.
 *
 * ```ts
 * LIMITS.layers; // 10000
 * ```
 */
export const LIMITS = {
  /** Of a model. Shapes and plans of so many take seconds. */
  layers: 10_000,
  /** Numbers that a trained model learns: half a gigabyte in float32. */
  parameters: 134_217_728,
  /** Of a generated data set. */
  samples: 10_000_000,
  /** Tokens of one part of a sequence data set, samples × length, and characters of a text. */
  sequenceTokens: 10_000_000,
  /** Figures of one run over its log points: 4, and 6 per layer, at each. */
  logFigures: 8_388_608,
  /** Values that a comparison keeps of all its runs; each column counts for 50 values more. */
  keptValues: 134_217_728,
  /** Bytes of a study's file, which is one JavaScript string. */
  studyBytes: 450_000_000,
  /** Worker threads that can be asked for; at most 4 per core are started. */
  workers: 1024,
} as const;

/** Refuses more than a limit. `what` is what there may be so many of. */
export const checkLimit = (who: string, what: string, value: number, most: number, fix?: string): void => {
  if (value <= most) return;
  const [limit, got] = [most, value].map((one) => one.toLocaleString("en-US", { maximumFractionDigits: 0 }));
  throw new InputError(who, `expected at most ${limit} ${what}, got ${got}`, fix);
};
