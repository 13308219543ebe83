import type { ActivationSpec } from "../activation/index.ts";
import type { Fans, Shape } from "../base/index.ts";
import type { InitializerSpec } from "../init/index.ts";
import type { ActivationShape } from "./activation-shape.ts";

/** What every layer may say. */
export interface LayerBase {
  /** Replaces kind and number in the paths of its parameters. */
  readonly name?: string;
}

/** A number for every axis, or one per axis. */
export type PerAxis = number | readonly number[];

/** Z = W · X + b at each position, then the activation. W is `[units, features]`, b `[units]`. */
export interface DenseLayer extends LayerBase {
  readonly kind: "dense";
  readonly units: number;
  readonly activation: ActivationSpec;
  /** True by default. */
  readonly bias?: boolean;
  readonly kernelInitializer?: InitializerSpec;
  readonly biasInitializer?: InitializerSpec;
}

/** A convolution over a length or an image: W is `[channels, in / groups, ...kernel]`, b `[channels]`. */
export interface ConvLayer extends LayerBase {
  readonly kind: "conv";
  readonly channels: number;
  readonly kernel: PerAxis;
  /** 1 by default. */
  readonly stride?: PerAxis;
  /** Zeros around: a number on either side, or `"same"`, with ⌈in / stride⌉ positions out; 0 by default. */
  readonly padding?: PerAxis | "same";
  /** 1 by default. */
  readonly dilation?: PerAxis;
  /** 1 by default; as many as channels is a depthwise convolution. */
  readonly groups?: number;
  readonly activation: ActivationSpec;
  /** True by default. */
  readonly bias?: boolean;
  readonly kernelInitializer?: InitializerSpec;
  readonly biasInitializer?: InitializerSpec;
}

/** The largest or the mean of each window, or the mean over all positions. */
export interface PoolLayer extends LayerBase {
  readonly kind: "pool";
  readonly pool: "max" | "average" | "global";
  /** Of the window; 2 by default. */
  readonly size?: PerAxis;
  /** The window's size by default. */
  readonly stride?: PerAxis;
  /** Positions around that count for nothing; 0 by default. */
  readonly padding?: PerAxis;
}

/** Positions become features: `[features][positions]` is read as `[features · positions]`. */
export interface FlattenLayer extends LayerBase {
  readonly kind: "flatten";
}

/** An activation alone, as after a norm. */
export interface ActivateLayer extends LayerBase {
  readonly kind: "activate";
  readonly activation: ActivationSpec;
}

/** Each value is 0 with probability `rate` and else divided by 1 − rate; in evaluation nothing happens. */
export interface DropoutLayer extends LayerBase {
  readonly kind: "dropout";
  readonly rate: number;
}

/** (x − mean) / √(variance + ε) of each feature over positions and samples, · scale + shift. */
export interface BatchNormLayer extends LayerBase {
  readonly kind: "batchNorm";
  /** 1e-5 by default. */
  readonly epsilon?: number;
  /** Share of the batch in the running statistics; 0.1 by default. */
  readonly momentum?: number;
}

/** (x − mean) / √(variance + ε) of each position over its features, · scale + shift. */
export interface LayerNormLayer extends LayerBase {
  readonly kind: "layerNorm";
  /** 1e-5 by default. */
  readonly epsilon?: number;
}

/** x / √(mean x² + ε) of each position over its features, · scale. */
export interface RmsNormLayer extends LayerBase {
  readonly kind: "rmsNorm";
  /** 1e-6 by default. */
  readonly epsilon?: number;
}

/** As batch norm, but of each sample over groups of features and all positions. */
export interface GroupNormLayer extends LayerBase {
  readonly kind: "groupNorm";
  readonly groups: number;
  /** 1e-5 by default. */
  readonly epsilon?: number;
}

/** skipScale · shortcut(x) + branchScale · branch(x). */
export interface ResidualLayer extends LayerBase {
  readonly kind: "residual";
  readonly branch: readonly Layer[];
  /** The identity by default. */
  readonly shortcut?: readonly Layer[];
  /** 1 by default. */
  readonly branchScale?: number;
  /** 1 by default. */
  readonly skipScale?: number;
}

/** value(x) · gate(x), number by number. */
export interface GatedLayer extends LayerBase {
  readonly kind: "gated";
  readonly value: readonly Layer[];
  readonly gate: readonly Layer[];
}

/** x · s, s a learned number, or one per feature. */
export interface ScaleLayer extends LayerBase {
  readonly kind: "scale";
  /** `"all"` by default. */
  readonly per?: "all" | "feature";
}

/** x + s, s a learned number, or one per feature. */
export interface ShiftLayer extends LayerBase {
  readonly kind: "shift";
  /** `"all"` by default. */
  readonly per?: "all" | "feature";
}

/** A row of the table `[tokens, width]` for each token. */
export interface EmbeddingLayer extends LayerBase {
  readonly kind: "embedding";
  readonly width: number;
}

/** x + row p of the table `[length, width]` at position p. */
export interface PositionEmbeddingLayer extends LayerBase {
  readonly kind: "positionEmbedding";
}

