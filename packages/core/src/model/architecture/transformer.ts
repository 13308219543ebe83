import type { ActivationSpec } from "../../activation/index.ts";
import { either, InputError, KIND, type KindsOf, optionsOf } from "../../base/index.ts";
import { type InputSpec, inputShape } from "../activation-shape.ts";
import {
  attention,
  dense,
  dropout as drop,
  embedding,
  gated as gate,
  layerNorm,
  pool,
  positionEmbedding,
  residual,
  rmsNorm,
  unembed,
} from "../build.ts";
import type { Layer } from "../layer.ts";
import type { LossName } from "../loss.ts";
import type { Model } from "../model.ts";
import { sequential } from "../sequential.ts";
import { checkChoice, checkCount } from "./options.ts";

export interface TransformerOptions {
  /** Blocks of an attention and a feed-forward branch; 2 by default. */
  readonly blocks?: number;
  /** 32 by default. */
  readonly width?: number;
  /** 4 by default; they divide the width. */
  readonly heads?: number;
  /** Units of the feed-forward branch; 4 · width by default. */
  readonly hidden?: number;
  /** `{ tokens, length }`, or `[channels, length]`; 65 tokens of length 64 by default. */
  readonly input?: InputSpec;
  /** The tokens, or 10 by default. */
  readonly outputs?: number;
  /** `"gelu"` by default. */
  readonly activation?: ActivationSpec;
  /** `"layer"` by default; `"none"` is the network that T-Fixup was made for. */
  readonly norm?: "layer" | "rms" | "none";
  /** Where the norms stand: before each branch and at the end (`"pre"`, GPT-2's, the default), after each sum (`"post"`), or after each sum with the skip · (2 · blocks)^(1/4) (`"deepNorm"`). */
  readonly order?: "pre" | "post" | "deepNorm";
  /** Whether the feed-forward branch multiplies with an activated gate; false by default. */
  readonly gated?: boolean;
  /** Whether a position sees only itself and those before; true for tokens by default. */
  readonly causal?: boolean;
  /** Whether the output shares the embedding's table; false by default. */
  readonly tied?: boolean;
  /** Whether query, key and value are one tensor; false by default. */
  readonly packed?: boolean;
  /** After each branch; 0 by default. */
  readonly dropout?: number;
  readonly loss?: LossName;
}

const OPTIONS: KindsOf<TransformerOptions> = {
  blocks: KIND.number,
  width: KIND.number,
  heads: KIND.number,
  hidden: KIND.number,
  input: either(KIND.number, KIND.list, KIND.object),
  outputs: KIND.number,
  activation: KIND.spec,
  norm: KIND.text,
  order: KIND.text,
  gated: KIND.flag,
  causal: KIND.flag,
  tied: KIND.flag,
  packed: KIND.flag,
  dropout: KIND.number,
  loss: KIND.text,
};

/**
 * A transformer without encoder-decoder attention: an embedding of tokens (or a dense layer on channels) and of
 * positions, blocks of an attention and a feed-forward branch, and logits for every token; on channels, logits of
 * the mean over all positions.
 *
 * ```ts
 * const model = transformer({ blocks: 2, width: 32, heads: 4, input: { tokens: 12, length: 16 } });
 * parameterCount(model); // 26752
 * ```
 *
 * Errors: `InputError` where heads do not divide the width.
 *
 * Radford et al. 2019 (GPT-2); Wang et al. 2022, https://arxiv.org/abs/2203.00555 (deepNorm).
 */
export const transformer = (options: TransformerOptions = {}): Model => {
  const given = optionsOf("transformer", options, OPTIONS);
  const { blocks = 2, width = 32, heads = 4, hidden = 4 * width, input = { tokens: 65, length: 64 } } = given;
  const { activation = "gelu", norm = "layer", order = "pre", dropout = 0, loss } = given;
  const from = inputShape(input, "transformer");
  const reads = from.tokens !== undefined;
  const { outputs = from.tokens ?? 10, causal = reads, gated = false, tied = false, packed = false } = given;
  for (const [name, value] of Object.entries({ blocks, width, heads, hidden, outputs })) {
    checkCount("transformer", name, value);
  }
  checkChoice("transformer", "norm", norm, ["layer", "rms", "none"]);
  checkChoice("transformer", "order", order, ["pre", "post", "deepNorm"]);
  if (tied && outputs !== from.tokens) {
    throw new InputError(
      "transformer",
      "expected as many outputs as tokens where they share a table, got others",
    );
  }

  const normal = (): Layer[] => (norm === "none" ? [] : [norm === "rms" ? rmsNorm() : layerNorm()]);
  const skipScale = order === "deepNorm" ? Math.sqrt(Math.sqrt(2 * blocks)) : 1;
  const around = (branch: Layer[]): Layer[] => {
    const whole = dropout === 0 ? branch : [...branch, drop(dropout)];
    if (order === "pre") return [residual([...normal(), ...whole])];
    return [residual(whole, skipScale === 1 ? {} : { skipScale }), ...normal()];
  };
  const feedForward = gated
    ? [gate([dense(hidden)], [dense(hidden, { activation })]), dense(width)]
    : [dense(hidden, { activation }), dense(width)];
  const block = [
    ...around([attention(heads, { ...(causal ? { causal } : {}), ...(packed ? { packed } : {}) })]),
    ...around(feedForward),
  ];
  const layers: Layer[] = [
    reads ? embedding(width) : dense(width),
    positionEmbedding(),
    ...Array.from({ length: blocks }, () => block).flat(),
    ...(order === "pre" ? normal() : []),
    ...(reads
      ? [unembed(tied ? { tiedTo: "embedding1" } : { tokens: outputs })]
      : [pool("global"), dense(outputs)]),
  ];
  return sequential(layers, loss === undefined ? { input } : { input, loss });
};
