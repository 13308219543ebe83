import {
  type Dtype,
  InputError,
  KIND,
  type KindsOf,
  optionsOf,
  type Parameters,
  type Tensor,
} from "../base/index.ts";
import { type Initializer, initializer, zeros } from "../init/index.ts";
import {
  type InitializeAt,
  LAYERS,
  type Model,
  type ParameterSlot,
  type PlacedLayer,
  placedLayers,
  plainLayers,
} from "../model/index.ts";
import type { Source } from "../random/index.ts";
import { type InitializationSpec, scheme } from "./catalogue.ts";
import { fittedTo, isWeight } from "./fitted.ts";
import { type Generator, generator } from "./generators.ts";
import { overridesOf, withInitializersAt } from "./initialize-at.ts";
import { fromLibraryAxes } from "./library-axes.ts";
import { pathsFor } from "./library-paths.ts";
import type { ParameterStart, RateFactors } from "./scheme.ts";

export interface InitializeOptions {
  /** `"auto"` by default. A layer's own `kernelInitializer` and `biasInitializer` go before it. */
  readonly initialization?: InitializationSpec | Initializer;
  readonly seed?: number;
  /** `stepzero` (own, keyed) by default; the others draw as that library does, in layer order. */
  readonly generator?: Generator;
  /** The generator's own by default: float64 with NumPy's, float32 with the others. */
  readonly dtype?: Dtype;
  /** Initializers by the path of parameters, as `withInitializersAt` takes them. */
  readonly initializeAt?: readonly InitializeAt[];
}

const INITIALIZE_OPTIONS: KindsOf<InitializeOptions> = {
  initialization: KIND.spec,
  seed: KIND.number,
  generator: KIND.text,
  dtype: KIND.text,
  initializeAt: KIND.list,
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
  given: Model,
  options: InitializeOptions = {},
): { readonly parameters: Parameters; readonly words: number | undefined } => {
  const {
    initialization = "auto",
    seed = 0,
    generator: name = "stepzero",
    dtype,
    initializeAt = [],
  } = optionsOf("initialize", options, INITIALIZE_OPTIONS);
  const model = withInitializersAt(given, initializeAt);
  const source = generator(name, seed);
  const { library } = scheme(initialization);
  const follows = library?.generators.includes(source.generator) === true;
  const pathIn = pathsFor(source.generator, model);
  const drawn = new Map<string, Tensor>();
  for (const { placed, starts } of startedLayers(model, initialization)) {
    if (source.stateless === true && LAYERS[placed.layer.kind].draws?.(placed.layer as never) === true) {
      source.at(placed.path).fill(new Float32Array(1), { kind: "uniform", low: 0, high: 1 });
    }
    const order = (follows && library?.order?.(placed.parameters)) || placed.parameters;
    for (const { path } of order) {
      const { slot, initializer: one, discarded } = starts.find((start) => start.slot.path === path)!;
      const { shape, fans } = slot;
      const options = { fans, dtype: dtype ?? source.dtype };
      if (follows && discarded !== undefined) {
        discarded.initializer.draw(discarded.shape, source.at(path), options);
      }
      // A learned number is no layer of those libraries, and takes no key.
      const own = isNumber(slot) && !one.random ? source : source.at(pathIn(path));
      const tensor = one.draw(shape, own, options);
      drawn.set(path, isWeight(slot) ? inPlace(one, tensor, source) : tensor);
    }
  }
  const paths = slotsOf(model).map(({ path }) => path);
  return {
    parameters: Object.fromEntries(paths.map((path) => [path, drawn.get(path)!])),
    words: source.words?.(),
  };
};

/** A factor or a summand that no normalization has. */
const isNumber = ({ role, place }: ParameterSlot): boolean =>
  (role === "scale" || role === "shift") && !place.norm;

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
  const { rates } = scheme(initialization);
  if (rates === undefined) return null;
  return Object.fromEntries(slotsOf(model).map((slot) => [slot.path, rates(slot)[family]]));
};

/** A kernel as the source's library would have it: its own axes decide which value stands where. */
const inPlace = (one: Initializer, tensor: Tensor, source: Source): Tensor =>
  source.stateless === true && one.elementwise && one.random ? fromLibraryAxes(tensor) : tensor;

const slotsOf = (model: Model): ParameterSlot[] =>
  placedLayers(model).flatMap(({ parameters }) => parameters);

/** A parameter in its place with the initializer that it gets. */
export interface StartedParameter extends ParameterStart {
  readonly slot: ParameterSlot;
}

/** Every parameter in its place, in the order of the layers, with the initializer that it gets. */
export const parameterStarts = (
  model: Model,
  initialization: InitializationSpec | Initializer,
): StartedParameter[] => startedLayers(model, initialization).flatMap(({ starts }) => starts);

const startedLayers = (
  model: Model,
  initialization: InitializationSpec | Initializer,
): { readonly placed: PlacedLayer; readonly starts: readonly StartedParameter[] }[] => {
  const chosen = scheme(initialization);
  const layers = placedLayers(model);
  const slots = layers.flatMap(({ parameters }) => parameters);
  chosen.check?.(slots);
  const overriding = overridesOf(model, slots);
  const startOf = ({ layer, path }: PlacedLayer, slot: ParameterSlot): StartedParameter => {
    const override = overriding(slot);
    if (override !== null) return { slot, ...override };
    const own = LAYERS[layer.kind].initializer?.(layer as never, slot.role);
    if (own !== undefined) return { slot, initializer: fittedTo(slot, initializer(own, path)) };
    const { fans = slot.fans, ...start } = chosen.start(slot, slots);
    const counted = { ...slot, fans };
    return { slot: counted, ...start, initializer: fittedTo(counted, start.initializer) };
  };
  return layers.map((placed) => ({
    placed,
    starts: placed.parameters.map((slot) => startOf(placed, slot)),
  }));
};

/** What the learning rates of one layer are multiplied with. */
export interface LayerRates {
  readonly kernel: RateFactors;
  readonly bias: RateFactors;
}

/** Each dense layer of a plain network in its place with the initializers that it gets. */
export const layerInitializers = (model: Model, initialization: InitializationSpec | Initializer) => {
  const { rates } = scheme(initialization);
  const starts = new Map(parameterStarts(model, initialization).map((one) => [one.slot.path, one]));
  return needPlain(model).map((placed) => {
    const [kernel, bias] = ["kernel", "bias"].map((name) => starts.get(`${placed.path}/${name}`));
    return {
      placed,
      kernel: kernel!.initializer,
      bias: bias?.initializer ?? zeros(),
      reason: kernel!.reason,
      rates:
        rates === undefined ? null : { kernel: rates(kernel!.slot), bias: rates((bias ?? kernel!).slot) },
    };
  });
};

const needPlain = (model: Model) => {
  const layers = plainLayers(model);
  if (layers !== null) return layers;
  throw new InputError(
    "explain",
    "expected a network of dense layers one after another, got another",
    "parameterStarts(model, initialization) says what each parameter of any network starts from.",
  );
};

/** Whether the parameters depend on the seed. */
export const isRandomInitialization = (
  model: Model,
  initialization: InitializationSpec | Initializer,
): boolean => parameterStarts(model, initialization).some((one) => one.initializer.random);