/** Logits of each token: W · x, W `[tokens, width]` of its own or tied to an embedding's table. */
export interface UnembedLayer extends LayerBase {
  readonly kind: "unembed";
  /** How many; of a tied one the embedding says it. */
  readonly tokens?: number;
  /** Path of an embedding layer whose table is used. */
  readonly tiedTo?: string;
  readonly kernelInitializer?: InitializerSpec;
}

/** softmax(Q Kᵀ / √(width / heads)) V over the positions, in each head, then a projection. */
export interface AttentionLayer extends LayerBase {
  readonly kind: "attention";
  readonly heads: number;
  /** Whether a position sees only itself and those before it; false by default. */
  readonly causal?: boolean;
  /** True by default. */
  readonly bias?: boolean;
  /** Whether query, key and value are one tensor `[3 · width, width]`, as PyTorch has it; false by default. */
  readonly packed?: boolean;
}

/** Every kind of layer. A concern (shapes, reference, plan, words, …) is a `Record` over `Layer["kind"]`. */
export type Layer =
  | DenseLayer
  | ConvLayer
  | PoolLayer
  | FlattenLayer
  | ActivateLayer
  | DropoutLayer
  | BatchNormLayer
  | LayerNormLayer
  | RmsNormLayer
  | GroupNormLayer
  | ResidualLayer
  | GatedLayer
  | ScaleLayer
  | ShiftLayer
  | EmbeddingLayer
  | PositionEmbeddingLayer
  | UnembedLayer
  | AttentionLayer;

export type LayerKind = Layer["kind"];
export type LayerOf<K extends LayerKind> = Extract<Layer, { readonly kind: K }>;

/** What a parameter is for. `queryKeyValue` is the three of them in one tensor. */
export const ROLES = [
  "kernel",
  "bias",
  "scale",
  "shift",
  "embedding",
  "positionEmbedding",
  "query",
  "key",
  "value",
  "projection",
  "queryKeyValue",
] as const;
export type ParameterRole = (typeof ROLES)[number];

/** Where a layer stands among residual branches. */
export interface BlockPlace {
  /** Path of the `residual` layer. */
  readonly path: string;
  /** Of the model's residual layers, from 0. */
  readonly index: number;
  /** How many residual layers the model has. */
  readonly count: number;
  /** Whether it is in the shortcut rather than in the branch. */
  readonly shortcut: boolean;
  /** Of the weights of this branch, from 0; those that are applied side by side (query, key, value; the two of a gate) count once. */
  readonly layer: number;
  /** How many weights follow one another in this branch. */
  readonly layers: number;
  /** Whether no other weights follow in the branch; of a scale or shift: whether it stands after the last weights. */
  readonly last: boolean;
  /** What the sum multiplies the shortcut with. */
  readonly skipScale: number;
  /** What the sum multiplies the branch with. */
  readonly branchScale: number;
}

/** What schemes decide by. */
export interface Place {
  /** How many inputs one output sums, and how many outputs one input feeds; of a bias, those of its kernel. */
  readonly fans: Fans;
  /** The activation after it; `null` where another layer with weights, a sum or the end comes first. */
  readonly activation: ActivationSpec | null;
  /** The activation whose output it reads; `null` if nothing before it has one. */
  readonly before: ActivationSpec | null;
  /** Layers with weights before it on the longest way from the input. */
  readonly depth: number;
  /** The innermost residual layer that it is in. */
  readonly block: BlockPlace | null;
  /** Whether it reads the model's input, or tokens. */
  readonly first: boolean;
  /** Whether it writes the model's output. */
  readonly output: boolean;
  /** Whether a normalization follows before any activation or sum. */
  readonly normalized: boolean;
  /** Whether a sum comes before that activation. */
  readonly summed: boolean;
  /** Whether it is a normalization's own. */
  readonly norm: boolean;
  /** Whether another layer uses it too, as an output that is tied to an embedding. */
  readonly tied: boolean;
}

/** One parameter of a layer, before it has values. */
export interface ParameterSlot {
  /** `dense1/kernel` */
  readonly path: string;
  readonly role: ParameterRole;
  readonly shape: Shape;
  /** Fans of the layer's kernel; a bias shares them. */
  readonly fans: Fans;
  /** How many matrices with these fans lie one after another in it: a convolution's groups; query, key and value in one. */
  readonly parts?: number;
  readonly place: Place;
}

/** A layer in its place: path, shapes and parameters are known. */
export interface PlacedLayer<L extends Layer = Layer> {
  readonly path: string;
  readonly layer: L;
  readonly input: ActivationShape;
  readonly output: ActivationShape;
  /** Values per sample that it takes. */
  readonly inputs: number;
  /** Values per sample that it gives. */
  readonly outputs: number;
  /** The activation that it ends with; `"linear"` if it has no other. */
  readonly activation: ActivationSpec;
  /** Whether it has figures of its own: it has weights or an activation, or gives the model's output. */
  readonly figured: boolean;
  /** Its own, without those of the layers in it. */
  readonly parameters: readonly ParameterSlot[];
  /** The lists of layers in it, by name. */
  readonly lists: Readonly<Record<string, readonly PlacedLayer[]>>;
  /** Products that one sample takes in a forward pass, without those of the layers in it. */
  readonly multiplyAdds: number;
  /** Of a tied layer: the path of the parameter that it shares. */
  readonly tied: string | null;
}
