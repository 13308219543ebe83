/**
 * What a model takes, or one sample of a data set is: a number of features, `[channels, length]`,
 * `[channels, height, width]`, or a sequence of `length` tokens out of `tokens`.
 */
export type InputSpec = number | readonly number[] | { readonly tokens: number; readonly length: number };

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;

/** Values of one sample, and of sequences how many tokens there are; `null` where the specification says no shape. */
export const inputSize = (
  spec: InputSpec,
): { readonly values: number; readonly tokens: number | null } | null => {
  if (isCount(spec)) return { values: spec, tokens: null };
  if (Array.isArray(spec)) {
    if (spec.length < 1 || spec.length > 3 || !spec.every(isCount)) return null;
    return { values: spec.reduce((product, axis) => product * axis, 1), tokens: null };
  }
  const { tokens, length } = (spec ?? {}) as { tokens?: unknown; length?: unknown };
  return isCount(tokens) && isCount(length) ? { values: length, tokens } : null;
};
