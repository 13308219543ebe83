import { log } from "../../math/index.ts";
import { isKernel } from "../evidence.ts";
import type { Rule } from "../rule.ts";

export const tiedUnits: Rule = {
  name: "symmetry/tied-units",
  severity: "warn",
  summary: "Units of a layer have equal incoming weights.",
  formula:
    "units that repeat another, where a unit has more than 14 + 2 log₂ units bits, so that chance does not",
  text: "Units whose outgoing weights are equal as well stay equal for ever. Others compute the same at first.",
  cannotKnow: "whether outgoing weights differ, where the next layer is not known.",
  fix: "Draw each unit with numbers of its own.",
  references: [],
  freshOnly: false,
  find: ({ weights }) =>
    weights
      .filter((one) => {
        const { notFinite, tiedUnits: tied, units, unitSize, zeros, count, std, mean } = one.statistics;
        const bits = Math.min(unitSize * one.bits, 60);
        const enough = unitSize >= 2 && bits > 14 + 2 * (log(units) / Math.LN2);
        const constant = std <= 1e-4 * Math.abs(mean);
        return isKernel(one) && notFinite === 0 && tied > 0 && enough && zeros < 0.5 * count && !constant;
      })
      .map(({ tensor, statistics: { tiedUnits: tied, units } }) => ({
        ...{ tensor, statistic: "units that repeat another", expected: 0, found: tied },
        message: `${tied} of ${units} units have the same incoming weights as another.`,
      })),
};
