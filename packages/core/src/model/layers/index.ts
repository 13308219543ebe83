import type { Layer, LayerKind } from "../layer.ts";
import { activateLayer } from "./activate.ts";
import { attentionLayer } from "./attention.ts";
import { batchNormLayer } from "./batch-norm.ts";
import { convLayer } from "./conv.ts";
import type { LayerDefinition } from "./definition.ts";
import { denseLayer } from "./dense.ts";
import { dropoutLayer } from "./dropout.ts";
import { embeddingLayer } from "./embedding.ts";
import { flattenLayer } from "./flatten.ts";
import { gatedLayer } from "./gated.ts";
import { groupNormLayer } from "./group-norm.ts";
import { layerNormLayer } from "./layer-norm.ts";
import { poolLayer } from "./pool.ts";
import { positionEmbeddingLayer } from "./position-embedding.ts";
import { residualLayer } from "./residual.ts";
import { rmsNormLayer } from "./rms-norm.ts";
import { scaleLayer } from "./scale.ts";
import { shiftLayer } from "./shift.ts";
import { unembedLayer } from "./unembed.ts";

/** Every kind of layer, by name. */
export const LAYERS: { readonly [K in LayerKind]: LayerDefinition<K> } = {
  dense: denseLayer,
  conv: convLayer,
  pool: poolLayer,
  flatten: flattenLayer,
  activate: activateLayer,
  dropout: dropoutLayer,
  batchNorm: batchNormLayer,
  layerNorm: layerNormLayer,
  rmsNorm: rmsNormLayer,
  groupNorm: groupNormLayer,
  residual: residualLayer,
  gated: gatedLayer,
  scale: scaleLayer,
  shift: shiftLayer,
  embedding: embeddingLayer,
  positionEmbedding: positionEmbeddingLayer,
  unembed: unembedLayer,
  attention: attentionLayer,
};

/** The definition of a layer's kind, for a layer of any kind. */
export const definitionOf = ({ kind }: Layer): LayerDefinition<LayerKind> =>
  LAYERS[kind] as LayerDefinition<LayerKind>;

export { type LayerDefinition, NAME, type OwnParameter } from "./definition.ts";
export { isPlainDense } from "./dense.ts";
