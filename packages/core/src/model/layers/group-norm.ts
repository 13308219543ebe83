import { InputError, KIND } from "../../base/index.ts";
import { checkInteger, type LayerDefinition, needNumbers } from "./definition.ts";
import { checkEpsilon, scaleAndShift } from "./norm.ts";

export const groupNormLayer: LayerDefinition<"groupNorm"> = {
  options: { groups: KIND.number, epsilon: KIND.number },
  required: ["groups"],
  check: (who, { groups, epsilon }) => {
    checkInteger(who, "groups", groups);
    checkEpsilon(who, epsilon);
  },
  output: (who, { groups }, input) => {
    needNumbers(who, input);
    if (input.features % groups !== 0) {
      throw new InputError(who, `expected features that ${groups} groups divide, got ${input.features}`);
    }
    return input;
  },
  parameters: (_, { features }) => scaleAndShift(features),
  passes: "norm",
  weights: 0,
};
