import {
  checkKind,
  checkLimit,
  InputError,
  KIND,
  LIMITS,
  optionsOf,
  shown,
  suggestion,
} from "../base/index.ts";
import { checkDense, denseParameters } from "./dense.ts";
import type { Layer, ParameterSlot, PlacedLayer } from "./layer.ts";
import { LOSSES, type LossName } from "./loss.ts";

/** A network as plain data: it survives `JSON.parse(JSON.stringify(model))`. */
export interface Model {
  readonly inputs: number;
  readonly layers: readonly Layer[];
  /** Chosen from the task when absent. */
  readonly loss?: LossName;
}

export interface ModelOptions {
  readonly inputs: number;
  readonly loss?: LossName;
}

/**
 * A model that applies its layers in order. The last layer is linear: every loss is from logits.
 *
 * ```ts
 * const model = sequential([dense(10, { activation: "relu" }), dense(1)], { inputs: 2 });
 * parameterCount(model); // 41
 * ```
 */
export const sequential = (layers: readonly Layer[], options: ModelOptions): Model => {
  const { inputs, loss } = optionsOf("sequential", options, { inputs: KIND.number, loss: KIND.text });
  return checkModel({ inputs, layers, ...(loss === undefined ? {} : { loss }) });
};

/** Refuses what cannot be built; returns the model itself. */
export const checkModel = (model: Model): Model => {
  checkKind("model", "the model", model, KIND.object, "mlp([2, 10, 1]) makes one.");
  optionsOf("model", model, { inputs: KIND.number, layers: KIND.list, loss: KIND.text });
  checkKind("model", "layers", model.layers, KIND.list);
  if (!Number.isSafeInteger(model.inputs) || model.inputs < 1) {
    throw new InputError("model", `expected inputs to be an integer ≥ 1, got ${shown(model.inputs)}`);
  }
  if (model.layers.length === 0) {
    throw new InputError("model", "expected at least one layer, got none", "Add dense(1) for one output.");
  }
  checkLimit("model", "layers", model.layers.length, LIMITS.layers);
  const kinds = Object.keys(SLOTS);
  for (const layer of model.layers) {
    checkKind("model", "each layer", layer, KIND.object, "dense(10) makes one.");
    if (!kinds.includes(layer.kind)) {
      const kind = String(layer.kind);
      throw new InputError("model", `unknown kind of layer "${kind}"`, suggestion(kind, kinds));
    }
    checkDense("model", layer);
  }
  if (model.loss !== undefined && !LOSSES.includes(model.loss)) {
    throw new InputError("model", `unknown loss "${model.loss}"`, suggestion(model.loss, LOSSES));
  }
  return model;
};

const SLOTS: {
  [K in Layer["kind"]]: (path: string, layer: Layer & { kind: K }, inputs: number) => ParameterSlot[];
} = {
  dense: denseParameters,
};

/** The layers in their places: `dense1`, `dense2`, … counted a kind. */
export const placedLayers = (model: Model): PlacedLayer[] => {
  checkModel(model);
  const counts: Record<string, number> = {};
  let inputs = model.inputs;
  return model.layers.map((layer) => {
    const count = (counts[layer.kind] ?? 0) + 1;
    counts[layer.kind] = count;
    const path = `${layer.kind}${count}`;
    const parameters = SLOTS[layer.kind](path, layer, inputs);
    const placed = { path, layer, inputs, outputs: layer.units, parameters };
    inputs = layer.units;
    return placed;
  });
};

/** Units of the last layer. */
export const outputsOf = (model: Model): number => checkModel(model).layers[model.layers.length - 1]!.units;

/** How many numbers the model learns. */
export const parameterCount = (model: Model): number =>
  placedLayers(model)
    .flatMap((placed) => placed.parameters)
    .reduce((sum, slot) => sum + slot.shape.reduce((product, axis) => product * axis, 1), 0);
