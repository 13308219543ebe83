import { valuesOf } from "../../../model/index.ts";
import type { MakeLayer } from "./definition.ts";
import { normLayer } from "./norm-layer.ts";

/** Each sample over a group of features and all positions. */
export const groupNorm: MakeLayer<"groupNorm"> = ({ placed: { layer, input }, parameter }) =>
  normLayer({
    epsilon: layer.epsilon ?? 1e-5,
    centred: true,
    scale: parameter("scale"),
    shift: parameter("shift"),
    axes: (count) => ({ outer: layer.groups, inner: valuesOf(input) / layer.groups, columns: count }),
  });
