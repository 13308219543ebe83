import { figure, isKernel } from "../evidence.ts";
import type { Rule } from "../rule.ts";

export const constantKernel: Rule = {
  name: "symmetry/constant-kernel",
  severity: "error",
  summary: "All weights of a layer have one value, so all its units are alike.",
  formula: "std ≤ 10⁻⁴ |mean|, mean ≠ 0, more than two values",
  text: "Units that start alike get like gradients and stay alike: the layer is one unit wide.",
  cannotKnow: "layers that are constant on purpose, as an average is.",
  fix: "Draw the layer at random.",
  references: [],
  freshOnly: false,
  find: ({ weights }) =>
    weights
      .filter((one) => {
        const { count, notFinite, mean, std } = one.statistics;
        return isKernel(one) && notFinite === 0 && count > 2 && mean !== 0 && std <= 1e-4 * Math.abs(mean);
      })
      .map(({ tensor, statistics: { mean, std, count } }) => ({
        ...{ tensor, statistic: "std", expected: "above 0", found: std },
        message: `All ${count} values are ${figure(mean)}: every unit is alike.`,
      })),
};
