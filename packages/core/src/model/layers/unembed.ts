import { InputError, KIND } from "../../base/index.ts";
import { positionsOf } from "../activation-shape.ts";
import { checkInteger, type LayerDefinition, needNumbers } from "./definition.ts";

export const unembedLayer: LayerDefinition<"unembed"> = {
  options: { tokens: KIND.number, tiedTo: KIND.text, kernelInitializer: KIND.spec },
  required: [],
  check: (who, { tokens, tiedTo, kernelInitializer }) => {
    if (tokens !== undefined) checkInteger(who, "tokens", tokens);
    if ((tokens === undefined) === (tiedTo === undefined)) {
      throw new InputError(
        who,
        `expected either tokens or tiedTo, got ${tokens === undefined ? "neither" : "both"}`,
        'Say how many tokens there are, or the path of the embedding that it shares: { tiedTo: "embedding1" }.',
      );
    }
    if (tiedTo !== undefined && kernelInitializer !== undefined) {
      throw new InputError(
        who,
        "expected no kernel initializer, since its weights are the embedding's, got one",
      );
    }
  },
  tiedTo: ({ tiedTo }) => tiedTo,
  output: (who, { tokens }, input, { table }) => {
    needNumbers(who, input);
    if (table !== null && table[1] !== input.features) {
      throw new InputError(
        who,
        `expected ${table[1]} features, the width of the embedding that it is tied to, got ${input.features}`,
      );
    }
    return { features: table?.[0] ?? tokens!, positions: input.positions };
  },
  parameters: ({ tokens, tiedTo }, { features }) =>
    tiedTo !== undefined
      ? []
      : [
          {
            name: "kernel",
            role: "kernel",
            shape: [tokens!, features],
            fans: { fanIn: features, fanOut: tokens! },
          },
        ],
  multiplyAdds: (_, input, output) => input.features * output.features * positionsOf(input),
  initializer: ({ kernelInitializer }) => kernelInitializer,
  passes: "stop",
  weights: 1,
};
