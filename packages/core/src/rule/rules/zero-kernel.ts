import { isKernel, isLora, type WeightEvidence } from "../evidence.ts";
import type { Rule } from "../rule.ts";

/** Layers that are zero on purpose: gates, last layers of a branch, heads, conditioning. */
const SPECIAL = /(?:^|[._/])(?:gate|proj_out|final|zero|adaln|modulation|router)/i;
const onPurpose = ({ tensor, head, residualLast, purpose }: WeightEvidence): boolean =>
  head || residualLast === true || purpose === "router" || SPECIAL.test(tensor);

export const zeroKernel: Rule = {
  name: "symmetry/zero-kernel",
  severity: "error",
  summary: "All weights of a hidden layer are 0.",
  formula:
    "max |w| = 0; info for heads, gates and last layers of a branch, unless other blocks have values there",
  text: "Nothing passes such a layer, forwards or backwards. Its units are alike and stay alike.",
  cannotKnow:
    "whether a zero was meant: heads, gates and last layers of a branch often start at 0 on purpose.",
  fix: "Draw the layer as its siblings are drawn.",
  references: ["https://arxiv.org/abs/1901.09321"],
  freshOnly: false,
  find: ({ weights }) => {
    const zero = ({ statistics: s }: WeightEvidence) => s.zeros === s.count;
    const kernels = weights.filter(
      (one) => (isKernel(one) || one.role === "embedding") && !isLora(one) && one.statistics.count > 1,
    );
    return kernels.filter(zero).map((one) => {
      const twins = kernels.filter(
        (other) =>
          one.block !== null &&
          other.block?.stack === one.block.stack &&
          other.tensor.replace(/\d+/g, "#") === one.tensor.replace(/\d+/g, "#"),
      );
      const unlike = twins.length - twins.filter(zero).length;
      const found = { tensor: one.tensor, statistic: "max |w|", expected: "above 0", found: 0 };
      if (unlike > 0) {
        return {
          ...found,
          message: `All ${one.statistics.count} values are 0, and ${unlike} of its ${twins.length - 1} siblings in other blocks are not.`,
        };
      }
      return onPurpose(one)
        ? {
            ...found,
            severity: "info" as const,
            message: "All values are 0, as heads, gates and last layers of a branch may be.",
          }
        : {
            ...found,
            message: `All ${one.statistics.count} values are 0: neither signal nor gradient passes.`,
          };
    });
  },
};
