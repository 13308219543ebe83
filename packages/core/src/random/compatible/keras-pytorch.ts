import { allocate, type FloatArray } from "../../base/index.ts";
import { type Distribution, unknownDistribution } from "../distribution.ts";
import type { Source } from "../source.ts";
import { checkCutAtTwo, withKerasSeeds } from "./keras-seeds.ts";
import { pytorch } from "./pytorch.ts";
import { checkFill } from "./stream.ts";

/**
 * What Keras 3 draws on PyTorch and a CPU. Every draw begins PyTorch's stream again with its seed; uniforms
 * are scaled by a product and a sum, each rounded, and a truncated normal is the first of four normals
 * within ±2 (the first of all if none lies there). The parameters of a network have the seeds of
 * `withKerasSeeds`.
 *
 * ```ts
 * const out = new Float32Array(3);
 * kerasPytorch(3).fill(out, { kind: "uniform", low: 0, high: 1 });
 * out[0]; // ≈ 0.004264
 * ```
 */
export const kerasPytorch = (seed: number): Source =>
  withKerasSeeds("keras-pytorch", seed, (own) => {
    const self: Source = {
      generator: "keras-pytorch",
      dtype: "float32",
      stateless: true,
      at: () => self,
      fill(out, distribution, start = 0) {
        checkFill("keras-pytorch", out, distribution, start);
        if (distribution.kind === "constant") out.fill(distribution.value);
        else if (!Object.hasOwn(FILL, distribution.kind)) {
          unknownDistribution("keras-pytorch", distribution as never);
        } else FILL[distribution.kind](out, distribution as never, pytorch(own()));
      },
      shuffle: (values) => pytorch(own()).shuffle(values),
    };
    return self;
  });

type Fill<Kind extends Distribution["kind"]> = (
  out: FloatArray,
  law: Extract<Distribution, { kind: Kind }>,
  torch: Source,
) => void;

const scale = (out: FloatArray, factor: number, offset: number): void => {
  const round = out instanceof Float32Array ? Math.fround : (value: number) => value;
  const [by, from] = [round(factor), round(offset)];
  for (let i = 0; i < out.length; i++) out[i] = round(out[i]! * by) + from;
};

const FILL: { readonly [Kind in Exclude<Distribution["kind"], "constant">]: Fill<Kind> } = {
  uniform: (out, { low, high }, torch) => {
    torch.fill(out, { kind: "uniform", low: 0, high: 1 });
    scale(out, high - low, low);
  },
  normal: (out, { mean, std }, torch) => torch.fill(out, { kind: "normal", mean, std }),
  truncatedNormal: (out, law, torch) => {
    checkCutAtTwo("keras-pytorch", law);
    const fours = allocate(out instanceof Float32Array ? "float32" : "float64", 4 * out.length);
    torch.fill(fours, { kind: "normal", mean: 0, std: 1 });
    for (let i = 0; i < out.length; i++) {
      const four = fours.subarray(4 * i, 4 * i + 4);
      out[i] = four.find((value) => Math.abs(value) < 2) ?? four[0]!;
    }
    scale(out, law.std, law.mean);
  },
};
