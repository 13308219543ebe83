import { log } from "../math/index.ts";
import type { PredictedLoss, WeightEvidence } from "./evidence.ts";
import { expectedFirstLoss } from "./first-loss.ts";

export interface LossContext {
  readonly ties: readonly (readonly string[])[];
  readonly hasAttention: boolean;
  readonly normAddsOne: boolean;
  readonly logitFactor: number;
}

/**
 * The first loss of a model whose last norm feeds its head: the logits are N(0, d σ² γ²) for targets that are unlike
 * the input. `null` where no norm stands before the head, since the length of what the head reads is not known then.
 */
export const predictedLoss = (
  weights: readonly WeightEvidence[],
  { ties, hasAttention, normAddsOne, logitFactor }: LossContext,
): PredictedLoss | null => {
  if (!hasAttention) return null;
  const outside = weights.filter(({ block }) => block === null);
  const embedding = weights.find(({ role }) => role === "embedding");
  const named = outside.find(({ head, role }) => head && role === "kernel");
  const fits = named?.fans && embedding?.shape[1] === named.fans.fanIn ? named : undefined;
  const head = fits ?? (named === undefined ? embedding : undefined);
  const gamma = outside.findLast(
    ({ role, kind }) => role === "scale" && (kind === "norm" || kind === "batchNorm"),
  );
  if (head === undefined || gamma === undefined || head.statistics.notFinite > 0) return null;
  const width = head.role === "embedding" ? head.shape[1]! : head.fans!.fanIn;
  const classes = head.role === "embedding" ? head.shape[0]! : head.fans!.fanOut;
  if (gamma.statistics.count !== width || classes < 2) return null;
  const same = embedding !== undefined && head.statistics.hash === embedding.statistics.hash;
  const scale = normAddsOne ? 1 + gamma.statistics.mean : gamma.statistics.rms;
  const logitStd = Math.sqrt(width) * head.statistics.rms * scale * logitFactor;
  return {
    ...{ value: expectedFirstLoss(logitStd, classes), chance: log(classes), logitStd, classes },
    tensor: head.tensor,
    tied: same || ties.some((names) => names.includes(head.tensor)),
  };
};
