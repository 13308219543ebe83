import { type Activation, activation } from "../../activation/index.ts";
import { checkKind, InputError, KIND, type Parameters, plural } from "../../base/index.ts";
import { type Model, outputsOf, placedLayers } from "../../model/index.ts";
import type { Samples } from "../trainer.ts";
import { denseBackwardInput, denseBackwardParameters, denseForward } from "./dense.ts";
import type { Loss } from "./losses.ts";

/** A layer with its parameters, their gradients and what it computed last, all float64. */
export interface NetworkLayer {
  readonly path: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  readonly kernel: Float64Array;
  readonly bias: Float64Array;
  readonly kernelGradient: Float64Array;
  readonly biasGradient: Float64Array;
  /** Pre-activations, `[outputs, batch]` of the batch that was run last. */
  z: Float64Array;
  /** Activations, the same array as `z` where the layer is linear. */
  a: Float64Array;
  /** ∂loss/∂z */
  dz: Float64Array;
}

/** A model with values: forward and backward over samples side by side, one layer after another. */
export interface Network {
  readonly layers: readonly NetworkLayer[];
  readonly outputs: number;
  /** The logits of `count` samples `x` `[inputs, count]`; they are overwritten by the next call. */
  forward(x: Float64Array, count: number): Float64Array;
  /** Gradients of the mean loss of the samples that `forward` ran last. */
  backward(x: Float64Array, samples: Samples, loss: Loss): void;
  /** The same of the first `count` of them alone, and of no parameters. */
  backwardFirst(samples: Samples, count: number, loss: Loss): void;
}

export const network = (model: Model, parameters: Parameters): Network => {
  checkKind("parameters", "they", parameters, KIND.object, FIX);
  const layers = placedLayers(model).map(({ path, layer, inputs, outputs }): NetworkLayer => {
    const kernel = copyOf(parameters, `${path}/kernel`, inputs * outputs);
    const bias = copyOf(parameters, `${path}/bias`, outputs);
    const empty = new Float64Array(0);
    return {
      path,
      inputs,
      outputs,
      activation: activation(layer.activation),
      kernel,
      bias,
      kernelGradient: new Float64Array(kernel.length),
      biasGradient: new Float64Array(bias.length),
      z: empty,
      a: empty,
      dz: empty,
    };
  });

  /** Buffers by size of the batch: the last batch of an epoch and the test set have their own. */
  const buffers = new Map<number, Pick<NetworkLayer, "z" | "a" | "dz">[]>();
  const useBuffers = (count: number): void => {
    let sized = buffers.get(count);
    if (sized === undefined) {
      sized = layers.map((layer) => {
        const z = new Float64Array(layer.outputs * count);
        const linear = layer.activation.name === "linear";
        return { z, a: linear ? z : new Float64Array(z.length), dz: new Float64Array(z.length) };
      });
      buffers.set(count, sized);
    }
    layers.forEach((layer, index) => {
      Object.assign(layer, sized[index]);
    });
  };

  /** ∂(mean loss)/∂z of every layer. */
  const backwardSignal = (y: Float64Array, count: number, loss: Loss): void => {
    for (let index = layers.length - 1; index >= 0; index--) {
      const layer = layers[index]!;
      const above = layers[index + 1];
      const { z, a, dz, activation: phi } = layer;
      if (above === undefined) loss.gradient(dz, a, y, layer.outputs, count);
      else denseBackwardInput(above.dz, above.kernel, dz, above.inputs, above.outputs, count);
      if (a !== z) for (let k = 0; k < z.length; k++) dz[k] = dz[k]! * phi.derivative(z[k]!);
    }
  };

  return {
    layers,
    outputs: outputsOf(model),
    forward(x, count) {
      useBuffers(count);
      let input = x;
      for (const { kernel, bias, inputs, outputs, activation: phi, z, a } of layers) {
        denseForward(kernel, bias, input, z, inputs, outputs, count);
        if (a !== z) for (let k = 0; k < z.length; k++) a[k] = phi.value(z[k]!);
        input = a;
      }
      return input;
    },
    backward(x, { y, count }, loss) {
      backwardSignal(y, count, loss);
      layers.forEach(({ dz, kernelGradient, biasGradient, inputs, outputs }, index) => {
        const input = layers[index - 1]?.a ?? x;
        denseBackwardParameters(dz, input, kernelGradient, biasGradient, inputs, outputs, count);
      });
    },
    backwardFirst({ y, count: all }, count, loss) {
      const before = layers.map(({ z, a }) => ({ z, a }));
      useBuffers(count);
      layers.forEach(({ z, a }, index) => {
        z.set(firstOf(before[index]!.z, all, count));
        a.set(firstOf(before[index]!.a, all, count));
      });
      backwardSignal(firstOf(y, all, count), count, loss);
    },
  };
};

/** The first `count` of `all` samples, row by row. */
const firstOf = (values: Float64Array, all: number, count: number): Float64Array => {
  const out = new Float64Array((values.length / all) * count);
  for (let row = 0; row * all < values.length; row++) {
    out.set(values.subarray(row * all, row * all + count), row * count);
  }
  return out;
};

const FIX = "initialize(model) gives parameters that fit.";

const copyOf = (parameters: Parameters, path: string, size: number): Float64Array => {
  const tensor = parameters[path];
  const values = tensor?.data?.length ?? 0;
  if (values !== size) {
    const got = values === 0 ? "none" : values;
    throw new InputError(
      "parameters",
      `expected ${size} ${plural(size, "value")} for ${path}, got ${got}`,
      FIX,
    );
  }
  return Float64Array.from(tensor!.data);
};
