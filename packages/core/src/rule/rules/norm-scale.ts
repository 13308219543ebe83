import { figure } from "../evidence.ts";
import type { Found, Rule } from "../rule.ts";

const FINAL = /(?:^|\.)(?:ln_f|norm|final_norm|ln_final|final_layer_norm)\.(?:weight|gamma|scale)$/;
const LAST_OF_BRANCH = /(?:bn|norm)[23]\.(?:weight|gamma|scale)$/;

export const normScale: Rule = {
  name: "norm/scale",
  severity: "error",
  summary: "A norm's scale is not 1 at the start.",
  formula: "all 0 in the final norm: error; all 0 elsewhere: info; |mean − 1| > .1: warn",
  text: "A final norm of 0 stops every gradient. The last norm of a residual branch may start at 0 on purpose.",
  cannotKnow: "norms that compute 1 + w, unless most of them are 0; scales that are drawn on purpose.",
  fix: "Set the scale to 1 (to 0 where the layer computes 1 + w).",
  references: ["https://github.com/huggingface/transformers/issues/40796"],
  freshOnly: true,
  find: ({ weights, normAddsOne }) =>
    weights
      .filter(
        ({ role, statistics }) => role === "scale" && statistics.notFinite === 0 && statistics.count > 1,
      )
      .flatMap(({ tensor, block, statistics: { mean, zeros, count } }): Found[] => {
        const found = { tensor, statistic: "mean scale", expected: normAddsOne ? 0 : 1, found: mean };
        if (zeros === count) {
          if (normAddsOne || LAST_OF_BRANCH.test(tensor)) return [];
          return FINAL.test(tensor) && block === null
            ? [{ ...found, message: "The final norm's scale is 0: no gradient passes." }]
            : [{ ...found, severity: "info", message: "The scale is 0: the branch is closed at the start." }];
        }
        if (Math.abs(mean - found.expected) <= 0.1) return [];
        return [
          {
            ...found,
            severity: "warn",
            message: `The mean scale is ${figure(mean)} where ${found.expected} was expected.`,
          },
        ];
      }),
};
