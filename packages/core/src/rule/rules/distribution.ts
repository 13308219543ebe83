import { figure, isDrawn, isKernel, isLora, largest } from "../evidence.ts";
import type { Rule } from "../rule.ts";

export const outlier: Rule = {
  name: "distribution/outlier",
  severity: "warn",
  summary: "A value lies far outside the tensor's law.",
  formula: "max |w| > 8σ with σ about 0; 64 to 10⁹ values",
  text: "No law that initializers use reaches 8σ. A truncated normal whose bounds were absolute does.",
  cannotKnow: "values that were set on purpose.",
  fix: "Give bounds in units of σ, or draw the tensor again.",
  references: ["https://github.com/pytorch/pytorch/issues/155588"],
  freshOnly: true,
  find: ({ weights }) =>
    weights
      .filter((one) => {
        const { count, zeros, rms, notFinite } = one.statistics;
        const drawn = (isKernel(one) || one.role === "embedding") && !isLora(one) && notFinite === 0;
        return drawn && count >= 64 && count <= 1e9 && zeros < 0.2 * count && largest(one) > 8 * rms;
      })
      .map((one) => ({
        ...{
          tensor: one.tensor,
          statistic: "max |w| / σ",
          expected: "at most 8",
          found: largest(one) / one.statistics.rms,
        },
        message: `The largest value is ${figure(largest(one))}, ${figure(largest(one) / one.statistics.rms)} times σ.`,
      })),
};

export const nonzeroMean: Rule = {
  name: "distribution/nonzero-mean",
  severity: "warn",
  summary: "The mean of a kernel is not 0.",
  formula: "|mean| > 5 σ/√n and > .1 σ; 100 values and more",
  text: "A mean adds one common component to all units, which grows with the fan.",
  cannotKnow: "kernels that are positive on purpose, and draws on [0, 1) that were meant.",
  fix: "Draw from a law about 0: uniform(−a, a) in place of uniform(0, a).",
  references: [],
  freshOnly: true,
  find: ({ weights }) =>
    weights
      .filter((one) => {
        const { count, mean, std } = one.statistics;
        if (!(isKernel(one) || one.role === "embedding") || isLora(one) || !isDrawn(one) || one.orthogonal)
          return false;
        return count >= 100 && Math.abs(mean) > (5 * std) / Math.sqrt(count) && Math.abs(mean) > 0.1 * std;
      })
      .map(({ tensor, statistics: { mean, std } }) => ({
        ...{ tensor, statistic: "mean / σ", expected: 0, found: mean / std },
        message: `The mean is ${figure(mean)}, ${figure(mean / std)} σ.`,
      })),
};
