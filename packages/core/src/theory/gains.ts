import { type Activation, checkActivation } from "../activation/index.ts";
import { InputError } from "../base/index.ts";
import { homogeneous, powerOf } from "./homogeneous.ts";
import { moments, squareAt } from "./moments.ts";
import { root } from "./root.ts";

/** What is called the gain of an activation: four things. */
export interface Gains {
  /** 1 / √E[φ²]: keeps the second moment of a signal of length 1. */
  readonly rms: number;
  /** 1 / √Var[φ] */
  readonly std: number;
  /** 1 / √E[φ′²]: keeps the gradient's. */
  readonly derivative: number;
  /** σ from 1/16 to 16 with E[φ(σz)²] = 1; `null` where none does. */
  readonly fixedPoint: number | null;
}

/**
 * Gains of an activation, in closed form for piecewise linear ones through 0, else by quadrature.
 *
 * ```ts
 * gains(activation("relu")).rms; // 1.4142135623730951
 * gains(activation("tanh")).rms; // ≈ 1.59254
 * gains(activation("silu")).fixedPoint; // ≈ 1.5588
 * ```
 */
export const gains = (phi: Activation): Gains => {
  checkActivation("gains", phi);
  const slopes = homogeneous(phi);
  if (slopes !== null) {
    const power = powerOf(slopes);
    if (power === 0) throw new InputError(phi.name, "is 0 for every input", NO_SIGNAL);
    const rms = Math.sqrt(1 / power);
    // E[φ] = (above − below) / √(2π)
    const mean = (slopes.above - slopes.below) / Math.sqrt(2 * Math.PI);
    return { rms, std: 1 / Math.sqrt(power - mean * mean), derivative: rms, fixedPoint: rms };
  }
  const { mean, square, slope: derivative } = moments(phi);
  if (derivative === 0)
    throw new InputError(phi.name, "has slope 0 over the whole range of the signal", NO_SIGNAL);
  const sigma = root((power) => excess(phi, powerOf4(power)), -4, 4);
  return {
    rms: 1 / Math.sqrt(square),
    std: 1 / Math.sqrt(square - mean * mean),
    derivative: 1 / Math.sqrt(derivative),
    fixedPoint: sigma === null ? null : Math.sqrt(powerOf4(sigma)),
  };
};

const NO_SIGNAL = "Neither signal nor gradient passes it. Give a function whose value depends on its input.";

/** E[φ²] − 1 at length q; a moment that does not exist is infinite. */
const excess = (phi: Activation, q: number): number => {
  try {
    return squareAt(phi, q) - 1;
  } catch (error) {
    if (error instanceof InputError) return Infinity;
    throw error;
  }
};

/** 4ˣ, smooth enough for a search: linear between powers of two. */
const powerOf4 = (x: number): number => {
  const whole = Math.floor(2 * x);
  let power = 1;
  for (let i = 0; i < Math.abs(whole); i++) power *= 2;
  return (whole < 0 ? 1 / power : power) * (1 + (2 * x - whole));
};
