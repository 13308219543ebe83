import { InputError } from "../base/index.ts";
import type { Library } from "./optimizer.ts";

/** Limits of the gradient before an update; both may be given, the norm is then taken of the clipped values. */
export interface ClipConfig {
  /** Of all parameters' gradients together: √Σ g². */
  readonly norm?: number;
  /** Of every single value. */
  readonly value?: number;
}

export const checkClip = (clip: ClipConfig): ClipConfig => {
  for (const [name, value] of Object.entries(clip)) {
    if (!(typeof value === "number" && Number.isFinite(value) && value > 0)) {
      throw new InputError("clip", `expected ${name} to be a finite number > 0, got ${String(value)}`);
    }
  }
  return clip;
};

/**
 * The factor that brings a gradient of that norm to at most `limit`: PyTorch min(1, limit / (norm + 1e-6)), Keras and
 * Optax min(1, limit / norm).
 */
export const normFactor = (norm: number, limit: number, library: Library): number =>
  Math.min(1, limit / (library === "pytorch" ? norm + 1e-6 : norm));

const NONE = (gradient: number): number => gradient;

/** What is done with each value of these gradients, in float64. */
export const clipper = (
  { norm, value }: ClipConfig,
  library: Library,
  gradients: Iterable<Float64Array>,
): ((gradient: number) => number) => {
  const limited =
    value === undefined ? NONE : (gradient: number) => Math.max(-value, Math.min(value, gradient));
  if (norm === undefined) return limited;
  let squares = 0;
  for (const one of gradients) for (const gradient of one) squares += limited(gradient) * limited(gradient);
  const factor = normFactor(Math.sqrt(squares), norm, library);
  return (gradient) => factor * limited(gradient);
};
