import type { DenseLayer, PlacedLayer } from "../../model/index.ts";
import { activationKernel } from "./activation-kernels.ts";
import { bitsOf, CODE, type Op } from "./ops.ts";
import type { Block, FigureSlots, PlanContext, PlannedLayer, Slope } from "./planned-layer.ts";

/** Dense layers: the ReLU is fused into the forward kernel, φ′ into the backward kernel of the layer above. */
export const planDense = (placed: PlacedLayer<DenseLayer>, context: PlanContext): PlannedLayer => {
  const { path, inputs: I, outputs: O, layer } = placed;
  const fitting = activationKernel(path, layer.activation);
  // The loss overwrites the last output, in which a fused ReLU has its φ′: there it keeps it apart.
  const activation =
    context.isLast && fitting.kind === "relu"
      ? activationKernel(path, { name: "leakyRelu", negativeSlope: 0 })
      : fitting;
  const kernel = context.parameter(`${path}/kernel`);
  const bias = context.parameter(`${path}/bias`);
  const output = context.layout.words(O * context.capacity);
  const slopes = activation.kind === "kernel" ? context.layout.words(O * context.capacity) : 0;
  const scratch = context.layout.words(Math.max(O, 5 * I));
  const slope: Slope =
    activation.kind === "linear"
      ? { mode: 0, at: 0 }
      : activation.kind === "relu"
        ? { mode: 1, at: output }
        : { mode: 2, at: slopes };
  const hasHead = context.isLast && O === 1 && activation.kind === "linear";
  const saturation = activation.kind === "kernel" ? activation.saturation : null;

  const dense = (input: number, { width }: Block, relu: 0 | 1): Op => [
    CODE.denseForward,
    input,
    kernel.at,
    bias.at,
    output,
    I,
    O,
    width,
    relu,
    scratch,
  ];

  const forward = (input: number, block: Block, slots: FigureSlots | null): Op[] => {
    const { count, width } = block;
    const ops = [dense(input, block, activation.kind === "relu" ? 1 : 0)];
    if (slots !== null && saturation !== null) {
      const [low, high] = saturation;
      ops.push([CODE.countOutside, output, O, count, width, bitsOf(low), bitsOf(high), slots.saturated]);
    }
    if (activation.kind === "kernel") {
      ops.push([activation.code, output, slopes, O * width, ...activation.values.map(bitsOf)]);
    }
    if (slots !== null) {
      ops.push([CODE.sumSquares, output, O, count, width, slots.activation]);
      ops.push([CODE.markVarying, output, slots.varying, O, width]);
    }
    return ops;
  };

  const backward: PlannedLayer["backward"] = (input, { width }, below, parameters) => {
    const ops: Op[] = [];
    if (parameters !== "none") {
      const add = parameters === "add" ? 1 : 0;
      const { gradient } = kernel;
      ops.push([CODE.denseBackwardWeights, input, output, gradient, bias.gradient, I, O, width, add]);
    }
    if (below !== null) {
      const { mode, at } = below.slope;
      ops.push([CODE.denseBackwardInput, kernel.at, output, at, below.output, I, O, width, mode]);
    }
    return ops;
  };

  const head = (
    input: number,
    y: number,
    { count, width }: Block,
    k: number,
    below: PlannedLayer,
    add: boolean,
    forwarded: boolean,
  ): Op => [
    CODE.bceHead,
    input,
    kernel.at,
    bias.at,
    output,
    y,
    kernel.gradient,
    bias.gradient,
    below.slope.at,
    I,
    count,
    width,
    bitsOf(k),
    below.slope.mode + (add ? 4 : 0) + (forwarded ? 8 : 0),
  ];

  return {
    path,
    outputs: O,
    output,
    slope,
    parameters: [kernel, bias],
    forward,
    throughSlope: ({ width }) => (slope.mode === 2 ? [[CODE.multiply, output, slope.at, O * width]] : []),
    backward,
    head: hasHead ? head : null,
    figures: (slots, tolerance) => [
      [CODE.spread, kernel.at, slots.weightSpread, kernel.size],
      [CODE.distinctUnits, kernel.at, bias.at, I, O, bitsOf(tolerance), scratch, slots.distinctUnits],
    ],
    preActivations: (input, block) => [dense(input, block, 0)],
  };
};
