import type { Warning } from "../base/index.ts";
import type { Initializer } from "../init/index.ts";
import type { Model } from "../model/index.ts";
import type { InitializationSpec } from "./catalogue.ts";
import { layerInitializers } from "./initialize.ts";
import { signalWarnings } from "./signal-warnings.ts";
import { zeroLayerWarnings } from "./zero-layers.ts";

/**
 * What can be said against an initialization without drawing it: hidden layers whose units all start
 * alike stay alike, since each gets the same gradient; weights under which the signal or the gradient fades
 * or grows a hundredfold on its way, by `predictSignal` from inputs with E[x²] = 1, or a whole layer is 0;
 * and schemes that ask for learning rates per layer, where training has one.
 *
 * ```ts
 * initializationWarnings(mlp([2, 10, 1]), "zeros")[0].rule; // "symmetry/zero-kernel"
 * initializationWarnings(mlp([2, 10, 1]), "random")[0].rule; // "variance/too-small"
 * initializationWarnings(mlp([2, 64, 1]), "mup")[0].rule; // "rates/one-for-all"
 * initializationWarnings(mlp([2, 10, 1]), "he"); // []
 * ```
 */
export const initializationWarnings = (
  model: Model,
  initialization: InitializationSpec | Initializer,
): Warning[] => {
  const layers = layerInitializers(model, initialization);
  const zeros = zeroLayerWarnings(layers);
  const signal = zeros.length > 0 ? zeros : signalWarnings(model, initialization);
  return [...symmetryWarnings(layers), ...signal, ...rateWarnings(layers)];
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

const rateWarnings = (layers: Layers): Warning[] => {
  const factors = layers.flatMap(({ placed: { path }, rates }) =>
    rates === null
      ? []
      : [
          { path: `${path}/kernel`, factor: rates.kernel.gradientDescent },
          { path: `${path}/bias`, factor: rates.bias.gradientDescent },
        ],
  );
  const [first] = factors;
  if (first === undefined || factors.every(({ factor }) => factor === first.factor)) return [];
  const least = factors.reduce((far, one) => (one.factor < far.factor ? one : far));
  const most = factors.reduce((far, one) => (one.factor > far.factor ? one : far));
  const figure = (value: number): string => String(Number(value.toPrecision(3)));
  return [
    {
      rule: "rates/one-for-all",
      path: most.path,
      message:
        `it asks for learning rates per layer, from ×${figure(least.factor)} at ${least.path} to ×${figure(most.factor)} at ` +
        `${most.path}, but training has one for all: it uses the variances alone, and the best rate then changes ` +
        "with the width. `explain` with --layers gives the rates.",
    },
  ];
};
