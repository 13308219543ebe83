import { KIND } from "../../base/index.ts";
import { type LayerDefinition, needNumbers } from "./definition.ts";
import { checkEpsilon, ownVector } from "./norm.ts";

export const rmsNormLayer: LayerDefinition<"rmsNorm"> = {
  options: { epsilon: KIND.number },
  required: [],
  check: (who, { epsilon }) => checkEpsilon(who, epsilon),
  output: (who, _, input) => {
    needNumbers(who, input);
    return input;
  },
  parameters: (_, { features }) => [ownVector("scale", features)],
  passes: "norm",
  weights: 0,
};
