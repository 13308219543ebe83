import type { Parameters, Tensor } from "@stepzero/core";

export const LAYOUTS = ["stepzero", "pytorch", "keras"] as const;
export type Layout = (typeof LAYOUTS)[number];

/**
 * A model's parameters by another library's names: PyTorch's `dense1.weight`, `[out, in]`; Keras' (and
 * Flax') `dense1/kernel` transposed to `[in, out]`.
 */
export const inLayout = (parameters: Parameters, layout: Layout): Parameters =>
  Object.fromEntries(Object.entries(parameters).map(([path, tensor]) => NAMED[layout](path, tensor)));

const NAMED: Readonly<Record<Layout, (path: string, tensor: Tensor) => [string, Tensor]>> = {
  stepzero: (path, tensor) => [path, tensor],
  pytorch: (path, tensor) => [path.replace(/\/kernel$/, "/weight").replaceAll("/", "."), tensor],
  keras: (path, tensor) => [path, path.endsWith("/kernel") ? transposed(tensor) : tensor],
};

const transposed = ({ shape, data }: Tensor): Tensor => {
  const [rows = 0, cols = 0] = shape;
  const turned = data.slice();
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) turned[j * rows + i] = data[i * cols + j]!;
  return { shape: [cols, rows], data: turned };
};
