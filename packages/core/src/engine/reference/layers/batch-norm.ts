import { affine } from "./affine.ts";
import type { MakeLayer } from "./definition.ts";
import { normalization } from "./normalization.ts";

/**
 * Each feature over positions and samples: by the batch's mean and variance, in evaluation by the running ones. While
 * training, those move by a share `momentum` to the batch's, the variance to Σ (x − mean)² / (n − 1), as in PyTorch;
 * a single value per feature has no such variance and moves neither.
 */
export const batchNorm: MakeLayer<"batchNorm"> = ({ placed: { layer, input }, parameter, state }) => {
  const { epsilon = 1e-5, momentum = 0.1 } = layer;
  const { features } = input;
  const running = { mean: state("mean", features, 0), variance: state("variance", features, 1) };
  const norm = normalization(epsilon, true);
  const end = affine(parameter("scale"), parameter("shift"));

  const move = (values: number): void => {
    if (values < 2) return;
    const { mean, variance } = norm.moments();
    for (let f = 0; f < features; f++) {
      const unbiased = (variance[f]! * values) / (values - 1);
      running.mean[f] = (1 - momentum) * running.mean[f]! + momentum * mean[f]!;
      running.variance[f] = (1 - momentum) * running.variance[f]! + momentum * unbiased;
    }
  };
  return {
    forward(x, { mode }) {
      const values = x.length / features;
      const axes = { outer: features, inner: values, columns: 1 };
      const normalized = norm.forward(x, axes, mode === "evaluate" ? running : undefined);
      if (mode === "train") move(values);
      return end.forward(normalized);
    },
    backward(dy, wanted) {
      const change = end.backward(dy, wanted);
      return wanted.input ? norm.through("dx", change) : change;
    },
    tangent: (dx) => end.tangent(norm.through("tangent", dx)),
  };
};
