import {
  checkKind,
  checkLimit,
  InputError,
  KIND,
  type Kind,
  type KindsOf,
  LIMITS,
  optionsOf,
  suggestion,
} from "../base/index.ts";
import { inputShape } from "./activation-shape.ts";
import type { Layer, LayerKind } from "./layer.ts";
import { definitionOf, LAYERS, NAME } from "./layers/index.ts";
import { LOSSES } from "./loss.ts";
import type { InitializeAt, Model } from "./model.ts";

const KINDS = Object.keys(LAYERS) as LayerKind[];

/** Branches within branches, at most. */
const MOST_NESTED = 32;

/** Refuses what is no model, whatever its shapes; returns the model itself. */
export const checkModel = (model: Model): Model => {
  checkKind("model", "the model", model, KIND.object, "mlp([2, 10, 1]) makes one.");
  optionsOf("model", model, {
    input: ANY,
    layers: KIND.list,
    loss: KIND.text,
    initializeAt: KIND.list,
  });
  checkKind("model", "layers", model.layers, KIND.list);
  inputShape(model.input);
  if (model.layers.length === 0) {
    throw new InputError("model", "expected at least one layer, got none", "Add dense(1) for one output.");
  }
  checkLimit("model", "layers", checkList("", model.layers, 0), LIMITS.layers);
  if (model.loss !== undefined && !LOSSES.includes(model.loss)) {
    throw new InputError("model", `unknown loss "${model.loss}"`, suggestion(model.loss, LOSSES));
  }
  for (const one of model.initializeAt ?? []) checkInitializeAt(one);
  return model;
};

const checkInitializeAt = (one: InitializeAt): void => {
  const example = 'Write { pattern: "dense1/kernel", initializer: "he" }.';
  checkKind("model", "each entry of initializeAt", one, KIND.object, example);
  optionsOf("model", one, { pattern: KIND.text, initializer: KIND.spec });
  checkKind("model", "the pattern of initializeAt", one.pattern, KIND.text, example);
  checkKind("model", "the initializer of initializeAt", one.initializer, KIND.spec, example);
};

const ANY = { words: "a shape", holds: () => true };

/** Refuses a list of layers; returns how many there are, with those in them. */
const checkList = (prefix: string, layers: readonly Layer[], nested: number): number => {
  checkLimit("model", "residual and gated layers within one another", nested, MOST_NESTED);
  checkLimit("model", "layers", layers.length, LIMITS.layers);
  let count = 0;
  layers.forEach((layer, index) => {
    const who = `${prefix}layer ${index + 1}`;
    checkLayer(layers.length === 1 && prefix === "" ? "model" : who, layer);
    count++;
    for (const [name, list] of Object.entries(definitionOf(layer).lists?.(layer) ?? {})) {
      count += checkList(`${who}, ${name}: `, list, nested + 1);
    }
  });
  return count;
};

/** Refuses a layer that no input could make right. */
export const checkLayer = (who: string, layer: Layer): void => {
  checkKind(who, "each layer", layer, KIND.object, "dense(10) makes one.");
  checkKind(who, "the layer's kind", layer.kind, KIND.text, `The kinds are: ${KINDS.join(", ")}.`);
  if (!Object.hasOwn(LAYERS, layer.kind)) {
    throw new InputError(who, `unknown kind of layer "${layer.kind}"`, suggestion(layer.kind, KINDS));
  }
  const definition = definitionOf(layer);
  const options = { kind: KIND.text, name: NAME, ...definition.options } as KindsOf<object>;
  optionsOf(who, layer as object, options);
  const given = layer as unknown as Readonly<Record<string, unknown>>;
  const kinds = definition.options as Readonly<Record<string, Kind>>;
  for (const name of definition.required) checkKind(who, name, given[name], kinds[name]!);
  definition.check?.(who, layer);
};
