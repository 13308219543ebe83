import { affine } from "./affine.ts";
import type { LayerParameter, ReferenceLayer } from "./definition.ts";
import type { NormAxes } from "./norm-loops.ts";
import { normalization } from "./normalization.ts";

export interface NormOptions {
  readonly epsilon: number;
  /** Whether the mean is taken out. */
  readonly centred: boolean;
  readonly scale: LayerParameter;
  readonly shift: LayerParameter | null;
  /** What is normalized together in a batch. */
  readonly axes: (count: number) => NormAxes;
}

/** A norm that is the same in training and evaluation: x̂ · scale + shift. */
export const normLayer = ({ epsilon, centred, scale, shift, axes }: NormOptions): ReferenceLayer => {
  const norm = normalization(epsilon, centred);
  const end = affine(scale, shift);
  return {
    forward: (x, { count }) => end.forward(norm.forward(x, axes(count))),
    backward(dy, wanted) {
      const change = end.backward(dy, wanted);
      return wanted.input ? norm.through("dx", change) : change;
    },
    tangent: (dx) => end.tangent(norm.through("tangent", dx)),
  };
};
