import type { Parameters, Tensor } from "@stepzero/core";

export const LAYOUTS = ["stepzero", "pytorch", "keras"] as const;
export type Layout = (typeof LAYOUTS)[number];

/**
 * A model's parameters by another library's names: PyTorch's `dense1.weight`, `[out, in, ...kernel]`, with a norm's
 * scale as its weight and its shift as its bias; Keras' (and Flax') `dense1/kernel`, `[...kernel, in, out]`.
 */
export const inLayout = (parameters: Parameters, layout: Layout): Parameters =>
  Object.fromEntries(Object.entries(parameters).map(([path, tensor]) => NAMED[layout](path, tensor)));

const NAMED: Readonly<Record<Layout, (path: string, tensor: Tensor) => [string, Tensor]>> = {
  stepzero: (path, tensor) => [path, tensor],
  pytorch: (path, tensor) => [
    path
      .replace(/\/(kernel|scale|embedding)$/, "/weight")
      .replace(/\/shift$/, "/bias")
      .replaceAll("/", "."),
    tensor,
  ],
  keras: (path, tensor) => [path, path.endsWith("/kernel") ? lastAxes(tensor) : tensor],
};

/** `[out, in, ...kernel]` as `[...kernel, in, out]`. */
const lastAxes = ({ shape, data }: Tensor): Tensor => {
  const [outputs = 0, inputs = 0, ...kernel] = shape;
  const field = kernel.reduce((product, axis) => product * axis, 1);
  const turned = data.slice();
  for (let k = 0, to = 0; k < field; k++) {
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) turned[to++] = data[(o * inputs + i) * field + k]!;
    }
  }
  return { shape: [...kernel, inputs, outputs], data: turned };
};
