import { positionsOf } from "../../../model/index.ts";
import type { MakeLayer } from "./definition.ts";
import { normLayer } from "./norm-layer.ts";

/** Each position over its features, by their root mean square. */
export const rmsNorm: MakeLayer<"rmsNorm"> = ({ placed: { layer, input }, parameter }) =>
  normLayer({
    epsilon: layer.epsilon ?? 1e-6,
    centred: false,
    scale: parameter("scale"),
    shift: null,
    axes: (count) => ({ outer: 1, inner: input.features, columns: positionsOf(input) * count }),
  });
