import { named } from "./activation.ts";
import { leakyRelu, type SlopeOptions } from "./leaky-relu.ts";

/** PReLU as it is at step zero, its slope not yet trained: 0.25 in He et al. 2015 and in PyTorch. */
export const prelu = ({ negativeSlope = 0.25 }: SlopeOptions = {}) =>
  named({
    ...leakyRelu({ negativeSlope }),
    name: "prelu",
    aliases: ["parametricRelu"],
    summary: "Leaky ReLU with PReLU's first slope; the slope stays fixed.",
  });
