/** Losses, all from logits: binary and softmax cross-entropy, mean squared error. */
export const LOSSES = ["bce", "softmax", "mse"] as const;
export type LossName = (typeof LOSSES)[number];
