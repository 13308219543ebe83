import { exp, expm1, log, log1p } from "../math/index.ts";

/** Points of the outer and the inner sum. Both are trapezoids of smooth functions that vanish at both ends. */
const OUTER = 900;
const INNER = 240;

/**
 * The expected cross-entropy of V logits that are independent N(0, s²), for a target that is independent of them:
 * E ln Σ e^{s z}.
 *
 * E ln X = ∫ (e^{−t} − E e^{−tX}) / t dt over t > 0, and E e^{−tX} = (E e^{−t e^{sz}})^V. With u = ln t the integrand
 * is smooth. s√(2 ln V), its limit for large s, is 20 % high at V = 64.
 *
 * ```ts
 * expectedFirstLoss(0, 10); // ≈ 2.30258509 = ln 10
 * ```
 */
export const expectedFirstLoss = (std: number, classes: number): number => {
  if (!(classes >= 2)) return Number.NaN;
  if (!(std > 0)) return log(classes);
  const from = -(log(classes) + (std * std) / 2 + 9 * std + 24);
  const to = 9 * std + 4;
  const h = (to - from) / OUTER;
  const normal = Array.from({ length: INNER + 1 }, (_, k) => {
    const z = -8 + (16 * k) / INNER;
    return [exp(std * z), ((16 / INNER) * exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)] as const;
  });
  let sum = 0;
  for (let i = 0; i <= OUTER; i++) {
    const t = exp(from + i * h);
    let taken = 0;
    for (const [value, weight] of normal) taken -= weight * expm1(-t * value);
    const all = exp(classes * log1p(-Math.min(1 - 1e-16, taken)));
    sum += (i === 0 || i === OUTER ? 0.5 : 1) * h * (exp(-t) - all);
  }
  return sum;
};
