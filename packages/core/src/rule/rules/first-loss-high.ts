import { figure } from "../evidence.ts";
import type { Rule } from "../rule.ts";

export const firstLossHigh: Rule = {
  name: "loss/initial-too-high",
  severity: "warn",
  summary: "The first loss is far above that of equal guesses.",
  formula: "E ln Σ e^{sz} > ln V + 1, with s² = d σ² γ² of head and last norm",
  text: "The first steps are spent on shrinking the logits: the curve starts as a hockey stick, with large gradients.",
  cannotKnow:
    "factors in code after the last norm. Tied models favour their input token: the figure is for targets unlike the input.",
  fix: "Draw the head (or the tied embedding) with σ = 1/√d or less, as .02, or start it at 0.",
  references: ["https://github.com/huggingface/transformers/issues/26441"],
  freshOnly: true,
  find: ({ predictedLoss: predicted }) =>
    predicted === null || !(predicted.value > predicted.chance + 1)
      ? []
      : [
          {
            ...{ tensor: predicted.tensor, statistic: "first loss" },
            ...{ expected: predicted.chance, found: predicted.value },
            message:
              `The logits have σ ${figure(predicted.logitStd)}, so the first loss is about ${figure(predicted.value)}; ` +
              `equal guesses among ${predicted.classes} have ${figure(predicted.chance)}.`,
          },
        ],
};

export const tiedTooLarge: Rule = {
  name: "embedding/tied-too-large",
  severity: "warn",
  summary: "An embedding that is also the head has a large σ.",
  formula: "tied, σ > .1 (.02 is usual; 1 is legal where it is not tied)",
  text: "The same matrix makes the logits: with σ 1 they have σ √d.",
  cannotKnow: "factors in code. T5 multiplies by d^−½ before the head, and may have σ 1.",
  fix: "Draw the embedding with σ .02.",
  references: ["https://github.com/pytorch/pytorch/issues/3121"],
  freshOnly: true,
  find: ({ weights, predictedLoss: predicted, logitFactor }) =>
    weights
      .filter(
        ({ tensor, role, statistics }) =>
          predicted?.tied &&
          role === "embedding" &&
          statistics.std * logitFactor > 0.1 &&
          tensor === predicted.tensor,
      )
      .map(({ tensor, statistics: { std } }) => ({
        ...{ tensor, statistic: "σ", expected: 0.02, found: std },
        message: `σ is ${figure(std)} in an embedding that is also the head; .02 is usual.`,
      })),
};
