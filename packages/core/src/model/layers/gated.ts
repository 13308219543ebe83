import { InputError, KIND } from "../../base/index.ts";
import { formatActivation } from "../activation-shape.ts";
import { type LayerDefinition, needNumbers } from "./definition.ts";

export const gatedLayer: LayerDefinition<"gated"> = {
  options: { value: KIND.list, gate: KIND.list },
  required: ["value", "gate"],
  lists: ({ value, gate }) => ({ value, gate }),
  output: (who, _, input, { lists: { value, gate } }) => {
    needNumbers(who, input);
    const [left, right] = [value!, gate!].map(formatActivation);
    if (left !== right) {
      throw new InputError(who, `expected a gate of the value's shape, ${left}, got ${right}`);
    }
    return value!;
  },
  joins: "product",
  passes: "stop",
  weights: 0,
};
