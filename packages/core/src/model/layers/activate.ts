import { activation } from "../../activation/index.ts";
import { KIND } from "../../base/index.ts";
import { type LayerDefinition, needNumbers } from "./definition.ts";

export const activateLayer: LayerDefinition<"activate"> = {
  options: { activation: KIND.spec },
  required: ["activation"],
  output: (who, { activation: phi }, input) => {
    needNumbers(who, input);
    activation(phi);
    return input;
  },
  activation: ({ activation: phi }) => phi,
  passes: "stop",
  weights: 0,
};
