import type { Room } from "./memory.ts";
import { encode } from "./ops.ts";
import type { Plan } from "./plan.ts";

const finite = (values: Float32Array): boolean => values.every((value) => Number.isFinite(value));

/**
 * Path of the first layer, in the order of the forward pass, with a parameter that is not finite; then, with an
 * output on the training samples, looked at before a ReLU could hide a NaN; else of the last.
 */
export const firstNotFinite = (room: Room, plan: Plan): string => {
  const { floats, words, kernels } = room;
  const view = (at: number, count: number): Float32Array => floats.subarray(at / 4, at / 4 + count);
  const perform = (ops: readonly (readonly number[])[]): void => {
    words.set(encode(ops), plan.scratch / 4);
    kernels.run(plan.scratch, 1, plan.state);
  };
  const bad = (layer: Plan["layers"][number]): boolean =>
    layer.parameters.some(({ at, size }) => !finite(view(at, size)));
  const broken = plan.layers.find(bad);
  if (broken !== undefined) return broken.path;
  let first = plan.layers.length - 1;
  for (const feed of plan.feeds) {
    perform(feed.ops);
    for (let index = 0; index < first; index++) {
      const layer = plan.layers[index]!;
      const input = index === 0 ? feed.x : plan.layers[index - 1]!.output;
      perform(layer.preActivations(input, feed.block));
      if (!finite(view(layer.output, layer.outputs * feed.block.width))) first = index;
      else perform(layer.forward(input, feed.block, null));
    }
  }
  return plan.layers[first]!.path;
};
