import { checkKind, KIND, sizeOf } from "../base/index.ts";
import { inputShape, valuesOf } from "./activation-shape.ts";
import type { DenseLayer, PlacedLayer } from "./layer.ts";
import { isPlainDense } from "./layers/index.ts";
import type { Model } from "./model.ts";
import { flatLayers, placedTree } from "./walk.ts";

/**
 * All layers in their places, one after another; a layer that holds others stands before them.
 *
 * ```ts
 * placedLayers(mlp([2, 10, 1])).map(({ path }) => path); // ["dense1", "dense2"]
 * ```
 */
export const placedLayers = (model: Model): PlacedLayer[] => flatLayers(placedTree(model));

/** The layers that have figures of their own, one after another: those with weights or an activation, and the last. */
export const figuredLayers = (model: Model): PlacedLayer[] =>
  placedLayers(model).filter(({ figured }) => figured);

/** The layer whose output is the model's. */
export const outputLayer = (model: Model): PlacedLayer => placedTree(model).at(-1)!;

/** The layers that have figures of their own, but for the one whose output is the model's. */
export const hiddenLayers = (model: Model): PlacedLayer[] => {
  const last = outputLayer(model).path;
  return figuredLayers(model).filter(({ path }) => path !== last);
};

/** The layers of a plain network, dense ones with biases one after another; `null` of any other. */
export const plainLayers = (model: Model): PlacedLayer<DenseLayer>[] | null => {
  const layers = placedTree(model);
  return layers.every(isPlainDense) ? layers : null;
};

/** Features of the last layer's output: the units of a dense one. */
export const outputsOf = (model: Model): number => outputLayer(model).output.features;

/** Values of one sample that a model takes. */
export const inputsOf = (model: Model): number => {
  checkKind("model", "the model", model, KIND.object, "mlp([2, 10, 1]) makes one.");
  return valuesOf(inputShape(model.input));
};

/** How many numbers the model learns. */
export const parameterCount = (model: Model): number =>
  placedLayers(model)
    .flatMap((placed) => placed.parameters)
    .reduce((sum, slot) => sum + sizeOf(slot.shape), 0);
