import { positionsOf } from "../../../model/index.ts";
import type { MakeLayer } from "./definition.ts";
import { normLayer } from "./norm-layer.ts";

/** Each position over its features, with mean and variance. */
export const layerNorm: MakeLayer<"layerNorm"> = ({ placed: { layer, input }, parameter }) =>
  normLayer({
    epsilon: layer.epsilon ?? 1e-5,
    centred: true,
    scale: parameter("scale"),
    shift: parameter("shift"),
    axes: (count) => ({ outer: 1, inner: input.features, columns: positionsOf(input) * count }),
  });
