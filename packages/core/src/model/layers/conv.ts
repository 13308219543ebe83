import { activation } from "../../activation/index.ts";
import { either, fans, InputError, KIND, sizeOf } from "../../base/index.ts";
import { type ActivationShape, positionsOf } from "../activation-shape.ts";
import type { ConvLayer } from "../layer.ts";
import {
  checkInteger,
  checkPerAxis,
  type LayerDefinition,
  needPositions,
  PER_AXIS,
  perAxis,
} from "./definition.ts";
import { windowAxes } from "./window.ts";

const kernelShape = (
  { channels, kernel, groups = 1 }: ConvLayer,
  input: ActivationShape,
): readonly number[] => [
  channels,
  input.features / groups,
  ...perAxis("conv", "the kernel", kernel, input.positions.length),
];

export const convLayer: LayerDefinition<"conv"> = {
  options: {
    channels: KIND.number,
    kernel: PER_AXIS,
    stride: PER_AXIS,
    padding: either(PER_AXIS, { words: '"same"', holds: (value) => value === "same" }),
    dilation: PER_AXIS,
    groups: KIND.number,
    activation: KIND.spec,
    bias: KIND.flag,
    kernelInitializer: KIND.spec,
    biasInitializer: KIND.spec,
  },
  required: ["channels", "kernel", "activation"],
  check: (who, { channels, groups = 1, kernel, stride, padding, dilation }) => {
    checkPerAxis(who, "the kernel", kernel);
    checkPerAxis(who, "the stride", stride);
    checkPerAxis(who, "the dilation", dilation);
    if (padding !== "same") checkPerAxis(who, "the padding", padding, 0);
    checkInteger(who, "channels", channels);
    checkInteger(who, "groups", groups);
    if (channels % groups !== 0) {
      throw new InputError(who, `expected channels that ${groups} groups divide, got ${channels}`);
    }
  },
  output: (who, layer, input) => {
    needPositions(who, input);
    const { groups = 1, channels } = layer;
    if (input.features % groups !== 0) {
      throw new InputError(
        who,
        `expected an input whose channels ${groups} groups divide, got ${input.features} channels`,
      );
    }
    activation(layer.activation);
    return { features: channels, positions: windowAxes(who, layer, input).map(({ output }) => output) };
  },
  parameters: (layer, input) => {
    const shape = kernelShape(layer, input);
    const { groups = 1 } = layer;
    const own = fans(shape, { kind: "conv", groups });
    return [
      { name: "kernel", role: "kernel", shape, fans: own, ...(groups === 1 ? {} : { parts: groups }) },
      ...(layer.bias === false
        ? []
        : [{ name: "bias", role: "bias", shape: [layer.channels], fans: own } as const]),
    ];
  },
  multiplyAdds: (layer, input, output) => sizeOf(kernelShape(layer, input)) * positionsOf(output),
  activation: ({ activation: phi }) => phi,
  initializer: ({ kernelInitializer, biasInitializer }, role) =>
    role === "bias" ? biasInitializer : kernelInitializer,
  passes: "stop",
  weights: 1,
};
