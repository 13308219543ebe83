import { InputError, KIND, optionsOf } from "../base/index.ts";
import { glorotUniform, random, stacked } from "../init/index.ts";
import { branchOf, countBlocks, figure } from "./blocks.ts";
import { checkCount, overBlocks } from "./residual-start.ts";
import { byRole, type Start } from "./roles.ts";

export interface TFixupOptions {
  /** N: layers of the encoder; none by default. */
  readonly encoder?: number;
  /** M: layers of the decoder; none by default. */
  readonly decoder?: number;
}

/** Factors of one half of a transformer. */
export interface TFixupHalf {
  /** Of value, output and feed-forward weights, beside Glorot's. */
  readonly weights: number;
  /** Of the table of embeddings, beside N(0, 1 / width). */
  readonly embedding: number;
}

export interface TFixup {
  readonly encoder: TFixupHalf | null;
  readonly decoder: TFixupHalf | null;
}

/**
 * T-Fixup: transformers without layer normalization and without warmup. Value, output and feed-forward weights are
 * Glorot uniform times .67 N^(−1/4) in an encoder of N layers and (9M)^(−1/4) in a decoder of M layers, which also
 * attends to the encoder; embeddings are N(0, 1/width) times (9N)^(−1/4) or (9M)^(−1/4). [1, §3.2]
 *
 * ```ts
 * tFixup({ encoder: 16 }).encoder; // ≈ { weights: 0.335, embedding: 0.288675 }
 * tFixup({ decoder: 9 }).decoder; // ≈ { weights: 0.333333, embedding: 0.333333 }
 * ```
 *
 * Errors: `InputError` where neither half has layers, or a count is no integer ≥ 1.
 *
 * [1] Huang et al. 2020, Improving transformer optimization through better initialization, ICML;
 * https://github.com/layer6ai-labs/T-Fixup
 */
export const tFixup = (options: TFixupOptions): TFixup => {
  const { encoder, decoder } = optionsOf("tFixup", options, { encoder: KIND.number, decoder: KIND.number });
  if (encoder === undefined && decoder === undefined) {
    throw new InputError("tFixup", "expected layers of an encoder, a decoder or both, got none");
  }
  if (encoder !== undefined) checkCount("tFixup", "encoder", encoder);
  if (decoder !== undefined) checkCount("tFixup", "decoder", decoder);
  return {
    encoder: encoder === undefined ? null : halfOf(encoder, 0.67 * root(1 / encoder)),
    decoder: decoder === undefined ? null : halfOf(decoder, root(1 / (9 * decoder))),
  };
};

const root = (value: number): number => Math.sqrt(Math.sqrt(value));

const halfOf = (layers: number, weights: number): TFixupHalf => ({
  weights,
  embedding: root(1 / (9 * layers)),
});

/** Our transformers attend to themselves alone, as an encoder does; each layer has two branches. */
const factorsOf = (blocks: number): TFixupHalf => halfOf(blocks / 2, 0.67 * root(2 / blocks));

const scaled: Start = (slot) => {
  const branch = branchOf(slot);
  if (branch === null) return { initializer: glorotUniform() };
  const { weights } = factorsOf(branch.count);
  const why = `× .67 N^(−1/4) = ${figure(weights)}, N = ${branch.count / 2} layers of two branches`;
  if (slot.role !== "queryKeyValue") {
    return { initializer: glorotUniform({ gain: weights }), reason: `Glorot's ${why}` };
  }
  return {
    initializer: stacked([glorotUniform(), glorotUniform(), glorotUniform({ gain: weights })]),
    reason: `Glorot's, of the value ${why}`,
  };
};

const plain: Start = () => ({ initializer: glorotUniform() });

const table: Start = ({ shape, role }, slots) => {
  const { embedding } = factorsOf(countBlocks(slots));
  const std = 1 / Math.sqrt(shape[1]!);
  if (role === "positionEmbedding") return { initializer: random({ std }), reason: "rows of length 1" };
  return {
    initializer: random({ std: std * embedding }),
    reason: `N(0, 1/width) × (9N)^(−1/4) = ${figure(embedding)}`,
  };
};

export const tFixupEntry = overBlocks({
  name: "tFixup",
  aliases: [],
  summary:
    "Transformers without normalization or warmup: value, output and feed-forward weights smaller by depth.",
  formula: "Glorot uniform; value, output, feed-forward × .67 N^(−1/4), embedding × (9N)^(−1/4), N layers",
  text:
    "Warmup is needed because the first updates of Adam pass through large gradients of layer normalization. Without the norms, and with " +
    "these factors, an update changes the output by a bounded amount at any depth. The figures are the encoder's, whose layers " +
    'attend to themselves alone, as those here do; a decoder that attends to an encoder has (9M)^(−1/4). Made for networks without norms: transformer({ norm: "none" }). ' +
    "Needs residual blocks with attention; the function tFixup({ encoder, decoder }) gives the figures.",
  references: [
    "Huang et al. 2020, Improving transformer optimization through better initialization, https://proceedings.mlr.press/v119/huang20f.html",
    "https://github.com/layer6ai-labs/T-Fixup",
  ],
  needs: "residual blocks with attention",
  check: (slots) => {
    if (slots.some((slot) => /^(value|queryKeyValue)$/.test(slot.role) && branchOf(slot) !== null)) return;
    throw new InputError(
      "tFixup",
      "expected residual blocks with attention, got none",
      "It is a scheme of transformers. fixup is that of convolutions and dense layers.",
    );
  },
  start: byRole(scaled, { query: plain, key: plain, embedding: table, positionEmbedding: table }),
});
