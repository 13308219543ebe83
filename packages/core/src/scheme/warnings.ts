import { KIND, optionsOf, type Warning } from "../base/index.ts";
import type { Initializer } from "../init/index.ts";
import { type Model, plainLayers } from "../model/index.ts";
import type { InitializationSpec } from "./catalogue.ts";
import { layerInitializers } from "./initialize.ts";
import { signalWarnings } from "./signal-warnings.ts";
import { zeroLayerWarnings } from "./zero-layers.ts";

export interface WarningOptions {
  /** (1/n) Σ x² of the inputs. Where it is not known, what goes wrong at 1, 0.09 or 9 is said. */
  readonly inputSquare?: number;
}

/**
 * What can be said against an initialization without drawing it: hidden layers whose units all start
 * alike stay alike, since each gets the same gradient; weights under which the signal or the gradient fades
 * or grows a hundredfold on its way, by `predictSignal`, or a whole layer is 0.
 *
 * ```ts
 * initializationWarnings(mlp([2, 10, 1]), "zeros")[0].rule; // "symmetry/zero-kernel"
 * initializationWarnings(mlp([2, 10, 1]), "random")[0].rule; // "variance/too-small"
 * initializationWarnings(mlp([2, 10, 1]), "he"); // []
 * ```
 */
export const initializationWarnings = (
  model: Model,
  initialization: InitializationSpec | Initializer,
  options: WarningOptions = {},
): Warning[] => {
  const { inputSquare } = optionsOf("initializationWarnings", options, { inputSquare: KIND.number });
  if (plainLayers(model) === null) return [];
  const layers = layerInitializers(model, initialization);
  const zeros = zeroLayerWarnings(layers);
  const signal = zeros.length > 0 ? zeros : signalWarnings(model, initialization, inputSquare);
  return [...symmetryWarnings(layers), ...signal];
};

type Layers = ReturnType<typeof layerInitializers>;

const symmetryWarnings = (layers: Layers): Warning[] =>
  layers.slice(0, -1).flatMap(({ placed, kernel, bias }) => {
    const law = kernel.distribution([placed.outputs, placed.inputs]);
    if (kernel.random || bias.random || law?.kind !== "constant" || placed.outputs < 2) return [];
    const zero = law.value === 0;
    return [
      {
        rule: zero ? "symmetry/zero-kernel" : "symmetry/constant-kernel",
        path: `${placed.path}/kernel`,
        message:
          `all ${placed.outputs} units of ${placed.path} start with the same weights (${law.value}), so they compute ` +
          "the same and get the same gradient: permuting them changes nothing, and no step can break that symmetry; " +
          `the layer stays as good as 1 unit${zero ? ", and where the weights after it are zero too it gets no gradient at all" : ""}. ` +
          'Draw the weights at random: "auto", or "he" for ReLU.',
      },
    ];
  });
