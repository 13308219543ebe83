import {
  type FloatArray,
  formatShape,
  InputError,
  type Shape,
  sizeOf,
  type WeightKind,
} from "../base/index.ts";

/**
 * A weight of TensorFlow.js as three axes in the order in which it stores them, each named by what it is
 * in ours: out, in, and all of the kernel as one.
 */
interface Axes {
  /** Our shape. */
  readonly shape: Shape;
  /** Sizes as TensorFlow.js stores them, outermost first. */
  readonly sizes: readonly [number, number, number];
  /** Which of our three axes (out, in, kernel) each of those is. */
  readonly order: readonly [number, number, number];
}

/**
 * Our shape of a weight that TensorFlow.js gives the shape `shape`, and how to get there.
 *
 * | kind | TensorFlow.js | ours |
 * |---|---|---|
 * | `dense`, `packed` | `[in, out]` | `[out, in]` |
 * | `conv` | `[...kernel, in, out]` | `[out, in, ...kernel]` |
 * | `transposed` | `[...kernel, out, in]` | `[out, in, ...kernel]` |
 * | `depthwise` | `[...kernel, channels, multiplier]` | `[channels · multiplier, 1, ...kernel]` |
 * | `embedding` | `[entries, features]` | the same |
 * | none, one axis | `[units]` | the same |
 */
export const axesOf = (shape: Shape, kind: WeightKind["kind"] | null): Axes => {
  const kernel = shape.slice(0, -2);
  const [last2 = 1, last = 1] = shape.slice(-2);
  const field = sizeOf(kernel);
  switch (kind) {
    case null:
    case "embedding":
      return { shape, sizes: [sizeOf(shape), 1, 1], order: [0, 1, 2] };
    case "dense":
    case "packed":
      expectAxes(shape, kind, shape.length === 2, "[in, out]");
      return { shape: [last, last2], sizes: [last2, last, 1], order: [1, 0, 2] };
    case "conv":
      expectAxes(shape, kind, shape.length >= 3, "[...kernel, in, out]");
      return { shape: [last, last2, ...kernel], sizes: [field, last2, last], order: [2, 1, 0] };
    case "transposed":
      expectAxes(shape, kind, shape.length >= 3, "[...kernel, out, in]");
      return { shape: [last2, last, ...kernel], sizes: [field, last2, last], order: [2, 0, 1] };
    case "depthwise":
      expectAxes(shape, kind, shape.length >= 3, "[...kernel, channels, multiplier]");
      return { shape: [last2 * last, 1, ...kernel], sizes: [field, last2 * last, 1], order: [2, 0, 1] };
  }
};

const expectAxes = (shape: Shape, kind: string, fits: boolean, layout: string): void => {
  if (!fits) throw new InputError("tfjs", `expected a ${kind} weight ${layout}, got ${formatShape(shape)}`);
};

/** Values in our order, put into that of TensorFlow.js. */
export const inTheirOrder = (ours: FloatArray, { sizes, order }: Axes): FloatArray => {
  const size = [0, 0, 0];
  order.forEach((axis, at) => {
    size[axis] = sizes[at]!;
  });
  const strides = [size[1]! * size[2]!, size[2]!, 1];
  const [a, b, c] = order.map((axis) => strides[axis]!) as [number, number, number];
  const result = new Float32Array(ours.length);
  let at = 0;
  for (let i = 0; i < sizes[0]; i++) {
    for (let j = 0; j < sizes[1]; j++) {
      for (let k = 0; k < sizes[2]; k++) result[at++] = ours[i * a + j * b + k * c]!;
    }
  }
  return result;
};
