import { activation } from "../activation/index.ts";
import type { Initializer, InitializerSpec } from "../init/index.ts";
import { type Model, plainLayers } from "../model/index.ts";
import type { Distribution } from "../random/index.ts";
import { layerInitializers } from "../scheme/index.ts";

/**
 * The chance that a ReLU network starts dead at one input that is not 0: 1 − Π(1 − 2^−n) over its hidden layers
 * of n units. Each unit's z is as likely above 0 as below, whatever comes in, since its weights are drawn apart
 * from the others' and symmetrically; where all n are below, nothing goes on. [1]
 *
 * At several inputs fewer networks are dead: all of them must be so at once. `null` where the argument does not
 * hold: another activation, weights that are not drawn or not symmetric about 0, a bias that is not.
 *
 * ```ts
 * bornDead(mlp([2, 3, 3, 1]), "he"); // 0.234375
 * bornDead(mlp([2, 3, 3, 1]), "zeros"); // null
 * ```
 *
 * [1] Lu et al. 2019, https://arxiv.org/abs/1903.06733
 */
export const bornDead = (model: Model, initialization: InitializerSpec | Initializer): number | null => {
  if (plainLayers(model) === null) return null;
  const hidden = layerInitializers(model, initialization).slice(0, -1);
  let alive = 1;
  for (const { placed, kernel, bias } of hidden) {
    const { inputs, outputs } = placed;
    const isFit =
      activation(placed.activation).name === "relu" &&
      hasSymmetricRows(kernel, [outputs, inputs]) &&
      isSymmetric(bias.distribution([outputs], { fanIn: inputs, fanOut: outputs }));
    if (!isFit) return null;
    alive *= 1 - halfPower(outputs);
  }
  return hidden.length === 0 ? null : 1 - alive;
};

/** Rows whose signs are apart from each other: independent elements, or a uniformly drawn orthogonal matrix. */
const hasSymmetricRows = (kernel: Initializer, shape: readonly [number, number]): boolean => {
  if (!kernel.random) return false;
  if (kernel.name === "orthogonal") return true;
  const law = kernel.distribution(shape, { fanIn: shape[1], fanOut: shape[0] });
  return law !== null && law.kind !== "constant" && isSymmetric(law);
};

const isSymmetric = (law: Distribution | null): boolean => {
  switch (law?.kind) {
    case "constant":
      return law.value === 0;
    case "uniform":
      return law.low === -law.high;
    case "normal":
      return law.mean === 0;
    case "truncatedNormal":
      return law.mean === 0 && law.low === -law.high;
    default:
      return false;
  }
};

/** 2⁻ⁿ */
const halfPower = (n: number): number => {
  let power = 1;
  for (let i = 0; i < n && power > 0; i++) power /= 2;
  return power;
};
