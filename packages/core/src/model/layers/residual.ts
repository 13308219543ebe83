import { InputError, KIND } from "../../base/index.ts";
import { formatActivation } from "../activation-shape.ts";
import { type LayerDefinition, needNumbers } from "./definition.ts";

export const residualLayer: LayerDefinition<"residual"> = {
  options: { branch: KIND.list, shortcut: KIND.list, branchScale: KIND.finite, skipScale: KIND.finite },
  required: ["branch"],
  lists: ({ branch, shortcut }) => ({ branch, ...(shortcut === undefined ? {} : { shortcut }) }),
  output: (who, _, input, { lists: { branch, shortcut = input } }) => {
    needNumbers(who, input);
    const [long, short] = [branch!, shortcut].map(formatActivation);
    if (long !== short) {
      throw new InputError(
        who,
        `expected a branch whose output fits the shortcut's, ${short}, got ${long}`,
        "Give the branch as many features and positions, or let the shortcut change its own:\n" +
          'shortcut: [{ kind: "conv", channels: 32, kernel: 1, stride: 2, activation: "linear" }].',
      );
    }
    return shortcut;
  },
  joins: "sum",
  scales: ({ skipScale = 1, branchScale = 1 }) => ({ skipScale, branchScale }),
  passes: "stop",
  weights: 0,
};
