import { type Activation, checkActivation } from "../activation/index.ts";
import { checkKind, InputError, KIND, shown } from "../base/index.ts";
import { exp, gauss, type Integral, integrate } from "../math/index.ts";

const ONE_OVER_ROOT_TWO_PI = 0.3989422804014327;
const density = (z: number): number => ONE_OVER_ROOT_TWO_PI * exp((-z * z) / 2);

/** Pieces that follow the density, so that no peak falls between nodes; it is 0 in double beyond 38.6. */
const ENDS = [-38, -16, -8, -5, -3, -1.5, 0, 1.5, 3, 5, 8, 16, 38];

/** Relative error that is aimed at. */
const TOLERANCE = 1e-13;

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
): Integral => {
  checkKind(who, "the integrand", f, KIND.function);
  checkKind(who, "the kinks", kinks, KIND.numbers);
  const integrand = (z: number): number => {
    const weight = density(z);
    if (weight < 1e-300) return 0;
    const value = f(z) * weight;
    if (Number.isNaN(value)) throw new InputError(who, `expected a number at ${z}, got NaN`);
    return value;
  };
  const ends = [...new Set([...ENDS, ...kinks.filter((kink) => Math.abs(kink) < 38)])].sort((a, b) => a - b);
  let rough = 0;
  for (let i = 1; i < ends.length; i++) rough += Math.abs(gauss(integrand, ends[i - 1]!, ends[i]!));
  const result = integrate(integrand, ends, TOLERANCE * Math.max(rough, 1e-290));
  if (!result.resolved) {
    throw new InputError(
      who,
      "varies too fast for its moments to be integrated",
      "Its pieces are finer than a thousandth of the signal's size.",
    );
  }
  const far = Math.abs(gauss(integrand, -38, -16)) + Math.abs(gauss(integrand, 16, 38));
  if (!Number.isFinite(result.value) || far > 1e-6 * rough || result.error > 1e-5 * rough) {
    throw new InputError(
      who,
      "is not square-integrable under the normal density",
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
const BENDS = [-30, -10, -4, -1.5, 0, 1.5, 4, 10, 30];

const pointsOf = ({ kinks }: Activation, root: number): number[] =>
  [...kinks, ...(root > 1 ? BENDS : [])].map((point) => point / root);

/** E[φ(√q z)²] */
export const squareAt = (phi: Activation, q: number): number => {
  const root = Math.sqrt(q);
  return expectation((z) => phi.value(root * z) * phi.value(root * z), pointsOf(phi, root), phi.name).value;
};

/** E[φ′(√q z)²]; as lengths go to 0 the mean of both sides' squared slopes. */
export const slopeAt = (phi: Activation, q: number): number => {
  if (q === 0) {
    const [above, below] = [phi.derivative(Number.MIN_VALUE), phi.derivative(-Number.MIN_VALUE)];
    return (above * above + below * below) / 2;
  }
  const root = Math.sqrt(q);
  const f = (z: number): number => phi.derivative(root * z) * phi.derivative(root * z);
  return expectation(f, pointsOf(phi, root), phi.name).value;
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

/** d E[φ(√q z)²] / dq = E[φ φ′ z] / √q, which needs no φ″ and so no care at kinks; at 0 for φ(0) = 0. */
export const growthAt = (phi: Activation, q: number): number => {
  if (q === 0) return slopeAt(phi, 0);
  const root = Math.sqrt(q);
  const f = (z: number): number => (phi.value(root * z) * phi.derivative(root * z) * z) / root;
  return expectation(f, pointsOf(phi, root), phi.name).value;
};

/** E[g(√q z₁) g(√q z₂)] for standard normals of correlation c, by panels in both directions. */
export const paired = (g: (z: number) => number, kinks: readonly number[], q: number, c: number): number => {
  const root = Math.sqrt(q);
  const rest = Math.sqrt(Math.max(0, 1 - c * c));
  const panels = (extra: readonly number[]): number[] =>
    [...[-9, -5, -3, -1.5, 0, 1.5, 3, 5, 9], ...extra.filter((one) => Math.abs(one) < 9)].sort(
      (a, b) => a - b,
    );
  const over = (f: (z: number) => number, ends: readonly number[]): number => {
    let sum = 0;
    for (let i = 1; i < ends.length; i++) sum += gauss((z) => f(z) * density(z), ends[i - 1]!, ends[i]!);
    return sum;
  };
  return over(
    (a) =>
      g(root * a) *
      over(
        (b) => g(root * (c * a + rest * b)),
        panels(rest < 1e-9 ? [] : kinks.map((kink) => (kink / root - c * a) / rest)),
      ),
    panels(kinks.map((kink) => kink / root)),
  );
};
