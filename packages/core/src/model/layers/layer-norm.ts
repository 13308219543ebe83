import { KIND } from "../../base/index.ts";
import { type LayerDefinition, needNumbers } from "./definition.ts";
import { checkEpsilon, scaleAndShift } from "./norm.ts";

export const layerNormLayer: LayerDefinition<"layerNorm"> = {
  options: { epsilon: KIND.number },
  required: [],
  check: (who, { epsilon }) => checkEpsilon(who, epsilon),
  output: (who, _, input) => {
    needNumbers(who, input);
    return input;
  },
  parameters: (_, { features }) => scaleAndShift(features),
  passes: "norm",
  weights: 0,
};
