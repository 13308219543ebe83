import { InputError, KIND, shown } from "../../base/index.ts";
import { type LayerDefinition, needNumbers } from "./definition.ts";
import { ownVector } from "./norm.ts";

export const scaleLayer: LayerDefinition<"scale"> = {
  options: { per: KIND.text },
  required: [],
  check: (who, { per = "all" }) => {
    if (per !== "all" && per !== "feature") {
      throw new InputError(who, `expected per to be "all" or "feature", got ${shown(per)}`);
    }
  },
  output: (who, _, input) => {
    needNumbers(who, input);
    return input;
  },
  parameters: ({ per }, { features }) => [ownVector("scale", per === "feature" ? features : 1)],
  passes: "on",
  weights: 0,
};
