import { type Activation, checkActivation } from "../activation/index.ts";
import { InputError, KIND, type KindsOf, optionsOf } from "../base/index.ts";
import { gains } from "./gains.ts";
import { slopeAt, squareAt } from "./moments.ts";
import { pairOf } from "./pairs.ts";

export interface ResidualOptions {
  /** Residual blocks. */
  readonly depth: number;
  /** α: what the branch is multiplied with before it is added; 1 by default. */
  readonly branchScale?: number;
  /** σ_w² = fanIn · Var[w] of the branch; the gain² 1 / E[φ²] by default. */
  readonly weightVariance?: number;
  /** σ_b² = Var[b] of the branch; 0 by default. */
  readonly biasVariance?: number;
  /** E[x²] before the first block; 1 by default. */
  readonly length?: number;
  /** Correlation of two inputs before the first block; 0 by default. */
  readonly correlation?: number;
}

/** Lengths whose squares under the integral are still numbers. */
const LARGEST = 1e304;

const RESIDUAL_OPTIONS: KindsOf<ResidualOptions> = {
  depth: KIND.number,
  branchScale: KIND.number,
  weightVariance: KIND.number,
  biasVariance: KIND.number,
  length: KIND.number,
  correlation: KIND.number,
};

/** State before the first block and after each: `depth + 1` values. */
export interface Residual {
  readonly branchScale: number;
  readonly weightVariance: number;
  readonly biasVariance: number;
  /** E[x²] */
  readonly lengths: readonly number[];
  /** E[∂²] of the first block's input over the last's output so far: how much the squared gradient grew. */
  readonly gradients: readonly number[];
  /** Of two inputs. */
  readonly correlations: readonly number[];
}

/**
 * Signal and gradient through wide residual blocks x ← x + α (W φ(x) + b): the identity never fades, the
 * branch adds α² (σ_w² E[φ(√q z)²] + σ_b²) to the length q and multiplies the squared gradient by
 * 1 + α² σ_w² E[φ′(√q z)²]. Both grow for ever; with α = 1/√depth they stay bounded whatever the depth. [1, 2]
 *
 * ```ts
 * residualSignal(activation("relu"), { depth: 10 }).lengths[10]; // ≈ 1024.000000
 * residualSignal(activation("relu"), { depth: 100, branchScale: 0.1 }).lengths[100]; // ≈ 2.704814
 * residualSignal(activation("relu"), { depth: 100, branchScale: 0.1 }).gradients[100]; // ≈ 2.704814
 * ```
 *
 * Errors: `InputError` on a depth that is no integer ≥ 1, a value out of range, or lengths beyond 1e304.
 *
 * [1] Yang and Schoenholz 2017, arXiv:1712.08969
 * [2] Zhang et al. 2019 (Fixup), arXiv:1901.09321
 */
export const residualSignal = (phi: Activation, options: ResidualOptions): Residual => {
  checkActivation("residual", phi);
  const {
    depth,
    branchScale = 1,
    biasVariance = 0,
    length = 1,
    correlation = 0,
  } = optionsOf("residual", options, RESIDUAL_OPTIONS);
  if (!(Number.isSafeInteger(depth) && depth >= 1)) {
    throw new InputError("depth", `expected an integer ≥ 1, got ${depth}`);
  }
  const rms = options.weightVariance === undefined ? gains(phi).rms : 0;
  const weightVariance = options.weightVariance ?? rms * rms;
  atLeast0("branchScale", branchScale);
  atLeast0("weightVariance", weightVariance);
  atLeast0("biasVariance", biasVariance);
  if (!(length > 0 && length < Infinity))
    throw new InputError("length", `expected a number > 0, got ${length}`);
  if (!(Math.abs(correlation) <= 1)) {
    throw new InputError("correlation", `expected a number from -1 to 1, got ${correlation}`);
  }
  const scale = branchScale * branchScale;
  const lengths = [length];
  const gradients = [1];
  const correlations = [correlation];
  for (let block = 0; block < depth; block++) {
    const q = lengths[block]!;
    const c = correlations[block]!;
    const next = q + scale * (weightVariance * squareAt(phi, q) + biasVariance);
    if (!(next < LARGEST)) {
      throw new InputError(
        "residual",
        `the signal's length grows beyond ${LARGEST} in block ${block + 1} of ${depth}`,
        "Use fewer blocks, or a smaller branch scale: with 1 / √depth it stays bounded.",
      );
    }
    lengths.push(next);
    gradients.push(gradients[block]! * (1 + scale * weightVariance * slopeAt(phi, q)));
    const together = weightVariance * pairOf(phi, q, c) + biasVariance;
    correlations.push(Math.min(1, (q * c + scale * together) / next));
  }
  return { branchScale, weightVariance, biasVariance, lengths, gradients, correlations };
};

const atLeast0 = (name: string, value: number): void => {
  if (!(value >= 0 && value < Infinity)) {
    throw new InputError(name, `expected a finite number ≥ 0, got ${value}`);
  }
};
