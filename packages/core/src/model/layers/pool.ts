import { InputError, KIND, shown } from "../../base/index.ts";
import { checkPerAxis, type LayerDefinition, needPositions, PER_AXIS, perAxis } from "./definition.ts";
import { windowAxes } from "./window.ts";

const POOLS = ["max", "average", "global"];

export const poolLayer: LayerDefinition<"pool"> = {
  options: { pool: KIND.text, size: PER_AXIS, stride: PER_AXIS, padding: PER_AXIS },
  required: ["pool"],
  check: (who, { pool, size, stride, padding }) => {
    if (!POOLS.includes(pool)) {
      throw new InputError(who, `expected pool to be ${POOLS.join(", ")}, got ${shown(pool)}`);
    }
    checkPerAxis(who, "the size", size);
    checkPerAxis(who, "the stride", stride);
    checkPerAxis(who, "the padding", padding, 0);
    if (pool === "global" && [size, stride, padding].some((one) => one !== undefined)) {
      throw new InputError(
        who,
        "expected no size, stride or padding for a global pool, which takes all positions",
      );
    }
  },
  output: (who, layer, input) => {
    needPositions(who, input);
    if (layer.pool === "global") return { features: input.features, positions: [] };
    const axes = input.positions.length;
    const size = perAxis(who, "the size", layer.size ?? 2, axes);
    const padding = perAxis(who, "the padding", layer.padding ?? 0, axes, 0);
    if (padding.some((around, axis) => 2 * around > size[axis]!)) {
      throw new InputError(who, `expected padding of at most half the window, got ${padding.join(", ")}`);
    }
    return { features: input.features, positions: windowAxes(who, layer, input).map(({ output }) => output) };
  },
  passes: "on",
  weights: 0,
};
