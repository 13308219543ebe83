/** Step of the stencils where no kink is near: of smooth functions they leave about 1e-13. */
const STEP = 2e-3;
/** Eighth order, about a point: of f(z + ih) − f(z − ih). */
const CENTRAL = [4 / 5, -1 / 5, 4 / 105, -1 / 280] as const;
/** Sixth order, on one side of it: of f(z + ih). */
const ONE_SIDED = [-49 / 20, 6, -15 / 2, 20 / 3, -15 / 4, 6 / 5, -1 / 6] as const;

const central = (f: (z: number) => number, z: number, h: number): number =>
  CENTRAL.reduce((sum, weight, i) => sum + weight * (f(z + (i + 1) * h) - f(z - (i + 1) * h)), 0) / h;

/** To the right for h > 0, to the left below. */
const oneSided = (f: (z: number) => number, z: number, h: number): number =>
  ONE_SIDED.reduce((sum, weight, i) => sum + weight * f(z + i * h), 0) / h;

/**
 * f′ by differences that stay on one side of every kink: to one side of it where f has a slope there, with
 * steps that shrink with the distance where it has none (as the root of |z|).
 */
export const derivativeOf = (f: (z: number) => number, kinks: readonly number[]): ((z: number) => number) => {
  const [leftOf, rightOf] = [-1, 1].map((side) => kinks.map((kink) => hasSlope(f, kink, side))) as [
    boolean[],
    boolean[],
  ];
  return (z) => {
    const h = STEP * Math.sqrt(Math.sqrt(Math.max(1, Math.abs(z))));
    const after = kinks.findIndex((kink) => kink > z);
    const next = after < 0 ? kinks.length : after;
    const below = next === 0 ? Infinity : z - kinks[next - 1]!;
    const above = next === kinks.length ? Infinity : kinks[next]! - z;
    const nearest = Math.min(below, above);
    if (nearest >= 16 * h) return central(f, z, h);
    const regular = below < above ? rightOf[next - 1]! : leftOf[next]!;
    if (!regular) return central(f, z, Math.max(nearest / 16, 1e-300));
    if (nearest >= 4 * h) return central(f, z, h);
    return below < above ? oneSided(f, z, Math.min(h, above / 6)) : oneSided(f, z, -Math.min(h, below / 6));
  };
};

/** Whether the slope beside a kink comes to rest as steps shrink. */
const hasSlope = (f: (z: number) => number, kink: number, side: number): boolean => {
  const base = kink + side * 1e-9 * Math.max(1, Math.abs(kink));
  const [wide, narrow] = [oneSided(f, base, side * STEP), oneSided(f, base, (side * STEP) / 4)];
  return Math.abs(wide - narrow) <= 1e-7 * (Math.abs(wide) + Math.abs(narrow)) + 1e-9;
};
