import { InputError, KIND, shown } from "../../base/index.ts";
import { type LayerDefinition, needNumbers } from "./definition.ts";
import { checkEpsilon, scaleAndShift } from "./norm.ts";

export const batchNormLayer: LayerDefinition<"batchNorm"> = {
  options: { epsilon: KIND.number, momentum: KIND.number },
  required: [],
  check: (who, { epsilon, momentum = 0.1 }) => {
    checkEpsilon(who, epsilon);
    if (!(momentum > 0 && momentum <= 1)) {
      throw new InputError(
        who,
        `expected momentum above 0 and at most 1, got ${shown(momentum)}`,
        "It is the share of the batch in the running statistics, as in PyTorch; Keras' is 1 minus it.",
      );
    }
  },
  output: (who, _, input) => {
    needNumbers(who, input);
    return input;
  },
  parameters: (_, { features }) => scaleAndShift(features),
  passes: "norm",
  weights: 0,
};
