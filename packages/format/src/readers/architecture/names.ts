import type { Purpose, StoredRole } from "./architecture.ts";

/** Prefixes that wrappers put before every name. */
const WRAPPERS = /^(?:(?:module|_orig_mod|_fsdp_wrapped_module|base_model\.model)\.)+/;

/** A name in parts, without wrappers, Keras' `:0` and the difference of dots and slashes. */
export const partsOf = (name: string): string[] =>
  name
    .replace(WRAPPERS, "")
    .replaceAll("/", ".")
    .replace(/:0$/, "")
    .split(".")
    .filter((part) => part !== "");

/** The layer that a tensor belongs to, and the tensor's own name in it. */
export const layerOf = (name: string): { path: string; leaf: string } => {
  const parts = partsOf(name);
  const leaf = parts.pop() ?? "";
  // `lora_A.default.weight` and `lora_A.weight` are the layer's; `in_proj_weight` and `weight_ih_l0` are one layer.
  const cell = /^(?:weight|bias)_(?:ih|hh|hr)_(l\d+(?:_reverse)?)$/.exec(leaf)?.[1];
  return { path: [...parts, ...(cell === undefined ? [] : [cell])].join("."), leaf };
};

const LEAVES: readonly (readonly [RegExp, StoredRole])[] = [
  [/^(?:running_mean|moving_mean|mean)$/, "mean"],
  [/^(?:running_var|moving_variance|var)$/, "variance"],
  [/^num_batches_tracked$/, "count"],
  [/^(?:weight_hh|recurrent_kernel)/, "recurrentKernel"],
  [/^(?:weight_ih|weight_hr)/, "kernel"],
  [/^(?:in_proj_weight|q_proj_weight|k_proj_weight|v_proj_weight)$/, "kernel"],
  [/^(?:bias(?:_ih|_hh|_k|_v)?(?:_l\d+.*)?|in_proj_bias|b)$/, "bias"],
  [/^beta$/, "shift"],
  [/^(?:gamma|scale)$/, "scale"],
  [/^(?:embeddings?|embedding_table)$/, "embedding"],
  [/^(?:(?:depthwise_|pointwise_)?kernel|weights?|w|W)$/, "kernel"],
  [/^alpha$/, "slope"],
  [/pos(?:ition(?:al)?)?_?emb|position_embedding|^pos_table$/, "positionEmbedding"],
];

/** What a tensor's own name says that it is; `other` where it says nothing. */
export const roleOfLeaf = (leaf: string): StoredRole =>
  LEAVES.find(([pattern]) => pattern.test(leaf))?.[1] ?? "other";

const EMBEDDING =
  /(?:^|\.)(?:wte|embed|embedding|emb|tok_embeddings|embed_tokens|word_embeddings|tok_emb|token_emb(?:edding)?|token_type_embeddings|word_embedding|embed_in|shared|relative_attention_bias)s?$/;
const POSITION =
  /(?:^|\.)(?:wpe|pos(?:ition(?:al)?)?_?embed(?:ding|dings|s)?|embed_positions|position_embedding|pos_emb)$/;

export const isEmbeddingPath = (path: string): boolean => EMBEDDING.test(path);
export const isPositionPath = (path: string): boolean => POSITION.test(path);

/** A name of a head; the last part of the path. */
const HEAD =
  /(?:^|\.)(?:lm_head|head|heads|classifier|fc|score|output|out|logits|predictions\.decoder|embed_out|unembed|final_layer|to_logits|head_dist|output_projection|prediction_head|qa_outputs|cls)$/;
export const isHeadPath = (path: string): boolean => HEAD.test(path);

/** A name of what comes before all blocks. */
const FRONT =
  /(?:^|\.)(?:conv1|bn1|stem|conv_stem|patch_embed|patch_embeddings?|conv_proj|embeddings?|embed|emb|wte|wpe|tok_embeddings|embed_tokens|class_embedding|cls_token|pos_embed\w*|pre_?norm|ln_pre|input\w*|first|fc_in)(?:\.|$)/;
export const isFrontPath = (path: string): boolean => FRONT.test(path) && !/(?:^|\.)embed_out$/.test(path);

