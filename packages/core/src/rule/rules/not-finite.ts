import type { Rule } from "../rule.ts";

export const notFinite: Rule = {
  name: "numerics/not-finite",
  severity: "error",
  summary: "A tensor holds NaN or infinite values.",
  formula: "count of values that are not finite > 0",
  text: "One NaN spreads to every output that the weight takes part in, and by the first update to all weights.",
  cannotKnow: "whether the values were written so, or arose in training or in a cast to a smaller type.",
  fix: "Initialize the tensor, or load a file that was written before the values were lost.",
  references: ["https://github.com/huggingface/transformers/issues/30953"],
  freshOnly: false,
  find: ({ weights }) =>
    weights
      .filter(({ statistics }) => statistics.notFinite > 0)
      .map(({ tensor, statistics: { notFinite: bad, count } }) => ({
        ...{ tensor, statistic: "values that are not finite", expected: 0, found: bad },
        message: `${bad} of ${count} values are NaN or infinite.`,
      })),
};
