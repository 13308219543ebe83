import type { WindowAxis } from "../../../model/index.ts";

/** Which position of the input each place in a window reads, at each position of the output. */
export interface Taps {
  /** Places in a window. */
  readonly count: number;
  /** Positions of the input. */
  readonly inputs: number;
  /** Positions of the output. */
  readonly outputs: number;
  /** `[count][outputs]`: a position of the input, or −1 in the padding. */
  readonly from: Int32Array;
}

/** The taps of one window axis after another, the last one moving fastest. */
export const tapsOf = (axes: readonly WindowAxis[]): Taps =>
  axes.reduce<Taps>(withAxis, { count: 1, inputs: 1, outputs: 1, from: Int32Array.of(0) });

const withAxis = (
  { count, inputs, outputs, from }: Taps,
  { input, output, size, stride, dilation, before }: WindowAxis,
): Taps => {
  const all = new Int32Array(count * size * outputs * output);
  let at = 0;
  for (let tap = 0; tap < count; tap++) {
    for (let place = 0; place < size; place++) {
      for (let outer = 0; outer < outputs; outer++) {
        const row = from[tap * outputs + outer]!;
        for (let inner = 0; inner < output; inner++) {
          const position = inner * stride + place * dilation - before;
          const inside = row >= 0 && position >= 0 && position < input;
          all[at++] = inside ? row * input + position : -1;
        }
      }
    }
  }
  return { count: count * size, inputs: inputs * input, outputs: outputs * output, from: all };
};
