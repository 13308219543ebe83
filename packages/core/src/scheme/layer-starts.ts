import { activation } from "../activation/index.ts";
import type { Initializer } from "../init/index.ts";
import type { Model } from "../model/index.ts";
import { biasStart, type LayerStart, weightStart } from "../signal/index.ts";
import type { InitializationSpec } from "./catalogue.ts";
import { layerInitializers } from "./initialize.ts";

/** How each layer's parameters start under an initialization, as `predictSignal` takes them. */
export const layerStarts = (model: Model, initialization: InitializationSpec | Initializer): LayerStart[] =>
  layerInitializers(model, initialization).map(({ placed, kernel, bias }) => {
    const { inputs, outputs } = placed;
    const fans = { fanIn: inputs, fanOut: outputs };
    return {
      inputs,
      outputs,
      activation: activation(placed.activation),
      weights: weightStart(kernel, [outputs, inputs], fans),
      bias: biasStart(bias, [outputs], fans),
    };
  });
