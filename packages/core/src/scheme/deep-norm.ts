import { InputError, KIND, optionsOf } from "../base/index.ts";
import { glorotNormal, stacked } from "../init/index.ts";
import { pow } from "../math/index.ts";
import { branchOf, figure } from "./blocks.ts";
import { checkCount, overBlocks } from "./residual-start.ts";
import { byRole, type Start } from "./roles.ts";

export interface DeepNormOptions {
  /** N: layers of the encoder; none by default. */
  readonly encoder?: number;
  /** M: layers of the decoder; none by default. */
  readonly decoder?: number;
}

/** Constants of one half of a transformer. */
export interface DeepNormHalf {
  /** Of the skip connection: LayerNorm(α x + F(x)). */
  readonly alpha: number;
  /** Gain of Glorot normal for value, output and feed-forward weights; query and key have gain 1. */
  readonly beta: number;
}

export interface DeepNorm {
  readonly encoder: DeepNormHalf | null;
  readonly decoder: DeepNormHalf | null;
}

/**
 * DeepNorm: post-normalized transformers of a thousand layers. Blocks are LayerNorm(α x + F(x)); value, output
 * and feed-forward weights are Glorot normal with gain β, query and key with gain 1. [1, figure 2]
 *
 * | transformer | encoder α, β | decoder α, β |
 * |---|---|---|
 * | encoder alone, N layers | (2N)^(1/4), (8N)^(−1/4) | |
 * | decoder alone, M layers | | (2M)^(1/4), (8M)^(−1/4) |
 * | both | .81 (N⁴M)^(1/16), .87 (N⁴M)^(−1/16) | (3M)^(1/4), (12M)^(−1/4) |
 *
 * α lets the skip outweigh the branch, β makes the branch small, so that one step changes the output by a
 * bounded amount at any depth.
 *
 * ```ts
 * deepNorm({ encoder: 8 }).encoder; // ≈ { alpha: 2, beta: 0.353553 }
 * deepNorm({ decoder: 8 }).decoder; // ≈ { alpha: 2, beta: 0.353553 }
 * deepNorm({ encoder: 16, decoder: 16 }).encoder; // ≈ { alpha: 1.926535, beta: 0.365790 }
 * deepNorm({ encoder: 16, decoder: 27 }).decoder; // ≈ { alpha: 3, beta: 0.235702 }
 * ```
 *
 * Errors: `InputError` where neither half has layers, or a count is no integer ≥ 1.
 *
 * [1] Wang et al. 2022, https://arxiv.org/abs/2203.00555
 */
export const deepNorm = (options: DeepNormOptions): DeepNorm => {
  const { encoder, decoder } = optionsOf("deepNorm", options, { encoder: KIND.number, decoder: KIND.number });
  if (encoder === undefined && decoder === undefined) {
    throw new InputError("deepNorm", "expected layers of an encoder, a decoder or both, got none");
  }
  if (encoder !== undefined) checkCount("deepNorm", "encoder", encoder);
  if (decoder !== undefined) checkCount("deepNorm", "decoder", decoder);
  if (decoder === undefined) return { encoder: alone(encoder!), decoder: null };
  if (encoder === undefined) return { encoder: null, decoder: alone(decoder) };
  const root = pow(encoder * encoder * encoder * encoder * decoder, 1 / 16);
  return {
    encoder: { alpha: 0.81 * root, beta: 0.87 / root },
    decoder: { alpha: fourthRoot(3 * decoder), beta: 1 / fourthRoot(12 * decoder) },
  };
};

const fourthRoot = (value: number): number => Math.sqrt(Math.sqrt(value));

const alone = (layers: number): DeepNormHalf => ({
  alpha: fourthRoot(2 * layers),
  beta: 1 / fourthRoot(8 * layers),
});

/** Glorot normal, with gain β where the branch's length depends on it; N layers have 2N branches. */
const small: Start = (slot) => {
  const branch = branchOf(slot);
  if (branch === null) return { initializer: glorotNormal() };
  const { beta } = alone(branch.count / 2);
  const why = `β = (8N)^(−1/4) = ${figure(beta)}, N = ${branch.count / 2} layers of two branches`;
  if (slot.role !== "queryKeyValue")
    return { initializer: glorotNormal({ gain: beta }), reason: `gain ${why}` };
  return {
    initializer: stacked([glorotNormal(), glorotNormal(), glorotNormal({ gain: beta })]),
    reason: `query and key gain 1, value ${why}`,
  };
};

const large: Start = () => ({
  initializer: glorotNormal(),
  reason: "gain 1: the size of a branch does not depend on it",
});

export const deepNormEntry = overBlocks({
  needs: "residual blocks with a skipScale above 1",
  check: (slots) => {
    const plain = slots.find((slot) => (branchOf(slot)?.skipScale ?? 2) <= 1)?.place.block;
    if (plain === undefined || plain === null) return;
    throw new InputError(
      "deepNorm",
      `expected residual layers with skipScale α = (2N)^(1/4) = ${figure(alone(plain.count / 2).alpha)}, got ${plain.path} with ${figure(plain.skipScale)}`,
      'transformer({ order: "deepNorm" }) makes such a network. Of one with plain sums gpt2 or "auto" make the branches small.',
    );
  },
  start: byRole(small, { query: large, key: large }),
  name: "deepNorm",
  aliases: ["deepnet"],
  summary: "Post-normalized transformers of a thousand layers: skip × α, branch weights × β.",
  formula:
    "LayerNorm(α x + F(x)), F's weights × β; encoder or decoder of N layers: α = (2N)^(1/4), β = (8N)^(−1/4)",
  text:
    "α lets the skip outweigh the branch and β makes the branch small, so that a step changes the output by a bounded " +
    "amount at any depth. β is the gain of value, output and feed-forward weights (Glorot normal); query and key have " +
    "gain 1. With an encoder of N and a decoder of M layers: .81 (N⁴M)^(1/16), .87 (N⁴M)^(−1/16), and (3M)^(1/4), " +
    "(12M)^(−1/4) in the decoder. Needs a model whose residual blocks have that skipScale α; the function " +
    "deepNorm({ encoder, decoder }) gives the figures.",
  references: [
    "Wang et al. 2022, DeepNet: scaling transformers to 1,000 layers, https://arxiv.org/abs/2203.00555",
  ],
});
