import { InputError, KIND, shown } from "../../base/index.ts";
import { type LayerDefinition, needNumbers } from "./definition.ts";

export const dropoutLayer: LayerDefinition<"dropout"> = {
  options: { rate: KIND.number },
  required: ["rate"],
  check: (who, { rate }) => {
    if (!(rate >= 0 && rate < 1)) {
      throw new InputError(who, `expected rate to be at least 0 and below 1, got ${shown(rate)}`);
    }
  },
  output: (who, _, input) => {
    needNumbers(who, input);
    return input;
  },
  draws: ({ rate }) => rate > 0,
  passes: "on",
  weights: 0,
};
