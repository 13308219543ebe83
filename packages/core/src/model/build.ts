/** @file Functions that make layers. Each returns plain data and refuses what no input could make right. */
import { KIND, type KindsOf, optionsOf } from "../base/index.ts";
import { checkLayer } from "./check-model.ts";
import type { Layer, LayerKind, LayerOf } from "./layer.ts";

/** Options of a kind of layer, but for those that its function takes by place. */
export type OptionsFor<K extends LayerKind, Given extends string = never> = Partial<
  Omit<LayerOf<K>, "kind" | Given>
>;

const build = <K extends LayerKind>(
  kind: K,
  given: Partial<LayerOf<K>>,
  options: object | undefined,
  usual: object = {},
): LayerOf<K> => {
  if (options !== undefined && !KIND.object.holds(options)) optionsOf(kind, options, {} as KindsOf<object>);
  const layer = { kind, ...given, ...usual, ...options } as unknown as Layer;
  checkLayer(kind, layer);
  return layer as LayerOf<K>;
};

/**
 * A fully connected layer: `[units, features]` weights, `[units]` biases, linear by default; at each position where
 * its input has positions.
 *
 * ```ts
 * dense(10, { activation: "relu" }); // { kind: "dense", units: 10, activation: "relu" }
 * ```
 */
export const dense = (units: number, options?: OptionsFor<"dense", "units">): LayerOf<"dense"> =>
  build("dense", { units }, options, { activation: "linear" });

/**
 * A convolution over a length or an image, by default with kernel 3, stride 1 and no padding, and linear.
 *
 * ```ts
 * conv(16, { kernel: 3, padding: 1 }); // { kind: "conv", channels: 16, kernel: 3, activation: "linear", padding: 1 }
 * ```
 */
export const conv = (channels: number, options?: OptionsFor<"conv", "channels">): LayerOf<"conv"> =>
  build("conv", { channels }, options, { kernel: 3, activation: "linear" });

/**
 * Pooling: `"max"` or `"average"` of windows, `"global"` the mean over all positions.
 *
 * ```ts
 * pool("max", { size: 2 }); // { kind: "pool", pool: "max", size: 2 }
 * ```
 */
export const pool = (how: LayerOf<"pool">["pool"], options?: OptionsFor<"pool", "pool">): LayerOf<"pool"> =>
  build("pool", { pool: how }, options);

/** Positions become features: `flatten()`. */
export const flatten = (options?: OptionsFor<"flatten">): LayerOf<"flatten"> => build("flatten", {}, options);

/** An activation alone, as after a norm: `activate("relu")`. */
export const activate = (
  activation: LayerOf<"activate">["activation"],
  options?: OptionsFor<"activate", "activation">,
): LayerOf<"activate"> => build("activate", { activation }, options);

/** Values are 0 with probability `rate` in training: `dropout(0.1)`. */
export const dropout = (rate: number, options?: OptionsFor<"dropout", "rate">): LayerOf<"dropout"> =>
  build("dropout", { rate }, options);

/** Batch normalization, with running statistics for evaluation: `batchNorm()`. */
export const batchNorm = (options?: OptionsFor<"batchNorm">): LayerOf<"batchNorm"> =>
  build("batchNorm", {}, options);

/** Layer normalization over the features of each position: `layerNorm()`. */
export const layerNorm = (options?: OptionsFor<"layerNorm">): LayerOf<"layerNorm"> =>
  build("layerNorm", {}, options);

/** Division by the root mean square of the features at each position: `rmsNorm()`. */
export const rmsNorm = (options?: OptionsFor<"rmsNorm">): LayerOf<"rmsNorm"> => build("rmsNorm", {}, options);

/** Normalization of each sample over groups of features and all positions: `groupNorm(8)`. */
export const groupNorm = (
  groups: number,
  options?: OptionsFor<"groupNorm", "groups">,
): LayerOf<"groupNorm"> => build("groupNorm", { groups }, options);

/**
 * A residual block: skipScale · shortcut(x) + branchScale · branch(x).
 *
 * ```ts
 * residual([dense(8, { activation: "relu" }), dense(4)]).branch.length; // 2
 * ```
 */
export const residual = (
  branch: readonly Layer[],
  options?: OptionsFor<"residual", "branch">,
): LayerOf<"residual"> => build("residual", { branch }, options);

/** Two lists of layers on one input, multiplied: `gated([dense(8)], [dense(8, { activation: "silu" })])`. */
export const gated = (
  value: readonly Layer[],
  gate: readonly Layer[],
  options?: OptionsFor<"gated", "value" | "gate">,
): LayerOf<"gated"> => build("gated", { value, gate }, options);

/** A learned factor, or one per feature: `scale({ per: "feature" })`. */
export const scale = (options?: OptionsFor<"scale">): LayerOf<"scale"> => build("scale", {}, options);

/** A learned summand, or one per feature: `shift()`. */
export const shift = (options?: OptionsFor<"shift">): LayerOf<"shift"> => build("shift", {}, options);

/** A row of a learned table for each token: `embedding(32)`. */
export const embedding = (width: number, options?: OptionsFor<"embedding", "width">): LayerOf<"embedding"> =>
  build("embedding", { width }, options);

/** Adds a learned row for each position: `positionEmbedding()`. */
export const positionEmbedding = (options?: OptionsFor<"positionEmbedding">): LayerOf<"positionEmbedding"> =>
  build("positionEmbedding", {}, options);

/** Logits of each token, by weights of its own or those of an embedding: `unembed({ tiedTo: "embedding1" })`. */
export const unembed = (options: OptionsFor<"unembed">): LayerOf<"unembed"> => build("unembed", {}, options);

/** Self-attention over the positions: `attention(4, { causal: true })`. */
export const attention = (heads: number, options?: OptionsFor<"attention", "heads">): LayerOf<"attention"> =>
  build("attention", { heads }, options);
