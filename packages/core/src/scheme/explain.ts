import { type Activation, activation } from "../activation/index.ts";
import { type Fans, KIND, optionsOf, type Shape } from "../base/index.ts";
import { findInitializer, type Initializer } from "../init/index.ts";
import type { DenseLayer, Model, PlacedLayer } from "../model/index.ts";
import { type LayerSignal, predictSignal } from "../signal/index.ts";
import { critical } from "../theory/index.ts";
import { type InitializationSpec, scheme } from "./catalogue.ts";
import { type LayerRates, layerInitializers } from "./initialize.ts";
import { layerStarts } from "./layer-starts.ts";

/** What one layer starts from, and what that does in expectation, before anything is drawn. */
export interface LayerExplanation {
  /** `dense1/kernel` */
  readonly path: string;
  readonly shape: Shape;
  readonly fans: Fans;
  /** The activation after the layer. */
  readonly activation: string;
  /** Canonical form. */
  readonly initializer: { readonly name: string; readonly [option: string]: number | string };
  readonly formula: string;
  /** Canonical form of what the biases start from. */
  readonly bias: { readonly name: string; readonly [option: string]: number | string };
  /** The standard deviation that it gives; `null` where that says nothing. */
  readonly std: number | null;
  /**
   * fanIn · Var[w] · E[φ(z)²] / E[z²], z that of the layer before at the length it then has: what the weights multiply
   * E[z²] with in a wide network whose inputs have the given second moment. `null` where the std is.
   */
  readonly signal: number | null;
  /** fanOut · Var[w] · E[φ′(z)²]: what the way back through the layer multiplies the squared gradient with. */
  readonly gradient: number | null;
  /** E[z²] of the layer's units and their squared gradient over that of the last layer's, at these widths. */
  readonly predicted: Pick<LayerSignal, "preactivation" | "gradient" | "approximate">;
  /** What the layer's learning rates are multiplied with; `null` where the scheme asks for one rate. */
  readonly rates: LayerRates | null;
  readonly reason: string;
}

export interface ExplainOptions {
  /** (1/n) Σ x² of the inputs: 1, or what `auto` was told. */
  readonly inputSquare?: number;
}

/**
 * Which initializer each layer of a model gets, and why.
 *
 * ```ts
 * const [first, second] = explainInitialization(mlp([2, 10, 1], { activation: "relu" }), "auto");
 * first.initializer.name; // "heNormal"
 * first.std; // 1
 * second.signal; // ≈ 1.00000000
 * ```
 *
 * Errors: `InputError` on an unknown name, and on an `inputSquare` that is not positive.
 */
export const explainInitialization = (
  model: Model,
  initialization: InitializationSpec | Initializer = "auto",
  options: ExplainOptions = {},
): LayerExplanation[] => {
  const given = optionsOf("explainInitialization", options, { inputSquare: KIND.number });
  const layers = layerInitializers(model, initialization);
  const inputSquare = given.inputSquare ?? Number(scheme(initialization).options.inputSquare ?? 1);
  const signals = predictSignal(layerStarts(model, initialization), { inputSquare });
  return layers.map(({ placed, kernel, bias, rates, reason }, index) => {
    const {
      path,
      shape,
      fans = { fanIn: placed.inputs, fanOut: placed.outputs },
    } = placed.parameters.find(({ role }) => role === "kernel")!;
    const before = layers[index - 1]?.placed;
    const std = kernel.std(shape, fans);
    const variance = std === null ? null : std * std;
    const own = signals[index]!;
    const earlier = signals[index - 1];
    const at = (factor: number): number | null =>
      variance === null ? null : variance === 0 ? 0 : Number.isFinite(factor) ? factor : null;
    return {
      path,
      shape,
      fans,
      activation: activation(placed.activation).name,
      initializer: { name: kernel.name, ...kernel.options },
      formula: findInitializer(kernel.name)?.formula ?? "",
      bias: { name: bias.name, ...bias.options },
      std,
      signal: at(
        fans.fanIn *
          variance! *
          (earlier === undefined ? 1 : earlier.activation.wide / earlier.preactivation.wide),
      ),
      gradient: at(
        earlier === undefined ? fans.fanOut * variance! : earlier.gradient.wide / own.gradient.wide,
      ),
      predicted: own,
      rates,
      reason: reason ?? reasonOf(placed, kernel, before),
    };
  });
};

const reasonOf = (
  { layer }: PlacedLayer<DenseLayer>,
  kernel: Initializer,
  before: PlacedLayer | undefined,
): string => {
  if (layer.kernelInitializer !== undefined) return "the layer's own kernelInitializer";
  const own = activation(layer.activation).name;
  const fitted = own === "linear" && before !== undefined ? before.activation : layer.activation;
  const of = activation(fitted).name;
  const after = of === own ? own : `${of}, before this output layer`;
  const { gain, negativeSlope } = kernel.options;
  switch (kernel.name) {
    case "heNormal":
    case "heUniform":
      if (gain !== undefined)
        return `gain ${Number(Number(gain).toPrecision(5))} = 1/√E[φ²] keeps E[z²] = 1 under ${after}${withoutPair(activation(fitted))}`;
      return negativeSlope === undefined
        ? `gain √2: half of the second moment is lost in a ReLU (${after})`
        : `gain √(2/(1 + ${negativeSlope}²)): what ${after} loses`;
    case "glorotNormal":
    case "glorotUniform":
      return `a compromise of signal (1/fanIn) and gradient (1/fanOut)${criticalWords(activation(fitted), Number(gain ?? 1))}`;
    case "lecunNormal":
    case "lecunUniform":
      return `gain 1: mean 0 and variance 1 are a fixed point of ${after} when it is selu`;
    case "siren":
      return `keeps the arguments of ${after} standard normal`;
    default:
      return findInitializer(kernel.name)?.summary.replace(/\.$/, "") ?? "";
  }
};

/** That no weight variance keeps other lengths, where the length 1 is unstable. */
const withoutPair = ({ name, settling }: Activation): string =>
  settling === undefined
    ? ""
    : `; other lengths leave, over few layers not far; critical weight variance of ${name} without biases: none`;

/** Which weight variance is critical for an activation, where Glorot's is gain² at equal widths. */
const criticalWords = (phi: Activation, gain: number): string => {
  if (phi.name === "linear") return "";
  const { pair } = critical(phi, 0);
  if (pair === null) return `; without biases no weight variance is critical for ${phi.name}`;
  const [own, wanted] = [gain * gain, pair.weightVariance].map((value) => Number(value.toPrecision(3)));
  const given = `; at equal widths fanIn · Var[w] is ${own}`;
  return own === wanted
    ? `${given}, which is critical for ${phi.name} without biases`
    : `${given}, and ${phi.name} without biases is critical at ${wanted}`;
};
