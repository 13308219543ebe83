import type { LayerKind } from "../../../model/index.ts";
import { activate } from "./activate.ts";
import { attention } from "./attention.ts";
import { batchNorm } from "./batch-norm.ts";
import { conv } from "./conv.ts";
import type { LayerContext, MakeLayer, ReferenceLayer } from "./definition.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { embedding } from "./embedding.ts";
import { flatten } from "./flatten.ts";
import { gated } from "./gated.ts";
import { groupNorm } from "./group-norm.ts";
import { layerNorm } from "./layer-norm.ts";
import { pool } from "./pool.ts";
import { positionEmbedding } from "./position-embedding.ts";
import { residual } from "./residual.ts";
import { rmsNorm } from "./rms-norm.ts";
import { scale } from "./scale.ts";
import { shift } from "./shift.ts";
import { unembed } from "./unembed.ts";

/** How each kind of layer computes: one file a kind, one line here. */
export const LAYERS: { readonly [K in LayerKind]: MakeLayer<K> } = {
  dense,
  conv,
  pool,
  flatten,
  activate,
  dropout,
  batchNorm,
  layerNorm,
  rmsNorm,
  groupNorm,
  residual,
  gated,
  scale,
  shift,
  embedding,
  positionEmbedding,
  unembed,
  attention,
};

export const referenceLayer = (context: LayerContext<LayerKind>): ReferenceLayer =>
  (LAYERS[context.placed.layer.kind] as MakeLayer<LayerKind>)(context);

export { nonlinearity } from "./activated.ts";
export * from "./definition.ts";
