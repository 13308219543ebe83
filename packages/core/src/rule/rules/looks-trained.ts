import type { Rule } from "../rule.ts";

export const looksTrained: Rule = {
  name: "trained/looks-trained",
  severity: "info",
  summary: "The weights look trained, so that rules of step zero are not applied.",
  formula:
    "two kinds of signs in two tensors: norms of rows or columns (z > 8), largest singular value (> 7 Tracy–Widom " +
    "units), biases of no common σ, random scales of norms; or counted batches",
  text: "Training leaves marks that independent draws do not have. What step zero asks for holds no longer.",
  cannotKnow:
    "a few steps of training: their marks are smaller than chance. How many steps it takes has not been measured yet.",
  fix: "None is needed.",
  references: [],
  freshOnly: false,
  find: ({ looksTrained: trained, signs }) =>
    trained
      ? [
          {
            ...{
              tensor: signs[0]?.tensor ?? "",
              statistic: "signs of training",
              expected: 0,
              found: signs.length,
            },
            message: `It looks trained (${[...new Set(signs.map(({ kind }) => kind))].join(", ")}): rules of step zero are not applied.`,
          },
        ]
      : [],
};
