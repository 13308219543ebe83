import { fans } from "../../base/index.ts";
import { type LayerDefinition, needPositions } from "./definition.ts";

export const positionEmbeddingLayer: LayerDefinition<"positionEmbedding"> = {
  options: {},
  required: [],
  output: (who, _, input) => {
    needPositions(who, input, 1);
    return input;
  },
  parameters: (_, { features, positions }) => {
    const shape = [positions[0]!, features];
    return [
      { name: "embedding", role: "positionEmbedding", shape, fans: fans(shape, { kind: "embedding" }) },
    ];
  },
  passes: "on",
  weights: 0,
};
