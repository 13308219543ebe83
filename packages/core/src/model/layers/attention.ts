import { fans, InputError, KIND } from "../../base/index.ts";
import { checkInteger, type LayerDefinition, needPositions, type OwnParameter } from "./definition.ts";

/** The kernel and the bias of one projection. */
const projection = (
  name: string,
  role: "query" | "key" | "value" | "projection" | "queryKeyValue",
  width: number,
  bias: boolean,
): OwnParameter[] => {
  const parts = role === "queryKeyValue" ? 3 : 1;
  const shape = [parts * width, width];
  const own = fans(shape, { kind: "packed", parts });
  return [
    { name: `${name}/kernel`, role, shape, fans: own, ...(parts === 1 ? {} : { parts }) },
    ...(bias ? [{ name: `${name}/bias`, role: "bias", shape: [parts * width], fans: own } as const] : []),
  ];
};

export const attentionLayer: LayerDefinition<"attention"> = {
  options: { heads: KIND.number, causal: KIND.flag, bias: KIND.flag, packed: KIND.flag },
  required: ["heads"],
  check: (who, { heads }) => checkInteger(who, "heads", heads),
  output: (who, { heads }, input) => {
    needPositions(who, input, 1);
    if (input.features % heads !== 0) {
      throw new InputError(
        who,
        `expected a width that ${heads} heads divide, got ${input.features}`,
        "Change the width or the number of heads.",
      );
    }
    return input;
  },
  parameters: ({ bias = true, packed = false }, { features }) => [
    ...(packed
      ? projection("queryKeyValue", "queryKeyValue", features, bias)
      : (["query", "key", "value"] as const).flatMap((role) => projection(role, role, features, bias))),
    ...projection("projection", "projection", features, bias).map((one) => ({ ...one, step: 1 })),
  ],
  multiplyAdds: (_, { features, positions }) =>
    4 * features * features * positions[0]! + 2 * features * positions[0]! * positions[0]!,
  passes: "stop",
  weights: 2,
};
