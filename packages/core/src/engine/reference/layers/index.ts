import { InputError } from "../../../base/index.ts";
import type { LayerKind } from "../../../model/index.ts";
import type { LayerContext, MakeLayer, ReferenceLayer } from "./definition.ts";
import { dense } from "./dense.ts";

/** How each kind of layer computes: one file a kind, one line here. */
const LAYERS: { readonly [K in LayerKind]: MakeLayer<K> | null } = {
  dense,
  conv: null,
  pool: null,
  flatten: null,
  activate: null,
  dropout: null,
  batchNorm: null,
  layerNorm: null,
  rmsNorm: null,
  groupNorm: null,
  residual: null,
  gated: null,
  scale: null,
  shift: null,
  embedding: null,
  positionEmbedding: null,
  unembed: null,
  attention: null,
};

export const referenceLayer = (context: LayerContext<LayerKind>): ReferenceLayer => {
  const { path, layer } = context.placed;
  const make = LAYERS[layer.kind] as MakeLayer<LayerKind> | null;
  if (make === null) {
    throw new InputError(path, `the reference engine does not compute layers of the kind ${layer.kind} yet`);
  }
  return make(context);
};

export { nonlinearity } from "./activated.ts";
export * from "./definition.ts";
