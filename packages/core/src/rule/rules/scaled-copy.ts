import { figure, type WeightEvidence } from "../evidence.ts";
import type { Found, Rule } from "../rule.ts";
import { comparable, meantEqual } from "./identical-tensors.ts";

/** Correlation about 0 of two samples at the same places, and the factor between them. */
const relation = (a: WeightEvidence, b: WeightEvidence, count: number): { r: number; factor: number } => {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [x, y] = [a.statistics.sample[i]!, b.statistics.sample[i]!];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return { r: ab / Math.sqrt(aa * bb), factor: ab / aa };
};

export const scaledCopy: Rule = {
  name: "seed/scaled-copy",
  severity: "error",
  summary: "A tensor is another one times a factor: one seed under two scales.",
  formula: "|r| > .9999 over up to 16,384 values at the same places",
  text: "One seed was given to layers with different fans. Their values are as dependent as equal ones.",
  cannotKnow: "copies that were permuted or cut to another size.",
  fix: "Give each layer a seed of its own.",
  references: ["https://github.com/keras-team/keras-hub/issues/352"],
  freshOnly: false,
  find: (evidence) => {
    const bySize = Map.groupBy(comparable(evidence), ({ statistics }) => statistics.count);
    return [...bySize.values()].flatMap((group) =>
      group.flatMap((copy, i): Found[] => {
        for (const first of group.slice(0, i)) {
          if (first.statistics.hash === copy.statistics.hash || meantEqual(evidence, first, copy)) continue;
          if (!(Math.abs(relation(first, copy, 8).r) > 0.999)) continue;
          const { r, factor } = relation(first, copy, copy.statistics.sample.length);
          if (!(Math.abs(r) > 0.9999)) continue;
          return [
            {
              ...{ tensor: copy.tensor, statistic: "correlation", expected: 0, found: r },
              message: `Its values are ${figure(factor)} times those of ${first.tensor}: one seed under two scales.`,
            },
          ];
        }
        return [];
      }),
    );
  },
};
