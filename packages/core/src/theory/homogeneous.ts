import type { Activation } from "../activation/index.ts";

/** Slopes of an activation that is linear on each side of 0. */
export interface Slopes {
  readonly above: number;
  readonly below: number;
}

/** Rounding of one multiplication and one division. */
const ROUNDING = 1e-15;
const PROBES = [
  ...Array.from({ length: 80 }, (_, i) => 0.137 * (i + 1)),
  ...[1e-12, 1e-9, 1e-6, 1e-3, 12.1, 41.3, 120.7, 1e3, 1.7e4, 1e6, 1e9],
];

const known = new WeakMap<Activation, Slopes | null>();

/** The slopes of φ(z) = above · z for z > 0 and below · z for z < 0; `null` for other activations. */
export const homogeneous = (phi: Activation): Slopes | null => {
  const before = known.get(phi);
  if (before !== undefined) return before;
  const slopes = { above: phi.value(1), below: -phi.value(-1) };
  const isLinear = (slope: number, sign: number): boolean =>
    PROBES.every(
      (probe) => Math.abs(phi.value(sign * probe) / (sign * probe) - slope) <= ROUNDING * Math.abs(slope),
    );
  const linear =
    phi.kinks.every((kink) => kink === 0) && isLinear(slopes.above, 1) && isLinear(slopes.below, -1);
  const found = linear && phi.value(0) === 0 ? { above: slopes.above, below: slopes.below + 0 } : null;
  known.set(phi, found);
  return found;
};

/** Beyond this length an activation of asymptotes is its asymptotes: what it differs by is 1e-14 of it. */
const FAR = 1e28;
const PLACES = [1e-2, 1, 10];

/** The slopes of φ at length q: those that it has everywhere, or far out those of its asymptotes; `null` for others. */
export const slopesAt = (phi: Activation, q: number): Slopes | null => {
  const everywhere = homogeneous(phi);
  if (everywhere !== null || !(q >= FAR)) return everywhere;
  const root = Math.sqrt(q);
  const slopeAt = (z: number): number => phi.value(root * z) / (root * z);
  const [above, below] = [slopeAt(1), slopeAt(-1)];
  const largest = Math.max(Math.abs(above), Math.abs(below));
  const isLinear = (sign: number, slope: number): boolean =>
    PLACES.every((place) => Math.abs(slopeAt(sign * place) - slope) <= 1e-11 * largest);
  // Asymptotes that are level would leave nothing.
  return largest > 1e-6 && isLinear(1, above) && isLinear(-1, below) ? { above, below } : null;
};

/** E[φ(√q z)²] / q, which is E[φ′²] too. */
export const powerOf = ({ above, below }: Slopes): number => (above * above + below * below) / 2;
