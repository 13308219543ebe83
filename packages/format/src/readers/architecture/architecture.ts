import type { Fans } from "@stepzero/core";

export type StoredLayerKind =
  | "dense"
  | "conv"
  | "depthwiseConv"
  | "transposedConv"
  | "embedding"
  | "positionEmbedding"
  | "batchNorm"
  | "norm"
  | "recurrent"
  | "attention"
  | "other";

/** What a tensor is for. `mean`, `variance` and `count` are a batch norm's running statistics. */
export type StoredRole =
  | "kernel"
  | "recurrentKernel"
  | "bias"
  | "scale"
  | "shift"
  | "mean"
  | "variance"
  | "count"
  | "embedding"
  | "positionEmbedding"
  | "slope"
  | "other";

/** What a kernel does in its block, where its name or a configuration says it. */
export type Purpose =
  | "query"
  | "key"
  | "value"
  | "packedAttention"
  | "projection"
  | "expand"
  | "gate"
  | "packedGate"
  | "contract"
  | "loraA"
  | "loraB"
  | "router"
  | "shortcut";

/** A range of one axis that is a weight of its own: a gate of an LSTM, the query of a packed projection. */
export interface Part {
  readonly name: string;
  readonly axis: number;
  readonly start: number;
  readonly length: number;
}

export interface StoredParameter {
  readonly tensor: string;
  readonly role: StoredRole;
  /** Of kernels and embeddings; of one part, where there are parts. `null` is not known. */
  readonly fans: Fans | null;
  /** The axes that count outputs and inputs; the others are the kernel's field. */
  readonly outAxis: number | null;
  readonly inAxis: number | null;
  /**
   * How outputs and inputs were told apart: `file` by a graph, a configuration or the habit of the format, `bias` by
   * the bias's length, `family` by layers of the same class, `guess` where the format has no habit.
   */
  readonly axesFrom: "file" | "bias" | "family" | "guess";
  readonly groups: number;
  readonly parts: readonly Part[];
  /** An initializer that a configuration names, as `GlorotUniform`. */
  readonly declared: string | null;
}

/** The repeated unit that a layer belongs to. */
export interface Block {
  /** `transformer.h.3` */
  readonly path: string;
  /** `transformer.h` */
  readonly stack: string;
  readonly index: number;
  /** Blocks in the stack. */
  readonly of: number;
}

export interface StoredLayer {
  readonly path: string;
  readonly kind: StoredLayerKind;
  readonly parameters: readonly StoredParameter[];
  /**
   * The activation after it, past norms and pooling, by our names (`relu`, `gelu`, …), else by the file's; `linear`
   * where the file says that there is no activation; `null` where it says nothing.
   */
  readonly activation: string | null;
  readonly block: Block | null;
  readonly purpose: Purpose | null;
  /** Its output is the network's: a head. */
  readonly head: boolean;
  /** It reads the network's input. `null`: not known. */
  readonly first: boolean | null;
  /** Its output is added to the block's input. `null`: not known. */
  readonly residualLast: boolean | null;
  /** A norm of its own comes right after it. `null`: not known. */
  readonly normAfter: boolean | null;
}

/** What a known architecture does in code, which no weight shows. */
export interface Conventions {
  /** `gpt2`, `llama`, … */
  readonly model: string;
  readonly activation: string | null;
  readonly hidden: number | null;
  readonly blocks: number | null;
  readonly vocabulary: number | null;
  readonly heads: number | null;
  readonly keyValueHeads: number | null;
  readonly headSize: number | null;
  /** Where norms stand: before each branch, after each sum, or around branches. */
  readonly norms: "pre" | "post" | "both";
  readonly norm: "layerNorm" | "rmsNorm";
  /** A norm multiplies by 1 + w, so that w starts at 0. */
  readonly normAddsOne: boolean;
  /** Whether the head is the embedding's matrix. */
  readonly tied: boolean;
  /** Factors in code, after the embedding and before the loss. */
  readonly embeddingFactor: number;
  readonly logitFactor: number;
  /** Attention divides its logits by √headSize. */
  readonly attentionScaled: boolean;
  /** The standard deviation that the library draws with. */
  readonly initializerStd: number | null;
  /** The last projection of each branch is drawn with that divided by √(2 · blocks). */
  readonly residualScaled: boolean;
}

export interface Architecture {
  /** What said it: a graph, a configuration, or names and shapes alone. */
  readonly saidBy: "graph" | "configuration" | "names";
  /** In order, as far as it is known. */
  readonly layers: readonly StoredLayer[];
  /** Names of tensors that are one tensor: equal storage, one initializer used twice, or a configuration says so. */
  readonly ties: readonly (readonly string[])[];
  readonly conventions: Conventions | null;
  /** What could not be known. */
  readonly notes: readonly string[];
}

/** A layer as a graph or a configuration inside the file says it. Absent is not said. */
export interface SaidLayer {
  readonly path: string;
  readonly kind: StoredLayerKind;
  readonly parameters: readonly SaidParameter[];
  readonly activation?: string | null;
  readonly groups?: number;
  readonly strides?: readonly number[];
  readonly residualLast?: boolean;
  readonly normAfter?: boolean;
  readonly head?: boolean;
  readonly first?: boolean;
}

export interface SaidParameter {
  readonly tensor: string;
  readonly role: StoredRole;
  /** Absent: by the format's habit. */
  readonly outAxis?: number;
  readonly inAxis?: number;
  readonly declared?: string;
  /** Gates packed along the axis of outputs, in order. */
  readonly gates?: readonly string[];
}

export interface SaidLayers {
  readonly saidBy: "graph" | "configuration";
  readonly layers: readonly SaidLayer[];
  readonly ties?: readonly (readonly string[])[];
}
