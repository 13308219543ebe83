import { fans, InputError, KIND } from "../../base/index.ts";
import { formatActivation } from "../activation-shape.ts";
import { checkInteger, type LayerDefinition } from "./definition.ts";

export const embeddingLayer: LayerDefinition<"embedding"> = {
  options: { width: KIND.number },
  required: ["width"],
  check: (who, { width }) => checkInteger(who, "width", width),
  output: (who, { width }, input) => {
    if (input.tokens === undefined) {
      throw new InputError(
        who,
        `expected tokens, got ${formatActivation(input)}`,
        "Say the model's input as tokens, as in { tokens: 65, length: 64 }.",
      );
    }
    return { features: width, positions: input.positions };
  },
  parameters: ({ width }, { tokens = 1 }) => {
    const shape = [tokens, width];
    return [{ name: "embedding", role: "embedding", shape, fans: fans(shape, { kind: "embedding" }) }];
  },
  passes: "stop",
  weights: 1,
};
