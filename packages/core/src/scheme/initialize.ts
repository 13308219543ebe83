import { InputError, type Parameters, suggestion, type Tensor } from "../base/index.ts";
import { type Initializer, type InitializerSpec, initializer } from "../init/index.ts";
import { checkModel, type Model, placedLayers } from "../model/index.ts";
import { jax, key, numpy, pytorch, type Source } from "../random/index.ts";
import { scheme } from "./catalogue.ts";

export const GENERATORS = ["stepzero", "numpy", "pytorch", "pytorch-2.11", "jax", "jax-original"] as const;
export type Generator = (typeof GENERATORS)[number];

/** The source of a network's parameters: keyed by path, or a stream consumed in layer order. */
export const generator = (name: string, seed: number): Source => {
  if (!(GENERATORS as readonly string[]).includes(name)) {
    throw new InputError("generator", `unknown generator "${name}"`, suggestion(name, GENERATORS));
  }
  return SOURCES[name as Generator](seed);
};

const SOURCES: Readonly<Record<Generator, (seed: number) => Source>> = {
  stepzero: (seed) => key(seed),
  numpy,
  pytorch: (seed) => pytorch(seed),
  "pytorch-2.11": (seed) => pytorch(seed, { truncation: "inverse" }),
  jax: (seed) => jax(seed),
  "jax-original": (seed) => jax(seed, { partitionable: false }),
};

export interface InitializeOptions {
  /** `"auto"` unless said. A layer's own `kernelInitializer` and `biasInitializer` go before it. */
  readonly initialization?: InitializerSpec | Initializer;
  readonly seed?: number;
  /** `stepzero` (own, keyed) unless said; the others draw as that library does, in layer order. */
  readonly generator?: Generator;
}

/**
 * A model's parameters at step zero, by path.
 *
 * ```ts
 * const parameters = initialize(mlp([2, 10, 1]), { initialization: "he", seed: 3 });
 * Object.keys(parameters); // ["dense1/kernel", "dense1/bias", "dense2/kernel", "dense2/bias"]
 * parameters["dense1/kernel"].shape; // [10, 2]
 * ```
 */
export const initialize = (
  model: Model,
  { initialization = "auto", seed = 0, generator: name = "stepzero" }: InitializeOptions = {},
): Parameters => {
  const source = generator(name, seed);
  return Object.fromEntries(
    layerInitializers(model, initialization).flatMap(({ placed, kernel, bias }) =>
      placed.parameters.map(({ path, role, shape, fans }): [string, Tensor] => [
        path,
        (role === "kernel" ? kernel : bias).draw(shape, source.at(path), { fans }),
      ]),
    ),
  );
};

/** Each layer in its place with the initializers that it gets. */
export const layerInitializers = (model: Model, initialization: InitializerSpec | Initializer) => {
  checkModel(model);
  const chosen = scheme(initialization);
  return placedLayers(model).map((placed, index, layers) => {
    const fromScheme = chosen.layer(placed, index, layers);
    const { kernelInitializer, biasInitializer } = placed.layer;
    return {
      placed,
      kernel:
        kernelInitializer === undefined ? fromScheme.kernel : initializer(kernelInitializer, placed.path),
      bias: biasInitializer === undefined ? fromScheme.bias : initializer(biasInitializer, placed.path),
      reason: kernelInitializer === undefined ? fromScheme.reason : undefined,
      rates: chosen.rates?.(placed, index, layers) ?? null,
    };
  });
};

/** Whether the parameters depend on the seed. */
export const isRandomInitialization = (
  model: Model,
  initialization: InitializerSpec | Initializer,
): boolean =>
  layerInitializers(model, initialization).some(({ kernel, bias }) => kernel.random || bias.random);
