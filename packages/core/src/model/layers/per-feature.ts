import { InputError, KIND, shown } from "../../base/index.ts";
import { type LayerDefinition, needNumbers } from "./definition.ts";
import { ownVector } from "./norm.ts";

/** A layer of one learned number for all features, or one for each. */
export const perFeature = (role: "scale" | "shift"): LayerDefinition<"scale"> & LayerDefinition<"shift"> => ({
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
  parameters: ({ per }, { features }) => [ownVector(role, per === "feature" ? features : 1)],
  passes: "on",
  weights: 0,
});