/** Patterns of the path's end, the longest first. */
const PURPOSES: readonly (readonly [RegExp, Purpose])[] = [
  [/lora_(?:embedding_)?A/i, "loraA"],
  [/lora_(?:embedding_)?B/i, "loraB"],
  [/(?:^|\.)(?:router|gate_network|moe_gate|block_sparse_moe\.gate|mlp\.gate)$/, "router"],
  [/(?:^|\.)(?:downsample|shortcut|skip|proj_shortcut)(?:\.|$)/, "shortcut"],
  [/(?:^|\.)(?:c_attn|qkv|qkv_proj|query_key_value|Wqkv|to_qkv|in_proj|attn_qkv|to_kv)$/, "packedAttention"],
  [/(?:^|\.)(?:gate_up_proj|w12|wi_fused)$/, "packedGate"],
  [/(?:^|\.)(?:q_proj|query|q|wq|to_q|q_lin|query_dense|SelfAttention\.q|attn_q)$/, "query"],
  [/(?:^|\.)(?:k_proj|key|k|wk|to_k|k_lin|key_dense|attn_k)$/, "key"],
  [/(?:^|\.)(?:v_proj|value|v|wv|to_v|v_lin|value_dense|attn_v)$/, "value"],
  [
    /(?:^|\.)(?:attn\.c_proj|attn\.proj|attention\.output\.dense|attention\.dense|o_proj|wo|out_proj|out_lin|to_out(?:\.0)?|SelfAttention\.o|EncDecAttention\.o|output_dense|attn_output|self_attention\.dense|attn\.out)$/,
    "projection",
  ],
  [
    /(?:^|\.)(?:mlp\.c_proj|down_proj|fc2|linear2|w2|lin2|dense_4h_to_h|output\.dense|mlp\.proj|ffn_down|DenseReluDense\.wo|mlp\.3|feed_forward\.w2|proj_down|fc_out)$/,
    "contract",
  ],
  [/(?:^|\.)(?:gate_proj|w1|wi_0|ffn_gate)$/, "gate"],
  [
    /(?:^|\.)(?:mlp\.c_fc|up_proj|fc1|linear1|w3|lin1|dense_h_to_4h|intermediate\.dense|ffn_up|wi(?:_1)?|mlp\.0|proj_up|fc_in)$/,
    "expand",
  ],
];

export const purposeOf = (path: string): Purpose | null => {
  // In T5 `wo` contracts; elsewhere, as in Llama's own files, it ends the attention.
  if (/DenseReluDense\.wo$/.test(path)) return "contract";
  return PURPOSES.find(([pattern]) => pattern.test(path))?.[1] ?? null;
};

/** Containers of blocks. */
const STACK =
  /^(?:h|layers?\d*|blocks?\d*|stages?|resblocks|encoder_layers?|decoder_layers?|transformer_blocks|units?|blk|block|groups?|res\d+)$/;

/** The numbered unit that a layer lies in: the innermost whose container is named as one of blocks. */
export const blockOf = (path: string): { path: string; stack: string; index: number } | null => {
  const parts = path.split(".");
  const numbered = parts.flatMap((part, i) =>
    i > 0 && i < parts.length - 1 && /^\d+$/.test(part) ? [i] : [],
  );
  const joined = parts
    .slice(0, -1)
    .findLastIndex((part) => /^(?:layer|block|resblock|encoder_layer|encoderblock|h)_?\d+$/i.test(part));
  const named = numbered.findLast((i) => STACK.test(parts[i - 1]!));
  const at = named ?? (joined >= 0 ? undefined : numbered[0]);
  if (at !== undefined) {
    return {
      path: parts.slice(0, at + 1).join("."),
      stack: parts.slice(0, at).join("."),
      index: Number(parts[at]),
    };
  }
  if (joined < 0) return null;
  const [, word = "", number = "0"] = /^(.*?)_?(\d+)$/.exec(parts[joined]!)!;
  return {
    path: parts.slice(0, joined + 1).join("."),
    stack: [...parts.slice(0, joined), word].join("."),
    index: Number(number),
  };
};
