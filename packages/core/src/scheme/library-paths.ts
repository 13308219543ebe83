import { type LayerKind, type Model, type PlacedLayer, placedTree } from "../model/index.ts";

/**
 * flax.linen's module of each kind of layer; `null` of what is no module of its own: its layers are made where it
 * stands. A residual block is a module whose method makes the branch and then the shortcut.
 */
const MODULES: Readonly<Record<LayerKind, string | null>> = {
  dense: "Dense",
  conv: "Conv",
  pool: null,
  flatten: null,
  activate: null,
  dropout: "Dropout",
  batchNorm: "BatchNorm",
  layerNorm: "LayerNorm",
  rmsNorm: "RMSNorm",
  groupNorm: "GroupNorm",
  residual: "Residual",
  gated: null,
  scale: null,
  shift: null,
  embedding: "Embed",
  positionEmbedding: "Embed",
  unembed: "Dense",
  attention: "MultiHeadDotProductAttention",
};

/** Names of parts of a module that differ from ours. */
const PARTS: Readonly<Record<string, string>> = { projection: "out" };

/** The path by which a generator's library keys a parameter; our own where it keys by no path, or by ours. */
export const pathsFor = (generator: string, model: Model): ((path: string) => string) => {
  if (generator !== "flax-linen") return (path) => path;
  const paths = new Map<string, string>();
  nameModules(placedTree(model), "", {}, paths);
  return (path) => paths.get(path) ?? path;
};

/** As a compact method names modules: by class, counted from 0 within the module that makes them. */
const nameModules = (
  layers: readonly PlacedLayer[],
  scope: string,
  counts: Record<string, number>,
  paths: Map<string, string>,
): void => {
  for (const { layer, path, parameters, lists } of layers) {
    const module = MODULES[layer.kind];
    const count = module === null || layer.name !== undefined ? 0 : (counts[module] ?? 0);
    if (module !== null && layer.name === undefined) counts[module] = count + 1;
    const own = module === null ? scope : `${scope}/${layer.name ?? `${module}_${count}`}`;
    for (const slot of parameters) {
      const parts = slot.path.slice(path.length + 1).split("/");
      paths.set(slot.path, [own, ...parts.map((part) => PARTS[part] ?? part)].join("/"));
    }
    const inner = module === null ? counts : {};
    for (const list of Object.values(lists)) nameModules(list, own, inner, paths);
  }
};
