import { sizeOf, type Tensor } from "../base/index.ts";

/** Values drawn in the order of `[...kernel, in, out]`, moved to where they belong in `[out, in, ...kernel]`. */
export const fromLibraryAxes = ({ shape, data }: Tensor): Tensor => {
  const [outputs = 0, inputs = 0, ...kernel] = shape;
  const field = sizeOf(kernel);
  const moved = data.slice();
  for (let k = 0, from = 0; k < field; k++) {
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) moved[(o * inputs + i) * field + k] = data[from++]!;
    }
  }
  return { shape, data: moved };
};
