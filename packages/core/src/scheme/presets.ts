import { type InitializerSpec, initializer } from "../init/index.ts";
import type { SchemeEntry } from "./scheme.ts";

interface Preset extends Omit<SchemeEntry, "scheme"> {
  readonly kernel: InitializerSpec;
  readonly bias: InitializerSpec;
}

const preset = ({ kernel, bias, ...entry }: Preset): SchemeEntry => ({
  ...entry,
  scheme: {
    name: entry.name,
    options: {},
    layer: () => ({ kernel: initializer(kernel), bias: initializer(bias) }),
  },
});

export const pytorchEntry = preset({
  name: "pytorch",
  aliases: ["torch"],
  summary: "What PyTorch's Linear starts from.",
  formula: "w, b ~ U(±1 / √fanIn)",
  text:
    "kaiming_uniform_(a = √5): variance 1 / (3 · fanIn), a sixth of what ReLU needs, so a deep ReLU network's signal " +
    "fades sixfold a layer.",
  references: ["https://github.com/pytorch/pytorch/issues/15314"],
  kernel: "fanInUniform",
  bias: "fanInUniform",
});

export const kerasEntry = preset({
  name: "keras",
  aliases: [],
  summary: "What Keras' Dense starts from: Glorot uniform, zero biases.",
  formula: "w ~ U(±√(6 / (fanIn + fanOut))), b = 0",
  text: "Made for tanh; under ReLU half the variance is lost at each layer of equal width.",
  references: ["https://keras.io/api/layers/core_layers/dense/"],
  kernel: "glorotUniform",
  bias: "zeros",
});

export const flaxEntry = preset({
  name: "flax",
  aliases: [],
  summary: "What Flax' Dense starts from: LeCun normal, truncated at 2σ and corrected, zero biases.",
  formula: "w ~ N(0, 1 / fanIn) cut at ±2σ, rescaled to that variance, b = 0",
  text: "Keeps the variance of a linear network; under ReLU half of it is lost at each layer.",
  references: ["https://flax-linen.readthedocs.io/en/latest/api_reference/flax.linen/layers.html"],
  kernel: { name: "varianceScaling", gain: 1, fan: "in", distribution: "truncatedNormal" },
  bias: "zeros",
});
