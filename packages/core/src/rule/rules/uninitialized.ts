import { figure, largest } from "../evidence.ts";
import type { Rule } from "../rule.ts";

export const uninitialized: Rule = {
  name: "numerics/uninitialized",
  severity: "error",
  summary: "A tensor holds what lay in memory: absurd magnitudes or many denormals.",
  formula: "max |w| > 10⁶, or more than 4 and more than 1 % of the values denormal",
  text: "torch.empty and the like return memory as it was. No initializer draws such values.",
  cannotKnow: "memory that happened to hold ordinary numbers, or zeros.",
  fix: "Initialize the tensor.",
  references: ["https://github.com/huggingface/transformers/issues/30953"],
  freshOnly: false,
  find: ({ weights }) =>
    weights.flatMap((one) => {
      const { tensor, role, statistics: s } = one;
      if (s.notFinite > 0 || role === "count") return [];
      if (largest(one) > 1e6) {
        return {
          ...{ tensor, statistic: "max |w|", expected: "at most 1e6", found: largest(one) },
          message: `The largest value is ${figure(largest(one))}: the tensor looks uninitialized.`,
        };
      }
      if (s.denormals <= 4 || s.denormals <= 0.01 * s.count) return [];
      return {
        ...{ tensor, statistic: "denormal values", expected: 0, found: s.denormals },
        message: `${s.denormals} of ${s.count} values are denormal: the tensor looks uninitialized.`,
      };
    }),
};
