import { checkKind, InputError, KIND, plural } from "../base/index.ts";
import type { Layer } from "./layer.ts";
import { definitionOf } from "./layers/index.ts";
import type { Model } from "./model.ts";
import { outputsOf } from "./placed.ts";

/**
 * The model with a bias in its output layer that answers with the frequencies of the classes (`outputPrior`).
 * `frequencies` are counts or shares in the order of the classes; two for a single output.
 *
 * ```ts
 * const model = withOutputPrior(mlp([2, 10, 1]), [90, 10]);
 * model.layers[1]; // { kind: "dense", units: 1, activation: "linear", biasInitializer: { name: "outputPrior", frequencies: "90,10" } }
 * initialize(model)["dense2/bias"].data; // ≈ [-2.197225]
 * ```
 *
 * Errors: `InputError` where the number of classes does not fit, or the layer has a bias initializer already.
 */
export const withOutputPrior = (model: Model, frequencies: readonly number[]): Model => {
  const outputs = outputsOf(model);
  checkKind("outputPrior", "the frequencies", frequencies, KIND.numbers);
  if (frequencies.length !== Math.max(2, outputs)) {
    throw new InputError(
      "outputPrior",
      `expected ${Math.max(2, outputs)} frequencies for ${outputs} ${plural(outputs, "output")}, got ${frequencies.length}`,
    );
  }
  const last = model.layers[model.layers.length - 1]!;
  const definition = definitionOf(last);
  if (!("biasInitializer" in definition.options) || definition.initializer?.(last, "bias") !== undefined) {
    throw new InputError("outputPrior", "expected an output layer without a bias initializer, got one with");
  }
  const biasInitializer = { name: "outputPrior", frequencies: frequencies.join(",") };
  return { ...model, layers: model.layers.with(-1, { ...last, biasInitializer } as Layer) };
};
