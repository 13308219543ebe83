import { InputError } from "../../base/index.ts";
import { type ActivationShape, formatActivation } from "../activation-shape.ts";
import type { ConvLayer, PoolLayer } from "../layer.ts";
import { perAxis } from "./definition.ts";

/** One axis of the positions as a window goes over it. */
export interface WindowAxis {
  readonly input: number;
  readonly output: number;
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  /** Positions added before the first. */
  readonly before: number;
}

/**
 * The windows of a convolution or a pooling, by axis: output = ⌊(input + padding − dilation · (size − 1) − 1) / stride⌋ + 1;
 * with `"same"` it is ⌈input / stride⌉, and the odd one of the zeros comes after.
 */
export const windowAxes = (
  who: string,
  layer: ConvLayer | PoolLayer,
  input: ActivationShape,
): readonly WindowAxis[] => {
  const axes = input.positions.length;
  const conv = layer.kind === "conv";
  const size = perAxis(who, conv ? "the kernel" : "the size", conv ? layer.kernel : (layer.size ?? 2), axes);
  const stride = perAxis(who, "the stride", layer.stride ?? (conv ? 1 : size), axes);
  const dilation = perAxis(who, "the dilation", (conv ? layer.dilation : 1) ?? 1, axes);
  const { padding = 0 } = layer;
  const around = padding === "same" ? null : perAxis(who, "the padding", padding, axes, 0);
  return input.positions.map((length, axis) => {
    const [field, step] = [dilation[axis]! * (size[axis]! - 1) + 1, stride[axis]!];
    const whole =
      around === null
        ? Math.max(0, (Math.ceil(length / step) - 1) * step + field - length)
        : 2 * around[axis]!;
    const output = Math.floor((length + whole - field) / step) + 1;
    if (output < 1) {
      throw new InputError(
        who,
        `expected at least ${field} positions per axis for its window, got ${formatActivation(input)} with ${whole} of padding`,
        "Use a smaller window, more padding, or fewer layers that halve the positions.",
      );
    }
    return {
      input: length,
      output,
      size: size[axis]!,
      stride: step,
      dilation: dilation[axis]!,
      before: Math.floor(whole / 2),
    };
  });
};
