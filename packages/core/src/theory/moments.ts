import { type Activation, checkActivation } from "../activation/index.ts";
import { checkKind, InputError, KIND, shown } from "../base/index.ts";
import { exp, gauss, type Integral, integrate } from "../math/index.ts";
import { homogeneous, powerOf, slopesAt } from "./homogeneous.ts";

const ONE_OVER_ROOT_TWO_PI = 0.3989422804014327;
export const density = (z: number): number => ONE_OVER_ROOT_TWO_PI * exp((-z * z) / 2);

/** Pieces that follow the density, so that no peak falls between nodes; it is 0 in double beyond 38.6. */
const ENDS = [-38, -16, -8, -5, -3, -1.5, 0, 1.5, 3, 5, 8, 16, 38];

/** Relative error that is aimed at. */
const TOLERANCE = 1e-13;

const NOTHING: Integral = { value: 0, error: 0, resolved: true };

/** A weight so small that what cannot be evaluated there, as an overflow, does not count. */
const FAINT = 1e-30;

const faint = (f: (z: number) => number, z: number, weight: number): number => {
  try {
    const value = f(z) * weight;
    return Number.isFinite(value) ? value : 0;
  } catch (error) {
    if (error instanceof InputError) return 0;
    throw error;
  }
};

/** Relative error that is accepted, where f itself is noisy. */
const PRECISION = 1e-7;

/**
 * E[f(z)] for z ~ N(0, 1), by adaptive quadrature that splits at `kinks`.
 *
 * ```ts
 * expectation((z) => z * z).value; // ≈ 1.0000000000
 * ```
 */
export const expectation = (
  f: (z: number) => number,
  kinks: readonly number[] = [],
  who = "expectation",
  what = "",
): Integral => {
  checkKind("expectation", "the name", who, KIND.text);
  checkKind(who, "the integrand", f, KIND.function);
  checkKind(who, "the kinks", kinks, KIND.numbers);
  const integrand = (z: number): number => {
    const weight = density(z);
    if (weight < FAINT) return weight < 1e-300 ? 0 : faint(f, z, weight);
    const value = f(z) * weight;
    if (Number.isNaN(value)) throw new InputError(who, `expected a number at ${z}, got NaN`);
    return value;
  };
  const ends = [...new Set([...ENDS, ...kinks.filter((kink) => Math.abs(kink) < 38)])].sort((a, b) => a - b);
  let rough = 0;
  for (let i = 1; i < ends.length; i++) rough += Math.abs(gauss(integrand, ends[i - 1]!, ends[i]!));
  const far = Math.abs(gauss(integrand, -38, -16)) + Math.abs(gauss(integrand, 16, 38));
  const grows = far > 1e-6 * rough || !Number.isFinite(rough);
  const result = grows ? NOTHING : integrate(integrand, ends, TOLERANCE * Math.max(rough, 1e-290));
  const precise = result.error <= PRECISION * rough;
  if (!precise && !result.resolved) {
    throw new InputError(
      who,
      `${what === "" ? "" : `${what} `}varies too fast to be integrated to seven digits`,
      "It has more than a thousand waves or steps within the signal's range, or is noise there. Use a smoother function.",
    );
  }
  if (grows || !Number.isFinite(result.value) || !precise) {
    throw new InputError(
      who,
      `${what === "" ? "" : `${what} `}is not square-integrable under the normal density`,
      "It grows too fast, or has a pole: no scale of the weights keeps its signal.",
    );
  }
  return result;
};

/** Moments of φ(√q z), z ~ N(0, 1). */
export interface Moments {
  /** E[φ] */
  readonly mean: number;
  /** E[φ²] */
  readonly square: number;
  /** E[φ′²] */
  readonly slope: number;
}

/** Where activations bend: at large lengths all of it lies between two nodes of the normal density. */
export const BENDS = [-30, -10, -4, -1.5, 0, 1.5, 4, 10, 30];

export const pointsOf = ({ kinks }: Activation, root: number): number[] =>
  [...kinks, ...(root > 1 ? BENDS : [])].map((point) => point / root);

/** The square that was asked for last: a pair asks for it again. */
const latest = new WeakMap<Activation, { readonly q: number; readonly square: number }>();

/** E[φ(√q z)²] */
export const squareAt = (phi: Activation, q: number): number => {
  const slopes = slopesAt(phi, q);
  if (slopes !== null) return q * powerOf(slopes);
  const before = latest.get(phi);
  if (before?.q === q) return before.square;
  const root = Math.sqrt(q);
  const f = (z: number): number => {
    const value = phi.value(root * z);
    return value * value;
  };
  const square = expectation(f, pointsOf(phi, root), phi.name).value;
  latest.set(phi, { q, square });
  return square;
};

/** E[φ′(√q z)²]; as lengths go to 0 the mean of both sides' squared slopes. */
export const slopeAt = (phi: Activation, q: number): number => {
  const slopes = slopesAt(phi, q);
  if (slopes !== null) return powerOf(slopes);
  if (q === 0) {
    const [above, below] = [phi.derivative(Number.MIN_VALUE), phi.derivative(-Number.MIN_VALUE)];
    return (above * above + below * below) / 2;
  }
  refuseJumps(phi);
  const root = Math.sqrt(q);
  const f = (z: number): number => {
    const slope = phi.derivative(root * z);
    return slope * slope;
  };
  return expectation(f, pointsOf(phi, root), phi.name, "the slope of it").value;
};

/**
 * E[φ], E[φ²] and E[φ′²] at length q.
 *
 * ```ts
 * moments(activation("relu")).square; // ≈ 0.50000000
 * ```
 */
export const moments = (phi: Activation, q = 1): Moments => {
  checkActivation("moments", phi);
  if (!(Number.isFinite(q) && q > 0))
    throw new InputError("moments", `expected a length > 0, got ${shown(q)}`);
  const root = Math.sqrt(q);
  return {
    mean: expectation((z) => phi.value(root * z), pointsOf(phi, root), phi.name).value,
    square: squareAt(phi, q),
    slope: slopeAt(phi, q),
  };
};

const refuseJumps = ({ name, jumps = [] }: Activation): void => {
  if (jumps.length === 0) return;
  const shown = [...jumps].sort((a, b) => Math.abs(a) - Math.abs(b)).slice(0, 3);
  throw new InputError(
    name,
    `jumps at ${shown.join(", ")}${jumps.length > 3 ? ` and at ${jumps.length - 3} more places` : ""}, so E[φ′²] is infinite`,
    "No weight variance keeps its gradient. Use a continuous function near it, as Math.tanh(10 * x) for Math.sign(x).",
  );
};

/** d E[φ(√q z)²] / dq = E[φ φ′ z] / √q, which needs no φ″ and so no care at kinks; at 0 for φ(0) = 0. */
export const growthAt = (phi: Activation, q: number): number => {
  if (q === 0 || homogeneous(phi) !== null) return slopeAt(phi, q);
  const root = Math.sqrt(q);
  const f = (z: number): number => (phi.value(root * z) * phi.derivative(root * z) * z) / root;
  return expectation(f, pointsOf(phi, root), phi.name).value;
};
