import { type Dtype, KIND, type KindsOf, optionsOf, type Parameters, type Tensor } from "../base/index.ts";
import { type Initializer, initializer } from "../init/index.ts";
import { checkModel, type Model, type ParameterSlot, placedLayers } from "../model/index.ts";
import type { Source } from "../random/index.ts";
import { type InitializationSpec, scheme } from "./catalogue.ts";
import { type Generator, generator } from "./generators.ts";
import { fromLibraryAxes } from "./library-axes.ts";

export interface InitializeOptions {
  /** `"auto"` by default. A layer's own `kernelInitializer` and `biasInitializer` go before it. */
  readonly initialization?: InitializationSpec | Initializer;
  readonly seed?: number;
  /** `stepzero` (own, keyed) by default; the others draw as that library does, in layer order. */
  readonly generator?: Generator;
  /** The generator's own by default: float64 with NumPy's, float32 with the others. */
  readonly dtype?: Dtype;
}

const INITIALIZE_OPTIONS: KindsOf<InitializeOptions> = {
  initialization: KIND.spec,
  seed: KIND.number,
  generator: KIND.text,
  dtype: KIND.text,
};

/**
 * A model's parameters at step zero, by path.
 *
 * ```ts
 * const parameters = initialize(mlp([2, 10, 1]), { initialization: "he", seed: 3 });
 * Object.keys(parameters); // ["dense1/kernel", "dense1/bias", "dense2/kernel", "dense2/bias"]
 * parameters["dense1/kernel"].shape; // [10, 2]
 * ```
 */
export const initialize = (model: Model, options: InitializeOptions = {}): Parameters =>
  drawParameters(model, options).parameters;

/** Parameters, and how many words the generator gave for them where it is PyTorch's one stream. */
export const drawParameters = (
  model: Model,
  options: InitializeOptions = {},
): { readonly parameters: Parameters; readonly words: number | undefined } => {
  const {
    initialization = "auto",
    seed = 0,
    generator: name = "stepzero",
    dtype,
  } = optionsOf("initialize", options, INITIALIZE_OPTIONS);
  const source = generator(name, seed);
  const draw = (one: Initializer, { path, shape, fans }: ParameterSlot): Tensor =>
    one.draw(shape, source.at(path), { fans, dtype: dtype ?? source.dtype });
  const parameters = Object.fromEntries(
    layerInitializers(model, initialization).flatMap(({ placed, kernel, bias }) =>
      placed.parameters.map((slot): [string, Tensor] => [
        slot.path,
        slot.role === "kernel" ? inPlace(kernel, draw(kernel, slot), source) : draw(bias, slot),
      ]),
    ),
  );
  return { parameters, words: source.words?.() };
};

/**
 * Shares of the learning rate by parameter that belong to an initialization, under gradient descent or Adam; `null`
 * where it asks for one rate, or says nothing of the optimizer.
 */
export const ratesOf = (
  model: Model,
  initialization: InitializationSpec | Initializer,
  family: "gradientDescent" | "adam" | null,
): Record<string, number> | null => {
  if (family === null) return null;
  const entries = layerInitializers(model, initialization).flatMap(({ placed, rates }) =>
    rates === null
      ? []
      : placed.parameters.map(({ path, role }): [string, number] => [path, rates[role][family]]),
  );
  return entries.length === 0 ? null : Object.fromEntries(entries);
};

/** A kernel as the source's library would have it: its own axes decide which value stands where. */
const inPlace = (one: Initializer, tensor: Tensor, source: Source): Tensor =>
  source.stateless === true && one.elementwise && one.random ? fromLibraryAxes(tensor) : tensor;

/** Each layer in its place with the initializers that it gets. */
export const layerInitializers = (model: Model, initialization: InitializationSpec | Initializer) => {
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
  initialization: InitializationSpec | Initializer,
): boolean =>
  layerInitializers(model, initialization).some(({ kernel, bias }) => kernel.random || bias.random);
