import { naturalOrder } from "../natural-order.ts";
import type { Draft } from "./draft.ts";
import { blockOf, isFrontPath, isHeadPath } from "./names.ts";

/**
 * Layers of a file that keeps no order, as a model has them: what comes before the blocks, the blocks, norms and
 * projections after them, the head. Within each, by name, numbers as numbers.
 */
export const inOrder = (layers: readonly Draft[]): Draft[] => {
  const stacked = layers.some(({ path }) => blockOf(path) !== null);
  const rank = ({ path, kind }: Draft): number => {
    if (kind === "embedding") return 0;
    if (kind === "positionEmbedding") return 1;
    if (blockOf(path) !== null) return 3;
    if (isFrontPath(path)) return 2;
    if (isHeadPath(path)) return 5;
    return stacked ? 4 : 3;
  };
  return layers.toSorted((a, b) => rank(a) - rank(b) || naturalOrder(sortKey(a.path), sortKey(b.path)));
};

/** Parts of blocks in the order in which they are used, where that is not the alphabet's. */
const USED: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)(?:bn|norm)(\d+)(?=\.|$)/, "$1conv$2+"],
  [/(^|\.)(?:ln_1|input_layernorm|norm1|layernorm_before|attn_norm|attention_norm|ln_1st)(?=\.|$)/, "$1!1"],
  [/(^|\.)(?:attn|attention|self_attn|self_attention|SelfAttention)(?=\.|$)/, "$1!2"],
  [
    /(^|\.)(?:ln_2|post_attention_layernorm|norm2|layernorm_after|ffn_norm|pre_feedforward_layernorm)(?=\.|$)/,
    "$1!3",
  ],
  [/(^|\.)(?:mlp|ffn|feed_forward|intermediate)(?=\.|$)/, "$1!4"],
  [/(^|\.)(?:q_proj|query|gate_proj)$/, "$1!1"],
  [/(^|\.)(?:k_proj|key|up_proj)$/, "$1!2"],
  [/(^|\.)(?:v_proj|value)$/, "$1!3"],
];

const sortKey = (path: string): string => {
  const transformer = /(?:^|\.)(?:attn|attention|self_attn|mlp|ffn)(?:\.|$)|norm[12]$/.test(path);
  return USED.slice(transformer ? 1 : 0).reduce((key, [pattern, used]) => key.replace(pattern, used), path);
};
