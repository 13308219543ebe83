import { InputError, plural, type Shape, shown } from "../base/index.ts";
import { type ActivationShape, inputShape, valuesOf } from "./activation-shape.ts";
import { checkModel } from "./check-model.ts";
import type { Layer, ParameterSlot, PlacedLayer } from "./layer.ts";
import { definitionOf } from "./layers/index.ts";
import type { Model } from "./model.ts";
import { placesOf } from "./place.ts";
import type { ShapedLayer } from "./shaped-layer.ts";

/**
 * The one walk of the tree: each layer in its place, in the order of the forward pass, with its shapes, and each
 * parameter with its path. Layers are counted by kind within their list: `dense1`, `conv2`,
 * `residual1/branch/conv1`; a layer's own name stands in place of that.
 */
export const placedTree = (model: Model): PlacedLayer[] => {
  checkModel(model);
  const shaped = shapedLayers(model);
  const places = placesOf(shaped);
  const place = ({ own, lists, ...layer }: ShapedLayer): PlacedLayer => ({
    ...layer,
    parameters: own.map(({ name, role, shape, fans, parts }): ParameterSlot => {
      const path = `${layer.path}/${name}`;
      return { path, role, shape, fans, ...(parts === undefined ? {} : { parts }), place: places.get(path)! };
    }),
    lists: Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.map(place)])),
  });
  return shaped.map(place);
};

/** The layers of a tree one after another, each before those in it. */
export const flatLayers = (layers: readonly PlacedLayer[]): PlacedLayer[] =>
  layers.flatMap((one) => [one, ...Object.values(one.lists).flatMap(flatLayers)]);

const shapedLayers = ({ input, layers }: Model): ShapedLayer[] => {
  const tables = new Map<string, { readonly path: string; readonly shape: Shape }>();

  const list = (given: readonly Layer[], prefix: string, from: ActivationShape): ShapedLayer[] => {
    const counts: Record<string, number> = {};
    const taken = new Set<string>();
    let shape = from;
    return given.map((layer) => {
      const count = layer.name === undefined ? (counts[layer.kind] ?? 0) + 1 : 0;
      if (layer.name === undefined) counts[layer.kind] = count;
      const own = layer.name ?? `${layer.kind}${count}`;
      const path = `${prefix}${own}`;
      if (taken.has(own)) {
        throw new InputError(path, "expected names that differ within a list of layers, got this one twice");
      }
      taken.add(own);
      const placed = one(layer, path, shape);
      shape = placed.output;
      return placed;
    });
  };

  const one = (layer: Layer, path: string, from: ActivationShape): ShapedLayer => {
    const definition = definitionOf(layer);
    const lists = Object.fromEntries(
      Object.entries(definition.lists?.(layer) ?? {}).map(([name, given]) => [
        name,
        list(given, `${path}/${name}/`, from),
      ]),
    );
    const shapes = Object.fromEntries(
      Object.entries(lists).map(([name, placed]) => [name, placed.at(-1)?.output ?? from]),
    );
    const tie = definition.tiedTo?.(layer);
    const table = tie === undefined ? null : tableAt(path, tie);
    const output = definition.output(path, layer, from, { lists: shapes, table: table?.shape ?? null });
    const own = definition.parameters?.(layer, from) ?? [];
    for (const { name, role, shape } of own) {
      if (role === "embedding") tables.set(path, { path: `${path}/${name}`, shape });
    }
    return {
      path,
      layer,
      input: from,
      output,
      inputs: valuesOf(from),
      outputs: valuesOf(output),
      activation: definition.activation?.(layer) ?? "linear",
      figured: definition.weights > 0 || definition.activation !== undefined,
      own,
      lists,
      multiplyAdds: definition.multiplyAdds?.(layer, from, output) ?? 0,
      tied: table?.path ?? null,
    };
  };

  const tableAt = (path: string, tie: string) => {
    const found = tables.get(tie);
    if (found !== undefined) return found;
    const known = [...tables.keys()];
    throw new InputError(
      path,
      `expected tiedTo to be the path of an embedding before it, got ${shown(tie)}`,
      known.length === 0
        ? "The model has no embedding before it."
        : `The ${plural(known.length, "embedding")} before it: ${known.join(", ")}.`,
    );
  };

  const all = list(layers, "", inputShape(input));
  return all.with(-1, { ...all.at(-1)!, figured: true });
};
